#include "node/gateway/members.h"

#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::UserId;

namespace {

struct Scene {
    Scene() {
        guild = f.node.make_guild(owner);
        f.node.join(guild, alice);
        f.node.join(guild, bot);
        client.identify(f.login(bot, true), kAllIntents);
        client.forget();
    }
    json::object chunk() { return client.last("GUILD_MEMBERS_CHUNK"); }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), alice = f.node.add_user("alice"),
           bot = f.node.add_user("bot", true);
    protocol::GuildId guild;
    Client client{f.hub()};
};

}  // namespace

TEST_CASE("op 8 finds members by the start of their name, by id, and all of them") {
    Scene s;
    s.client.send(8, {{"guild_id", s.guild.str()}, {"query", "ALI"}, {"limit", 5}, {"nonce", "n"}});
    CHECK(s.chunk().at("members").as_array().size() == 1);
    CHECK(s.chunk().at("members").at(0).at("user").at("id") == text(s.alice.str()));
    CHECK(s.chunk().at("nonce") == "n");
    // discord.py sends the id as a number beyond what a double holds.
    s.client.send(R"({"op":8,"d":{"guild_id":)" + s.guild.str() + R"(,"user_ids":[")" +
                  s.alice.str() + R"(","12345"],"presences":true}})");
    CHECK(s.chunk().at("members").as_array().size() == 1);
    CHECK(s.chunk().at("not_found") == json::array{"12345"});
    CHECK(s.chunk().at("presences").is_array());
    s.client.send(8, {{"guild_id", json::array{s.guild.str()}}, {"query", ""}, {"limit", 0}});
    CHECK(s.chunk().at("members").as_array().size() == 3);
    CHECK(s.chunk().at("chunk_index") == 0);
    CHECK(s.chunk().at("chunk_count") == 1);
}

TEST_CASE("all members of one guild are given once in half a minute") {
    Scene s;
    const json::object all{
        {"guild_id", s.guild.str()}, {"query", ""}, {"limit", 0}, {"nonce", "again"}};
    s.client.send(8, all);
    s.client.send(8, all);
    CHECK(s.client.count("GUILD_MEMBERS_CHUNK") == 1);
    const auto limited = s.client.last("RATE_LIMITED");
    CHECK(limited.at("opcode") == 8);
    CHECK(limited.at("retry_after").to_number<double>() == Approx(30));
    CHECK(limited.at("meta").at("nonce") == "again");
    s.f.node.loop.advance(31s);
    s.client.send(8, all);
    CHECK(s.client.count("GUILD_MEMBERS_CHUNK") == 2);
}

TEST_CASE("a guild of which one is no member has no members to tell") {
    Scene s;
    const auto other = s.f.node.make_guild(s.owner, "Other");
    s.client.send(8, {{"guild_id", other.str()}, {"query", ""}, {"limit", 0}});
    s.client.send(14, {{"guild_id", other.str()}});
    CHECK(s.client.frames().empty());
}

TEST_CASE("more than a thousand members come in chunks, as the socket drains") {
    Scene s;
    std::vector<protocol::Event> joins;
    for (int i = 0; i < 1200; ++i) {
        protocol::Member member;
        member.userId = UserId(1000 + i);
        joins.emplace_back(protocol::MemberJoined{member, {}});
    }
    s.f.node.commit(s.guild, std::move(joins));
    s.client.forget();
    s.client.inbox().queued = 1 << 20;
    s.client.send(8, {{"guild_id", s.guild.str()}, {"query", ""}, {"limit", 0}});
    CHECK(s.client.frames().empty());
    s.client.inbox().queued = 0;
    s.client.drain();
    REQUIRE(s.client.count("GUILD_MEMBERS_CHUNK") == 2);
    CHECK(s.client.frames()[0].at("d").at("members").as_array().size() == 1000);
    CHECK(s.chunk().at("members").as_array().size() == 203);
    CHECK(s.chunk().at("chunk_index") == 1);
}

TEST_CASE("op 14 and 37 are answered with the part of the member list that is shown") {
    Scene s;
    protocol::Role role{.id = protocol::RoleId(900), .name = "crew", .hoist = true, .position = 3};
    protocol::Member alice = *s.f.node.state(s.guild).members.find(s.alice);
    alice.roles.push_back(role.id);
    s.f.node.commit(s.guild, {protocol::RoleCreated{role}, protocol::MemberUpdated{alice}});
    Client online(s.f.hub());
    online.identify(s.f.login(s.alice));
    s.f.node.loop.run();
    const std::string channel = s.f.node.text_channel(s.guild).str();
    const json::value channels = json::parse(R"({")" + channel + R"(":[[0,99]]})");
    s.client.send(14, {{"guild_id", s.guild.str()}, {"typing", true}, {"channels", channels}});
    auto list = s.client.last("GUILD_MEMBER_LIST_UPDATE");
    CHECK(list.at("id") == "everyone");
    CHECK(list.at("member_count") == 3);
    CHECK(list.at("online_count") == 2);
    CHECK(list.at("groups").at(0) == json::object{{"id", "900"}, {"count", 1}});
    CHECK(list.at("groups").at(1) == json::object{{"id", "online"}, {"count", 1}});
    CHECK(list.at("groups").at(2) == json::object{{"id", "offline"}, {"count", 1}});
    const auto& sync = list.at("ops").at(0);
    CHECK(sync.at("op") == "SYNC");
    CHECK(sync.at("items").as_array().size() == 6);
    CHECK(sync.at("items").at(1).at("member").at("presence").at("status") == "online");
    s.client.send(37, {{"subscriptions", {{s.guild.str(), {{"channels", channels}}}}}});
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") == 2);
}

TEST_CASE("the id of a member list is the hash of who may see the channel") {
    Scene s;
    protocol::Channel channel =
        *s.f.node.state(s.guild).channels.find(s.f.node.text_channel(s.guild));
    channel.overwrites = {{protocol::Snowflake(s.guild.value),
                           protocol::OverwriteType::role,
                           0,
                           protocol::permissions::kViewChannel.bits}};
    const std::string id = gateway::member_list_id(s.f.node.state(s.guild), channel);
    CHECK(id != "everyone");
    CHECK(id.find_first_not_of("0123456789") == id.npos);
}
