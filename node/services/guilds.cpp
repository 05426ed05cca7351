#include "node/services/guilds.h"

#include "federation/hosting_certificate.h"
#include "node/services/commit.h"
#include "node/services/images.h"
#include "node/services/membership.h"
#include "node/services/new_guild.h"
#include "node/services/permission.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/secrets.h"
#include "protocol/errors.h"
#include "protocol/limits.h"

#include <algorithm>
#include <array>

namespace guildhall::services {

namespace api = protocol::api;
namespace permissions = protocol::permissions;
using protocol::Event;
using protocol::Guild;
using protocol::GuildId;
using protocol::GuildSnapshot;
using protocol::make_error;
using protocol::make_field_error;

namespace {

using Events = std::vector<Event>;

/// Ids of guilds made in one millisecond differ by 22 bits of chance; more tries than this mean a
/// broken generator.
constexpr int kBirthTries = 8;

/// Features that who manages the guild may switch; the others say what this node can do.
constexpr std::array<std::string_view, 4> kSwitchable{
    "COMMUNITY", "DISCOVERABLE", "INVITES_DISABLED", "RAID_ALERTS_DISABLED"};

constexpr std::array<std::int64_t, 5> kAfkTimeouts{60, 300, 900, 1800, 3600};

/// Images of a request, kept already: hashes by field, absent where the request named none.
struct KeptImages {
    std::optional<std::string> icon, splash, banner;
};

Task<Result<std::optional<std::string>>> keep(Context& ctx,
                                              GuildId guild,
                                              std::string_view folder,
                                              std::string_view field,
                                              const protocol::Field<api::ImageUri>& image) {
    if (!image) co_return std::optional<std::string>();
    const auto owner = protocol::id_cast<protocol::Snowflake>(guild);
    const std::string uri = image.value.value_or(api::ImageUri());
    CO_TRY(std::string hash, co_await keep_image(ctx.images, folder, owner, field, uri));
    co_return std::optional(std::move(hash));
}

Status set_owner(const GuildState& state, Guild& guild, UserId owner) {
    const protocol::Member* member = state.members.find(owner);
    if (!member) return make_error(protocol::kUnknownMember);
    if (member->bot) return make_error(protocol::kOwnershipCannotBeMovedToABotUser);
    guild.ownerId = owner;
    return {};
}

Status apply_owner(const GuildState& state, UserId actor, Guild& guild, UserId owner) {
    if (owner == guild.ownerId) return {};
    if (!state.is_owner(actor)) return make_error(protocol::kMissingPermissions);
    return set_owner(state, guild, owner);
}

/// Sets a reference to a channel; it must be in the guild and be what `fits` says.
template <class Fits>
Status apply_reference(const GuildState& state,
                       const protocol::Field<ChannelId>& field,
                       const char* name,
                       ChannelId& target,
                       Fits fits) {
    if (!field) return {};
    const ChannelId id = field.value.value_or(ChannelId{});
    const protocol::Channel* channel = state.channels.find(id);
    if (id && (!channel || !fits(channel->type)))
        return make_field_error(name, "CHANNEL_INVALID", "Not a channel that can serve as this");
    target = id;
    return {};
}

Status apply_references(const GuildState& state, const api::GuildPatch& request, Guild& guild) {
    using protocol::ChannelType;
    const auto voice = [](ChannelType t) { return t == ChannelType::voice; };
    const auto text = [](ChannelType t) {
        return t == ChannelType::text || t == ChannelType::announcement;
    };
    TRY_VOID(apply_reference(
        state, request.afk_channel_id, "afk_channel_id", guild.afkChannelId, voice));
    TRY_VOID(apply_reference(
        state, request.system_channel_id, "system_channel_id", guild.systemChannelId, text));
    TRY_VOID(apply_reference(
        state, request.rules_channel_id, "rules_channel_id", guild.rulesChannelId, text));
    return apply_reference(state,
                           request.public_updates_channel_id,
                           "public_updates_channel_id",
                           guild.publicUpdatesChannelId,
                           text);
}

/// Switches the features that can be switched and leaves the rest alone.
void apply_features(const api::GuildPatch& request, Guild& guild) {
    if (!request.features) return;
    for (const std::string_view feature : kSwitchable) {
        std::erase(guild.features, feature);
        const auto& wanted = *request.features;
        if (std::ranges::find(wanted, feature) != wanted.end())
            guild.features.emplace_back(feature);
    }
    std::ranges::sort(guild.features);
}

template <class Enum>
void apply_level(const protocol::Field<Enum>& field, std::uint8_t& target) {
    if (field) target = static_cast<std::uint8_t>(field.value.value_or(Enum{}));
}

Status apply_settings(const api::GuildPatch& request, const KeptImages& images, Guild& guild) {
    if (request.name) guild.name = *request.name;
    request.description.apply_to(guild.description);
    apply_level(request.verification_level, guild.verificationLevel);
    apply_level(request.default_message_notifications, guild.defaultNotifications);
    apply_level(request.explicit_content_filter, guild.contentFilter);
    if (request.afk_timeout) {
        if (std::ranges::find(kAfkTimeouts, request.afk_timeout->value) == kAfkTimeouts.end())
            return make_field_error("afk_timeout",
                                    "BASE_TYPE_CHOICES",
                                    "Value must be one of {60, 300, 900, 1800, 3600}.");
        guild.afkTimeout = static_cast<std::uint32_t>(request.afk_timeout->value);
    }
    if (request.system_channel_flags)
        guild.systemChannelFlags = static_cast<std::uint32_t>(request.system_channel_flags->value);
    if (request.preferred_locale)
        guild.preferredLocale = request.preferred_locale.value.value_or("en-US");
    if (request.premium_progress_bar_enabled)
        guild.progressBar = *request.premium_progress_bar_enabled;
    apply_features(request, guild);
    if (images.icon) guild.icon = *images.icon;
    if (images.splash) guild.splash = *images.splash;
    if (images.banner) guild.banner = *images.banner;
    return {};
}

Result<Events> decide_edit(const GuildState* state,
                           UserId actor,
                           UnixMs now,
                           const api::GuildPatch& request,
                           const KeptImages& images) {
    TRY(const GuildState* g, require_guild(state, actor, permissions::kManageGuild, now));
    Guild guild = g->guild;
    if (request.owner_id) TRY_VOID(apply_owner(*g, actor, guild, *request.owner_id));
    TRY_VOID(apply_settings(request, images, guild));
    TRY_VOID(apply_references(*g, request, guild));
    const bool community = std::ranges::find(guild.features, "COMMUNITY") != guild.features.end();
    if (community && (!guild.rulesChannelId || !guild.publicUpdatesChannelId))
        return make_field_error("features",
                                "BASE_TYPE_REQUIRED",
                                "COMMUNITY needs a rules and a public updates channel.");
    if (guild == g->guild) return Events();
    return Events{protocol::GuildUpdated{std::move(guild)}};
}

/// The first commit of a guild, on its shard.
Task<Result<GuildSnapshot>> begin_guild(journal::Journal& journal,
                                        GuildId id,
                                        journal::Decision decision) {
    CO_TRY(const journal::Receipt receipt, co_await journal.create_guild(id, std::move(decision)));
    co_return receipt[receipt.size() - 1].after;
}

}  // namespace

Task<Result<GuildSnapshot>> Guilds::create(const Actor& actor, const api::GuildCreate& request) {
    CO_TRY_VOID(check_guild_count(ctx_.view, actor.user));
    const protocol::SharedUser* known = ctx_.view.user(actor.user);
    if (!known) co_return make_error(protocol::kUnknownUser);
    const protocol::SharedUser owner = *known;
    const auto owner_uid = federation::Hash32::from(std::string_view(owner->uid));
    if (!owner_uid) co_return make_error(protocol::kUnknownUser);

    GuildBirth birth;
    for (int i = 0; i == 0 || (i < kBirthTries && ctx_.view.guild(birth.id)); ++i)
        birth = give_birth(*owner_uid, ctx_.settings.node_uid, ctx_.clock.unix_ms(), ctx_.rng);
    const auto image_owner = protocol::id_cast<protocol::Snowflake>(birth.id);
    const std::string uri = request.icon.value_or(api::ImageUri());
    CO_TRY(const std::string icon,
           co_await keep_image(ctx_.images, "icons", image_owner, "icon", uri));

    journal::Decision decision;
    CO_TRY(decision.events, first_events(birth, *owner, request, icon, ctx_.rng));
    auto& created = std::get<protocol::GuildCreated>(decision.events.front());
    created.hostName = ctx_.settings.name;
    created.endpoints = ctx_.settings.endpoints;
    if (created.endpoints.size() > federation::kHostEndpointsMax)
        created.endpoints.resize(federation::kHostEndpointsMax);
    decision.rows = [id = birth.id, seed = birth.root_seed](store::Tx& tx) {
        return store::secrets::put(tx, store::secrets::root_name(id), seed.text());
    };
    auto begin = [this, id = birth.id, &decision]() {
        return begin_guild(ctx_.journal, id, std::move(decision));
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(birth.id), begin);
}

Task<Result<GuildSnapshot>> Guilds::edit(const Actor& actor,
                                         GuildId guild,
                                         const api::GuildPatch& request) {
    CO_TRY_VOID(require_guild(
        ctx_.journal.decided(guild), actor.user, permissions::kManageGuild, ctx_.clock.unix_ms()));
    KeptImages images;
    CO_TRY(images.icon, co_await keep(ctx_, guild, "icons", "icon", request.icon));
    CO_TRY(images.splash, co_await keep(ctx_, guild, "splashes", "splash", request.splash));
    CO_TRY(images.banner, co_await keep(ctx_, guild, "banners", "banner", request.banner));
    CO_TRY(Events events,
           decide_edit(
               ctx_.journal.decided(guild), actor.user, ctx_.clock.unix_ms(), request, images));
    co_return co_await commit(ctx_, actor, guild, std::move(events));
}

Task<Result<GuildSnapshot>> Guilds::give_to(GuildId guild, UserId owner) {
    const GuildState* g = ctx_.journal.decided(guild);
    if (!g || g->deleted) co_return make_error(protocol::kUnknownGuild);
    Guild changed = g->guild;
    CO_TRY_VOID(set_owner(*g, changed, owner));
    Events events;
    if (changed != g->guild) events.emplace_back(protocol::GuildUpdated{std::move(changed)});
    const Actor by{.user = owner};
    co_return co_await commit(ctx_, by, guild, std::move(events));
}

Task<Status> Guilds::remove(const Actor& actor, GuildId guild) {
    CO_TRY(const GuildState* g, require_member(ctx_.journal.decided(guild), actor.user));
    if (!g->is_owner(actor.user)) co_return make_error(protocol::kMissingPermissions);
    Events events{protocol::GuildDeleted{actor.user}};
    CO_TRY_VOID(co_await commit(ctx_, actor, guild, std::move(events)));
    co_return Status();
}

Result<GuildSnapshot> Guilds::get(const Actor& actor, GuildId guild) const {
    const GuildSnapshot* state = ctx_.view.guild(guild);
    TRY_VOID(require_member(state ? state->get() : nullptr, actor.user));
    return *state;
}

std::vector<GuildSnapshot> Guilds::mine(const Actor& actor, const Page& page) const {
    const std::vector<GuildId>& all = ctx_.view.guilds_of(actor.user);
    auto from = all.begin(), to = all.end();
    if (page.before) {
        to = std::ranges::lower_bound(all, page.before);
        if (static_cast<std::size_t>(to - from) > page.limit)
            from = to - static_cast<std::ptrdiff_t>(page.limit);
    } else if (page.after) {
        from = std::ranges::upper_bound(all, page.after);
    }
    std::vector<GuildSnapshot> out;
    for (; from != to && out.size() < page.limit; ++from) {
        if (const GuildSnapshot* guild = ctx_.view.guild(*from)) out.push_back(*guild);
    }
    return out;
}

}  // namespace guildhall::services
