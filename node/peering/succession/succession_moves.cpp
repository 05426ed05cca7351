// What this node does about a guild's host: votes, takes its seat, hands it over, stands down.
#include "federation/entry.h"
#include "federation/head.h"
#include "node/peering/succession/salvage.h"
#include "node/peering/succession/succession.h"
#include "node/store/tables/cursors.h"
#include "node/store/tables/epochs.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/policies.h"
#include "node/store/tables/secrets.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <algorithm>
#include <chrono>

namespace guildhall::peering {

namespace f = federation;
namespace hosting = store::hosting;
using namespace std::chrono_literals;
using protocol::GuildId;

namespace {

constexpr Nanos kStepConnectLimit = 10s;
/// The new host is linked and up to date when it is asked; beyond this the owner is told that the
/// offer stands, and may withdraw it later.
constexpr Nanos kTransferLimit = 45s;
constexpr Nanos kMoveLook = 50ms;
/// For what was written last to reach the new host, and for the past that it still fetches.
constexpr Nanos kWholeLimit = 20s;
/// What a host wrote last may be this much younger than the transfer that ends its writing.
constexpr protocol::UnixMs kStampMarginMs = 60'000;

/// What is stored of a chain beside its certificates: those that others replaced are no more.
Status keep_steps(store::Tx& tx,
                  GuildId guild,
                  const std::map<std::uint64_t, protocol::UnixMs>& before,
                  const std::map<std::uint64_t, protocol::UnixMs>& after) {
    for (const auto& [epoch, seen_ms] : before) {
        if (!after.contains(epoch)) TRY_VOID(hosting::drop_certificate(tx, guild, epoch));
    }
    return hosting::put_seen(tx, guild, after);
}

/// The policy under which a certificate was made that competes with a later step: the host that it
/// replaces may have set another since. The present one where that is not held.
protocol::Hosting policy_under(store::Tx& tx,
                               GuildId guild,
                               std::uint64_t control_size,
                               protocol::Hosting present) {
    static const protocol::EventKind kKind = protocol::kind_of(protocol::HostingPolicySet{});
    const auto body = store::policies::last_before(tx, guild, kKind, control_size);
    const auto bytes = body && *body ? f::event_of_body(f::ByteView(**body)) : std::nullopt;
    const auto event = bytes ? protocol::decode_event(bytes->text())
                             : Result<protocol::Event>(protocol::make_http_error(404));
    const auto* set = event ? std::get_if<protocol::HostingPolicySet>(&*event) : nullptr;
    if (!set) return present;
    present.successors = set->successors;
    present.votes = set->votes;
    present.delayMs = set->delayMs;
    return present;
}

protocol::Error not_now(std::string why) {
    auto error = protocol::make_error(protocol::kAPIResourceOverloaded);
    error.message = std::move(why);
    return error;
}

}  // namespace

Task<Status> Succession::perform(GuildId guild, std::vector<f::SuccessionAction> actions) {
    for (f::SuccessionAction& action : actions) {
        Status done;
        if (auto* vote = std::get_if<f::CastVote>(&action)) {
            done = co_await cast(guild, std::move(*vote));
        } else {
            auto guard = co_await lock_.acquire(guild.value);
            if (!guard) co_return guard.error();
            done = co_await take_seat(guild, std::move(std::get<f::TakeOver>(action).certificate));
        }
        if (done) continue;
        ctx_.log.warn("hosting",
                      "a step of succession failed",
                      {{"guild", guild.str()}, {"why", done.error().message}});
        // What it believed of itself did not come true.
        if (Record* record = find(guild)) {
            record->successor.reset();
            refresh(*record);
        }
        co_return done;
    }
    co_return Status();
}

Task<Status> Succession::cast(GuildId guild, f::CastVote cast) {
    const auto vote = f::decode_vote(f::ByteView(cast.vote.bytes));
    if (!vote) co_return f::refused("a vote cannot be read");
    const std::string bytes = f::encode(cast.vote);
    CO_TRY(const bool stored,
           co_await store::write(ctx_.db, [guild, epoch = vote->epoch, bytes](store::Tx& tx) {
               return hosting::put_vote(tx, guild, epoch, bytes);
           }));
    if (!stored) co_return f::refused("this node voted otherwise in that epoch");
    Record* record = find(guild);
    const auto* state = ctx_.view.guild(guild);
    if (!record || !state) co_return f::refused("the guild is not here");
    record->last_vote = cast.vote;
    const f::frames::Vote frame{record->uid, bytes};
    if (!cast.is_proposal) {
        if (const auto candidate = peers_.find(cast.candidate_uid)) candidate->send(frame);
        co_return Status();
    }
    ctx_.log.info(
        "hosting", "proposes to host a guild", {{"guild", guild.str()}, {"epoch", vote->epoch}});
    for (const std::string& uid : (*state)->hosting.successors) {
        const auto hash = Hash32::from(uid);
        const auto peer = hash ? peers_.find(*hash) : nullptr;
        if (peer && *hash != ctx_.identity.uid) peer->send(frame);
    }
    co_return Status();
}

Task<Result<f::HostingStep>> Succession::judge(GuildId guild,
                                               Certificate certificate,
                                               std::shared_ptr<Peer> from,
                                               std::optional<f::HostingChain>& chain) {
    const auto c = f::decode_certificate(f::ByteView(certificate.bytes));
    const auto* there = ctx_.view.guild(guild);
    if (!c || !there) co_return f::refused("the guild is not here");
    const protocol::GuildSnapshot state = *there;
    auto look = [guild](store::Tx& tx) { return hosting::holding(tx, guild); };
    CO_TRY(const auto held, co_await store::read(ctx_.db, std::move(look)));
    const SignerKeys keys =
        co_await find_keys(ctx_, peers_, state, keys_wanted_by(certificate), from, asked_);
    Record* record = find(guild);
    if (!record) co_return f::refused("the guild is not here");
    // A step that was judged when it was taken stands, whatever its signers and its host did since:
    // they rotated their keys, or wrote under a later epoch. Its votes may still tell of two.
    const Certificate* taken = record->chain.certificate_of(c->epoch);
    if (taken && taken->bytes == certificate.bytes) {
        chain = record->chain;
        note_certificate(*record, certificate, keys);
        co_return f::HostingStep::repeated;
    }
    // What competes with the last step was signed under an earlier log than the one that is here.
    const bool follows = c->prev_epoch == record->chain.present().epoch;
    const auto key = [&](const Hash32& uid, std::uint32_t seq) {
        return follows ? keys.key(uid, seq) : keys.old_key(uid, seq);
    };
    CO_TRY_VOID(f::signed_in_time(certificate, [&](const Hash32& uid) { return keys.find(uid); }));
    // A mirror that lacks the end of the log judges by what it has: the host that had the rest is
    // gone, and the end comes from the host that this certificate makes.
    protocol::Hosting said = state->hosting;
    if (!follows && record->chain.host_at(c->prev_epoch)) {
        auto find_policy =
            [guild, size = c->control_size, said](store::Tx& tx) -> Result<protocol::Hosting> {
            return policy_under(tx, guild, size, said);
        };
        CO_TRY(said, co_await store::read(ctx_.db, std::move(find_policy)));
        record = find(guild);
        if (!record) co_return f::refused("the guild is not here");
    }
    const auto policy = [&](std::uint64_t) { return f::policy_of(said); };
    const auto head = f::decode_signed_head(f::ByteView(held.control_head));
    const bool ours = head && head->head.epoch == record->chain.present().epoch;
    // Who heard the host within the delay before the votes believes that it is gone when itself
    // says so, or when it has been away for the delay here, too. The host itself, cut off from all
    // who voted, has no say.
    const protocol::UnixMs last = ours && !must_believe(*record, from) ? held.last_ts_ms : 0;
    // A key that was stolen after its time must not appoint anybody in the past.
    if (c->kind == f::HostingKind::transfer && c->ts_ms + kStampMarginMs < held.last_ts_ms && ours)
        co_return f::refused("the transfer is older than what its host wrote");
    if (c->kind == f::HostingKind::transfer && follows && ours &&
        c->control_size < held.control_size)
        co_return f::refused("the transfer leaves out what its host wrote");
    chain = record->chain;
    const auto step = chain->accept(certificate, ctx_.clock.unix_ms(), key, policy, last);
    if (step) note_certificate(*record, certificate, keys);
    co_return step;
}

bool Succession::must_believe(const Record& record, const std::shared_ptr<Peer>& from) const {
    const auto role = ctx_.view.role(record.guild);
    if (role == journal::GuildRole::hosted || role == journal::GuildRole::frozen) return true;
    if (from && from->uid() == record.chain.present().host_uid) return true;
    const auto* guild = ctx_.view.guild(record.guild);
    const auto policy = guild ? f::policy_of((*guild)->hosting) : std::nullopt;
    return policy && record.away_since != 0 &&
           ctx_.clock.unix_ms() - record.away_since >= policy->delay_ms;
}

/// The journal's part, on the guild's shard.
Task<Status> Succession::on_journal(GuildId guild, std::string certificate, bool stop_first) {
    auto become = [this, guild, certificate, stop_first]() -> Task<Status> {
        const bool stops = stop_first && ctx_.journal.role(guild) == journal::GuildRole::hosted;
        if (stops) CO_TRY_VOID(co_await ctx_.journal.stop_hosting(guild));
        auto receipt = co_await ctx_.journal.become_host(guild, certificate);
        if (!receipt) co_return receipt.error();
        co_return Status();
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(guild), become);
}

Task<Status> Succession::stop_hosting(GuildId guild) {
    auto stop = [this, guild] { return ctx_.journal.stop_hosting(guild); };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(guild), stop);
}

