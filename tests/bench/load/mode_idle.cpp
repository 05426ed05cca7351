// Mode `idle`: what N sessions cost that identified and then do nothing.
#include "tests/bench/common/report.h"
#include "tests/bench/common/support.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/session_pool.h"

namespace guildhall::bench {

void run_idle(const Options& options) {
    Poller poller;
    SessionPool pool(poller, options);
    const auto wait = [&] {
        const auto until = now_ns() + static_cast<std::uint64_t>(options.hold * kNanosPerSecond);
        while (now_ns() < until) poller.turn(until);
        return rss_kib(options.pid);
    };
    const double before = wait();
    pool.open(options.sessions);
    const double after_first = wait();
    // As many again show what one more costs, without what was allocated once.
    pool.open(options.sessions);
    const double after_second = wait();
    Report report;
    report.add("mode", "idle");
    report.add("sessions", options.sessions);
    report.add("rss_before_kib", before);
    report.add("rss_after_kib", after_first);
    report.add("kib_per_session", (after_first - before) / options.sessions);
    report.add("kib_per_further_session", (after_second - after_first) / options.sessions);
    report.print();
}

}  // namespace guildhall::bench
