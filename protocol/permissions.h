#pragma once
// Permissions: the bits, and the one algorithm that says what a member may do in a guild and in a
// channel. Pure functions over what the caller has at hand (roles found through a callable,
// overwrites as a span), so the guild's state is never copied. Plain values; any thread.
//
// The algorithm, in the order of the contract (5.3):
//   base      owner -> all; else @everyone | the member's roles; ADMINISTRATOR -> all.
//   channel   base, then the @everyone overwrite, then all role overwrites of the member together
//             (denies first, then allows; roles have no rank here), then the member's own.
//             ADMINISTRATOR skips every overwrite.
//   implicit  without VIEW_CHANNEL nothing is left; without SEND_MESSAGES the bits that only
//             matter while sending go; voice channels without CONNECT lose what needs a connection.
//   timeout   only VIEW_CHANNEL and READ_MESSAGE_HISTORY stay, except for owner and administrators.
// A thread takes the overwrites of its parent, and sending needs SEND_MESSAGES_IN_THREADS.

#include "protocol/enums.h"
#include "protocol/model.h"

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>

namespace guildhall::protocol {

/// A set of permission bits; a decimal string on the wire.
struct Permissions {
    std::uint64_t bits = 0;

    constexpr Permissions() = default;
    constexpr explicit Permissions(std::uint64_t b) : bits(b) {}

    /// Whether every bit of `wanted` is here.
    constexpr bool has(Permissions wanted) const { return (bits & wanted.bits) == wanted.bits; }
    constexpr bool has_any(Permissions wanted) const { return (bits & wanted.bits) != 0; }
    constexpr bool empty() const { return bits == 0; }
    std::string str() const { return std::to_string(bits); }

