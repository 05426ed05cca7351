#pragma once
// Fate: the one great thing that happens in some runs: the host of the guild is gone for good, or
// for longer than its guild waits, or cut off, or hands the guild over; or one link is cut for
// long. Work goes on more slowly until it has passed, and for some seconds after it. One thread.

#include "tests/sim/people.h"
#include "tests/sim/weather.h"

namespace guildhall::sim {

class Fate {
  public:
    Fate(const Plan& plan, tests::FedNodes& world, People& people, Weather& weather, Trace& trace);

    /// When something of it comes next.
    Nanos next() const;
    /// What is due now.
    void act();
    /// Nothing of it is to come any more.
    bool is_over() const { return phase_ == Phase::over; }
    /// Long enough without a link that nodes dial each other seldom.
    bool was_long() const;

  private:
    enum class Phase { coming, here, over };

    Nanos now() const { return world_.clock.now(); }
    void strike();
    bool has_passed() const;
    void pass();

    const Plan& plan_;
    tests::FedNodes& world_;
    People& people_;
    Weather& weather_;
    Trace& trace_;
    base::SeededRng rng_;
    Phase phase_ = Phase::coming;
    Nanos next_{};
    /// When it passes whether or not there is another host.
    Nanos latest_{};
    std::size_t host_ = 0;
};

}  // namespace guildhall::sim
