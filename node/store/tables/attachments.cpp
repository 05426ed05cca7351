#include "node/store/tables/attachments.h"

namespace guildhall::store::attachments {

Result<std::optional<std::string>> hash_of(Tx& tx,
                                           protocol::ChannelId channel,
                                           protocol::AttachmentId id) {
    return tx.first(
        "SELECT hash FROM attachments WHERE channel = $1 AND id = $2",
        [](const Row& row) { return std::string(row.blob(0)); },
        channel,
        id);
}

Result<bool> is_used(Tx& tx, std::string_view hash) {
    TRY(const auto found,
        tx.first(
            "SELECT 1 FROM attachments WHERE hash = $1 LIMIT 1",
            [](const Row&) { return true; },
            Blob(hash)));
    return found.has_value();
}

}  // namespace guildhall::store::attachments
