#include "protocol/api/command.h"

#include "protocol/json/reader.h"
#include "tests/unit/protocol/api/support.h"

using namespace guildhall::protocol;
using namespace guildhall::protocol::api;

namespace {

std::string command(const std::string& options) {
    return R"({"name":"go","description":"d","options":[)" + options + "]}";
}
std::string option(int type, const std::string& name, const std::string& more = "") {
    return R"({"type":)" + std::to_string(type) + R"(,"name":")" + name + R"(","description":"d")" +
           more + "}";
}

}  // namespace

TEST_CASE("a command becomes canonical text and back") {
    auto c = decode_text<CommandCreate>(
        R"({"name":"go","description":"d","options":[{"type":10,"name":"n","description":"d",
        "required":true,"min_value":1,"max_value":2.5,"choices":[{"name":"x","value":1.5}]}],
        "name_localizations":{"de":"los"},"default_member_permissions":"8","junk":1})");
    REQUIRE(c);
    auto text = canonical_command(*c);
    CHECK(text ==
          R"({"type":1,"name":"go","name_localizations":{"de":"los"},"description":"d",)"
          R"("options":[{"type":10,)"
          R"("name":"n","description":"d","required":true,"choices":[{"name":"x","value":1.5E0}],)"
          R"("min_value":1,"max_value":2.5E0}],"default_member_permissions":"8"})");
    auto back = parse_command(text);
    REQUIRE(back);
    CHECK(canonical_command(*back) == text);
}

TEST_CASE("a patch changes what it names and is validated as a whole") {
    auto stored = canonical_command(*decode_text<CommandCreate>(command(option(3, "a"))));
    auto renamed = patch_command(stored, *parse_json(R"({"name":"stop","type":2})"));
    REQUIRE(renamed);
    CHECK(renamed->name == "stop");
    CHECK(renamed->kind() == CommandType::chat_input);
    CHECK(renamed->options->size() == 1);
    CHECK_FALSE(patch_command(stored, *parse_json(R"({"name":"No Good"})")));
    CHECK_FALSE(patch_command(stored, *parse_json("[]")));
    auto bare = patch_command(stored, *parse_json(R"({"options":null})"));
    REQUIRE(bare);
    CHECK_FALSE(bare->options);
}

TEST_CASE("names follow the rules of chat commands") {
    for (auto* good : {"a", "go-on", "it's", "größe", "日本語", "हिन्दी", "a_1"}) {
        CAPTURE(good);
        CHECK(is_valid_command_name(good));
    }
    for (auto* bad : {"", "A", "a b", "a!", "Ö", "😀", "a\u2003b"}) {
        CAPTURE(bad);
        CHECK_FALSE(is_valid_command_name(bad));
    }
    CHECK(faults<CommandCreate>(R"({"name":"Go","description":"d"})") ==
          "name APPLICATION_COMMAND_INVALID_NAME;");
    CHECK(faults<CommandCreate>(R"({"name":"Do This","type":2})") == "none");
    CHECK(faults<CommandCreate>(R"({"name":"Do This","type":3,"description":"x"})") ==
          "description APPLICATION_COMMAND_CONTEXT_MENU_DESCRIPTION;");
    CHECK(faults<CommandCreate>(R"({"name":"go"})") == "description BASE_TYPE_REQUIRED;");
}

TEST_CASE("options are nested as far as subcommands go") {
    auto sub = option(1, "s", R"(,"options":[)" + option(3, "x") + "]");
    auto group = option(2, "g", R"(,"options":[)" + sub + "]");
    CHECK(faults<CommandCreate>(command(group + "," + option(1, "t"))) == "none");
    CHECK(faults<CommandCreate>(command(sub + "," + option(3, "y"))) ==
          "options[1].type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID;");
    CHECK(faults<CommandCreate>(command(option(2, "g", R"(,"options":[)" + group + "]"))) ==
          "options[0].options[0].type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID;");
    CHECK(faults<CommandCreate>(command(option(1, "s", R"(,"options":[)" + sub + "]"))) ==
          "options[0].options[0].type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID;");
    CHECK(
        faults<CommandCreate>(command(option(2, "g", R"(,"options":[)" + option(3, "x") + "]"))) ==
        "options[0].options[0].type APPLICATION_COMMAND_OPTIONS_TYPE_INVALID;");
    CHECK(
        faults<CommandCreate>(command(option(3, "x", R"(,"options":[)" + option(3, "y") + "]"))) ==
        "options[0].options APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED;");
}

