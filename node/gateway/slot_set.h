#pragma once
// SlotSet: a set of small numbers as bits. A guild's sessions have slots; an audience (who may see
// a channel) and who wants a kind of event are such sets, so that choosing the receivers of a
// message is a few AND operations whatever the permissions say. A plain value.

#include <bit>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace guildhall::gateway {

class SlotSet {
  public:
    void set(std::uint32_t slot, bool on = true) {
        const std::size_t word = slot / 64;
        if (word >= words_.size()) {
            if (!on) return;
            words_.resize(word + 1);
        }
        const std::uint64_t bit = 1ull << (slot % 64);
        words_[word] = on ? words_[word] | bit : words_[word] & ~bit;
    }
    void clear(std::uint32_t slot) { set(slot, false); }
    bool test(std::uint32_t slot) const {
        return slot / 64 < words_.size() && (words_[slot / 64] >> (slot % 64) & 1) != 0;
    }
    bool empty() const {
        for (const std::uint64_t word : words_) {
            if (word != 0) return false;
        }
        return true;
    }

    SlotSet& operator&=(const SlotSet& other) {
        if (words_.size() > other.words_.size()) words_.resize(other.words_.size());
        for (std::size_t i = 0; i < words_.size(); ++i) words_[i] &= other.words_[i];
        return *this;
    }
    SlotSet& operator|=(const SlotSet& other) {
        if (words_.size() < other.words_.size()) words_.resize(other.words_.size());
        for (std::size_t i = 0; i < other.words_.size(); ++i) words_[i] |= other.words_[i];
        return *this;
    }
    SlotSet& operator-=(const SlotSet& other) {
        const std::size_t common =
            words_.size() < other.words_.size() ? words_.size() : other.words_.size();
        for (std::size_t i = 0; i < common; ++i) words_[i] &= ~other.words_[i];
        return *this;
    }

    /// Ascending.
    template <class Each>
    void for_each(Each each) const {
        for (std::size_t i = 0; i < words_.size(); ++i) {
            for (std::uint64_t word = words_[i]; word != 0; word &= word - 1) {
                each(static_cast<std::uint32_t>(i * 64 + std::countr_zero(word)));
            }
        }
    }

  private:
    std::vector<std::uint64_t> words_;
};

}  // namespace guildhall::gateway
