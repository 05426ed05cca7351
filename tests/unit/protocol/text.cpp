// UTF-8 helpers and timestamps.
#include "protocol/timestamp.h"
#include "protocol/utf8.h"
#include "tests/catch.h"

using namespace guildhall::protocol;

TEST_CASE("only well-formed UTF-8 is valid") {
    for (auto* good : {"", "a", "é", "€", "😀", "\xf4\x8f\xbf\xbf", "\xef\xbf\xbf"})
        CHECK(is_valid_utf8(good));
    for (auto* bad : {"\x80",
                      "\xc0\xaf",
                      "\xc1\xbf",
                      "\xe0\x80\x80",
                      "\xed\xa0\x80",
                      "\xf4\x90\x80\x80",
                      "\xf8\x88\x80\x80\x80",
                      "\xe2\x82",
                      "a\xff",
                      "\xc3"}) {
        CHECK_FALSE(is_valid_utf8(bad));
    }
}

TEST_CASE("lengths and cuts count code points") {
    CHECK(code_points("aé€😀") == 4);
    CHECK(fits("aé€😀", 4));
    CHECK_FALSE(fits("aé€😀", 3));
    CHECK(first_code_points("aé€😀", 3) == "aé€");
    CHECK(first_code_points("aé", 9) == "aé");
    CHECK(first_code_points("é", 0).empty());
}

TEST_CASE("trimming takes every kind of white space and nothing inside") {
    CHECK(trim(" \t\na b\u00a0\u3000\u2003") == "a b");
    CHECK(trim("\u3000").empty());
    CHECK(trim("").empty());
    CHECK(trim("é") == "é");
}

TEST_CASE("code points survive decoding and encoding") {
    for (char32_t c : {U'a', U'é', U'€', U'😀', char32_t(0x10ffff)}) {
        std::string text;
        append_code_point(text, c);
        std::size_t at = 0;
        CHECK(next_code_point(text, at) == c);
        CHECK(at == text.size());
    }
}

TEST_CASE("timestamps are read in any zone and written in one form") {
    CHECK(format_timestamp(1704112496789) == "2024-01-01T12:34:56.789000+00:00");
    CHECK(parse_timestamp("2024-01-01T12:34:56.789000+00:00")->ms == 1704112496789);
    CHECK(parse_timestamp("2024-01-01T14:34:56.789+02:00")->ms == 1704112496789);
    CHECK(parse_timestamp("2024-01-01T05:04:56.789-0730")->ms == 1704112496789);
    CHECK(parse_timestamp("2024-01-01T12:34:56Z")->ms == 1704112496000);
    CHECK(parse_timestamp("2024-02-29T00:00:00Z"));
    CHECK(parse_timestamp("1970-01-01T00:00:00Z")->ms == 0);
    CHECK(format_timestamp(253402300799999) == "9999-12-31T23:59:59.999000+00:00");
    for (auto* bad : {"",
                      "2024-01-01",
                      "2024-01-01T12:34:56",
                      "2023-02-29T00:00:00Z",
                      "2024-13-01T00:00:00Z",
                      "2024-01-01T24:00:00Z",
                      "2024-01-01T00:00:60Z",
                      "2024-01-01T00:00:00.Z",
                      "2024-01-01T00:00:00Zx",
                      "1969-12-31T23:59:59Z",
                      "2024-01-01T00:00:00+2400",
                      "-024-01-01T00:00:00Z",
                      "2024-01-01T00:00:00.1234567890Z"}) {
        CAPTURE(bad);
        CHECK_FALSE(parse_timestamp(bad));
    }
}

TEST_CASE("every day of a few centuries survives writing and reading") {
    for (UnixMs day = 0; day < 400 * 366; day += 7) {
        auto ms = day * 86'400'000 + 12'345;
        REQUIRE(parse_timestamp(format_timestamp(ms))->ms == ms);
    }
}
