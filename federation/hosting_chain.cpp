#include "federation/hosting_chain.h"

#include <algorithm>
#include <utility>

namespace guildhall::federation {

namespace {

/// Which of two certificates of one epoch wins: the guild's own key, then a quorum, then the old
/// host's will, then its return.
int rank_of(const SignedCertificate& certificate, HostingKind kind, const PublicKey& root) {
    if (is_signed_by_root(certificate, root)) return 3;
    switch (kind) {
        case HostingKind::takeover:
            return 2;
        case HostingKind::transfer:
            return 1;
        case HostingKind::restore:
            return 0;
    }
    CHECK(false);
}

/// A step that was verified may have followed another of the same epoch, which is void now: the
/// host that it followed signed it, unless it was taken over.
bool may_follow(const SignedCertificate& certificate,
                const HostingCertificate& step,
                const Hash32& host_before) {
    return step.kind == HostingKind::takeover ||
           std::ranges::any_of(certificate.signatures, [&](const HostSignature& signature) {
               return signature.signer_uid == host_before;
           });
}

}  // namespace

HostSeatInfo seat_by(const HostingCertificate& certificate) {
    return {certificate.epoch,
            certificate.new_host_uid,
            certificate.new_host_name,
            certificate.endpoints,
            certificate.control_size};
}

HostingChain::HostingChain(const GuildGenesis& genesis, const Hash32& guild_uid)
    : guild_uid_(guild_uid), root_key_(genesis.root_key) {
    Step first;
    first.seat.host_uid = genesis.host_uid;
    steps_.push_back(std::move(first));
}

HostingBase HostingChain::base_of(const Step& step) const {
    HostingBase base;
    base.guild_uid = guild_uid_;
    base.root_key = root_key_;
    base.epoch = step.seat.epoch;
    base.host_uid = step.seat.host_uid;
    base.control_size = step.seat.control_size;
    return base;
}

/// Whether all steps above that one come of a restore that a host made by its own word alone: it
/// may have restored once more, or handed the guild over.
bool HostingChain::stems_from_restore(std::size_t at) const {
    const auto first = steps_.begin() + static_cast<std::ptrdiff_t>(at) + 1;
    return std::all_of(first, steps_.end(), [&](const Step& step) {
        const auto c = decode_certificate(step.certificate.bytes);
        const bool is_restore = c && c->kind == HostingKind::restore;
        const bool is_transfer = c && c->kind == HostingKind::transfer && &step != &*first;
        return (is_restore || is_transfer) && !is_signed_by_root(step.certificate, root_key_);
    });
}

/// A verified certificate that follows the step `at`, for all that came after it.
bool HostingChain::may_replace(std::size_t at,
                               const SignedCertificate& certificate,
                               const HostingCertificate& theirs,
                               protocol::UnixMs now_ms) const {
    if (now_ms - steps_[at + 1].seen_ms > kHostingSettleTime.count()) return false;
    // What a host gave itself when it went back to a backup is void where it had lost its place.
    if (theirs.kind == HostingKind::takeover && stems_from_restore(at)) return true;
    const Step& last = steps_.back();
    if (theirs.epoch > last.seat.epoch) {
        return theirs.kind == HostingKind::takeover || is_signed_by_root(certificate, root_key_);
    }
    const auto ours = decode_certificate(last.certificate.bytes);
    CHECK(ours.has_value());
    const int their_rank = rank_of(certificate, theirs.kind, root_key_);
    const int our_rank = rank_of(last.certificate, ours->kind, root_key_);
    if (their_rank != our_rank) return their_rank > our_rank;
    return blake2b(certificate.bytes) < blake2b(last.certificate.bytes);
}

bool HostingChain::restore(const SignedCertificate& certificate, protocol::UnixMs seen_ms) {
    const auto step = decode_certificate(certificate.bytes);
    if (!step || step->epoch <= present().epoch || steps_.size() > kCertificatesMax) return false;
    Step last{seat_by(*step), certificate, seen_ms > 0 ? seen_ms : step->ts_ms};
    // One that took the place of others was stored, and they were not dropped: they are void.
    const auto before =
        std::ranges::find(steps_, step->prev_epoch, [](const Step& s) { return s.seat.epoch; });
    if (before == steps_.end()) {
        // Only a copy that was taken anew lacks what came before its first certificate.
        if (steps_.size() > 1) return false;
    } else if (!may_follow(certificate, *step, before->seat.host_uid)) {
        return false;
    }
    if (before != steps_.end() && before + 1 != steps_.end()) {
        const auto first = decode_certificate((before + 1)->certificate.bytes);
        const bool was_taken = first && first->kind == HostingKind::takeover;
        if (was_taken && step->kind == HostingKind::restore &&
            !is_signed_by_root(certificate, root_key_))
            return false;
        steps_.erase(before + 1, steps_.end());
    }
    steps_.push_back(std::move(last));
    return true;
}

protocol::Result<HostingStep> HostingChain::accept(const SignedCertificate& certificate,
                                                   protocol::UnixMs now_ms,
                                                   NodeKeys keys,
                                                   PolicyAt policy,
                                                   protocol::UnixMs last_head_ms) {
    const auto theirs = decode_certificate(certificate.bytes);
    if (!theirs) return refused("the certificate is malformed");
    if (const auto* ours = certificate_of(theirs->epoch);
        ours != nullptr && ours->bytes == certificate.bytes) {
        return HostingStep::repeated;
    }
    const auto before =
        std::ranges::find(steps_, theirs->prev_epoch, [](const Step& s) { return s.seat.epoch; });
    const auto at = static_cast<std::size_t>(before - steps_.begin());
    const bool follows = at + 1 == steps_.size();
    const bool over_restores =
        theirs->kind == HostingKind::takeover && at + 1 < steps_.size() && stems_from_restore(at);
    if (theirs->epoch < present().epoch && !over_restores)
        return refused("the certificate is of a lower epoch");
    if (!follows && !over_restores && at + 2 != steps_.size())
        return refused("the certificate follows an epoch not held here");

