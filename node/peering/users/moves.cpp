#include "node/peering/users/moves.h"

#include "federation/guild_keys.h"
#include "federation/profile.h"
#include "node/peering/users/user_keys.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "protocol/errors.h"

#include <algorithm>
#include <chrono>

namespace guildhall::peering {

namespace f = federation;
using namespace std::chrono_literals;
using protocol::GuildId;
using protocol::UserId;

namespace {

constexpr Nanos kHomeConnectLimit = 10s;
/// A host that is not there today is there tomorrow; its guild's successors may know it sooner.
constexpr Nanos kAgain = 60s;
/// Until the host has written the move and answers as to a member's node.
constexpr int kTries = 40;
constexpr Nanos kMovesLook = 250ms;
/// Guilds of moves that are under way at one time.
constexpr std::size_t kToldMax = 1024;

std::vector<std::string> split(const std::string& text) {
    std::vector<std::string> out;
    for (std::size_t at = 0; at < text.size();) {
        const auto end = std::min(text.find(' ', at), text.size());
        if (end > at) out.push_back(text.substr(at, end - at));
        at = end + 1;
    }
    return out;
}

}  // namespace

Moves::Moves(Context& ctx, Parts parts) : ctx_(ctx), parts_(parts) {
    ctx.bus.subscribe(ctx.here.index(), *this);
    parts_.peers.handle<f::frames::KeyLog>([this](Inbound inbound, f::frames::KeyLog pushed) {
        f::KeyLog log{std::move(pushed.genesis), std::move(pushed.events)};
        ctx_.here.spawn("move", hear(std::move(inbound), std::move(log)));
    });
    parts_.key_logs.add([this](Hash32 uid) -> Task<std::optional<f::KeyLog>> {
        auto find = [uid](store::Tx& tx) -> Result<std::optional<f::KeyLog>> {
            TRY(const auto user, store::users::find_local(tx, uid.text()));
            if (!user) return std::optional<f::KeyLog>();
            return services::user_key_log(tx, *user);
        };
        const auto found = co_await store::read(ctx_.db, std::move(find));
        co_return found ? *found : std::nullopt;
    });
}

void Moves::start() { ctx_.here.spawn("moves", run_all()); }

// -- At the new home ------------------------------------------------------------------------------

Task<void> Moves::run_all() {
    using Pending = std::vector<std::pair<UserId, std::vector<GuildAddress>>>;
    const auto pending = co_await store::read(ctx_.db, [](store::Tx& tx) -> Result<Pending> {
        Pending out;
        TRY(const auto found, store::secrets::like(tx, "user.%.moves"));
        for (const auto& [name, bytes] : found) {
            const auto end = name.rfind('.');
            const auto user = protocol::parse_id<UserId>(name.substr(5, end - 5));
            auto guilds = services::decode_guild_addresses(bytes);
            if (user && guilds) out.emplace_back(*user, std::move(*guilds));
        }
        return out;
    });
    if (!pending) co_return;
    for (const auto& [user, guilds] : *pending) ctx_.here.spawn("move", run(user, guilds));
}

Task<void> Moves::run(UserId user, std::vector<GuildAddress> guilds) {
    while (!guilds.empty()) {
        const auto log = co_await store::read(
            ctx_.db, [user](store::Tx& tx) -> Result<std::optional<f::KeyLog>> {
                TRY(const auto known, store::users::find(tx, user));
                if (!known || !known->home_uid.empty()) return std::optional<f::KeyLog>();
                return services::user_key_log(tx, *known);
            });
        // Moved on, or deleted.
        if (!log || !*log) co_return;
        std::vector<GuildAddress> left;
        for (const GuildAddress& guild : guilds) {
            if (!co_await bring(user, guild, **log)) left.push_back(guild);
        }
        guilds = std::move(left);
        co_await store::write(ctx_.db, [user, bytes = services::encode(guilds)](store::Tx& tx) {
            return store::secrets::put(tx, "user." + user.str() + ".moves", bytes);
        });
        if (!guilds.empty()) co_await ctx_.here.timers().sleep_for(kAgain);
    }
}

bool Moves::is_member_here(UserId user, GuildId guild) const {
    const auto* state = ctx_.view.guild(guild);
    const auto* member = state ? (*state)->members.find(user) : nullptr;
    return member && protocol::home_of(**state, *member) == ctx_.identity.uid.text();
}

/// True when there is nothing left to do for that guild.
Task<bool> Moves::bring(UserId user, const GuildAddress& address, f::KeyLog log) {
    const GuildId guild(address.guild);
    if (!guild) co_return co_await tell_old_home(address, std::move(log));
    if (is_member_here(user, guild)) co_return true;
    if (ctx_.view.guild(guild) && ctx_.view.role(guild) == journal::GuildRole::hosted) {
        co_return (co_await move_in_guilds(ctx_.identity.uid, std::move(log), user)).has_value();
    }
    std::vector<std::pair<Hash32, std::vector<std::string>>> nodes;
    if (const auto* seat = parts_.succession.seat_of(guild))
        nodes.emplace_back(seat->host_uid, seat->endpoints);
    for (std::size_t i = 0; i < address.nodes.size(); ++i) {
        if (const auto uid = Hash32::from(address.nodes[i]); uid && *uid != ctx_.identity.uid)
            nodes.emplace_back(*uid, split(address.endpoints[i]));
    }
    for (const auto& [uid, endpoints] : nodes) {
        parts_.peers.want(uid, endpoints);
        const auto peer = co_await parts_.peers.connect(uid, kHomeConnectLimit);
        const bool done = peer && co_await bring_by(user, address, *peer, log);
        parts_.peers.unwant(uid);
        if (done) co_return true;
    }
    co_return false;
}

/// It may be gone for good; that is often why the user moved.
Task<bool> Moves::tell_old_home(const GuildAddress& address, f::KeyLog log) {
    const auto uid = address.nodes.empty() ? std::nullopt : Hash32::from(address.nodes.front());
    if (!uid || *uid == ctx_.identity.uid) co_return true;
    const auto peer = co_await parts_.peers.connect(*uid, kHomeConnectLimit);
    f::frames::KeyLog pushed;
    pushed.genesis = std::move(log.genesis);
    pushed.events = std::move(log.events);
    co_return peer && (*peer)->send(std::move(pushed));
}

Task<bool> Moves::bring_by(UserId user,
                           const GuildAddress& address,
                           std::shared_ptr<Peer> host,
                           f::KeyLog log) {
    const auto genesis = f::decode_signed_genesis(f::ByteView(address.genesis));
    if (!genesis) co_return true;  // Nothing says which guild it was.
    const Hash32 uid = f::uid_of(genesis->bytes);
    const GuildId guild(address.guild);
    told_.erase(uid);
    f::frames::KeyLog pushed;
    pushed.genesis = log.genesis;
    pushed.events = log.events;
    if (!host->send(std::move(pushed))) co_return false;
    for (int i = 0; i < kTries && host->is_open(); ++i) {
        co_await ctx_.here.timers().sleep_for(kMovesLook);
        if (is_member_here(user, guild)) break;
        const auto told = told_.find(uid);
        const auto copy = parts_.mirrors.find(guild);
        const bool is_stale = copy && parts_.mirrors.is_stale(*copy, host->uid());
        if (!is_stale && ctx_.view.guild(guild)) continue;
        if (told == told_.end() || told->second.host != host->uid()) continue;
        f::frames::InviteInfo info;
        info.genesis = address.genesis;
        info.guildId = address.guild;
        info.hostUid = host->uid();
        info.hosting = told->second.certificates;
        static_cast<void>(co_await parts_.mirrors.begin(host, std::move(info)));
    }
    told_.erase(uid);
    if (!is_member_here(user, guild)) co_return false;
    auto papers = co_await parts_.users.papers(user);
    if (papers) host->send(f::frames::Profiles{{std::move(papers->profile)}});
    co_return true;
}

void Moves::on_unknown_hosting(const Hash32& from, const f::frames::Hosting& frame) {
    if (told_.size() < kToldMax) told_[frame.guildUid] = {from, frame.certificates};
}

// -- At a host ------------------------------------------------------------------------------------

Task<void> Moves::hear(Inbound inbound, f::KeyLog log) {
    auto& peer = inbound.peer();
    if (peer.policy().take(f::PeerAction::key_log, ctx_.clock.now())) co_return;
    co_await parts_.users.meet_homes(inbound.shared_peer(), log);
    const auto chain = user_chain(ctx_, parts_.peers.directory(), log);
    if (!chain) co_return;
    if (chain->home() != peer.uid()) co_return peer.strike("a user's keys that name another home");
    const UserId user = protocol::id_cast<UserId>(*chain->user_id());
    const auto from = inbound.shared_peer();
    const auto* known = ctx_.view.user(user);
    // An id has 22 bits of its uid, which anybody finds again: the uid says who it is. And nobody
    // moves by being born.
    if (!known || (*known)->uid != chain->uid().text() || log.events.empty()) co_return;
    const bool lived_here = (*known)->home_uid.empty();
    if (lived_here && !co_await close(user, from->uid(), log)) co_return;
    const Status moved = co_await move_in_guilds(from->uid(), std::move(log), user);
    if (!moved)
        ctx_.log.info("move", "a user's move was not followed", {{"why", moved.error().message}});
    for (const GuildId id : ctx_.view.guilds_of(user)) {
        const auto* guild = ctx_.view.guild(id);
        const auto uid = guild ? Hash32::from((*guild)->guild.uid) : std::nullopt;
        if (uid && ctx_.view.role(id) == journal::GuildRole::hosted)
            from->send(f::frames::Hosting{*uid, parts_.succession.certificates_above(id, 0)});
    }
}

Task<Status> Moves::move_in_guilds(Hash32 home, f::KeyLog log, UserId user) {
    const auto* known = ctx_.view.user(user);
    const std::string home_uid(home.text());
    const auto uid = known ? Hash32::from((*known)->uid) : std::nullopt;
    if (!uid) co_return f::refused("nobody knows the user");
    const std::vector<GuildId> guilds = ctx_.view.guilds_of(user);
    for (const GuildId id : guilds) {
        const auto* state = ctx_.view.guild(id);
        const auto* member = state ? (*state)->members.find(user) : nullptr;
        if (!member || ctx_.view.role(id) != journal::GuildRole::hosted) continue;
        if (protocol::home_of(**state, *member) == home_uid) continue;
        if ((*state)->node_bans.find(home_uid)) continue;
        const protocol::Identity* shown = (*state)->identities.find(std::string(uid->text()));
        if (shown && !goes_on(log, shown->events)) continue;
        const auto shown_now = shown_keys(ctx_, parts_.peers.directory(), *uid, log);
        CO_TRY(auto keys, missing_of(**state, shown_now));
        protocol::MemberMoved moved{user, home_uid};
        CO_TRY_VOID(co_await move_in(id, std::move(keys), std::move(moved)));
    }
    co_return Status();
}

Task<Status> Moves::move_in(GuildId guild,
                            std::vector<protocol::Event> keys,
                            protocol::MemberMoved moved) {
    keys.emplace_back(std::move(moved));
    auto events = std::make_shared<std::vector<protocol::Event>>(std::move(keys));
    auto commit = [this, guild, events]() -> Task<Status> {
        journal::Decision decision;
        decision.events = std::move(*events);
        auto receipt = co_await ctx_.journal.commit(guild, std::move(decision));
        if (!receipt) co_return receipt.error();
        co_return Status();
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(guild), commit);
}

// -- At the old home ------------------------------------------------------------------------------

void Moves::on_committed(const journal::Committed& entry) {
    const auto* moved = std::get_if<protocol::MemberMoved>(&entry.event);
    const auto* known = moved ? ctx_.view.user(moved->userId) : nullptr;
    if (!known || !(*known)->home_uid.empty() || moved->homeUid == ctx_.identity.uid.text()) return;
    const auto home = Hash32::from(moved->homeUid);
    const auto uid = Hash32::from((*known)->uid);
    const auto keys = f::GuildKeys::from(*entry.after, ctx_.clock.unix_ms());
    const f::KeyChain* chain = keys && uid ? keys->find(*uid) : nullptr;
    // The guild's host says so; whether it is true, the user's own keys say.
    if (!home || !chain || chain->home() != *home) return;
    auto follow = [](Moves& self, UserId who, Hash32 to, f::KeyLog log) -> Task<void> {
        static_cast<void>(co_await self.close(who, to, std::move(log)));
    };
    ctx_.here.spawn("move", follow(*this, moved->userId, *home, chain->log()));
}

/// Nobody logs in here any more, and its name says where it is.
Task<bool> Moves::close(UserId user, Hash32 home, f::KeyLog log) {
    const auto* here = ctx_.view.user(user);
    if (!here) co_return false;
    const auto own = co_await store::read(
        ctx_.db, [whom = **here](store::Tx& tx) { return services::user_key_log(tx, whom); });
    if (!own || !*own || !goes_on(log, (*own)->events)) co_return false;
    const auto* known = ctx_.view.user(user);
    const Known* node = parts_.peers.directory().find(home);
    if (!known || !(*known)->home_uid.empty()) co_return true;
    auto after = std::make_shared<protocol::User>(**known);
    after->home_uid = home.text();
    after->email.clear();
    const auto name =
        f::remote_name(after->username, node ? node->label : f::to_hex(home.text()).substr(0, 16));
    after->username = name ? *name : user.str() + "@" + f::to_hex(home.text()).substr(0, 16);
    const auto sessions = co_await store::read(
        ctx_.db, [user](store::Tx& tx) { return store::users::sessions_of(tx, user); });
    journal::Change change;
    change.notices.emplace_back(journal::UserChanged{after});
    std::vector<protocol::TokenHash> tokens;
    if (sessions) {
        for (const auto& s : *sessions) {
            tokens.push_back(s.token);
            change.notices.emplace_back(journal::SessionClosed{s.token, user});
        }
    }
    change.rows = [after, tokens](store::Tx& tx) -> Status {
        TRY_VOID(store::users::put(tx, *after));
        TRY_VOID(store::users::set_password(tx, after->id, ""));
        for (const auto& token : tokens) TRY_VOID(store::users::delete_session(tx, token));
        return {};
    };
    static_cast<void>(co_await ctx_.journal.store(ctx_.here, std::move(change)));
    ctx_.log.info("move", "an account lives on another node now", {{"user", user.str()}});
    co_return true;
}

}  // namespace guildhall::peering
