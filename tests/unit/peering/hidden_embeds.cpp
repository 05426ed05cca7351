// Moderators who hide the embeds of others' messages, between whole nodes: what the author said
// stays his, also for a node that joins later, and goes everywhere when the message goes.
#include "node/store/wait.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// Rows of a node's logs in which a text stands, in the event or in the command.
int rows_with(FedNode& node, const std::string& text) {
    int count = 0;
    const auto done = store::read_and_wait(*node.db, [&](store::Tx& tx) {
        return tx.each("SELECT body, command FROM entries", [&](const store::Row& row) {
            for (int column : {0, 1}) {
                if (row.is_null(column)) continue;
                if (row.blob(column).find(text) == std::string_view::npos) continue;
                ++count;
                return;
            }
        });
    });
    REQUIRE(done);
    return count;
}

}  // namespace

TEST_CASE("who joins after a moderator hid embeds sees what the author said, without them") {
    FarGuild s(3, 1);
    const std::string text = "read https://example.org/page";
    REQUIRE(s.say(1, text).status == 200);
    const auto list = s.world[0].ok(Method::get, s.messages(), s.people[0]);
    const std::string path = s.messages() + "/" + text_of(list.as_array().front(), "id");
    for (const int flags : {4, 0, 4})
        s.world[0].ok(Method::patch, path, s.people[0], {{"flags", flags}});
    s.people.push_back(s.world[2].add_user("late"));
    s.join(2, s.people[2]);
    REQUIRE(s.comes(2, text));
    s.world.advance(5s);
    const auto flags_at = [&](std::size_t node) {
        const auto page = s.world[node].ok(Method::get, s.messages(), s.people[node]);
        for (const auto& m : page.as_array())
            if (text_of(m, "content") == text) return m.as_object().at("flags").as_int64();
        return std::int64_t{-1};
    };
    for (std::size_t node = 0; node < 3; ++node) {
        INFO("node " << node << s.world.logs());
        CHECK(flags_at(node) == 4);
        // The author's own entry, and the last edit.
        CHECK(rows_with(s.world[node], text) == 2);
    }

    const bool is_edited = GENERATE(true, false);
    const json::value other = {{"content", "something else"}};
    const Answer gone = is_edited ? s.world[1].call(Method::patch, path, s.people[1], other)
                                  : s.world[1].call(Method::del, path, s.people[1]);
    CHECK(gone.status / 100 == 2);
    s.world.advance(5s);
    for (std::size_t node = 0; node < 3; ++node) {
        INFO("node " << node << s.world.logs());
        CHECK(rows_with(s.world[node], text) == 0);
        if (is_edited) CHECK(rows_with(s.world[node], "something else") == 1);
    }
}
