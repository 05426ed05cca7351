#pragma once
// What a problem of a peer is to a client of this node, and what a refused verb is to a peer. Pure.

#include "federation/frame.h"
#include "protocol/result.h"

namespace guildhall::peering {

/// What clients are told while the host of a guild cannot be reached (docs/COMPAT.md).
protocol::Error unreachable(std::string message);

/// What people are told of a node that is kept out here, and of one that keeps this one out:
/// `code` is blocked, or held.
protocol::Error kept_out(federation::ProblemCode code);
protocol::Error kept_out_there(federation::ProblemCode code);

/// Status and code of the API for a problem frame; its text, shortened, is the message.
protocol::Error to_error(const federation::Problem& problem);

}  // namespace guildhall::peering
