// /servers of the classic API: guilds by their older name, their members, and coming in. A server
// that is made here is one that everybody may join, as all of the prototype's were: the guild has
// the feature DISCOVERABLE, which its owner can take away through the API. Other guilds are joined
// with an invite.
#include "node/classic/answers.h"
#include "node/classic/call.h"
#include "node/classic/present.h"
#include "node/classic/query.h"
#include "node/classic/requests.h"
#include "node/rest/buckets.h"
#include "node/services/guilds.h"
#include "node/services/invites.h"
#include "node/services/members.h"

namespace guildhall::classic {
namespace {

using base::http::Method;
using protocol::GuildId;
using protocol::GuildSnapshot;
using protocol::JsonWriter;

/// system_channel_flags: SUPPRESS_JOIN_NOTIFICATIONS.
constexpr std::int64_t kSuppressJoins = 1;
constexpr int kMembersPage = 1000;  // The API's page.
// Members are skipped by walking over them, which this bounds.
constexpr int kMembersSkipMax = 1'000'000;

Reply server_reply(const protocol::Guild& guild, int status = 200) {
    Reply reply{status, {}};
    JsonWriter w(reply.json);
    write_server(w, guild);
    return reply;
}

/// A second change to a new guild, on its shard: what the request for a new one cannot say.
Task<Result<GuildSnapshot>> describe(Call& call, GuildId guild, std::string description) {
    protocol::api::GuildPatch patch;
    auto& features = patch.features.emplace();
    features.emplace_back("DISCOVERABLE");
    if (!description.empty()) {
        patch.description.present = true;
        patch.description.value.emplace(std::move(description));
    }
    co_return co_await call.api_of(guild).services.guilds.edit(call.actor, guild, patch);
}

Task<Result<Reply>> create_server(Call& call) {
    CO_TRY(const ServerCreate request, parse_body<ServerCreate>(call));
    protocol::api::GuildCreate wanted;
    wanted.name = std::string(request.name);
    // The prototype had no messages that nobody wrote.
    wanted.system_channel_flags = kSuppressJoins;
    CO_TRY(const GuildSnapshot made, co_await call.api.services.guilds.create(call.actor, wanted));
    const GuildId id = made->guild.id;
    std::string description = request.description.value_or(ServerText());
    const auto work = [&call, id, &description] {
        return describe(call, id, std::move(description));
    };
    CO_TRY(const GuildSnapshot described,
           co_await base::on_shard(call.ctx().here, call.ctx().shards.of(id), work));
    co_return server_reply(described->guild, 201);
}

Task<Result<Reply>> list_servers(Call& call) {
    const auto mine = call.api.services.guilds.mine(call.actor, {});
    Reply reply;
    JsonWriter w(reply.json);
    w.begin_array();
    for (const GuildSnapshot& guild : mine) write_server(w, guild->guild);
    w.end_array();
    co_return reply;
}

Task<Result<Reply>> get_server(Call& call) {
    CO_TRY(const GuildSnapshot guild, call.member_of(call.id<GuildId>(0)));
    co_return server_reply(guild->guild);
}

Task<Result<Reply>> patch_server(Call& call) {
    CO_TRY_VOID(call.member_of(call.id<GuildId>(0)));
    CO_TRY(const ServerPatch request, parse_body<ServerPatch>(call));
    protocol::api::GuildPatch patch;
    if (request.name) patch.name = protocol::api::GuildName(std::string(*request.name));
    patch.description.present = request.description.present;
    if (request.description.value)
        patch.description.value.emplace(std::string(*request.description.value));
    CO_TRY(const GuildSnapshot after,
           co_await call.api.services.guilds.edit(call.actor, call.id<GuildId>(0), patch));
    co_return server_reply(after->guild);
}

Task<Result<Reply>> delete_server(Call& call) {
    CO_TRY_VOID(call.member_of(call.id<GuildId>(0)));
    CO_TRY_VOID(co_await call.api.services.guilds.remove(call.actor, call.id<GuildId>(0)));
    co_return Reply{204, {}};
}

/// The newest members come last; `skip` and `limit` page through servers with more than a page.
Task<Result<Reply>> list_members(Call& call) {
    CO_TRY(const GuildSnapshot guild, call.member_of(call.id<GuildId>(0)));
    CO_TRY(const int skip, query_int(call, "skip", 0, kMembersSkipMax, 0));
    CO_TRY(const int limit, query_int(call, "limit", 1, kMembersPage, kMembersPage));
    const People people{call.ctx().view, call.statuses};
    Reply reply;
    JsonWriter w(reply.json);
    w.begin_array();
    int seen = 0;
    guild->members.for_each([&](protocol::UserId, const protocol::Member& member) {
        if (seen++ >= skip) write_member(w, member, *guild, people);
        return seen < skip + limit;
    });
    w.end_array();
    co_return reply;
}

Task<Result<Reply>> join_server(Call& call) {
    CO_TRY(const Join request, parse_optional_body<Join>(call));
    const GuildId id = call.id<GuildId>(0);
    if (!request.invite) {
        auto joined = co_await call.api.services.members.join(call.actor, id);
        if (!joined && joined.error().code == protocol::kMissingAccess)
            co_return refuse(403, "You need an invite to join this server");
        if (!joined) co_return joined.error();
        co_return server_reply((*joined)->guild);
    }
    CO_TRY(const auto found, call.api.services.invites.find(*request.invite));
    if (found.guild->guild.id != id) co_return refuse(403, "The invite is for another server");
    CO_TRY(const auto joined,
           co_await call.api.services.invites.accept(call.actor, *request.invite));
    co_return server_reply(joined.guild->guild);
}

constexpr rest::Limit kServerRead{"classic-server-read", 50, 10};
constexpr rest::Limit kServerWrite{"classic-server-write", 10, 10};

constexpr Route kClassicServerRoutes[] = {
    {Method::post, "/servers", true, Home::here, rest::buckets::kGuildCreate, create_server},
    {Method::get, "/servers", true, Home::here, kServerRead, list_servers},
    {Method::get, "/servers/{server_id}", true, Home::server, kServerRead, get_server},
    {Method::patch, "/servers/{server_id}", true, Home::server, kServerWrite, patch_server},
    {Method::del, "/servers/{server_id}", true, Home::server, kServerWrite, delete_server},
    {Method::get, "/servers/{server_id}/members", true, Home::server, kServerRead, list_members},
    {Method::post,
     "/servers/{server_id}/join",
     true,
     Home::server,
     rest::buckets::kInviteAccept,
     join_server},
};

}  // namespace

std::span<const Route> server_routes() { return kClassicServerRoutes; }

}  // namespace guildhall::classic