    friend constexpr Permissions operator|(Permissions a, Permissions b) {
        return Permissions(a.bits | b.bits);
    }
    friend constexpr Permissions operator&(Permissions a, Permissions b) {
        return Permissions(a.bits & b.bits);
    }
    friend constexpr Permissions operator~(Permissions a) { return Permissions(~a.bits); }
    constexpr Permissions& operator|=(Permissions other) { return *this = *this | other; }
    constexpr Permissions& operator&=(Permissions other) { return *this = *this & other; }
    friend constexpr bool operator==(Permissions, Permissions) = default;
};

/// A decimal 64-bit mask; nothing for anything else.
std::optional<Permissions> parse_permissions(std::string_view text);

namespace permissions {

inline constexpr Permissions kNone{0};
inline constexpr Permissions kCreateInstantInvite{1ull << 0};
inline constexpr Permissions kKickMembers{1ull << 1};
inline constexpr Permissions kBanMembers{1ull << 2};
inline constexpr Permissions kAdministrator{1ull << 3};
inline constexpr Permissions kManageChannels{1ull << 4};
inline constexpr Permissions kManageGuild{1ull << 5};
inline constexpr Permissions kAddReactions{1ull << 6};
inline constexpr Permissions kViewAuditLog{1ull << 7};
inline constexpr Permissions kPrioritySpeaker{1ull << 8};
inline constexpr Permissions kStream{1ull << 9};
inline constexpr Permissions kViewChannel{1ull << 10};
inline constexpr Permissions kSendMessages{1ull << 11};
inline constexpr Permissions kSendTtsMessages{1ull << 12};
inline constexpr Permissions kManageMessages{1ull << 13};
inline constexpr Permissions kEmbedLinks{1ull << 14};
inline constexpr Permissions kAttachFiles{1ull << 15};
inline constexpr Permissions kReadMessageHistory{1ull << 16};
inline constexpr Permissions kMentionEveryone{1ull << 17};
inline constexpr Permissions kUseExternalEmojis{1ull << 18};
inline constexpr Permissions kViewGuildInsights{1ull << 19};
inline constexpr Permissions kConnect{1ull << 20};
inline constexpr Permissions kSpeak{1ull << 21};
inline constexpr Permissions kMuteMembers{1ull << 22};
inline constexpr Permissions kDeafenMembers{1ull << 23};
inline constexpr Permissions kMoveMembers{1ull << 24};
inline constexpr Permissions kUseVad{1ull << 25};
inline constexpr Permissions kChangeNickname{1ull << 26};
inline constexpr Permissions kManageNicknames{1ull << 27};
inline constexpr Permissions kManageRoles{1ull << 28};
inline constexpr Permissions kManageWebhooks{1ull << 29};
inline constexpr Permissions kManageGuildExpressions{1ull << 30};
inline constexpr Permissions kUseApplicationCommands{1ull << 31};
inline constexpr Permissions kRequestToSpeak{1ull << 32};
inline constexpr Permissions kManageEvents{1ull << 33};
inline constexpr Permissions kManageThreads{1ull << 34};
inline constexpr Permissions kCreatePublicThreads{1ull << 35};
inline constexpr Permissions kCreatePrivateThreads{1ull << 36};
inline constexpr Permissions kUseExternalStickers{1ull << 37};
inline constexpr Permissions kSendMessagesInThreads{1ull << 38};
inline constexpr Permissions kUseEmbeddedActivities{1ull << 39};
inline constexpr Permissions kModerateMembers{1ull << 40};
inline constexpr Permissions kViewCreatorMonetizationAnalytics{1ull << 41};
inline constexpr Permissions kUseSoundboard{1ull << 42};
inline constexpr Permissions kCreateGuildExpressions{1ull << 43};
inline constexpr Permissions kCreateEvents{1ull << 44};
inline constexpr Permissions kUseExternalSounds{1ull << 45};
inline constexpr Permissions kSendVoiceMessages{1ull << 46};
inline constexpr Permissions kSetVoiceChannelStatus{1ull << 48};
inline constexpr Permissions kSendPolls{1ull << 49};
inline constexpr Permissions kUseExternalApps{1ull << 50};
inline constexpr Permissions kPinMessages{1ull << 51};
inline constexpr Permissions kBypassSlowmode{1ull << 52};
/// Every bit the API defines.
inline constexpr Permissions kAll{8866461766385663};
/// What a new guild's @everyone role may do.
inline constexpr Permissions kDefaultEveryone =
    kCreateInstantInvite | kAddReactions | kStream | kViewChannel | kSendMessages | kEmbedLinks |
    kAttachFiles | kReadMessageHistory | kMentionEveryone | kUseExternalEmojis | kConnect | kSpeak |
    kUseVad | kChangeNickname | kUseApplicationCommands | kRequestToSpeak | kCreatePublicThreads |
    kCreatePrivateThreads | kUseExternalStickers | kSendMessagesInThreads | kUseEmbeddedActivities |
    kUseSoundboard | kUseExternalSounds | kSendVoiceMessages | kSendPolls | kUseExternalApps;
/// What a member in timeout keeps.
inline constexpr Permissions kDuringTimeout = kViewChannel | kReadMessageHistory;
/// Bits that mean nothing to who cannot send.
inline constexpr Permissions kNeedSending =
    kMentionEveryone | kSendTtsMessages | kAttachFiles | kEmbedLinks;
/// Bits that a voice or stage channel takes away from who cannot connect to it.
inline constexpr Permissions kNeedConnecting =
    kSpeak | kStream | kMuteMembers | kDeafenMembers | kMoveMembers | kUseVad | kPrioritySpeaker |
    kRequestToSpeak | kUseSoundboard | kUseExternalSounds | kUseEmbeddedActivities |
    kSetVoiceChannelStatus | kManageChannels | kManageRoles | kManageWebhooks | kManageEvents |
    kCreateEvents;
/// Bits that need two-factor authentication of the actor where the guild's mfa_level is 1.
inline constexpr Permissions kNeedMfa =
    kKickMembers | kBanMembers | kAdministrator | kManageChannels | kManageGuild | kManageMessages |
    kManageRoles | kManageWebhooks | kManageGuildExpressions | kManageThreads;

}  // namespace permissions

/// Whose permissions are asked for: borrowed from the caller's member.
struct PermissionSubject {
    UserId user;
    /// Without @everyone, in any order.
    std::span<const RoleId> roles;
    /// communication_disabled_until; 0 is never.
    UnixMs timeout_until = 0;
};

/// The guild-wide permissions, before any timeout. `find_role(RoleId)` answers with a
/// `const Role*`, null for a role that does not exist (then it grants nothing).
template <class FindRole>
Permissions base_permissions(GuildId guild,
                             UserId owner,
                             const PermissionSubject& subject,
                             FindRole&& find_role) {
    if (subject.user == owner) return permissions::kAll;
    Permissions sum;
    auto add = [&](RoleId id) {
        if (const Role* role = find_role(id)) sum |= Permissions(role->permissions);
    };
    add(id_cast<RoleId>(guild));
    for (auto role : subject.roles) add(role);
    return sum.has(permissions::kAdministrator) ? permissions::kAll : sum;
}

/// `base` with the overwrites of a channel (of its parent for a thread), nothing implied.
Permissions apply_overwrites(Permissions base,
                             GuildId guild,
                             const PermissionSubject& subject,
                             std::span<const Overwrite> overwrites);

/// What the lack of VIEW_CHANNEL, of sending and of CONNECT takes away in a channel of that type.
Permissions drop_implied(Permissions p, ChannelType type);

/// `p` as a member in timeout at `now` has it.
Permissions apply_timeout(Permissions p, const PermissionSubject& subject, UnixMs now);

/// What the subject may do in a channel: overwrites, implied losses and timeout. For a thread pass
/// the thread's type and the parent's overwrites. `base` is of base_permissions().
Permissions channel_permissions(Permissions base,
                                GuildId guild,
                                const PermissionSubject& subject,
                                std::span<const Overwrite> overwrites,
                                ChannelType type,
                                UnixMs now);

/// The bit that sending a message needs in a channel of that type.
constexpr Permissions send_permission(ChannelType type) {
    return is_thread(type) ? permissions::kSendMessagesInThreads : permissions::kSendMessages;
}

/// Where a role stands. The rule of equal positions is the client libraries': the older role (the
/// lower id) is the higher one. The @everyone role has position 0 and the lowest id but is below
/// all others at any position; services keep every other role's position at 1 or more.
struct RoleRank {
    int position = 0;
    RoleId id;

