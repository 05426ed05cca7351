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
    /// What was given of `config`, as the lines of a file of settings.
    std::string given;
    /// Everything without dashes, in order.
    std::vector<std::string> words;

    /// The error is one line for the operator.
    static protocol::Result<Arguments> parse(std::span<const std::string> words);
};

/// Keeps the settings with which the node runs in its folder, for commands that speak in its name
/// later.
protocol::Status keep_settings(const Arguments& arguments);
/// The settings that the node last ran with, and over them what is given now.
protocol::Result<Config> settings_of(const Arguments& arguments);
/// The same, for a node that is opened on the folder for one change: people cannot reach it.
protocol::Result<Config> settings_of_moment(const Arguments& arguments);

/// Refuses what signs the node's name and address into a guild where nobody ever said them.
protocol::Status check_named(const Arguments& arguments);
/// "1 guild", "2 guilds".
std::string count_of(std::size_t count, std::string_view what);

int serve(const Arguments& arguments);
int verify(const Arguments& arguments);
int rebuild(const Arguments& arguments);
int backup(const Arguments& arguments);
int restore(const Arguments& arguments);
int user(const Arguments& arguments);
int invite(const Arguments& arguments);
int guild(const Arguments& arguments);
int export_command(const Arguments& arguments);
int import_command(const Arguments& arguments);
int peer(const Arguments& arguments);
int keys(const Arguments& arguments);

struct Command {
    std::string_view name, usage, help;
    int (*run)(const Arguments&);
};
inline constexpr Command kCommands[] = {
    {"serve",
     "--data DIR [--config FILE] [--set KEY=VALUE]...",
     "Runs the node until SIGTERM or SIGINT. The keys are in docs/CONFIG.md.",
     serve},
    {"verify",
     "--data DIR",
     "Checks every hash, signature, table and file of a stopped node.",
     verify},
    {"rebuild", "--data DIR", "Drops the tables of a stopped node and replays its logs.", rebuild},
    {"backup",
     "--data DIR FILE",
     "A consistent copy in one new file, also while the node runs.",
     backup},
    {"restore",
     "FILE --data DIR",
     "A data folder from a backup; DIR is empty or not there yet.",
     restore},
    {"user",
     "list | add NAME | password NAME | delete NAME | move FILE NAME --data DIR",
     "Accounts of a stopped node, and the users of others that it knows (name@node); passwords, "
     "and the phrase of an account that moves here with its "
     "backup, are read from standard input.",
     user},
    {"invite",
     "list | create GUILD [CHANNEL] | delete CODE --data DIR",
     "Invites of a stopped node.",
     invite},
    {"guild",
     "list | key GUILD | owner GUILD USER | successors GUILD VOTES SECONDS [NODE...] | transfer "
     "GUILD NODE | takeover GUILD | salvage list [GUILD] | salvage post GUILD --data DIR",
     "Who hosts the guilds of a stopped node, and who may after it; takeover reads the guild's "
     "root key from standard input; owner gives a guild that this node hosts to a member; salvage "
     "is what was written here when another node hosted the guild already.",
     guild},
    {"export",
     "GUILD FILE [with-key] --data DIR",
     "One guild in one new file, also while the node runs; with-key adds its root key.",
     export_command},
    {"import",
     "FILE --data DIR",
     "Checks a guild's file and adds the guild to a stopped node.",
     import_command},
    {"peer",
     "list | trust PEER | block PEER --data DIR",
     "Nodes that a stopped node knows; PEER is a name or the first 8 digits of a uid.",
     peer},
    {"keys",
     "show | rotate | recovery [forget] | override [EVENT] --data DIR",
     "The signing keys of a stopped node; override makes a stolen rotation void, by the recovery "
     "key from standard input where the folder has it not.",
     keys},
};

/// The whole program: runs what `words`, the command line without the program's name, say and gives
/// the exit code back.
int run_command_line(std::span<const std::string> words);

/// `usage: guildhall COMMAND ...`, for a command that was called without what it needs.
protocol::Error usage_error(std::string_view command);

/// Writes `guildhall: WHAT` on stderr and gives `code` back.
int fail(int code, const protocol::Error& error);

}  // namespace guildhall::app