Task<Status> Succession::pause(GuildId guild, bool paused) {
    auto set = [this, guild, paused]() -> Task<Status> {
        if (paused) co_return co_await ctx_.journal.pause_hosting(guild);
        ctx_.journal.resume_hosting(guild);
        co_return Status();
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(guild), set);
}

/// Every log of the guild is acknowledged by the peer up to its end: nothing that was answered here
/// is lost with the change.
Task<bool> Succession::until_has_all(GuildId guild, Hash32 peer) {
    const Nanos end = ctx_.clock.now() + kWholeLimit;
    for (;;) {
        auto look = [guild, peer](store::Tx& tx) {
            return store::cursors::is_behind(tx, peer.text(), guild);
        };
        const auto behind = co_await store::read(ctx_.db, std::move(look));
        if (behind && !*behind) co_return true;
        if (ctx_.clock.now() >= end) co_return false;
        co_await ctx_.here.timers().sleep_for(kMoveLook);
    }
}

Task<bool> Succession::until_whole(GuildId guild) {
    const Nanos end = ctx_.clock.now() + kWholeLimit;
    if (fetch_) fetch_(guild);
    for (;;) {
        const auto held = co_await store::read(
            ctx_.db, [guild](store::Tx& tx) { return hosting::holding(tx, guild); });
        if (held && !held->has_holes) co_return true;
        if (ctx_.clock.now() >= end) co_return false;
        co_await ctx_.here.timers().sleep_for(kMoveLook);
    }
}

