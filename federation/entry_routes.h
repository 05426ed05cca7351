#pragma once
// Which API calls may cause which events, and what their path must say about them. One table; a row
// for each pair. Used by entry_check.cpp alone. Constant data; any thread.

#include "federation/entry_check.h"

namespace guildhall::federation {

/// What a call's path and body must say about the event that it causes.
namespace binds {
inline constexpr unsigned kChannel = 1, kMessage = 2, kUser = 4, kRole = 8, kCode = 16;
/// The event stands in the name of another than the caller: a bot that somebody adds, a reaction
/// that a moderator removes.
inline constexpr unsigned kForAnother = 32;
/// The message's text is the body's `content`, or that of its `data`.
inline constexpr unsigned kText = 64, kTextInData = 128;
}  // namespace binds

struct EntryRoute {
    protocol::EventKind kind = 0;
    std::string_view method, pattern;
    unsigned flags = 0;

    bool binds(unsigned what) const { return (flags & what) != 0; }
};

/// The row that fits, or null.
const EntryRoute* find_entry_route(protocol::EventKind kind,
                                   std::string_view method,
                                   std::string_view pattern);

/// The value of `{name}` in a call of the pattern; nothing when the pattern has none or the call
/// has fewer parameters.
std::optional<std::string_view> path_parameter(std::string_view pattern,
                                               std::span<const std::string> params,
                                               std::string_view name);

}  // namespace guildhall::federation
