#include "protocol/json/writer.h"

#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"

#include <boost/json/array.hpp>
#include <boost/json/object.hpp>

using namespace guildhall::protocol;

TEST_CASE("the writer puts commas where they belong") {
    std::string out = "prefix";
    JsonWriter w(out);
    w.begin_object().string("a", "x").number("b", -5).boolean("c", true).null("d");
    w.begin_array("e").number(1u).number(2).begin_object().end_object().end_array();
    w.begin_object("f").id("g", UserId(7)).id_or_null("h", RoleId(0)).end_object();
    w.begin_array("i").end_array().raw("j", "[]").permissions("k", permissions::kAdministrator);
    w.timestamp("l", 0).timestamp_or_null("m", 0).string_or_null("n", "").end_object();
    CHECK(out == R"(prefix{"a":"x","b":-5,"c":true,"d":null,"e":[1,2,{}],"f":{"g":"7","h":null},)"
                 R"("i":[],"j":[],"k":"8","l":"1970-01-01T00:00:00.000000+00:00","m":null,)"
                 R"("n":null})");
}

TEST_CASE("a string that ends like an opening bracket still gets its comma") {
    std::string out;
    JsonWriter w(out);
    w.begin_array().string("{").string("[").string(":").end_array();
    CHECK(out == R"(["{","[",":"])");
}

TEST_CASE("every byte is escaped as JSON wants it, at every offset of a word") {
    std::string text;
    for (int c = 1; c < 128; ++c) text += static_cast<char>(c);
    text += "é€😀\xc2\x80";
    for (std::size_t offset = 0; offset < 9; ++offset) {
        auto padded = std::string(offset, 'a') + text + text.substr(offset);
        std::string out;
        append_json_string(out, padded);
        auto back = parse_json(out);
        REQUIRE(back);
        CHECK(std::string_view(back->as_string()) == padded);
    }
    std::string out;
    append_json_string(out, "\n\x01\"\\/");
    CHECK(out == R"("\n\u0001\"\\/")");
}

TEST_CASE("numbers are written whole at their ends") {
    std::string out;
    JsonWriter w(out);
    w.begin_array().number(INT64_MIN).number(UINT64_MAX).quoted(UINT64_MAX).end_array();
    CHECK(out == R"([-9223372036854775808,18446744073709551615,"18446744073709551615"])");
}
