#include "protocol/api/components.h"

#include "protocol/api/message.h"
#include "tests/unit/protocol/api/support.h"

using namespace guildhall::protocol;
using namespace guildhall::protocol::api;

namespace {

std::string button(const std::string& id) {
    return R"({"type":2,"style":1,"label":"L","custom_id":")" + id + "\"}";
}
std::string row(const std::string& inside) { return R"({"type":1,"components":[)" + inside + "]}"; }
std::string v1(const std::string& inside) { return R"({"components":[)" + inside + "]}"; }
std::string v2(const std::string& inside) {
    return R"({"flags":32768,"components":[)" + inside + "]}";
}

}  // namespace

TEST_CASE("rows of buttons and selects become canonical text with ids") {
    auto m = decode_text<MessageCreate>(v1(
        row(R"({"label":"Go","style":5,"type":2,"url":"https://x.y","junk":1})" + std::string(",") +
            R"({"type":2,"style":1,"custom_id":"a","emoji":{"name":"👍"},"id":1})") +
        "," +
        row(R"({"type":3,"custom_id":"s","options":[{"label":"l","value":"v","default":true}]})")));
    REQUIRE(m);
    CHECK(
        m->components_text ==
        R"([{"type":1,"id":2,"components":[{"type":2,"id":3,"style":5,"label":"Go",)"
        R"("url":"https://x.y"},{"type":2,"id":1,"style":1,"emoji":{"name":"👍"},"custom_id":"a"}]},)"
        R"({"type":1,"id":4,"components":[{"type":3,"id":5,"custom_id":"s",)"
        R"("options":[{"label":"l","value":"v","default":true}]}]}])");
    auto found = find_component(m->components_text, "s");
    REQUIRE(found);
    CHECK(found->type == ComponentType::string_select);
    CHECK_FALSE(find_component(m->components_text, "z"));
    CHECK(m->has_text_or_embeds());
    CHECK(decode_text<MessageCreate>(v1(""))->components_text.empty());
}

TEST_CASE("a component tree with faults names each by path") {
    CHECK(faults<MessageCreate>(v1(R"({"type":2})")) == "components[0].type BASE_TYPE_CHOICES;");
    CHECK(faults<MessageCreate>(v1(R"({})")) == "components[0].type BASE_TYPE_REQUIRED;");
    CHECK(faults<MessageCreate>(v1("5")) == "components[0] DICT_TYPE_CONVERT;");
    CHECK(faults<MessageCreate>(R"({"components":{}})") == "components LIST_TYPE_CONVERT;");
    CHECK(faults<MessageCreate>(v1(row(""))) == "components[0].components BASE_TYPE_REQUIRED;");
    CHECK(faults<MessageCreate>(v1(row(R"({"type":2,"style":1,"label":"x"})"))) ==
          "components[0].components[0].custom_id BASE_TYPE_REQUIRED;");
    CHECK(faults<MessageCreate>(v1(row(R"({"type":2,"style":7,"custom_id":"x"})"))) ==
          "components[0].components[0].style NUMBER_TYPE_MAX;");
    CHECK(faults<MessageCreate>(v1(row(button("a") + "," + button("a")))) ==
          "components[0].components[1].custom_id COMPONENT_CUSTOM_ID_DUPLICATED;");
    CHECK(faults<MessageCreate>(v1(row(R"({"type":5,"custom_id":"u"},)" + button("a")))) ==
          "components[0].components COMPONENT_LAYOUT_WIDTH_EXCEEDED;");
    CHECK(faults<MessageCreate>(
              v1(row(R"({"type":3,"custom_id":"s","options":[{"label":"a","value":"v"},
              {"label":"b","value":"v"}]})"))) ==
          "components[0].components[0].options SELECT_COMPONENT_OPTION_VALUE_DUPLICATED;");
}

TEST_CASE("five rows of five buttons are the most") {
    auto five = [](int base) {
        std::string out;
        for (int i = 0; i < 5; ++i) out += (i ? "," : "") + button(std::to_string(base + i));
        return out;
    };
    std::string rows;
    for (int i = 0; i < 5; ++i) rows += (i ? "," : "") + row(five(i * 5));
    CHECK(faults<MessageCreate>(v1(rows)) == "none");
    CHECK(faults<MessageCreate>(v1(rows + "," + row(button("z")))) ==
          "components BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<MessageCreate>(v1(row(five(0) + "," + button("z")))) ==
          "components[0].components BASE_TYPE_BAD_LENGTH;");
}

TEST_CASE("layout components need their flag and exclude content") {
    std::string text = R"({"type":10,"content":"hello"})";
    CHECK(faults<MessageCreate>(v1(text)) == "components[0].type BASE_TYPE_CHOICES;");
    CHECK(faults<MessageCreate>(v2(text)) == "none");
    CHECK(faults<MessageCreate>(R"({"flags":32768,"content":"x","components":[)" + text + "]}") ==
          "content MESSAGE_CANNOT_USE_LEGACY_FIELDS_WITH_COMPONENTS_V2;");
    auto full = v2(R"({"type":17,"accent_color":5,"components":[)" + text + "," + row(button("a")) +
                   R"(,{"type":9,"components":[)" + text +
                   R"(],"accessory":{"type":11,"media":{"url":"https://x.y/z.png"}}},
                   {"type":12,"items":[{"media":{"url":"attachment://a.png"}}]},
                   {"type":14,"spacing":2},{"type":13,"file":{"url":"attachment://f.txt"}}]})");
    CHECK(faults<MessageCreate>(full) == "none");
    CHECK(faults<MessageCreate>(v2(R"({"type":17,"components":[{"type":17,"components":[]}]})")) ==
          "components[0].components[0].type BASE_TYPE_CHOICES;");
    CHECK(faults<MessageCreate>(v2(R"({"type":9,"components":[)" + text + "]}")) ==
          "components[0].accessory BASE_TYPE_REQUIRED;");
    CHECK(faults<MessageCreate>(v2(R"({"type":10,"content":")" + std::string(3000, 'a') +
                                   R"("},{"type":10,"content":")" + std::string(1001, 'a') +
                                   "\"}")) == "components COMPONENT_TEXT_TOTAL_EXCEEDED;");
}

TEST_CASE("a message has at most 40 components") {
    auto separators = [](int n) {
        std::string out;
        for (int i = 0; i < n; ++i) out += std::string(i ? "," : "") + R"({"type":14})";
        return out;
    };
    auto boxed = [&](int n) { return v2(R"({"type":17,"components":[)" + separators(n) + "]}"); };
    CHECK(faults<MessageCreate>(v2(separators(40))) == "none");
    CHECK(faults<MessageCreate>(v2(separators(41))) == "components BASE_TYPE_MAX_LENGTH;");
    CHECK(faults<MessageCreate>(boxed(39)) == "none");
    CHECK(faults<MessageCreate>(boxed(40)) ==
          "components[0].components[39] COMPONENT_MAX_TOTAL_COMPONENTS_EXCEEDED;");
}

TEST_CASE("an edit with layout components says so") {
    auto edit = decode_text<MessageEdit>(R"({"components":[{"type":14}]})");
    REQUIRE(edit);
    CHECK(edit->components_need_v2);
    auto old = decode_text<MessageEdit>(v1(row(button("a"))));
    REQUIRE(old);
    CHECK_FALSE(old->components_need_v2);
    CHECK_FALSE(old->components_text.empty());
}
