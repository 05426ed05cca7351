#include "node/app/progress.h"

#include <cinttypes>
#include <cstdio>
#include <unistd.h>

namespace guildhall::app {
namespace {

bool is_watched() { return ::isatty(STDERR_FILENO) == 1; }

}  // namespace

void show_progress(std::uint64_t done, std::uint64_t total, std::string_view what) {
    if (!is_watched()) return;
    std::fprintf(stderr,
                 "\r%" PRIu64 " of %" PRIu64 " %.*s",
                 done,
                 total,
                 static_cast<int>(what.size()),
                 what.data());
    std::fflush(stderr);
}

void end_progress() {
    if (is_watched()) std::fputs("\n", stderr);
}

}  // namespace guildhall::app
