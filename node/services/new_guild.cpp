#include "node/services/new_guild.h"

#include "federation/id_allocator.h"
#include "node/services/channel_rules.h"
#include "node/services/membership.h"
#include "protocol/check.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "protocol/permissions.h"

#include <map>

namespace guildhall::services {

namespace api = protocol::api;
namespace permissions = protocol::permissions;
using protocol::Channel;
using protocol::ChannelType;
using protocol::Event;
using protocol::make_field_error;
using protocol::Result;
using protocol::Role;
using protocol::Snowflake;
using protocol::Status;

namespace {

template <class Fixed>
Fixed draw(base::Rng& rng) {
    Fixed out{};
    rng.fill(out);
    return out;
}

/// Collects the events of a new guild, and the state they lead to.
class Builder {
  public:
    Builder(const GuildBirth& birth, base::Rng& rng)
        : birth_(birth), rng_(rng), allocator_(birth.uid) {}

    template <class T>
    T new_id() {
        for (protocol::UnixMs ms = birth_.created_ms;; ++ms) {
            // A guild's first ids fit into one millisecond or borrow the next.
            if (auto id = allocator_.next(ms, rng_.next_u16())) return T(id->value);
        }
    }

    Status add_role(const api::GuildCreateRole* request);
    Status add_channel(const api::GuildCreateChannel& request);

    /// What a placeholder of the request stands for; itself when it stands for nothing.
    Snowflake real(Snowflake placeholder) const {
        const auto at = ids_.find(placeholder);
        return at == ids_.end() ? placeholder : at->second;
    }

    void add(Event event) {
        protocol::apply(state, event);
        events.push_back(std::move(event));
    }

    protocol::GuildState state;
    std::vector<Event> events;

