#include "tests/sim/simulation.h"

#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/secrets.h"
#include "node/store/wait.h"
#include "tests/sim/checks.h"
#include "tests/sim/fate.h"

#include <algorithm>
#include <exception>
#include <memory>

namespace guildhall::sim {
namespace {

using namespace std::chrono_literals;

/// After the trouble: for everybody to have everything.
constexpr Nanos kConvergeWithin = 30s;
/// Nodes that could not reach each other for minutes dial each other every five, at most.
constexpr Nanos kConvergeAfterLong = 330s;
/// Work after a great event, in the guild as it then is.
constexpr Nanos kAfter = 5s;
/// An offer to another host is repeated every 30 s, and found its target or was withdrawn by then.
constexpr Nanos kOfferWithin = 120s;

struct Run {
    const Plan& plan;
    tests::FedNodes& world;
    People& people;
    Weather& weather;
    Fate& fate;
};

/// Trouble and work, until the plan's time is over; what is wrong, or nothing.
std::string live(Run& run) {
    base::ManualClock& clock = run.world.clock;
    Nanos end = clock.now() + run.plan.working;
    while (clock.now() < end) {
        const Nanos next = std::min({run.people.next(), run.weather.next(), run.fate.next(), end});
        run.world.advance(std::max(next - clock.now(), Nanos{0}));
        run.weather.revive();
        if (auto wrong = run.people.listen(); !wrong.empty()) return wrong;
        const bool was_over = run.fate.is_over();
        run.fate.act();
        run.weather.blow();
        run.people.act();
        if (!run.fate.is_over()) end = std::max(end, clock.now() + kAfter);
        if (!was_over && run.fate.is_over()) end = std::max(end, clock.now() + kAfter);
    }
    return {};
}

/// Whether the host has offered the guild to another, and writes nothing until that is decided.
bool has_offer(Run& run) {
    std::string offer;
    const std::string name = store::secrets::offer_name(run.people.guild());
    (void)store::read_and_wait(*run.people.host().db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto found, store::secrets::get(tx, name));
        offer = found.value_or("");
        return {};
    });
    return !offer.empty();
}

std::string settle_transfer(Run& run) {
    std::string wrong;
    const bool done = run.world.run_until(
        [&] {
            wrong = run.people.listen();
            return !wrong.empty() || !has_offer(run);
        },
        kOfferWithin);
    if (!wrong.empty()) return wrong;
    return done ? std::string() : "the guild was offered to another host and is with none";
}

std::string converge(Run& run) {
    std::string missing;
    std::string wrong;
    const bool done = run.world.run_until(
        [&] {
            wrong = run.people.listen();
            missing = still_missing(run.people, run.world);
            return missing.empty() || !wrong.empty();
        },
        run.fate.was_long() ? kConvergeAfterLong : kConvergeWithin);
    if (!wrong.empty()) return wrong;
    return done ? std::string() : "30 s after the trouble: " + missing;
}

/// Of the guild's host, where it is gone for good or was away for long.
std::string check_succession(const Run& run) {
    const bool is_gone = run.plan.fate == HostFate::dies;
    if (is_gone && !run.people.seats().has_changed()) return "the guild has no host any more";
    return {};
}

std::string check_all(Run& run, Plant plant) {
    People& people = run.people;
    tests::FedNodes& world = run.world;
    if (auto wrong = check_logs(people, world); !wrong.empty()) return wrong;
    if (auto wrong = check_ledger(people, plant); !wrong.empty()) return wrong;
    if (auto wrong = check_secrets(people, world); !wrong.empty()) return wrong;
    return check_stores(world);
}

std::string run_all(Run& run, Plant plant) {
    run.people.settle();
    if (plant == Plant::lagging_mirror)
        run.weather.wall(run.people.seats().host(), run.world.size() - 1);
    if (auto wrong = live(run); !wrong.empty()) return wrong;
    run.weather.clear();
    if (plant == Plant::lagging_mirror)
        run.weather.wall(run.people.seats().host(), run.world.size() - 1);
    if (auto wrong = check_succession(run); !wrong.empty()) return wrong;
    if (auto wrong = settle_transfer(run); !wrong.empty()) return wrong;
    run.people.join_again();
    if (auto wrong = converge(run); !wrong.empty()) return wrong;
    if (auto wrong = run.people.insist(); !wrong.empty()) return wrong;
    if (auto wrong = run.people.probe(); !wrong.empty()) return wrong;
    if (auto wrong = converge(run); !wrong.empty()) return wrong;
    if (auto wrong = run.people.read_files(); !wrong.empty()) return wrong;
    spoil_stores(run.people, run.world, plant);
    return check_all(run, plant);
}

}  // namespace

Verdict simulate(std::uint64_t seed, Plant plant) {
    Verdict verdict;
    Plan plan = make_plan(seed);
    if (plant != Plant::none) suit(plan, plant);
    verdict.plan = describe(plan);
    tests::FedNodes world(plan.nodes, seed);
    Trace trace;
    std::unique_ptr<People> people;
    try {
        people = std::make_unique<People>(plan, world, trace, plant);
        Weather weather(plan, world, trace);
        Fate fate(plan, world, *people, weather, trace);
        Run run{plan, world, *people, weather, fate};
        verdict.wrong = run_all(run, plant);
        verdict.messages = people->ledger().all().size();
        verdict.changes = people->seats().epoch();
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
