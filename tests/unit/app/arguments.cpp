#include "node/app/commands.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/temp_folder.h"

#include <fstream>
#include <set>

using namespace guildhall;
using app::Arguments;

namespace {

std::string fault(std::vector<std::string> words) {
    const auto parsed = Arguments::parse(words);
    return parsed ? "" : std::string(protocol::error_message(parsed.error()));
}

}  // namespace

TEST_CASE("options take their value in either way; the rest are words, in order") {
    const auto parsed = Arguments::parse(
        std::vector<std::string>{"add", "--data", "/d", "alice", "--set=name=a.example"});
    REQUIRE(parsed);
    CHECK(parsed->data_dir == "/d");
    CHECK(parsed->words == std::vector<std::string>{"add", "alice"});
    CHECK(parsed->config.name == "a.example");
    CHECK(Arguments::parse(std::vector<std::string>{"--data=/e"})->data_dir == "/e");
}

TEST_CASE("what comes later on the line goes over what came before") {
    tests::TempFolder folder;
    const std::string path = folder / "c";
    std::ofstream(path) << "name = file.example\nshards = 3\n";
    const auto parsed = Arguments::parse(
        std::vector<std::string>{"--data", "/d", "--config", path, "--set", "name=set.example"});
    REQUIRE(parsed);
    CHECK(parsed->config.name == "set.example");
    CHECK(parsed->config.shards == 3);
}

TEST_CASE("a command line that is wrong says in one line what is wrong") {
    CHECK(fault({}) == "--data DIR is missing");
    CHECK(fault({"--data"}) == "--data needs a value");
    CHECK(fault({"--data", "/d", "--colour", "red"}) == "there is no option --colour");
    CHECK(fault({"--data", "/d", "--set", "x=1"}) == "there is no key 'x'");
    CHECK(fault({"--data", "/d", "--config", "/no/such/file"}) == "cannot read /no/such/file");
}

TEST_CASE("every command has a name of its own and says what it does") {
    std::set<std::string_view> names;
    for (const app::Command& command : app::kCommands) {
        CHECK(names.insert(command.name).second);
        CHECK(command.help.find("--data DIR") != command.help.npos);
        CHECK(command.run != nullptr);
    }
}
