// Opens N gateway sessions, a few at a time, and adds up what they receive.
// Owner: the mode that runs. Thread: one.
#pragma once
#include "tests/bench/load/gateway_session.h"
#include "tests/bench/load/options.h"

#include <cstdint>
#include <functional>
#include <memory>
#include <vector>

namespace guildhall::bench {

class SessionPool final : public SessionEvents {
  public:
    SessionPool(Poller& poller, const Options& options);

    // Returns when `count` sessions are settled; dies after a minute.
    void open(int count);

    GatewaySession& front() { return *sessions_.front(); }
    std::uint64_t delivered() const { return delivered_; }
    std::uint64_t reads() const { return reads_; }
    std::uint64_t bytes() const { return bytes_; }

    // Called for each delivery that could be read.
    std::function<void(const Marker&)> on_marker;

    void on_settled() override { settled_++; }
    void on_delivery(const Marker* marker) override;
    void on_read(std::size_t bytes) override;

  private:
    Poller& poller_;
    SessionPlan plan_;
    std::vector<std::string> tokens_;
    std::size_t opening_;  // at most so many are not settled yet
    std::vector<std::unique_ptr<GatewaySession>> sessions_;
    std::size_t settled_ = 0;
    std::uint64_t delivered_ = 0;
    std::uint64_t reads_ = 0;
    std::uint64_t bytes_ = 0;
};

}  // namespace guildhall::bench
