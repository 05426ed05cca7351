// One gateway connection: upgrades, identifies, waits for READY and its guilds, then counts what
// arrives. In the floor's dialect it is settled as soon as it is upgraded.
// Runs are shorter than a heartbeat interval, so no heartbeats are sent.
// Owner: SessionPool. Thread: one.
#pragma once
#include "tests/bench/common/poller.h"
#include "tests/bench/load/inflater.h"
#include "tests/bench/load/marker.h"

#include <cstdint>
#include <memory>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::bench {

struct SessionPlan {
    std::uint16_t port = 0;
    bool identifies = true;
    bool zlib = false;
    std::uint64_t intents = 0;
    int guilds = 0;
};

// What sessions report to. A session that does not look inside its frames (zlib, not sampled)
// reports deliveries without a marker.
class SessionEvents {
  public:
    virtual void on_settled() = 0;
    virtual void on_delivery(const Marker* marker) = 0;
    virtual void on_read(std::size_t bytes) = 0;

  protected:
    ~SessionEvents() = default;
};

class GatewaySession final : public Poller::Handler {
  public:
    // `looks_inside`: keeps inflating after it has settled, and checks `s`.
    GatewaySession(Poller& poller,
                   const SessionPlan& plan,
                   SessionEvents& events,
                   std::string token,
                   bool looks_inside);
    ~GatewaySession();
    GatewaySession(const GatewaySession&) = delete;
    GatewaySession& operator=(const GatewaySession&) = delete;

    void send(std::string_view bytes);

    // Times of this session's start, for mode `ready`; zero until they happened.
    struct Milestones {
        std::uint64_t upgraded_ns = 0;
        std::uint64_t hello_ns = 0;
        std::uint64_t ready_ns = 0;
    };
    const Milestones& milestones() const { return milestones_; }

    void on_event(std::uint32_t events) override;

  private:
    void read(std::span<char> bytes);
    std::size_t finish_upgrade(std::span<char> bytes);
    void on_message(std::string_view payload);
    void on_start_message(std::string_view text);
    void on_dispatch(std::string_view text);
    void settle();
    void check_sequence(std::string_view text);
    [[noreturn]] void die_closed(std::string_view payload);

    const SessionPlan& plan_;
    SessionEvents& events_;
    std::string token_;
    std::string unread_;
    std::unique_ptr<Inflater> inflater_;
    Milestones milestones_;
    std::uint64_t last_sequence_ = 0;
    std::size_t marker_hint_ = 0;
    int fd_;
    int guilds_missing_;
    bool looks_inside_;
    bool is_settled_ = false;
};

}  // namespace guildhall::bench
