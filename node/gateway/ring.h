#pragma once
// Ring: the last dispatches of one session, by `s`, bounded; what RESUME replays. Eight bytes a
// dispatch and nothing for an empty one. Owned by its session.

#include "node/gateway/limits.h"
#include "node/gateway/record.h"

#include <cstdint>
#include <memory>

namespace guildhall::gateway {

class Ring {
  public:
    /// The next dispatch, whose `s` is returned. The oldest falls out when the ring is full.
    std::uint64_t push(RecordRef record);
    /// The next dispatch is one that cannot be given again: who missed it begins anew, so nothing
    /// before it is worth keeping either.
    std::uint64_t skip();
    /// Forgets dispatches up to and including `s`: the client has them.
    void drop_through(std::uint64_t s);
    /// Begins after `last`, as if that many had been dispatched; only when empty.
    void start_after(std::uint64_t last) { first_ = last + 1; }

    /// The `s` of the newest dispatch ever pushed; 0 before the first.
    std::uint64_t last() const { return first_ + size_ - 1; }
    /// The smallest `s` held; last() + 1 when empty.
    std::uint64_t first() const { return first_; }
    std::size_t size() const { return size_; }
    void prefetch_next() const {
        // In a full ring that is the oldest one, which falls out.
        if (capacity_ != 0) __builtin_prefetch(&slots_[index(size_)], 1);
    }
    /// `s` within [first(), last()].
    const RecordRef& at(std::uint64_t s) const { return slots_[index(s - first_)]; }

  private:
    std::size_t index(std::size_t offset) const { return (head_ + offset) & (capacity_ - 1); }
    void grow();
    void drop_front();

    std::unique_ptr<RecordRef[]> slots_;
    std::uint64_t first_ = 1;
    std::uint32_t head_ = 0, size_ = 0, capacity_ = 0;
};

}  // namespace guildhall::gateway
