#include "node/services/channels.h"

#include "node/services/channel_rules.h"
#include "node/services/commit.h"
#include "node/services/guild_ask.h"
#include "protocol/content.h"
#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::services {

namespace api = protocol::api;
namespace limits = protocol::limits;
namespace permissions = protocol::permissions;
using protocol::Channel;
using protocol::ChannelType;
using protocol::Event;
using protocol::GuildId;
using protocol::make_error;
using protocol::Overwrite;

namespace {

using Events = std::vector<Event>;

Result<Channel> decide_create(const GuildAsk& ask,
                              ChannelId id,
                              const api::ChannelCreate& request) {
    TRY(const GuildState* g,
        require_guild(ask.guild, ask.actor, permissions::kManageChannels, ask.now));
    if (g->channels.size() >= limits::kChannelsMax)
        return make_error(protocol::kMaximumNumberOfGuildChannelsReached);
    Channel channel = new_channel(id, request);
    TRY_VOID(check_channel(channel));
    TRY_VOID(check_parent(*g, channel, channel.parentId));
    const Permissions own = guild_permissions(*g, ask.actor, ask.now);
    if (const Channel* category = g->channels.find(channel.parentId)) {
        TRY_VOID(
            require_channel(g, ask.actor, category->id, permissions::kManageChannels, ask.now));
        // A channel that says nothing else starts in step with its category.
        if (!request.permission_overwrites) channel.overwrites = category->overwrites;
    }
    if (request.permission_overwrites) {
        TRY_VOID(check_overwrites(*g, channel.overwrites));
        if (!may_change_overwrites(own, own, {}, channel.overwrites))
            return make_error(protocol::kMissingPermissions);
    }
    if (!request.position) channel.position = next_position(*g, channel.type);
    return channel;
}

/// Applies what the request names, as far as the type has it.
Status apply_patch(Channel& c, const api::ChannelPatch& request) {
    const auto number = [](const auto& field, std::uint32_t& target) {
        if (field) target = static_cast<std::uint32_t>(field.value ? field.value->value : 0);
    };
    if (request.type && *request.type != c.type) {
        const auto converts = [](ChannelType t) {
            return t == ChannelType::text || t == ChannelType::announcement;
        };
        if (!converts(c.type) || !converts(*request.type))
            return make_error(protocol::kCannotExecuteActionOnThisChannelType);
        c.type = *request.type;
    }
    if (request.name) {
        c.name = protocol::normalise_channel_name(*request.name, c.type);
        if (c.name.empty())
            return protocol::make_field_error(
                "name", "BASE_TYPE_REQUIRED", "This field is required");
    }
    if (request.position.value)
        c.position = static_cast<std::int32_t>(request.position.value->value);
    if (request.flags) c.flags = static_cast<std::uint32_t>(request.flags->value);
    if (c.type == ChannelType::category) return {};
    request.topic.apply_to(c.topic);
    request.nsfw.apply_to(c.nsfw);
    number(request.rate_limit_per_user, c.rateLimitPerUser);
    if (is_voice(c.type)) {
        if (request.bitrate.value) number(request.bitrate, c.bitrate);
        number(request.user_limit, c.userLimit);
        request.rtc_region.apply_to(c.rtcRegion);
        if (request.video_quality_mode)
            c.videoQualityMode = static_cast<std::uint8_t>(
                request.video_quality_mode.value.value_or(protocol::VideoQuality::automatic));
    } else {
        number(request.default_auto_archive_duration, c.autoArchiveMinutes);
        if (request.default_thread_rate_limit_per_user)
            c.threadRateLimit =
                static_cast<std::uint32_t>(request.default_thread_rate_limit_per_user->value);
    }
    return check_channel(c);
}

/// Puts the channel into another category or none.
Status apply_parent(const GuildAsk& ask, Channel& channel, ChannelId parent) {
    if (parent == channel.parentId) return {};
    TRY_VOID(check_parent(*ask.guild, channel, parent));
    if (parent)
        TRY_VOID(
            require_channel(ask.guild, ask.actor, parent, permissions::kManageChannels, ask.now));
    channel.parentId = parent;
    return {};
}

Status apply_overwrites(const GuildAsk& ask, Channel& channel, std::vector<Overwrite> overwrites) {
    const Channel* old = ask.guild->channels.find(channel.id);
    const Access access(*ask.guild, ask.actor);
    const Permissions in_channel = access.in_channel(*old, ask.now);
    sort_overwrites(overwrites);
    if (overwrites == channel.overwrites) return {};
    if (!in_channel.has(permissions::kManageRoles) ||
        !may_change_overwrites(
            access.in_guild(ask.now), in_channel, channel.overwrites, overwrites))
        return make_error(protocol::kMissingPermissions);
    channel.overwrites = std::move(overwrites);
    return {};
}

/// The change of one channel. Channels of a category that had its overwrites keep having them.
Events changes_of(const GuildState& guild, const Channel& old, Channel changed) {
    Events events;
    if (changed == old) return events;
    if (changed.type == ChannelType::category && changed.overwrites != old.overwrites) {
        guild.channels.for_each([&](ChannelId, const Channel& c) {
            if (c.parentId != old.id || c.overwrites != old.overwrites) return;
            Channel child = c;
            child.overwrites = changed.overwrites;
            events.emplace_back(protocol::ChannelUpdated{std::move(child)});
        });
    }
    events.insert(events.begin(), protocol::ChannelUpdated{std::move(changed)});
    return events;
}

/// Whether the request names anything besides overwrites.
bool names_settings(const api::ChannelPatch& r) {
    return r.name || r.type || r.topic || r.position || r.parent_id || r.nsfw ||
           r.rate_limit_per_user || r.bitrate || r.user_limit || r.rtc_region ||
           r.video_quality_mode || r.default_auto_archive_duration ||
           r.default_thread_rate_limit_per_user || r.flags;
}

Result<Events> decide_edit(const GuildAsk& ask, ChannelId id, const api::ChannelPatch& request) {
    // Overwrites alone need MANAGE_ROLES, which apply_overwrites asks for.
    const bool settings = names_settings(request) || !request.permission_overwrites;
    const Permissions wanted = settings ? permissions::kManageChannels : permissions::kNone;
    TRY(const Channel* old, require_channel(ask.guild, ask.actor, id, wanted, ask.now));
    Channel changed = *old;
    TRY_VOID(apply_patch(changed, request));
    if (request.parent_id)
        TRY_VOID(apply_parent(ask, changed, request.parent_id.value.value_or(ChannelId{})));
    if (request.permission_overwrites) {
        auto overwrites = request.permission_overwrites.value
                              ? api::to_overwrites(*request.permission_overwrites.value)
                              : std::vector<Overwrite>();
        TRY_VOID(check_overwrites(*ask.guild, overwrites));
        TRY_VOID(apply_overwrites(ask, changed, std::move(overwrites)));
    }
    return changes_of(*ask.guild, *old, std::move(changed));
}

/// The guild without its references to a channel, when it has any.
std::optional<protocol::Guild> without_channel(const protocol::Guild& guild, ChannelId id) {
    protocol::Guild out = guild;
    for (ChannelId* reference : {&out.afkChannelId,
                                 &out.systemChannelId,
                                 &out.rulesChannelId,
                                 &out.publicUpdatesChannelId}) {
        if (*reference == id) *reference = {};
    }
    if (out == guild) return std::nullopt;
    return out;
}

Result<Events> decide_remove(const GuildAsk& ask, ChannelId id) {
    TRY_VOID(require_channel(ask.guild, ask.actor, id, permissions::kManageChannels, ask.now));
    const protocol::Guild& guild = ask.guild->guild;
    const bool community = std::ranges::find(guild.features, "COMMUNITY") != guild.features.end();
    if (community && (guild.rulesChannelId == id || guild.publicUpdatesChannelId == id))
        return make_error(protocol::kCannotDeleteChannelRequiredForCommunityGuilds);
    Events events;
    ask.guild->channels.for_each([&](ChannelId, const Channel& c) {
        if (c.parentId != id) return;
        Channel child = c;
        child.parentId = {};
        events.emplace_back(protocol::ChannelUpdated{std::move(child)});
    });
    if (auto changed = without_channel(guild, id))
        events.emplace_back(protocol::GuildUpdated{std::move(*changed)});
    events.emplace_back(protocol::ChannelDeleted{id});
    return events;
}

/// One item of a bulk move, against the guild as the items before it left it.
Result<Channel> moved(const GuildAsk& ask, const Channel& old, const api::ChannelPosition& item) {
    Channel channel = old;
    if (item.position) channel.position = static_cast<std::int32_t>(item.position->value);
    if (item.parent_id)
        TRY_VOID(apply_parent(ask, channel, item.parent_id.value.value_or(ChannelId{})));
    const Channel* category = ask.guild->channels.find(channel.parentId);
    if (item.lock_permissions.value_or(false) && category)
        TRY_VOID(apply_overwrites(ask, channel, category->overwrites));
    return channel;
}

Result<Events> decide_move(const GuildAsk& ask, const api::ChannelPositions& request) {
    TRY(const GuildState* g,
        require_guild(ask.guild, ask.actor, permissions::kManageChannels, ask.now));
    GuildState state = *g;
    std::vector<ChannelId> touched;
    for (const api::ChannelPosition& item : request) {
        const Channel* old = state.channels.find(item.id);
        if (!old) return make_error(protocol::kUnknownChannel);
        TRY(Channel channel, moved({&state, ask.actor, ask.now}, *old, item));
        touched.push_back(item.id);
        state.channels.insert_or_assign(item.id, std::move(channel));
    }
    std::ranges::sort(touched);
    touched.erase(std::unique(touched.begin(), touched.end()), touched.end());
    Events events;
    for (const ChannelId id : touched) {
        const Channel& now = *state.channels.find(id);
        if (now != *g->channels.find(id)) events.emplace_back(protocol::ChannelUpdated{now});
    }
    return events;
}

/// What an overwrite without a type is for: the member or role of that id.
Result<Overwrite> resolve(const GuildState& guild,
                          protocol::Snowflake target,
                          const api::OverwritePut& request) {
    Overwrite overwrite = api::to_overwrite(target, request);
    const bool is_role = guild.roles.find(RoleId(target.value)) != nullptr;
    if (!request.type)
        overwrite.type = is_role ? protocol::OverwriteType::role : protocol::OverwriteType::member;
    TRY_VOID(check_overwrites(guild, {overwrite}));
    return overwrite;
}

Result<Events> decide_overwrite(const GuildAsk& ask,
                                ChannelId id,
                                protocol::Snowflake target,
                                const api::OverwritePut* request) {
    TRY(const Channel* old,
        require_channel(ask.guild, ask.actor, id, permissions::kManageRoles, ask.now));
    std::vector<Overwrite> overwrites = old->overwrites;
    const auto erased =
        std::erase_if(overwrites, [&](const Overwrite& o) { return o.id == target; });
    if (request) {
        TRY(Overwrite overwrite, resolve(*ask.guild, target, *request));
        overwrites.push_back(overwrite);
        if (overwrites.size() > limits::kOverwritesMax)
            return make_error(protocol::kMaximumNumberOfChannelPermissionOverwritesReached);
    } else if (erased == 0) {
        return make_error(protocol::kUnknownPermissionOverwrite);
    }
    Channel changed = *old;
    TRY_VOID(apply_overwrites(ask, changed, std::move(overwrites)));
    return changes_of(*ask.guild, *old, std::move(changed));
}

Result<Channel> channel_in(const protocol::GuildSnapshot& guild, ChannelId id) {
    const Channel* channel = guild->channels.find(id);
    if (!channel) return make_error(protocol::kUnknownChannel);
    return *channel;
}

}  // namespace

