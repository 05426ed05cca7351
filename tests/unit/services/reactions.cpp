#include "node/services/reactions.h"

#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/unit/services/talk.h"

using namespace guildhall;
using protocol::EmojiRef;
using protocol::MessageId;
using protocol::UserId;
using tests::Talk;
namespace permissions = protocol::permissions;

namespace {

const EmojiRef kThumb{{}, "👍"};
const EmojiRef kHeart{{}, "❤️"};

struct Reacting : Talk {
    Reacting() {
        allow(permissions::kViewChannel | permissions::kSendMessages |
              permissions::kReadMessageHistory | permissions::kAddReactions);
        id = say(alice);
        recorder.clear();
    }
    int add(UserId by, const EmojiRef& emoji) {
        return code(reactions.add(as(by), channel, id, emoji));
    }
    int remove(UserId by, const EmojiRef& emoji, UserId whose) {
        return code(reactions.remove(as(by), channel, id, emoji, whose));
    }
    std::vector<UserId> users(const EmojiRef& emoji, UserId after = {}, unsigned limit = 100) {
        return ok(reactions.users(as(owner), channel, id, emoji, after, limit));
    }
    MessageId id;
};

EmojiRef numbered(std::size_t i) {
    return {{}, "\xf0\x9f\x98" + std::string(1, static_cast<char>(0x80 + i))};
}

}  // namespace

TEST_CASE("a reaction counts once for each who gives it, and is told once") {
    Reacting t;
    CHECK(t.add(t.bob, kThumb) == 0);
    CHECK(t.add(t.bob, kThumb) == 0);
    CHECK(t.add(t.owner, kThumb) == 0);
    CHECK(t.users(kThumb) == std::vector<UserId>{t.owner, t.bob});
    CHECK(t.users(kHeart).empty());
    CHECK(t.recorder.names() ==
          std::vector<std::string>{"MESSAGE_REACTION_ADD", "MESSAGE_REACTION_ADD"});
    CHECK(t.users(kThumb, t.owner, 1) == std::vector<UserId>{t.bob});
    CHECK(t.users(kThumb, {}, 1) == std::vector<UserId>{t.owner});
    CHECK(t.users(kThumb, t.bob).empty());
}

TEST_CASE("a first reaction needs ADD_REACTIONS, joining in does not") {
    Reacting t;
    CHECK(t.add(t.owner, kThumb) == 0);
    t.allow(permissions::kViewChannel | permissions::kReadMessageHistory);
    CHECK(t.add(t.bob, kThumb) == 0);
    CHECK(t.add(t.bob, kHeart) == protocol::kMissingPermissions);
    t.allow(permissions::kViewChannel);
    CHECK(t.add(t.alice, kThumb) == protocol::kMissingPermissions);
    CHECK(t.add(t.stranger, kThumb) == protocol::kMissingAccess);
    t.id = MessageId(1);
    CHECK(t.add(t.owner, kThumb) == protocol::kUnknownMessage);
}

TEST_CASE("a message has at most twenty emojis; each may go on counting") {
    Reacting t;
    for (std::size_t i = 0; i < protocol::limits::kReactionsMax; ++i) {
        REQUIRE(t.add(t.owner, numbered(i)) == 0);
    }
    CHECK(t.add(t.owner, numbered(30)) == protocol::kMaximumNumberOfReactionsReached);
    CHECK(t.add(t.bob, numbered(3)) == 0);
    CHECK(t.remove(t.owner, numbered(0), t.owner) == 0);
    CHECK(t.add(t.owner, numbered(30)) == 0);
}

TEST_CASE("two that race for a message's last emoji do not both get it") {
    Reacting t;
    // They outlive the verbs that are started.
    const services::Actor bob = t.as(t.bob), owner = t.as(t.owner);
    const EmojiRef first = numbered(30);
    const EmojiRef second = numbered(31);
    for (std::size_t i = 0; i + 1 < protocol::limits::kReactionsMax; ++i) {
        REQUIRE(t.add(t.owner, numbered(i)) == 0);
    }
    std::optional<protocol::Status> a, b;
    t.db->hold();
    t.start(t.reactions.add(owner, t.channel, t.id, first), a);
    t.start(t.reactions.add(bob, t.channel, t.id, second), b);
    t.db->release();
    t.loop.run();
    REQUIRE((a && b));
    CHECK(*a);
    REQUIRE(!*b);
    CHECK(b->error().code == protocol::kMaximumNumberOfReactionsReached);
}

TEST_CASE("one's own reaction goes freely, another's with MANAGE_MESSAGES") {
    Reacting t;
    t.add(t.bob, kThumb);
    t.recorder.clear();
    CHECK(t.remove(t.alice, kThumb, t.bob) == protocol::kMissingPermissions);
    CHECK(t.remove(t.bob, kHeart, t.bob) == 0);
    CHECK(t.recorder.names().empty());
    CHECK(t.remove(t.bob, kThumb, t.bob) == 0);
    CHECK(t.add(t.bob, kThumb) == 0);
    CHECK(t.remove(t.owner, kThumb, t.bob) == 0);
    CHECK(t.users(kThumb).empty());
}

TEST_CASE("who no longer sees the channel takes back nothing there") {
    Reacting t;
    t.add(t.bob, kThumb);
    t.allow(permissions::kViewChannel);
    CHECK(t.remove(t.bob, kThumb, t.bob) == protocol::kMissingPermissions);
    t.allow({});
    CHECK(t.remove(t.bob, kThumb, t.bob) == protocol::kMissingAccess);
    CHECK(t.remove(t.stranger, kThumb, t.stranger) == protocol::kMissingAccess);
    const auto elsewhere = t.make_guild(t.bob);
    CHECK(t.code(t.reactions.remove(t.as(t.bob), t.text_channel(elsewhere), t.id, kThumb, t.bob)) ==
          protocol::kUnknownMessage);
    CHECK(t.users(kThumb) == std::vector<UserId>{t.bob});
}

TEST_CASE("clearing takes all reactions, or all of one emoji") {
    Reacting t;
    t.add(t.bob, kThumb);
    t.add(t.owner, kThumb);
    t.add(t.bob, kHeart);
    CHECK(t.code(t.reactions.clear(t.as(t.bob), t.channel, t.id, {})) ==
          protocol::kMissingPermissions);
    t.recorder.clear();
    CHECK(t.code(t.reactions.clear(t.as(t.owner), t.channel, t.id, numbered(1))) ==
          protocol::kUnknownEmoji);
    t.ok(t.reactions.clear(t.as(t.owner), t.channel, t.id, kThumb));
    CHECK(t.users(kThumb).empty());
    CHECK(t.users(kHeart).size() == 1);
    t.ok(t.reactions.clear(t.as(t.owner), t.channel, t.id, {}));
    CHECK(t.users(kHeart).empty());
    CHECK(t.recorder.names() ==
          std::vector<std::string>{"MESSAGE_REACTION_REMOVE_EMOJI", "MESSAGE_REACTION_REMOVE_ALL"});
    t.ok(t.reactions.clear(t.as(t.owner), t.channel, t.id, {}));
    CHECK(t.recorder.names().size() == 2);
}

TEST_CASE("reactions go with their message") {
    Reacting t;
    t.add(t.bob, kThumb);
    t.ok(t.messages.remove(t.as(t.alice), t.channel, t.id));
    CHECK(t.code(t.reactions.users(t.as(t.owner), t.channel, t.id, kThumb, {}, 10)) ==
          protocol::kUnknownMessage);
    CHECK(t.add(t.bob, kThumb) == protocol::kUnknownMessage);
}
