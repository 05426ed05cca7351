#include "node/peering/mirror/joiner.h"

#include "federation/node_key.h"
#include "node/peering/mirror/mirrors.h"
#include "node/peering/mirror/renewals.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;

namespace {

constexpr Nanos kPieceLimit = 10s;
// A guild that was left here a moment ago may still be going.
constexpr Nanos kLeavingStep = 50ms;
constexpr int kLeavingSteps = 200;
// A snapshot of so few pieces is read whole before the guild is shown: one message instead of two.
constexpr std::uint32_t kWholePieces = 8;

protocol::Error refused(std::string why) {
    return {.code = 0, .status = 502, .message = std::move(why)};
}

f::GuildKeys keys_of(const protocol::GuildState& state, protocol::UnixMs seen_ms) {
    auto keys = f::GuildKeys::from(state, seen_ms);
    return keys ? std::move(*keys) : f::GuildKeys();
}

}  // namespace

Task<Result<f::frames::Snapshot>> Joiner::next_piece(Peer& host, Incoming& in) {
    CO_TRY(auto answer, co_await in.answers->next(kPieceLimit));
    auto* piece = std::get_if<f::frames::Snapshot>(&answer);
    const Status added =
        piece ? in.reader.add(*piece) : Status(refused("a snapshot was answered otherwise"));
    if (!added) {
        host.strike(added.error().message);
        co_return added.error();
    }
    co_return std::move(*piece);
}

Task<Status> Joiner::read_base(std::shared_ptr<Peer> host, const Guild& guild, Incoming& in) {
    f::frames::SnapshotGet question;
    question.guildUid = guild.uid;
    in.answers = host->ask_many(std::move(question));
    if (!in.answers) co_return protocol::make_http_error(503);
    CO_TRY(in.first, co_await next_piece(*host, in));
    const bool whole = in.first.pieces <= kWholePieces;
    while (whole ? !in.reader.is_complete() : !in.reader.is_usable())
        CO_TRY_VOID(co_await next_piece(*host, in));
    Status fits = check_base(*host, guild, in);
    if (fits) {
        std::vector<protocol::Member> gone;
        in.reader.state().members.for_each([&](protocol::UserId, const protocol::Member& member) {
            if (!check_member(in, member)) gone.push_back(member);
            return true;
        });
        co_await learn_moves(in, std::move(gone));
        fits = check_ids(in);
    }
    if (!fits) host->strike(fits.error().message);
    co_return fits;
}

/// Users of this node who went while it was away: their own keys, which the guild has, say so. What
/// is here of their accounts ends first, so that the host is no liar.
Task<void> Joiner::learn_moves(Incoming& in, std::vector<protocol::Member> gone) {
    if (gone.empty()) co_return;
    const protocol::GuildState& state = in.reader.state();
    const f::GuildKeys keys = keys_of(state, ctx_.clock.unix_ms());
    for (const protocol::Member& member : gone) {
        const protocol::SharedUser* user = ctx_.view.user(member.userId);
        const auto uid = user ? Hash32::from((*user)->uid) : std::nullopt;
        const auto home = Hash32::from(protocol::home_of(state, member));
        const f::KeyChain* chain = uid ? keys.find(*uid) : nullptr;
        if (!home || !chain || chain->home() != *home) continue;
        if (co_await mirrors_.follow_move(member.userId, *home, chain->log()))
            in.moved.insert(member.userId);
    }
}

/// Ids of a guild are only its own: what is here already stays as it is (id claims).
Status Joiner::check_ids(const Incoming& in) const {
    const protocol::GuildState& state = in.reader.state();
    const journal::GuildSnapshot* known = ctx_.view.guild(state.guild.id);
    if (known && (*known)->guild.uid != state.guild.uid)
        return refused("the guild's id is another guild's here");
    Status status;
    state.channels.for_each([&](protocol::ChannelId id, const protocol::Channel&) {
        const protocol::GuildId owner = ctx_.view.guild_of(id);
        if (owner && owner != state.guild.id) status = refused("a channel's id is another guild's");
        return status.has_value();
    });
    if (!status) return status;
    state.members.for_each([&](protocol::UserId, const protocol::Member& member) {
        status = check_member(in, member);
        return status.has_value();
    });
    return status;
}

