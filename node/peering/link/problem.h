#pragma once
// What a problem of a peer is to a client of this node, and what a refused verb is to a peer. Pure.

#include "federation/frame.h"
#include "protocol/result.h"

namespace guildhall::peering {

/// What clients are told while the host of a guild cannot be reached (docs/COMPAT.md).
protocol::Error unreachable(std::string message);

/// Status and code of the API for a problem frame; its text, shortened, is the message.
protocol::Error to_error(const federation::Problem& problem);

}  // namespace guildhall::peering
