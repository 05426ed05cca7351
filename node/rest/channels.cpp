// /guilds/{guild}/channels and /channels/{channel}: guild channels and their overwrites.
#include "node/services/channels.h"

#include "node/rest/api.h"
#include "node/rest/reply.h"
#include "node/rest/route.h"
#include "node/services/guilds.h"
#include "node/services/permission.h"
#include "node/services/present/channel.h"

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::Channel;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::JsonWriter;
using protocol::Snowflake;

GuildId guild_of(const Api& api, const Call& call) {
    return api.ctx.view.guild_of(call.id<ChannelId>(0));
}

Reply channel_reply(const Api& api, const Channel& channel, GuildId guild, int status = 200) {
    return written(
        [&](JsonWriter& w) {
            services::write_channel(w, channel, guild, api.ctx.view.last_message(channel.id));
        },
        status);
}

/// The channels that the caller may see.
Task<Result<Reply>> list_channels(Api& api, Call& call) {
    CO_TRY(const auto guild, api.services.guilds.get(call.actor, call.id<GuildId>(0)));
    const services::Access access(*guild, call.actor.user);
    co_return written([&](JsonWriter& w) {
        w.begin_array();
        guild->channels.for_each([&](ChannelId id, const Channel& channel) {
            if (access.can_view(channel))
                services::write_channel(w, channel, guild->guild.id, api.ctx.view.last_message(id));
        });
        w.end_array();
    });
}

Task<Result<Reply>> create_channel(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::ChannelCreate>());
    const GuildId guild = call.id<GuildId>(0);
    CO_TRY(const Channel channel,
           co_await api.services.channels.create(call.actor, guild, request));
    co_return channel_reply(api, channel, guild, 201);
}

Task<Result<Reply>> move_channels(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::ChannelPositions>());
    CO_TRY_VOID(co_await api.services.channels.move(call.actor, call.id<GuildId>(0), request));
    co_return Reply::no_content();
}

Task<Result<Reply>> get_channel(Api& api, Call& call) {
    const GuildId id = guild_of(api, call);
    const auto* guild = api.ctx.view.guild(id);
    CO_TRY(const Channel* channel,
           services::require_visible(
               guild ? guild->get() : nullptr, call.actor.user, call.id<ChannelId>(0)));
    co_return channel_reply(api, *channel, id);
}

Task<Result<Reply>> edit_channel(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::ChannelPatch>());
    const GuildId guild = guild_of(api, call);
    CO_TRY(const Channel channel,
           co_await api.services.channels.edit(call.actor, guild, call.id<ChannelId>(0), request));
    co_return channel_reply(api, channel, guild);
}

Task<Result<Reply>> delete_channel(Api& api, Call& call) {
    const GuildId guild = guild_of(api, call);
    CO_TRY(const Channel channel,
           co_await api.services.channels.remove(call.actor, guild, call.id<ChannelId>(0)));
    co_return channel_reply(api, channel, guild);
}

Task<Result<Reply>> put_overwrite(Api& api, Call& call) {
    CO_TRY(const auto request, call.parse<protocol::api::OverwritePut>());
    CO_TRY_VOID(co_await api.services.channels.put_overwrite(
        call.actor, guild_of(api, call), call.id<ChannelId>(0), call.id<Snowflake>(1), request));
    co_return Reply::no_content();
}

Task<Result<Reply>> delete_overwrite(Api& api, Call& call) {
    CO_TRY_VOID(co_await api.services.channels.remove_overwrite(
        call.actor, guild_of(api, call), call.id<ChannelId>(0), call.id<Snowflake>(1)));
    co_return Reply::no_content();
}

constexpr Limit kChannelRead{"channel-read", 50, 10};
constexpr Limit kChannelCreate{"channel-create", 30, 10};
constexpr Limit kChannelWrite{"channel-write", 15, 10};

constexpr Route kChannelRoutes[] = {
    {Method::get,
     "/guilds/{guild_id}/channels",
     Auth::any,
     Home::here,
     kChannelRead,
     list_channels,
     "List the channels of a guild that you may see",
     "",
     "Channel[]"},
    {Method::post,
     "/guilds/{guild_id}/channels",
     Auth::any,
     Home::guild,
     kChannelCreate,
     create_channel,
     "Create a channel",
     "ChannelCreate",
     "Channel"},
    {Method::patch,
     "/guilds/{guild_id}/channels",
     Auth::any,
     Home::guild,
     kChannelWrite,
     move_channels,
     "Reorder channels, or move them between categories",
     "ChannelPosition[]"},
    {Method::get,
     "/channels/{channel_id}",
     Auth::any,
     Home::here,
     kChannelRead,
     get_channel,
     "Get a channel",
     "",
     "Channel"},
    {Method::patch,
     "/channels/{channel_id}",
     Auth::any,
     Home::channel,
     kChannelWrite,
     edit_channel,
     "Change a channel",
     "ChannelPatch",
     "Channel"},
    {Method::del,
     "/channels/{channel_id}",
     Auth::any,
     Home::channel,
     kChannelWrite,
     delete_channel,
     "Delete a channel and its messages",
     "",
     "Channel"},
    {Method::put,
     "/channels/{channel_id}/permissions/{overwrite_id}",
     Auth::any,
     Home::channel,
     kChannelWrite,
     put_overwrite,
     "Set what a channel allows or denies to a role or member",
     "OverwritePut"},
    {Method::del,
     "/channels/{channel_id}/permissions/{overwrite_id}",
     Auth::any,
     Home::channel,
     kChannelWrite,
     delete_overwrite,
     "Remove the overwrite of a role or member"},
};

}  // namespace

std::span<const Route> channel_routes() { return kChannelRoutes; }

}  // namespace guildhall::rest
