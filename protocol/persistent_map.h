#pragma once
// PersistentMap: an ordered map whose copies share what they have in common. Copying costs one
// pointer per chunk; a change copies the chunk it touches. That is what lets every shard hold the
// committed state of every guild, and the host hold its decided state beside it, without copies.
// A value type. Copies may be read on other threads: chunks are immutable and shared through
// shared_ptr because their last reader may be on any thread.

#include <algorithm>
#include <cstddef>
#include <memory>
#include <utility>
#include <vector>

namespace guildhall::protocol {

template <class Key, class Value>
class PersistentMap {
  public:
    using Entry = std::pair<Key, Value>;

    std::size_t size() const { return size_; }
    bool empty() const { return size_ == 0; }

    /// The value under `key`, or null; valid while this map (or a copy that shares it) lives.
    const Value* find(const Key& key) const {
        const std::size_t c = chunk_of(key);
        if (c == chunks_.size()) return nullptr;
        const Chunk& chunk = *chunks_[c];
        const auto at = lower(chunk, key);
        return at != chunk.end() && at->first == key ? &at->second : nullptr;
    }

    void insert_or_assign(Key key, Value value) {
        if (chunks_.empty()) {
            chunks_.push_back(
                std::make_shared<const Chunk>(1, Entry(std::move(key), std::move(value))));
            size_ = 1;
            return;
        }
        const std::size_t c = std::min(chunk_of(key), chunks_.size() - 1);
        Chunk next = *chunks_[c];
        const auto at = next.begin() + (lower(next, key) - next.begin());
        if (at != next.end() && at->first == key) {
            at->second = std::move(value);
        } else {
            next.emplace(at, std::move(key), std::move(value));
            ++size_;
        }
        store(c, std::move(next));
    }

    bool erase(const Key& key) {
        const std::size_t c = chunk_of(key);
        if (c == chunks_.size()) return false;
        Chunk next = *chunks_[c];
        const auto at = next.begin() + (lower(next, key) - next.begin());
        if (at == next.end() || at->first != key) return false;
        next.erase(at);
        --size_;
        if (next.empty())
            chunks_.erase(chunks_.begin() + static_cast<std::ptrdiff_t>(c));
        else
            chunks_[c] = std::make_shared<const Chunk>(std::move(next));
        return true;
    }

    /// Ascending; `each(key, value)` may return false to stop, or nothing.
    template <class Each>
    void for_each(Each each) const {
        for (const auto& chunk : chunks_) {
            for (const Entry& e : *chunk) {
                if (!call(each, e)) return;
            }
        }
    }

    /// As for_each, from the first key greater than `key`.
    template <class Each>
    void for_each_after(const Key& key, Each each) const {
        for (std::size_t c = chunk_of(key); c < chunks_.size(); ++c) {
            for (const Entry& e : *chunks_[c]) {
                if (key < e.first && !call(each, e)) return;
            }
        }
    }

    friend bool operator==(const PersistentMap& a, const PersistentMap& b) {
        if (a.size_ != b.size_) return false;
        std::vector<const Entry*> left;
        left.reserve(a.size_);
        for (const auto& chunk : a.chunks_) {
            for (const Entry& e : *chunk) left.push_back(&e);
        }
        std::size_t i = 0;
        for (const auto& chunk : b.chunks_) {
            for (const Entry& e : *chunk) {
                if (!(*left[i++] == e)) return false;
            }
        }
        return true;
    }

  private:
    using Chunk = std::vector<Entry>;
    // Small enough that a change copies little, large enough that the spine stays short: with 32 to
    // 64 entries a chunk, 10,000 members are about 200 pointers.
    static constexpr std::size_t kChunkMax = 64;

    static auto lower(const Chunk& chunk, const Key& key) {
        return std::lower_bound(chunk.begin(), chunk.end(), key, [](const Entry& e, const Key& k) {
            return e.first < k;
        });
    }

    /// The first chunk whose last key is not less than `key`; chunks_.size() when there is none.
    std::size_t chunk_of(const Key& key) const {
        const auto at = std::lower_bound(
            chunks_.begin(), chunks_.end(), key, [](const auto& chunk, const Key& k) {
                return chunk->back().first < k;
            });
        return static_cast<std::size_t>(at - chunks_.begin());
    }

    void store(std::size_t c, Chunk next) {
        if (next.size() > kChunkMax) {
            const auto middle = next.begin() + kChunkMax / 2;
            chunks_.insert(chunks_.begin() + static_cast<std::ptrdiff_t>(c) + 1,
                           std::make_shared<const Chunk>(std::make_move_iterator(middle),
                                                         std::make_move_iterator(next.end())));
            next.erase(middle, next.end());
        }
        chunks_[c] = std::make_shared<const Chunk>(std::move(next));
    }

    template <class Each>
    static bool call(Each& each, const Entry& e) {
        if constexpr (std::is_void_v<decltype(each(e.first, e.second))>) {
            each(e.first, e.second);
            return true;
        } else {
            return each(e.first, e.second);
        }
    }

    std::vector<std::shared_ptr<const Chunk>> chunks_;
    std::size_t size_ = 0;
};

}  // namespace guildhall::protocol
