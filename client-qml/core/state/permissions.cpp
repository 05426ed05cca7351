#include "client-qml/core/state/permissions.h"

namespace guildhall::client {

namespace {

namespace bits = protocol::permissions;
using protocol::GuildId;
using protocol::RoleId;
using protocol::UserId;

/// The channel whose overwrites rule: a thread's parent.
const Channel* ruling(const Guild& guild, const Channel* channel) {
    const Channel* parent =
        channel && channel->is_thread() ? guild.channel(channel->parent) : nullptr;
    return parent ? parent : channel;
}

/// The guild and the subject in the algorithm's types; the vectors are what its spans borrow.
struct Inputs {
    GuildId guild;
    UserId owner;
    std::vector<RoleId> roles;
    std::vector<protocol::Overwrite> overwrites;
    std::vector<protocol::Role> held;  // the subject's, and @everyone
    protocol::PermissionSubject subject;

    Inputs(const Guild& from, const Channel* channel, const Subject& who)
        : guild(from.id), owner(from.owner) {
        for (const Snowflake id : who.roles) {
            if (id != from.id) roles.emplace_back(id);
        }
        for (const Role& role : from.roles) {
            const bool is_held =
                role.id == from.id || std::ranges::find(who.roles, role.id) != who.roles.end();
            if (!is_held) continue;
            protocol::Role& copy = held.emplace_back();
            copy.id = RoleId(role.id);
            copy.position = role.position;
            copy.permissions = role.permissions;
        }
        look_at(ruling(from, channel));
        subject.user = UserId(who.user);
        subject.roles = roles;
        subject.timeout_until = protocol::UnixMs(who.timeout_until_ms);
    }
    Inputs(const Inputs&) = delete;
    Inputs& operator=(const Inputs&) = delete;

