#include "node/services/command_options.h"
#include "node/services/ephemerals.h"
#include "node/services/interaction_token.h"
#include "protocol/errors.h"
#include "protocol/json/decode.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using protocol::MessageId;
using services::Ephemerals;
using services::InteractionRef;
using tests::NodeFixture;
namespace api = protocol::api;

namespace {

InteractionRef some_ref() {
    return {protocol::InteractionId(1),
            protocol::ApplicationId(2),
            protocol::GuildId(3),
            protocol::ChannelId(4),
            protocol::UserId(0x7fffffffffffffff)};
}

protocol::Message ephemeral(std::uint64_t id, std::uint64_t interaction, std::size_t bytes = 10) {
    protocol::Message m;
    m.id = MessageId(id);
    m.interactionId = protocol::InteractionId(interaction << 22);
    m.content = std::string(bytes, 'x');
    return m;
}

constexpr const char* kDefinition = R"({"name":"c","description":"d","options":[
    {"type":3,"name":"text","description":"d","required":true,"min_length":2,"max_length":4},
    {"type":4,"name":"whole","description":"d","min_value":1,"max_value":3},
    {"type":10,"name":"any","description":"d","choices":[{"name":"Half","value":0.5}]},
    {"type":5,"name":"flag","description":"d"},
    {"type":7,"name":"where","description":"d","channel_types":[2]}]})";

/// The code of the fault that these options have; empty for none.
std::string fault(NodeFixture& node, const char* definition, const std::string& options) {
    const auto owner = node.add_user("owner");
    const auto guild = node.make_guild(owner);
    const services::Place place{node.state(guild), node.view(), owner};
    const auto command = protocol::decode_text<api::CommandCreate>(definition).value();
    const auto request = protocol::decode_text<api::InteractionCreate>(
        R"({"type":2,"application_id":"1","channel_id":"1","data":{"id":"1","name":"c","options":)" +
        options + "}}");
    if (!request) return "request: " + protocol::error_body(request.error());
    services::Named named;
    const auto checked = services::check_options(place, command, request->data, false, named);
    if (checked) return "";
    return checked.error().fields.at(0).path + " " + checked.error().fields.at(0).code;
}

}  // namespace

TEST_CASE("an interaction token names its interaction and cannot be made without the key") {
    const std::string token = services::make_interaction_token("key", some_ref());
    CHECK(services::read_interaction_token("key", token) == some_ref());
    CHECK_FALSE(services::read_interaction_token("other", token));
    CHECK(token.find_first_not_of(
              "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_") ==
          std::string::npos);
    for (std::size_t at = 0; at < token.size() - 1; ++at) {
        std::string damaged = token;
        damaged[at] = damaged[at] == 'A' ? 'B' : 'A';
        CHECK_FALSE(services::read_interaction_token("key", damaged));
    }
    CHECK_FALSE(services::read_interaction_token("key", ""));
    CHECK_FALSE(services::read_interaction_token("key", token.substr(1)));
}

TEST_CASE("ephemeral messages end with their interaction's token") {
    Ephemerals kept;
    const auto message = ephemeral(1, 5);
    const protocol::UnixMs born = message.interactionId.created_ms();
    CHECK(kept.put(message, born));
    CHECK(kept.find(MessageId(1), born + protocol::limits::kInteractionTokenMs - 1));
    CHECK_FALSE(kept.find(MessageId(1), born + protocol::limits::kInteractionTokenMs));
    CHECK(kept.put(ephemeral(2, 1'000'000), born + protocol::limits::kInteractionTokenMs));
    CHECK(kept.size() == 1);
}

TEST_CASE("one interaction has so many ephemeral messages and no more") {
    Ephemerals kept;
    const protocol::UnixMs now = ephemeral(1, 5).interactionId.created_ms();
    for (std::uint64_t n = 1; n <= Ephemerals::kPerInteractionMax; ++n)
        CHECK(kept.put(ephemeral(n, 5), now));
    CHECK_FALSE(kept.put(ephemeral(1000, 5), now));
    CHECK(kept.put(ephemeral(1, 5), now));
    CHECK(kept.put(ephemeral(1001, 6), now));
    CHECK(kept.erase(MessageId(1)));
    CHECK_FALSE(kept.erase(MessageId(1)));
    CHECK(kept.put(ephemeral(1000, 5), now));
}

