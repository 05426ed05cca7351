#pragma once
// Ephemeral messages: answers to interactions that only their user sees. They are in no log; they
// live here, in memory, for as long as the interaction's token, and within a bound of bytes beyond
// which the oldest go first. One per shard; on its shard.

#include "protocol/model.h"

#include <cstddef>
#include <deque>
#include <unordered_map>

namespace guildhall::services {

class Ephemerals {
  public:
    /// Of all messages together: some thousand long answers.
    static constexpr std::size_t kBytesMax = 32u << 20;
    /// Follow-ups of one interaction.
    static constexpr std::size_t kPerInteractionMax = 100;

    /// Also replaces a message of that id. False when its interaction has too many.
    bool put(protocol::Message message, protocol::UnixMs now);
    /// Null when there is none (any more).
    const protocol::Message* find(protocol::MessageId id, protocol::UnixMs now) const;
    bool erase(protocol::MessageId id);

    std::size_t bytes() const { return bytes_; }
    std::size_t size() const { return messages_.size(); }

  private:
    struct Kept {
        protocol::Message message;
        protocol::UnixMs until_ms = 0;
    };

    void drop_old(protocol::UnixMs now);

    std::unordered_map<protocol::MessageId, Kept> messages_;
    std::unordered_map<protocol::InteractionId, std::size_t> counts_;
    /// In the order of their coming; may name some that are gone.
    std::deque<protocol::MessageId> order_;
    std::size_t bytes_ = 0;
};

}  // namespace guildhall::services
