#include "tests/sim/fate.h"

#include <algorithm>

namespace guildhall::sim {

using namespace std::chrono_literals;

namespace {

/// How often is looked whether there is another host.
constexpr Nanos kLook = 2s;
/// Rounds of votes may fail, each longer than the last.
constexpr Nanos kElection = 30min;
/// An answered offer takes less; one that is not stands for ten minutes.
constexpr Nanos kTransfer = 3s;
constexpr unsigned kSlow = 20;

}  // namespace

Fate::Fate(const Plan& plan, tests::FedNodes& world, People& people, Weather& weather, Trace& trace)
    : plan_(plan),
      world_(world),
      people_(people),
      weather_(weather),
      trace_(trace),
      rng_(plan.seed * 53 + 11),
      next_(world.clock.now() + plan.working / 2) {
    if (plan.fate == HostFate::stays && plan.cut == Nanos{}) phase_ = Phase::over;
}

Nanos Fate::next() const { return phase_ == Phase::over ? Nanos::max() : next_; }

bool Fate::was_long() const {
    return plan_.fate == HostFate::is_alone || plan_.fate == HostFate::returns || plan_.cut > 1min;
}

void Fate::act() {
    if (phase_ == Phase::over || next_ > now()) return;
    if (phase_ == Phase::coming) return strike();
    if (has_passed()) return pass();
    next_ = now() + kLook;
}

void Fate::strike() {
    phase_ = Phase::here;
    trace_.add(now());
    host_ = people_.seats().host();
    latest_ = now() + plan_.takeover_delay + kElection;
    next_ = now() + kLook;
    bool waits = true;
    if (plan_.cut > Nanos{}) {
        const std::size_t a = rng_.below(world_.size());
        weather_.wall(a, (a + 1 + rng_.below(world_.size() - 1)) % world_.size());
        next_ = latest_ = now() + plan_.cut;
    } else if (plan_.fate == HostFate::hands_over) {
        people_.hand_over(people_.seats().heirs()[rng_.below(plan_.heirs)]);
        latest_ = now() + kTransfer;
        waits = false;
    } else if (plan_.fate == HostFate::is_alone) {
        for (std::size_t i = 0; i < world_.size(); ++i) {
            if (i != host_) weather_.wall(host_, i);
        }
    } else {
        people_.seats().note_loss();
        weather_.bury(host_);
        // Some come back before anybody misses them, or while it is being voted.
        if (plan_.fate == HostFate::returns && rng_.below(2) == 0) {
            const auto twice = static_cast<std::uint64_t>(plan_.takeover_delay.count()) * 2;
            latest_ = now() + Nanos(static_cast<Nanos::rep>(rng_.below(twice)));
        }
    }
    if (!waits) return;
    people_.slow_down(kSlow);
    weather_.slow_down(kSlow);
}

bool Fate::has_passed() const {
    const bool has_host = plan_.cut == Nanos{} && people_.seats().host() != host_;
    return has_host || now() >= latest_;
}

void Fate::pass() {
    phase_ = Phase::over;
    trace_.add(now());
    if (plan_.cut > Nanos{} || plan_.fate == HostFate::is_alone) weather_.drop_walls();
    if (plan_.fate == HostFate::returns) weather_.dig_out(host_);
    people_.slow_down(1);
    weather_.slow_down(1);
}

}  // namespace guildhall::sim
