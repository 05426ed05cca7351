#include "tests/bench/common/support.h"

#include <cerrno>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <sys/resource.h>
#include <system_error>
#include <unistd.h>

namespace guildhall::bench {

namespace {

std::uint64_t read_clock(clockid_t clock) {
    timespec time{};
    clock_gettime(clock, &time);
    return static_cast<std::uint64_t>(time.tv_sec) * kNanosPerSecond +
           static_cast<std::uint64_t>(time.tv_nsec);
}

}  // namespace

std::uint64_t now_ns() { return read_clock(CLOCK_MONOTONIC); }

void die(std::string_view what) {
    const std::string reason = errno != 0 ? ": " + std::generic_category().message(errno) : "";
    const std::string text = std::string(what) + reason;
    std::fprintf(stderr, "%s\n", text.c_str());
    std::exit(1);  // NOLINT(concurrency-mt-unsafe): no other thread of these programs exits.
}

int check(int result, std::string_view call) {
    if (result < 0) die(call);
    return result;
}

double cpu_seconds(int pid) {
    std::uint64_t total_ns = 0;
    std::error_code error;
    const auto tasks = "/proc/" + std::to_string(pid) + "/task";
    for (const auto& task : std::filesystem::directory_iterator(tasks, error)) {
        std::uint64_t task_ns = 0;
        std::ifstream(task.path() / "schedstat") >> task_ns;
        total_ns += task_ns;
    }
    return static_cast<double>(total_ns) / kNanosPerSecond;
}

double own_cpu_seconds() {
    return static_cast<double>(read_clock(CLOCK_PROCESS_CPUTIME_ID)) / kNanosPerSecond;
}

double rss_kib(int pid) {
    long total_pages = 0, resident_pages = 0;
    std::ifstream("/proc/" + std::to_string(pid) + "/statm") >> total_pages >> resident_pages;
    return static_cast<double>(resident_pages) * static_cast<double>(sysconf(_SC_PAGESIZE)) / 1024;
}

void raise_file_limit() {
    rlimit limit{};
    check(getrlimit(RLIMIT_NOFILE, &limit), "getrlimit");
    limit.rlim_cur = limit.rlim_max;
    check(setrlimit(RLIMIT_NOFILE, &limit), "setrlimit");
}

}  // namespace guildhall::bench