Task<Result<Channel>> Channels::create(const Actor& actor,
                                       GuildId guild,
                                       const api::ChannelCreate& request) {
    CO_TRY(const ChannelId id, co_await new_id<ChannelId>(ctx_, guild));
    CO_TRY(Channel channel, decide_create(ask_guild(ctx_, guild, actor.user), id, request));
    Events events{protocol::ChannelCreated{std::move(channel)}};
    CO_TRY(const auto after, co_await commit(ctx_, actor, guild, std::move(events)));
    co_return channel_in(after, id);
}

Task<Result<Channel>> Channels::edit(const Actor& actor,
                                     GuildId guild,
                                     ChannelId channel,
                                     const api::ChannelPatch& request) {
    CO_TRY(Events events, decide_edit(ask_guild(ctx_, guild, actor.user), channel, request));
    CO_TRY(const auto after, co_await commit(ctx_, actor, guild, std::move(events)));
    co_return channel_in(after, channel);
}

Task<Result<Channel>> Channels::remove(const Actor& actor, GuildId guild, ChannelId channel) {
    const GuildAsk now = ask_guild(ctx_, guild, actor.user);
    CO_TRY(Events events, decide_remove(now, channel));
    Channel gone = *now.guild->channels.find(channel);
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return gone;
}

Task<Status> Channels::move(const Actor& actor,
                            GuildId guild,
                            const api::ChannelPositions& request) {
    CO_TRY(Events events, decide_move(ask_guild(ctx_, guild, actor.user), request));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Channels::put_overwrite(const Actor& actor,
                                     GuildId guild,
                                     ChannelId channel,
                                     protocol::Snowflake target,
                                     const api::OverwritePut& request) {
    CO_TRY(Events events,
           decide_overwrite(ask_guild(ctx_, guild, actor.user), channel, target, &request));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Task<Status> Channels::remove_overwrite(const Actor& actor,
                                        GuildId guild,
                                        ChannelId channel,
                                        protocol::Snowflake target) {
    CO_TRY(Events events,
           decide_overwrite(ask_guild(ctx_, guild, actor.user), channel, target, nullptr));
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

}  // namespace guildhall::services
