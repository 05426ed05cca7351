#include "node/store/projections/project_messages.h"

#include "node/store/projections/project.h"
#include "node/store/projections/said.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/log_key.h"

#include <array>

namespace guildhall::store {
namespace {

namespace p = protocol;
using federation::EntryHeader;

Status put_attachments(Tx& tx, const p::Message& m) {
    for (const p::Attachment& a : m.attachments) {
        TRY_VOID(
            tx.run("INSERT INTO attachments (channel, message, id, hash) VALUES ($1, $2, $3, $4)"
                   " ON CONFLICT (channel, id) DO NOTHING",
                   m.channelId,
                   m.id,
                   a.id,
                   Blob(a.hash)));
    }
    return {};
}

/// The entry that says what a message is now.
Result<std::optional<std::uint64_t>> current_entry(Tx& tx, p::ChannelId channel, p::MessageId id) {
    return tx.first(
        "SELECT seq FROM messages WHERE channel = $1 AND id = $2",
        [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
        channel,
        id);
}

/// The body of the entry that says what a message is now goes: what replaces it, or nothing, is all
/// that stays readable. Its hash stays in the header, so that proofs hold.
Status drop_current_body(Tx& tx, p::ChannelId channel, p::MessageId id) {
    TRY(const auto seq, current_entry(tx, channel, id));
    if (!seq) return {};
    TRY_VOID(said::drop(tx, channel, id));
    return entries::drop_body(tx, channel_log(channel), *seq);
}

/// The same before an edit, but what an edit of flags repeats stays beside it.
Status drop_edited_body(Tx& tx, const p::Message& now) {
    TRY(const auto seq, current_entry(tx, now.channelId, now.id));
    if (!seq) return {};
    TRY(const bool repeats, said::is_repeated(tx, *seq, now));
    return repeats ? said::keep(tx, now.channelId, now.id, *seq)
                   : drop_current_body(tx, now.channelId, now.id);
}

Status delete_message(Tx& tx, p::ChannelId channel, p::MessageId id) {
    TRY_VOID(drop_current_body(tx, channel, id));
    static constexpr std::array kDeletes = {
        "DELETE FROM reactions WHERE channel = $1 AND message = $2",
        "DELETE FROM attachments WHERE channel = $1 AND message = $2",
        "DELETE FROM messages WHERE channel = $1 AND id = $2"};
    for (const char* sql : kDeletes) TRY_VOID(tx.run(sql, channel, id));
    return {};
}

}  // namespace

Status project_message(Tx& tx, const EntryHeader& header, const p::MessageCreated& e) {
    TRY_VOID(tx.run(
        "INSERT INTO messages (channel, id, author, seq, pinned_ms) VALUES ($1, $2, $3, $4, 0)",
        e.message.channelId,
        e.message.id,
        e.message.authorId,
        header.seq));
    return put_attachments(tx, e.message);
}

Status project_message(Tx& tx, const EntryHeader& header, const p::MessageEdited& e) {
    const p::Message& m = e.message;
    TRY_VOID(drop_edited_body(tx, m));
    TRY_VOID(tx.run(
        "INSERT INTO messages (channel, id, author, seq, pinned_ms) VALUES ($1, $2, $3, $4, 0)"
        " ON CONFLICT (channel, id) DO UPDATE SET author = $3, seq = $4",
        m.channelId,
        m.id,
        m.authorId,
        header.seq));
    TRY_VOID(
        tx.run("DELETE FROM attachments WHERE channel = $1 AND message = $2", m.channelId, m.id));
    return put_attachments(tx, m);
}

Status project_message(Tx& tx, const EntryHeader&, const p::MessagesDeleted& e) {
    for (const p::MessageId id : e.ids) TRY_VOID(delete_message(tx, e.channelId, id));
    return {};
}

Status project_message(Tx& tx, const EntryHeader& header, const p::ReactionAdded& e) {
    return tx.run(
        "INSERT INTO reactions (channel, message, emoji_id, emoji_name, user_id, seq)"
        " VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (channel, message, emoji_id, emoji_name, user_id) DO NOTHING",
        e.channelId,
        e.messageId,
        e.emojiId,
        e.emojiName,
        e.userId,
        header.seq);
}

Status project_message(Tx& tx, const EntryHeader&, const p::ReactionRemoved& e) {
    return tx.run(
        "DELETE FROM reactions WHERE channel = $1 AND message = $2 AND emoji_id = $3"
        " AND emoji_name = $4 AND user_id = $5",
        e.channelId,
        e.messageId,
        e.emojiId,
        e.emojiName,
        e.userId);
}

Status project_message(Tx& tx, const EntryHeader&, const p::ReactionsCleared& e) {
    if (!e.emojiId && e.emojiName.empty()) {
        return tx.run(
            "DELETE FROM reactions WHERE channel = $1 AND message = $2", e.channelId, e.messageId);
    }
    return tx.run(
        "DELETE FROM reactions WHERE channel = $1 AND message = $2 AND emoji_id = $3"
        " AND emoji_name = $4",
        e.channelId,
        e.messageId,
        e.emojiId,
        e.emojiName);
}

Status project_message(Tx& tx, const EntryHeader& header, const p::PinChanged& e) {
    return tx.run("UPDATE messages SET pinned_ms = $3 WHERE channel = $1 AND id = $2",
                  e.channelId,
                  e.messageId,
                  e.pinned ? header.ts_ms : 0);
}

Status project_dropped(Tx& tx, const EntryHeader& header) {
    // A message whose first body gave way to an edit: its pins may come before that edit. The
    // author comes with the edit; a deleted message's place goes with its deletion.
    static const p::EventKind kCreated = p::kind_of(p::MessageCreated{});
    if (header.kind != kCreated) return {};
    return tx.run(
        "INSERT INTO messages (channel, id, author, seq, pinned_ms) VALUES ($1, $2, 0, $3, 0)",
        header.log_id,
        header.object_id,
        header.seq);
}

Result<bool> purge_step(Tx& tx, unsigned limit) {
    TRY(auto log,
        tx.first("SELECT log FROM purges LIMIT 1", [](const Row& row) { return row.int64(0); }));
    if (!log) return true;
    static constexpr std::array kSteps = {
        "DELETE FROM reactions WHERE channel = $1 AND message IN"
        " (SELECT message FROM reactions WHERE channel = $1 LIMIT $2)",
        "DELETE FROM attachments WHERE channel = $1 AND message IN"
        " (SELECT message FROM attachments WHERE channel = $1 LIMIT $2)",
        "DELETE FROM loose_files WHERE channel = $1 AND id IN"
        " (SELECT id FROM loose_files WHERE channel = $1 LIMIT $2)",
        "DELETE FROM messages WHERE channel = $1 AND id IN"
        " (SELECT id FROM messages WHERE channel = $1 LIMIT $2)",
        "DELETE FROM patches WHERE log = $1 AND message IN"
        " (SELECT message FROM patches WHERE log = $1 LIMIT $2)"};
    for (const char* sql : kSteps) {
        TRY_VOID(tx.run(sql, *log, limit));
        if (tx.changes() > 0) return false;
    }
    TRY(const bool dropped, entries::drop_some_bodies(tx, *log, limit));
    if (!dropped) return false;
    TRY_VOID(tx.run("DELETE FROM purges WHERE log = $1", *log));
    return false;
}

}  // namespace guildhall::store
