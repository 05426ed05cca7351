#include "tests/catch.h"
#include "tests/unit/classic/support.h"

using namespace guildhall;
using namespace guildhall::tests;

namespace {

/// Two members of one server, and its channel.
struct Room {
    ClassicWorld w;
    Person owner = w.person("owner");
    Person guest = w.person("guest");
    std::string server = w.server_of(owner);
    std::string channel = w.general_of(owner, server);

    Room() { w.ask("POST", "/servers/" + server + "/join", guest.token); }

    services::Actor actor(const Person& p) const {
        return NodeFixture::as(*protocol::parse_id<protocol::UserId>(p.id));
    }
    protocol::GuildId guild() const { return *protocol::parse_id<protocol::GuildId>(server); }
};

}  // namespace

TEST_CASE("a socket is refused to who may not listen") {
    Room r;
    const Person stranger = r.w.person("stranger");
    const auto path = [&](const Person& user, const std::string& token) {
        return "/ws/" + user.id + "/" + r.server + "/" + r.channel + "?token=" + token;
    };
    CHECK(r.w.open(path(stranger, stranger.token)).refused == 403);
    CHECK(r.w.open(path(r.owner, r.guest.token)).refused == 403);
    CHECK(r.w.open(path(r.owner, "nonsense")).refused == 403);
    CHECK(r.w.open("/ws/" + r.owner.id + "/5/" + r.channel + "?token=" + r.owner.token).refused ==
          403);
    CHECK(r.w.open("/ws/1/2/3").refused == 403);
    CHECK(r.w.open(r.owner, r.server, r.channel).refused == 0);
}

TEST_CASE("what is posted anywhere reaches the sockets of the channel") {
    Room r;
    auto one = r.w.open(r.owner, r.server, r.channel);
    auto two = r.w.open(r.guest, r.server, r.channel);
    r.w.say(two, R"({"content":"first"})");
    r.w.say(two, R"({"type":"message","data":{"content":"second"}})");
    r.w.ask(
        "POST", "/channels/" + r.channel + "/messages", r.owner.token, R"({"content":"third"})");
    r.w.say(two, R"({"type":"typing"})");
    r.w.look(one);
    std::vector<std::string> contents;
    for (const auto& m : one.of("message")) contents.emplace_back(m.at("content").as_string());
    CHECK(contents == std::vector<std::string>{"first", "second", "third"});
    REQUIRE(one.of("typing").size() == 1);
    CHECK(one.of("typing")[0].at("user_id").as_string() == r.guest.id);
    const Answer stored = r.w.ask("GET", "/channels/" + r.channel + "/messages", r.owner.token);
    CHECK(stored.body.as_array().size() == 3);
}

TEST_CASE("people come and go once, however many sockets they have") {
    Room r;
    auto one = r.w.open(r.owner, r.server, r.channel);
    auto first = r.w.open(r.guest, r.server, r.channel);
    auto second = r.w.open(r.guest, r.server, r.channel);
    first.client->close();
    r.w.later();
    r.w.look(one);
    const auto of_guest = [&](std::string_view type) {
        int n = 0;
        for (const auto& data : one.of(type)) n += data.at("user_id").as_string() == r.guest.id;
        return n;
    };
    CHECK(of_guest("user_join") == 1);
    CHECK(of_guest("user_leave") == 0);
    second.client->close();
    r.w.later();
    r.w.look(one);
    CHECK(of_guest("user_leave") == 1);
}

TEST_CASE("what a socket does not understand is answered, and the socket lives") {
    Room r;
    auto one = r.w.open(r.owner, r.server, r.channel);
    const std::string too_long = "{\"content\":\"" + std::string(2001, 'x') + "\"}";
    const std::vector<std::string> bad{"nonsense",
                                       "{}",
                                       "5",
                                       R"({"type":"dance"})",
                                       R"({"content":""})",
                                       R"({"content":5})",
                                       R"({"type":"message"})",
                                       too_long};
    for (const std::string& text : bad) r.w.say(one, text);
    r.w.look(one);
    CHECK(one.of("error").size() == bad.size());
    r.w.say(one, R"({"content":"still here"})");
    r.w.look(one);
    CHECK(one.of("message").size() == 1);
    CHECK(one.close_code == 0);
}

TEST_CASE("a frame that ends with an exception closes its socket, with the reason in the log") {
    struct Thrower final : journal::Subscriber {
        void on_ephemeral(const journal::Ephemeral&) override { throw std::runtime_error("a bug"); }
    } thrower;
    Room r;
    auto one = r.w.open(r.owner, r.server, r.channel);
    r.w.node.bus.subscribe(0, thrower);
    r.w.say(one, R"({"type":"typing"})");
    r.w.look(one);
    REQUIRE(one.of("error").size() == 1);
    CHECK(one.close_code == base::ws::kCloseInternalError);
    CHECK(r.w.node.loop.log.contains("a frame ended with an exception what=a bug"));
}

TEST_CASE("a socket ends with what let it in") {
    Room r;
    auto socket = r.w.open(r.guest, r.server, r.channel);
    SECTION("a kick") {
        const auto guest = *protocol::parse_id<protocol::UserId>(r.guest.id);
        r.w.node.ok(r.w.node.members.kick(r.actor(r.owner), r.guild(), guest));
    }
    SECTION("a channel that is deleted") {
        const auto channel = *protocol::parse_id<protocol::ChannelId>(r.channel);
        r.w.node.ok(r.w.node.channels.remove(r.actor(r.owner), r.guild(), channel));
    }
    SECTION("the server is deleted") {
        r.w.node.ok(r.w.node.guilds.remove(r.actor(r.owner), r.guild()));
    }
    SECTION("a logout") { r.w.ask("POST", "/auth/logout", r.guest.token); }
    SECTION("a day") { r.w.node.loop.advance(std::chrono::hours(24)); }
    r.w.look(socket);
    CHECK(socket.of("error").size() == 1);
    CHECK(socket.close_code == base::ws::kClosePolicy);
}

TEST_CASE("a node that stops sends its sockets away") {
    Room r;
    auto socket = r.w.open(r.guest, r.server, r.channel);
    r.w.classic.shut_down();
    r.w.look(socket);
    CHECK(socket.close_code == base::ws::kCloseGoingAway);
}

TEST_CASE("a socket stays while its user sees the channel") {
    Room r;
    auto socket = r.w.open(r.guest, r.server, r.channel);
    protocol::api::ChannelPatch patch;
    patch.name.emplace("renamed");
    const auto channel = *protocol::parse_id<protocol::ChannelId>(r.channel);
    r.w.node.ok(r.w.node.channels.edit(r.actor(r.owner), r.guild(), channel, patch));
    r.w.look(socket);
    CHECK(socket.close_code == 0);
}
