#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::UserId;

TEST_CASE("Hello comes twenty milliseconds after the upgrade") {
    GatewayFixture f;
    Client client(f.hub());
    f.node.loop.advance(19ms);
    CHECK(client.frames().empty());
    f.node.loop.advance(1ms);
    REQUIRE(client.frames().size() == 1);
    CHECK(client.frames()[0].at("op") == 10);
    CHECK(client.frames()[0].at("d").at("heartbeat_interval") == 41250);
}

TEST_CASE("a heartbeat before IDENTIFY is answered") {
    GatewayFixture f;
    Client client(f.hub());
    client.send(1, nullptr);
    client.send(1, 0);
    client.send(40, json::object{{"seq", nullptr}, {"qos", json::object{}}});
    REQUIRE(client.frames().size() == 3);
    for (const auto& frame : client.frames()) CHECK(frame.at("op") == 11);
}

TEST_CASE("a bot gets READY with stubs and then its guilds") {
    GatewayFixture f;
    const UserId owner = f.node.add_user("owner");
    const UserId bot = f.node.add_user("bot", true);
    const auto guild = f.node.make_guild(owner);
    f.node.join(guild, bot);
    const std::string token = f.login(bot, true);
    for (const std::string prefix : {"", "Bot ", "bot ", "Bearer "}) {
        Client client(f.hub());
        client.identify(prefix + token, kAllIntents, {{"shard", json::array{0, 1}}});
        REQUIRE(client.names() == std::vector<std::string>{"READY", "GUILD_CREATE"});
        const auto ready = client.last("READY");
        CHECK(ready.at("user").at("id") == text(bot.str()));
        CHECK(ready.at("application").at("id") == text(bot.str()));
        CHECK(ready.at("private_channels").as_array().empty());
        CHECK(ready.at("guilds") ==
              json::array{json::object{{"id", guild.str()}, {"unavailable", true}}});
        CHECK(ready.at("resume_gateway_url") == "ws://127.0.0.1:8080");
        CHECK(ready.at("shard") == json::array{0, 1});
        const auto created = client.last("GUILD_CREATE");
        CHECK(created.at("members").as_array().size() == 2);
        CHECK(created.at("unavailable") == false);
        CHECK(client.seq() == 2);
    }
}

TEST_CASE("a user gets whole guilds inside READY, in the form its capabilities ask for") {
    GatewayFixture f;
    const UserId owner = f.node.add_user("owner");
    const UserId other = f.node.add_user("other");
    const auto guild = f.node.make_guild(owner, "Castle");
    f.node.join(guild, other);
    const std::string token = f.login(owner);

    Client plain(f.hub());
    plain.identify(token);
    auto ready = plain.last("READY");
    CHECK(ready.at("guilds").at(0).at("name") == "Castle");
    CHECK(ready.at("guilds").at(0).at("members").as_array().size() == 2);
    CHECK(ready.at("read_state").is_array());
    CHECK(ready.at("user_guild_settings").is_array());
    CHECK(ready.contains("user_settings"));

    Client full(f.hub());
    full.identify(token, -1, {{"capabilities", 16381}});
    ready = full.last("READY");
    CHECK(ready.at("guilds").at(0).at("properties").at("name") == "Castle");
    CHECK_FALSE(ready.at("guilds").at(0).as_object().contains("members"));
    CHECK(ready.at("read_state").at("entries").is_array());
    CHECK(ready.at("user_guild_settings").at("partial") == false);
    CHECK_FALSE(ready.contains("user_settings"));
    CHECK(ready.at("users").as_array().size() == 2);
    CHECK(ready.at("merged_members").at(0).at(0).at("user_id") == text(owner.str()));
    const auto more = full.last("READY_SUPPLEMENTAL");
    CHECK(more.at("merged_members").at(0).at(0).at("user_id") == text(other.str()));
    CHECK(more.at("guilds").at(0).at("id") == text(guild.str()));
}

