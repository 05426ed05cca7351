#pragma once
// Reading the message projection: which entry of a channel's log says what a message is now, its
// reactions and pins. Written by projections alone. Synchronous, inside a Tx.

#include "node/store/db.h"
#include "protocol/model.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::store::messages {

/// One emoji under a message.
struct ReactionCount {
    protocol::EmojiId emoji_id;
    std::string emoji_name;
    std::uint32_t count = 0;
    /// The viewer is among them.
    bool me = false;
};

struct StoredMessage {
    protocol::Message message;
    /// Entry of the channel's log that holds what it says now.
    std::uint64_t seq = 0;
    /// 0: not pinned.
    protocol::UnixMs pinned_ms = 0;
    /// In the order in which each emoji was first used.
    std::vector<ReactionCount> reactions;
};

/// A page of a channel's history. Exactly one of the bounds is used; none means the newest.
struct Page {
    enum class From { newest, before, after, around };
    From from = From::newest;
    protocol::MessageId anchor;
    /// 1..100.
    unsigned limit = 50;
};

/// Newest first, whatever the bound.
Result<std::vector<StoredMessage>> page(Tx& tx,
                                        protocol::ChannelId channel,
                                        const Page& page,
                                        protocol::UserId viewer);
Result<std::optional<StoredMessage>> find(Tx& tx,
                                          protocol::ChannelId channel,
                                          protocol::MessageId id,
                                          protocol::UserId viewer);
/// Which of `ids` exist, ascending, with their authors.
struct Authored {
    protocol::MessageId id;
    protocol::UserId author;
};
Result<std::vector<Authored>> existing(Tx& tx,
                                       protocol::ChannelId channel,
                                       const std::vector<protocol::MessageId>& ids);
/// How many messages with ids below `below` came in entries from `first_seq` on; at most `limit`.
Result<unsigned> count_below(Tx& tx,
                             protocol::ChannelId channel,
                             std::int64_t below,
                             std::uint64_t first_seq,
                             unsigned limit);
/// A user's messages in a channel with ids of at least `since`, ascending, at most `limit`.
Result<std::vector<protocol::MessageId>> by_author(Tx& tx,
                                                   protocol::ChannelId channel,
                                                   protocol::UserId author,
                                                   protocol::MessageId since,
                                                   unsigned limit);
/// Pinned, most recently pinned first.
Result<std::vector<StoredMessage>> pinned(Tx& tx,
                                          protocol::ChannelId channel,
                                          protocol::UnixMs before_ms,
                                          unsigned limit,
                                          protocol::UserId viewer);
Result<std::uint32_t> pin_count(Tx& tx, protocol::ChannelId channel);
struct ReactorPage {
    protocol::UserId after;
    unsigned limit;
};
/// Who reacted, ascending by user id.
Result<std::vector<protocol::UserId>> reactors(Tx& tx,
                                               protocol::ChannelId channel,
                                               protocol::MessageId message,
                                               protocol::EmojiId emoji_id,
                                               std::string_view emoji_name,
                                               const ReactorPage& page);
/// The newest message of a channel; 0 when it has none.
Result<protocol::MessageId> newest(Tx& tx, protocol::ChannelId channel);

}  // namespace guildhall::store::messages
