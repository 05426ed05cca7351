#include "node/gateway/frozen_notice.h"

#include "node/services/permission.h"
#include "protocol/enums.h"
#include "protocol/json/writer.h"
#include "protocol/timestamp.h"

namespace guildhall::gateway {

namespace {

constexpr std::string_view kText =
    "The node that hosts this server contradicted itself: what it said cannot all be true. What "
    "you read here was verified; nothing more is taken from that node, and nothing can be sent. "
    "The operator of this node can see the evidence.";
// Only the reader sees it, and may dismiss it.
constexpr std::uint32_t kEphemeral = 64;
// As the API's own messages have it: no account.
constexpr std::string_view kNobody = "1";

}  // namespace

std::string frozen_notice(protocol::GuildId guild,
                          protocol::ChannelId channel,
                          protocol::UnixMs now_ms) {
    std::string out;
    protocol::JsonWriter w(out);
    w.begin_object()
        .id("id", protocol::MessageId(protocol::first_id_at(now_ms)))
        .id("channel_id", channel)
        .id("guild_id", guild)
        .number("type", 0)
        .string("content", kText)
        .number("flags", kEphemeral)
        .string("timestamp", protocol::format_timestamp(now_ms))
        .null("edited_timestamp")
        .boolean("tts", false)
        .boolean("mention_everyone", false)
        .boolean("pinned", false);
    for (const char* list : {"mentions", "mention_roles", "attachments", "embeds", "components"}) {
        w.key(list).begin_array().end_array();
    }
    w.key("author")
        .begin_object()
        .string("id", kNobody)
        .string("username", "Guildhall")
        .string("discriminator", "0000")
        .null("global_name")
        .null("avatar")
        .boolean("bot", true)
        .boolean("system", true)
        .end_object();
    w.end_object();
    return out;
}

protocol::ChannelId notice_channel(const protocol::GuildState& state, protocol::UserId user) {
    const services::Access access(state, user);
    protocol::ChannelId found;
    const auto sees = [&](const protocol::Channel& channel) {
        return protocol::is_messageable(channel.type) && access.can_view(channel);
    };
    if (const auto* system = state.channels.find(state.guild.systemChannelId);
        system && sees(*system))
        return system->id;
    state.channels.for_each([&](protocol::ChannelId id, const protocol::Channel& channel) {
        if (sees(channel)) found = id;
        return !found;
    });
    return found;
}

}  // namespace guildhall::gateway
