#pragma once
// Plan: what one seed is about: how many nodes and people, for how long, and which kinds of trouble
// they meet. Pure.

#include "node/base/clock.h"
#include "tests/sim/plant.h"

#include <cstdint>
#include <string>

namespace guildhall::sim {

using base::Nanos;

/// What becomes of the node that hosts the guild.
enum class HostFate : std::uint8_t {
    stays,
    /// Its disk is gone with it: nobody hears of it again.
    dies,
    /// It is away for longer than the takeover takes, and comes back with its old disk.
    returns,
    /// Nobody reaches it for that long, and it goes on by itself.
    is_alone,
    /// Its owner hands the guild to a successor.
    hands_over,
};

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
    /// Of links, and of what is in the logs; all are of this one in the end.
    bool mixed_versions = false;
    /// One link is cut for so long; 0: none is.
    Nanos cut{};
    /// Between two troubles, on average.
    Nanos calm{};

    /// Kicks, bans of people and of nodes, channels that are hidden.
    bool moderation = false;
    /// Some messages have files. No plan has it yet: of 300 seeds one ends with a message of the
    /// past that a node says it does not know, and read_files() does not know what goes with a lost
    /// host.
    bool files = false;
    /// The nodes after the first that may host the guild after it, and how soon.
    std::size_t heirs = 0;
    Nanos takeover_delay{};
    HostFate fate = HostFate::stays;
};

Plan make_plan(std::uint64_t seed);
/// For people.
std::string describe(const Plan& plan);
/// Makes it one in which the planted fault can happen.
void suit(Plan& plan, Plant plant);

}  // namespace guildhall::sim
