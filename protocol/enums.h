#pragma once
// The API's small numbered sets that state, requests and presenters share. Values are the wire's.
// The JSON codec asks `is_valid()` of each before it lets a request's number in. Plain values; any
// thread.

#include "protocol/model.h"

#include <cstdint>

namespace guildhall::protocol {

constexpr bool is_valid(ChannelType type) {
    auto n = static_cast<int>(type);
    return n <= 5 || (n >= 10 && n <= 16);
}
constexpr bool is_thread(ChannelType type) {
    return type >= ChannelType::announcement_thread && type <= ChannelType::private_thread;
}
constexpr bool is_voice(ChannelType type) {
    return type == ChannelType::voice || type == ChannelType::stage;
}
constexpr bool is_dm(ChannelType type) {
    return type == ChannelType::dm || type == ChannelType::group_dm;
}
/// Channels that hold threads only.
constexpr bool is_forum(ChannelType type) {
    return type == ChannelType::forum || type == ChannelType::media;
}
/// Channels into which messages may be sent (voice and stage channels have a text chat).
constexpr bool is_messageable(ChannelType type) {
    return type != ChannelType::category && type != ChannelType::directory && !is_forum(type);
}

constexpr bool is_valid(OverwriteType type) { return type <= OverwriteType::member; }

enum class MessageType : std::uint8_t {
    standard = 0,
    recipient_add = 1,
    recipient_remove = 2,
    call = 3,
    channel_name_change = 4,
    channel_icon_change = 5,
    channel_pinned_message = 6,
    user_join = 7,
    thread_created = 18,
    reply = 19,
    chat_input_command = 20,
    thread_starter_message = 21,
    context_menu_command = 23,
    auto_moderation_action = 24,
    poll_result = 46,
};

enum class InteractionType : std::uint8_t {
    ping = 1,
    application_command = 2,
    message_component = 3,
    autocomplete = 4,
    modal_submit = 5,
};
constexpr bool is_valid(InteractionType type) {
    return type >= InteractionType::ping && type <= InteractionType::modal_submit;
}

enum class InteractionCallbackType : std::uint8_t {
    pong = 1,
    message = 4,
    deferred_message = 5,
    deferred_update = 6,
    update_message = 7,
    autocomplete_result = 8,
    modal = 9,
};
constexpr bool is_valid(InteractionCallbackType type) {
    auto n = static_cast<int>(type);
    return n == 1 || (n >= 4 && n <= 9);
}

enum class CommandType : std::uint8_t { chat_input = 1, user = 2, message = 3 };
constexpr bool is_valid(CommandType type) {
    return type >= CommandType::chat_input && type <= CommandType::message;
}

enum class CommandOptionType : std::uint8_t {
    subcommand = 1,
    subcommand_group = 2,
    string = 3,
    integer = 4,
    boolean = 5,
    user = 6,
    channel = 7,
    role = 8,
    mentionable = 9,
    number = 10,
    attachment = 11,
};
constexpr bool is_valid(CommandOptionType type) {
    return type >= CommandOptionType::subcommand && type <= CommandOptionType::attachment;
}

enum class VerificationLevel : std::uint8_t { none, low, medium, high, very_high };
constexpr bool is_valid(VerificationLevel v) { return v <= VerificationLevel::very_high; }

enum class NotificationLevel : std::uint8_t { all_messages, only_mentions };
constexpr bool is_valid(NotificationLevel v) { return v <= NotificationLevel::only_mentions; }

enum class ContentFilter : std::uint8_t { disabled, members_without_roles, all_members };
constexpr bool is_valid(ContentFilter v) { return v <= ContentFilter::all_members; }

enum class VideoQuality : std::uint8_t { automatic = 1, full = 2 };
constexpr bool is_valid(VideoQuality v) {
    return v == VideoQuality::automatic || v == VideoQuality::full;
}

/// Message flags, a bit set on the wire.
namespace message_flags {
inline constexpr std::uint64_t kCrossposted = 1 << 0;
inline constexpr std::uint64_t kIsCrosspost = 1 << 1;
inline constexpr std::uint64_t kSuppressEmbeds = 1 << 2;
inline constexpr std::uint64_t kHasThread = 1 << 5;
inline constexpr std::uint64_t kEphemeral = 1 << 6;
inline constexpr std::uint64_t kLoading = 1 << 7;
inline constexpr std::uint64_t kSuppressNotifications = 1 << 12;
inline constexpr std::uint64_t kIsVoiceMessage = 1 << 13;
inline constexpr std::uint64_t kIsComponentsV2 = 1 << 15;
/// What the sender of a message may set; the rest is the node's to set.
inline constexpr std::uint64_t kSettable =
    kSuppressEmbeds | kSuppressNotifications | kIsVoiceMessage | kIsComponentsV2;
}  // namespace message_flags

}  // namespace guildhall::protocol
