// What other nodes say of a guild's hosts: certificates, offers of a transfer, votes.
#include "node/peering/succession/succession.h"
#include "node/store/tables/epochs.h"
#include "node/store/tables/hosting.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

/// A frame has a guild's certificates above what the other has; more than these at once nobody
/// missed.
constexpr std::size_t kCertificatesPerFrame = 64;

/// What is said of a guild costs reads of the store and signatures. Who has no part in it, as far
/// as this node knows, spends as much of its allowance as so many heads.
constexpr std::uint32_t kStrangerCost = 32;

std::vector<f::SignedCertificate> decode_all(const std::vector<std::string>& stored) {
    std::vector<f::SignedCertificate> out;
    for (const std::string& bytes : stored) {
        if (out.size() >= kCertificatesPerFrame) break;
        auto certificate = f::decode_signed_certificate(f::ByteView(bytes));
        if (!certificate) return {};
        out.push_back(std::move(*certificate));
    }
    return out;
}

/// The first host, a successor, or a home of members, as the log says.
bool has_part(const protocol::GuildState& state, const Hash32& peer) {
    const std::string uid(peer.text());
    const protocol::Hosting& said = state.hosting;
    if (said.firstHostUid == uid || said.hostUid == uid) return true;
    if (std::ranges::find(said.successors, uid) != said.successors.end()) return true;
    if (state.node_bans.find(uid)) return false;
    bool found = false;
    state.members.for_each([&](protocol::UserId, const protocol::Member& member) {
        found = protocol::home_of(state, member) == uid;
        return !found;
    });
    return found;
}

/// A transfer to `self` that `self` has not signed yet.
bool is_offer(const f::SignedCertificate& certificate, const Hash32& self) {
    const auto c = f::decode_certificate(f::ByteView(certificate.bytes));
    return c && c->kind == f::HostingKind::transfer && c->new_host_uid == self &&
           std::ranges::none_of(certificate.signatures,
                                [&](const auto& s) { return s.signer_uid == self; });
}

}  // namespace

/// A new host may be a node that nobody here has heard of: strangers are heard, but seldom.
bool Succession::may_say(const Hash32& guild_uid, Peer& peer) const {
    const Record* record = find(guild_uid);
    const GuildId guild = record ? record->guild : ctx_.view.guild_of_uid(guild_uid.text());
    const auto* there = ctx_.view.guild(guild);
    // Of a guild that is not here only the newest word is kept, which is no work.
    std::uint32_t cost = 1;
    if (there) cost = kStrangerCost;
    if (there && has_part(**there, peer.uid())) return true;
    if (record && (record->chain.present().host_uid == peer.uid() ||
                   record->chain.previous_host() == peer.uid()))
        return true;
    return !peer.policy().take(f::PeerAction::heads, ctx_.clock.now(), cost);
}

Task<void> Succession::hear_hosting(Inbound inbound, f::frames::Hosting frame) {
    if (!may_say(frame.guildUid, inbound.peer())) co_return;
    const auto certificates = decode_all(frame.certificates);
    if (certificates.empty() && !frame.certificates.empty())
        co_return inbound.peer().strike("a hosting certificate that cannot be read");
    const auto at = by_uid_.find(frame.guildUid);
    GuildId guild = at == by_uid_.end() ? GuildId{} : at->second;
    if (!guild) {
        // One that this node hosts and that never changed its host has no record yet.
        guild = ctx_.view.guild_of_uid(frame.guildUid.text());
        if (!guild && unknown_) unknown_(inbound.peer().uid(), frame);
        if (!guild || !co_await open(guild)) co_return;
    }
    if (!is_here(guild)) {
        if (unknown_) unknown_(inbound.peer().uid(), frame);
        co_return;
    }
    co_await complete(guild, certificates, inbound.shared_peer());
    std::uint64_t newest = 0;
    for (const f::SignedCertificate& certificate : certificates) {
        const Status heard = co_await hear(guild, certificate, inbound.shared_peer());
        const auto c = f::decode_certificate(f::ByteView(certificate.bytes));
        if (c) newest = std::max(newest, c->epoch);
        if (!heard) log_refusal(guild, inbound.peer(), heard.error().message);
    }
    if (!certificates.empty()) answer_who_is_behind(guild, newest, inbound.peer());
}

void Succession::log_refusal(GuildId guild, Peer& peer, const std::string& why) {
    Record* record = find(guild);
    const Nanos now = ctx_.clock.now();
    if (!record || !record->logged.is_over(peer.uid(), now)) return;
    record->logged.begin(peer.uid(), now);
    ctx_.log.info("hosting",
                  "a hosting certificate was refused",
                  {{"guild", guild.str()}, {"peer", peer.name()}, {"why", why}});
}

/// The newest of what a peer sent says where it stands: a chain begins with epochs of the past, and
/// an answer to those would be answered in its turn, without end.
void Succession::answer_who_is_behind(GuildId guild, std::uint64_t newest, Peer& peer) {
    Record* record = find(guild);
    // An epoch above the present one may be void: what was valid of it has been followed by now.
    if (!record || newest == record->chain.present().epoch || !concerns(*record, peer.uid()))
        return;
    const Nanos now = ctx_.clock.now();
    if (!record->answered.is_over(peer.uid(), now)) return;
    if (send_certificates(*record, peer)) record->answered.begin(peer.uid(), now);
}