    friend constexpr bool operator==(RoleRank, RoleRank) = default;
    /// Higher rank compares greater.
    friend constexpr std::strong_ordering operator<=>(RoleRank a, RoleRank b) {
        if (a.position != b.position) return a.position <=> b.position;
        return b.id <=> a.id;
    }
};

inline RoleRank rank_of(const Role& role) { return {role.position, role.id}; }

/// The highest rank among a member's roles; below every role's when there are none.
/// `find_role(RoleId)` answers with a `const Role*`, null for a role that does not exist.
template <class FindRole>
RoleRank highest_rank(GuildId guild, std::span<const RoleId> roles, FindRole&& find_role) {
    RoleRank best{-1, id_cast<RoleId>(guild)};
    for (auto id : roles) {
        const Role* role = find_role(id);
        if (role && best < rank_of(*role)) best = rank_of(*role);
    }
    return best;
}

/// Whether `actor` may act on `target` (kick, ban, nick, time out): nobody acts on the owner, the
/// owner acts on everybody else, others only on who stands lower.
constexpr bool outranks(
    UserId owner, UserId actor, RoleRank actor_rank, UserId target, RoleRank target_rank) {
    if (target == owner) return false;
    return actor == owner || actor_rank > target_rank;
}

/// Whether `actor` may edit, move, delete or assign a role: the owner any, others only lower ones.
constexpr bool outranks_role(UserId owner, UserId actor, RoleRank actor_rank, RoleRank role) {
    return actor == owner || actor_rank > role;
}

/// Whether `actor` may give away `granted`: only what they have themselves.
constexpr bool may_grant(Permissions own, Permissions granted) { return own.has(granted); }

}  // namespace guildhall::protocol
