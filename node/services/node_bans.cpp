// The half of Bans that is about nodes: a guild that wants nothing of one any more.
#include "node/services/bans.h"
#include "node/services/commit.h"
#include "node/services/membership.h"
#include "node/services/permission.h"
#include "node/store/tables/peers.h"
#include "protocol/errors.h"

namespace guildhall::services {
namespace {

namespace permissions = protocol::permissions;
using protocol::Event;
using protocol::GuildId;
using protocol::make_error;

constexpr auto kNeeded = permissions::kBanMembers | permissions::kManageGuild;

struct Node {
    std::string uid, name;
};

/// By uid in hex, or by name.
Result<Node> find_node(store::Tx& tx, const std::string& wanted) {
    const auto uid = wanted.size() == 64 ? federation::from_hex(wanted) : std::nullopt;
    TRY(auto known, uid ? store::peers::find(tx, *uid) : store::peers::find_by_name(tx, wanted));
    if (known) return Node{known->uid, known->name};
    if (uid) return Node{*uid, {}};
    return protocol::make_http_error(404);
}

/// The members of the node go with it.
Result<std::vector<Event>> decide_ban(const GuildState* guild,
                                      const Actor& actor,
                                      const Node& node,
                                      UnixMs now) {
    TRY(const GuildState* g, require_guild(guild, actor.user, kNeeded, now));
    if (node.uid == g->hosting.hostUid) return make_error(protocol::kMissingPermissions);
    std::vector<Event> events;
    if (g->node_bans.find(node.uid)) return events;
    bool outranked = true;
    g->members.for_each([&](UserId user, const protocol::Member& member) {
        if (protocol::home_of(*g, member) != node.uid) return true;
        outranked = user != actor.user && outranks_member(*g, actor.user, user);
        auto gone = departure(*g, user, protocol::LeaveCause::banned, actor.user);
        std::move(gone.begin(), gone.end(), std::back_inserter(events));
        return outranked;
    });
    if (!outranked) return make_error(protocol::kMissingPermissions);
    events.emplace_back(protocol::NodeBanned{node.uid, node.name, actor.user});
    return events;
}

}  // namespace

Task<Status> Bans::put_node(const Actor& actor, GuildId guild, std::string node) {
    CO_TRY_VOID(
        require_guild(ctx_.journal.decided(guild), actor.user, kNeeded, ctx_.clock.unix_ms()));
    auto look = [node = std::move(node)](store::Tx& tx) { return find_node(tx, node); };
    CO_TRY(const Node found, co_await store::read(ctx_.db, std::move(look)));
    CO_TRY(auto events,
           decide_ban(ctx_.journal.decided(guild), actor, found, ctx_.clock.unix_ms()));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Bans::remove_node(const Actor& actor, GuildId guild, std::string node) {
    CO_TRY_VOID(
        require_guild(ctx_.journal.decided(guild), actor.user, kNeeded, ctx_.clock.unix_ms()));
    auto look = [node = std::move(node)](store::Tx& tx) { return find_node(tx, node); };
    CO_TRY(const Node found, co_await store::read(ctx_.db, std::move(look)));
    CO_TRY(const GuildState* g,
           require_guild(ctx_.journal.decided(guild), actor.user, kNeeded, ctx_.clock.unix_ms()));
    if (!g->node_bans.find(found.uid)) co_return make_error(protocol::kUnknownBan);
    std::vector<Event> events{protocol::NodeUnbanned{found.uid, actor.user}};
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

}  // namespace guildhall::services
