#include "federation/profile.h"

#include "tests/catch.h"
#include "tests/unit/federation/statements.h"

namespace guildhall::federation {

using namespace testing;

namespace {

Profile profile() {
    Profile out;
    out.user_id = 77;
    out.user_uid = filled(1);
    out.home_uid = filled(2);
    out.version = 3;
    out.username = "alice";
    out.global_name = "Alice \xF0\x9F\x91\xA9\xE2\x80\x8D\xF0\x9F\x9A\x80";
    out.avatar = "a_0123456789abcdef";
    out.bio = "two\nlines";
    out.accent_color = 0xff0000;
    out.flags = 64;
    return out;
}

}  // namespace

TEST_CASE("a profile reads back and verifies only with its home's key") {
    for (const bool accent : {true, false}) {
        Profile made = profile();
        if (!accent) made.accent_color.reset();
        made.bot = accent;
        const SignedBytes stored = sign(made, key(1));
        CHECK(decode_signed_profile(encode(stored)) == stored);
        CHECK(verify_profile(stored, key(1).public_key()) == made);
        CHECK_FALSE(verify_profile(stored, key(2).public_key()));
    }
}

TEST_CASE("the newest version of a profile wins, and of one version the same on every node") {
    Profile newer = profile();
    newer.version = 4;
    const std::string a = encode(profile());
    const std::string b = encode(newer);
    CHECK(is_newer(b, a));
    CHECK_FALSE(is_newer(a, b));
    CHECK_FALSE(is_newer(a, a));
    Profile other = profile();
    other.bio = "another";
    const std::string c = encode(other);
    CHECK(is_newer(a, c) != is_newer(c, a));
    CHECK_FALSE(is_newer("rubbish", a));
    CHECK(is_newer(a, ""));
}

TEST_CASE("texts that a profile may not have are refused") {
    struct Row {
        const char* what;
        void (*change)(Profile&);
    };
    const Row rows[] = {
        {"no user", [](Profile& p) { p.user_id = 0; }},
        {"no name", [](Profile& p) { p.username.clear(); }},
        {"name with @", [](Profile& p) { p.username = "a@b"; }},
        {"upper case", [](Profile& p) { p.username = "Alice"; }},
        {"override in the display name",
         [](Profile& p) {
             p.global_name =
                 "a\xE2\x80\xAE"
                 "b";
         }},
        {"line in the display name", [](Profile& p) { p.global_name = "a\nb"; }},
        {"zero width space",
         [](Profile& p) {
             p.bio =
                 "a\xE2\x80\x8B"
                 "b";
         }},
        {"no UTF-8", [](Profile& p) { p.bio = "\xff"; }},
        {"long display name", [](Profile& p) { p.global_name.assign(33, 'x'); }},
        {"long bio", [](Profile& p) { p.bio.assign(191, 'x'); }},
        {"path as avatar", [](Profile& p) { p.avatar = "../x"; }},
        {"long avatar", [](Profile& p) { p.avatar.assign(65, 'a'); }},
        {"color", [](Profile& p) { p.accent_color = 0x1000000; }},
    };
    CHECK(is_valid(profile()));
    for (const Row& row : rows) {
        INFO(row.what);
        Profile changed = profile();
        row.change(changed);
        CHECK_FALSE(is_valid(changed));
    }
}

TEST_CASE("a flag of a profile has one encoding") {
    Profile made = profile();
    made.accent_color.reset();
    std::string bytes = encode(made);
    bytes.back() = 2;
    CHECK_FALSE(decode_profile(bytes));
    bytes = encode(made);
    bytes[bytes.size() - 10] = 1;  // A colour that is said to be absent.
    CHECK_FALSE(decode_profile(bytes));
}

TEST_CASE("names of remote users are one spelling of name@node or nothing") {
    struct Row {
        std::string local, node, expected;
    };
    const std::string long_label(63, 'a');
    const Row rows[] = {
        {"alice", "node.example", "alice@node.example"},
        {"Alice", "NODE.Example", "alice@node.example"},
        {"\xEF\xBD\x81lice", "node.example", "alice@node.example"},  // full-width a
        {"a.b_9", "node.example:8443", "a.b_9@node.example:8443"},
        {"alice", "127.0.0.1:1", "alice@127.0.0.1:1"},
        {"alice", "xn--bcher-kva.example", "alice@xn--bcher-kva.example"},
        {"alice", long_label, "alice@" + long_label},
        {"", "node.example", ""},
        {"a", "node.example", ""},
        {"alice", "", ""},
        {"alice@b", "node.example", ""},
        {"alice", "b@node.example", ""},
        {"alice\xEF\xBC\xA0"
         "b",
         "node.example",
         ""},                                  // full-width @
        {"\xD0\xB0lice", "node.example", ""},  // Cyrillic a
        {"al\xC4\xB1"
         "ce",
         "node.example",
         ""},  // dotless i
        {"alice\xE2\x80\xAE"
         "exe",
         "node.example",
         ""},  // right-to-left override
        {"ali\xE2\x80\x8B"
         "ce",
         "node.example",
         ""},  // zero width space
        {"alice\n", "node.example", ""},
        {std::string("ali\0ce", 6), "node.example", ""},
        {"\xff\xfe", "node.example", ""},
        {"alice",
         "n\xD0\xBE"
         "de.example",
         ""},  // Cyrillic o
        {"alice", "node..example", ""},
        {"alice", ".example", ""},
        {"alice", "node.example.", ""},
        {"alice", "-node.example", ""},
        {"alice", "node.example:", ""},
        {"alice", "node.example:0", ""},
        {"alice", "node.example:65536", ""},
        {"alice", "node.example:1:2", ""},
        {"alice", "node example", ""},
        {"alice", long_label + "a", ""},
        {std::string(33, 'a'), "node.example", ""},
        {std::string(100'000, 'a'), "node.example", ""},
        {"alice", std::string(100'000, 'a'), ""},
        {"everyone", "node.example", ""},
    };
    for (const Row& row : rows) {
        const auto name = remote_name(row.local, row.node);
        INFO(row.local.substr(0, 50) << " at " << row.node.substr(0, 50));
        CHECK((name ? *name : "") == row.expected);
    }
}

}  // namespace guildhall::federation
