#include "node/store/tables/nonces.h"

namespace guildhall::store::nonces {

Result<std::optional<protocol::MessageId>> find(Tx& tx,
                                                protocol::UserId author,
                                                protocol::ChannelId channel,
                                                std::string_view nonce,
                                                protocol::UnixMs since_ms) {
    return tx.first(
        "SELECT message FROM nonces WHERE author = $1 AND channel = $2 AND nonce = $3"
        " AND created_ms >= $4",
        [](const Row& row) { return row.id<protocol::MessageId>(0); },
        author,
        channel,
        nonce,
        since_ms);
}

Status put(Tx& tx,
           protocol::UserId author,
           protocol::ChannelId channel,
           std::string_view nonce,
           protocol::MessageId message,
           protocol::UnixMs now_ms) {
    return tx.run(
        "INSERT INTO nonces (author, channel, nonce, message, created_ms)"
        " VALUES ($1, $2, $3, $4, $5) ON CONFLICT (author, channel, nonce) DO UPDATE SET"
        " message = $4, created_ms = $5",
        author,
        channel,
        nonce,
        message,
        now_ms);
}

Status forget_before(Tx& tx, protocol::UnixMs ms) {
    return tx.run("DELETE FROM nonces WHERE created_ms < $1", ms);
}

}  // namespace guildhall::store::nonces
