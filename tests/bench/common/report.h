// What a benchmark program says at its end: one flat JSON object on one line of stdout.
// Owner: the mode that runs. Thread: one.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::bench {

class Report {
  public:
    void add(std::string_view name, double value);
    void add(std::string_view name, std::string_view text);
    void print() const;

  private:
    void add_raw(std::string_view name, std::string_view value);

    std::string fields_;
};

// Durations, for percentiles. Kept in nanoseconds up to 4.29 s; longer ones count as that.
class Durations {
  public:
    void add(std::uint64_t ns) {
        ns_.push_back(ns < UINT32_MAX ? static_cast<std::uint32_t>(ns) : UINT32_MAX);
    }
    void clear() { ns_.clear(); }

    // Adds NAME_p50_ms, NAME_p99_ms and NAME_p999_ms.
    void report(std::string_view name, Report& report);

  private:
    double percentile_ms(double fraction);

    std::vector<std::uint32_t> ns_;
};

}  // namespace guildhall::bench