    HostingBase base = base_of(steps_[at]);
    base.policy = policy(theirs->control_size);
    // The heads that the verifier saw last are those of the present epoch.
    if (follows) base.last_head_ms = last_head_ms;
    TRY(HostingCertificate verified, verify(certificate, base, keys));

    if (!follows) {
        if (!may_replace(at, certificate, verified, now_ms)) {
            if (verified.epoch == present().epoch) return HostingStep::outranked;
            return refused("a host that was replaced cannot appoint another");
        }
        steps_.resize(at + 1);
    } else if (steps_.size() > kCertificatesMax) {
        return refused("too many changes of host");
    }
    steps_.push_back({seat_by(verified), certificate, now_ms});
    return follows ? HostingStep::advanced : HostingStep::superseded;
}

std::optional<Hash32> HostingChain::host_at(std::uint64_t epoch) const {
    const auto at = std::ranges::find(steps_, epoch, [](const Step& s) { return s.seat.epoch; });
    if (at == steps_.end()) return std::nullopt;
    return at->seat.host_uid;
}

Hash32 HostingChain::host_under(std::uint64_t control_seq) const {
    Hash32 host = steps_.front().seat.host_uid;
    for (std::size_t i = 1; i < steps_.size(); ++i) {
        if (control_seq > steps_[i].seat.control_size) host = steps_[i].seat.host_uid;
    }
    return host;
}

std::optional<Hash32> HostingChain::previous_host() const {
    if (steps_.size() < 2) return std::nullopt;
    return steps_[steps_.size() - 2].seat.host_uid;
}

bool HostingChain::may_write(const Hash32& host_uid, std::uint64_t epoch) const {
    return epoch == present().epoch && host_uid == present().host_uid;
}

std::map<std::uint64_t, protocol::UnixMs> HostingChain::seen() const {
    std::map<std::uint64_t, protocol::UnixMs> out;
    for (std::size_t i = 1; i < steps_.size(); ++i)
        out.emplace(steps_[i].seat.epoch, steps_[i].seen_ms);
    return out;
}

std::vector<std::string> HostingChain::certificates_above(std::uint64_t epoch) const {
    std::vector<std::string> out;
    for (std::size_t i = 1; i < steps_.size(); ++i) {
        if (steps_[i].seat.epoch > epoch) out.push_back(encode(steps_[i].certificate));
    }
    return out;
}

const SignedCertificate* HostingChain::certificate_of(std::uint64_t epoch) const {
    for (std::size_t i = 1; i < steps_.size(); ++i) {
        if (steps_[i].seat.epoch == epoch) return &steps_[i].certificate;
    }
    return nullptr;
}

}  // namespace guildhall::federation
