// The command line: guildhall serve|verify|rebuild|backup|restore|user|invite|peer.
#include "node/app/commands.h"

#include <cstdio>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace {

using guildhall::app::Arguments;
using guildhall::app::kCommands;

int usage() {
    std::fputs("usage: guildhall COMMAND --data DIR ...\n\n", stderr);
    for (const auto& command : kCommands) {
        std::fprintf(stderr,
                     "  %-8.*s %.*s\n",
                     static_cast<int>(command.name.size()),
                     command.name.data(),
                     static_cast<int>(command.help.size()),
                     command.help.data());
    }
    return 2;
}

}  // namespace

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    if (words.empty()) return usage();
    for (const auto& command : kCommands) {
        if (command.name != words.front()) continue;
        auto arguments = Arguments::parse(std::span(words).subspan(1));
        if (!arguments) {
            std::fprintf(stderr, "guildhall: %s\n", arguments.error().message.c_str());
            return 2;
        }
        return command.run(*arguments);
    }
    return usage();
}
