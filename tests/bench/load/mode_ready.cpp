// Mode `ready`: from exec of the node to the first READY. The node waits about 20 ms between the
// upgrade and its Hello for the sake of a client that would lose it; that wait is taken out.
#include "tests/bench/common/report.h"
#include "tests/bench/common/support.h"
#include "tests/bench/load/modes.h"
#include "tests/bench/load/session_pool.h"

#include <csignal>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

namespace guildhall::bench {

namespace {

struct Child {
    pid_t pid = 0;
    int out = -1;
};

Child start(const Options& options) {
    int ends[2];
    check(pipe(ends), "pipe");
    std::vector<char*> arguments;
    for (const auto& argument : options.command) {
        arguments.push_back(const_cast<char*>(argument.c_str()));
    }
    arguments.push_back(nullptr);
    const pid_t pid = check(fork(), "fork");
    if (pid == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);  // it must not outlive a run that died
        if (options.server_core >= 0) {
            cpu_set_t cores;
            CPU_ZERO(&cores);
            CPU_SET(options.server_core, &cores);
            sched_setaffinity(0, sizeof cores, &cores);
        }
        dup2(ends[1], STDOUT_FILENO);
        close(ends[0]);
        close(ends[1]);
        execvp(arguments[0], arguments.data());
        _exit(127);
    }
    close(ends[1]);
    return {pid, ends[0]};
}

// Reads the ready line and takes the port out of it.
std::uint16_t read_port(int fd) {
    std::string line;
    for (char c = 0; line.find('\n') == line.npos; line += c) {
        if (read(fd, &c, 1) != 1) die("the node ended before it was ready");
    }
    const auto at = line.find("\"http\":\"");
    const auto colon = at == line.npos ? at : line.find(':', at + 16);
    if (colon == line.npos) die("not a ready line: " + line);
    return static_cast<std::uint16_t>(std::strtoul(line.c_str() + colon + 1, nullptr, 10));
}

double ms_between(std::uint64_t from, std::uint64_t to) {
    return (static_cast<double>(to) - static_cast<double>(from)) / 1e6;
}

}  // namespace

void run_ready(const Options& options) {
    if (options.command.empty()) die("mode ready needs a command after --");
    const auto started = now_ns();
    const Child child = start(options);
    Options with_port = options;
    with_port.port = read_port(child.out);
    const auto listening = now_ns();
    Poller poller;
    SessionPool pool(poller, with_port);
    pool.open(1);
    const auto settled = now_ns();
    const auto& times = pool.front().milestones();
    const double hello_wait = ms_between(times.upgraded_ns, times.hello_ns);
    Report report;
    report.add("mode", "ready");
    report.add("listening_ms", ms_between(started, listening));
    report.add("hello_wait_ms", hello_wait);
    report.add("ready_ms", ms_between(started, times.ready_ns) - hello_wait);
    report.add("settled_ms", ms_between(started, settled) - hello_wait);
    report.add("server_cpu_ms", cpu_seconds(child.pid) * 1e3);
    report.add("rss_kib", rss_kib(child.pid));
    report.print();
    kill(child.pid, SIGTERM);
    waitpid(child.pid, nullptr, 0);
}

}  // namespace guildhall::bench
