#pragma once
// The numbers of the gateway's wire: opcodes, close codes, intents and capabilities of user
// clients. Values are the wire's. Constants; any thread.

#include <cstdint>

namespace guildhall::gateway {

enum class Op : std::int64_t {
    dispatch = 0,
    heartbeat = 1,
    identify = 2,
    presence_update = 3,
    voice_state_update = 4,
    voice_server_ping = 5,
    resume = 6,
    reconnect = 7,
    request_members = 8,
    invalid_session = 9,
    hello = 10,
    heartbeat_ack = 11,
    call_connect = 13,
    guild_subscriptions = 14,
    remote_command = 29,
    guild_subscriptions_bulk = 37,
    qos_heartbeat = 40,
    time_spent = 41,
};

namespace close_code {
/// Of RFC 6455: every library resumes after it.
inline constexpr std::uint16_t kGoingAway = 1001;
inline constexpr std::uint16_t kUnknownError = 4000;
inline constexpr std::uint16_t kUnknownOpcode = 4001;
inline constexpr std::uint16_t kDecodeError = 4002;
inline constexpr std::uint16_t kNotAuthenticated = 4003;
inline constexpr std::uint16_t kAuthenticationFailed = 4004;
inline constexpr std::uint16_t kAlreadyAuthenticated = 4005;
inline constexpr std::uint16_t kInvalidSeq = 4007;
inline constexpr std::uint16_t kRateLimited = 4008;
inline constexpr std::uint16_t kSessionTimedOut = 4009;
inline constexpr std::uint16_t kInvalidShard = 4010;
inline constexpr std::uint16_t kShardingRequired = 4011;
inline constexpr std::uint16_t kInvalidVersion = 4012;
inline constexpr std::uint16_t kInvalidIntents = 4013;
inline constexpr std::uint16_t kDisallowedIntents = 4014;
inline constexpr std::uint16_t kTooManySessions = 4015;
}  // namespace close_code

namespace intent {
inline constexpr std::uint32_t kGuilds = 1u << 0;
inline constexpr std::uint32_t kMembers = 1u << 1;
inline constexpr std::uint32_t kModeration = 1u << 2;
inline constexpr std::uint32_t kExpressions = 1u << 3;
inline constexpr std::uint32_t kIntegrations = 1u << 4;
inline constexpr std::uint32_t kWebhooks = 1u << 5;
inline constexpr std::uint32_t kInvites = 1u << 6;
inline constexpr std::uint32_t kVoiceStates = 1u << 7;
inline constexpr std::uint32_t kPresences = 1u << 8;
inline constexpr std::uint32_t kMessages = 1u << 9;
inline constexpr std::uint32_t kReactions = 1u << 10;
inline constexpr std::uint32_t kTyping = 1u << 11;
inline constexpr std::uint32_t kMessageContent = 1u << 15;
/// Bits 0 to 28: the last that the API names.
inline constexpr std::uint32_t kKnown = (1u << 29) - 1;
inline constexpr std::uint32_t kAll = kKnown;
inline constexpr unsigned kCount = 29;
}  // namespace intent

/// Application flags that allow privileged intents: the verified one and the limited one of each.
namespace application_flag {
inline constexpr std::uint64_t kPresence = 3u << 12;
inline constexpr std::uint64_t kMembers = 3u << 14;
inline constexpr std::uint64_t kMessageContent = 3u << 18;
}  // namespace application_flag

namespace capability {
inline constexpr std::uint64_t kNoAffineUsers = 1u << 1;
inline constexpr std::uint64_t kVersionedReadStates = 1u << 2;
inline constexpr std::uint64_t kVersionedGuildSettings = 1u << 3;
inline constexpr std::uint64_t kDedupeUsers = 1u << 4;
inline constexpr std::uint64_t kPrioritizedReady = 1u << 5;
inline constexpr std::uint64_t kSettingsProtoOnly = 1u << 9;
inline constexpr std::uint64_t kClientStateV2 = 1u << 10;
}  // namespace capability

}  // namespace guildhall::gateway
