#include "node/store/tables/messages.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/unit/services/talk.h"

using namespace guildhall;
using protocol::ChannelId;
using protocol::MessageId;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;

namespace {

struct Scene {
    NodeFixture node;
    UserId owner = node.add_user("owner");
    UserId alice = node.add_user("alice");
    UserId bob = node.add_user("bob");
    protocol::GuildId guild = node.make_guild(owner);
    services::Actor actor = NodeFixture::as(owner);
    ChannelId channel;

    Scene() {
        node.join(guild, alice);
        node.join(guild, bob);
        channel = node.text_channel(guild);
    }
    MessageId post(UserId author) {
        protocol::Message m;
        m.id = MessageId(node.run(node.journal.new_id(guild)));
        m.channelId = channel;
        m.authorId = author;
        m.content = "hello";
        node.commit(guild, {protocol::MessageCreated{m}});
        return m.id;
    }
    std::size_t messages_of(UserId author) {
        std::size_t count = 0;
        store::ReadJob job;
        job.run = [&](store::Tx& tx) {
            count = store::messages::by_author(tx, channel, author, MessageId(0), 10'000)
                        .value()
                        .size();
        };
        job.failed = [](const protocol::Error&) {};
        node.db->read(std::move(job));
        return count;
    }
    bool banned(UserId user) const { return node.state(guild).bans.find(user) != nullptr; }
};

}  // namespace

TEST_CASE("a ban ends the membership, keeps its reason and can be lifted") {
    Scene s;
    services::Actor actor = s.actor;
    actor.reason = "spam";
    s.node.recorder.clear();
    s.node.ok(s.node.bans.put(actor, s.guild, s.alice, {}));
    CHECK(s.node.recorder.names() ==
          std::vector<std::string>{"GUILD_MEMBER_REMOVE", "GUILD_BAN_ADD"});
    CHECK(s.node.state(s.guild).bans.find(s.alice)->reason == "spam");
    s.node.recorder.clear();
    s.node.ok(s.node.bans.put(actor, s.guild, s.alice, {}));
    CHECK(s.node.recorder.entries.empty());
    s.node.ok(s.node.bans.remove(actor, s.guild, s.alice));
    CHECK(!s.banned(s.alice));
    CHECK(s.node.code(s.node.bans.remove(actor, s.guild, s.alice)) == protocol::kUnknownBan);
}

TEST_CASE("who is not here is banned too, if anybody knows them") {
    Scene s;
    const UserId far = s.node.add_user("far");
    s.node.ok(s.node.bans.put(s.actor, s.guild, far, {}));
    CHECK(s.banned(far));
    CHECK(s.node.code(s.node.bans.put(s.actor, s.guild, UserId(17), {})) == protocol::kUnknownUser);
    CHECK(s.node.code(s.node.bans.put(s.actor, s.guild, s.owner, {})) ==
          protocol::kMissingPermissions);
}

TEST_CASE("a ban deletes what was written within its span, however much, and nothing else") {
    Scene s;
    s.post(s.alice);
    s.node.loop.clock.advance(std::chrono::hours(2));
    constexpr std::size_t kMany = protocol::limits::kBulkDeleteMax * 2 + 1;
    for (std::size_t i = 0; i < kMany; ++i) s.post(s.alice);
    s.post(s.bob);
    REQUIRE(s.messages_of(s.alice) == kMany + 1);
    api::BanCreate request;
    request.delete_message_seconds = 3600;
    s.node.recorder.clear();
    s.node.ok(s.node.bans.put(s.actor, s.guild, s.alice, request));
    CHECK(s.messages_of(s.alice) == 1);
    CHECK(s.messages_of(s.bob) == 1);
    CHECK(s.node.recorder.names() == std::vector<std::string>{"GUILD_MEMBER_REMOVE",
                                                              "GUILD_BAN_ADD",
                                                              "MESSAGE_DELETE_BULK",
                                                              "MESSAGE_DELETE_BULK",
                                                              "MESSAGE_DELETE"});
}

TEST_CASE("a ban deletes no message again that somebody deletes meanwhile") {
    tests::Talk t;
    const services::Actor owner = t.as(t.owner);
    const MessageId first = t.say(t.alice), second = t.say(t.alice);
    api::BanCreate request;
    request.delete_message_seconds = 3600;
    t.recorder.clear();
    std::optional<protocol::Status> banned;
    {
        const auto held = t.hold_message(first);
        t.start(t.bans.put(owner, t.guild, t.alice, request), banned);
        t.commit(t.guild, {protocol::MessagesDeleted{t.channel, {first}, t.owner, false}});
    }
    t.loop.run();
    REQUIRE(banned);
    CHECK(*banned);
    const protocol::Event& last = t.recorder.entries.back().event;
    REQUIRE(std::holds_alternative<protocol::MessagesDeleted>(last));
    CHECK(std::get<protocol::MessagesDeleted>(last).ids == std::vector<MessageId>{second});
    CHECK(t.contents({}).empty());
}

TEST_CASE("a ban goes on where somebody else deletes a whole batch meanwhile") {
    tests::Talk t;
    const services::Actor owner = t.as(t.owner);
    std::vector<MessageId> batch;
    while (batch.size() < protocol::limits::kBulkDeleteMax) batch.push_back(t.say(t.alice));
    t.say(t.alice, "beyond the batch");
    api::BanCreate request;
    request.delete_message_seconds = 3600;
    std::optional<protocol::Status> banned;
    {
        const auto held = t.hold_message(batch.front());
        t.start(t.bans.put(owner, t.guild, t.alice, request), banned);
        t.commit(t.guild, {protocol::MessagesDeleted{t.channel, batch, t.owner, true}});
    }
    t.loop.run();
    REQUIRE(banned);
    CHECK(*banned);
    CHECK(t.contents({}).empty());
}

TEST_CASE("a bulk ban says who was banned and who was not") {
    Scene s;
    api::BulkBan request;
    for (const UserId user : {s.alice, s.owner, s.bob, s.bob}) request.user_ids.push_back(user);
    const auto outcome = s.node.ok(s.node.bans.bulk(s.actor, s.guild, request));
    CHECK(outcome.banned == std::vector<UserId>{s.alice, s.bob});
    CHECK(outcome.failed == std::vector<UserId>{s.owner});
    CHECK(s.node.code(s.node.bans.bulk(s.actor, s.guild, request)) == protocol::kFailedToBanUsers);
}
