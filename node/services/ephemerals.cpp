#include "node/services/ephemerals.h"

#include "protocol/limits.h"

namespace guildhall::services {
namespace {

std::size_t bytes_of(const protocol::Message& m) {
    return sizeof m + m.content.size() + m.embeds.size() + m.components.size();
}

}  // namespace

bool Ephemerals::put(protocol::Message message, protocol::UnixMs now) {
    drop_old(now);
    const protocol::MessageId id = message.id;
    const auto old = messages_.find(id);
    if (old != messages_.end()) {
        bytes_ += bytes_of(message);
        bytes_ -= bytes_of(old->second.message);
        old->second.message = std::move(message);
        return true;
    }
    std::size_t& count = counts_[message.interactionId];
    if (count >= kPerInteractionMax) return false;
    ++count;
    bytes_ += bytes_of(message);
    const protocol::UnixMs until =
        message.interactionId.created_ms() + protocol::limits::kInteractionTokenMs;
    messages_.emplace(id, Kept{std::move(message), until});
    order_.push_back(id);
    return true;
}

const protocol::Message* Ephemerals::find(protocol::MessageId id, protocol::UnixMs now) const {
    const auto at = messages_.find(id);
    return at == messages_.end() || at->second.until_ms <= now ? nullptr : &at->second.message;
}

bool Ephemerals::erase(protocol::MessageId id) {
    const auto at = messages_.find(id);
    if (at == messages_.end()) return false;
    bytes_ -= bytes_of(at->second.message);
    const auto count = counts_.find(at->second.message.interactionId);
    if (count != counts_.end() && --count->second == 0) counts_.erase(count);
    messages_.erase(at);
    return true;
}

void Ephemerals::drop_old(protocol::UnixMs now) {
    while (!order_.empty()) {
        const auto at = messages_.find(order_.front());
        const bool live = at != messages_.end() && at->second.until_ms > now;
        if (live && bytes_ <= kBytesMax) return;
        erase(order_.front());
        order_.pop_front();
    }
}

}  // namespace guildhall::services
