#include "tests/bench/load/session_pool.h"

#include "tests/bench/common/support.h"

namespace guildhall::bench {

namespace {

constexpr std::uint64_t kOpenTimeoutNs = 60 * kNanosPerSecond;

// Each so many-th session looks inside its frames all the time; all would make the generator slow.
constexpr std::size_t kSampleEvery = 50;

}  // namespace

SessionPool::SessionPool(Poller& poller, const Options& options)
    : poller_(poller),
      tokens_(options.tokens),
      opening_(static_cast<std::size_t>(options.opening)) {
    plan_.port = options.session_port != 0 ? options.session_port : options.port;
    plan_.identifies = options.dialect == "discord";
    plan_.zlib = options.zlib;
    plan_.intents = options.intents;
    plan_.guilds = options.guilds;
    if (tokens_.empty()) tokens_.emplace_back();
}

void SessionPool::open(int count) {
    if (count > 0 && plan_.identifies && tokens_.front().empty())
        die("--tokens is needed to identify");
    const auto wanted = sessions_.size() + static_cast<std::size_t>(count);
    const auto deadline = now_ns() + kOpenTimeoutNs;
    while (settled_ < wanted) {
        while (sessions_.size() < wanted && sessions_.size() - settled_ < opening_) {
            const auto index = sessions_.size();
            sessions_.push_back(std::make_unique<GatewaySession>(
                poller_, plan_, *this, tokens_[index % tokens_.size()], index % kSampleEvery == 0));
        }
        poller_.turn(deadline);
        if (now_ns() > deadline) die("the sessions were not ready within a minute");
    }
}

void SessionPool::on_delivery(const Marker* marker) {
    delivered_++;
    if (marker != nullptr && on_marker) on_marker(*marker);
}

void SessionPool::on_read(std::size_t bytes) {
    reads_++;
    bytes_ += bytes;
}

}  // namespace guildhall::bench
