#include "client-qml/composer/unfinished.h"

#include <algorithm>

namespace guildhall::client {

void UnfinishedShelf::put(const QString& account, Snowflake channel, Unfinished one) {
    take(account, channel);
    if (one.is_nothing()) return;
    entries_.push_back({account, channel, std::move(one)});
    if (entries_.size() > kMax) entries_.pop_front();
}

Unfinished UnfinishedShelf::take(const QString& account, Snowflake channel) {
    const auto found = std::ranges::find_if(entries_, [&](const Entry& entry) {
        return entry.channel == channel && entry.account == account;
    });
    if (found == entries_.end()) return {};
    Unfinished one = std::move(found->one);
    entries_.erase(found);
    return one;
}

}  // namespace guildhall::client