Status Joiner::check_member(const Incoming& in, const protocol::Member& member) const {
    const protocol::SharedUser* user = ctx_.view.user(member.userId);
    const bool ours = user && (*user)->username.find('@') == std::string::npos &&
                      !in.moved.contains(member.userId);
    if (ours && protocol::home_of(in.reader.state(), member) != ctx_.identity.uid.text())
        return refused("a user of this node is said to live elsewhere");
    return {};
}

Status Joiner::accept(f::HostingChain& chain,
                      const std::string& certificate,
                      const Incoming& in) const {
    const auto read = f::decode_signed_certificate(certificate);
    if (!read) return refused("a hosting certificate cannot be read");
    const f::GuildKeys known = keys_of(in.reader.state(), ctx_.clock.unix_ms());
    const auto keys = [&](const Hash32& uid, std::uint32_t seq) -> std::optional<f::PublicKey> {
        if (auto key = known.key(uid, seq)) return key;
        const Known* node = peers_.directory().find(uid);
        return node ? f::node_key(node->log, seq) : std::nullopt;
    };
    // Who the successors were then stands in a log that is not here yet: the host that the invite
    // names is believed about its own past.
    const auto policy = [&](std::uint64_t) { return std::optional(f::policy_claimed_by(*read)); };
    TRY_VOID(f::signed_in_time(*read, [&](const Hash32& uid) { return known.find(uid); }));
    TRY(const auto step, chain.accept(*read, ctx_.clock.unix_ms(), keys, policy));
    (void)step;
    return {};
}

Result<f::HostSeatInfo> Joiner::seat_of(const Peer& host,
                                        const Guild& guild,
                                        Incoming& in,
                                        const f::GuildGenesis& genesis) const {
    if (guild.seat && guild.told.empty()) return *guild.seat;
    const protocol::GuildState& state = in.reader.state();
    f::HostingChain chain(genesis, guild.uid);
    for (const std::string& bytes : guild.certificates) {
        if (!guild.seat) {
            TRY_VOID(accept(chain, bytes, in));
        } else if (const auto known = f::decode_signed_certificate(bytes)) {
            // Verified when the copy before was here.
            chain.restore(*known);
        }
    }
    // Of what was told only what holds says anything.
    bool holds = !guild.seat;
    for (const std::string& bytes : guild.told) holds |= accept(chain, bytes, in).has_value();
    if (!holds && guild.seat->host_uid == host.uid()) return *guild.seat;
    f::HostSeatInfo seat = chain.present();
    if (seat.host_uid != host.uid()) return refused("another node hosts the guild");
    in.certificates = chain.certificates_above(f::kFirstEpoch);
    if (in.certificates.empty()) {
        seat.name = state.hosting.hostName;
        seat.endpoints = state.hosting.endpoints;
    }
    return seat;
}

Status Joiner::check_base(const Peer& host, const Guild& guild, Incoming& in) const {
    const protocol::GuildState& state = in.reader.state();
    const auto stored = f::decode_signed_genesis(in.first.genesis);
    if (!stored || f::uid_of(stored->bytes) != guild.uid || in.first.guildUid != guild.uid)
        return refused("a snapshot of another guild");
    const auto verified = f::verify(*stored);
    const auto* genesis = verified ? std::get_if<f::GuildGenesis>(&*verified) : nullptr;
    if (!genesis) return refused("the guild's genesis does not hold");
    const auto id = f::derived_id(guild.uid, genesis->created_ms);
    if (!id || id->value != state.guild.id.value || state.guild.uid != guild.uid.text())
        return refused("the guild's id is not that of its genesis");
    if (state.hosting.firstHostUid != genesis->host_uid.text())
        return refused("the guild's first host is not that of its genesis");
    TRY(in.seat, seat_of(host, guild, in, *genesis));
    in.hosts.push_back(genesis->host_uid);
    const auto& all = in.certificates.empty() ? guild.certificates : in.certificates;
    for (const std::string& bytes : all) {
        const auto read = f::read_certificate(bytes);
        if (read && read->second.new_host_uid != in.seat.host_uid)
            in.hosts.push_back(read->second.new_host_uid);
    }
    if (!host.identity()) return refused("the host has not shown who it is");
    in.control.emplace(guild.uid, in.seat.epoch, f::kControlLog);
    if (!in.control->start_at(
            in.first.frontier, in.first.controlHead, host.identity()->keys.signing_key) ||
        in.control->size() != state.control_size)
        return refused("the snapshot's head does not hold");
    return {};
}

