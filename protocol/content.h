#pragma once
// What people write, looked at: mentions in message content, emoji parameters, the rules of
// usernames and channel names. Pure functions; any thread.

#include "protocol/ids.h"
#include "protocol/model.h"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::protocol {

/// Who and what a content names; each once, in the order of first mention.
struct Mentions {
    std::vector<UserId> users;
    std::vector<RoleId> roles;
    std::vector<ChannelId> channels;
    /// @everyone or @here stands in it.
    bool everyone = false;
};

/// Finds `<@id>`, `<@!id>`, `<@&id>`, `<#id>`, `@everyone` and `@here`, code blocks included.
Mentions parse_mentions(std::string_view content);

/// An emoji as a route names it: `name:id` for a custom one, else the characters themselves.
struct EmojiRef {
    EmojiId id;
    std::string name;

    friend bool operator==(const EmojiRef&, const EmojiRef&) = default;
};

/// Reads a percent-decoded route parameter; nothing for what cannot be an emoji.
std::optional<EmojiRef> parse_emoji(std::string_view parameter);

/// Whether text can stand for one Unicode emoji: short, no white space, no letters (digits and
/// signs only as part of a keycap). Deliberately wide, so that new emojis need no new table.
bool is_unicode_emoji(std::string_view text);

/// 2 to 32 of a-z, 0-9, `_` and `.`, no two dots in a row, no name that means everybody.
bool is_valid_username(std::string_view name);

/// ASCII capitals in lower case; the rest as it is.
std::string lower_ascii(std::string_view text);

/// The name as a channel of that type carries it: text-like channels in lower case with `-` for
/// white space, others trimmed. Empty when nothing is left.
std::string normalise_channel_name(std::string_view name, ChannelType type);

/// An address that mail could reach: one `@`, a dot behind it, no white space or controls.
bool is_plausible_email(std::string_view text);

}  // namespace guildhall::protocol
