#pragma once
// Moments on the wire: ISO 8601 with microseconds and "+00:00" out, any ISO 8601 instant with a
// zone in. Inside they are Unix milliseconds. Pure functions and plain values; any thread.

#include "protocol/ids.h"

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::protocol {

/// A moment in a request.
struct Timestamp {
    UnixMs ms = 0;

    friend constexpr auto operator<=>(Timestamp, Timestamp) = default;
};

/// `2024-01-31T12:34:56.789Z`, with or without fraction, with `Z`, `+02:00` or `+0200`, years 1970
/// to 9999. Nothing for anything else, also for days that do not exist.
std::optional<Timestamp> parse_timestamp(std::string_view text);

/// Appends `2024-01-31T12:34:56.789000+00:00`, 32 bytes, without quotes.
void append_timestamp(std::string& out, UnixMs ms);
std::string format_timestamp(UnixMs ms);

}  // namespace guildhall::protocol
