#include "node/base/metrics.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace guildhall::base {
namespace {

void append_number(std::string& out, double value) {
    if (std::isinf(value)) {
        out += value > 0 ? "+Inf" : "-Inf";
        return;
    }
    char text[32];
    out.append(text, std::to_chars(text, text + sizeof text, value).ptr);
}

/// name{labels,extra} value
void append_sample(std::string& out,
                   std::string_view name,
                   std::string_view labels,
                   std::string_view extra,
                   double value) {
    out += name;
    if (!labels.empty() || !extra.empty()) {
        out += '{';
        out += labels;
        if (!labels.empty() && !extra.empty()) out += ',';
        out += extra;
        out += '}';
    }
    out += ' ';
    append_number(out, value);
    out += '\n';
}

void append_histogram(std::string& out,
                      const std::string& name,
                      const std::string& labels,
                      const Histogram::Snapshot& snapshot) {
    for (std::size_t i = 0; i < snapshot.cumulative.size(); ++i) {
        std::string bound = "le=\"";
        append_number(bound, i < snapshot.bounds.size() ? snapshot.bounds[i] : INFINITY);
        bound += '"';
        append_sample(
            out, name + "_bucket", labels, bound, static_cast<double>(snapshot.cumulative[i]));
    }
    append_sample(out, name + "_sum", labels, {}, snapshot.sum);
    append_sample(
        out, name + "_count", labels, {}, static_cast<double>(snapshot.cumulative.back()));
}

}  // namespace

std::uint64_t Counter::value() const {
    std::uint64_t sum = 0;
    for (const Cell& cell : cells_) sum += cell.value.load(std::memory_order_relaxed);
    return sum;
}

Histogram::Histogram(std::vector<double> bounds)
    : bounds_(std::move(bounds)), counts_(bounds_.size() + 1) {}

void Histogram::observe(double value) {
    const auto at = std::lower_bound(bounds_.begin(), bounds_.end(), value) - bounds_.begin();
    counts_[static_cast<std::size_t>(at)].fetch_add(1, std::memory_order_relaxed);
    sum_.fetch_add(value, std::memory_order_relaxed);
}

Histogram::Snapshot Histogram::snapshot() const {
    Snapshot snapshot{bounds_, {}, sum_.load(std::memory_order_relaxed)};
    std::uint64_t total = 0;
    for (const auto& count : counts_) {
        total += count.load(std::memory_order_relaxed);
        snapshot.cumulative.push_back(total);
    }
    return snapshot;
}

Registry::Family& Registry::family(std::string_view name,
                                   std::string_view help,
                                   std::string_view type) {
    const auto [at, is_new] = families_.try_emplace(std::string(name));
    if (is_new) {
        at->second.help = help;
        at->second.type = type;
    }
    return at->second;
}

Counter& Registry::counter(std::string_view name, std::string_view help, std::string_view labels) {
    const std::lock_guard lock(mutex_);
    auto& slot = family(name, help, "counter").counters[std::string(labels)];
    if (!slot) slot = std::make_unique<Counter>();
    return *slot;
}

Gauge& Registry::gauge(std::string_view name, std::string_view help, std::string_view labels) {
    const std::lock_guard lock(mutex_);
    auto& slot = family(name, help, "gauge").gauges[std::string(labels)];
    if (!slot) slot = std::make_unique<Gauge>();
    return *slot;
}

Histogram& Registry::histogram(std::string_view name,
                               std::string_view help,
                               std::vector<double> bounds,
                               std::string_view labels) {
    const std::lock_guard lock(mutex_);
    auto& slot = family(name, help, "histogram").histograms[std::string(labels)];
    if (!slot) slot = std::make_unique<Histogram>(std::move(bounds));
    return *slot;
}

void Registry::gauge_from(std::string_view name,
                          std::string_view help,
                          std::function<double()> read) {
    const std::lock_guard lock(mutex_);
    family(name, help, "gauge").read = std::move(read);
}

std::string Registry::text() const {
    const std::lock_guard lock(mutex_);
    std::string out;
    for (const auto& [name, family] : families_) {
        out += "# HELP " + name + " " + family.help + "\n# TYPE " + name + " " + family.type + "\n";
        for (const auto& [labels, counter] : family.counters) {
            append_sample(out, name, labels, {}, static_cast<double>(counter->value()));
        }
        for (const auto& [labels, gauge] : family.gauges) {
            append_sample(out, name, labels, {}, static_cast<double>(gauge->value()));
        }
        for (const auto& [labels, histogram] : family.histograms) {
            append_histogram(out, name, labels, histogram->snapshot());
        }
        if (family.read) append_sample(out, name, {}, {}, family.read());
    }
    return out;
}

}  // namespace guildhall::base
