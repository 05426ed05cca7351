#include "node/gateway/member_list.h"
#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

#include <ctime>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::UserId;

namespace {

/// A guild that is large, and how many of it are online.
constexpr int kMany = 50'000, kManyOnline = 20'000;

struct Scene {
    Scene() {
        guild = f.node.make_guild(owner);
        f.node.join(guild, alice);
        f.node.join(guild, bot);
        client.identify(f.login(bot, true), kAllIntents);
        client.forget();
    }
    json::object chunk() { return client.last("GUILD_MEMBERS_CHUNK"); }
    /// That many more members, `online` of them shown so; in memory alone.
    void fill(int members, int online) {
        auto state = std::make_shared<protocol::GuildState>(f.node.state(guild));
        for (int i = 0; i < members; ++i) {
            protocol::Member member;
            member.userId = UserId(10'000'000'000'000'000 + static_cast<std::uint64_t>(i));
            member.nick = "nick " + std::to_string(i * 7919ll % members);
            state->members.insert_or_assign(member.userId, member);
            if (i < online) {
                f.hub().presences().on_presence({.user = member.userId, .status = "online"});
            }
        }
        f.node.view().load_guild(state);
        f.node.loop.advance(300ms);
        client.forget();
    }
    void ask(Client& from, protocol::ChannelId channel) {
        const json::value channels = json::parse(R"({")" + channel.str() + R"(":[[0,99]]})");
        from.send(14, {{"guild_id", guild.str()}, {"channels", channels}});
    }

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

TEST_CASE("the list of 50,000 members is made in steps of about the same cost") {
    Scene s;
    s.fill(kMany, kManyOnline);
    const auto state = *s.f.node.view().guild(s.guild);
    const auto channel = s.f.node.text_channel(s.guild);
    gateway::MemberList list(state, channel);
    std::size_t steps = 0;
    std::clock_t longest = 0, all = 0;
    for (bool more = true; more; ++steps) {
        const std::clock_t start = std::clock();
        more = list.step(s.f.hub().world(), s.f.hub().presences());
        const std::clock_t taken = std::clock() - start;
        longest = std::max(longest, taken);
        all += taken;
    }
    const std::size_t step = gateway::limits::kMembersPerStep;
    CHECK(steps > kMany / step + kManyOnline / step);
    // Of the processor's time, which does not depend on what else runs.
    CHECK(longest < all / 4);
    const auto told = json::parse(
        list.write(s.f.hub().world(), s.f.hub().presences(), {{0, 99}, {19'990, 20'100}}));
    CHECK(told.at("member_count") == kMany + 3);
    CHECK(told.at("groups").as_array().size() == 1);
    CHECK(told.at("groups").at(0).at("count") == kManyOnline + 1);
    std::string before;
    const auto& items = told.at("ops").at(0).at("items").as_array();
    REQUIRE(items.size() == 100);
    for (std::size_t i = 2; i < items.size(); ++i) {
        const std::string name(items[i].at("member").at("nick").as_string());
        CHECK(before < name);
        before = name;
    }
    CHECK(told.at("ops").at(1).at("items").as_array().size() == 12);
}

TEST_CASE("a turn does a part of a large list, and who asks again gets what is kept") {
    Scene s;
    s.fill(kMany, kManyOnline);
    const auto channel = s.f.node.text_channel(s.guild);
    s.ask(s.client, channel);
    CHECK(s.client.frames().empty());
    s.f.node.loop.run();
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") == 1);
    Client other(s.f.hub());
    other.identify(s.f.login(s.alice));
    s.f.node.loop.run();
    s.ask(other, channel);
    CHECK(other.count("GUILD_MEMBER_LIST_UPDATE") == 1);
    for (int i = 0; i < 10; ++i) s.ask(s.client, channel);
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") == 11);
    CHECK(s.client.count("RATE_LIMITED") == 0);
}

TEST_CASE("a turn makes few of the lists of a guild that is not quite large") {
    Scene s;
    json::object channels;
    for (int i = 0; i < 10; ++i) {
        protocol::Channel channel;
        channel.id = protocol::ChannelId(s.f.node.run(s.f.node.journal.new_id(s.guild)));
        channel.name = "room";
        s.f.node.commit(s.guild, {protocol::ChannelCreated{channel}});
        channels[channel.id.str()] = json::array{};
    }
    s.fill(4000, 0);
    s.client.send(14, {{"guild_id", s.guild.str()}, {"channels", channels}});
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") < 5);
    s.f.node.loop.run();
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") == 10);
}

TEST_CASE("what is more than a session may have under way is refused, not forgotten") {
    Scene s;
    const auto channel = s.f.node.text_channel(s.guild);
    s.client.inbox().queued = 1 << 20;
    for (std::size_t i = 0; i < gateway::limits::kPumpsMax; ++i) s.ask(s.client, channel);
    CHECK(s.client.frames().empty());
    s.ask(s.client, channel);
    CHECK(s.client.last("RATE_LIMITED").at("opcode") == 14);
    s.client.send(8, {{"guild_id", s.guild.str()}, {"query", "ali"}, {"limit", 5}, {"nonce", "n"}});
    CHECK(s.client.count("RATE_LIMITED") == 2);
    CHECK(s.client.last("RATE_LIMITED").at("meta").at("nonce") == "n");
    s.client.inbox().queued = 0;
    s.client.drain();
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") == gateway::limits::kPumpsMax);
}

TEST_CASE("a session has a share of searches and lists in a few seconds") {
    Scene s;
    s.fill(kMany, kManyOnline);
    const auto channel = s.f.node.text_channel(s.guild);
    const auto search = [&](const std::string& query) {
        s.client.send(8, {{"guild_id", s.guild.str()}, {"query", query}, {"limit", 5}});
    };
    for (int i = 0; i < 4; ++i) search("nobody");
    CHECK(s.client.frames().empty());
    search("one too many");
    CHECK(s.client.last("RATE_LIMITED").at("opcode") == 8);
    s.f.node.loop.run();
    CHECK(s.client.count("GUILD_MEMBERS_CHUNK") == 4);
    CHECK(s.chunk().at("members").as_array().empty());
    s.ask(s.client, channel);
    CHECK(s.client.last("RATE_LIMITED").at("opcode") == 14);
    CHECK(s.client.count("GUILD_MEMBER_LIST_UPDATE") == 0);
    s.f.node.loop.advance(5s);
    search("ali");
    s.f.node.loop.run();
    CHECK(s.chunk().at("members").as_array().size() == 1);
    // By id, and what is found at once, costs next to nothing and is not limited.
    s.client.send(8, {{"guild_id", s.guild.str()}, {"user_ids", json::array{"10000000000000005"}}});
    CHECK(s.chunk().at("members").as_array().size() == 1);
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
