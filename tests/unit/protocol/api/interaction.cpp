#include "protocol/api/interaction.h"

#include "tests/unit/protocol/api/support.h"

using namespace guildhall::protocol;
using namespace guildhall::protocol::api;

namespace {

std::string invoke(int type, const std::string& data) {
    return R"({"type":)" + std::to_string(type) +
           R"(,"application_id":"1","channel_id":"2","guild_id":"3","session_id":"s","nonce":"9",)"
           R"("data":)" +
           data + "}";
}

}  // namespace

TEST_CASE("a user runs a command with nested options") {
    auto i = decode_text<InteractionCreate>(
        invoke(2, R"({"id":"5","name":"go","type":1,"version":"6","options":[{"type":1,"name":"s",
                  "options":[{"type":4,"name":"n","value":42},
                             {"type":3,"name":"t","value":"x"}]}]})"));
    REQUIRE(i);
    CHECK(i->data.id == CommandId(5));
    CHECK(canonical_options(i->data) ==
          R"([{"type":1,"name":"s","options":[{"type":4,"name":"n","value":42},)"
          R"({"type":3,"name":"t","value":"x"}]}])");
    CHECK(canonical_options(InteractionData{}).empty());
}

TEST_CASE("each interaction type needs its data") {
    CHECK(faults<InteractionCreate>(invoke(2, "{}")) ==
          "data.id BASE_TYPE_REQUIRED;data.name BASE_TYPE_REQUIRED;");
    CHECK(faults<InteractionCreate>(invoke(2, R"({"id":"1","name":"n","type":2})")) ==
          "data.target_id BASE_TYPE_REQUIRED;");
    CHECK(faults<InteractionCreate>(invoke(3, R"({"custom_id":"c","component_type":2})")) ==
          "message_id BASE_TYPE_REQUIRED;");
    CHECK(faults<InteractionCreate>(invoke(5, R"({"custom_id":"c"})")) ==
          "data.components BASE_TYPE_REQUIRED;");
    CHECK(faults<InteractionCreate>(invoke(1, "{}")) == "data BASE_TYPE_CHOICES;");
    CHECK(faults<InteractionCreate>(invoke(9, "{}")) == "type BASE_TYPE_CHOICES;");
    CHECK(faults<InteractionCreate>(
              invoke(4, R"({"id":"1","name":"n","options":[{"type":3,"name":"a","value":{}}]})")) ==
          "data.options[0].value BASE_TYPE_REQUIRED;");
}

TEST_CASE("a callback carries the data its type asks for") {
    auto message =
        decode_text<InteractionCallback>(R"({"type":4,"data":{"content":"hi","flags":64}})");
    REQUIRE(message);
    CHECK(*message->message->content == "hi");
    CHECK(faults<InteractionCallback>(R"({"type":4})") == "data BASE_TYPE_REQUIRED;");
    CHECK(faults<InteractionCallback>(R"({"type":2})") == "type BASE_TYPE_CHOICES;");
    CHECK(faults<InteractionCallback>(R"({})") == "type BASE_TYPE_REQUIRED;");
    CHECK(decode_text<InteractionCallback>(R"({"type":1})"));
    CHECK(decode_text<InteractionCallback>(R"({"type":6})"));
    auto deferred = decode_text<InteractionCallback>(R"({"type":5,"data":{"flags":64}})");
    REQUIRE(deferred);
    CHECK(deferred->message->flag_bits() == 64);
    auto choices = decode_text<InteractionCallback>(
        R"({"type":8,"data":{"choices":[{"name":"a","value":1}]}})");
    REQUIRE(choices);
    CHECK(canonical_choices(*choices->choices) == R"([{"name":"a","value":1}])");
    CHECK(faults<InteractionCallback>(R"({"type":4,"data":{"content":5}})") ==
          "data.content STRING_TYPE_CONVERT;");
}

TEST_CASE("a modal holds text inputs") {
    auto modal = decode_text<InteractionCallback>(
        R"({"type":9,"data":{"custom_id":"m","title":"T","components":[{"type":1,"components":[
            {"type":4,"custom_id":"i","style":1,"label":"L"}]},{"type":18,"label":"X","component":
            {"type":4,"custom_id":"j","style":2}}]}})");
    REQUIRE(modal);
    CHECK(find_component(modal->modal->components_text, "j"));
    CHECK(faults<InteractionCallback>(
              R"({"type":9,"data":{"custom_id":"m","title":"T","components":[]}})") ==
          "data.components BASE_TYPE_REQUIRED;");
    CHECK(
        faults<InteractionCallback>(
            R"({"type":9,"data":{"custom_id":"m","title":"T","components":[{"type":1,"components":[
                  {"type":2,"style":1,"label":"x","custom_id":"b"}]}]}})") ==
        "data.components[0].components[0].type BASE_TYPE_CHOICES;");
}
