#pragma once
// Plan: what one seed is about: how many nodes and people, for how long, and which kinds of trouble
// they meet. Pure.

#include "node/base/clock.h"

#include <cstdint>

namespace guildhall::sim {

using base::Nanos;

struct Plan {
    std::uint64_t seed = 0;
    std::size_t nodes = 2;
    std::size_t people_per_node = 2;
    /// How long trouble and work go on.
    Nanos working{};
    /// Between two things that one person does, on average.
    Nanos pause{};

    // Kinds of trouble; a seed has some of them.
    bool slow_network = false;
    bool lossy_network = false;
    bool partitions = false;
    bool crashes = false;
    bool failing_disks = false;
    bool wrong_clocks = false;
    /// Between two troubles, on average.
    Nanos calm{};
};

Plan make_plan(std::uint64_t seed);

}  // namespace guildhall::sim