    void look_at(const Channel* rules) {
        overwrites.clear();
        if (!rules) return;
        for (const Overwrite& one : rules->overwrites) add(one);
    }
    void add(const Overwrite& one) {
        protocol::Overwrite& copy = overwrites.emplace_back();
        copy.id = protocol::Snowflake(one.id);
        copy.type = one.is_member ? protocol::OverwriteType::member : protocol::OverwriteType::role;
        copy.allow = one.allow;
        copy.deny = one.deny;
    }
    auto find_role() const {
        return [this](RoleId id) {
            const auto at = std::ranges::find(held, id, &protocol::Role::id);
            return at == held.end() ? nullptr : &*at;
        };
    }
    Permissions base() const {
        return protocol::base_permissions(guild, owner, subject, find_role());
    }
    protocol::RoleRank rank() const { return protocol::highest_rank(guild, roles, find_role()); }
};

const Overwrite* overwrite_of(const Channel& channel, Snowflake id) {
    const auto at = std::ranges::find(channel.overwrites, id, &Overwrite::id);
    return at == channel.overwrites.end() ? nullptr : &*at;
}

bool has(quint64 mask, Permissions bit) { return Permissions(mask).has(bit); }

/// The role that grants the bit, @everyone last; none where no role does.
std::optional<Snowflake> granting_role(const Guild& guild, const Subject& who, Permissions bit) {
    for (const Snowflake id : who.roles) {
        const Role* role = guild.role(id);
        if (role && id != guild.id && has(role->permissions, bit)) return id;
    }
    const Role* everyone = guild.role(guild.id);
    if (everyone && has(everyone->permissions, bit)) return guild.id;
    return std::nullopt;
}

/// What the overwrites of a channel say of the bit, the strongest first; nothing where none does.
std::optional<Explanation> by_overwrite(const Guild& guild,
                                        const Channel& channel,
                                        const Subject& who,
                                        Permissions bit) {
    if (const Overwrite* own = overwrite_of(channel, who.user)) {
        if (has(own->allow, bit)) return Explanation{true, Rule::member_overwrite};
        if (has(own->deny, bit)) return Explanation{false, Rule::member_overwrite};
    }
    std::optional<Explanation> denied;
    for (const Snowflake id : who.roles) {
        const Overwrite* one = id == guild.id ? nullptr : overwrite_of(channel, id);
        if (!one) continue;
        if (has(one->allow, bit)) return Explanation{true, Rule::role_overwrite, id};
        if (has(one->deny, bit) && !denied) denied = Explanation{false, Rule::role_overwrite, id};
    }
    if (denied) return denied;
    if (const Overwrite* everyone = overwrite_of(channel, guild.id)) {
        if (has(everyone->allow, bit)) return Explanation{true, Rule::everyone_overwrite};
        if (has(everyone->deny, bit)) return Explanation{false, Rule::everyone_overwrite};
    }
    return std::nullopt;
}

/// Overwrites, then roles; what the lack of another bit takes away is not looked at.
Explanation by_rules(const Guild& guild,
                     const Channel* channel,
                     const Subject& who,
                     Permissions bit) {
    if (const Channel* rules = ruling(guild, channel)) {
        if (auto found = by_overwrite(guild, *rules, who, bit)) return *found;
    }
    const auto role = granting_role(guild, who, bit);
    if (!role) return {false, Rule::nothing};
    return {true, *role == guild.id ? Rule::everyone : Rule::role, *role};
}

}  // namespace

Subject Subject::of(const Member& member) {
    return {member.user.id, member.roles, member.timeout_until_ms};
}

Permissions base_permissions(const Guild& guild, const Subject& subject) {
    return Inputs(guild, nullptr, subject).base();
}

Permissions permissions_in(const Guild& guild,
                           const Channel* channel,
                           const Subject& subject,
                           qint64 now_ms) {
    const Inputs in(guild, channel, subject);
    const auto now = protocol::UnixMs(now_ms);
    if (!channel) {
        const bool is_above = in.base() == bits::kAll;
        return is_above ? in.base() : protocol::apply_timeout(in.base(), in.subject, now);
    }
    const auto type = protocol::ChannelType(int(channel->type));
    return protocol::channel_permissions(in.base(), in.guild, in.subject, in.overwrites, type, now);
}

bool can_view(const Guild& guild, const Channel& channel, const Subject& subject, qint64 now_ms) {
    return permissions_in(guild, &channel, subject, now_ms).has(bits::kViewChannel);
}

QSet<Snowflake> visible_in(const Guild& guild, const Subject& subject, qint64 now_ms) {
    QSet<Snowflake> found;
    Inputs in(guild, nullptr, subject);
    const Permissions base = in.base();
    const auto now = protocol::UnixMs(now_ms);
    for (const Channel& channel : guild.channels) {
        in.look_at(ruling(guild, &channel));
        const auto type = protocol::ChannelType(int(channel.type));
        const Permissions here =
            protocol::channel_permissions(base, in.guild, in.subject, in.overwrites, type, now);
        if (here.has(bits::kViewChannel)) found.insert(channel.id);
    }
    return found;
}

bool outranks(const Guild& guild, const Subject& actor, const Subject& target) {
    const Inputs one(guild, nullptr, actor), other(guild, nullptr, target);
    return protocol::outranks(
        one.owner, one.subject.user, one.rank(), other.subject.user, other.rank());
}

bool outranks_role(const Guild& guild, const Subject& actor, const Role& role) {
    const Inputs in(guild, nullptr, actor);
    const protocol::RoleRank rank{role.position, RoleId(role.id)};
    return protocol::outranks_role(in.owner, in.subject.user, in.rank(), rank);
}

Explanation explain(const Guild& guild,
                    const Channel* channel,
                    const Subject& subject,
                    Permissions bit,
                    qint64 now_ms) {
    const bool allowed = permissions_in(guild, channel, subject, now_ms).has(bit);
    if (subject.user != 0 && subject.user == guild.owner) return {true, Rule::owner};
    if (const auto role = granting_role(guild, subject, bits::kAdministrator)) {
        return {allowed, Rule::administrator, *role};
    }
    if (!allowed && subject.timeout_until_ms > now_ms && !bits::kDuringTimeout.has(bit)) {
        return {false, Rule::timeout, 0, subject.timeout_until_ms};
    }
    Explanation found = by_rules(guild, channel, subject, bit);
    if (found.allowed == allowed) return found;
    // The bit itself is granted; another one, which it needs, is not.
    if (!by_rules(guild, channel, subject, bits::kViewChannel).allowed) {
        return {false, Rule::hidden_channel};
    }
    return {false, bits::kNeedSending.has(bit) ? Rule::cannot_send : Rule::cannot_connect};
}

}  // namespace guildhall::client
