#include "client-qml/settings/model/ordering.h"

#include <algorithm>

namespace guildhall::client {

namespace {

/// Numbers for `count` things: those that are there where they rise, else counted from `least`.
std::vector<int> numbers(const std::vector<Ordered>& items, std::size_t count, int least) {
    std::vector<int> found;
    for (const Ordered& item : items) found.push_back(item.position);
    const bool rises = std::ranges::adjacent_find(found, std::greater_equal<>()) == found.end();
    if (!rises || (!found.empty() && found.front() < least)) {
        for (std::size_t i = 0; i < found.size(); ++i) found[i] = least + int(i);
    }
    while (found.size() < count) found.push_back(found.empty() ? least : found.back() + 1);
    return found;
}

void deal(std::vector<Ordered>& items, const std::vector<int>& numbers) {
    for (std::size_t i = 0; i < items.size(); ++i) items[i].position = numbers[i];
}

}  // namespace

std::vector<Ordered> reordered(std::vector<Ordered> items, int from, int to, int least) {
    const int count = int(items.size());
    if (from < 0 || from >= count) return items;
    to = std::clamp(to, 0, count - 1);
    const std::vector<int> places = numbers(items, items.size(), least);
    const auto at = items.begin();
    if (from < to) std::rotate(at + from, at + from + 1, at + to + 1);
    if (from > to) std::rotate(at + to, at + from, at + from + 1);
    deal(items, places);
    return items;
}

std::vector<Ordered> inserted(std::vector<Ordered> items, Snowflake item, int to, int least) {
    to = std::clamp(to, 0, int(items.size()));
    const std::vector<int> places = numbers(items, items.size() + 1, least);
    items.insert(items.begin() + to, {item, 0});
    deal(items, places);
    return items;
}

}  // namespace guildhall::client
