#include "node/gateway/feed.h"

#include "node/gateway/session.h"
#include "node/services/permission.h"

namespace guildhall::gateway {

using protocol::ChannelId;
using protocol::GuildState;

std::uint32_t Feed::add(Session& session, const GuildState& state) {
    std::uint32_t slot = 0;
    if (free_.empty()) {
        slot = static_cast<std::uint32_t>(sessions_.size());
        sessions_.push_back(&session);
    } else {
        slot = free_.back();
        free_.pop_back();
        sessions_[slot] = &session;
    }
    const Identity& who = session.who();
    all_.set(slot);
    for (unsigned bit = 0; bit < by_intent_.size(); ++bit) {
        if (who.intents >> bit & 1) by_intent_[bit].set(slot);
    }
    if (who.bot && !who.wants(intent::kMessageContent)) without_content_.set(slot);
    if (!audiences_.empty()) {
        const services::Access access(state, who.user);
        for (auto& [id, audience] : audiences_) {
            const auto* channel = state.channels.find(id);
            if (channel && access.can_view(*channel)) audience.set(slot);
        }
    }
    return slot;
}

void Feed::remove(std::uint32_t slot) {
    sessions_[slot] = nullptr;
    free_.push_back(slot);
    all_.clear(slot);
    without_content_.clear(slot);
    for (SlotSet& set : by_intent_) set.clear(slot);
    for (auto& [id, audience] : audiences_) audience.clear(slot);
}

SlotSet Feed::wanting(std::uint32_t intents) const {
    if (intents == 0) return all_;
    SlotSet out;
    for (unsigned bit = 0; bit < by_intent_.size(); ++bit) {
        if (intents >> bit & 1) out |= by_intent_[bit];
    }
    return out;
}

const SlotSet& Feed::audience(ChannelId channel, const GuildState& state) {
    const auto at = audiences_.find(channel);
    if (at != audiences_.end()) return at->second;
    const auto* found = state.channels.find(channel);
    SlotSet audience = found ? compute_audience(*this, state, *found) : SlotSet();
    return audiences_.emplace(channel, std::move(audience)).first->second;
}

SlotSet compute_audience(const Feed& feed,
                         const GuildState& state,
                         const protocol::Channel& channel) {
    SlotSet out;
    // Sessions of one user come together often enough (a bot's shards, a load test's thousand).
    protocol::UserId user;
    bool can_view = false;
    feed.all().for_each([&](std::uint32_t slot) {
        const Session& session = *feed.at(slot);
        if (session.user() != user) {
            user = session.user();
            can_view = services::Access(state, user).can_view(channel);
        }
        if (can_view) out.set(slot);
    });
    return out;
}

}  // namespace guildhall::gateway