/// A copy that was taken anew without its certificates follows a host whose own is not here, and
/// could judge no later one. That host says what led to it, as to who joins by its invite.
Task<void> Succession::complete(GuildId guild,
                                std::vector<Certificate> certificates,
                                std::shared_ptr<Peer> from) {
    const auto lacks = [this, guild, from](const protocol::GuildState& state) {
        const Record* record = find(guild);
        return record && record->chain.present().epoch < state.hosting.epoch &&
               state.hosting.hostUid == from->uid().text();
    };
    if (!from || !co_await open(guild)) co_return;
    const auto* there = ctx_.view.guild(guild);
    if (!there || !lacks(**there)) co_return;
    auto guard = co_await lock_.acquire(guild.value);
    there = ctx_.view.guild(guild);
    if (!guard || !there || !lacks(**there)) co_return;
    const protocol::GuildSnapshot state = *there;
    f::HostingChain chain = find(guild)->chain;
    for (const Certificate& certificate : certificates) {
        const auto c = f::decode_certificate(f::ByteView(certificate.bytes));
        // What comes after the host that is followed is judged as ever.
        if (!c || c->epoch > state->hosting.epoch) break;
        if (c->epoch <= chain.present().epoch) continue;
        const SignerKeys keys =
            co_await find_keys(ctx_, peers_, state, keys_wanted_by(certificate), from, asked_);
        const auto key = [&](const Hash32& uid, std::uint32_t seq) {
            return keys.old_key(uid, seq);
        };
        const auto policy = [&](std::uint64_t) {
            return std::optional(f::policy_claimed_by(certificate));
        };
        if (!f::signed_in_time(certificate, [&](const Hash32& uid) { return keys.find(uid); }))
            co_return;
        if (!chain.accept(certificate, ctx_.clock.unix_ms(), key, policy)) co_return;
    }
    const f::HostSeatInfo& present = chain.present();
    if (present.epoch != state->hosting.epoch || present.host_uid != from->uid()) co_return;
    auto keep =
        [guild, all = chain.certificates_above(0), seen = chain.seen()](store::Tx& tx) -> Status {
        for (const std::string& bytes : all) {
            const auto read = f::read_certificate(bytes);
            if (read)
                TRY_VOID(store::hosting::put_certificate(tx, guild, {read->second.epoch, bytes}));
        }
        return store::hosting::put_seen(tx, guild, seen);
    };
    const Status kept = co_await store::write(ctx_.db, std::move(keep));
    Record* record = find(guild);
    if (!kept || !record) co_return;
    record->chain = std::move(chain);
    refresh(*record);
    ctx_.log.info("hosting",
                  "the certificates of a guild's hosts are here again",
                  {{"guild", guild.str()}, {"peer", from->name()}});
}

void Succession::learn(GuildId guild,
                       std::vector<std::string> certificates,
                       std::shared_ptr<Peer> from) {
    auto hear_all = [](Succession& self,
                       GuildId about,
                       std::vector<f::SignedCertificate> all,
                       std::shared_ptr<Peer> by) -> Task<void> {
        if (!co_await self.open(about)) co_return;
        co_await self.complete(about, all, by);
        for (const f::SignedCertificate& certificate : all)
            static_cast<void>(co_await self.hear(about, certificate, by));
    };
    ctx_.here.spawn("hosting", hear_all(*this, guild, decode_all(certificates), std::move(from)));
}

Task<Status> Succession::hear(GuildId guild, Certificate certificate, std::shared_ptr<Peer> from) {
    if (is_offer(certificate, ctx_.identity.uid))
        co_return co_await accept_offer(guild, std::move(certificate), std::move(from));
    auto guard = co_await lock_.acquire(guild.value);
    if (!guard) co_return guard.error();
    std::optional<f::HostingChain> chain;
    const auto judged = co_await judge(guild, certificate, from, chain);
    if (Record* record = find(guild)) {
        const auto c = f::decode_certificate(f::ByteView(certificate.bytes));
        const bool later = c && c->kind == f::HostingKind::takeover &&
                           c->prev_epoch == record->chain.present().epoch;
        if (!judged && later)
            record->refused = certificate;
        else if (judged)
            record->refused.reset();
    }
    if (!judged) co_return judged.error();
    const f::HostingStep step = *judged;
    if (step != f::HostingStep::advanced && step != f::HostingStep::superseded) co_return Status();
    CO_TRY_VOID(co_await follow(guild, std::move(certificate), std::move(*chain)));
    if (const Record* record = find(guild)) tell_all(*record, from.get());
    co_return Status();
}

