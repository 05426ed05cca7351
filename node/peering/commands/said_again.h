#pragma once
// said_again(): which GET says what the answer of a command said, where a crash came between the
// command's entries and that answer. A plain function; any thread.

#include "node/rest/call.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::peering {

struct SaidAgain {
    /// A pattern of the route table.
    std::string_view pattern;
    std::vector<std::string> params;
};

/// `log` and `object` are those of the command's last entry. Nothing for what has no such GET: who
/// made it looks for it.
std::optional<SaidAgain> said_again(const rest::Call& call,
                                    bool answers_message,
                                    std::uint64_t log,
                                    std::uint64_t object);

}  // namespace guildhall::peering
