#include "node/services/commands.h"

#include "node/store/tables/commands.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/openapi.h"
#include "tests/unit/services/bot_world.h"

using namespace guildhall;
using protocol::Command;
using protocol::CommandId;
using protocol::UserId;
using services::CommandScope;
using tests::BotWorld;
namespace api = protocol::api;

namespace {

constexpr const char* kTea = R"({"name":"tea","description":"Makes tea"})";

std::string chat(const std::string& name, const std::string& description = "d") {
    return R"({"name":")" + name + R"(","description":")" + description + R"("})";
}

}  // namespace

TEMPLATE_TEST_CASE_SIG("commands are registered, changed and removed in both scopes",
                       "",
                       ((bool Global), Global),
                       true,
                       false) {
    BotWorld w;
    const CommandScope scope{w.application, Global ? protocol::GuildId{} : w.guild};
    const auto actor = w.bot_actor();
    const auto made = w.ok(w.commands.create(actor, scope, w.read<api::CommandCreate>(kTea)));
    CHECK(made.is_new);
    CHECK(made.command.applicationId == w.application);

    const auto again = w.ok(
        w.commands.create(actor, scope, w.read<api::CommandCreate>(chat("tea", "Makes more"))));
    CHECK_FALSE(again.is_new);
    CHECK(again.command.id == made.command.id);
    CHECK(again.command.version > made.command.version);

    const auto patch = protocol::parse_json(R"({"name":"coffee"})").value();
    const auto edited = w.ok(w.commands.edit(actor, scope, made.command.id, patch));
    CHECK(edited.json.find("coffee") != std::string::npos);
    CHECK(edited.json.find("Makes more") != std::string::npos);
    CHECK(w.commands.get(actor, scope, made.command.id).value() == edited);

    CHECK(w.code(w.commands.remove(actor, scope, CommandId(7))) ==
          protocol::kUnknownApplicationCommand);
    CHECK(w.code(w.commands.remove(actor, scope, made.command.id)) == 0);
    CHECK(w.commands.list(actor, scope).value().empty());
}

TEST_CASE(
    "a bulk update keeps the ids of what keeps its name, and the version of what is the same") {
    BotWorld w;
    const CommandScope scope{w.application, w.guild};
    const auto put = [&](const std::string& json) {
        return w.ok(w.commands.replace(w.bot_actor(), scope, w.read<api::CommandBulk>(json)));
    };
    const auto first = put("[" + chat("a") + "," + chat("b") + "," + chat("c") + "]");
    REQUIRE(first.size() == 3);
    const std::size_t before = w.recorder.entries.size();
    CHECK(put("[" + chat("a") + "," + chat("b") + "," + chat("c") + "]") == first);
    CHECK(w.recorder.entries.size() == before);
    const auto second = put("[" + chat("b", "new") + "," + chat("c") + "," + chat("d") + "]");
    REQUIRE(second.size() == 3);
    CHECK(second[0].id == first[1].id);
    CHECK(second[0].version > first[1].version);
    CHECK(second[1] == first[2]);
    CHECK(second[2].id > first[2].id);
}

TEST_CASE("global commands survive in their table as the node shows them") {
    BotWorld w;
    const CommandScope scope{w.application, {}};
    w.ok(w.commands.replace(
        w.bot_actor(), scope, w.read<api::CommandBulk>("[" + chat("x") + "," + chat("a") + "]")));
    std::vector<store::commands::Registered> rows;
    store::ReadJob job;
    job.run = [&](store::Tx& tx) { rows = store::commands::load_all(tx).value(); };
    job.failed = [](const protocol::Error&) {};
    w.db->read(std::move(job));
    REQUIRE(rows.size() == 1);
    CHECK(rows.front().first == w.application);
    CHECK(rows.front().second == w.commands.list(w.bot_actor(), scope).value());
}

