// Channels of the classic API: the text channels of a server.
#include "node/services/channels.h"

#include "node/classic/answers.h"
#include "node/classic/call.h"
#include "node/classic/present.h"
#include "node/classic/requests.h"
#include "node/services/permission.h"
#include "protocol/content.h"

#include <algorithm>

namespace guildhall::classic {
namespace {

using base::http::Method;
using protocol::Channel;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::GuildSnapshot;
using protocol::JsonWriter;

GuildId guild_of(const Call& call) { return call.ctx().view.guild_of(call.id<ChannelId>(0)); }

Reply channel_reply(const Channel& channel, GuildId guild, int status = 200) {
    Reply reply{status, {}};
    JsonWriter w(reply.json);
    write_channel(w, channel, guild);
    return reply;
}

Task<Result<Reply>> create_channel(Call& call) {
    const auto guild = call.id<GuildId>(0);
    CO_TRY_VOID(call.member_of(guild));
    CO_TRY(const ChannelCreate request, parse_body<ChannelCreate>(call));
    protocol::api::ChannelCreate wanted;
    wanted.name = protocol::normalise_channel_name(request.name, protocol::ChannelType::text);
    if (wanted.name.empty())
        co_return invalid("body", "name", "BASE_TYPE_REQUIRED", "field required");
    if (request.description) wanted.topic.emplace(std::string(*request.description));
    CO_TRY(const Channel made,
           co_await call.api.services.channels.create(call.actor, guild, wanted));
    co_return channel_reply(made, guild, 201);
}

Task<Result<Reply>> list_channels(Call& call) {
    CO_TRY(const GuildSnapshot guild, call.member_of(call.id<GuildId>(0)));
    const services::Access access(*guild, call.actor.user);
    std::vector<const Channel*> visible;
    guild->channels.for_each([&](ChannelId, const Channel& channel) {
        if (is_text(channel) && access.can_view(channel)) visible.push_back(&channel);
    });
    const auto place = [](const Channel* c) { return std::pair(c->position, c->id); };
    std::ranges::sort(visible, {}, place);
    Reply reply;
    JsonWriter w(reply.json);
    w.begin_array();
    for (const Channel* channel : visible) write_channel(w, *channel, guild->guild.id);
    w.end_array();
    co_return reply;
}

Task<Result<Reply>> get_channel(Call& call) {
    const auto id = call.id<ChannelId>(0);
    const GuildSnapshot* guild = call.ctx().view.guild(guild_of(call));
    CO_TRY(const Channel* channel,
           services::require_visible(guild ? guild->get() : nullptr, call.actor.user, id));
    co_return channel_reply(*channel, (*guild)->guild.id);
}

Task<Result<Reply>> patch_channel(Call& call) {
    CO_TRY(const ChannelPatch request, parse_body<ChannelPatch>(call));
    protocol::api::ChannelPatch patch;
    if (request.name) patch.name.emplace(std::string(*request.name));
    patch.topic.present = request.description.present;
    if (request.description.value)
        patch.topic.value.emplace(std::string(*request.description.value));
    const GuildId guild = guild_of(call);
    CO_TRY(
        const Channel changed,
        co_await call.api.services.channels.edit(call.actor, guild, call.id<ChannelId>(0), patch));
    co_return channel_reply(changed, guild);
}

Task<Result<Reply>> delete_channel(Call& call) {
    CO_TRY_VOID(co_await call.api.services.channels.remove(
        call.actor, guild_of(call), call.id<ChannelId>(0)));
    co_return Reply{204, {}};
}

constexpr rest::Limit kChannelRead{"classic-channel-read", 50, 10};
constexpr rest::Limit kChannelWrite{"classic-channel-write", 10, 10};

constexpr Route kClassicChannelRoutes[] = {
    {Method::post,
     "/servers/{server_id}/channels",
     true,
     Home::server,
     kChannelWrite,
     create_channel},
    {Method::get, "/servers/{server_id}/channels", true, Home::server, kChannelRead, list_channels},
    {Method::get, "/channels/{channel_id}", true, Home::channel, kChannelRead, get_channel},
    {Method::patch, "/channels/{channel_id}", true, Home::channel, kChannelWrite, patch_channel},
    {Method::del, "/channels/{channel_id}", true, Home::channel, kChannelWrite, delete_channel},
};

}  // namespace

std::span<const Route> channel_routes() { return kClassicChannelRoutes; }

}  // namespace guildhall::classic
