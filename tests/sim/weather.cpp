#include "tests/sim/weather.h"

#include "node/store/db.h"
#include "protocol/event.h"

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::sim {

using namespace std::chrono_literals;

namespace {

/// A network on a good day.
base::MemoryFaults fair() {
    base::MemoryFaults faults;
    faults.delay_min = 1ms;
    faults.delay_max = 12ms;
    return faults;
}

/// Of versions that this one can link with.
peering::Dialect any_dialect(base::SeededRng& rng) {
    peering::Dialect out;
    out.proto_max = static_cast<std::uint16_t>(1 + rng.below(3));
    for (std::uint16_t feature = 1; feature < 4; ++feature) {
        if (rng.below(2) == 0) out.features.push_back(feature);
    }
    return out;
}

/// What a version might add: about objects of its own, by which no other event is judged.
protocol::EventKind any_new_kind(base::SeededRng& rng) {
    const std::array kinds{protocol::kind_of(protocol::ReactionAdded{}),
                           protocol::kind_of(protocol::ReactionRemoved{}),
                           protocol::kind_of(protocol::RoleCreated{})};
    return kinds[rng.below(kinds.size())];
}

}  // namespace

Weather::Weather(const Plan& plan, tests::FedNodes& world, Trace& trace)
    : plan_(plan), world_(world), trace_(trace), rng_(plan.seed * 31 + 5) {
    world_.net.set_faults(fair());
    if (plan.slow_network || plan.lossy_network) kinds_.push_back(&Weather::slow_network);
    if (plan.partitions) kinds_.push_back(&Weather::part);
    if (plan.crashes) kinds_.push_back(&Weather::kill);
    if (plan.failing_disks) kinds_.push_back(&Weather::fail_disk);
    if (plan.mixed_versions) {
        kinds_.push_back(&Weather::change_version);
        mix_versions();
    }
    if (plan.wrong_clocks) {
        for (std::size_t i = 0; i < world.size(); ++i) {
            world[i].clock.skew_ms = static_cast<std::int64_t>(rng_.below(4001)) - 2000;
        }
    }
    if (!kinds_.empty()) later(some(plan.calm), [this] { gust(); });
}

Nanos Weather::next() const { return due_.empty() ? Nanos::max() : due_.begin()->first; }

void Weather::later(Nanos delay, std::function<void()> what) {
    due_.emplace(now() + delay, std::move(what));
}

Nanos Weather::some(Nanos average) {
    return Nanos(
        static_cast<Nanos::rep>(1 + rng_.below(2 * static_cast<std::uint64_t>(average.count()))));
}

void Weather::blow() {
    while (!due_.empty() && due_.begin()->first <= now()) {
        auto what = std::move(due_.begin()->second);
        due_.erase(due_.begin());
        what();
    }
}

void Weather::gust() {
    const auto kind = kinds_[rng_.below(kinds_.size())];
    trace_.add(now());
    (this->*kind)();
    later(some(plan_.calm * slowness_), [this] { gust(); });
}

void Weather::slow_network() {
    base::MemoryFaults faults = fair();
    if (plan_.slow_network) {
        faults.delay_max = std::chrono::milliseconds(1 + rng_.below(400));
        faults.piece_bytes_max = rng_.below(4) == 0 ? 64 : 64 * 1024;
    }
    if (plan_.lossy_network) {
        faults.dial_loss_permille = static_cast<unsigned>(rng_.below(400));
        faults.cut_permille = static_cast<unsigned>(rng_.below(30));
    }
    world_.net.set_faults(faults);
    later(some(3s), [this] { world_.net.set_faults(fair()); });
}

void Weather::part() {
    const std::size_t a = any_node();
    const std::size_t b = (a + 1 + rng_.below(world_.size() - 1)) % world_.size();
    const auto kind = rng_.below(4);
    if (kind == 0) {
        world_.net.partition(world_[a].ip(), world_[b].ip());
    } else if (kind == 1) {
        world_.net.block(world_[a].ip(), world_[b].ip());
    } else if (kind == 2) {
        for (std::size_t i = 0; i < world_.size(); ++i) {
            if (i != a) world_.net.partition(world_[a].ip(), world_[i].ip());
        }
    } else {
        world_.net.cut(world_[a].ip(), world_[b].ip());
    }
    later(some(5s), [this] { heal(); });
}

void Weather::heal() {
    world_.net.heal();
    for (const auto& [a, b] : walls_) world_.net.partition(world_[a].ip(), world_[b].ip());
}

void Weather::wall(std::size_t a, std::size_t b) {
    walls_.emplace_back(a, b);
    world_.net.partition(world_[a].ip(), world_[b].ip());
}

void Weather::drop_walls() {
    walls_.clear();
    world_.net.heal();
}

void Weather::bury(std::size_t node) {
    buried_.insert(node);
    down_.erase(node);
    world_[node].crash_after(0);
    world_[node].crash();
}

void Weather::dig_out(std::size_t node) {
    buried_.erase(node);
    start(node);
}

void Weather::kill() {
    const std::size_t node = any_node();
    if (!world_[node].is_up()) return;
    if (rng_.below(2) == 0) {
        world_[node].crash();
    } else {
        // In the middle of whatever it does next.
        world_[node].crash_after(1 + rng_.below(400));
    }
    const Nanos back = some(2s);
    down_[node] = now() + back;
    later(back, [this, node] { start(node); });
}

void Weather::start(std::size_t node) {
    if (buried_.contains(node)) return;
    world_[node].crash_after(0);
    if (!world_[node].is_up()) world_[node].start();
    down_.erase(node);
}

void Weather::revive() {
    for (std::size_t i = 0; i < world_.size(); ++i) {
        if (!world_[i].is_up() && !down_.contains(i)) start(i);
    }
}

void Weather::fail_disk() {
    tests::FedNode& node = world_[any_node()];
    if (node.is_up()) {
        node.db->fail_next_batch(rng_.below(2) == 0 ? store::disk_full()
                                                    : store::unavailable("as the plan wants it"));
    }
}

/// The first node hosts, and hosts are never older than what is posted to them; nor are those who
/// may host after it.
void Weather::mix_versions() {
    for (std::size_t i = 0; i < world_.size(); ++i) {
        world_[i].dialect = any_dialect(rng_);
        if (i > plan_.heirs && rng_.below(2) == 0) world_[i].unknown_kind = any_new_kind(rng_);
        restart(i);
    }
}

void Weather::restart(std::size_t node) {
    world_[node].crash_after(0);
    world_[node].crash();
    world_[node].start();
}

/// A node is updated; some try a version first that has none in common with the others.
void Weather::change_version() {
    const std::size_t node = any_node();
    tests::FedNode& changed = world_[node];
    if (!changed.is_up()) return;
    changed.dialect = any_dialect(rng_);
    changed.unknown_kind.reset();
    const bool is_alien = changed.dialect.proto_max > 1 && rng_.below(3) == 0;
    if (is_alien) changed.dialect.proto_min = changed.dialect.proto_max;
    restart(node);
    if (!is_alien) return;
    later(some(3s), [this, node] {
        world_[node].dialect.proto_min = 1;
        if (world_[node].is_up()) restart(node);
    });
}

void Weather::clear() {
    due_.clear();
    drop_walls();
    world_.net.set_faults(fair());
    for (std::size_t i = 0; i < world_.size(); ++i) {
        world_[i].clock.skew_ms = 0;
        const bool is_strange = world_[i].dialect.proto_min > 1 || world_[i].unknown_kind;
        world_[i].dialect.proto_min = 1;
        world_[i].unknown_kind.reset();
        if (is_strange && world_[i].is_up()) restart(i);
        start(i);
    }
}

}  // namespace guildhall::sim
