// The measured part of a run: wall time, CPU time of the server and of the generator itself.
// Owner: the mode that runs. Thread: one.
#pragma once
#include "tests/bench/common/report.h"

#include <cstdint>

namespace guildhall::bench {

class Meter {
  public:
    explicit Meter(int server_pid);

    void start();
    void stop();
    double seconds() const { return seconds_; }

    // Adds seconds, UNIT_per_s, server and generator CPU time per operation, and how busy both
    // were.
    void report(Report& report, const char* rate_name, double operations) const;

  private:
    int pid_;
    std::uint64_t started_ns_ = 0;
    double server_cpu_ = 0;
    double own_cpu_ = 0;
    double seconds_ = 0;
};

}  // namespace guildhall::bench
