#pragma once
// HotRecords: keeps the bodies of recent dispatches, so that RESUME need not read the log, up to a
// number of bytes; what falls out goes cold. Owned by World, one per shard.

#include "node/gateway/limits.h"
#include "node/gateway/record.h"

#include <deque>

namespace guildhall::gateway {

class HotRecords {
  public:
    explicit HotRecords(std::size_t bytes_max = limits::kHotBytesMax) : bytes_max_(bytes_max) {}

    void add(const RecordRef& record) {
        // A segment is about as large as its body at most; it is made later or never.
        const std::size_t bytes = record->bytes();
        records_.push_back({record, bytes});
        bytes_ += bytes;
        while (bytes_ > bytes_max_ && records_.size() > 1) {
            records_.front().record->cool();
            drop_front();
        }
    }
    /// Forgets what no session can ask for any more.
    void sweep() {
        while (!records_.empty() && records_.front().record.is_last()) drop_front();
        if (records_.empty()) records_.shrink_to_fit();
    }

  private:
    struct Held {
        RecordRef record;
        std::size_t bytes;
    };

    void drop_front() {
        bytes_ -= records_.front().bytes;
        records_.pop_front();
    }

    const std::size_t bytes_max_;
    std::size_t bytes_ = 0;
    std::deque<Held> records_;
};

}  // namespace guildhall::gateway
