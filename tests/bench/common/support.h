// What every benchmark program needs: the monotonic clock, fatal errors, process figures.
// Owner: nobody, plain functions. Thread: any.
// These programs drive a node from outside and link nothing of it, so that what they measure is
// what a stranger would measure.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>

namespace guildhall::bench {

constexpr std::uint64_t kNanosPerSecond = 1'000'000'000;

std::uint64_t now_ns();

// Prints the sentence, and errno's text when it is set, to stderr and ends the process: a benchmark
// that met a surprise has no result.
[[noreturn]] void die(std::string_view what);

// Returns what a system call returned, or dies with the call's name.
int check(int result, std::string_view call);

// CPU time of all threads of a process so far. Read from schedstat, because `stat` counts ticks.
double cpu_seconds(int pid);
double own_cpu_seconds();

// Resident memory of a process.
double rss_kib(int pid);

// Allows as many open files as the machine lets us have.
void raise_file_limit();

}  // namespace guildhall::bench
