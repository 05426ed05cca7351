#include "node/rest/history_cache.h"

#include <variant>

namespace guildhall::rest {
namespace {

// Beyond either bound all pages are forgotten: making one again costs less than keeping order.
constexpr std::size_t kPagesMax = 1024;
constexpr std::size_t kBytesMax = 4 * 1024 * 1024;

}  // namespace

const std::string* HistoryCache::find(protocol::ChannelId channel) const {
    const auto at = slots_.find(channel);
    return at == slots_.end() || at->second.json.empty() ? nullptr : &at->second.json;
}

HistoryCache::Ticket HistoryCache::begin(protocol::ChannelId channel) {
    if (slots_.size() >= kPagesMax) forget_all();
    Slot& slot = slots_[channel];
    if (slot.ticket == 0) slot.ticket = ++last_ticket_;
    return slot.ticket;
}

void HistoryCache::put(protocol::ChannelId channel, Ticket ticket, const std::string& json) {
    if (json.size() > kBytesMax) return;
    if (bytes_ + json.size() > kBytesMax) return forget_all();
    const auto at = slots_.find(channel);
    if (at == slots_.end() || at->second.ticket != ticket || !at->second.json.empty()) return;
    at->second.json = json;
    bytes_ += json.size();
}

void HistoryCache::on_committed(const journal::Committed& entry) {
    using protocol::ChannelDeleted, protocol::GuildDeleted;
    // Nobody may read a deleted channel; its text goes, as it does from the store.
    if (std::holds_alternative<ChannelDeleted>(entry.event) ||
        std::holds_alternative<GuildDeleted>(entry.event)) {
        forget_all();
    } else {
        forget(protocol::ChannelId(entry.log_id));
    }
}

void HistoryCache::on_notice(const journal::Notice& notice) {
    if (std::holds_alternative<journal::UserChanged>(notice)) forget_all();
}

void HistoryCache::on_guild(const journal::GuildChange& change) {
    using Change = journal::GuildChange::Kind;
    if (change.kind == Change::filled) {
        forget(protocol::ChannelId(change.log_id));
    } else if (change.kind == Change::dropped) {
        forget_all();
    }
}

void HistoryCache::forget(protocol::ChannelId channel) {
    const auto at = slots_.find(channel);
    if (at == slots_.end()) return;
    bytes_ -= at->second.json.size();
    slots_.erase(at);
}

void HistoryCache::forget_all() {
    slots_.clear();
    bytes_ = 0;
}

}  // namespace guildhall::rest
