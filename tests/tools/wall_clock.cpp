// A wall clock that steps when it is told, preloaded into one program: what it asks of
// CLOCK_REALTIME is off by the 8 bytes (milliseconds, little-endian) in the file that
// GUILDHALL_CLOCK_OFFSET names. Every other clock and every timer is left alone, as it is when an
// operator or a time daemon sets the time; libfaketime also moves timers of the monotonic clock.
#include <cstdint>
#include <cstdlib>
#include <ctime>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <unistd.h>

namespace {

constexpr std::int64_t kMsPerSecond = 1000, kNsPerMs = 1'000'000, kNsPerSecond = 1'000'000'000;

/// The offset, shared with whoever writes the file; mapped once and for the whole process.
const volatile std::int64_t* offset() {
    static const auto* mapped = [] {
        static const std::int64_t none = 0;
        const char* path = std::getenv("GUILDHALL_CLOCK_OFFSET");
        const int file = path ? ::open(path, O_RDONLY | O_CLOEXEC) : -1;
        if (file < 0) return &none;
        void* at = ::mmap(nullptr, sizeof none, PROT_READ, MAP_SHARED, file, 0);
        ::close(file);
        return at == MAP_FAILED ? &none : static_cast<const std::int64_t*>(at);
    }();
    return mapped;
}

bool is_wall(clockid_t clock) { return clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE; }

}  // namespace

extern "C" int clock_gettime(clockid_t clock, timespec* out) noexcept {
    const auto failed = static_cast<int>(::syscall(SYS_clock_gettime, clock, out));
    if (failed != 0 || !is_wall(clock)) return failed;
    const std::int64_t ms = *offset();
    std::int64_t ns = out->tv_nsec + ms % kMsPerSecond * kNsPerMs;
    out->tv_sec += ms / kMsPerSecond;
    if (ns < 0 || ns >= kNsPerSecond) out->tv_sec += ns < 0 ? -1 : 1;
    out->tv_nsec = (ns + kNsPerSecond) % kNsPerSecond;
    return 0;
}

extern "C" int gettimeofday(timeval* out, void*) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    *out = {now.tv_sec, static_cast<suseconds_t>(now.tv_nsec / kMsPerSecond)};
    return 0;
}

extern "C" time_t time(time_t* out) noexcept {
    timespec now{};
    clock_gettime(CLOCK_REALTIME, &now);
    if (out) *out = now.tv_sec;
    return now.tv_sec;
}
