#include "node/rest/federated.h"

#include "node/rest/interaction_home.h"
#include "node/rest/router.h"
#include "node/services/interaction_token.h"

#include <boost/json/object.hpp>

#include <algorithm>

namespace guildhall::rest {
namespace {

using base::http::Method;
using protocol::ChannelId;
using protocol::GuildId;
using Kind = FederatedRoute::Kind;

std::optional<protocol::Snowflake> id_in_body(const Call& call, std::string_view name) {
    const auto* object = call.body.if_object();
    const auto* value = object ? object->if_contains(name) : nullptr;
    const auto* text = value ? value->if_string() : nullptr;
    return text ? protocol::parse_id(std::string_view(*text)) : std::nullopt;
}

/// Of the channel that an interaction is made in.
GuildId guild_of_body_channel(const Api& api, const Call& call) {
    const auto channel = id_in_body(call, "channel_id");
    return channel ? api.ctx.view.guild_of(ChannelId(channel->value)) : GuildId{};
}

/// Where a bot is to be added. Who refuses says that to this node alone.
GuildId guild_of_grant(const Api&, const Call& call) {
    const auto* object = call.body.if_object();
    const auto* agreed = object ? object->if_contains("authorize") : nullptr;
    if (!agreed || !agreed->is_bool() || !agreed->get_bool()) return {};
    if (const auto id = id_in_body(call, "guild_id")) return GuildId(id->value);
    const auto text = call.query.get("guild_id");
    const auto id = text ? protocol::parse_id(*text) : std::nullopt;
    return id ? GuildId(id->value) : GuildId{};
}

/// Of an interaction elsewhere, by the token that this node gave its bot.
GuildId guild_of_token(const Api& api, const Call& call) {
    const auto found =
        services::unwrap_interaction_token(api.ctx.secrets.interaction_key, call.params[1]);
    return found ? found->ref.guild : GuildId{};
}

constexpr FederatedRoute command(Method method, std::string_view pattern) {
    return {Kind::command, method, pattern};
}
constexpr FederatedRoute question(std::string_view pattern) {
    return {Kind::question, Method::get, pattern};
}
constexpr FederatedRoute message(Method method, std::string_view pattern) {
    return {Kind::command, method, pattern, true};
}
/// Answers of a bot to interactions: the ephemeral ones are on no mirror.
constexpr FederatedRoute answer(Method method, std::string_view pattern) {
    const Kind kind = method == Method::get ? Kind::question : Kind::command;
    return {kind, method, pattern, false, guild_of_token, true};
}

constexpr FederatedRoute kTable[] = {
    command(Method::patch, "/guilds/{guild_id}"),
    command(Method::del, "/guilds/{guild_id}"),
    command(Method::post, "/guilds/{guild_id}/delete"),
    command(Method::del, "/users/@me/guilds/{guild_id}"),
    command(Method::patch, "/guilds/{guild_id}/hosting"),
    command(Method::post, "/guilds/{guild_id}/hosting/transfer"),
    command(Method::del, "/guilds/{guild_id}/hosting/transfer"),
    command(Method::post, "/guilds/{guild_id}/roles"),
    command(Method::patch, "/guilds/{guild_id}/roles"),
    command(Method::patch, "/guilds/{guild_id}/roles/{role_id}"),
    command(Method::del, "/guilds/{guild_id}/roles/{role_id}"),
    command(Method::put, "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"),
    command(Method::del, "/guilds/{guild_id}/members/{user_id}/roles/{role_id}"),
    command(Method::patch, "/guilds/{guild_id}/members/@me"),
    command(Method::patch, "/guilds/{guild_id}/members/@me/nick"),
    command(Method::patch, "/guilds/{guild_id}/members/{user_id}"),
    command(Method::del, "/guilds/{guild_id}/members/{user_id}"),
    question("/guilds/{guild_id}/bans"),
    question("/guilds/{guild_id}/bans/{user_id}"),
    command(Method::put, "/guilds/{guild_id}/bans/{user_id}"),
    command(Method::del, "/guilds/{guild_id}/bans/{user_id}"),
    command(Method::post, "/guilds/{guild_id}/bulk-ban"),
    command(Method::put, "/guilds/{guild_id}/node-bans/{node}"),
    command(Method::del, "/guilds/{guild_id}/node-bans/{node}"),
    command(Method::post, "/guilds/{guild_id}/channels"),
    command(Method::patch, "/guilds/{guild_id}/channels"),
    command(Method::patch, "/channels/{channel_id}"),
    command(Method::del, "/channels/{channel_id}"),
    command(Method::put, "/channels/{channel_id}/permissions/{overwrite_id}"),
    command(Method::del, "/channels/{channel_id}/permissions/{overwrite_id}"),
    message(Method::post, "/channels/{channel_id}/messages"),
    message(Method::patch, "/channels/{channel_id}/messages/{message_id}"),
    command(Method::del, "/channels/{channel_id}/messages/{message_id}"),
    command(Method::post, "/channels/{channel_id}/messages/bulk-delete"),
    command(Method::put, "/channels/{channel_id}/messages/pins/{message_id}"),
    command(Method::del, "/channels/{channel_id}/messages/pins/{message_id}"),
    command(Method::put, "/channels/{channel_id}/pins/{message_id}"),
    command(Method::del, "/channels/{channel_id}/pins/{message_id}"),
    command(Method::put, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"),
    command(Method::del, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/@me"),
    command(Method::del,
            "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{user_id}"),
    command(Method::del,
            "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{reaction_type}/@me"),
    command(
        Method::del,
        "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}/{reaction_type}/{user_id}"),
    command(Method::del, "/channels/{channel_id}/messages/{message_id}/reactions/{emoji}"),
    command(Method::del, "/channels/{channel_id}/messages/{message_id}/reactions"),
    command(Method::post, "/channels/{channel_id}/invites"),
    question("/channels/{channel_id}/invites"),
    question("/guilds/{guild_id}/invites"),
    command(Method::post, "/invites/{invite_code}"),
    command(Method::del, "/invites/{invite_code}"),
    command(Method::post, "/applications/{application_id}/guilds/{guild_id}/commands"),
    command(Method::put, "/applications/{application_id}/guilds/{guild_id}/commands"),
    command(Method::patch,
            "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}"),
    command(Method::del, "/applications/{application_id}/guilds/{guild_id}/commands/{command_id}"),
    question("/guilds/{guild_id}/application-command-index"),
    question("/channels/{channel_id}/application-command-index"),
    {Kind::command,
     Method::post,
     "/oauth2/authorize",
     false,
     guild_of_grant,
     false,
     answer_to_grant},
    {Kind::command, Method::post, "/interactions", false, guild_of_body_channel},
    answer(Method::post, "/interactions/{interaction_id}/{interaction_token}/callback"),
    answer(Method::post, "/webhooks/{webhook_id}/{webhook_token}"),
    answer(Method::get, kFirstAnswer),
    answer(Method::patch, kFirstAnswer),
    answer(Method::del, kFirstAnswer),
    answer(Method::get, kFollowUp),
    answer(Method::patch, kFollowUp),
    answer(Method::del, kFollowUp),
};

}  // namespace

std::span<const FederatedRoute> federated_routes() { return kTable; }

const FederatedRoute* find_federated(Method method, std::string_view pattern) {
    const auto at = std::ranges::find_if(kTable, [&](const FederatedRoute& r) {
        return r.method == method && r.pattern == pattern;
    });
    return at == std::end(kTable) ? nullptr : &*at;
}

std::string_view parameter(const Call& call, std::string_view name) {
    const auto names = parameter_names(call.route->pattern);
    const auto at = std::ranges::find(names, name);
    if (at == names.end()) return {};
    const auto index = static_cast<std::size_t>(at - names.begin());
    return index < call.params.size() ? std::string_view(call.params[index]) : std::string_view();
}

GuildId guild_of(const Api& api, const Call& call, const FederatedRoute& route) {
    if (route.guild_of) return route.guild_of(api, call);
    const journal::View& view = api.ctx.view;
    if (const auto id = protocol::parse_id<GuildId>(parameter(call, "guild_id"))) return *id;
    if (const auto id = protocol::parse_id<ChannelId>(parameter(call, "channel_id")))
        return view.guild_of(*id);
    const std::string_view code = parameter(call, "invite_code");
    return code.empty() ? GuildId{} : view.guild_of_invite(std::string(code));
}

bool is_remote_invite(const Call& call) {
    return call.route->pattern == "/invites/{invite_code}" &&
           parameter(call, "invite_code").find('@') != std::string_view::npos;
}

}  // namespace guildhall::rest
