#include "protocol/errors.h"

#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/unit/protocol/contract.h"

#include <fstream>

using namespace guildhall::protocol;

TEST_CASE("every error code of the contract has a row with its status") {
    auto path = contract_file("discord-errors.tsv");
    if (!path) return;
    std::ifstream table(*path);
    std::string line;
    std::getline(table, line);
    std::size_t rows = 0;
    while (std::getline(table, line)) {
        auto code = std::stoi(line);
        auto status_end = line.rfind('\t');
        auto status_begin = line.rfind('\t', status_end - 1) + 1;
        const auto& info = error_info(code);
        CAPTURE(line);
        CHECK(info.code == code);
        CHECK(info.status == std::stoi(line.substr(status_begin, status_end - status_begin)));
        CHECK_FALSE(info.message.empty());
        ++rows;
    }
    CHECK(rows == 243);
    CHECK(all_errors().size() == rows);
}

TEST_CASE("an error answers with its code and the row's message") {
    auto error = make_error(kUnknownChannel);
    CHECK(http_status(error) == 404);
    CHECK(error_body(error) == R"({"message":"Unknown Channel","code":10003})");
    CHECK(error_body(make_error(kMissingPermissions)) ==
          R"({"message":"Missing Permissions","code":50013})");
    CHECK(error_body(make_http_error(401)) == R"({"message":"401: Unauthorized","code":0})");
    CHECK(http_status(make_http_error(405)) == 405);
}

TEST_CASE("form errors nest along the path of the body") {
    FormErrors errors;
    errors.add("embeds[0].title", "BASE_TYPE_MAX_LENGTH", "Must be 256 or fewer in length.");
    errors.add("embeds[0].title", "X", "two");
    errors.add("embeds[2].fields[1].name", "BASE_TYPE_REQUIRED", "This field is required");
    errors.add("", "REQUEST", "whole");
    auto status = errors.finish();
    REQUIRE_FALSE(status);
    CHECK(http_status(status.error()) == 400);
    CHECK(error_body(status.error()) ==
          R"({"message":"Invalid Form Body","code":50035,"errors":{"embeds":{"0":{"title":)"
          R"({"_errors":[{"code":"BASE_TYPE_MAX_LENGTH","message":"Must be 256 or fewer in )"
          R"(length."},{"code":"X","message":"two"}]}},"2":{"fields":{"1":{"name":{"_errors":)"
          R"([{"code":"BASE_TYPE_REQUIRED","message":"This field is required"}]}}}}},)"
          R"("_errors":[{"code":"REQUEST","message":"whole"}]}})");
    CHECK(errors.finish());
}

TEST_CASE("scopes build paths and the collector is bounded") {
    FormErrors errors;
    {
        FormErrors::Scope embeds(errors, "embeds");
        FormErrors::Scope index(errors, 3);
        FormErrors::Scope title(errors, "title");
        CHECK(errors.path() == "embeds[3].title");
    }
    CHECK(errors.path().empty());
    for (std::size_t i = 0; i < limits::kFormErrorsMax + 1; ++i) errors.add("A", "b");
    CHECK(errors.size() == limits::kFormErrorsMax);
}

TEST_CASE("a hostile path does not break the nesting") {
    for (std::string path : {"[", "]", "a[", "a[]", "a..b", ".", "[0][1]", "a]b"}) {
        CHECK(error_body(make_field_error(path, "C", "m")).find("_errors") != std::string::npos);
    }
}

TEST_CASE("a rate limit answers with retry_after and no code of its own") {
    auto plain = make_rate_limited(0.5);
    CHECK(http_status(plain) == 429);
    CHECK(error_body(plain) ==
          R"({"message":"You are being rate limited.","retry_after":5E-1,"global":false})");
    auto slow = make_rate_limited(3, kActionCannotBePerformedDueToSlowmodeRateLimit);
    CHECK(error_body(slow).find(R"("code":20016)") != std::string::npos);
    CHECK(rate_limit_body(1, true, false).find(R"("global":true)") != std::string::npos);
    CHECK(rate_limit_body(1, false, true).find("The resource is") != std::string::npos);
}