Task<Status> Succession::take_seat(GuildId guild, Certificate certificate) {
    std::optional<f::HostingChain> chain;
    CO_TRY(const f::HostingStep step, co_await judge(guild, certificate, nullptr, chain));
    if (step == f::HostingStep::outranked) co_return f::refused("another certificate is stronger");
    const bool was_frozen = ctx_.view.role(guild) == journal::GuildRole::frozen;
    CO_TRY_VOID(co_await on_journal(guild, f::encode(certificate), false));
    Record* record = find(guild);
    if (!record) co_return f::refused("the guild is not here");
    const auto steps_before = record->chain.seen();
    record->chain = std::move(*chain);
    record->told_previous = false;
    record->away_since = 0;
    refresh(*record);
    ctx_.log.warn("hosting",
                  "this node hosts a guild from now on",
                  {{"guild", guild.str()}, {"epoch", record->chain.present().epoch}});
    tell_all(*record, nullptr);
    if (was_frozen) ctx_.here.spawn("tell of a host", tell_homes(guild));
    // A restart before this finds the void ones, and lets them be.
    auto keep = [guild, steps_before, steps = record->chain.seen()](store::Tx& tx) {
        return keep_steps(tx, guild, steps_before, steps);
    };
    const Status kept = co_await store::write(ctx_.db, std::move(keep));
    if (!kept) ctx_.log.error("hosting", "steps were not stored", {{"guild", guild.str()}});
    co_return Status();
}

