#include "tests/sim/plan.h"

#include "node/base/rng.h"

#include <algorithm>
#include <array>
#include <chrono>

namespace guildhall::sim {

using namespace std::chrono_literals;

Plan make_plan(std::uint64_t seed) {
    base::SeededRng rng(seed * 7919 + 17);
    const auto one_in = [&](std::uint64_t n) { return rng.below(n) == 0; };
    Plan plan;
    plan.seed = seed;
    // Now and then a node by itself, which must come through the same.
    plan.nodes = one_in(12) ? 1 : 2 + rng.below(2) + (one_in(4) ? 1 : 0);
    plan.people_per_node = 1 + rng.below(2);
    plan.working = std::chrono::seconds(8 + rng.below(12));
    plan.pause = std::chrono::milliseconds(300 + rng.below(900));
    plan.slow_network = !one_in(4);
    plan.lossy_network = one_in(2);
    plan.partitions = one_in(2) && plan.nodes > 1;
    plan.crashes = one_in(2);
    plan.failing_disks = one_in(4);
    plan.wrong_clocks = one_in(8);
    plan.calm = std::chrono::milliseconds(500 + rng.below(3000));
    return plan;
}

void lose_host(Plan& plan) {
    plan.nodes = std::max<std::size_t>(plan.nodes, 3);
    base::SeededRng rng(plan.seed * 271 + 9);
    plan.cut = Nanos{};
    plan.moderation = rng.below(2) == 0;
    plan.heirs = 1 + rng.below(plan.nodes - 1);
    plan.takeover_delay = 60s;
    plan.fate = std::array{HostFate::dies, HostFate::returns, HostFate::is_alone}[rng.below(3)];
}

void suit(Plan& plan, Plant plant) {
    plan.nodes = std::max<std::size_t>(plan.nodes, 3);
    plan.fate = HostFate::stays;
    plan.cut = Nanos{};
    plan.heirs = 0;
    if (plant == Plant::lost_at_takeover) {
        plan.fate = HostFate::dies;
        plan.heirs = 1;
        plan.takeover_delay = 60s;
    }
}

}  // namespace guildhall::sim
