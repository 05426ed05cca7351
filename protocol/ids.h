#pragma once
// Snowflakes: the 64-bit ids of the API, typed so that a channel id cannot be passed for a guild
// id. Layout (docs/FEDERATION.md): 42 bits of milliseconds since 2015-01-01 | 22 bits. User and
// guild ids take the 22 bits from the uid of their genesis; ids made inside a guild take a 12-bit
// tag of the guild's uid and a 10-bit counter. The sign bit stays 0, so an id fits a BIGINT. Plain
// values; any thread.

#include <charconv>
#include <compare>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::protocol {

/// Milliseconds since the Unix epoch.
using UnixMs = std::int64_t;

/// The API's epoch, 2015-01-01T00:00:00Z, in Unix milliseconds.
inline constexpr UnixMs kEpochMs = 1420070400000;

template <class Tag>
struct Id {
    std::uint64_t value = 0;

    constexpr Id() = default;
    constexpr explicit Id(std::uint64_t v) : value(v) {}

    constexpr explicit operator bool() const { return value != 0; }
    /// The moment the id was made, in Unix milliseconds.
    constexpr UnixMs created_ms() const { return static_cast<UnixMs>(value >> 22) + kEpochMs; }
    std::string str() const { return std::to_string(value); }

    friend constexpr auto operator<=>(Id, Id) = default;
};

using Snowflake = Id<struct AnyTag>;
using UserId = Id<struct UserTag>;
using GuildId = Id<struct GuildTag>;
using ChannelId = Id<struct ChannelTag>;
using RoleId = Id<struct RoleTag>;
using MessageId = Id<struct MessageTag>;
using ApplicationId = Id<struct ApplicationTag>;
using CommandId = Id<struct CommandTag>;
using InteractionId = Id<struct InteractionTag>;
using AttachmentId = Id<struct AttachmentTag>;
using EmojiId = Id<struct EmojiTag>;
using WebhookId = Id<struct WebhookTag>;

/// A decimal snowflake without sign, leading zeros or overflow past 63 bits; nothing otherwise.
template <class T = Snowflake>
std::optional<T> parse_id(std::string_view text) {
    std::uint64_t v = 0;
    if (text.empty() || (text.size() > 1 && text.front() == '0')) return std::nullopt;
    auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), v);
    if (ec != std::errc{} || end != text.data() + text.size() || v >> 63) return std::nullopt;
    return T(v);
}

/// The same number under another tag, where the API itself equates them (an @everyone role and its
/// guild).
template <class To, class From>
constexpr To id_cast(Id<From> id) {
    return To(id.value);
}

/// The smallest id that an object made at `ms` can have.
constexpr std::uint64_t first_id_at(UnixMs ms) {
    return ms <= kEpochMs ? 0 : static_cast<std::uint64_t>(ms - kEpochMs) << 22;
}

}  // namespace guildhall::protocol

template <class Tag>
struct std::hash<guildhall::protocol::Id<Tag>> {
    std::size_t operator()(guildhall::protocol::Id<Tag> id) const noexcept {
        // Ids share their low bits' pattern; a multiplicative mix spreads them over buckets.
        return static_cast<std::size_t>((id.value ^ (id.value >> 32)) * 0x9e3779b97f4a7c15ull);
    }
};