Task<Status> Succession::follow(GuildId guild, Certificate certificate, f::HostingChain chain) {
    const f::HostSeatInfo seat = chain.present();
    Record* record = find(guild);
    if (!record) co_return f::refused("the guild is not here");
    const bool hosted = ctx_.view.role(guild) == journal::GuildRole::hosted;
    if (seat.host_uid == ctx_.identity.uid && !hosted)
        co_return co_await take_seat(guild, std::move(certificate));
    const std::uint64_t before = record->chain.present().epoch;
    const auto steps_before = record->chain.seen();
    // It froze for what its host did, who hosts it no more.
    const bool thaws = ctx_.view.role(guild) == journal::GuildRole::frozen &&
                       record->chain.present().host_uid != seat.host_uid;
    CO_TRY_VOID(co_await store::write(
        ctx_.db,
        [guild, steps_before, steps = chain.seen(), seat, thaws, bytes = f::encode(certificate)](
            store::Tx& tx) -> Status {
            if (thaws) TRY_VOID(hosting::set_role(tx, guild, journal::GuildRole::mirrored));
            TRY_VOID(keep_steps(tx, guild, steps_before, steps));
            TRY_VOID(store::secrets::drop(tx, store::secrets::offer_name(guild)));
            return hosting::put_certificate(tx, guild, {seat.epoch, bytes});
        }));
    if (hosted && seat.host_uid != ctx_.identity.uid) {
        record = find(guild);
        if (!record) co_return f::refused("the guild is not here");
        // What is stored holds from now on, whatever the disk says to the rest.
        record->chain = chain;
        record->seat.reset();
        const Status stood = co_await stand_down(guild, seat);
        if (!stood) {
            ctx_.here.spawn("hosting", finish_stand_down(guild));
            co_return stood;
        }
    }
    if (thaws) {
        auto thaw = [&journal = ctx_.journal, guild] { return journal.thaw(guild); };
        CO_TRY_VOID(co_await base::on_shard(ctx_.here, ctx_.shards.of(guild), std::move(thaw)));
    }
    record = find(guild);
    if (!record) co_return f::refused("the guild is not here");
    record->chain = std::move(chain);
    record->seat.reset();
    record->away_since = 0;
    record->told_previous = false;
    // What it counted from is void.
    if (seat.epoch < before) record->successor.reset();
    refresh(*record);
    if (record->successor)
        record->successor->on_hosting(seat.epoch, seat.host_uid, ctx_.clock.unix_ms());
    if (follower_ && seat.host_uid != ctx_.identity.uid) follower_(guild, seat);
    co_return Status();
}

/// The certificate of another host is stored. What is salvaged is so before this node is a mirror,
/// whose copy may go: after a restart between the two it is salvaged once more.
Task<Status> Succession::stand_down(GuildId guild, f::HostSeatInfo seat) {
    CO_TRY_VOID(co_await pause(guild, true));
    co_await keep_salvage(guild, seat);
    CO_TRY_VOID(co_await stop_hosting(guild));
    ctx_.log.warn("hosting",
                  "a guild has another host now",
                  {{"guild", guild.str()}, {"host", seat.name}, {"epoch", seat.epoch}});
    co_return Status();
}

/// After a takeover that this node did not see: what was written here meanwhile.
Task<void> Succession::keep_salvage(GuildId guild, f::HostSeatInfo seat) {
    const std::string file = ctx_.settings.data_dir + "/salvage/" + guild.str() + "-" +
                             std::to_string(seat.epoch) + ".jsonl";
    const auto kept = co_await store::read(ctx_.db, [guild, seat, file](store::Tx& tx) {
        return salvage(tx, guild, seat.host_uid, file);
    });
    if (!kept)
        ctx_.log.error("hosting", "salvage failed", {{"guild", guild.str()}});
    else if (*kept > 0)
        ctx_.log.warn("hosting",
                      "messages that the new host never had were kept aside: see guildhall guild "
                      "salvage",
                      {{"guild", guild.str()}, {"messages", *kept}, {"file", file}});
}

// -- Transfers

