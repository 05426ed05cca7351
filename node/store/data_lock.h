#pragma once
// The exclusive lock on a data folder: a second node (or a restore) on the same folder is refused.
// The kernel releases it when the process ends, however it ends. Owner: the driver; any thread.

#include "protocol/result.h"

#include <string>
#include <utility>

namespace guildhall::store {

class DataLock {
  public:
    /// Locks `folder`/lock. An error's message is one line for the operator.
    static protocol::Result<DataLock> take(const std::string& folder);

    DataLock(DataLock&& other) noexcept : descriptor_(std::exchange(other.descriptor_, -1)) {}
    DataLock& operator=(DataLock&& other) noexcept {
        std::swap(descriptor_, other.descriptor_);
        return *this;
    }
    DataLock(const DataLock&) = delete;
    DataLock& operator=(const DataLock&) = delete;
    ~DataLock();

  private:
    explicit DataLock(int descriptor) : descriptor_(descriptor) {}

    int descriptor_;
};

}  // namespace guildhall::store
