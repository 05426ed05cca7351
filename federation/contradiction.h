#pragma once
// What two signed heads of one log say together. Used by MirrorLog and by who receives another
// node's evidence. Pure; any thread.

#include "federation/mirror_log.h"

#include <optional>

namespace guildhall::federation {

/// The contradiction that two verified heads of one log and epoch are by themselves, if they are.
std::optional<Contradiction> contradiction_between(const SignedHead& a, const SignedHead& b);

}  // namespace guildhall::federation