Task<Status> Succession::transfer(base::Shard& here, GuildId guild, std::string node) {
    auto move = [this, guild, &node] { return transfer_here(guild, std::move(node)); };
    co_return co_await base::on_shard(here, ctx_.here, move);
}

Task<Status> Succession::withdraw(base::Shard& here, GuildId guild) {
    auto move = [this, guild] { return withdraw_here(guild); };
    co_return co_await base::on_shard(here, ctx_.here, move);
}

Task<Status> Succession::take_over(base::Shard& here, GuildId guild, f::Seed root) {
    auto move = [this, guild, root] { return take_over_here(guild, root); };
    co_return co_await base::on_shard(here, ctx_.here, move);
}

Task<Result<services::Reposted>> Succession::repost(base::Shard& here,
                                                    GuildId guild,
                                                    services::Salvaged message) {
    if (!repost_) co_return not_now("nobody speaks for this node's users");
    auto say = [this, guild, &message] { return repost_(guild, std::move(message)); };
    co_return co_await base::on_shard(here, ctx_.here, say);
}

Task<Result<services::Held>> Succession::held(base::Shard& here, GuildId guild) {
    auto look = [this, guild] { return held_(guild); };
    co_return co_await base::on_shard(here, ctx_.here, look);
}

Task<Status> Succession::transfer_here(GuildId guild, std::string node) {
    const auto* state = ctx_.view.guild(guild);
    if (!state || ctx_.view.role(guild) != journal::GuildRole::hosted)
        co_return not_now("this node does not host the guild");
    const auto hex = f::from_hex(node);
    auto uid = hex ? Hash32::from(*hex) : std::nullopt;
    if (const auto named = uid ? nullptr : peers_.by_name(node)) uid = named->uid();
    const auto& successors = (*state)->hosting.successors;
    const bool is_successor = uid && std::ranges::find(successors, uid->text()) != successors.end();
    // It has the whole guild, and its keys stand in the log.
    if (!is_successor)
        co_return protocol::make_field_error(
            "node", "NODE_NO_SUCCESSOR", "A guild goes to one of its successors.");
    CO_TRY(const auto peer, co_await peers_.connect(*uid, kStepConnectLimit));
    {
        auto guard = co_await lock_.acquire(guild.value);
        if (!guard) co_return guard.error();
        CO_TRY_VOID(co_await offer(guild, peer));
    }
    const base::Nanos end = ctx_.clock.now() + kTransferLimit;
    while (ctx_.clock.now() < end) {
        const Record* record = find(guild);
        if (record && record->chain.present().host_uid == *uid) co_return Status();
        co_await ctx_.here.timers().sleep_for(kMoveLook);
    }
    co_return not_now("the new host has not answered yet; the offer stands for ten minutes");
}

Task<Status> Succession::offer(GuildId guild, std::shared_ptr<Peer> to) {
    Record* record = co_await open(guild);
    if (!record) co_return not_now("the guild is not here");
    if (record->seat) co_return not_now("a transfer is open already");
    CO_TRY_VOID(co_await pause(guild, true));
    if (!co_await until_has_all(guild, to->uid())) {
        static_cast<void>(co_await pause(guild, false));
        co_return not_now("the new host has not got all of the guild yet");
    }
    const f::GuildProgress held = co_await progress(guild);
    record = find(guild);
    if (!record) co_return not_now("the guild is not here");
    const Known* known = peers_.directory().find(to->uid());
    f::TransferTo target{
        to->uid(), to->name(), known ? known->endpoints : std::vector<std::string>()};
    if (target.endpoints.size() > f::kHostEndpointsMax)
        target.endpoints.resize(f::kHostEndpointsMax);
    record->seat.emplace(
        setup(*record), record->chain.present().epoch, std::nullopt, ctx_.clock.unix_ms());
    Status begun = record->seat->begin_transfer(target, held, ctx_.clock.unix_ms());
    if (begun) {
        const std::string bytes = f::encode(*record->seat->open_offer());
        begun = co_await store::write(ctx_.db, [guild, bytes](store::Tx& tx) {
            return store::secrets::put(tx, store::secrets::offer_name(guild), bytes);
        });
    }
    record = find(guild);
    if (!begun) {
        if (record) record->seat.reset();
        static_cast<void>(co_await pause(guild, false));
        co_return begun;
    }
    if (record) send_offer(*record);
    co_return Status();
}

