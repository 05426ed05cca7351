// The command line: guildhall COMMAND; the commands are in commands.h.
#include "node/app/commands.h"
#include "node/base/version.h"
#include "protocol/errors.h"

#include <algorithm>
#include <cstdio>

namespace guildhall::app {
namespace {

const Command* find_command(std::string_view name) {
    const auto* found = std::ranges::find(kCommands, name, &Command::name);
    return found == std::end(kCommands) ? nullptr : found;
}

std::string usage_of(const Command& command) {
    std::string out = "guildhall ";
    out.append(command.name).append(" ").append(command.usage);
    return out;
}

bool is_help(std::string_view word) { return word == "--help" || word == "-h" || word == "help"; }

/// Help that was asked for goes to stdout with exit code 0; help for a wrong call to stderr with 2.
int show_commands(std::FILE* out, int code) {
    std::fputs("usage: guildhall COMMAND --data DIR ...\n\n", out);
    for (const Command& command : kCommands) {
        const std::string help(command.help);
        std::fprintf(out, "  %s\n      %s\n", usage_of(command).c_str(), help.c_str());
    }
    std::fputs("\n  guildhall COMMAND --help, guildhall --version\n", out);
    return code;
}

int show_command(const Command& command, std::FILE* out, int code) {
    const std::string help(command.help);
    std::fprintf(out, "usage: %s\n\n%s\n", usage_of(command).c_str(), help.c_str());
    return code;
}

}  // namespace

protocol::Error usage_error(std::string_view command) {
    const Command* found = find_command(command);
    return protocol::make_error(0, "usage: " + (found ? usage_of(*found) : "guildhall"));
}

int run_command_line(std::span<const std::string> words) {
    if (words.empty()) return show_commands(stderr, 2);
    if (is_help(words.front())) return show_commands(stdout, 0);
    if (words.front() == "--version") {
        std::printf("guildhall %s\n", std::string(base::kVersion).c_str());
        return 0;
    }
    const Command* command = find_command(words.front());
    if (!command) return show_commands(stderr, 2);
    const auto rest = words.subspan(1);
    if (rest.empty()) return show_command(*command, stderr, 2);
    if (rest.front() == "--help" || rest.front() == "-h" || rest.back() == "--help") {
        return show_command(*command, stdout, 0);
    }
    auto arguments = Arguments::parse(rest);
    if (!arguments) return fail(2, arguments.error());
    return command->run(*arguments);
}

}  // namespace guildhall::app
