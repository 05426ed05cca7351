#include "node/services/present/guild.h"

#include "node/services/permission.h"
#include "node/services/present/channel.h"
#include "node/services/present/member.h"
#include "node/services/present/role.h"

namespace guildhall::services {

using protocol::Guild;
using protocol::GuildState;
using protocol::JsonWriter;
using protocol::UserId;

namespace {

/// What clients are told a guild may grow to: the largest that the benchmarks have.
constexpr int kMaxMembers = 500'000;
constexpr int kMaxVideoUsers = 25;
constexpr int kMaxStageVideoUsers = 50;

bool is_nsfw(const Guild& g) { return g.nsfwLevel == 1 || g.nsfwLevel == 3; }

void write_features(JsonWriter& w, const Guild& g) {
    w.begin_array("features");
    for (const std::string& feature : g.features) w.string(feature);
    w.end_array();
}

/// The looks that every form of a guild starts with.
void write_head(JsonWriter& w, const Guild& g) {
    w.id("id", g.id).string("name", g.name).string_or_null("icon", g.icon);
    w.string_or_null("description", g.description)
        .null("home_header")
        .string_or_null("splash", g.splash)
        .null("discovery_splash");
    write_features(w, g);
}

/// The guild's own fields, without what it holds.
void write_settings(JsonWriter& w, const Guild& g) {
    write_head(w, g);
    w.string_or_null("banner", g.banner)
        .id("owner_id", g.ownerId)
        .null("application_id")
        .string("region", "deprecated")
        .id_or_null("afk_channel_id", g.afkChannelId)
        .number("afk_timeout", g.afkTimeout)
        .id_or_null("system_channel_id", g.systemChannelId)
        .number("system_channel_flags", g.systemChannelFlags)
        .boolean("widget_enabled", false)
        .null("widget_channel_id")
        .number("verification_level", g.verificationLevel)
        .number("default_message_notifications", g.defaultNotifications)
        .number("mfa_level", g.mfaLevel)
        .number("explicit_content_filter", g.contentFilter)
        .null("max_presences")
        .number("max_members", kMaxMembers)
        .number("max_stage_video_channel_users", kMaxStageVideoUsers)
        .number("max_video_channel_users", kMaxVideoUsers)
        .null("vanity_url_code")
        .number("premium_tier", 0)
        .number("premium_subscription_count", 0)
        .string("preferred_locale", g.preferredLocale)
        .id_or_null("rules_channel_id", g.rulesChannelId)
        .null("safety_alerts_channel_id")
        .id_or_null("public_updates_channel_id", g.publicUpdatesChannelId)
        .boolean("premium_progress_bar_enabled", g.progressBar)
        .boolean("nsfw", is_nsfw(g))
        .number("nsfw_level", g.nsfwLevel)
        .null("incidents_data");
}

void write_empty(JsonWriter& w, std::string_view name) { w.begin_array(name).end_array(); }

void write_guild_members(JsonWriter& w, const GuildState& guild) {
    write_settings(w, guild.guild);
    w.key("roles");
    write_roles(w, guild);
    write_empty(w, "emojis");
    write_empty(w, "stickers");
}

void write_counts(JsonWriter& w, const std::optional<GuildCounts>& counts) {
    if (!counts) return;
    w.number("approximate_member_count", counts->members)
        .number("approximate_presence_count", counts->online);
}

void write_visible_channels(JsonWriter& w,
                            const GuildState& guild,
                            const journal::View& view,
                            UserId viewer) {
    const Access access(guild, viewer);
    w.begin_array("channels");
    guild.channels.for_each([&](ChannelId id, const protocol::Channel& channel) {
        if (access.can_view(channel)) write_channel(w, channel, {}, view.last_message(id));
    });
    w.end_array();
}

void write_gateway_members(JsonWriter& w,
                           const GuildState& guild,
                           const journal::View& view,
                           UserId viewer,
                           const GatewayGuildOptions& options) {
    w.begin_array("members");
    if (options.all_members && guild.members.size() <= options.large_threshold) {
        guild.members.for_each(
            [&](UserId, const protocol::Member& m) { write_member(w, m, view); });
    } else if (const protocol::Member* own = guild.members.find(viewer)) {
        write_member(w, *own, view);
    }
    w.end_array();
}

/// What the gateway's guild holds besides roles, channels and members: things of Discord that this
/// node does not have yet, as empty lists, because libraries iterate over them.
void write_gateway_lists(JsonWriter& w) {
    for (const std::string_view name : {"voice_states",
                                        "threads",
                                        "stage_instances",
                                        "guild_scheduled_events",
                                        "soundboard_sounds",
                                        "activity_instances",
                                        "embedded_activities"})
        write_empty(w, name);
}

}  // namespace

void write_guild(JsonWriter& w, const GuildState& guild, const std::optional<GuildCounts>& counts) {
    w.begin_object();
    write_guild_members(w, guild);
    write_counts(w, counts);
    w.end_object();
}

void write_guild_event(JsonWriter& w, const GuildState& guild) {
    w.begin_object();
    write_guild_members(w, guild);
    w.id("guild_id", guild.guild.id).end_object();
}

void write_my_guild(JsonWriter& w,
                    const GuildState& guild,
                    UserId user,
                    const std::optional<GuildCounts>& counts) {
    const Guild& g = guild.guild;
    w.begin_object()
        .id("id", g.id)
        .string("name", g.name)
        .string_or_null("icon", g.icon)
        .string_or_null("banner", g.banner)
        .boolean("owner", guild.is_owner(user))
        .permissions("permissions", guild_permissions(guild, user));
    write_features(w, g);
    write_counts(w, counts);
    w.end_object();
}

void write_guild_preview(JsonWriter& w, const GuildState& guild, const GuildCounts& counts) {
    w.begin_object();
    write_head(w, guild.guild);
    write_empty(w, "emojis");
    write_empty(w, "stickers");
    write_counts(w, counts);
    w.end_object();
}

void write_invite_guild(JsonWriter& w, const GuildState& guild) {
    const Guild& g = guild.guild;
    w.begin_object()
        .id("id", g.id)
        .string("name", g.name)
        .string_or_null("splash", g.splash)
        .string_or_null("banner", g.banner)
        .string_or_null("description", g.description)
        .string_or_null("icon", g.icon);
    write_features(w, g);
    w.number("verification_level", g.verificationLevel)
        .null("vanity_url_code")
        .number("nsfw_level", g.nsfwLevel)
        .boolean("nsfw", is_nsfw(g))
        .number("premium_subscription_count", 0)
        .end_object();
}

void write_gateway_guild(JsonWriter& w,
                         const GuildState& guild,
                         const journal::View& view,
                         UserId viewer,
                         const GatewayGuildOptions& options) {
    w.begin_object();
    if (options.properties) {
        w.id("id", guild.guild.id).begin_object("properties");
        write_settings(w, guild.guild);
        w.end_object().string("data_mode", "full").number("premium_subscription_count", 0);
        w.begin_object("application_command_counts").end_object();
        w.key("roles");
        write_roles(w, guild);
        write_empty(w, "emojis");
        write_empty(w, "stickers");
    } else {
        write_guild_members(w, guild);
    }
    const protocol::Member* own = guild.members.find(viewer);
    w.timestamp_or_null("joined_at", own ? own->joinedMs : 0)
        .boolean("large", guild.members.size() > options.large_threshold)
        .boolean("lazy", true);
    if (!options.joined_now) w.boolean("unavailable", false);
    w.number("member_count", guild.members.size())
        .string("version", std::to_string(guild.control_size));
    write_visible_channels(w, guild, view, viewer);
    if (!options.without_members) write_gateway_members(w, guild, view, viewer, options);
    w.raw("presences", options.presences);
    write_gateway_lists(w);
    w.end_object();
}

}  // namespace guildhall::services
