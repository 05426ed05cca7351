#include "protocol/enums.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using protocol::ChannelId;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;

namespace {

struct Scene {
    NodeFixture node;
    UserId owner = node.add_user("owner");
    UserId guest = node.add_user("guest");
    protocol::GuildId guild = node.make_guild(owner);
    services::Actor actor = NodeFixture::as(owner);
    ChannelId channel = node.text_channel(guild);

    std::string make(const api::InviteCreate& request = {}) {
        return node.ok(node.invites.create(actor, guild, channel, request)).invite.code;
    }
    int accept(UserId user, const std::string& code) {
        return node.code(node.invites.accept(NodeFixture::as(user), code));
    }
};

/// What comes of `user` taking the invite is appended to `codes`; all of it outlives the task.
base::Task<void> take_invite(Scene& s,
                             UserId user,
                             const std::string& code,
                             std::vector<int>& codes) {
    const auto result = co_await s.node.invites.accept(NodeFixture::as(user), code);
    codes.push_back(result ? 0 : result.error().code);
}

}  // namespace

TEST_CASE("an invite brings a member in, counts its use and is announced") {
    Scene s;
    const std::string code = s.make();
    CHECK(code.size() == 9);
    s.node.recorder.clear();
    const auto joined = s.node.ok(s.node.invites.accept(NodeFixture::as(s.guest), code));
    CHECK(joined.new_member);
    CHECK(s.node.recorder.names() ==
          std::vector<std::string>{"GUILD_MEMBER_ADD", "MESSAGE_CREATE"});
    const auto message =
        protocol::parse_json(s.node.recorder.last("MESSAGE_CREATE")).value().as_object();
    CHECK(message.at("type") == 7);
    CHECK(message.at("channel_id").as_string() == s.channel.str());
    CHECK(message.at("author").at("id").as_string() == s.guest.str());
    CHECK(s.node.state(s.guild).invites.find(code)->uses == 1);
    CHECK(s.node.view().guilds_of(s.guest).size() == 1);

    s.node.recorder.clear();
    CHECK(!s.node.ok(s.node.invites.accept(NodeFixture::as(s.guest), code)).new_member);
    CHECK(s.node.recorder.entries.empty());
}

TEST_CASE("a guild that suppresses them gets no join messages") {
    Scene s;
    api::GuildPatch patch;
    patch.system_channel_flags = 1;
    s.node.ok(s.node.guilds.edit(s.actor, s.guild, patch));
    const std::string code = s.make();
    s.node.recorder.clear();
    CHECK(s.accept(s.guest, code) == 0);
    CHECK(s.node.recorder.names() == std::vector<std::string>{"GUILD_MEMBER_ADD"});
}

TEST_CASE("invites end by age and by use") {
    Scene s;
    api::InviteCreate request;
    request.max_age = 60;
    const std::string aged = s.make(request);
    s.node.loop.clock.advance(std::chrono::seconds(59));
    CHECK(s.node.invites.find(aged));
    s.node.loop.clock.advance(std::chrono::seconds(1));
    CHECK(s.accept(s.guest, aged) == protocol::kUnknownInvite);
    CHECK(s.node.invites.find(aged).error().code == protocol::kUnknownInvite);
    CHECK(s.node.invites.of_guild(s.actor, s.guild).value().empty());

    request = {};
    request.max_uses = 1;
    s.node.recorder.clear();
    const std::string single = s.make(request);
    // The ended one is collected on the way.
    CHECK(s.node.recorder.names() == std::vector<std::string>{"INVITE_DELETE", "INVITE_CREATE"});
    CHECK(s.accept(s.guest, single) == 0);
    CHECK(s.accept(s.node.add_user("late"), single) == protocol::kUnknownInvite);
}

TEST_CASE("an invite of the same kind is given again unless a unique one is wanted") {
    Scene s;
    const std::string code = s.make();
    CHECK(s.make() == code);
    api::InviteCreate request;
    request.unique = true;
    CHECK(s.make(request) != code);
    request = {};
    request.max_uses = 5;
    CHECK(s.make(request) != code);
}

TEST_CASE("the banned, bots and members of a hundred guilds do not come in") {
    Scene s;
    const std::string code = s.make();
    s.node.ok(s.node.bans.put(s.actor, s.guild, s.guest, {}));
    CHECK(s.accept(s.guest, code) == protocol::kUserBannedFromThisGuild);

    services::Actor bot = NodeFixture::as(s.node.add_user("bot", true));
    bot.kind = protocol::SessionKind::bot;
    CHECK(s.node.code(s.node.invites.accept(bot, code)) == protocol::kBotsCannotUseThisEndpoint);

    const UserId busy = s.node.add_user("busy");
    for (std::size_t i = 0; i < protocol::limits::kGuildsPerUserMax; ++i) s.node.make_guild(busy);
    CHECK(s.accept(busy, code) == protocol::kMaximumNumberOfGuildsReached);
}

TEST_CASE("a guild holds a thousand invites that have not ended") {
    Scene s;
    std::vector<protocol::Event> events;
    for (std::size_t i = 0; i + 1 < protocol::limits::kInvitesMax; ++i) {
        protocol::Invite invite;
        invite.code = "code" + std::to_string(i);
        invite.channelId = s.channel;
        invite.createdMs = s.node.loop.clock.unix_ms();
        invite.maxAge = i == 0 ? 60 : 0;
        events.emplace_back(protocol::InviteCreated{std::move(invite)});
    }
    s.node.commit(s.guild, std::move(events));
    api::InviteCreate unique;
    unique.unique = true;
    const auto create = [&] {
        return s.node.code(s.node.invites.create(s.actor, s.guild, s.channel, unique));
    };
    CHECK(create() == 0);
    CHECK(create() == protocol::kMaximumNumberOfInvitesReached);
    s.node.loop.clock.advance(std::chrono::seconds(60));
    CHECK(create() == 0);
}

TEST_CASE("invites into a channel end with it") {
    Scene s;
    const std::string code = s.make();
    s.node.ok(s.node.channels.remove(s.actor, s.guild, s.channel));
    CHECK(s.accept(s.guest, code) == protocol::kUnknownInvite);
}

TEST_CASE("two who race for the last use of an invite do not both come in") {
    Scene s;
    api::InviteCreate request;
    request.max_uses = 1;
    const std::string code = s.make(request);
    const UserId other = s.node.add_user("other");
    s.node.db->hold();
    std::vector<int> codes;
    for (const UserId user : {s.guest, other}) {
        boost::asio::co_spawn(s.node.loop.shard().io(),
                              take_invite(s, user, code, codes),
                              [](const std::exception_ptr&) {});
    }
    s.node.loop.run();
    s.node.db->release();
    s.node.loop.run();
    REQUIRE(codes.size() == 2);
    std::ranges::sort(codes);
    CHECK(codes == std::vector<int>{0, protocol::kUnknownInvite});
    CHECK(s.node.state(s.guild).members.size() == 2);
}
