#pragma once
// Feed: the sessions of one shard that follow one guild, and for each channel those that may see
// it. Audiences are kept, not computed per message; whoever changes what members may see says so.
// Owned by World.

#include "node/gateway/codes.h"
#include "node/gateway/slot_set.h"
#include "protocol/guild_state.h"

#include <array>
#include <unordered_map>
#include <vector>

namespace guildhall::gateway {

class Session;

class Feed {
  public:
    explicit Feed(protocol::GuildId guild) : guild_(guild) {}

    protocol::GuildId guild() const { return guild_; }
    bool is_empty() const { return sessions_.size() == free_.size(); }
    /// The session in a slot; null for a free one.
    Session* at(std::uint32_t slot) const { return sessions_[slot]; }

    std::uint32_t add(Session& session, const protocol::GuildState& state);
    void remove(std::uint32_t slot);

    const SlotSet& all() const { return all_; }
    /// Who wants events of any of the intents; everybody for 0.
    SlotSet wanting(std::uint32_t intents) const;
    /// Bots to which message content is not shown.
    const SlotSet& without_content() const { return without_content_; }

    /// Who may see the channel, by `state`, which must be the newest one.
    const SlotSet& audience(protocol::ChannelId channel, const protocol::GuildState& state);
    /// The audience of one channel, or of all, is computed anew when it is next asked for.
    void forget_audience(protocol::ChannelId channel) { audiences_.erase(channel); }
    void forget_audiences() { audiences_.clear(); }

  private:
    const protocol::GuildId guild_;
    std::vector<Session*> sessions_;
    std::vector<std::uint32_t> free_;
    SlotSet all_, without_content_;
    std::array<SlotSet, 16> by_intent_;
    std::unordered_map<protocol::ChannelId, SlotSet> audiences_;
};

/// Who of the feed may see `channel` as it is in `state`.
SlotSet compute_audience(const Feed& feed,
                         const protocol::GuildState& state,
                         const protocol::Channel& channel);

}  // namespace guildhall::gateway
