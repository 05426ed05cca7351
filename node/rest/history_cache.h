#pragma once
// HistoryCache: the newest page of channels that were opened lately, as the JSON that answered. An
// event of the channel forgets its page, a change of a user all pages; a page that was being read
// meanwhile is not kept. One per shard, subscribed to the Bus after the View; owned by node/app and
// used on its shard only.

#include "node/journal/bus.h"

#include <cstdint>
#include <string>
#include <unordered_map>

namespace guildhall::rest {

class HistoryCache final : public journal::Subscriber {
  public:
    /// Says which state of a channel a page was read from.
    using Ticket = std::uint64_t;

    /// Null when the page is not known. Valid until the caller's next suspension.
    const std::string* find(protocol::ChannelId channel) const;
    /// Before the rows are read.
    Ticket begin(protocol::ChannelId channel);
    /// Keeps the page unless something happened since begin().
    void put(protocol::ChannelId channel, Ticket ticket, const std::string& json);

    void on_committed(const journal::Committed& entry) override;
    void on_notice(const journal::Notice& notice) override;
    void on_guild(const journal::GuildChange& change) override;

  private:
    struct Slot {
        Ticket ticket = 0;
        std::string json;  // Empty while it is being read.
    };

    void forget(protocol::ChannelId channel);
    void forget_all();

    std::unordered_map<protocol::ChannelId, Slot> slots_;
    Ticket last_ticket_ = 0;
    std::size_t bytes_ = 0;
};

}  // namespace guildhall::rest