Task<Status> Joiner::open(const Incoming& in) {
    journal::MirrorStart start;
    start.state = std::make_shared<const protocol::GuildState>(in.reader.state());
    start.epoch = in.seat.epoch;
    start.frontier = in.first.frontier;
    start.head = in.first.controlHead;
    start.last_ts_ms = in.control->last_ts_ms();
    start.complete = in.reader.is_complete();
    const protocol::GuildId id = start.state->guild.id;
    const auto claimed = protocol::id_cast<protocol::Snowflake>(id);
    auto claim = [id,
                  uid = start.state->guild.uid,
                  genesis = in.first.genesis,
                  certificates = in.certificates](store::Tx& tx) -> Status {
        TRY_VOID(
            store::users::claim_id(tx, protocol::id_cast<protocol::Snowflake>(id), uid, genesis));
        // The new copy begins with those of the row that goes with its first write.
        TRY(auto owed, store::renewals::find(tx, id));
        if (!owed || certificates.empty()) return {};
        owed->certificates = certificates;
        return store::renewals::put(tx, *owed);
    };
    if (const Status done = co_await store::write(ctx_.db, std::move(claim)); !done) {
        co_await claims_.note(claimed, start.state->guild.uid, in.first.genesis);
        co_return done;
    }
    for (int i = 0; i < kLeavingSteps; ++i) {
        auto begin = [&journal = ctx_.journal, start] { return journal.open_mirror(start); };
        const Status done =
            co_await base::on_shard(ctx_.here, ctx_.shards.of(id), std::move(begin));
        if (done) break;
        if (protocol::http_status(done.error()) != 409 || i + 1 == kLeavingSteps) co_return done;
        co_await ctx_.here.timers().sleep_for(kLeavingStep);
    }
    if (in.certificates.empty()) co_return Status();
    auto keep = [id, certificates = in.certificates](store::Tx& tx) -> Status {
        for (const std::string& bytes : certificates) {
            const auto read = f::read_certificate(bytes);
            if (read)
                TRY_VOID(store::hosting::put_certificate(tx, id, {read->second.epoch, bytes}));
        }
        return {};
    };
    co_return co_await store::write(ctx_.db, std::move(keep));
}

Task<Status> Joiner::drop(protocol::GuildId instead, RenewalRow row) {
    const auto note = [row = std::move(row)](store::Tx& tx) -> Status {
        RenewalRow full = row;
        // Its hosts are no part of a snapshot: what is known of them goes from copy to copy.
        if (full.certificates.empty()) {
            TRY(auto held, store::hosting::certificates_above(tx, full.guild, -1));
            for (auto& one : held) full.certificates.push_back(std::move(one.bytes));
        }
        return store::renewals::put(tx, full);
    };
    auto leave = [&journal = ctx_.journal, instead, note] {
        return journal.drop_guild(instead, note);
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(instead), std::move(leave));
}

Task<bool> Joiner::is_later(const Mirror& copy, const Incoming& in) const {
    if (in.seat.epoch >= copy.seat().epoch) co_return true;
    // A takeover counts more than the higher epochs that a host gave itself.
    const auto look = [guild = copy.guild()](store::Tx& tx) {
        return store::hosting::certificates_above(tx, guild, -1);
    };
    const auto held = co_await store::read(ctx_.db, look);
    const auto stored = f::decode_signed_genesis(in.first.genesis);
    const auto verified = stored ? f::verify(*stored) : std::nullopt;
    const auto* genesis = verified ? std::get_if<f::GuildGenesis>(&*verified) : nullptr;
    if (!held || !genesis) co_return false;
    f::HostingChain chain(*genesis, copy.uid());
    for (const auto& row : *held) {
        const auto known = f::decode_signed_certificate(row.bytes);
        if (known) chain.restore(*known);
    }
    for (const std::string& bytes : in.certificates) static_cast<void>(accept(chain, bytes, in));
    const auto& now = chain.present();
    const bool same = now.epoch == in.seat.epoch && now.host_uid == in.seat.host_uid;
    co_return same;
}

