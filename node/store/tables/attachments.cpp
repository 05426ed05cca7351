#include "node/store/tables/attachments.h"

namespace guildhall::store::attachments {

Status put_loose(Tx& tx,
                 protocol::ChannelId channel,
                 const std::vector<protocol::Attachment>& files,
                 protocol::UnixMs now_ms) {
    TRY_VOID(tx.run("DELETE FROM loose_files WHERE created_ms < $1", now_ms - kLooseMs));
    for (const protocol::Attachment& file : files) {
        TRY_VOID(
            tx.run("INSERT INTO loose_files (channel, id, hash, created_ms) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (channel, id) DO NOTHING",
                   channel,
                   file.id,
                   Blob(file.hash),
                   now_ms));
    }
    return {};
}

Result<std::optional<std::string>> hash_of(Tx& tx,
                                           protocol::ChannelId channel,
                                           protocol::AttachmentId id) {
    // The rows of a deleted channel go little by little; their files are gone at once.
    return tx.first(
        "SELECT hash FROM (SELECT hash FROM attachments WHERE channel = $1 AND id = $2"
        " UNION ALL SELECT hash FROM loose_files WHERE channel = $1 AND id = $2) AS files"
        " WHERE NOT EXISTS (SELECT 1 FROM purges WHERE log = $1)",
        [](const Row& row) { return std::string(row.blob(0)); },
        channel,
        id);
}

Result<bool> is_in(Tx& tx, protocol::ChannelId channel, std::string_view hash) {
    TRY(const auto found,
        tx.first(
            "SELECT 1 FROM (SELECT channel FROM attachments WHERE hash = $2"
            " UNION ALL SELECT channel FROM loose_files WHERE hash = $2) AS files"
            " WHERE channel = $1 AND NOT EXISTS (SELECT 1 FROM purges WHERE log = $1) LIMIT 1",
            [](const Row&) { return true; },
            channel,
            Blob(hash)));
    return found.has_value();
}

Result<std::vector<std::string>> hashes_in(Tx& tx, protocol::ChannelId channel) {
    std::vector<std::string> out;
    TRY_VOID(tx.each(
        "SELECT DISTINCT hash FROM attachments WHERE channel = $1",
        [&](const Row& row) { out.emplace_back(row.blob(0)); },
        channel));
    return out;
}

Result<std::vector<std::string>> hashes_of_guild(Tx& tx, protocol::GuildId guild) {
    std::vector<std::string> out;
    TRY_VOID(tx.each(
        "SELECT DISTINCT a.hash FROM attachments a JOIN logs l ON l.log = a.channel"
        " WHERE l.guild = $1",
        [&](const Row& row) { out.emplace_back(row.blob(0)); },
        guild));
    return out;
}

Result<bool> is_used(Tx& tx, std::string_view hash) {
    TRY(const auto found,
        tx.first(
            "SELECT 1 FROM attachments WHERE hash = $1"
            " UNION ALL SELECT 1 FROM loose_files WHERE hash = $1 LIMIT 1",
            [](const Row&) { return true; },
            Blob(hash)));
    return found.has_value();
}

}  // namespace guildhall::store::attachments
