// Whole nodes over memory: they serve people, die at any moment, and come back with what they had.
#include "tests/catch.h"
#include "tests/support/fed_nodes.h"

#include <set>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using Method = base::http::Method;

namespace {

struct Room {
    std::string guild, channel;
    std::string messages() const { return "/api/v10/channels/" + channel + "/messages"; }
};

Room make_room(FedNode& node, const Person& owner) {
    const auto guild = node.ok(Method::post, "/api/v10/guilds", owner, {{"name", "Guild"}});
    const std::string id(guild.at("id").as_string());
    const auto channels = node.ok(Method::get, "/api/v10/guilds/" + id + "/channels", owner);
    for (const auto& channel : channels.as_array()) {
        if (channel.at("type") == 0) return {id, std::string(channel.at("id").as_string())};
    }
    throw std::runtime_error("no text channel");
}

}  // namespace

TEST_CASE("several cores in one process each serve their own people") {
    FedNodes world(2);
    for (std::size_t i = 0; i < world.size(); ++i) {
        FedNode& node = world[i];
        const Person owner = node.add_user("owner");
        const Room room = make_room(node, owner);
        Client& client = node.connect(owner);
        world.run();
        REQUIRE(client.count("READY") == 1);
        node.ok(Method::post, room.messages(), owner, {{"content", "hello"}});
        world.run();
        CHECK(client.last("MESSAGE_CREATE").at("content") == "hello");
        CHECK(node.view().guild_count() == 1);
    }
    CHECK(world[0].uid() != world[1].uid());
}

TEST_CASE("a core that dies between any two handlers keeps what it answered, and nothing twice") {
    std::set<std::size_t> lost_calls;
    for (std::uint64_t after = 1; after < 60; ++after) {
        FedNodes world(1, after);
        FedNode& node = world[0];
        const Person owner = node.add_user("owner");
        const Room room = make_room(node, owner);
        const json::object body{{"content", "hello"}, {"nonce", "1"}, {"enforce_nonce", true}};
        node.crash_after(after);
        const auto call = node.begin(Method::post, room.messages(), owner, body);
        world.advance(100ms);
        const bool answered = call->answer.has_value();
        if (node.is_up()) node.crash();
        node.start();
        const auto kept = node.ok(Method::get, room.messages(), owner).as_array();
        if (answered) CHECK(kept.size() == 1);
        CHECK(kept.size() <= 1);
        if (!answered) lost_calls.insert(kept.size());
        node.ok(Method::post, room.messages(), owner, body);
        CHECK(node.ok(Method::get, room.messages(), owner).as_array().size() == 1);
    }
    // Both kinds of death were met: before the commit, and between it and the answer.
    CHECK(lost_calls == std::set<std::size_t>{0, 1});
}

TEST_CASE("bots live on a node in memory, and a session ends with its node") {
    FedNodes world(1);
    FedNode& node = world[0];
    const Person owner = node.add_user("owner");
    const Person bot = node.add_bot(owner, "helper");
    CHECK(node.ok(Method::get, "/api/v10/users/@me", bot).at("bot") == true);
    node.connect(owner);
    world.run();
    node.crash();
    CHECK_FALSE(node.is_up());
    node.start();
    CHECK(node.ok(Method::get, "/api/v10/users/@me", bot).at("bot") == true);
}
