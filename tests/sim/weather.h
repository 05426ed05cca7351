#pragma once
// Weather: the trouble of one run. Each gust is one thing that goes wrong somewhere, for a while:
// the network gets slow or loses connections, hosts cannot reach each other (both ways, one way, or
// one host nobody), a node dies between any two of its handlers and starts again, a disk fails, a
// wall clock is wrong. One thread.

#include "node/base/rng.h"
#include "tests/sim/plan.h"
#include "tests/sim/trace.h"
#include "tests/support/fed_nodes.h"

#include <functional>
#include <map>
#include <vector>

namespace guildhall::sim {

class Weather {
  public:
    Weather(const Plan& plan, tests::FedNodes& world, Trace& trace);

    /// When the next gust comes, or an earlier one passes.
    Nanos next() const;
    /// What is due now.
    void blow();
    /// Everything is well from now on: networks are whole, all nodes run.
    void clear();
    /// Starts the nodes that died by themselves.
    void revive();

  private:
    Nanos now() const { return world_.clock.now(); }
    void later(Nanos delay, std::function<void()> what);
    Nanos some(Nanos average);
    std::size_t any_node() { return rng_.below(world_.size()); }
    void gust();
    void slow_down();
    void part();
    void kill();
    void fail_disk();
    void start(std::size_t node);

    const Plan& plan_;
    tests::FedNodes& world_;
    Trace& trace_;
    base::SeededRng rng_;
    std::multimap<Nanos, std::function<void()>> due_;
    std::vector<void (Weather::*)()> kinds_;
    /// Nodes that a gust brought down, and when they come back.
    std::map<std::size_t, Nanos> down_;
};

}  // namespace guildhall::sim
