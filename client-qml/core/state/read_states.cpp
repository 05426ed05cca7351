#include "client-qml/core/state/read_states.h"

#include "client-qml/core/store/ranges.h"

namespace guildhall::client {

namespace {
constexpr int kCountedMax = 9'999;  // a badge shows 99+
}

ReadStates::ReadStates(Cache& cache) : cache_(cache) {}

void ReadStates::load() {
    entries_.clear();
    sums_.clear();
    for (const CachedReadState& one : cache_.read_states()) {
        const Snowflake last = std::max(one.last_read, one.last_message);
        put(one.channel, {one.guild, one.last_read, last, one.mentions}, false);
    }
}

void ReadStates::count(const Entry& entry, int step) {
    if (entry.hidden) return;
    const Unread unread = entry.unread();
    if (!unread.any && unread.mentions == 0) return;
    Sum& sum = sums_[entry.guild];
    sum.channels += unread.any ? step : 0;
    sum.mentions += step * unread.mentions;
}

void ReadStates::put(Snowflake channel, const Entry& entry, bool write) {
    Entry& here = entries_[channel];
    count(here, -1);
    here = entry;
    count(here, 1);
    if (!write) return;
    const CachedReadState kept{
        channel, entry.last_read, entry.mentions, entry.guild, entry.last_message};
    if (gathers_) {
        gathered_.push_back(kept);
    } else {
        cache_.put_read_state(kept);
    }
}

void ReadStates::write_gathered() {
    gathers_ = false;
    if (!gathered_.empty()) cache_.put_read_states(std::exchange(gathered_, {}));
}

void ReadStates::saw_channel(Snowflake channel, Snowflake guild, Snowflake last, bool is_news) {
    if (last > kIdMax) last = 0;  // The cache refuses it, and nothing would ever be newer.
    const auto at = entries_.constFind(channel);
    if (at == entries_.constEnd()) {
        return put(channel, {guild, is_news ? 0 : last, last}, true);
    }
    Entry entry = *at;
    const bool moved = entry.guild != guild;
    entry.guild = guild;
    entry.last_message = std::max(entry.last_message, last);
    put(channel, entry, moved || entry.unread() != at->unread());
}

void ReadStates::saw_message(Snowflake channel,
                             Snowflake guild,
                             Snowflake message,
                             bool mentions_me) {
    Entry entry = entries_.value(channel);
    if (message <= entry.last_message || message > kIdMax) return;
    const Unread before = entry.unread();
    entry.guild = guild;
    entry.last_message = message;
    if (mentions_me && entry.mentions < kCountedMax) ++entry.mentions;
    put(channel, entry, entry.unread() != before);
}

bool ReadStates::mark_read(Snowflake channel, Snowflake message) {
    const auto at = entries_.constFind(channel);
    if (at == entries_.constEnd() || message > kIdMax) return false;
    Entry entry = *at;
    if (message <= entry.last_read && entry.mentions == 0) return false;
    entry.last_read = std::max(entry.last_read, message);
    entry.last_message = std::max(entry.last_message, entry.last_read);
    if (entry.last_read >= entry.last_message) entry.mentions = 0;
    put(channel, entry, true);
    return true;
}

void ReadStates::mark_unread(Snowflake channel, Snowflake message) {
    const auto at = entries_.constFind(channel);
    if (at == entries_.constEnd() || message > kIdMax) return;
    Entry entry = *at;
    entry.last_read = message == 0 ? 0 : message - 1;
    entry.last_message = std::max(entry.last_message, message);
    put(channel, entry, true);
}

void ReadStates::forget(Snowflake channel) {
    const auto at = entries_.constFind(channel);
    if (at == entries_.constEnd()) return;
    count(*at, -1);
    entries_.erase(at);
    cache_.remove_read_state(channel);
}

void ReadStates::set_hidden(Snowflake channel, bool hidden) {
    const auto at = entries_.find(channel);
    if (at == entries_.end() || at->hidden == hidden) return;
    count(*at, -1);
    at->hidden = hidden;
    count(*at, 1);
}

Unread ReadStates::unread(Snowflake channel) const {
    const auto at = entries_.constFind(channel);
    return at == entries_.constEnd() ? Unread() : at->unread();
}

Unread ReadStates::of_guild(Snowflake guild) const {
    const Sum sum = sums_.value(guild);
    return {sum.channels > 0, sum.mentions};
}

Snowflake ReadStates::guild_of(Snowflake channel) const { return entries_.value(channel).guild; }

Snowflake ReadStates::last_read(Snowflake channel) const {
    return entries_.value(channel).last_read;
}

Snowflake ReadStates::last_message(Snowflake channel) const {
    return entries_.value(channel).last_message;
}

QHash<Snowflake, std::vector<Snowflake>> ReadStates::by_guild() const {
    QHash<Snowflake, std::vector<Snowflake>> found;
    for (auto at = entries_.constBegin(); at != entries_.constEnd(); ++at) {
        found[at->guild].push_back(at.key());
    }
    return found;
}

}  // namespace guildhall::client
