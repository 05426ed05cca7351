// guildhall_sim: runs seeds of the simulation, some at a time.
//
//   guildhall_sim --seeds 2000 [--from 1]     many; ends with "N passed, M failed, 0 skipped"
//   guildhall_sim --seed 17                   one, with what its nodes wrote when it fails
//   guildhall_sim --plants                    shows that each planted fault (plant.h) is found
//   guildhall_sim --seed 17 --plant NAME      one seed with one of them
//
// Every 50th of many seeds is run a second time, in a process of its own, and must leave the same
// trace.
#include "tests/sim/plant.h"
#include "tests/sim/simulation.h"

#include <algorithm>
#include <charconv>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <optional>
#include <string>
#include <string_view>
#include <sys/wait.h>
#include <thread>
#include <unistd.h>
#include <vector>

namespace {

using guildhall::sim::simulate;
using guildhall::sim::Verdict;

constexpr std::uint64_t kTwiceEvery = 50;
/// Of a failure's explanation.
constexpr std::size_t kLineMax = 400;
/// Not every run has what a planted fault needs.
constexpr std::uint64_t kPlantSeeds = 12;

struct Options {
    std::optional<std::uint64_t> seed;
    std::uint64_t from = 1;
    std::uint64_t count = 2000;
    bool trace_only = false;
    bool all_plants = false;
    guildhall::sim::Plant plant = guildhall::sim::Plant::none;
    std::string program;
};

std::string hex(std::uint64_t value) {
    char text[17];
    std::snprintf(text, sizeof text, "%016llx", static_cast<unsigned long long>(value));
    return text;
}

int run_one(const Options& options) {
    const Verdict verdict = simulate(*options.seed, options.plant);
    if (options.trace_only) {
        std::printf("%s\n", hex(verdict.trace).c_str());
        return 0;
    }
    if (!verdict.wrong.empty()) std::fputs(verdict.logs.c_str(), stdout);
    std::printf("seed %llu (%s): %s; trace %s, %llu handlers, %llu messages, epoch %llu\n",
                static_cast<unsigned long long>(*options.seed),
                verdict.plan.c_str(),
                verdict.wrong.empty() ? "passed" : verdict.wrong.c_str(),
                hex(verdict.trace).c_str(),
                static_cast<unsigned long long>(verdict.handlers),
                static_cast<unsigned long long>(verdict.messages),
                static_cast<unsigned long long>(verdict.changes));
    return verdict.wrong.empty() ? 0 : 1;
}

/// The trace that another process of this program leaves.
std::string trace_elsewhere(const Options& options, std::uint64_t seed) {
    const std::string command =
        "'" + options.program + "' --trace --seed " + std::to_string(seed) + " 2>/dev/null";
    FILE* pipe = popen(command.c_str(), "r");
    if (!pipe) return {};
    char line[64] = {};
    const bool got = std::fgets(line, sizeof line, pipe) != nullptr;
    pclose(pipe);
    std::string out = got ? line : "";
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
}

std::string fault_of(const Options& options, std::uint64_t seed) {
    const Verdict verdict = simulate(seed);
    if (!verdict.wrong.empty())
        return verdict.wrong.substr(0, verdict.wrong.find('\n')) + " (" + verdict.plan + ")";
    if (seed % kTwiceEvery == 0 && trace_elsewhere(options, seed) != hex(verdict.trace)) {
        return "another run of it left another trace";
    }
    return {};
}

/// Takes its share of the seeds; one line each into the pipe: "seed", and what is wrong.
[[noreturn]] void work(const Options& options, unsigned index, unsigned workers, int out) {
    for (std::uint64_t i = index; i < options.count; i += workers) {
        const std::uint64_t seed = options.from + i;
        std::string line = std::to_string(seed) + " " + fault_of(options, seed);
        line = line.substr(0, kLineMax) + "\n";
        if (write(out, line.data(), line.size()) < 0) break;
    }
    _exit(0);
}

struct Count {
    std::uint64_t passed = 0, failed = 0;
};

void take_line(const Options& options, std::string_view line, Count& count) {
    const auto space = line.find(' ');
    std::uint64_t seed = 0;
    std::from_chars(line.data(), line.data() + space, seed);
    const std::string wrong(line.substr(space + 1));
    if (wrong.empty()) {
        ++count.passed;
        return;
    }
    ++count.failed;
    std::printf("FAIL seed %llu: %s; again: %s --seed %llu\n",
                static_cast<unsigned long long>(seed),
                wrong.c_str(),
                options.program.c_str(),
                static_cast<unsigned long long>(seed));
    std::fflush(stdout);
}

int run_many(const Options& options) {
    const unsigned workers = std::max(1u, std::thread::hardware_concurrency());
    int ends[2];
    if (pipe(ends) != 0) return 1;
    for (unsigned i = 0; i < workers; ++i) {
        if (fork() == 0) {
            close(ends[0]);
            work(options, i, workers, ends[1]);
        }
    }
    close(ends[1]);
    Count count;
    std::string pending;
    char buffer[4096];
    for (ssize_t got; (got = read(ends[0], buffer, sizeof buffer)) > 0;) {
        pending.append(buffer, static_cast<std::size_t>(got));
        for (auto end = pending.find('\n'); end != pending.npos; end = pending.find('\n')) {
            take_line(options, std::string_view(pending).substr(0, end), count);
            pending.erase(0, end + 1);
        }
    }
    while (wait(nullptr) > 0) {
    }
    // A worker that died has said nothing of the seeds that it still had.
    count.failed = options.count - count.passed;
    std::printf("%llu passed, %llu failed, 0 skipped\n",
                static_cast<unsigned long long>(count.passed),
                static_cast<unsigned long long>(count.failed));
    return count.failed == 0 ? 0 : 1;
}

/// Whether one of a few seeds finds the planted fault, and nothing else.
bool finds(const guildhall::sim::PlantRow& row) {
    for (std::uint64_t seed = 1; seed <= kPlantSeeds; ++seed) {
        const std::string wrong = simulate(seed, row.plant).wrong;
        if (wrong.empty()) continue;
        const bool found = wrong.find(row.finding) != wrong.npos;
        std::printf("%s %.*s, seed %llu: %s\n",
                    found ? "ok" : "FAIL",
                    static_cast<int>(row.name.size()),
                    row.name.data(),
                    static_cast<unsigned long long>(seed),
                    wrong.c_str());
        return found;
    }
    std::printf("FAIL %.*s: not found\n", static_cast<int>(row.name.size()), row.name.data());
    return false;
}

int run_plants() {
    std::size_t found = 0;
    for (const auto& row : guildhall::sim::kPlants) found += finds(row);
    const std::size_t missed = guildhall::sim::kPlants.size() - found;
    std::printf("%zu passed, %zu failed, 0 skipped\n", found, missed);
    return missed == 0 ? 0 : 1;
}

bool read_plant(std::string_view name, Options& options) {
    for (const auto& row : guildhall::sim::kPlants) {
        if (row.name != name) continue;
        options.plant = row.plant;
        return true;
    }
    return false;
}

std::optional<Options> parse(int argc, char** argv) {
    Options options;
    options.program = argv[0];
    for (int i = 1; i < argc; ++i) {
        const std::string_view word = argv[i];
        if (word == "--trace") {
            options.trace_only = true;
            continue;
        }
        if (word == "--plants") {
            options.all_plants = true;
            continue;
        }
        std::uint64_t value = 0;
        if (++i >= argc) return std::nullopt;
        if (word == "--plant") {
            if (!read_plant(argv[i], options)) return std::nullopt;
            continue;
        }
        const char* end = argv[i] + std::strlen(argv[i]);
        if (std::from_chars(argv[i], end, value).ptr != end) return std::nullopt;
        if (word == "--seed")
            options.seed = value;
        else if (word == "--seeds")
            options.count = value;
        else if (word == "--from")
            options.from = value;
        else
            return std::nullopt;
    }
    return options;
}

}  // namespace

int main(int argc, char** argv) {
    const auto options = parse(argc, argv);
    if (!options) {
        std::fprintf(stderr,
                     "usage: guildhall_sim [--seeds N] [--from N] | "
                     "--seed N [--plant NAME] | --plants\n");
        return 2;
    }
    if (options->all_plants) return run_plants();
    return options->seed ? run_one(*options) : run_many(*options);
}
