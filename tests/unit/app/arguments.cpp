#include "node/app/commands.h"
#include "node/base/version.h"
#include "node/peering/succession/salvage.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/files.h"
#include "tests/support/temp_folder.h"

#include <filesystem>
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

TEST_CASE("a node that never ran signs no name that nobody said") {
    tests::TempFolder folder;
    const auto refused = [&](std::vector<std::string> words) {
        words.insert(words.end(), {"--data", folder.path()});
        const auto done = app::check_named(*Arguments::parse(words));
        return done ? std::string() : std::string(protocol::error_message(done.error()));
    };
    const std::string name = "--set=name=a.example", at = "--set=federation.listen=127.0.0.1:1";
    CHECK(refused({}).find("--set name=NAME") != std::string::npos);
    CHECK(refused({}).find("--set federation.listen=ADDRESS:PORT") != std::string::npos);
    CHECK(refused({name}) != "");
    CHECK(refused({at}) != "");
    CHECK(refused({name, at}) == "");
    CHECK(refused({name, "--set=public_url=https://a.example"}) == "");
    CHECK(run({"guild", "takeover", "1", "--data", folder.path()}) == 2);

    const std::string path = folder / "c";
    std::ofstream(path) << "# name = b.example\n  name = a.example\nfederation.listen=[::]:1\n";
    CHECK(refused({"--config=" + path}) == "");
    // Settings with which it ran are its own, also where it was content with what a key is without.
    REQUIRE(
        app::keep_settings(*Arguments::parse(std::vector<std::string>{"--data", folder.path()})));
    CHECK(refused({}) == "");
}

TEST_CASE("what was kept aside is listed for one guild or for all") {
    tests::TempFolder folder;
    const auto list = [&](std::vector<std::string> more) {
        std::vector<std::string> words{"guild", "salvage", "list"};
        words.insert(words.end(), more.begin(), more.end());
        words.insert(words.end(), {"--data", folder.path()});
        return run(words);
    };
    CHECK(list({}) == 1);
    CHECK(list({"7"}) == 1);
    CHECK(list({"nonsense"}) == 2);
    std::filesystem::create_directory(folder / "salvage");
    for (const char* file : {"9-1", "7-2", "7-10", "nonsense-1"})
        std::ofstream(folder / ("salvage/" + std::string(file) + ".jsonl"))
            << R"({"channel_id":"1","id":"2","author_id":"3","content":"hi"})" << "\n";
    const auto guilds = peering::salvaged_guilds(folder.path());
    CHECK(guilds == std::vector{protocol::GuildId(7), protocol::GuildId(9)});
    CHECK(list({}) == 0);
    CHECK(list({"7"}) == 0);
    CHECK(list({"8"}) == 1);
    CHECK(run({"guild", "salvage", "post", "--data", folder.path()}) == 2);
    CHECK(run({"guild", "salvage", "--data", folder.path()}) == 2);
}

TEST_CASE("one is one") {
    CHECK(app::count_of(0, "guild") == "0 guilds");
    CHECK(app::count_of(1, "guild") == "1 guild");
    CHECK(app::count_of(2, "guild") == "2 guilds");
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
