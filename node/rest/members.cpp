// /guilds/{guild}/members: who is in a guild.
#include "node/services/members.h"

#include "node/rest/api.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/guilds.h"
#include "node/services/present/member.h"
#include "protocol/limits.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::GuildId;
using protocol::JsonWriter;
using protocol::Member;
using protocol::UserId;

Reply member_reply(const Api& api, const Member& member) {
    return written([&](JsonWriter& w) { services::write_member(w, member, api.ctx.view); });
}

Task<Result<Reply>> list_members(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    CO_TRY(const auto after, query_id<UserId>(call.query, "after"));
    CO_TRY(unsigned left, query_limit(call.query, 1, protocol::limits::kMembersPageMax));
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        guild->members.for_each_after(after.value_or(UserId{}), [&](UserId, const Member& member) {
            services::write_member(w, member, api.ctx.view);
            return --left > 0;
        });
        w.end_array();
    });
}

Task<Result<Reply>> search_members(Api& api, Call& call) {
    CO_TRY(const unsigned limit, query_limit(call.query, 1, protocol::limits::kMembersPageMax));
    const auto query = call.query.get("query");
    if (!query || query->empty())
        co_return protocol::make_field_error(
            "query", "BASE_TYPE_REQUIRED", "This field is required");
    CO_TRY(const auto found,
           api.services.members.search(call.actor, call.id<GuildId>(0), *query, limit));
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        for (const Member& member : found) services::write_member(w, member, api.ctx.view);
        w.end_array();
    });
}

Task<Result<Reply>> get_member(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    const Member* member = guild->members.find(call.id<UserId>(1));
    if (!member) co_return protocol::make_error(protocol::kUnknownMember);
    co_return member_reply(api, *member);
}

Task<Result<Reply>> edit_member(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::MemberPatch>());
    CO_TRY(const Member member,
           co_await api.services.members.edit(
               call.actor, call.id<GuildId>(0), call.id<UserId>(1), request));
    co_return member_reply(api, member);
}

/// One's own nick, which is all of one's own membership that one may change here.
Task<Result<Member>> edit_own_nick(Api& api, Call& call) {
    CO_TRY(const auto body, call.parse_optional<protocol::api::MemberPatch>());
    protocol::api::MemberPatch request;
    request.nick = body.nick;
    co_return co_await api.services.members.edit(
        call.actor, call.id<GuildId>(0), call.actor.user, request);
}

Task<Result<Reply>> edit_own_member(Api& api, Call& call) {
    CO_TRY(const Member member, co_await edit_own_nick(api, call));
    co_return member_reply(api, member);
}

Task<Result<Reply>> edit_nick(Api& api, Call& call) {
    CO_TRY(const Member member, co_await edit_own_nick(api, call));
    co_return written(
        [&](JsonWriter& w) { w.begin_object().string_or_null("nick", member.nick).end_object(); });
}

Task<Result<Reply>> kick_member(Api& api, Call& call) {
    CO_TRY_VOID(
        co_await api.services.members.kick(call.actor, call.id<GuildId>(0), call.id<UserId>(1)));
    co_return Reply::no_content();
}

constexpr Limit kMemberRead{"member-read", 50, 10};
constexpr Limit kSearch{"member-search", 10, 10};
constexpr Limit kMemberWrite{"member-write", 20, 10};

constexpr Route kMemberRoutes[] = {
    {Method::get,
     "/guilds/{guild_id}/members",
     Auth::any,
     Home::here,
     kMemberRead,
     list_members,
     "List members, by after and limit",
     "",
     "Member[]"},
    {Method::get,
     "/guilds/{guild_id}/members/search",
     Auth::any,
     Home::here,
     kSearch,
     search_members,
     "Find members whose name or nick begins with a text",
     "",
     "Member[]"},
    {Method::get,
     "/guilds/{guild_id}/members/{user_id}",
     Auth::any,
     Home::here,
     kMemberRead,
     get_member,
     "Get a member",
     "",
     "Member"},
    {Method::patch,
     "/guilds/{guild_id}/members/@me",
     Auth::any,
     Home::guild,
     kMemberWrite,
     edit_own_member,
     "Change your own nick",
     "MemberPatch",
     "Member"},
    {Method::patch,
     "/guilds/{guild_id}/members/@me/nick",
     Auth::any,
     Home::guild,
     kMemberWrite,
     edit_nick,
     "Change your own nick (the older way)",
     "MemberPatch"},
    {Method::patch,
     "/guilds/{guild_id}/members/{user_id}",
     Auth::any,
     Home::guild,
     kMemberWrite,
     edit_member,
     "Change a member's nick, roles, voice state or timeout",
     "MemberPatch",
     "Member"},
    {Method::del,
     "/guilds/{guild_id}/members/{user_id}",
     Auth::any,
     Home::guild,
     kMemberWrite,
     kick_member,
     "Kick a member"},
};

}  // namespace

std::span<const Route> member_routes() { return kMemberRoutes; }

}  // namespace guildhall::rest