TEST_CASE("an IDENTIFY that is wrong is closed with the code of what is wrong") {
    GatewayFixture f;
    const UserId user = f.node.add_user("user");
    const UserId bot = f.node.add_user("bot", true);
    const std::string token = f.login(bot, true, 0);
    const std::string user_token = f.login(user);
    const auto code = [&](const std::string& who, std::int64_t intents, json::object extra = {}) {
        Client client(f.hub());
        client.identify(who, intents, std::move(extra));
        return client.close_code();
    };
    CHECK(code("nobody", 0) == 4004);
    CHECK(code(token, -1) == 4013);
    CHECK(code(token, 1ll << 29) == 4013);
    CHECK(code(token, 1ll << 40) == 4013);
    CHECK(code(user_token, 1ll << 40) == 4013);
    for (const int bit : {1, 8, 15}) CHECK(code(token, 1ll << bit) == 4014);
    CHECK(code(token, 1) == 0);
    CHECK(code(user_token, kAllIntents) == 0);
    for (const auto& shard : {json::array{1, 1},
                              json::array{-1, 2},
                              json::array{0, 0},
                              json::array{0},
                              json::array{"a", "b"},
                              json::array{0, 5000}}) {
        CHECK(code(token, 1, {{"shard", shard}}) == 4010);
    }
    CHECK(code(token, 1, {{"shard", json::array{3, 4}}}) == 0);
    Client twice(f.hub());
    twice.identify(token, 1);
    twice.identify(token, 1);
    CHECK(twice.close_code() == 4005);
}

TEST_CASE("each privileged intent is allowed by either of its two application flags") {
    const std::pair<int, std::vector<int>> rows[] = {{8, {12, 13}}, {1, {14, 15}}, {15, {18, 19}}};
    for (const auto& [intent, flags] : rows) {
        for (const int flag : flags) {
            GatewayFixture f;
            const UserId bot = f.node.add_user("bot", true);
            Client client(f.hub());
            client.identify(f.login(bot, true, 1ull << flag), 1ll << intent);
            CHECK(client.close_code() == 0);
        }
    }
}

TEST_CASE("frames that make no sense close the connection with the API's code") {
    GatewayFixture f;
    const std::string token = f.login(f.node.add_user("user"));
    const auto code = [&](const std::string& text, bool identified = true) {
        Client client(f.hub());
        if (identified) client.identify(token);
        client.send(text);
        return client.close_code();
    };
    for (const char* text : {"",
                             "nonsense",
                             "[]",
                             "{}",
                             R"({"op":"x"})",
                             R"({"op":null})",
                             R"({"op":3})",
                             R"({"op":3,"d":{"status":"asleep"}})",
                             R"({"op":3,"d":{"status":"online","activities":[{}]}})",
                             R"({"op":8,"d":{}})",
                             R"({"op":8,"d":{"guild_id":"1"}})",
                             R"({"op":14,"d":[]})",
                             R"({"op":37,"d":{"subscriptions":1}})",
                             R"({"op":4,"d":{"guild_id":"x"}})"}) {
        CHECK(code(text) == 4002);
    }
    CHECK(code(R"({"op":2,"d":{}})", false) == 4002);
    CHECK(code(R"({"op":6,"d":{"token":"x"}})", false) == 4002);
    CHECK(code(R"({"op":99,"d":null})") == 4001);
    CHECK(code(R"({"op":12,"d":null})") == 4001);
    CHECK(code(R"({"op":3,"d":{"status":"online"}})", false) == 4003);
    for (const int op : {29, 41}) CHECK(code(R"({"op":)" + std::to_string(op) + "}") == 0);
    CHECK(code(R"({"op":3,"d":{"since":null,"activities":null,"status":"unknown"}})") == 0);
    CHECK(code(R"({"op":4,"d":{"guild_id":"1","channel_id":null,"self_mute":false}})") == 0);
    CHECK(code(R"({"op":2,"d":{"token":"x","pad":")" + std::string(16 << 10, 'a') + "\"}}",
               false) == 4002);
}

TEST_CASE("what the query asks for and is not there closes with its code") {
    GatewayFixture f;
    const auto code = [&](const char* query) { return Client(f.hub(), query).close_code(); };
    CHECK(code("v=8&encoding=json") == 4012);
    CHECK(code("v=abc") == 4012);
    CHECK(code("v=10&encoding=etf") == 4002);
    CHECK(code("v=10&encoding=json&compress=zstd-stream") == 4002);
    CHECK(code("v=10") == 0);
    CHECK(code("") == 0);
}

TEST_CASE("a client that floods, sleeps or never says who it is is closed") {
    GatewayFixture f;
    const std::string token = f.login(f.node.add_user("user"));
    Client flood(f.hub());
    for (int i = 0; i < 120; ++i) flood.send(1, nullptr);
    CHECK(flood.close_code() == 0);
    flood.send(1, nullptr);
    CHECK(flood.close_code() == 4008);

    Client silent(f.hub());
    Client asleep(f.hub());
    asleep.identify(token);
    f.node.loop.advance(29s);
    CHECK(silent.close_code() == 0);
    f.node.loop.advance(2s);
    CHECK(silent.close_code() == 4003);
    asleep.send(1, nullptr);
    f.node.loop.advance(60s);
    CHECK(asleep.close_code() == 0);
    f.node.loop.advance(4s);
    CHECK(asleep.close_code() == 4009);
}

