#pragma once
// Metrics: counters, gauges and histograms, written as Prometheus text for /metrics. A module's
// probe.h asks the Registry once for what it counts and keeps the references. Counting is safe from
// any thread; a counter has one cache line per shard, so that shards do not share it. The Registry
// is owned by node/app and outlives all who count.

#include <array>
#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::base {

class Counter {
  public:
    /// `cell` is the shard's index, or anything else: it only spreads the load.
    void add(std::uint64_t n = 1, unsigned cell = 0) {
        cells_[cell % kCells].value.fetch_add(n, std::memory_order_relaxed);
    }
    std::uint64_t value() const;

  private:
    static constexpr unsigned kCells = 8;
    struct alignas(64) Cell {
        std::atomic<std::uint64_t> value{0};
    };
    std::array<Cell, kCells> cells_{};
};

class Gauge {
  public:
    void set(std::int64_t v) { value_.store(v, std::memory_order_relaxed); }
    void add(std::int64_t n) { value_.fetch_add(n, std::memory_order_relaxed); }
    std::int64_t value() const { return value_.load(std::memory_order_relaxed); }

  private:
    std::atomic<std::int64_t> value_{0};
};

/// Counts of observations up to fixed bounds; the unit is the caller's and is in the name.
class Histogram {
  public:
    explicit Histogram(std::vector<double> bounds);
    void observe(double value);

    struct Snapshot {
        std::vector<double> bounds;
        std::vector<std::uint64_t> cumulative;  // One more than bounds: the last is all.
        double sum = 0;
    };
    Snapshot snapshot() const;

  private:
    std::vector<double> bounds_;
    std::vector<std::atomic<std::uint64_t>> counts_;
    std::atomic<double> sum_{0};
};

class Registry {
  public:
    /// `labels` is "" or `route="x",status="200"`. The same name and labels give the same object.
    Counter& counter(std::string_view name, std::string_view help, std::string_view labels = {});
    Gauge& gauge(std::string_view name, std::string_view help, std::string_view labels = {});
    Histogram& histogram(std::string_view name,
                         std::string_view help,
                         std::vector<double> bounds,
                         std::string_view labels = {});
    /// A gauge that is asked when /metrics is: `read` must be safe from any thread.
    void gauge_from(std::string_view name, std::string_view help, std::function<double()> read);

    /// The Prometheus text exposition format 0.0.4, sorted by name.
    std::string text() const;

  private:
    struct Family {
        std::string help;
        std::string type;
        std::map<std::string, std::unique_ptr<Counter>> counters;
        std::map<std::string, std::unique_ptr<Gauge>> gauges;
        std::map<std::string, std::unique_ptr<Histogram>> histograms;
        std::function<double()> read;
    };
    Family& family(std::string_view name, std::string_view help, std::string_view type);

    mutable std::mutex mutex_;
    std::map<std::string, Family, std::less<>> families_;
};

}  // namespace guildhall::base
