#include "protocol/json/codec.h"

#include "tests/catch.h"

#include <boost/describe/class.hpp>
#include <boost/json/serialize.hpp>

using namespace guildhall::protocol;

namespace sample {

enum class Kind { one = 1, three = 3 };
static constexpr bool is_valid(Kind k) { return k == Kind::one || k == Kind::three; }

struct Inner {
    Text<1, 5> text;
    std::optional<Int<0, 10>> count;
};
BOOST_DESCRIBE_STRUCT(Inner, (), (text, count))

struct Sample {
    UserId id;
    std::optional<Name<2, 4>> name;
    Field<Text<0, 3>> topic;
    Field<ChannelId> parent_id;
    std::optional<Kind> kind;
    std::optional<bool> flag;
    std::optional<Permissions> allow;
    std::optional<Timestamp> until;
    std::optional<List<Inner, 2>> items;
    std::optional<double> ratio;
    std::optional<boost::json::value> free;
};
BOOST_DESCRIBE_STRUCT(Sample,
                      (),
                      (id, name, topic, parent_id, kind, flag, allow, until, items, ratio, free))

struct Pair {
    int low = 0;
    int high = 0;
};
BOOST_DESCRIBE_STRUCT(Pair, (), (low, high))
static void validate(Pair& pair, FormErrors& errors) {
    if (pair.low > pair.high) errors.add("low", "PAIR_ORDER", "low is above high");
}

}  // namespace sample

using namespace sample;

namespace {

std::string faults(std::string_view text) {
    auto result = decode_text<Sample>(text);
    if (result) return "none";
    std::string out;
    for (const auto& field : result.error().fields) out += field.path + " " + field.code + ";";
    return out;
}

}  // namespace

TEST_CASE("a full body is read") {
    auto result =
        decode_text<Sample>(R"({"id":"123","name":" abc ","topic":"é€x","parent_id":7,"kind":3,
        "flag":true,"allow":"1024","until":"2024-01-01T00:00:00.5+00:00",
        "items":[{"text":"a","count":10},{"text":"b"}],"ratio":0.5,"free":{"x":[1]},"new":1})");
    REQUIRE(result);
    CHECK(result->id == UserId(123));
    CHECK(*result->name == "abc");
    CHECK(*result->topic.value == "é€x");
    CHECK(*result->parent_id.value == ChannelId(7));
    CHECK(result->kind == Kind::three);
    CHECK(result->allow == permissions::kViewChannel);
    CHECK(result->until->ms == 1704067200500);
    CHECK(result->items->at(0).count == 10);
    CHECK_FALSE(result->items->at(1).count);
    CHECK(boost::json::serialize(*result->free) == R"({"x":[1]})");
}

TEST_CASE("absent, null and given are three things to a Field and two to an optional") {
    auto absent = decode_text<Sample>(R"({"id":1})");
    REQUIRE(absent);
    CHECK_FALSE(absent->topic.present);
    auto null = decode_text<Sample>(R"({"id":1,"topic":null,"name":null})");
    REQUIRE(null);
    CHECK(null->topic.is_null());
    CHECK_FALSE(null->name);
    std::string topic = "old";
    absent->topic.apply_to(topic);
    CHECK(topic == "old");
    null->topic.apply_to(topic);
    CHECK(topic.empty());
    Field<Text<0, 3>>(Text<0, 3>("new")).apply_to(topic);
    CHECK(topic == "new");
}

TEST_CASE("ids above 2^53 are exact, as text and as number") {
    CHECK(decode_text<Sample>(R"({"id":1157242433843265577})")->id.value == 1157242433843265577ull);
    CHECK(decode_text<Sample>(R"({"id":"9223372036854775807"})")->id.value == (1ull << 63) - 1);
    for (auto* bad : {"\"\"",
                      "-1",
                      "1.5",
                      "\"01\"",
                      "\"9223372036854775808\"",
                      "1e3",
                      "true",
                      "[]",
                      "9223372036854775808",
                      "\"1 \""}) {
        CAPTURE(bad);
        CHECK(faults(std::string(R"({"id":)") + bad + "}") == "id NUMBER_TYPE_COERCE;");
    }
}