  private:
    const GuildBirth& birth_;
    base::Rng& rng_;
    federation::IdAllocator allocator_;
    std::map<Snowflake, Snowflake> ids_;
};

/// The first role is @everyone, whatever the request calls it; null is the default one.
Status Builder::add_role(const api::GuildCreateRole* request) {
    const bool first = state.roles.empty();
    Role role;
    role.id = first ? protocol::id_cast<RoleId>(birth_.id) : new_id<RoleId>();
    role.position = static_cast<std::int32_t>(state.roles.size());
    role.permissions = first ? permissions::kDefaultEveryone.bits : 0;
    role.name = "new role";
    if (request) {
        if (request->name) role.name = *request->name;
        if (request->permissions)
            role.permissions = request->permissions->bits & permissions::kAll.bits;
        if (request->color) role.color = static_cast<std::uint32_t>(request->color->value);
        role.hoist = request->hoist.value_or(false) && !first;
        role.mentionable = request->mentionable.value_or(false) && !first;
        if (request->id) ids_[*request->id] = Snowflake(role.id.value);
    }
    if (first) role.name = "@everyone";
    add(protocol::RoleCreated{std::move(role)});
    return {};
}

Status Builder::add_channel(const api::GuildCreateChannel& request) {
    api::GuildCreateChannel resolved = request;
    if (resolved.parent_id)
        resolved.parent_id = ChannelId(real(Snowflake(resolved.parent_id->value)).value);
    if (resolved.permission_overwrites) {
        for (api::OverwriteInput& overwrite : *resolved.permission_overwrites)
            overwrite.id = real(overwrite.id);
    }
    Channel channel = new_channel(new_id<ChannelId>(), resolved);
    if (!request.position) channel.position = next_position(state, channel.type);
    TRY_VOID(check_channel(channel));
    TRY_VOID(check_parent(state, channel, channel.parentId));
    TRY_VOID(check_overwrites(state, channel.overwrites));
    if (request.id) ids_[*request.id] = Snowflake(channel.id.value);
    add(protocol::ChannelCreated{std::move(channel)});
    return {};
}

api::GuildCreateChannel named(const char* name, ChannelType type) {
    api::GuildCreateChannel channel;
    channel.name = std::string(name);
    channel.type = type;
    return channel;
}

/// What people find in a guild that nobody planned.
std::vector<api::GuildCreateChannel> default_channels() {
    api::GuildCreateChannel category = named("Text Channels", ChannelType::category);
    category.id = Snowflake(1);
    api::GuildCreateChannel general = named("general", ChannelType::text);
    general.id = Snowflake(2);
    general.parent_id = ChannelId(1);
    return {std::move(category), std::move(general)};
}

/// The channel a reference of the request leads to, of the type it needs.
Result<ChannelId> referenced(const Builder& builder,
                             const std::optional<Snowflake>& reference,
                             ChannelType type,
                             const char* field) {
    if (!reference) return ChannelId{};
    const ChannelId id(builder.real(*reference).value);
    const Channel* channel = builder.state.channels.find(id);
    if (!channel || channel->type != type)
        return make_field_error(field, "CHANNEL_INVALID", "No such channel in this request");
    return id;
}

protocol::Guild new_settings(const GuildBirth& birth,
                             const protocol::User& owner,
                             const api::GuildCreate& request,
                             const std::string& icon) {
    protocol::Guild guild;
    guild.id = birth.id;
    guild.uid = std::string(birth.uid.text());
    guild.name = request.name;
    guild.icon = icon;
    guild.ownerId = owner.id;
    if (request.verification_level)
        guild.verificationLevel = static_cast<std::uint8_t>(*request.verification_level);
    if (request.default_message_notifications)
        guild.defaultNotifications =
            static_cast<std::uint8_t>(*request.default_message_notifications);
    if (request.explicit_content_filter)
        guild.contentFilter = static_cast<std::uint8_t>(*request.explicit_content_filter);
    if (request.afk_timeout)
        guild.afkTimeout = static_cast<std::uint32_t>(request.afk_timeout->value);
    if (request.system_channel_flags)
        guild.systemChannelFlags = static_cast<std::uint32_t>(request.system_channel_flags->value);
    if (request.preferred_locale) guild.preferredLocale = *request.preferred_locale;
    return guild;
}

/// Roles and channels, in the order of the request.
Status add_contents(Builder& builder, const api::GuildCreate& request) {
    if (request.roles && !request.roles->empty()) {
        for (const api::GuildCreateRole& role : *request.roles) TRY_VOID(builder.add_role(&role));
    } else {
        TRY_VOID(builder.add_role(nullptr));
    }
    if (request.channels && !request.channels->empty()) {
        // Categories first: others may name them before they stand in the list.
        for (const bool categories : {true, false}) {
            for (const api::GuildCreateChannel& channel : *request.channels) {
                if ((channel.type == ChannelType::category) == categories)
                    TRY_VOID(builder.add_channel(channel));
            }
        }
        return {};
    }
    for (const api::GuildCreateChannel& channel : default_channels())
        TRY_VOID(builder.add_channel(channel));
    return {};
}

}  // namespace

GuildBirth give_birth(const federation::Hash32& owner_uid,
                      const federation::Hash32& host_uid,
                      protocol::UnixMs now,
                      base::Rng& rng) {
    GuildBirth birth;
    birth.created_ms = now;
    birth.root_seed = draw<federation::Seed>(rng);
    const auto root = federation::SecretKey::from_seed(birth.root_seed);
    federation::GuildGenesis genesis;
    genesis.created_ms = now;
    genesis.nonce = draw<federation::GenesisNonce>(rng);
    genesis.owner_uid = owner_uid;
    genesis.host_uid = host_uid;
    genesis.root_key = root.public_key();
    birth.genesis = federation::sign(genesis, root);
    birth.uid = federation::uid_of(birth.genesis.bytes);
    const auto id = federation::derived_id(birth.uid, now);
    CHECK(id.has_value());
    birth.id = protocol::id_cast<protocol::GuildId>(*id);
    return birth;
}

Result<std::vector<Event>> first_events(const GuildBirth& birth,
                                        const protocol::User& owner,
                                        const api::GuildCreate& request,
                                        const std::string& icon,
                                        base::Rng& rng) {
    Builder builder(birth, rng);
    protocol::Guild guild = new_settings(birth, owner, request, icon);
    builder.add(protocol::GuildCreated{guild, federation::encode(birth.genesis)});
    TRY_VOID(add_contents(builder, request));
    TRY(guild.afkChannelId,
        referenced(builder, request.afk_channel_id, ChannelType::voice, "afk_channel_id"));
    TRY(guild.systemChannelId,
        referenced(builder, request.system_channel_id, ChannelType::text, "system_channel_id"));
    if (!request.channels || request.channels->empty())
        guild.systemChannelId = ChannelId(builder.real(Snowflake(2)).value);
    // The first entry says the guild whole, so that it needs no second one for its references.
    std::get<protocol::GuildCreated>(builder.events.front()).guild = guild;
    builder.add(protocol::MemberJoined{new_member(owner, birth.created_ms), {}});
    return std::move(builder.events);
}

}  // namespace guildhall::services
