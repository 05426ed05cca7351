// The program. Its command line is in node/app/command_line.cpp.
#include "node/app/commands.h"

#include <string>
#include <vector>

int main(int argc, char** argv) {
    const std::vector<std::string> words(argv + 1, argv + argc);
    return guildhall::app::run_command_line(words);
}
