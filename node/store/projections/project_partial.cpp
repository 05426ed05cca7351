#include "node/store/projections/project_partial.h"

#include "node/store/projections/project_messages.h"
#include "node/store/projections/said.h"
#include "node/store/tables/entries.h"

#include <optional>
#include <string>

namespace guildhall::store {
namespace {

namespace p = protocol;
using federation::EntryHeader;

/// Stored numbers: they keep their meaning. 4 is said::kPatchKind.
enum class Patch : int { deleted = 0, pin = 1, cleared = 2, removed = 3 };

/// What a patch is about; the last three are 0 or empty where they do not matter.
struct PatchKey {
    std::uint64_t channel = 0;
    p::MessageId message;
    Patch kind = Patch::deleted;
    p::EmojiId emoji_id = {};
    std::string emoji_name = {};
    p::UserId user = {};
};
struct PatchValue {
    std::uint64_t seq = 0;
    p::UnixMs ts_ms = 0;
};

Result<std::optional<PatchValue>> find_patch(Tx& tx, const PatchKey& key) {
    return tx.first(
        "SELECT seq, ts_ms FROM patches WHERE log = $1 AND message = $2 AND kind = $3"
        " AND emoji_id = $4 AND emoji_name = $5 AND user_id = $6",
        [](const Row& row) {
            return PatchValue{static_cast<std::uint64_t>(row.int64(0)), row.int64(1)};
        },
        key.channel,
        key.message,
        key.kind,
        key.emoji_id,
        key.emoji_name,
        key.user);
}

/// Keeps the later one; true when that is this.
Result<bool> put_patch(Tx& tx, const PatchKey& key, const PatchValue& value) {
    TRY_VOID(
        tx.run("INSERT INTO patches (log, message, kind, emoji_id, emoji_name, user_id, seq, ts_ms)"
               " VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
               " ON CONFLICT (log, message, kind, emoji_id, emoji_name, user_id) DO UPDATE SET"
               " seq = $7, ts_ms = $8 WHERE patches.seq < $7",
               key.channel,
               key.message,
               key.kind,
               key.emoji_id,
               key.emoji_name,
               key.user,
               value.seq,
               value.ts_ms));
    return tx.changes() > 0;
}

Result<bool> is_after(Tx& tx, const PatchKey& key, std::uint64_t seq) {
    TRY(auto patch, find_patch(tx, key));
    return patch && patch->seq > seq;
}

Result<bool> is_deleted(Tx& tx, std::uint64_t channel, p::MessageId message) {
    return is_after(tx, {.channel = channel, .message = message, .kind = Patch::deleted}, 0);
}

/// What a message says as of this entry.
Status content(Tx& tx, const EntryHeader& header, const p::Message& m) {
    const LogKey log = channel_log(m.channelId);
    TRY(const bool deleted, is_deleted(tx, header.log_id, m.id));
    if (deleted) return entries::drop_body(tx, log, header.seq);
    TRY(auto known,
        tx.first(
            "SELECT seq FROM messages WHERE channel = $1 AND id = $2",
            [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
            m.channelId,
            m.id));
    if (known && *known > header.seq) {
        TRY(const bool repeated, said::is_repeated(tx, *known, m));
        return repeated ? said::keep(tx, m.channelId, m.id, header.seq)
                        : entries::drop_body(tx, log, header.seq);
    }
    // An edit brings everything, also for a message that was never seen.
    TRY_VOID(project_message(tx, header, p::MessageEdited{m}));
    if (known) return {};
    TRY(auto pin, find_patch(tx, {.channel = header.log_id, .message = m.id, .kind = Patch::pin}));
    if (!pin) return {};
    return tx.run("UPDATE messages SET pinned_ms = $3 WHERE channel = $1 AND id = $2",
                  m.channelId,
                  m.id,
                  pin->ts_ms);
}

Status partial(Tx& tx, const EntryHeader& header, const p::MessageCreated& e) {
    return content(tx, header, e.message);
}

Status partial(Tx& tx, const EntryHeader& header, const p::MessageEdited& e) {
    return content(tx, header, e.message);
}

Status partial(Tx& tx, const EntryHeader& header, const p::MessagesDeleted& e) {
    TRY_VOID(project_message(tx, header, e));
    for (const p::MessageId id : e.ids) {
        TRY_VOID(tx.run("DELETE FROM patches WHERE log = $1 AND message = $2", header.log_id, id));
        // One above its place: nothing is at the place of a deletion, and 0 means never.
        TRY_VOID(put_patch(tx,
                           {.channel = header.log_id, .message = id, .kind = Patch::deleted},
                           {header.seq + 1, header.ts_ms}));
    }
    return {};
}

Status partial(Tx& tx, const EntryHeader& header, const p::ReactionAdded& e) {
    TRY(const bool deleted, is_deleted(tx, header.log_id, e.messageId));
    if (deleted) return {};
    const PatchKey removed{
        header.log_id, e.messageId, Patch::removed, e.emojiId, e.emojiName, e.userId};
    const PatchKey cleared{header.log_id, e.messageId, Patch::cleared, e.emojiId, e.emojiName, {}};
    const PatchKey all_cleared{header.log_id, e.messageId, Patch::cleared, {}, {}, {}};
    for (const PatchKey* key : {&removed, &cleared, &all_cleared}) {
        TRY(const bool gone, is_after(tx, *key, header.seq));
        if (gone) return {};
    }
    return tx.run(
        "INSERT INTO reactions (channel, message, emoji_id, emoji_name, user_id, seq)"
        " VALUES ($1, $2, $3, $4, $5, $6)"
        " ON CONFLICT (channel, message, emoji_id, emoji_name, user_id) DO UPDATE SET seq = $6"
        " WHERE reactions.seq < $6",
        e.channelId,
        e.messageId,
        e.emojiId,
        e.emojiName,
        e.userId,
        header.seq);
}

Status partial(Tx& tx, const EntryHeader& header, const p::ReactionRemoved& e) {
    TRY_VOID(
        tx.run("DELETE FROM reactions WHERE channel = $1 AND message = $2 AND emoji_id = $3"
               " AND emoji_name = $4 AND user_id = $5 AND seq < $6",
               e.channelId,
               e.messageId,
               e.emojiId,
               e.emojiName,
               e.userId,
               header.seq));
    TRY_VOID(
        put_patch(tx,
                  {header.log_id, e.messageId, Patch::removed, e.emojiId, e.emojiName, e.userId},
                  {header.seq, header.ts_ms}));
    return {};
}

Status partial(Tx& tx, const EntryHeader& header, const p::ReactionsCleared& e) {
    if (!e.emojiId && e.emojiName.empty()) {
        TRY_VOID(tx.run("DELETE FROM reactions WHERE channel = $1 AND message = $2 AND seq < $3",
                        e.channelId,
                        e.messageId,
                        header.seq));
    } else {
        TRY_VOID(
            tx.run("DELETE FROM reactions WHERE channel = $1 AND message = $2 AND emoji_id = $3"
                   " AND emoji_name = $4 AND seq < $5",
                   e.channelId,
                   e.messageId,
                   e.emojiId,
                   e.emojiName,
                   header.seq));
    }
    TRY_VOID(put_patch(tx,
                       {header.log_id, e.messageId, Patch::cleared, e.emojiId, e.emojiName, {}},
                       {header.seq, header.ts_ms}));
    return {};
}

Status partial(Tx& tx, const EntryHeader& header, const p::PinChanged& e) {
    TRY(const bool latest,
        put_patch(tx,
                  {.channel = header.log_id, .message = e.messageId, .kind = Patch::pin},
                  {header.seq, e.pinned ? header.ts_ms : 0}));
    return latest ? project_message(tx, header, e) : Status();
}

/// Of the other logs.
template <class Other>
Status partial(Tx&, const EntryHeader&, const Other&) {
    return {};
}

}  // namespace

Status project_partial(Tx& tx, const EntryHeader& header, const p::Event& event) {
    return std::visit([&](const auto& e) { return partial(tx, header, e); }, event);
}

Status forget_patches(Tx& tx, LogKey log) {
    return tx.run("DELETE FROM patches WHERE log = $1 AND kind <> $2", log, said::kPatchKind);
}

}  // namespace guildhall::store
