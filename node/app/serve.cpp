// guildhall serve: runs a node until SIGTERM or SIGINT.
#include "node/app/commands.h"
#include "node/app/node.h"

#include <csignal>
#include <cstdio>
#include <sys/resource.h>

namespace guildhall::app {
namespace {

/// Every connection is a descriptor; the soft limit is often 1,024.
void raise_descriptor_limit() {
    rlimit limit{};
    if (getrlimit(RLIMIT_NOFILE, &limit) != 0) return;
    limit.rlim_cur = limit.rlim_max;
    setrlimit(RLIMIT_NOFILE, &limit);
}

}  // namespace

int serve(const Arguments& arguments) {
    // Blocked before any thread starts, so that only sigwait() below sees them.
    sigset_t stops;
    sigemptyset(&stops);
    sigaddset(&stops, SIGTERM);
    sigaddset(&stops, SIGINT);
    pthread_sigmask(SIG_BLOCK, &stops, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    raise_descriptor_limit();

    auto node = Node::open(arguments.config, arguments.data_dir);
    if (!node) return fail(2, node.error());
    if (const auto kept = keep_settings(arguments); !kept) return fail(2, kept.error());
    (*node)->start();
    std::printf("%s\n", (*node)->ready_line().c_str());
    std::fflush(stdout);
    int signal = 0;
    sigwait(&stops, &signal);
    (*node)->stop();
    return 0;
}

}  // namespace guildhall::app
