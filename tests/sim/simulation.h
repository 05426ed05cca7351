#pragma once
// Simulation: one seed from its first moment to its verdict: nodes are made, people settle, trouble
// and work go on for some seconds (and for as long as a change of host takes), the trouble ends,
// and within 30 virtual seconds all nodes must be in the same state, with everything that was
// acknowledged and nothing else. One thread.

#include "tests/sim/plant.h"

#include <cstdint>
#include <string>

namespace guildhall::sim {

struct Verdict {
    /// Empty: all is well.
    std::string wrong;
    std::uint64_t trace = 0;
    /// What the seed was about.
    std::string plan;
    /// What the nodes wrote last, of a seed that failed.
    std::string logs;
    /// For people: how much happened.
    std::uint64_t handlers = 0;
    std::uint64_t messages = 0;
    /// The guild's epoch in the end.
    std::uint64_t changes = 0;
};

Verdict simulate(std::uint64_t seed, Plant plant = Plant::none);

}  // namespace guildhall::sim