void Succession::send_offer(Record& record) {
    for (f::HostSeatAction& action : record.seat->take_actions()) {
        auto* offered = std::get_if<f::OfferTransfer>(&action);
        const auto c =
            offered ? f::decode_certificate(f::ByteView(offered->certificate.bytes)) : std::nullopt;
        const auto peer = c ? peers_.find(c->new_host_uid) : nullptr;
        if (peer) peer->send(f::frames::Hosting{record.uid, {f::encode(offered->certificate)}});
    }
}

Task<Status> Succession::withdraw_here(GuildId guild) {
    CO_TRY(const auto seed, co_await store::read(ctx_.db, [guild](store::Tx& tx) {
               return store::secrets::get(tx, store::secrets::root_name(guild));
           }));
    const auto root = f::Seed::from(std::string_view(seed.value_or("")));
    if (!root) co_return not_now("this node does not keep the guild's root key");
    const f::GuildProgress held = co_await progress(guild);
    Record* record = find(guild);
    if (!record || !record->seat) co_return not_now("no transfer is open");
    CO_TRY_VOID(record->seat->withdraw(held, f::SecretKey::from_seed(*root), ctx_.clock.unix_ms()));
    for (f::HostSeatAction& action : record->seat->take_actions()) {
        auto* publish = std::get_if<f::PublishCertificate>(&action);
        if (publish) co_return co_await come_back(guild, std::move(publish->certificate));
    }
    co_return not_now("the transfer cannot be withdrawn");
}

/// This node stays host, in a later epoch.
Task<Status> Succession::come_back(GuildId guild, Certificate restore) {
    auto guard = co_await lock_.acquire(guild.value);
    if (!guard) co_return guard.error();
    std::optional<f::HostingChain> chain;
    CO_TRY(const f::HostingStep step, co_await judge(guild, restore, nullptr, chain));
    // A takeover may have come while this waited.
    if (step == f::HostingStep::outranked || chain->present().host_uid != ctx_.identity.uid)
        co_return f::refused("another certificate is stronger");
    CO_TRY_VOID(co_await store::write(ctx_.db, [guild](store::Tx& tx) {
        return store::secrets::drop(tx, store::secrets::offer_name(guild));
    }));
    CO_TRY_VOID(co_await on_journal(guild, f::encode(restore), true));
    Record* record = find(guild);
    if (!record) co_return not_now("the guild is not here");
    record->chain = std::move(*chain);
    record->seat.reset();
    refresh(*record);
    tell_all(*record, nullptr);
    co_return Status();
}

Task<Status> Succession::take_over_here(GuildId guild, f::Seed seed) {
    const f::SecretKey root = f::SecretKey::from_seed(seed);
    Record* record = co_await open(guild);
    if (!record) co_return not_now("the guild is not here");
    if (root.public_key() != record->root_key)
        co_return f::refused("this is not the guild's root key");
    auto guard = co_await lock_.acquire(guild.value);
    if (!guard) co_return guard.error();
    const f::GuildProgress held = co_await progress(guild);
    record = find(guild);
    if (!record) co_return not_now("the guild is not here");
    const f::SuccessorSetup self = setup(*record);
    const auto vote =
        record->last_vote ? f::decode_vote(f::ByteView(record->last_vote->bytes)) : std::nullopt;
    const std::uint64_t present = record->chain.present().epoch;
    f::HostingCertificate c;
    c.kind = f::HostingKind::takeover;
    c.guild_uid = record->uid;
    c.epoch = std::max(present, vote ? vote->epoch : 0) + 1;
    c.prev_epoch = present;
    c.control_size = held.control_size;
    c.control_root = held.control_root;
    c.new_host_uid = self.self_uid;
    c.new_host_name = self.name;
    c.endpoints = self.endpoints;
    c.ts_ms = ctx_.clock.unix_ms();
    Certificate certificate{f::encode(c), {}, {}};
    f::add_signature(certificate, self.self_uid, self.key_seq, *self.key);
    f::add_root_signature(certificate, root);
    co_return co_await take_seat(guild, std::move(certificate));
}

}  // namespace guildhall::peering