TEST_CASE("what happens between an upgrade and its opening counts from the opening") {
    GatewayFixture f;
    Client first(f.hub());  // Keeps the sweep going.
    Client late(f.hub(), "v=10", [&] { f.node.loop.advance(2s); });
    f.node.loop.advance(29s);
    CHECK(late.close_code() == 0);
    f.node.loop.advance(2s);
    CHECK(late.close_code() == 4003);

    Client too_late(f.hub(), "v=10", [&] { f.stop(); });
    CHECK(too_late.close_code() == 1001);
}

TEST_CASE("a bot that begins sessions too fast gets an invalid session, and may try again") {
    GatewayFixture f(true);
    const UserId bot = f.node.add_user("bot", true);
    const std::string token = f.login(bot, true);
    Client first(f.hub());
    first.identify(token, 1);
    Client second(f.hub());
    second.identify(token, 1);
    CHECK(second.has_op(9));
    CHECK(second.close_code() == 0);
    CHECK(f.starts.left(bot).remaining == 999);
    f.node.loop.advance(6s);
    second.identify(token, 1);
    CHECK(second.count("READY") == 1);
}

TEST_CASE("a revoked login ends its sessions with 4004") {
    GatewayFixture f;
    const UserId user = f.node.add_user("user");
    const std::string token = f.login(user);
    Client client(f.hub());
    Client other(f.hub());
    client.identify(token);
    other.identify(f.login(user));
    f.node.journal.notify(
        f.node.loop.shard(),
        {journal::SessionClosed{services::hash_token(f.node.secrets.token_key, token), user}});
    f.node.loop.run();
    CHECK(client.close_code() == 4004);
    CHECK(other.close_code() == 0);
    Client again(f.hub());
    again.resume(token, client.session_id(), client.seq());
    CHECK(again.close_code() == 4004);
}

TEST_CASE("zlib-stream frames are one stream of binary messages") {
    GatewayFixture f;
    const UserId owner = f.node.add_user("owner");
    const auto guild = f.node.make_guild(owner);
    const std::string token = f.login(owner);
    Client client(f.hub(), "v=9&encoding=json&compress=zlib-stream");
    f.node.loop.advance(20ms);
    client.identify(token);
    for (int i = 0; i < 5; ++i)
        f.say(owner, f.node.text_channel(guild), "hello " + std::to_string(i));
    client.send(1, 3);
    CHECK(client.count("MESSAGE_CREATE") == 5);
    CHECK(client.last("MESSAGE_CREATE").at("content") == "hello 4");
    CHECK(client.inbox().binary_frames == client.frames().size());
    CHECK(client.last("READY").at("v") == 9);
}

TEST_CASE("a client that allows it gets large payloads compressed one by one") {
    GatewayFixture f;
    const UserId owner = f.node.add_user("owner");
    f.node.make_guild(owner);
    Client client(f.hub());
    client.identify(f.login(owner), -1, {{"compress", true}});
    CHECK(client.inbox().binary_frames == 1);
    CHECK(client.count("READY") == 1);
}

TEST_CASE("guilds that do not fit the socket follow as it drains") {
    GatewayFixture f;
    const UserId owner = f.node.add_user("owner");
    const UserId bot = f.node.add_user("bot", true);
    for (int i = 0; i < 3; ++i) f.node.join(f.node.make_guild(owner), bot);
    Client client(f.hub());
    client.inbox().queued = 1 << 20;
    client.identify(f.login(bot, true), kAllIntents);
    CHECK(client.names() == std::vector<std::string>{"READY"});
    client.inbox().queued = 0;
    client.drain();
    CHECK(client.count("GUILD_CREATE") == 3);
}

TEST_CASE("a bot of two shards has each guild on the shard of the formula") {
    GatewayFixture f;
    const UserId owner = f.node.add_user("owner");
    const UserId bot = f.node.add_user("bot", true);
    const auto guild = f.node.make_guild(owner);
    f.node.join(guild, bot);
    const std::string token = f.login(bot, true);
    const auto shard = (guild.value >> 22) % 2;
    for (std::uint64_t i = 0; i < 2; ++i) {
        Client client(f.hub());
        client.identify(token, kAllIntents, {{"shard", json::array{i, 2}}});
        CHECK(client.count("GUILD_CREATE") == (i == shard ? 1 : 0));
        f.say(owner, f.node.text_channel(guild), "hi");
        CHECK(client.count("MESSAGE_CREATE") == (i == shard ? 1 : 0));
    }
}
