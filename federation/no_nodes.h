#pragma once
// NodeKeys where nobody is asked: a node's own key log names no keys of others. Any thread.

#include "federation/key_log.h"

#include <cstdint>
#include <optional>

namespace guildhall::federation {

inline constexpr auto kNoNodes = [](const Hash32&, std::uint32_t) {
    return std::optional<PublicKey>();
};

}  // namespace guildhall::federation
