#include "node/gateway/ring.h"

#include <utility>

namespace guildhall::gateway {

std::uint64_t Ring::push(RecordRef record) {
    if (size_ == capacity_) {
        if (capacity_ < limits::kRingMax) {
            grow();
        } else {
            drop_front();
        }
    }
    slots_[index(size_)] = std::move(record);
    ++size_;
    return last();
}

std::uint64_t Ring::skip() {
    drop_through(last());
    return first_++;
}

void Ring::drop_through(std::uint64_t s) {
    while (size_ > 0 && first_ <= s) drop_front();
    if (size_ == 0) {
        slots_.reset();
        capacity_ = head_ = 0;
    }
}

void Ring::drop_front() {
    slots_[head_] = RecordRef();
    head_ = (head_ + 1) & (capacity_ - 1);
    ++first_;
    --size_;
}

void Ring::grow() {
    const std::uint32_t capacity = capacity_ == 0 ? 8 : capacity_ * 2;
    auto slots = std::make_unique<RecordRef[]>(capacity);
    for (std::uint32_t i = 0; i < size_; ++i) slots[i] = std::move(slots_[index(i)]);
    slots_ = std::move(slots);
    capacity_ = capacity;
    head_ = 0;
}

}  // namespace guildhall::gateway
