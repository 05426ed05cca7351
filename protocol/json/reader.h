#pragma once
// From text to a JSON tree: RFC 8259 to the letter, bounded in size, depth and number of values,
// integers exact to 64 bits, the last of equal keys wins. Pure; any thread.

#include "protocol/limits.h"
#include "protocol/result.h"

#include <boost/json/value.hpp>

#include <cstddef>
#include <string_view>

namespace guildhall::protocol {

/// The tree of `text`, which keeps its own arena alive. 40005 when it is larger than `bytes_max` or
/// has more values than any legal body, 50109 when it is not JSON.
Result<boost::json::value> parse_json(std::string_view text,
                                      std::size_t bytes_max = limits::kJsonBodyBytesMax);

}  // namespace guildhall::protocol
