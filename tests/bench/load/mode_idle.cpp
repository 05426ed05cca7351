// Mode `idle`: what N sessions cost that identified and then do nothing.
#include "tests/bench/common/report.h"
#include "tests/bench/common/support.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/session_pool.h"

namespace guildhall::bench {

namespace {

constexpr int kFirstSessions = 100;

}  // namespace

void run_idle(const Options& options) {
    Poller poller;
    SessionPool pool(poller, options);
    const auto wait = [&] {
        const auto until = now_ns() + static_cast<std::uint64_t>(options.hold * kNanosPerSecond);
        while (now_ns() < until) poller.turn(until);
        return rss_kib(options.pid);
    };
    // What the process allocates and pages in once, for its first sessions, is no session's.
    const double alone = wait();
    pool.open(kFirstSessions);
    const double before = wait();
    pool.open(options.sessions);
    const double after = wait();
    Report report;
    report.add("mode", "idle");
    report.add("sessions", options.sessions);
    report.add("rss_alone_kib", alone);
    report.add("rss_before_kib", before);
    report.add("rss_after_kib", after);
    report.add("kib_per_session", (after - before) / options.sessions);
    report.add("kib_per_session_from_none", (after - alone) / (options.sessions + kFirstSessions));
    report.print();
}

}  // namespace guildhall::bench
