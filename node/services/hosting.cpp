#include "node/services/hosting.h"

#include "federation/hosting_certificate.h"
#include "federation/missing_keys.h"
#include "node/journal/identity.h"
#include "node/services/commit.h"
#include "node/services/host_changes.h"
#include "node/services/permission.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/peers.h"
#include "protocol/errors.h"

#include <algorithm>
#include <map>

namespace guildhall::services {

namespace api = protocol::api;
namespace f = federation;
using protocol::Event;
using protocol::GuildId;
using protocol::GuildSnapshot;
using protocol::make_error;
using protocol::make_field_error;

namespace {

/// Long enough that a weekend's outage, a move of house or a lost disk with a backup elsewhere is
/// not a change of host.
constexpr std::uint64_t kDefaultDelayMs = 72ULL * 3600 * 1000;

/// Rows without their statements: as many as a guild has, so that why it is frozen is among them.
constexpr unsigned kEvidenceSeen = store::evidence::kOfGuildMax;

/// A node that may be a successor, as the log will say it.
struct NodePlace {
    std::string uid, text;
    f::KeyLog keys;
};

/// Name, then endpoints.
std::string place_of(const std::string& name, const std::vector<std::string>& endpoints) {
    std::string out = name;
    for (std::size_t i = 0; i < endpoints.size() && i < f::kHostEndpointsMax; ++i)
        out.append(" ").append(endpoints[i]);
    return out;
}

/// Uids in lower-case hex; empty for what is not one.
std::string uid_of_hex(std::string_view text) {
    const auto hash = f::from_hex(text);
    return hash && hash->size() == sizeof(f::Hash32) ? *hash : std::string();
}

Result<NodePlace> find_place(store::Tx& tx, const Settings& own, const std::string& node) {
    const std::string uid = uid_of_hex(node);
    TRY(auto peer,
        uid.empty() ? store::peers::find_by_name(tx, node) : store::peers::find(tx, uid));
    // Another node may be called as this one is.
    if (uid == own.node_uid.text() || (!peer && node == own.name))
        return make_field_error(
            "successors",
            "NODE_IS_HOST",
            node +
                " hosts the server already. Its successors are other nodes, which go on with it "
                "when this one is gone.");
    if (!peer || peer->trust == store::peers::Trust::blocked)
        return make_field_error(
            "successors", "NODE_UNKNOWN", "This node was never linked with " + node);
    auto keys = f::decode_key_log(f::ByteView(peer->key_events));
    if (!keys)
        return make_field_error(
            "successors", "NODE_UNKNOWN", "The keys of " + node + " are not known");
    return NodePlace{peer->uid, place_of(peer->name, peer->endpoints), std::move(*keys)};
}

/// Ascending by uid, as the log has them.
Result<std::vector<NodePlace>> find_places(store::Tx& tx,
                                           const Settings& own,
                                           const std::vector<std::string>& nodes) {
    std::map<std::string, NodePlace> found;
    for (const std::string& node : nodes) {
        TRY(NodePlace place, find_place(tx, own, node));
        found.emplace(place.uid, std::move(place));
    }
    std::vector<NodePlace> out;
    for (auto& [uid, place] : found) out.push_back(std::move(place));
    return out;
}

/// What the log does not say yet of the keys of the host and of those nodes.
Result<std::vector<Event>> missing_keys_of(const GuildState& state,
                                           const journal::Identity& host,
                                           const std::vector<NodePlace>& places) {
    std::vector<Event> out;
    TRY(auto own, f::missing_keys(state, host.uid, host.log));
    if (own) out.emplace_back(std::move(*own));
    for (const NodePlace& place : places) {
        const auto uid = f::Hash32::from(std::string_view(place.uid));
        if (!uid) continue;
        TRY(auto missing, f::missing_keys(state, *uid, place.keys));
        if (missing) out.emplace_back(std::move(*missing));
    }
    return out;
}

Result<const GuildState*> require_owner(const GuildState* guild, UserId actor) {
    TRY(const GuildState* g, require_member(guild, actor));
    if (!g->is_owner(actor)) return make_error(protocol::kMissingPermissions);
    return g;
}

/// Nodes by name are bare names; those that a policy has already stay by their uids, without one
/// that has become the host since.
std::vector<std::string> asked_nodes(const GuildState& state, const api::HostingPatch& request) {
    std::vector<std::string> out;
    if (request.successors) {
        out.assign(request.successors->begin(), request.successors->end());
    } else {
        for (const std::string& uid : state.hosting.successors)
            if (uid != state.hosting.hostUid) out.push_back(f::to_hex(uid));
    }
    return out;
}

Result<protocol::HostingPolicySet> make_policy(const GuildState& state,
                                               UserId actor,
                                               const api::HostingPatch& request,
                                               const std::vector<NodePlace>& places) {
    protocol::HostingPolicySet policy;
    for (const NodePlace& place : places) {
        policy.successors.push_back(place.uid);
        policy.places.push_back(place.text);
    }
    const auto n = static_cast<std::int64_t>(places.size());
    // More than half: two candidates cannot both have that many.
    const std::int64_t half = n / 2 + (n > 0 ? 1 : 0);
    const std::int64_t before = std::min<std::int64_t>(state.hosting.votes, n);
    const std::int64_t votes =
        request.votes ? request.votes->value : (request.successors ? half : before);
    if (votes > n)
        return make_field_error("votes", "NUMBER_TYPE_MAX", "There are not so many successors.");
    policy.votes = static_cast<std::uint8_t>(votes);
    policy.delayMs = state.hosting.delayMs > 0 ? state.hosting.delayMs : kDefaultDelayMs;
    if (request.takeover_delay && places.empty())
        return make_field_error("takeover_delay",
                                "NO_SUCCESSORS",
                                "A guild without successors is not taken over, however long its "
                                "host is silent.");
    if (request.takeover_delay)
        policy.delayMs = static_cast<std::uint64_t>(request.takeover_delay->value) * 1000;
    policy.byUser = actor;
    return policy;
}

}  // namespace

Result<GuildSnapshot> Hosting::get(const Actor& actor, GuildId guild) const {
    const GuildSnapshot* state = ctx_.view.guild(guild);
    TRY_VOID(require_member(state ? state->get() : nullptr, actor.user));
    return *state;
}

Task<Result<GuildSnapshot>> Hosting::set(const Actor& actor,
                                         GuildId guild,
                                         const api::HostingPatch& request) {
    CO_TRY(const GuildState* before, require_owner(ctx_.journal.decided(guild), actor.user));
    auto find = [&own = ctx_.settings, nodes = asked_nodes(*before, request)](store::Tx& tx) {
        return find_places(tx, own, nodes);
    };
    CO_TRY(const auto places, co_await store::read(ctx_.db, std::move(find)));
    auto own = [this](store::Tx& tx) {
        return journal::load_or_make_identity(tx, ctx_.clock, ctx_.rng);
    };
    CO_TRY(const journal::Identity identity, co_await store::read(ctx_.db, std::move(own)));

    CO_TRY(const GuildState* g, require_owner(ctx_.journal.decided(guild), actor.user));
    CO_TRY(auto policy, make_policy(*g, actor.named(), request, places));
    CO_TRY(auto keys, missing_keys_of(*g, identity, places));
    if (!keys.empty()) {
        // The host's own doing, whoever asked: these follow from nobody's command.
        journal::Decision decision;
        decision.events = std::move(keys);
        CO_TRY_VOID(co_await ctx_.journal.commit(guild, std::move(decision)));
        CO_TRY_VOID(require_owner(ctx_.journal.decided(guild), actor.user));
    }
    std::vector<Event> events;
    events.emplace_back(std::move(policy));
    co_return co_await commit(ctx_, actor, guild, std::move(events));
}

Task<Status> Hosting::transfer(const Actor& actor, GuildId guild, std::string node) {
    CO_TRY_VOID(require_owner(ctx_.journal.decided(guild), actor.user));
    if (!ctx_.host_changes) co_return make_error(protocol::kAPIResourceOverloaded);
    co_return co_await ctx_.host_changes->transfer(ctx_.here, guild, std::move(node));
}

Task<Status> Hosting::withdraw(const Actor& actor, GuildId guild) {
    CO_TRY_VOID(require_owner(ctx_.journal.decided(guild), actor.user));
    if (!ctx_.host_changes) co_return make_error(protocol::kAPIResourceOverloaded);
    co_return co_await ctx_.host_changes->withdraw(ctx_.here, guild);
}

Task<std::optional<Held>> Hosting::held(GuildId guild) const {
    if (!ctx_.host_changes || ctx_.view.role(guild) != journal::GuildRole::hosted)
        co_return std::nullopt;
    auto held = co_await ctx_.host_changes->held(ctx_.here, guild);
    if (!held) co_return std::nullopt;
    co_return std::move(*held);
}

Task<HostingNow> Hosting::now(GuildSnapshot guild) const {
    const GuildId id = guild->guild.id;
    HostingNow out{.role = ctx_.view.role(id)};
    out.held = co_await held(id);
    if (ctx_.other_nodes) {
        std::vector<std::string> uids{guild->hosting.hostUid};
        for (const std::string& uid : guild->hosting.successors) uids.push_back(uid);
        out.nodes = co_await ctx_.other_nodes->look_up(ctx_.here, std::move(uids));
        out.followed = co_await ctx_.other_nodes->followed(ctx_.here, id);
    }
    if (out.role != journal::GuildRole::frozen) co_return out;
    auto look = [id](store::Tx& tx) { return store::evidence::newest(tx, id, kEvidenceSeen); };
    const auto rows = co_await store::read(ctx_.db, std::move(look));
    out.frozen = rows ? frozen_for(*rows) : frozen_for({});
    co_return out;
}

}  // namespace guildhall::services
