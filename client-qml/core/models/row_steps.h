#pragma once
// How one list of rows becomes another by removals, moves and insertions, so that a view keeps its
// delegates, its focus and its place. Pure; any thread.

#include <algorithm>
#include <cstddef>
#include <functional>
#include <optional>
#include <unordered_map>
#include <vector>

namespace guildhall::client {

/// To be done in their order. Inserted rows are `next[first]` to `next[last]` of the new list.
struct RowStep {
    enum class Kind { remove, move, insert };
    Kind kind = Kind::remove;
    int first = 0, last = 0;
    int to = 0;  // of a move: the row's index afterwards
};

/// More steps than these are dearer than to begin anew.
inline constexpr std::size_t kRowStepsMax = 400;
inline constexpr int kRowMovesMax = 32;

namespace rows {

/// The greatest set of indexes of `ranks` that ascend together: what need not be moved.
inline std::vector<bool> settled(const std::vector<int>& ranks) {
    std::vector<int> tails, before(ranks.size(), -1);  // Patience sorting; tails hold indexes.
    for (int i = 0; i < int(ranks.size()); ++i) {
        const auto at = std::ranges::lower_bound(
            tails, ranks[std::size_t(i)], {}, [&](int t) { return ranks[std::size_t(t)]; });
        if (at != tails.begin()) before[std::size_t(i)] = *(at - 1);
        if (at == tails.end()) {
            tails.push_back(i);
        } else {
            *at = i;
        }
    }
    std::vector<bool> stays(ranks.size(), false);
    for (int i = tails.empty() ? -1 : tails.back(); i >= 0; i = before[std::size_t(i)]) {
        stays[std::size_t(i)] = true;
    }
    return stays;
}

}  // namespace rows

/// Keys are unique in each list. Nothing where a reset is cheaper.
template <class Key, class Hash = std::hash<Key>>
std::optional<std::vector<RowStep>> row_steps(const std::vector<Key>& old,
                                              const std::vector<Key>& next) {
    using Kind = RowStep::Kind;
    std::unordered_map<Key, int, Hash> rank;
    for (int i = 0; i < int(next.size()); ++i) rank.emplace(next[std::size_t(i)], i);
    std::vector<RowStep> steps;
    std::vector<int> kept;  // ranks of what stays, in the old order
    for (const Key& key : old) {
        if (const auto at = rank.find(key); at != rank.end()) kept.push_back(at->second);
    }
    for (int i = int(old.size()) - 1; i >= 0; --i) {
        if (rank.contains(old[std::size_t(i)])) continue;
        if (!steps.empty() && steps.back().first == i + 1) {
            steps.back().first = i;
        } else {
            steps.push_back({Kind::remove, i, i, 0});
        }
    }
    const std::vector<bool> stays = rows::settled(kept);
    std::vector<int> moved;
    for (std::size_t i = 0; i < kept.size(); ++i) {
        if (!stays[i]) moved.push_back(kept[i]);
    }
    if (int(moved.size()) > kRowMovesMax) return std::nullopt;
    // In their new order each goes behind the last one that is to be before it and lies right.
    std::ranges::sort(moved);
    std::vector<int> loose = moved;
    for (const int one : moved) {
        const int from = int(std::ranges::find(kept, one) - kept.begin());
        kept.erase(kept.begin() + from);
        std::erase(loose, one);
        int to = 0;
        for (int i = 0; i < int(kept.size()); ++i) {
            const int other = kept[std::size_t(i)];
            if (other < one && !std::ranges::binary_search(loose, other)) to = i + 1;
        }
        kept.insert(kept.begin() + to, one);
        if (from != to) steps.push_back({Kind::move, from, from, to});
    }
    std::size_t at = 0;
    for (int i = 0; i < int(next.size()); ++i) {
        if (at < kept.size() && kept[at] == i) {
            ++at;
            continue;
        }
        if (!steps.empty() && steps.back().kind == Kind::insert && steps.back().last == i - 1) {
            steps.back().last = i;
        } else {
            steps.push_back({Kind::insert, i, i, 0});
        }
    }
    if (steps.size() > kRowStepsMax) return std::nullopt;
    return steps;
}

}  // namespace guildhall::client
