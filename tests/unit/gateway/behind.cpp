#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using protocol::UserId;

namespace {

/// A guild in which much is said, and a bot that is told of it.
struct Scene {
    Scene() {
        guild = f.node.make_guild(owner);
        f.node.join(guild, bot);
        channel = f.node.text_channel(guild);
        client.identify(token, kAllIntents);
        client.drain();
        client.forget();
    }
    void talk(int from, int to) {
        for (int i = from; i <= to; ++i) f.say(owner, channel, std::to_string(i));
    }
    /// The socket takes nothing more, or has taken all.
    void fill() { client.inbox().queued = gateway::limits::kBehindBytes; }
    void empty() {
        client.inbox().queued = 0;
        while (client.inbox().tells_drained) client.drain();
    }
    gateway::Session& session() { return *f.hub().world().sessions_of(bot).front(); }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), bot = f.node.add_user("bot", true);
    std::string token = f.login(bot, true);
    protocol::GuildId guild;
    protocol::ChannelId channel;
    Client client{f.hub()};
};

/// The contents of all messages that came, in order.
std::vector<std::string> contents(const Client& client) {
    std::vector<std::string> out;
    for (const auto& frame : client.frames()) {
        if (frame.at("op") == 0 && frame.at("t") == "MESSAGE_CREATE")
            out.emplace_back(frame.at("d").at("content").as_string());
    }
    return out;
}

std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> out;
    for (int i = from; i <= to; ++i) out.push_back(std::to_string(i));
    return out;
}

}  // namespace

TEST_CASE("what is said while a socket is full follows once, in order, when it has drained") {
    Scene s;
    s.talk(1, 2);
    s.fill();
    s.talk(3, 500);
    CHECK(contents(s.client) == numbers(1, 2));
    s.empty();
    CHECK(contents(s.client) == numbers(1, 500));
    CHECK(s.client.seq() == s.session().ring().last());
    s.talk(501, 502);
    CHECK(contents(s.client) == numbers(1, 502));
    CHECK(s.client.count("RESUMED") == 0);
    CHECK(s.client.close_code() == 0);
}

TEST_CASE("a client that reads nothing is closed when its ring is full, without a drain") {
    Scene s;
    s.fill();
    const int most = gateway::limits::kRingMax;
    s.talk(1, most / 2);
    CHECK(s.client.close_code() == 0);
    s.talk(most / 2 + 1, most + 1);
    CHECK(s.client.close_code() == gateway::close_code::kUnknownError);
    CHECK(contents(s.client).empty());
}

TEST_CASE("members that were asked for follow what a full socket held up") {
    Scene s;
    s.fill();
    s.talk(1, 3);
    s.client.send(8, {{"guild_id", s.guild.str()}, {"query", ""}, {"limit", 0}});
    s.talk(4, 5);
    // The same again is refused: told at once, but in its place.
    s.client.send(8, {{"guild_id", s.guild.str()}, {"query", ""}, {"limit", 0}});
    s.empty();
    CHECK(contents(s.client) == numbers(1, 5));
    CHECK(s.client.count("RATE_LIMITED") == 1);
    CHECK(s.client.names().back() == "GUILD_MEMBERS_CHUNK");
    CHECK(s.client.close_code() == 0);
}

TEST_CASE("a client so far behind that bodies were given up is closed, and resumes with all") {
    Scene s;
    s.client.forget();
    s.talk(1, 2);
    const std::uint64_t seen = s.client.seq();
    const std::string id = s.session().id();
    s.fill();
    s.talk(3, 9);
    const gateway::Ring& ring = s.session().ring();
    ring.at(ring.last() - 2)->cool();
    s.empty();
    CHECK(contents(s.client) == numbers(1, 6));
    CHECK(s.client.close_code() == gateway::close_code::kUnknownError);
    s.client.cut();
    Client again(s.f.hub());
    again.resume(s.token, id, seen);
    s.f.node.loop.run();
    CHECK(contents(again) == numbers(3, 9));
    CHECK(again.count("RESUMED") == 1);
}

TEST_CASE("a message that was deleted before its body was read again holds no replay up") {
    Scene s;
    s.talk(1, 1);
    const std::uint64_t seen = s.client.seq();
    const std::string id = s.session().id();
    const auto doomed = s.f.say(s.owner, s.channel, "doomed");
    const gateway::RecordRef told = s.session().ring().at(s.session().ring().last());
    s.talk(2, 3);
    s.f.node.ok(s.f.node.messages.remove(NodeFixture::as(s.owner), s.channel, doomed));
    told->cool();
    s.client.cut();
    Client again(s.f.hub());
    again.resume(s.token, id, seen);
    s.f.node.loop.run();
    CHECK(contents(again) == numbers(2, 3));
    CHECK(again.count("MESSAGE_DELETE") == 1);
    CHECK(again.count("RESUMED") == 1);
}
