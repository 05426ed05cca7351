#pragma once
// What deciding about a mirror's entries and writing them have in common.

#include "protocol/errors.h"
#include "protocol/event.h"

#include <cstdint>
#include <string>
#include <utility>

namespace guildhall::journal {

/// What a host sent, or this node asked for, cannot be: trying again would not help.
inline protocol::Error refused(std::string why) { return protocol::make_error(0, std::move(why)); }

inline bool is_channel(std::uint64_t log_id) {
    return log_id != protocol::kControlLog && log_id != protocol::kAdminLog;
}

}  // namespace guildhall::journal
