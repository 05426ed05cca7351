// Mode `fsync`: appends of 4 KiB, each made durable. A durable figure of a server is only worth
// something between two of these that agree.
#include "tests/bench/common/report.h"
#include "tests/bench/common/support.h"
#include "tests/bench/load/modes.h"

#include <fcntl.h>
#include <unistd.h>
#include <vector>

namespace guildhall::bench {

void run_fsync(const Options& options) {
    constexpr std::size_t block_bytes = 4096;
    const std::string path = options.folder + "/fsync.tmp";
    const int fd = check(open(path.c_str(), O_CREAT | O_RDWR | O_TRUNC, 0600), "open");
    const std::vector<char> block(block_bytes, 'x');
    Durations latency;
    const auto started = now_ns();
    const auto until = started + static_cast<std::uint64_t>(options.seconds * kNanosPerSecond);
    double count = 0;
    for (auto before = started; before < until; count++) {
        if (write(fd, block.data(), block.size()) < 0) die("write");
        check(fdatasync(fd), "fdatasync");
        const auto after = now_ns();
        latency.add(after - before);
        before = after;
    }
    const auto seconds = static_cast<double>(now_ns() - started) / kNanosPerSecond;
    close(fd);
    unlink(path.c_str());
    Report report;
    report.add("mode", "fsync");
    report.add("per_s", count / seconds);
    latency.report("latency", report);
    report.print();
}

}  // namespace guildhall::bench
