#include "tests/sim/simulation.h"

#include "tests/sim/checks.h"
#include "tests/sim/weather.h"

#include <algorithm>
#include <exception>
#include <memory>

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;

/// After the trouble: for everybody to have everything.
constexpr Nanos kConvergeWithin = 30s;

/// Trouble and work, until the plan's time is over; what is wrong, or nothing.
std::string live(const Plan& plan, tests::FedNodes& world, People& people, Weather& weather) {
    const Nanos end = world.clock.now() + plan.working;
    while (world.clock.now() < end) {
        const Nanos next = std::min({people.next(), weather.next(), end});
        world.advance(std::max(next - world.clock.now(), Nanos{0}));
        weather.revive();
        if (auto wrong = people.listen(); !wrong.empty()) return wrong;
        weather.blow();
        people.act();
    }
    return {};
}

std::string converge(tests::FedNodes& world, People& people) {
    std::string missing;
    std::string wrong;
    const bool done = world.run_until(
        [&] {
            wrong = people.listen();
            missing = still_missing(people, world);
            return missing.empty() || !wrong.empty();
        },
        kConvergeWithin);
    if (!wrong.empty()) return wrong;
    return done ? std::string() : "30 s after the trouble: " + missing;
}

std::string run(const Plan& plan, tests::FedNodes& world, People& people, Trace& trace) {
    Weather weather(plan, world, trace);
    people.settle();
    if (auto wrong = live(plan, world, people, weather); !wrong.empty()) return wrong;
    weather.clear();
    if (auto wrong = converge(world, people); !wrong.empty()) return wrong;
    if (auto wrong = people.insist(); !wrong.empty()) return wrong;
    if (auto wrong = people.probe(); !wrong.empty()) return wrong;
    if (auto wrong = converge(world, people); !wrong.empty()) return wrong;
    if (auto wrong = check_logs(people, world); !wrong.empty()) return wrong;
    if (auto wrong = check_ledger(people); !wrong.empty()) return wrong;
    if (auto wrong = check_secrets(people, world); !wrong.empty()) return wrong;
    return check_stores(world);
}

}  // namespace

Verdict simulate(std::uint64_t seed) {
    Verdict verdict;
    const Plan plan = make_plan(seed);
    tests::FedNodes world(plan.nodes, seed);
    Trace trace;
    std::unique_ptr<People> people;
    try {
        people = std::make_unique<People>(plan, world, trace);
        verdict.wrong = run(plan, world, *people, trace);
        verdict.messages = people->ledger().all().size();
    } catch (const std::exception& e) {
        verdict.wrong = e.what();
    }
    trace.add(world.clock.now());
    for (std::size_t i = 0; i < world.size(); ++i) {
        trace.add(world[i].handlers);
        verdict.handlers += world[i].handlers;
    }
    verdict.trace = trace.hash();
    if (!verdict.wrong.empty()) verdict.logs = world.logs();
    return verdict;
}

}  // namespace guildhall::sim
