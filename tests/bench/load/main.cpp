// guildhall_load: drives a node, or a floor, from outside. One thread, epoll.
#include "tests/bench/common/support.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/options.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <unistd.h>

namespace {

// Nothing here may hang for ever.
constexpr unsigned kAlarmSeconds = 300;

struct Mode {
    std::string_view name;
    void (*run)(const guildhall::bench::Options&);
};

constexpr auto kModes = std::to_array<Mode>({
    {"create", guildhall::bench::run_create},
    {"history", guildhall::bench::run_history},
    {"fanout", guildhall::bench::run_fanout},
    {"idle", guildhall::bench::run_idle},
    {"ready", guildhall::bench::run_ready},
    {"fsync", guildhall::bench::run_fsync},
});

}  // namespace

int main(int argc, char** argv) {
    using namespace guildhall::bench;
    const Options options = parse_options(argc, argv);
    const auto* mode = std::find_if(
        kModes.begin(), kModes.end(), [&](const Mode& m) { return m.name == options.mode; });
    if (mode == kModes.end()) die("unknown mode " + options.mode);
    alarm(kAlarmSeconds);
    raise_file_limit();
    mode->run(options);
}
