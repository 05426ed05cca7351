#pragma once
// The subcommands of `guildhall`: what each is called, does and returns (0 done, 1 found or could
// not, 2 wrongly called or not possible on this folder). Run on the main thread.

#include "node/app/config.h"

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::app {

/// What follows the command's name.
struct Arguments {
    std::string data_dir;
    Config config;
    /// Everything without dashes, in order.
    std::vector<std::string> words;

    /// The error is one line for the operator.
    static protocol::Result<Arguments> parse(std::span<const std::string> words);
};

int serve(const Arguments& arguments);
int verify(const Arguments& arguments);
int rebuild(const Arguments& arguments);
int backup(const Arguments& arguments);
int restore(const Arguments& arguments);
int user(const Arguments& arguments);
int invite(const Arguments& arguments);
int peer(const Arguments& arguments);

struct Command {
    std::string_view name, help;
    int (*run)(const Arguments&);
};
inline constexpr Command kCommands[] = {
    {"serve", "run the node: --data DIR [--config FILE] [--set KEY=VALUE]...", serve},
    {"verify", "check every hash, signature and projection: --data DIR", verify},
    {"rebuild", "drop the projections and replay the logs: --data DIR", rebuild},
    {"backup", "a consistent copy, also while the node runs: --data DIR FILE", backup},
    {"restore", "a new data folder from a backup: FILE --data DIR", restore},
    {"user", "list | add NAME | password NAME | delete NAME: --data DIR", user},
    {"invite", "list | create GUILD [CHANNEL] | delete CODE: --data DIR", invite},
    {"peer", "list: --data DIR", peer},
};

/// Writes `guildhall: WHAT` on stderr and gives `code` back.
int fail(int code, const protocol::Error& error);

}  // namespace guildhall::app