TEST_CASE("options keep their order, names and types") {
    CHECK(faults<CommandCreate>(
              command(option(3, "a") + "," + option(3, "b", R"(,"required":true)"))) ==
          "options[1].required APPLICATION_COMMAND_OPTIONS_REQUIRED_INVALID;");
    CHECK(faults<CommandCreate>(command(option(3, "a") + "," + option(4, "a"))) ==
          "options[1].name APPLICATION_COMMAND_OPTIONS_NAME_INVALID;");
    CHECK(faults<CommandCreate>(command(option(12, "a"))) == "options[0].type BASE_TYPE_CHOICES;");
    CHECK(faults<CommandCreate>(
              command(option(4, "a", R"(,"choices":[{"name":"x","value":"1"}])"))) ==
          "options[0].choices[0].value APPLICATION_COMMAND_CHOICE_VALUE;");
    CHECK(
        faults<CommandCreate>(command(option(5, "a", R"(,"choices":[{"name":"x","value":1}])"))) ==
        "options[0].choices APPLICATION_COMMAND_OPTION_FIELD_NOT_ALLOWED;");
    CHECK(faults<CommandCreate>(command(option(3, "a", R"(,"min_length":5,"max_length":4)"))) ==
          "options[0].min_length NUMBER_TYPE_MAX;");
    CHECK(faults<CommandCreate>(command(option(3, "a", R"(,"name_localizations":{"xx":"y"})"))) ==
          "options[0].name_localizations BASE_TYPE_CHOICES;");
}

TEST_CASE("25 options and 25 choices are the most, 8000 characters in all") {
    auto many = [](int n, auto make) {
        std::string out;
        for (int i = 0; i < n; ++i) out += (i ? "," : "") + make(i);
        return out;
    };
    auto plain = [](int i) { return option(3, "o" + std::to_string(i)); };
    CHECK(faults<CommandCreate>(command(many(25, plain))) == "none");
    CHECK(faults<CommandCreate>(command(many(26, plain))) == "options BASE_TYPE_MAX_LENGTH;");
    auto choice = [](int i) {
        return R"({"name":")" + std::to_string(i) + std::string(90, 'n') + R"(","value":")" +
               std::string(100, 'v') + "\"}";
    };
    auto full = [&](int i) {
        return option(3, "o" + std::to_string(i), R"(,"choices":[)" + many(25, choice) + "]");
    };
    CHECK(faults<CommandCreate>(command(many(1, full))) == "none");
    CHECK(faults<CommandCreate>(command(many(2, full))) == " APPLICATION_COMMAND_TOO_LARGE;");
}

TEST_CASE("a bulk update has unique names and bounded counts per type") {
    auto one = [](const std::string& name, int type) {
        return R"({"name":")" + name + R"(","type":)" + std::to_string(type) +
               (type == 1 ? R"(,"description":"d"})" : "}");
    };
    CHECK(faults<CommandBulk>("[" + one("a", 1) + "," + one("a", 2) + "]") == "none");
    CHECK(faults<CommandBulk>("[" + one("a", 1) + "," + one("a", 1) + "]") ==
          "[1].name APPLICATION_COMMANDS_DUPLICATE_NAME;");
    std::string users = "[";
    for (int i = 0; i < 15; ++i) users += one("u" + std::to_string(i), 2) + ",";
    CHECK(faults<CommandBulk>(users + one("m", 3) + "]") == "none");
    CHECK(faults<CommandBulk>(users + one("u", 2) + "]") ==
          "[15].type APPLICATION_COMMANDS_LIMIT;");
    CHECK(decode_text<CommandBulk>("[]")->empty());
    CHECK(faults<CommandBulk>("{}") == " LIST_TYPE_CONVERT;");
}