Task<Result<std::shared_ptr<Mirror>>> Joiner::join(std::shared_ptr<Peer> host,
                                                   Guild guild,
                                                   std::shared_ptr<Mirror> instead) {
    auto in = std::make_shared<Incoming>();
    CO_TRY_VOID(co_await read_base(host, guild, *in));
    const protocol::GuildState& state = in->reader.state();
    if (instead) {
        // Where the copy knows of a later change of host, the asked one is a host of the past.
        if (!co_await is_later(*instead, *in)) co_return refused("another node hosts the guild");
        auto row = renewal_of(instead->guild(), guild.uid, in->seat, instead->past_hosts());
        row.certificates = in->certificates.empty() ? guild.certificates : in->certificates;
        CO_TRY_VOID(co_await drop(instead->guild(), std::move(row)));
    }
    CO_TRY_VOID(co_await open(*in));
    auto mirror =
        std::make_shared<Mirror>(ctx_, peers_, mirrors_, state.guild.id, guild.uid, in->seat);
    mirror->set_host_log(host->identity()->log);
    // What a verified seat does not say; certificates do.
    if (instead && guild.seat) in->hosts = instead->past_hosts();
    for (const Hash32& past : in->hosts) mirror->add_past_host(past);
    for (const Hash32& past : guild.past_hosts) mirror->add_past_host(past);
    mirror->set_keys(keys_of(state, in->control->last_ts_ms()));
    mirror->add_log(*in->control);
    mirror->set_complete(in->reader.is_complete());
    mirror->set_state(in->reader.is_complete() ? MirrorState::gap : MirrorState::snapshot);
    if (!in->reader.is_complete()) ctx_.here.spawn("members", add_members(mirror, host, in));
    mirrors_.add(mirror);
    ctx_.log.info("mirror",
                  "a guild of another node is followed",
                  {{"guild", state.guild.id.str()}, {"host", host->name()}});
    co_return mirror;
}

Task<void> Joiner::add_members(std::shared_ptr<Mirror> mirror,
                               std::shared_ptr<Peer> host,
                               std::shared_ptr<Incoming> in) {
    while (!in->reader.is_complete() && !mirror->is_over()) {
        const auto piece = co_await next_piece(*host, *in);
        // The link is gone, or lies: its next opening begins anew.
        if (!piece) co_return;
        std::vector<protocol::Member> members, gone;
        for (const std::string& bytes : piece->members) {
            auto member =
                protocol::decode_object<protocol::Member>(bytes, protocol::BytesFrom::others);
            if (!member) continue;
            if (!check_member(*in, *member)) gone.push_back(*member);
            members.push_back(std::move(*member));
        }
        co_await learn_moves(*in, std::move(gone));
        Status fits;
        for (const protocol::Member& member : members) {
            fits = check_member(*in, member);
            if (!fits) break;
        }
        // As at the base: it is no snapshot of an honest host, and is taken anew on the next link.
        if (!fits) co_return host->strike(fits.error().message);
        auto extend = [&journal = ctx_.journal,
                       guild = mirror->guild(),
                       members = std::move(members),
                       last = in->reader.is_complete()]() mutable {
            return journal.extend_mirror(guild, std::move(members), last);
        };
        const Status done =
            co_await base::on_shard(ctx_.here, ctx_.shards.of(mirror->guild()), std::move(extend));
        if (!done) co_return;
    }
    if (mirror->is_over()) co_return;
    mirror->set_complete(true);
    mirror->set_state(MirrorState::gap);
    mirror->subscribe_soon(Nanos{0});
}

}  // namespace guildhall::peering
