#include "tests/sim/plan.h"

#include "node/base/rng.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <string_view>

namespace guildhall::sim {

using namespace std::chrono_literals;

namespace {

/// Of the guilds that have successors, the delay that the protocol allows at least.
constexpr Nanos kTakeoverDelay = 60s;

/// One great event, or none.
void draw_fate(Plan& plan, base::SeededRng& rng) {
    const std::uint64_t dice = rng.below(24);
    if (plan.nodes < 2) return;
    if (dice == 0) plan.cut = 30s;
    if (dice == 1) plan.cut = 10min;
    if (dice < 2 || plan.nodes < 3) return;
    constexpr std::array kFates{
        HostFate::dies, HostFate::returns, HostFate::is_alone, HostFate::hands_over};
    if (dice >= 2 + 2 * kFates.size()) return;
    plan.fate = kFates[(dice - 2) / 2];
    plan.heirs = 1 + rng.below(plan.nodes - 1);
    plan.takeover_delay = kTakeoverDelay;
}

}  // namespace

Plan make_plan(std::uint64_t seed) {
    base::SeededRng rng(seed * 7919 + 17);
    const auto one_in = [&](std::uint64_t n) { return rng.below(n) == 0; };
    Plan plan;
    plan.seed = seed;
    // Now and then a node by itself, or two, which must come through the same.
    plan.nodes = one_in(8) ? 1 + rng.below(2) : 3 + rng.below(2) + (one_in(4) ? 1 : 0);
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
    plan.moderation = one_in(3);
    plan.mixed_versions = one_in(4) && plan.nodes > 1;
    draw_fate(plan, rng);
    return plan;
}

std::string describe(const Plan& plan) {
    std::string out = std::to_string(plan.nodes) + " nodes";
    const auto add = [&](bool has, std::string_view what) {
        if (has) out.append(", ").append(what);
    };
    add(plan.slow_network, "slow");
    add(plan.lossy_network, "lossy");
    add(plan.partitions, "partitions");
    add(plan.crashes, "crashes");
    add(plan.failing_disks, "disks");
    add(plan.wrong_clocks, "clocks");
    add(plan.mixed_versions, "versions");
    add(plan.moderation, "moderation");
    add(plan.files, "files");
    add(plan.cut > Nanos{}, plan.cut > 1min ? "long cut" : "cut");
    constexpr std::array kFates{"", "dies", "returns", "is alone", "hands over"};
    add(plan.fate != HostFate::stays, kFates[static_cast<std::size_t>(plan.fate)]);
    if (plan.heirs > 0) add(true, std::to_string(plan.heirs) + " heirs");
    return out;
}

void suit(Plan& plan, Plant plant) {
    plan.nodes = std::max<std::size_t>(plan.nodes, 3);
    plan.fate = HostFate::stays;
    plan.cut = Nanos{};
    plan.heirs = 0;
    if (plant == Plant::lost_at_takeover) {
        plan.fate = HostFate::dies;
        plan.heirs = 1;
        plan.takeover_delay = kTakeoverDelay;
    }
}

}  // namespace guildhall::sim
