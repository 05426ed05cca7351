#pragma once
// Actor: on whose behalf a verb runs. Made by REST from a token, by the gateway from IDENTIFY, and
// by peering from a signed command; services trust it and decide by it. A plain value.

#include "protocol/account.h"

#include <memory>
#include <string>

namespace guildhall::federation {
struct SignedCommand;
}

namespace guildhall::services {

struct Actor {
    protocol::UserId user;
    protocol::SessionKind kind = protocol::SessionKind::user;
    /// The login it acts through; empty for a peer's command.
    std::string session_id;
    /// X-Audit-Log-Reason, decoded; empty: none.
    std::string reason;
    /// The command of another node's user that the verb follows from; null for this node's own.
    std::shared_ptr<const federation::SignedCommand> command = {};
    /// Where the signed receipt of its last entry is put; null: nobody asks.
    std::shared_ptr<std::string> receipt = {};
    /// The node's operator acts with the rights of `user`, who lives on another node and asked for
    /// nothing: entries name nobody, as they would need that user's command.
    bool unnamed = false;

    /// Whom entries name.
    protocol::UserId named() const { return unnamed ? protocol::UserId{} : user; }
    bool is_bot() const { return kind == protocol::SessionKind::bot; }
};

}  // namespace guildhall::services
