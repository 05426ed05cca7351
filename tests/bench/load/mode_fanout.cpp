// Mode `fanout`: N sessions, one publisher.
//
// With a window W a message is published as soon as fewer than W are in flight, counted by
// deliveries: all N sessions of it must have been served. With a rate R messages are due at fixed
// times, and latency counts from when a message was due, so that a server which falls behind is
// charged for its queue.
#include "tests/bench/common/report.h"
#include "tests/bench/common/support.h"
#include "tests/bench/load/meter.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/publisher.h"
#include "tests/bench/load/session_pool.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace guildhall::bench {

namespace {

// At a rate, so many POSTs may be under way; the server groups their commits.
constexpr int kPacedConnections = 64;

class Fanout {
  public:
    explicit Fanout(const Options& options)
        : options_(options), pool_(poller_, options), meter_(options.pid) {}

    void run() {
        pool_.on_marker = [this](const Marker& marker) { on_marker(marker); };
        pool_.open(options_.sessions);
        make_publisher();
        const auto start = now_ns();
        next_due_ns_ = start;
        turn_until(start + in_ns(options_.warm));
        begin_measuring();
        turn_until(now_ns() + in_ns(options_.seconds));
        end_measuring();
        drain();
        report();
    }

  private:
    static std::uint64_t in_ns(double seconds) {
        return static_cast<std::uint64_t>(seconds * kNanosPerSecond);
    }

    void make_publisher() {
        if (options_.dialect == "floor") {
            publisher_ = std::make_unique<SocketPublisher>(pool_.front(), options_);
            return;
        }
        const int connections = options_.rate > 0 ? kPacedConnections : options_.window;
        publisher_ = std::make_unique<RestPublisher>(poller_, options_, connections);
    }

    void turn_until(std::uint64_t deadline) {
        for (auto now = now_ns(); now < deadline; now = now_ns()) {
            publish_due(now);
            poller_.turn(kNoWait);
        }
    }

    void publish_due(std::uint64_t now) {
        const auto sessions = static_cast<std::uint64_t>(options_.sessions);
        const auto window = static_cast<std::uint64_t>(options_.window);
        while (publisher_->has_room()) {
            if (options_.rate > 0) {
                if (next_due_ns_ > now) break;
                publish(next_due_ns_);
                next_due_ns_ += in_ns(1 / options_.rate);
            } else {
                if (pool_.delivered() + window * sessions <= published_ * sessions) break;
                publish(now);
            }
        }
        publisher_->flush();
    }

    void publish(std::uint64_t due_ns) {
        first_delivery_.push_back(false);
        publisher_->publish({published_++, due_ns});
    }

    void on_marker(const Marker& marker) {
        if (!is_measuring_ || marker.number >= first_delivery_.size()) return;
        const auto latency = now_ns() - marker.due_ns;
        delivery_.add(latency);
        if (first_delivery_[marker.number]) return;
        first_delivery_[marker.number] = true;
        first_.add(latency);
    }

    void begin_measuring() {
        is_measuring_ = true;
        delivered_ = pool_.delivered();
        reads_ = pool_.reads();
        bytes_ = pool_.bytes();
        published_before_ = published_;
        meter_.start();
    }

    void end_measuring() {
        meter_.stop();
        is_measuring_ = false;
        delivered_ = pool_.delivered() - delivered_;
        reads_ = pool_.reads() - reads_;
        bytes_ = pool_.bytes() - bytes_;
        published_in_time_ = published_ - published_before_;
    }

    // Waits until every session has received every message.
    void drain() {
        const auto wanted = published_ * static_cast<std::uint64_t>(options_.sessions);
        const auto deadline = now_ns() + in_ns(options_.drain);
        while (now_ns() < deadline && (pool_.delivered() < wanted || !publisher_->is_settled())) {
            poller_.turn(deadline);
        }
        missing_ = static_cast<double>(wanted) - static_cast<double>(pool_.delivered());
    }

    void report() {
        const auto delivered = static_cast<double>(delivered_);
        Report report;
        report.add("mode", "fanout");
        report.add("sessions", options_.sessions);
        report.add("delivered", delivered);
        meter_.report(report, "per_s", delivered);
        const auto published_per_s = static_cast<double>(published_in_time_) / meter_.seconds();
        report.add("published_per_s", published_per_s);
        // Against what was asked for, not what was accepted: a full server accepts late.
        const auto offered = options_.rate > 0 ? options_.rate : published_per_s;
        report.add("delivered_share", delivered / meter_.seconds() / offered / options_.sessions);
        report.add("frame_bytes", static_cast<double>(bytes_) / delivered);
        report.add("frames_per_read", delivered / static_cast<double>(reads_));
        delivery_.report("latency", report);
        first_.report("first", report);
        publisher_->report(report);
        report.add("undelivered", missing_);
        report.print();
    }

    const Options& options_;
    Poller poller_;
    SessionPool pool_;
    Meter meter_;
    std::unique_ptr<Publisher> publisher_;
    std::uint64_t published_ = 0;
    std::uint64_t next_due_ns_ = 0;
    std::vector<bool> first_delivery_;  // by message number: somebody has it
    bool is_measuring_ = false;
    std::uint64_t delivered_ = 0;
    std::uint64_t reads_ = 0;
    std::uint64_t bytes_ = 0;
    std::uint64_t published_before_ = 0;
    std::uint64_t published_in_time_ = 0;
    double missing_ = 0;
    Durations delivery_;
    Durations first_;  // from due to the first session that has it
};

}  // namespace

void run_fanout(const Options& options) { Fanout(options).run(); }

}  // namespace guildhall::bench
