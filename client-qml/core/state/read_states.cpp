#include "client-qml/core/state/read_states.h"

namespace guildhall::client {

namespace {
constexpr int kCountedMax = 9'999;  // a badge shows 99+
}

ReadStates::ReadStates(Cache& cache) : cache_(cache) {}

void ReadStates::load() {
    entries_.clear();
    for (const CachedReadState& one : cache_.read_states()) {
        entries_[one.channel] = {one.last_read, one.last_read, one.mentions};
    }
}

void ReadStates::keep(Snowflake channel, const Entry& entry) {
    cache_.put_read_state({channel, entry.last_read, entry.mentions});
}

void ReadStates::saw_channel(Snowflake channel, Snowflake last_message) {
    const bool is_new = !entries_.contains(channel);
    Entry& entry = entries_[channel];
    entry.last_message = std::max(entry.last_message, last_message);
    if (!is_new) return;
    entry.last_read = last_message;
    keep(channel, entry);
}

void ReadStates::saw_message(Snowflake channel, Snowflake message, bool mentions_me) {
    Entry& entry = entries_[channel];
    if (message <= entry.last_message) return;
    entry.last_message = message;
    if (!mentions_me || entry.mentions >= kCountedMax) return;
    ++entry.mentions;
    keep(channel, entry);
}

bool ReadStates::mark_read(Snowflake channel, Snowflake message) {
    Entry& entry = entries_[channel];
    if (message <= entry.last_read && entry.mentions == 0) return false;
    entry.last_read = std::max(entry.last_read, message);
    entry.last_message = std::max(entry.last_message, entry.last_read);
    if (entry.last_read >= entry.last_message) entry.mentions = 0;
    keep(channel, entry);
    return true;
}

void ReadStates::mark_unread(Snowflake channel, Snowflake message) {
    Entry& entry = entries_[channel];
    entry.last_read = message == 0 ? 0 : message - 1;
    entry.last_message = std::max(entry.last_message, message);
    keep(channel, entry);
}

void ReadStates::forget(Snowflake channel) { entries_.remove(channel); }

Unread ReadStates::unread(Snowflake channel) const {
    const auto at = entries_.constFind(channel);
    if (at == entries_.constEnd()) return {};
    return {at->last_message > at->last_read, at->mentions};
}

Snowflake ReadStates::last_read(Snowflake channel) const {
    return entries_.value(channel).last_read;
}

Snowflake ReadStates::last_message(Snowflake channel) const {
    return entries_.value(channel).last_message;
}

}  // namespace guildhall::client
