#pragma once
// Progress of a command on stderr, for a person who watches: one line that is written over. Off a
// terminal, where such a line is noise, nothing. Main thread.

#include <cstdint>
#include <string_view>

namespace guildhall::app {

void show_progress(std::uint64_t done, std::uint64_t total, std::string_view what);
/// Ends the line.
void end_progress();

inline constexpr auto kShowFiles = [](std::uint64_t done, std::uint64_t total) {
    show_progress(done, total, "files");
};

}  // namespace guildhall::app
