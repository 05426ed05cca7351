// Modes `create` and `history`: keep-alive connections, each with one request in flight.
#include "tests/bench/common/report.h"
#include "tests/bench/common/support.h"
#include "tests/bench/load/http_client.h"
#include "tests/bench/load/marker.h"
#include "tests/bench/load/meter.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/session_pool.h"

#include <algorithm>
#include <memory>
#include <vector>

namespace guildhall::bench {

namespace {

class ClosedLoop {
  public:
    ClosedLoop(const Options& options, bool is_create)
        : options_(options), is_create_(is_create), pool_(poller_, options), meter_(options.pid) {
        if (options.channels.empty()) die("--channels is needed");
    }

    void run() {
        pool_.open(options_.sessions);
        for (int i = 0; i < options_.connections; i++) {
            const auto index = static_cast<std::size_t>(i) % options_.channels.size();
            clients_.push_back(std::make_unique<HttpClient>(
                poller_,
                options_.port,
                [this, index](HttpClient& client, const HttpAnswer& answer) {
                    on_answer(client, index, answer);
                }));
            ask(*clients_.back(), index);
        }
        if (options_.requests == 0) turn_until(now_ns() + in_ns(options_.warm));
        answered_ = body_bytes_ = 0;
        latency_.clear();
        meter_.start();
        turn_until(options_.requests == 0 ? now_ns() + in_ns(options_.seconds) : UINT64_MAX);
        meter_.stop();
        const auto answered = answered_;
        drain();
        report(answered);
    }

  private:
    static std::uint64_t in_ns(double seconds) {
        return static_cast<std::uint64_t>(seconds * kNanosPerSecond);
    }

    void turn_until(std::uint64_t deadline) {
        while (now_ns() < deadline && !is_enough()) poller_.turn(kNoWait);
    }

    bool is_enough() const { return options_.requests != 0 && answered_ >= options_.requests; }

    void ask(HttpClient& client, std::size_t channel_index) {
        if (is_stopping_ || (options_.requests != 0 && asked_ >= options_.requests)) return;
        asked_++;
        const auto& channel = options_.channels[channel_index];
        if (is_create_) {
            const auto size = static_cast<std::size_t>(options_.size);
            const Marker marker{asked_, now_ns()};
            const auto content = options_.sessions > 0 ? make_marked_content(marker, size)
                                                       : make_content(asked_, size);
            client.send(make_message_request(channel, options_.authorization, content));
        } else {
            client.send(make_request(
                "/api/v10/channels/" + channel + "/messages?limit=50", options_.authorization, ""));
        }
    }

    void on_answer(HttpClient& client, std::size_t channel_index, const HttpAnswer& answer) {
        if (answer.status != 200 || !answer.body.starts_with(is_create_ ? '{' : '[')) {
            errno = 0;
            die("a request was answered " + std::to_string(answer.status) + ' ' +
                std::string(answer.body.substr(0, 300)));
        }
        answered_++;
        body_bytes_ += answer.body.size();
        latency_.add(answer.latency_ns);
        ask(client, channel_index);
    }

    // Lets what is in flight be answered, and every session receive what was created.
    void drain() {
        is_stopping_ = true;
        const auto deadline = now_ns() + in_ns(options_.drain);
        const auto wanted = [this] {
            return asked_ * static_cast<std::uint64_t>(is_create_ ? options_.sessions : 0);
        };
        const auto is_busy = [](const auto& client) { return client->is_busy(); };
        while (now_ns() < deadline && (std::any_of(clients_.begin(), clients_.end(), is_busy) ||
                                       pool_.delivered() < wanted())) {
            poller_.turn(deadline);
        }
        missing_ = wanted() > pool_.delivered() ? wanted() - pool_.delivered() : 0;
    }

    void report(std::uint64_t answered) {
        Report report;
        report.add("mode", is_create_ ? "create" : "history");
        report.add("answered", static_cast<double>(answered));
        meter_.report(report, "per_s", static_cast<double>(answered));
        report.add("answer_bytes",
                   static_cast<double>(body_bytes_) / static_cast<double>(answered_));
        latency_.report("latency", report);
        report.add("undelivered", static_cast<double>(missing_));
        report.print();
    }

    const Options& options_;
    bool is_create_;
    Poller poller_;
    SessionPool pool_;
    Meter meter_;
    std::vector<std::unique_ptr<HttpClient>> clients_;
    Durations latency_;
    std::uint64_t asked_ = 0;
    std::uint64_t answered_ = 0;
    std::uint64_t body_bytes_ = 0;
    std::uint64_t missing_ = 0;
    bool is_stopping_ = false;
};

}  // namespace

void run_create(const Options& options) { ClosedLoop(options, true).run(); }

void run_history(const Options& options) { ClosedLoop(options, false).run(); }

}  // namespace guildhall::bench
