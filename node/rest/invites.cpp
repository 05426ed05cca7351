// /invites and where they are made and listed.
#include "node/services/invites.h"

#include "node/rest/api.h"
#include "node/rest/buckets.h"
#include "node/rest/handlers.h"
#include "node/rest/query.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/online.h"
#include "node/services/present/invite.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::JsonWriter;
using services::FoundInvite;
using services::InviteForm;

Reply invite_reply(const Api& api, const FoundInvite& found, const InviteForm& form) {
    return written([&](JsonWriter& w) {
        services::write_invite(w, found.invite, *found.guild, api.ctx.view, form);
    });
}

Reply list_reply(const Api& api, const std::vector<FoundInvite>& found) {
    InviteForm form;
    form.metadata = true;
    return written([&](JsonWriter& w) {
        w.begin_array();
        for (const FoundInvite& f : found)
            services::write_invite(w, f.invite, *f.guild, api.ctx.view, form);
        w.end_array();
    });
}

Task<Result<Reply>> create_invite(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse_optional<protocol::api::InviteCreate>());
    const ChannelId channel = call.id<ChannelId>(0);
    CO_TRY(const FoundInvite found,
           co_await api.services.invites.create(
               call.actor, api.ctx.view.guild_of(channel), channel, request));
    InviteForm form;
    form.metadata = true;
    co_return invite_reply(api, found, form);
}

Task<Result<Reply>> list_of_channel(Api& api, Call& call) {
    const ChannelId channel = call.id<ChannelId>(0);
    CO_TRY(const auto found,
           api.services.invites.of_channel(call.actor, api.ctx.view.guild_of(channel), channel));
    co_return list_reply(api, found);
}

Task<Result<Reply>> list_of_guild(Api& api, Call& call) {
    CO_TRY(const auto found, api.services.invites.of_guild(call.actor, call.id<GuildId>(0)));
    co_return list_reply(api, found);
}

Task<Result<Reply>> get_invite(Api& api, Call& call) {
    CO_TRY(const bool counted, query_bool(call.query, "with_counts"));
    CO_TRY(const FoundInvite found, api.services.invites.find(call.params[0]));
    InviteForm form;
    if (counted) form.counts = counts_of(api, *found.guild);
    co_return invite_reply(api, found, form);
}

Task<Result<Reply>> accept_invite(Api& api, Call& call) {
    CO_TRY(const FoundInvite found,
           co_await api.services.invites.accept(call.actor, call.params[0]));
    InviteForm form;
    form.new_member = found.new_member;
    co_return invite_reply(api, found, form);
}

Task<Result<Reply>> delete_invite(Api& api, Call& call) {
    CO_TRY(const FoundInvite found,
           co_await api.services.invites.remove(call.actor, call.params[0]));
    co_return invite_reply(api, found, {});
}

constexpr Limit kInviteRead{"invite-read", 50, 10};
constexpr Limit kInviteWrite{"invite-write", 20, 10};

constexpr Route kInviteRoutes[] = {
    {Method::post,
     "/channels/{channel_id}/invites",
     Auth::any,
     Home::channel,
     kInviteWrite,
     create_invite,
     "Create an invite into a channel",
     "InviteCreate",
     "Invite"},
    {Method::get,
     "/channels/{channel_id}/invites",
     Auth::any,
     Home::here,
     kInviteRead,
     list_of_channel,
     "List the invites into a channel",
     "",
     "Invite[]"},
    {Method::get,
     "/guilds/{guild_id}/invites",
     Auth::any,
     Home::here,
     kInviteRead,
     list_of_guild,
     "List the invites of a guild",
     "",
     "Invite[]"},
    {Method::get,
     "/invites/{invite_code}",
     Auth::none,
     Home::here,
     kInviteRead,
     get_invite,
     "Look at an invite; with_counts adds approximate counts",
     "",
     "Invite"},
    {Method::post,
     "/invites/{invite_code}",
     Auth::any,
     Home::invite,
     buckets::kInviteAccept,
     accept_invite,
     "Accept an invite",
     "",
     "Invite"},
    {Method::del,
     "/invites/{invite_code}",
     Auth::any,
     Home::invite,
     kInviteWrite,
     delete_invite,
     "Revoke an invite",
     "",
     "Invite"},
};

}  // namespace

std::span<const Route> invite_routes() { return kInviteRoutes; }

}  // namespace guildhall::rest
