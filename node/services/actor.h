#pragma once
// Actor: on whose behalf a verb runs. Made by REST from a token, by the gateway from IDENTIFY, and
// later by peering from a signed command; services trust it and decide by it. A plain value.

#include "protocol/account.h"

#include <string>

namespace guildhall::services {

struct Actor {
    protocol::UserId user;
    protocol::SessionKind kind = protocol::SessionKind::user;
    /// The login it acts through; empty for a peer's command.
    std::string session_id;
    /// X-Audit-Log-Reason, decoded; empty: none.
    std::string reason;

    bool is_bot() const { return kind == protocol::SessionKind::bot; }
};

}  // namespace guildhall::services
