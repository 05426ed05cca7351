#include "node/app/commands.h"
#include "node/base/version.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/files.h"
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

int run(std::vector<std::string> words) { return app::run_command_line(words); }

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

TEST_CASE("a command speaks with the name that the node last ran with, unless another is given") {
    tests::TempFolder folder;
    const std::string path = folder / "c";
    std::ofstream(path) << "name = file.example  # ours\nshards = 3\n";
    const std::vector<std::string> served{"--data",
                                          folder.path(),
                                          "--config",
                                          path,
                                          "--set",
                                          "listen=127.0.0.1:9",
                                          "--set",
                                          "federation.listen=127.0.0.1:10"};
    REQUIRE(app::keep_settings(*Arguments::parse(served)));

    const auto later = Arguments::parse(std::vector<std::string>{"--data", folder.path()});
    auto config = app::settings_of(*later);
    REQUIRE(config);
    CHECK(config->name == "file.example");
    CHECK(config->listen == "127.0.0.1:9");
    CHECK(config->shards == 3);

    const auto other = Arguments::parse(
        std::vector<std::string>{"--data", folder.path(), "--set", "name=other.example"});
    CHECK(app::settings_of(*other)->name == "other.example");
    CHECK(app::settings_of(*other)->shards == 3);

    // One that is opened for a moment speaks with the same name, and takes no calls.
    const auto moment = app::settings_of_moment(*later);
    REQUIRE(moment);
    CHECK(moment->name == "file.example");
    CHECK(moment->federation_listen == "127.0.0.1:10");
    CHECK(moment->listen == "127.0.0.1:0");

    tests::TempFolder fresh;
    const auto first = Arguments::parse(std::vector<std::string>{"--data", fresh.path()});
    CHECK(app::settings_of(*first)->name == "localhost");
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
        CHECK(command.usage.find("--data DIR") != command.usage.npos);
        CHECK(command.help.ends_with('.'));
        CHECK(command.run != nullptr);
    }
}

TEST_CASE("help and the version are an answer; a command without arguments is a mistake") {
    CHECK(run({"--help"}) == 0);
    CHECK(run({"-h"}) == 0);
    CHECK(run({"--version"}) == 0);
    CHECK(run({}) == 2);
    CHECK(run({"frobnicate"}) == 2);
    for (const app::Command& command : app::kCommands) {
        const std::string name(command.name);
        CAPTURE(name);
        CHECK(run({name, "--help"}) == 0);
        CHECK(run({name}) == 2);
        const auto error = app::usage_error(name);
        const auto usage = std::string(protocol::error_message(error));
        CHECK(usage == "usage: guildhall " + name + " " + std::string(command.usage));
    }
}

TEST_CASE("the version is the one that CMakeLists.txt gives the project") {
    const auto build = tests::read_file(std::string(GUILDHALL_SOURCE_DIR) + "/CMakeLists.txt");
    REQUIRE(build);
    const auto wanted = "project(guildhall VERSION " + std::string(base::kVersion) + " ";
    CHECK(build->find(wanted) != build->npos);
}