TEST_CASE("every fault is named with its path") {
    CHECK(faults("[]") == " DICT_TYPE_CONVERT;");
    CHECK(faults("{}") == "id BASE_TYPE_REQUIRED;");
    CHECK(faults(R"({"id":null})") == "id BASE_TYPE_REQUIRED;");
    CHECK(faults(R"({"id":1,"name":5,"topic":"abcd","kind":2,"flag":3,"allow":"x","until":"now",
                     "ratio":"no","items":[{"text":""},{"count":11,"text":"abcdef"}]})") ==
          "name STRING_TYPE_CONVERT;topic BASE_TYPE_MAX_LENGTH;kind BASE_TYPE_CHOICES;"
          "flag BOOLEAN_TYPE_CONVERT;allow NUMBER_TYPE_COERCE;until DATE_TIME_TYPE_PARSE;"
          "items[0].text BASE_TYPE_REQUIRED;items[1].text BASE_TYPE_BAD_LENGTH;"
          "items[1].count NUMBER_TYPE_MAX;ratio NUMBER_TYPE_COERCE;");
    CHECK(faults(R"({"id":1,"items":{}})") == "items LIST_TYPE_CONVERT;");
    CHECK(faults(R"({"id":1,"items":[1,2,3]})") == "items BASE_TYPE_MAX_LENGTH;");
    CHECK(faults(R"({"id":1,"items":[1,null]})") ==
          "items[0] DICT_TYPE_CONVERT;items[1] DICT_TYPE_CONVERT;");
    CHECK(faults(R"({"id":1,"items":[{"text":"a","count":-1}]})") ==
          "items[0].count NUMBER_TYPE_MIN;");
}

TEST_CASE("lengths are code points, counted after trimming a name") {
    CHECK(faults(R"({"id":1,"name":"😀"})") == "name BASE_TYPE_BAD_LENGTH;");
    CHECK(faults(R"({"id":1,"name":"😀😀"})") == "none");
    CHECK(faults(R"({"id":1,"name":"😀😀😀😀"})") == "none");
    CHECK(faults(R"({"id":1,"name":"😀😀😀😀😀"})") == "name BASE_TYPE_BAD_LENGTH;");
    CHECK(faults(R"({"id":1,"name":"   "})") == "name BASE_TYPE_REQUIRED;");
    CHECK(faults(R"({"id":1,"name":"      abcd      "})") == "none");
    CHECK(*decode_text<Sample>(R"({"id":1,"name":"a\u0000b"})")->name == "ab");
}

TEST_CASE("forms and queries may write numbers and booleans as text") {
    auto pair = decode_text<Pair>(R"({"low":"-3","high":5.0})");
    REQUIRE(pair);
    CHECK(pair->low == -3);
    CHECK(pair->high == 5);
    CHECK_FALSE(decode_text<Pair>(R"({"low":5.5,"high":6})"));
    CHECK_FALSE(decode_text<Pair>(R"({"low":1,"high":2147483648})"));
    CHECK(*decode_text<Sample>(R"({"id":"1","flag":"True"})")->flag);
    CHECK_FALSE(*decode_text<Sample>(R"({"id":"1","flag":"0"})")->flag);
}

TEST_CASE("a struct's own rules run when its members are sound") {
    auto bad = decode_text<Pair>(R"({"low":2,"high":1})");
    REQUIRE_FALSE(bad);
    CHECK(bad.error().fields.at(0).path == "low");
    auto worse = decode_text<Pair>(R"({"low":2})");
    REQUIRE_FALSE(worse);
    CHECK(worse.error().fields.size() == 1);
}

TEST_CASE("what was read is written again without what was absent") {
    std::string text =
        R"({"id":"5","topic":null,"kind":1,"allow":"8","until":"2024-01-01T00:00:00.000000+00:00",)"
        R"("items":[{"text":"a"}]})";
    auto value = decode_text<Sample>(text);
    REQUIRE(value);
    CHECK(boost::json::serialize(encode(*value)) == text);
}
