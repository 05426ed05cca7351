// A thin epoll loop: level-triggered, one handler per descriptor.
// Owner: main(). Thread: one. A handler outlives its registration; one that wants to go while the
// loop turns says so to its owner, who deletes it between turns.
#pragma once
#include <cstdint>

namespace guildhall::bench {

// A generator does not sleep while it measures: waking it would be charged to the server, and only
// to the one that is slow enough to let it fall asleep (5 us of each write, measured).
constexpr std::uint64_t kNoWait = 0;

class Poller {
  public:
    class Handler {
      public:
        virtual void on_event(std::uint32_t events) = 0;

      protected:
        ~Handler() = default;
    };

    Poller();
    ~Poller();
    Poller(const Poller&) = delete;
    Poller& operator=(const Poller&) = delete;

    void add(int fd, std::uint32_t events, Handler& handler);
    void modify(int fd, std::uint32_t events, Handler& handler);
    void remove(int fd);

    // Waits for events until the deadline at most, and hands each to its handler.
    void turn(std::uint64_t deadline_ns);

  private:
    void control(int operation, int fd, std::uint32_t events, Handler* handler);

    int epoll_;
};

}  // namespace guildhall::bench
