#include "federation/host_seat.h"

#include <utility>

namespace guildhall::federation {

HostSeat::HostSeat(SuccessorSetup setup,
                   std::uint64_t epoch,
                   std::optional<SignedCertificate> open_offer,
                   protocol::UnixMs now_ms)
    : setup_(std::move(setup)), epoch_(epoch) {
    CHECK(setup_.key != nullptr);
    const auto certificate = open_offer ? decode_certificate(open_offer->bytes) : std::nullopt;
    if (!certificate) return;
    state_ = State::transferring;
    offer_ = std::move(open_offer);
    offered_ms_ = certificate->ts_ms;
    next_send_ms_ = now_ms;
}

protocol::Status HostSeat::begin_transfer(const TransferTo& to,
                                          const GuildProgress& progress,
                                          protocol::UnixMs now_ms) {
    if (state_ != State::host) return refused("this node is not the guild's host");
    if (to.host_uid == setup_.self_uid) return refused("this node is the guild's host");
    HostingCertificate certificate;
    certificate.kind = HostingKind::transfer;
    certificate.guild_uid = setup_.guild_uid;
    certificate.epoch = epoch_ + 1;
    certificate.prev_epoch = epoch_;
    certificate.control_size = progress.control_size;
    certificate.control_root = progress.control_root;
    certificate.new_host_uid = to.host_uid;
    certificate.new_host_name = to.name;
    certificate.endpoints = to.endpoints;
    certificate.ts_ms = now_ms;
    offer_.emplace();
    offer_->bytes = encode(certificate);
    add_signature(*offer_, setup_.self_uid, setup_.key_seq, *setup_.key);
    state_ = State::transferring;
    offered_ms_ = now_ms;
    next_send_ms_ = now_ms;
    tick(now_ms);
    return {};
}

protocol::Status HostSeat::on_accepted(const SignedCertificate& certificate, NodeKeys keys) {
    if (state_ != State::transferring) return refused("there is no open transfer");
    if (certificate.bytes != offer_->bytes) return refused("this is not the transfer offered");
    const auto decoded = decode_certificate(certificate.bytes);
    CHECK(decoded.has_value());
    if (!is_signed_by(certificate, decoded->new_host_uid, keys) ||
        !is_signed_by(certificate, setup_.self_uid, keys)) {
        return refused("the transfer is not signed by both hosts");
    }
    actions_.push_back(PublishCertificate{certificate});
    stand_down(decoded->epoch, decoded->new_host_uid);
    return {};
}

protocol::Status HostSeat::withdraw(const GuildProgress& progress,
                                    const SecretKey& root,
                                    protocol::UnixMs now_ms) {
    if (state_ != State::transferring) return refused("there is no open transfer");
    if (now_ms - offered_ms_ < (kTransferOfferTime + kTransferMargin).count()) {
        return refused("the new host may still accept");
    }
    // Above the epoch of the offer: a signature that the new host gave and did not send is beaten.
    const std::uint64_t epoch = epoch_ + 2;
    SignedCertificate certificate = make_restore(setup_, epoch_, epoch, progress, now_ms);
    add_root_signature(certificate, root);
    actions_.push_back(PublishCertificate{std::move(certificate)});
    epoch_ = epoch;
    offer_.reset();
    state_ = State::host;
    return {};
}

void HostSeat::on_hosting(std::uint64_t epoch, const Hash32& host_uid) {
    if (epoch <= epoch_ || state_ == State::retired) return;
    if (host_uid == setup_.self_uid) {
        epoch_ = epoch;
        return;
    }
    stand_down(epoch, host_uid);
}

void HostSeat::stand_down(std::uint64_t epoch, const Hash32& host_uid) {
    epoch_ = epoch;
    state_ = State::retired;
    offer_.reset();
    actions_.push_back(StandDown{host_uid, epoch});
}

void HostSeat::tick(protocol::UnixMs now_ms) {
    if (state_ != State::transferring || now_ms < next_send_ms_) return;
    // An old offer is not accepted any more; only the operator decides what follows.
    if (now_ms - offered_ms_ > kTransferOfferTime.count()) return;
    actions_.push_back(OfferTransfer{*offer_});
    next_send_ms_ = now_ms + kTransferRepeat.count();
}

std::vector<HostSeatAction> HostSeat::take_actions() { return std::exchange(actions_, {}); }

std::optional<protocol::UnixMs> HostSeat::next_deadline() const {
    if (state_ != State::transferring || next_send_ms_ - offered_ms_ > kTransferOfferTime.count()) {
        return std::nullopt;
    }
    return next_send_ms_;
}

protocol::Result<SignedCertificate> accept_transfer(const SignedCertificate& offer,
                                                    const HostingBase& base,
                                                    const SuccessorSetup& self,
                                                    const GuildProgress& progress,
                                                    NodeKeys keys,
                                                    protocol::UnixMs now_ms) {
    const auto certificate = decode_certificate(offer.bytes);
    if (!certificate || certificate->kind != HostingKind::transfer ||
        certificate->new_host_uid != self.self_uid) {
        return refused("this is no transfer to this node");
    }
    const auto age_ms = now_ms - certificate->ts_ms;
    if (age_ms > kTransferOfferTime.count() || age_ms < -kTransferMargin.count()) {
        return refused("the offer is too old, or the clocks differ");
    }
    if (certificate->control_size != progress.control_size ||
        certificate->control_root != progress.control_root) {
        return refused("this node does not have the control log up to the transfer");
    }
    SignedCertificate out{offer.bytes, {}, {}};
    for (const HostSignature& signature : offer.signatures) {
        if (signature.signer_uid == base.host_uid) out.signatures = {signature};
    }
    add_signature(out, self.self_uid, self.key_seq, *self.key);
    TRY_VOID([&]() -> protocol::Status {
        TRY(auto verified, verify(out, base, keys));
        static_cast<void>(verified);
        return {};
    }());
    return out;
}

SignedCertificate make_restore(const SuccessorSetup& self,
                               std::uint64_t prev_epoch,
                               std::uint64_t epoch,
                               const GuildProgress& progress,
                               protocol::UnixMs now_ms) {
    HostingCertificate certificate;
    certificate.kind = HostingKind::restore;
    certificate.guild_uid = self.guild_uid;
    certificate.epoch = epoch;
    certificate.prev_epoch = prev_epoch;
    certificate.control_size = progress.control_size;
    certificate.control_root = progress.control_root;
    certificate.new_host_uid = self.self_uid;
    certificate.new_host_name = self.name;
    certificate.endpoints = self.endpoints;
    certificate.ts_ms = now_ms;
    SignedCertificate out;
    out.bytes = encode(certificate);
    add_signature(out, self.self_uid, self.key_seq, *self.key);
    return out;
}

}  // namespace guildhall::federation