TEST_CASE("beyond their bound of bytes the oldest ephemeral messages go") {
    Ephemerals kept;
    const protocol::UnixMs now = ephemeral(1, 5).interactionId.created_ms();
    constexpr std::size_t kBig = 1 << 20;
    for (std::uint64_t n = 1; n <= 40; ++n) kept.put(ephemeral(n, 5 + n, kBig), now);
    CHECK(kept.bytes() <= Ephemerals::kBytesMax + 2 * kBig);
    CHECK_FALSE(kept.find(MessageId(1), now));
    CHECK(kept.find(MessageId(40), now));
}

TEST_CASE("options are held against their definition") {
    NodeFixture node;
    const auto of = [&](const std::string& options) { return fault(node, kDefinition, options); };
    const std::string ok = R"({"type":3,"name":"text","value":"tea"})";
    CHECK(of("[" + ok + "]") == "");
    CHECK(of("[]") == "data.options.text BASE_TYPE_REQUIRED");
    CHECK(of(R"([{"type":3,"name":"text","value":"t"}])") ==
          "data.options[0].value APPLICATION_COMMAND_OPTION_VALUE_INVALID");
    CHECK(of(R"([{"type":3,"name":"text","value":"kettle"}])") ==
          "data.options[0].value APPLICATION_COMMAND_OPTION_VALUE_INVALID");
    CHECK(of(R"([{"type":3,"name":"text","value":5}])") ==
          "data.options[0].value APPLICATION_COMMAND_OPTION_VALUE_INVALID");
    CHECK(of("[" + ok + "," + ok + "]") ==
          "data.options[1].name APPLICATION_COMMAND_OPTION_UNKNOWN");
    const auto with = [&](const std::string& option) { return of("[" + ok + "," + option + "]"); };
    const std::string invalid = "data.options[1].value APPLICATION_COMMAND_OPTION_VALUE_INVALID";
    CHECK(with(R"({"type":4,"name":"whole","value":3})") == "");
    CHECK(with(R"({"type":4,"name":"whole","value":4})") == invalid);
    CHECK(with(R"({"type":4,"name":"whole","value":1.5})") == invalid);
    CHECK(with(R"({"type":10,"name":"any","value":0.5})") == "");
    CHECK(with(R"({"type":10,"name":"any","value":0.6})") == invalid);
    CHECK(with(R"({"type":5,"name":"flag","value":false})") == "");
    CHECK(with(R"({"type":5,"name":"flag","value":"no"})") == invalid);
    CHECK(with(R"({"type":7,"name":"where","value":"1"})") == invalid);
    CHECK(with(R"({"type":4,"name":"flag","value":1})") ==
          "data.options[1].name APPLICATION_COMMAND_OPTION_UNKNOWN");
}

TEST_CASE("of subcommands exactly one is run, with its own options") {
    NodeFixture node;
    constexpr const char* kNested = R"({"name":"c","description":"d","options":[
        {"type":1,"name":"a","description":"d"},
        {"type":2,"name":"g","description":"d","options":[{"type":1,"name":"b","description":"d",
            "options":[{"type":5,"name":"flag","description":"d","required":true}]}]}]})";
    const auto of = [&](const std::string& options) { return fault(node, kNested, options); };
    CHECK(of(R"([{"type":1,"name":"a"}])") == "");
    CHECK(of("[]") == "data.options BASE_TYPE_REQUIRED");
    CHECK(of(R"([{"type":1,"name":"a"},{"type":2,"name":"g"}])") != "");
    CHECK(of(R"([{"type":2,"name":"g","options":[{"type":1,"name":"b","options":[
        {"type":5,"name":"flag","value":true}]}]}])") == "");
    CHECK(of(R"([{"type":2,"name":"g","options":[{"type":1,"name":"b"}]}])") ==
          "data.options[0].options[0].options.flag BASE_TYPE_REQUIRED");
}
