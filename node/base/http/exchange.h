#pragma once
// One request on its way: parser, request and answer. Taken from the shard's pool when the first
// bytes of a head are whole, given back when the answer is written; while a handler works on it, it
// belongs to that handler's task, so that the client may go away meanwhile.

#include "node/base/clock.h"
#include "node/base/http/parser.h"
#include "node/base/http/request.h"
#include "node/base/http/response.h"

#include <atomic>
#include <memory>

namespace guildhall::base::http {

class Connection;

/// A share of the memory that large bodies may take, given back on destruction.
class BodyShare {
  public:
    BodyShare() = default;
    ~BodyShare() { release(); }
    BodyShare(const BodyShare&) = delete;
    BodyShare& operator=(const BodyShare&) = delete;

    /// False when `bytes` more would pass `bytes_max`.
    bool take(std::atomic<std::size_t>& total, std::size_t bytes, std::size_t bytes_max) {
        release();
        if (total.fetch_add(bytes, std::memory_order_relaxed) + bytes > bytes_max) {
            total.fetch_sub(bytes, std::memory_order_relaxed);
            return false;
        }
        total_ = &total;
        bytes_ = bytes;
        return true;
    }
    void release() {
        if (total_) total_->fetch_sub(bytes_, std::memory_order_relaxed);
        total_ = nullptr;
    }

  private:
    std::atomic<std::size_t>* total_ = nullptr;
    std::size_t bytes_ = 0;
};

struct Exchange {
    Parser parser;
    Request request;
    Response response;
    /// Null when the connection is gone.
    Connection* connection = nullptr;
    std::size_t body_max = 0;
    BodyShare share;
    bool keep_alive = true;
    Nanos started{0};
};

}  // namespace guildhall::base::http
