#include "tests/bench/load/meter.h"

#include "tests/bench/common/support.h"

namespace guildhall::bench {

Meter::Meter(int server_pid) : pid_(server_pid) {}

void Meter::start() {
    server_cpu_ = pid_ > 0 ? cpu_seconds(pid_) : 0;
    own_cpu_ = own_cpu_seconds();
    started_ns_ = now_ns();
}

void Meter::stop() {
    seconds_ = static_cast<double>(now_ns() - started_ns_) / kNanosPerSecond;
    server_cpu_ = (pid_ > 0 ? cpu_seconds(pid_) : 0) - server_cpu_;
    own_cpu_ = own_cpu_seconds() - own_cpu_;
}

void Meter::report(Report& report, const char* rate_name, double operations) const {
    report.add("seconds", seconds_);
    report.add(rate_name, operations / seconds_);
    report.add("server_cpu_us", server_cpu_ * 1e6 / operations);
    report.add("load_cpu_us", own_cpu_ * 1e6 / operations);
    report.add("server_busy", server_cpu_ / seconds_);
    report.add("load_busy", own_cpu_ / seconds_);
}

}  // namespace guildhall::bench
