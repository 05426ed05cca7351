#include "protocol/json/reader.h"

#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/unit/protocol/contract.h"

#include <boost/json/object.hpp>

#include <fstream>
#include <iterator>
#include <vector>

using namespace guildhall::protocol;

namespace {

std::string read_all(const std::filesystem::path& path) {
    std::ifstream in(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(in), {}};
}

/// A directory of its own, gone when it dies.
struct TempDir {
    std::filesystem::path path;
    TempDir() {
        std::string name =
            (std::filesystem::temp_directory_path() / "guildhall-json-XXXXXX").string();
        REQUIRE(mkdtemp(name.data()) != nullptr);
        path = name;
    }
    ~TempDir() { std::filesystem::remove_all(path); }
};

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("the reader accepts and refuses what JSONTestSuite says") {
    auto archive = contract_file("vectors/json/JSONTestSuite.tar.gz");
    if (!archive) return;
    TempDir dir;
    auto command = "tar -xzf '" + archive->string() + "' -C '" + dir.path.string() + "'";
    REQUIRE(std::system(command.c_str()) == 0);
    int accepted = 0, refused = 0;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(dir.path)) {
        auto name = entry.path().filename().string();
        if (entry.path().parent_path().filename() != "test_parsing") continue;
        CAPTURE(name);
        bool ok = parse_json(read_all(entry.path())).has_value();
        if (name.starts_with("y_")) CHECK((++accepted, ok));
        if (name.starts_with("n_")) CHECK((++refused, !ok));
    }
    CHECK(accepted == 95);
    CHECK(refused == 188);
}

TEST_CASE("nesting is bounded") {
    CHECK(parse_json(nested(limits::kJsonDepthMax - 1)));
    CHECK(parse_json(nested(limits::kJsonDepthMax)));
    CHECK_FALSE(parse_json(nested(limits::kJsonDepthMax + 1)));
    CHECK_FALSE(parse_json(nested(100'000)));
    CHECK_FALSE(parse_json(std::string(100'000, '[')));
}

TEST_CASE("size and number of values are bounded") {
    CHECK(parse_json("[1]", 3));
    auto large = parse_json("[1]", 2);
    REQUIRE_FALSE(large);
    CHECK(http_status(large.error()) == 413);
    std::string list = "[0";
    for (std::size_t i = 0; i < limits::kJsonValuesMax; ++i) list += ",0";
    CHECK(parse_json(list + "]"));
    CHECK_FALSE(parse_json(list + ",0]"));
}

TEST_CASE("integers are exact and the last of equal keys wins") {
    auto tree = parse_json(R"({"a":9223372036854775807,"b":18446744073709551615,"a":1,"c":-5})");
    REQUIRE(tree);
    CHECK(tree->at("a").as_int64() == 1);
    CHECK(tree->at("b").as_uint64() == 18446744073709551615ull);
    CHECK(tree->at("c").as_int64() == -5);
}

TEST_CASE("text that is not UTF-8 is refused") {
    for (auto* bad :
         {"\"\xff\"", "\"\xc0\xaf\"", "\"\xed\xa0\x80\"", "\"\\ud800\"", "\xef\xbb\xbf{}"}) {
        auto tree = parse_json(bad);
        REQUIRE_FALSE(tree);
        CHECK(tree.error().code == kRequestBodyContainsInvalidJSON);
    }
    CHECK(parse_json("\"\\ud83d\\ude00\""));
}
