#include "tests/bench/common/poller.h"

#include "tests/bench/common/support.h"

#include <array>
#include <cerrno>
#include <ctime>
#include <sys/epoll.h>
#include <sys/prctl.h>
#include <unistd.h>

namespace guildhall::bench {

Poller::Poller() : epoll_(check(epoll_create1(EPOLL_CLOEXEC), "epoll_create1")) {
    // The default slack of 50 us would show up as latency of paced load.
    prctl(PR_SET_TIMERSLACK, 1);
}

Poller::~Poller() { close(epoll_); }

void Poller::add(int fd, std::uint32_t events, Handler& handler) {
    control(EPOLL_CTL_ADD, fd, events, &handler);
}

void Poller::modify(int fd, std::uint32_t events, Handler& handler) {
    control(EPOLL_CTL_MOD, fd, events, &handler);
}

void Poller::remove(int fd) { control(EPOLL_CTL_DEL, fd, 0, nullptr); }

void Poller::control(int operation, int fd, std::uint32_t events, Handler* handler) {
    epoll_event event{};
    event.events = events;
    event.data.ptr = handler;
    check(epoll_ctl(epoll_, operation, fd, &event), "epoll_ctl");
}

void Poller::turn(std::uint64_t deadline_ns) {
    const auto now = now_ns();
    const auto wait_ns = deadline_ns > now ? deadline_ns - now : 0;
    timespec timeout{};
    timeout.tv_sec = static_cast<time_t>(wait_ns / kNanosPerSecond);
    timeout.tv_nsec = static_cast<long>(wait_ns % kNanosPerSecond);
    std::array<epoll_event, 1024> events;
    const int count = epoll_pwait2(epoll_, events.data(), events.size(), &timeout, nullptr);
    if (count < 0 && errno != EINTR) die("epoll_pwait2");
    for (int i = 0; i < count; i++) {
        static_cast<Handler*>(events[static_cast<std::size_t>(i)].data.ptr)
            ->on_event(events[static_cast<std::size_t>(i)].events);
    }
}

}  // namespace guildhall::bench
