#pragma once
// Plants: faults that the harness itself makes in what it sees, or in what a node has stored, to
// show that its checks find them. None is in the node.

#include <array>
#include <cstdint>
#include <string_view>

namespace guildhall::sim {

enum class Plant : std::uint8_t {
    none,
    lost_dispatch,
    repeated_dispatch,
    swapped_dispatch,
    leaked_dispatch,
    lost_message,
    undone_delete,
    stale_text,
    altered_entry,
    altered_table,
    leaked_log,
    lagging_mirror,
    second_host,
    lost_at_takeover,
};

struct PlantRow {
    Plant plant;
    std::string_view name;
    /// Words of what must be found.
    std::string_view finding;
};

inline constexpr std::array kPlants{
    PlantRow{Plant::lost_dispatch, "lost_dispatch", "dispatch "},
    PlantRow{Plant::repeated_dispatch, "repeated_dispatch", " twice"},
    PlantRow{Plant::swapped_dispatch, "swapped_dispatch", "out of its order"},
    PlantRow{Plant::leaked_dispatch, "leaked_dispatch", "may not see"},
    PlantRow{Plant::lost_message, "lost_message", "was acknowledged and is lost"},
    PlantRow{Plant::undone_delete, "undone_delete", "was deleted and is there"},
    PlantRow{Plant::stale_text, "stale_text", "which is over"},
    PlantRow{Plant::altered_entry, "altered_entry", "differs at"},
    PlantRow{Plant::altered_table, "altered_table", ".example: "},
    PlantRow{Plant::leaked_log, "leaked_log", "nobody there may see"},
    PlantRow{Plant::lagging_mirror, "lagging_mirror", "30 s after the trouble"},
    PlantRow{Plant::second_host, "second_host", "has two hosts"},
    PlantRow{Plant::lost_at_takeover, "lost_at_takeover", "every successor had"},
};

}  // namespace guildhall::sim
