#include "protocol/permissions.h"

#include <algorithm>
#include <charconv>

namespace guildhall::protocol {

std::optional<Permissions> parse_permissions(std::string_view text) {
    std::uint64_t bits = 0;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), bits);
    if (text.empty() || ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return Permissions(bits);
}

Permissions apply_overwrites(Permissions base,
                             GuildId guild,
                             const PermissionSubject& subject,
                             std::span<const Overwrite> overwrites) {
    if (base.has(permissions::kAdministrator)) return permissions::kAll;
    const Overwrite* everyone = nullptr;
    const Overwrite* own = nullptr;
    Permissions allow, deny;
    for (const auto& overwrite : overwrites) {
        if (overwrite.type == OverwriteType::member) {
            if (overwrite.id.value == subject.user.value) own = &overwrite;
        } else if (overwrite.id.value == guild.value) {
            everyone = &overwrite;
        } else if (std::ranges::find(subject.roles, RoleId(overwrite.id.value)) !=
                   subject.roles.end()) {
            allow |= Permissions(overwrite.allow);
            deny |= Permissions(overwrite.deny);
        }
    }
    if (everyone) base = (base & ~Permissions(everyone->deny)) | Permissions(everyone->allow);
    base = (base & ~deny) | allow;
    if (own) base = (base & ~Permissions(own->deny)) | Permissions(own->allow);
    return base;
}

Permissions drop_implied(Permissions p, ChannelType type) {
    if (!p.has(permissions::kViewChannel)) return permissions::kNone;
    if (!p.has(send_permission(type))) p &= ~permissions::kNeedSending;
    if (is_voice(type) && !p.has(permissions::kConnect)) p &= ~permissions::kNeedConnecting;
    return p;
}

Permissions apply_timeout(Permissions p, const PermissionSubject& subject, UnixMs now) {
    // The owner's base has ADMINISTRATOR too, so one test exempts both.
    if (subject.timeout_until <= now || p.has(permissions::kAdministrator)) return p;
    return p & permissions::kDuringTimeout;
}

Permissions channel_permissions(Permissions base,
                                GuildId guild,
                                const PermissionSubject& subject,
                                std::span<const Overwrite> overwrites,
                                ChannelType type,
                                UnixMs now) {
    // ADMINISTRATOR is decided by the roles: an overwrite that allows it makes nobody one.
    if (base.has(permissions::kAdministrator)) return permissions::kAll;
    auto p = apply_overwrites(base, guild, subject, overwrites) & ~permissions::kAdministrator;
    return apply_timeout(drop_implied(p, type), subject, now);
}

}  // namespace guildhall::protocol
