#pragma once
// Nonces under which messages were posted with enforce_nonce: a repeated post within ten minutes is
// the same message, also across a restart. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <optional>
#include <string_view>

namespace guildhall::store::nonces {

Result<std::optional<protocol::MessageId>> find(Tx& tx,
                                                protocol::UserId author,
                                                protocol::ChannelId channel,
                                                std::string_view nonce,
                                                protocol::UnixMs since_ms);
Status put(Tx& tx,
           protocol::UserId author,
           protocol::ChannelId channel,
           std::string_view nonce,
           protocol::MessageId message,
           protocol::UnixMs now_ms);
Status forget_before(Tx& tx, protocol::UnixMs ms);

}  // namespace guildhall::store::nonces