TEST_CASE("a scope holds so many commands of a type") {
    BotWorld w;
    const CommandScope scope{w.application, w.guild};
    std::string all = "[";
    for (std::size_t n = 0; n < protocol::limits::kChatCommandsMax; ++n)
        all += (n ? "," : "") + chat("c" + std::to_string(n));
    w.ok(w.commands.replace(w.bot_actor(), scope, w.read<api::CommandBulk>(all + "]")));
    CHECK(
        w.code(w.commands.create(w.bot_actor(), scope, w.read<api::CommandCreate>(chat("more")))) ==
        protocol::kMaximumNumberOfApplicationCommandsReached);
    CHECK(w.code(w.commands.create(
              w.bot_actor(), scope, w.read<api::CommandCreate>(R"({"name":"More","type":2})"))) ==
          0);
}

TEST_CASE("a rename onto another command's name is refused") {
    BotWorld w;
    const Command a = w.add_command(chat("a"));
    w.add_command(chat("b"));
    const CommandScope scope{w.application, w.guild};
    const auto patch = protocol::parse_json(R"({"name":"b"})").value();
    CHECK(w.code(w.commands.edit(w.bot_actor(), scope, a.id, patch)) ==
          protocol::kApplicationCommandWithThatNameAlreadyExists);
}

TEST_CASE("commands are their application's business, in guilds that its bot is in") {
    BotWorld w;
    const UserId stranger = w.add_user("stranger");
    const auto request = w.read<api::CommandCreate>(kTea);
    CHECK(w.code(w.commands.create(w.as(stranger), {w.application, w.guild}, request)) ==
          protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
    CHECK(
        w.code(w.commands.create(w.as(stranger), {protocol::ApplicationId(9), w.guild}, request)) ==
        protocol::kUnknownApplication);
    const auto elsewhere = w.make_guild(stranger);
    CHECK(w.code(w.commands.create(w.bot_actor(), {w.application, elsewhere}, request)) ==
          protocol::kMissingAccess);
    CHECK(w.code(w.commands.create(w.as(w.owner), {w.application, w.guild}, request)) == 0);
}

TEST_CASE("a guild's index lists its bots' commands of both scopes, for members") {
    BotWorld w;
    w.add_command(kTea);
    w.ok(w.commands.create(
        w.bot_actor(), {w.application, {}}, w.read<api::CommandCreate>(chat("everywhere"))));
    const auto index = w.commands.index(w.as(w.owner), w.guild).value();
    REQUIRE(index.size() == 1);
    CHECK(index.front().application->id == w.application);
    CHECK(index.front().global.size() == 1);
    CHECK(index.front().of_guild.size() == 1);
    CHECK(w.commands.index(w.as(w.owner), w.channel).value().size() == 1);
    const UserId stranger = w.add_user("stranger");
    CHECK(w.commands.index(w.as(stranger), w.guild).error().code == protocol::kUnknownGuild);
    CHECK(w.commands.index(w.as(stranger), w.channel).error().code == protocol::kMissingAccess);
}

TEST_CASE("commands are shown as the API's description says, with and without localizations") {
    BotWorld w;
    const Command command = w.add_command(
        R"({"name":"tea","description":"d","name_localizations":{"de":"tee"},"options":[
            {"type":3,"name":"kind","description":"k","description_localizations":{"de":"Art"},
             "choices":[{"name":"Green","value":"g","name_localizations":{"de":"Grün"}}]},
            {"type":4,"name":"cups","description":"c","min_value":1,"max_value":9}]})");
    std::string full, plain;
    protocol::JsonWriter a(full), b(plain);
    services::write_command(a, command, w.guild, true);
    services::write_command(b, command, w.guild, false);
    CHECK(full.find("Grün") != std::string::npos);
    CHECK(plain.find("localizations") == std::string::npos);
    const auto openapi = tests::OpenApi::load();
    if (!openapi) return;
    CHECK(openapi->problem("ApplicationCommandResponse", protocol::parse_json(full).value()) == "");
    CHECK(openapi->problem("ApplicationCommandResponse", protocol::parse_json(plain).value()) ==
          "");
}
