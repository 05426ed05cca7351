#include "tests/bench/common/report.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace guildhall::bench {

void Report::add(std::string_view name, double value) {
    char text[40];
    const int size = std::snprintf(text, sizeof text, "%.6g", std::isfinite(value) ? value : 0.0);
    add_raw(name, {text, static_cast<std::size_t>(size)});
}

void Report::add(std::string_view name, std::string_view text) {
    std::string quoted = "\"";
    for (const char c : text) quoted += c == '"' || c == '\\' || c < ' ' ? '\'' : c;
    add_raw(name, quoted + '"');
}

void Report::add_raw(std::string_view name, std::string_view value) {
    fields_ += fields_.empty() ? "{\"" : ",\"";
    fields_.append(name).append("\":").append(value);
}

void Report::print() const {
    std::printf("%s}\n", fields_.c_str());
    std::fflush(stdout);
}

void Durations::report(std::string_view name, Report& report) {
    const std::string prefix(name);
    report.add(prefix + "_p50_ms", percentile_ms(0.5));
    report.add(prefix + "_p99_ms", percentile_ms(0.99));
    report.add(prefix + "_p999_ms", percentile_ms(0.999));
}

double Durations::percentile_ms(double fraction) {
    if (ns_.empty()) return 0;
    const auto rank = static_cast<std::size_t>(fraction * static_cast<double>(ns_.size()));
    const auto index = std::min(ns_.size() - 1, rank);
    std::nth_element(ns_.begin(), ns_.begin() + static_cast<std::ptrdiff_t>(index), ns_.end());
    return ns_[index] / 1e6;
}

}  // namespace guildhall::bench
