#include "node/store/tables/messages.h"

#include "federation/entry.h"
#include "node/store/tables/log_key.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <algorithm>

namespace guildhall::store::messages {
namespace {

using protocol::ChannelId;
using protocol::EmojiId;
using protocol::Message;
using protocol::MessageId;
using protocol::UserId;

/// Reads the message inside a stored body; an error when the bytes are not what their hash
/// promised.
Status read_body(std::string_view stored_body, Message& out) {
    const auto event = federation::event_of_body(stored_body);
    if (!event) return protocol::make_http_error(500);
    return protocol::decode_message(event->text(), out);
}

/// Runs a query whose columns are id, seq, pinned_ms: the messages, still without what they say.
template <class... Args>
Result<std::vector<StoredMessage>> places(Tx& tx, std::string_view sql, const Args&... args) {
    std::vector<StoredMessage> out;
    TRY_VOID(tx.each(
        sql,
        [&](const Row& row) {
            StoredMessage& m = out.emplace_back();
            m.message.id = row.id<MessageId>(0);
            m.seq = static_cast<std::uint64_t>(row.int64(1));
            m.pinned_ms = row.int64(2);
        },
        args...));
    return out;
}

/// Fills in bodies from one range of the channel's log: messages that follow each other lie side by
/// side there, so that one scan costs less than a search for each.
Status fill_by_range(Tx& tx, ChannelId channel, std::vector<StoredMessage*>& by_seq) {
    auto next = by_seq.begin();
    Status bad;
    TRY_VOID(tx.each(
        "SELECT seq, body FROM entries WHERE log = $1 AND seq BETWEEN $2 AND $3 ORDER BY seq",
        [&](const Row& row) {
            const auto seq = static_cast<std::uint64_t>(row.int64(0));
            if (next == by_seq.end() || (*next)->seq != seq) return true;
            bad = read_body(row.blob(1), (*next)->message);
            ++next;
            return bad.has_value();
        },
        channel,
        by_seq.front()->seq,
        by_seq.back()->seq));
    if (bad && next != by_seq.end()) return protocol::make_http_error(500);
    return bad;
}

Status fill_one(Tx& tx, ChannelId channel, StoredMessage& m) {
    Status filled = protocol::make_http_error(500);
    TRY_VOID(tx.each(
        "SELECT body FROM entries WHERE log = $1 AND seq = $2",
        [&](const Row& row) { filled = read_body(row.blob(0), m.message); },
        channel,
        m.seq));
    return filled;
}

Result<std::vector<StoredMessage>> with_bodies(Tx& tx,
                                               ChannelId channel,
                                               std::vector<StoredMessage> messages) {
    if (messages.empty()) return messages;
    std::vector<StoredMessage*> by_seq;
    by_seq.reserve(messages.size());
    for (StoredMessage& m : messages) by_seq.push_back(&m);
    std::sort(by_seq.begin(), by_seq.end(), [](auto* a, auto* b) { return a->seq < b->seq; });
    // Reactions, edits and deletions lie between messages; where they outnumber them, searching is
    // cheaper than scanning.
    const std::uint64_t span = by_seq.back()->seq - by_seq.front()->seq;
    if (span <= 4 * by_seq.size()) {
        TRY_VOID(fill_by_range(tx, channel, by_seq));
    } else {
        for (StoredMessage* m : by_seq) TRY_VOID(fill_one(tx, channel, *m));
    }
    return messages;
}

/// Runs a query whose columns are id, seq, pinned_ms and whose first parameter is the channel.
template <class... Args>
Result<std::vector<StoredMessage>> collect(Tx& tx,
                                           std::string_view sql,
                                           ChannelId channel,
                                           const Args&... args) {
    TRY(auto found, places(tx, sql, channel, args...));
    return with_bodies(tx, channel, std::move(found));
}

/// Adds the reactions of the messages, which are in descending order of id.
Status add_reactions(Tx& tx,
                     ChannelId channel,
                     std::vector<StoredMessage>& messages,
                     UserId viewer) {
    if (messages.empty()) return {};
    const auto position = [&](MessageId id) {
        return std::lower_bound(
            messages.begin(), messages.end(), id, [](const StoredMessage& m, MessageId wanted) {
                return m.message.id > wanted;
            });
    };
    return tx.each(
        "SELECT message, emoji_id, emoji_name, COUNT(*), MAX(user_id = $4), MIN(seq) FROM reactions"
        " WHERE channel = $1 AND message BETWEEN $2 AND $3"
        " GROUP BY message, emoji_id, emoji_name ORDER BY message, MIN(seq)",
        [&](const Row& row) {
            const auto at = position(row.id<MessageId>(0));
            if (at == messages.end() || at->message.id != row.id<MessageId>(0)) return;
            at->reactions.push_back({row.id<EmojiId>(1),
                                     std::string(row.text(2)),
                                     static_cast<std::uint32_t>(row.int64(3)),
                                     row.boolean(4)});
        },
        channel,
        messages.back().message.id,
        messages.front().message.id,
        viewer);
}

Result<std::vector<StoredMessage>> before(Tx& tx,
                                          ChannelId channel,
                                          std::uint64_t bound,
                                          unsigned limit) {
    return collect(
        tx,
        "SELECT id, seq, pinned_ms FROM messages WHERE channel = $1 AND author <> 0 AND id < $2"
        " ORDER BY id DESC LIMIT $3",
        channel,
        bound,
        limit);
}

/// The `limit` messages next above the bound, newest first.
Result<std::vector<StoredMessage>> after(Tx& tx,
                                         ChannelId channel,
                                         std::uint64_t bound,
                                         unsigned limit) {
    TRY(auto found,
        collect(
            tx,
            "SELECT id, seq, pinned_ms FROM messages WHERE channel = $1 AND author <> 0 AND id > $2"
            " ORDER BY id LIMIT $3",
            channel,
            bound,
            limit));
    std::reverse(found.begin(), found.end());
    return found;
}

Result<std::vector<StoredMessage>> around(Tx& tx,
                                          ChannelId channel,
                                          MessageId anchor,
                                          unsigned limit) {
    const unsigned newer = limit / 2;
    TRY(auto out, after(tx, channel, anchor.value, newer));
    // The anchor itself counts as one of the older half.
    TRY(auto older, before(tx, channel, anchor.value + 1, limit - newer));
    std::move(older.begin(), older.end(), std::back_inserter(out));
    return out;
}

constexpr std::uint64_t kAnyId = ~std::uint64_t{0} >> 1;

}  // namespace

Result<std::vector<StoredMessage>> page(Tx& tx, ChannelId channel, const Page& p, UserId viewer) {
    const auto read = [&] {
        switch (p.from) {
            case Page::From::newest:
                return before(tx, channel, kAnyId, p.limit);
            case Page::From::before:
                return before(tx, channel, p.anchor.value, p.limit);
            case Page::From::after:
                return after(tx, channel, p.anchor.value, p.limit);
            case Page::From::around:
                return around(tx, channel, p.anchor, p.limit);
        }
        __builtin_unreachable();
    };
    TRY(auto out, read());
    TRY_VOID(add_reactions(tx, channel, out, viewer));
    return out;
}

Result<std::optional<StoredMessage>> find(Tx& tx, ChannelId channel, MessageId id, UserId viewer) {
    TRY(auto found,
        collect(tx,
                "SELECT id, seq, pinned_ms FROM messages WHERE channel = $1 AND author <> 0 AND id "
                "= $2",
                channel,
                id));
    if (found.empty()) return std::optional<StoredMessage>();
    TRY_VOID(add_reactions(tx, channel, found, viewer));
    return std::optional(std::move(found.front()));
}

Result<std::vector<Authored>> existing(Tx& tx,
                                       ChannelId channel,
                                       const std::vector<MessageId>& ids) {
    std::vector<Authored> out;
    for (const MessageId id : ids) {
        TRY_VOID(tx.each(
            "SELECT author FROM messages WHERE channel = $1 AND author <> 0 AND id = $2",
            [&](const Row& row) { out.push_back({id, row.id<UserId>(0)}); },
            channel,
            id));
    }
    std::sort(
        out.begin(), out.end(), [](const Authored& a, const Authored& b) { return a.id < b.id; });
    return out;
}

Result<unsigned> count_below(
    Tx& tx, ChannelId channel, std::int64_t below, std::uint64_t first_seq, unsigned limit) {
    unsigned found = 0;
    TRY_VOID(tx.each(
        "SELECT id FROM messages WHERE channel = $1 AND id < $2 AND seq >= $3"
        " ORDER BY id DESC LIMIT $4",
        [&](const Row&) { ++found; },
        channel,
        below,
        first_seq,
        limit));
    return found;
}

Result<std::vector<MessageId>> by_author(
    Tx& tx, ChannelId channel, UserId author, MessageId since, unsigned limit) {
    std::vector<MessageId> out;
    TRY_VOID(tx.each(
        "SELECT id FROM messages WHERE channel = $1 AND id >= $2 AND author = $3 ORDER BY id"
        " LIMIT $4",
        [&](const Row& row) { out.push_back(row.id<MessageId>(0)); },
        channel,
        since,
        author,
        limit));
    return out;
}

Result<std::vector<StoredMessage>> pinned(
    Tx& tx, ChannelId channel, protocol::UnixMs before_ms, unsigned limit, UserId viewer) {
    TRY(auto out,
        collect(tx,
                "SELECT id, seq, pinned_ms FROM messages WHERE channel = $1 AND author <> 0 AND "
                "pinned_ms > 0"
                " AND pinned_ms < $2 ORDER BY pinned_ms DESC LIMIT $3",
                channel,
                before_ms,
                limit));
    for (StoredMessage& m : out) {
        std::vector<StoredMessage> one;
        one.push_back(std::move(m));
        TRY_VOID(add_reactions(tx, channel, one, viewer));
        m = std::move(one.front());
    }
    return out;
}

Result<std::uint32_t> pin_count(Tx& tx, ChannelId channel) {
    TRY(auto count,
        tx.first(
            "SELECT COUNT(*) FROM messages WHERE channel = $1 AND author <> 0 AND pinned_ms > 0",
            [](const Row& row) { return static_cast<std::uint32_t>(row.int64(0)); },
            channel));
    return count.value_or(0);
}

Result<std::vector<UserId>> reactors(Tx& tx,
                                     ChannelId channel,
                                     MessageId message,
                                     EmojiId emoji_id,
                                     std::string_view emoji_name,
                                     const ReactorPage& page) {
    std::vector<UserId> out;
    TRY_VOID(tx.each(
        "SELECT user_id FROM reactions WHERE channel = $1 AND message = $2 AND emoji_id = $3"
        " AND emoji_name = $4 AND user_id > $5 ORDER BY user_id LIMIT $6",
        [&](const Row& row) { out.push_back(row.id<UserId>(0)); },
        channel,
        message,
        emoji_id,
        emoji_name,
        page.after,
        page.limit));
    return out;
}

Result<MessageId> newest(Tx& tx, ChannelId channel) {
    TRY(auto id,
        tx.first(
            "SELECT MAX(id) FROM messages WHERE channel = $1 AND author <> 0",
            [](const Row& row) { return row.id<MessageId>(0); },
            channel));
    return id.value_or(MessageId{});
}

}  // namespace guildhall::store::messages
