#include "node/store/projections/said.h"

#include "federation/entry.h"
#include "node/store/tables/entries.h"
#include "protocol/event_codec.h"

namespace guildhall::store::said {

using protocol::ChannelId;
using protocol::Message;
using protocol::MessageId;

Result<bool> is_repeated(Tx& tx, std::uint64_t seq, const Message& message) {
    const LogKey log = channel_log(message.channelId);
    TRY(const auto entry, entries::find(tx, log, message.channelId.value, seq));
    if (!entry || entry->body.empty()) return false;
    const auto event = federation::event_of_body(entry->body);
    Message before;
    // Bytes that are no message say nothing that could be repeated.
    if (!event || !protocol::decode_message(event->text(), before)) return false;
    before.flags = message.flags;
    return before == message;
}

Result<std::optional<std::uint64_t>> find(Tx& tx, ChannelId channel, MessageId message) {
    return tx.first(
        "SELECT seq FROM patches WHERE log = $1 AND message = $2 AND kind = $3",
        [](const Row& row) { return static_cast<std::uint64_t>(row.int64(0)); },
        channel,
        message,
        kPatchKind);
}

Status keep(Tx& tx, ChannelId channel, MessageId message, std::uint64_t seq) {
    TRY(const auto kept, find(tx, channel, message));
    if (kept && *kept <= seq) {
        return *kept == seq ? Status() : entries::drop_body(tx, channel_log(channel), seq);
    }
    TRY_VOID(drop(tx, channel, message));
    return tx.run(
        "INSERT INTO patches (log, message, kind, emoji_id, emoji_name, user_id, seq, ts_ms)"
        " VALUES ($1, $2, $3, 0, '', 0, $4, 0)",
        channel,
        message,
        kPatchKind,
        seq);
}

Status drop(Tx& tx, ChannelId channel, MessageId message) {
    TRY(const auto kept, find(tx, channel, message));
    if (!kept) return {};
    TRY_VOID(entries::drop_body(tx, channel_log(channel), *kept));
    return tx.run("DELETE FROM patches WHERE log = $1 AND message = $2 AND kind = $3",
                  channel,
                  message,
                  kPatchKind);
}

}  // namespace guildhall::store::said
