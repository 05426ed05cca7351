// A channel's history by pages, where its log is dense and where it has gaps.
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/unit/services/talk.h"

#include <numeric>

using namespace guildhall;
using protocol::MessageId;
using tests::Talk;
using From = store::messages::Page::From;

namespace {

/// Ten messages "0" to "9".
struct Ten : Talk {
    Ten() {
        for (int i = 0; i < 10; ++i) ids.push_back(say(alice, std::to_string(i)));
    }
    /// The page's contents as one word, newest first.
    std::string page(From from, MessageId anchor, unsigned limit) {
        const auto all = contents({from, anchor, limit});
        return std::accumulate(all.begin(), all.end(), std::string());
    }
    /// All pages that matter, which must not depend on how the log lies.
    void check_pages() {
        CHECK(page(From::newest, {}, 3) == "987");
        CHECK(page(From::newest, {}, 100) == "9876543210");
        CHECK(page(From::before, ids[5], 2) == "43");
        CHECK(page(From::before, ids[0], 5) == "");
        CHECK(page(From::before, ids[1], 5) == "0");
        CHECK(page(From::before, MessageId(ids[9].value + 1), 1) == "9");
        CHECK(page(From::after, ids[5], 2) == "76");
        CHECK(page(From::after, ids[9], 5) == "");
        CHECK(page(From::after, ids[8], 5) == "9");
        CHECK(page(From::after, MessageId(0), 3) == "210");
        CHECK(page(From::around, ids[5], 5) == "76543");
        CHECK(page(From::around, ids[5], 4) == "7654");
        CHECK(page(From::around, ids[5], 1) == "5");
        CHECK(page(From::around, ids[0], 4) == "210");
        CHECK(page(From::around, ids[9], 4) == "98");
    }
    /// Entries of the log that are no messages, between the messages that follow and those that
    /// came.
    void make_gap(MessageId target, int entries) {
        for (int i = 0; i < entries; ++i) {
            commit(guild, {protocol::PinChanged{channel, target, i % 2 == 0, owner}});
        }
    }

    std::vector<MessageId> ids;
};

}  // namespace

TEST_CASE("pages before, after and around begin and end where they should") {
    Ten t;
    t.check_pages();
}

TEST_CASE("pages are the same where edits have moved messages to the end of the log") {
    Ten t;
    for (const std::size_t i : {2u, 5u, 6u}) {
        REQUIRE(t.try_edit(t.alice, t.ids[i], t.says(std::to_string(i))));
    }
    t.check_pages();
    // Far behind: no scan reaches it.
    t.make_gap(t.ids[0], 100);
    REQUIRE(t.try_edit(t.alice, t.ids[4], t.says("4")));
    t.check_pages();
}

TEST_CASE("what was deleted is in no page, and pages are as long as asked for") {
    Ten t;
    for (const std::size_t i : {0u, 5u, 9u}) {
        t.ok(t.messages.remove(t.as(t.alice), t.channel, t.ids[i]));
    }
    CHECK(t.page(From::newest, {}, 100) == "8764321");
    CHECK(t.page(From::around, t.ids[5], 4) == "7643");
    CHECK(t.page(From::before, t.ids[5], 2) == "43");
    CHECK(t.page(From::after, t.ids[5], 2) == "76");
    t.make_gap(t.ids[1], 60);
    t.say(t.alice, "X");
    CHECK(t.page(From::newest, {}, 3) == "X87");
    CHECK(t.page(From::after, t.ids[7], 2) == "X8");
}

TEST_CASE("a page shows reactions, pins and what messages answer to") {
    Ten t;
    t.allow(tests::permissions::kViewChannel | tests::permissions::kSendMessages |
            tests::permissions::kReadMessageHistory | tests::permissions::kAddReactions);
    t.ok(t.reactions.add(t.as(t.owner), t.channel, t.ids[8], {{}, "👍"}));
    t.ok(t.reactions.add(t.as(t.bob), t.channel, t.ids[8], {{}, "👍"}));
    t.ok(t.messages.set_pinned(t.as(t.owner), t.channel, t.ids[9], true));
    t.post(t.alice,
           R"({"content":"re","message_reference":{"message_id":")" + t.ids[8].str() + "\"}}");
    const auto page = t.ok(t.messages.history(t.as(t.owner), t.channel, {From::newest, {}, 3}));
    REQUIRE(page.size() == 3);
    REQUIRE(page[0].referenced);
    CHECK(page[0].referenced->message.id == t.ids[8]);
    CHECK(page[1].stored.pinned_ms != 0);
    REQUIRE(page[2].stored.reactions.size() == 1);
    CHECK(page[2].stored.reactions[0].count == 2);
    CHECK(page[2].stored.reactions[0].me);
    CHECK(page[1].stored.reactions.empty());
}

TEST_CASE("history without READ_MESSAGE_HISTORY is empty, one message is refused") {
    Ten t;
    t.allow(tests::permissions::kViewChannel);
    CHECK(t.ok(t.messages.history(t.as(t.alice), t.channel, {})).empty());
    CHECK(t.code(t.messages.get(t.as(t.alice), t.channel, t.ids[0])) ==
          protocol::kMissingPermissions);
    CHECK(t.code(t.messages.history(t.as(t.stranger), t.channel, {})) == protocol::kMissingAccess);
    CHECK(t.code(t.messages.get(t.as(t.owner), t.channel, MessageId(3))) ==
          protocol::kUnknownMessage);
}