Task<Status> Succession::accept_offer(GuildId guild,
                                      Certificate offer,
                                      std::shared_ptr<Peer> from) {
    if (!co_await until_whole(guild)) co_return f::refused("the past of the guild is not all here");
    auto guard = co_await lock_.acquire(guild.value);
    if (!guard) co_return guard.error();
    const auto* there = ctx_.view.guild(guild);
    if (!there) co_return f::refused("the guild is not here");
    const protocol::GuildSnapshot state = *there;
    const f::GuildProgress have = co_await progress(guild);
    const SignerKeys keys =
        co_await find_keys(ctx_, peers_, state, keys_wanted_by(offer), from, asked_);
    const Record* record = find(guild);
    if (!record) co_return f::refused("the guild is not here");
    const auto key = [&](const Hash32& uid, std::uint32_t seq) { return keys.key(uid, seq); };
    const auto own = [&](const Hash32& uid, std::uint32_t seq) {
        if (uid == ctx_.identity.uid) return std::optional(ctx_.keys.signing->public_key());
        return key(uid, seq);
    };
    CO_TRY(f::SignedCertificate complete,
           f::accept_transfer(
               offer, record->chain.base(), setup(*record), have, own, ctx_.clock.unix_ms()));
    co_return co_await take_seat(guild, std::move(complete));
}

Task<void> Succession::hear_vote(Inbound inbound, f::frames::Vote frame) {
    if (!may_say(frame.guildUid, inbound.peer())) co_return;
    const auto vote = f::decode_signed_bytes(f::ByteView(frame.vote), f::kVoteBytes);
    const auto decoded = vote ? f::decode_vote(f::ByteView(vote->bytes)) : std::nullopt;
    if (!decoded) co_return inbound.peer().strike("a vote that cannot be read");
    const Record* known = find(frame.guildUid);
    if (!known || !known->successor) co_return;
    const GuildId guild = known->guild;
    std::vector<f::SuccessionAction> actions;
    {
        auto guard = co_await lock_.acquire(guild.value);
        const auto* state = ctx_.view.guild(guild);
        if (!guard || !state) co_return;
        WantedKeys voter{{decoded->voter_uid, decoded->voter_key_seq}};
        const SignerKeys keys = co_await find_keys(
            ctx_, peers_, *state, std::move(voter), inbound.shared_peer(), asked_);
        const f::GuildProgress held = co_await progress(guild);
        Record* record = find(guild);
        if (!record || !record->successor) co_return;
        record->successor->on_progress(held);
        const auto key = [&](const Hash32& uid, std::uint32_t seq) { return keys.key(uid, seq); };
        // Who votes now does so with the newest key; a thief of an older one has no say.
        const f::KeyChain* log = keys.find(decoded->voter_uid);
        if (log && log->state().seq != decoded->voter_key_seq) {
            ctx_.log.info("hosting",
                          "a vote is not by its voter's newest key",
                          {{"guild", guild.str()},
                           {"peer", inbound.peer().name()},
                           {"key", decoded->voter_key_seq}});
            co_return;
        }
        note_vote(*record, *vote, keys);
        const Status heard = record->successor->on_vote(*vote, key, ctx_.clock.unix_ms());
        if (!heard)
            ctx_.log.info("hosting",
                          "a vote was not followed",
                          {{"guild", guild.str()},
                           {"peer", inbound.peer().name()},
                           {"why", heard.error().message}});
        actions = record->successor->take_actions();
    }
    static_cast<void>(co_await perform(guild, std::move(actions)));
}

/// Who hosts, hosted before, may host, or has members there; and whose keys the log names: a node
/// whose last member left, or that is no successor any more, may have been away then and still
/// follow a host that is gone.
bool Succession::concerns(const Record& record, const Hash32& peer) const {
    const auto* guild = ctx_.view.guild(record.guild);
    if (!guild) return false;
    if (record.chain.present().host_uid == peer || record.chain.previous_host() == peer)
        return true;
    const std::string uid(peer.text());
    const bool was_there = (*guild)->identities.find(uid) && !(*guild)->node_bans.find(uid);
    return was_there || has_part(**guild, peer);
}

bool Succession::send_certificates(const Record& record, Peer& to) const {
    auto certificates = record.chain.certificates_above(0);
    if (certificates.empty()) return true;
    if (certificates.size() > kCertificatesPerFrame)
        certificates.erase(certificates.begin(),
                           certificates.end() - static_cast<std::ptrdiff_t>(kCertificatesPerFrame));
    return to.send(f::frames::Hosting{record.uid, std::move(certificates)});
}

/// Who hosts, and what was found of who did.
bool Succession::tell(const Record& record, Peer& to) const {
    if (!record.grounds.empty()) {
        f::frames::Evidence why{record.uid, record.grounds};
        to.send(std::move(why));
    }
    return send_certificates(record, to);
}

void Succession::tell_all(const Record& record, const Peer* except) const {
    for (const auto& peer : peers_.open()) {
        if (peer.get() != except && concerns(record, peer->uid())) send_certificates(record, *peer);
    }
}

void Succession::on_open(const std::shared_ptr<Peer>& peer) {
    for (const auto& [guild, record] : records_) {
        if (record->chain.present().epoch == 0 || !concerns(*record, peer->uid())) continue;
        const bool sent = tell(*record, *peer);
        if (sent && record->chain.previous_host() == peer->uid()) record->told_previous = true;
    }
}

}  // namespace guildhall::peering
