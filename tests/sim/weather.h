#pragma once
// Weather: the trouble of one run. Each gust is one thing that goes wrong somewhere, for a while:
// the network gets slow or loses connections, hosts cannot reach each other (both ways, one way, or
// one host nobody), one link is cut for minutes, a node dies between any two of its handlers and
// starts again, a disk fails, a wall clock is wrong, nodes are of different versions and are
// updated one after the other. One thread.

#include "node/base/rng.h"
#include "tests/sim/plan.h"
#include "tests/sim/trace.h"
#include "tests/support/fed_nodes.h"

#include <functional>
#include <map>
#include <set>
#include <utility>
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
    /// Fewer gusts, while nothing but time is to pass.
    void slow_down(unsigned times) { slowness_ = times; }

    /// The node is dead until it is dug out, whatever the weather is.
    void bury(std::size_t node);
    void dig_out(std::size_t node);
    /// Nothing passes between the two, whatever the weather is, until the walls fall.
    void wall(std::size_t a, std::size_t b);
    void drop_walls();
    bool has_walls() const { return !walls_.empty(); }

  private:
    Nanos now() const { return world_.clock.now(); }
    void later(Nanos delay, std::function<void()> what);
    Nanos some(Nanos average);
    std::size_t any_node() { return rng_.below(world_.size()); }
    void gust();
    void slow_network();
    void part();
    void heal();
    void kill();
    void fail_disk();
    void mix_versions();
    void change_version();
    void restart(std::size_t node);
    void start(std::size_t node);

    const Plan& plan_;
    tests::FedNodes& world_;
    Trace& trace_;
    base::SeededRng rng_;
    std::multimap<Nanos, std::function<void()>> due_;
    std::vector<void (Weather::*)()> kinds_;
    /// Nodes that a gust brought down, and when they come back.
    std::map<std::size_t, Nanos> down_;
    std::set<std::size_t> buried_;
    std::vector<std::pair<std::size_t, std::size_t>> walls_;
    unsigned slowness_ = 1;
};

}  // namespace guildhall::sim
