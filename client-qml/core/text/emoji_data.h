// The table of emoji as it is embedded: emoji/compact.mjs says what its lines are. Empty in a build
// that could not fetch it. Plain function; any thread.
#pragma once

#include <string_view>

namespace guildhall::client::text {

std::string_view emoji_data();

}  // namespace guildhall::client::text
