// What clients are told of the hosts of guilds: people's at once and again after a restart of their
// node, bots' never.
#include "node/gateway/hosting_update.h"

#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using journal::GuildRole;
using protocol::UserId;
using Kind = journal::GuildChange::Kind;

namespace {

struct Scene {
    Scene() {
        guild = f.node.make_guild(owner);
        f.node.join(guild, bot);
    }
    void publish(journal::GuildChange change) {
        change.guild = guild;
        auto shared = std::make_shared<const journal::GuildChange>(std::move(change));
        f.node.bus.publish(f.node.loop.shard(), std::move(shared));
        f.node.loop.run();
    }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), bot = f.node.add_user("bot", true);
    protocol::GuildId guild;
};

}  // namespace

TEST_CASE("clients of people hear of a guild's host, those of bots do not") {
    Scene s;
    Client person(s.f.hub()), bot(s.f.hub());
    person.identify(s.f.login(s.owner));
    bot.identify(s.f.login(s.bot, true), kAllIntents);
    s.f.node.loop.run();
    CHECK(person.last("READY").at("guild_hosting").as_array().empty());
    CHECK_FALSE(bot.last("READY").contains("guild_hosting"));

    s.publish({.kind = Kind::role, .role = GuildRole::mirrored});
    s.publish({.kind = Kind::reach, .reachable = false});
    CHECK(person.count("GUILD_HOSTING_UPDATE") == 2);
    const auto away = person.last("GUILD_HOSTING_UPDATE");
    CHECK(away.at("guild_id") == text(s.guild.str()));
    CHECK_FALSE(away.at("own").as_bool());
    CHECK_FALSE(away.at("reachable").as_bool());
    s.publish({.kind = Kind::role, .role = GuildRole::frozen});
    CHECK(person.last("GUILD_HOSTING_UPDATE").at("frozen").as_bool());
    // Once it is hosted here nobody is away.
    s.publish({.kind = Kind::role, .role = GuildRole::hosted});
    const auto own = person.last("GUILD_HOSTING_UPDATE");
    CHECK(own.at("own").as_bool());
    CHECK(own.at("reachable").as_bool());
    CHECK_FALSE(own.at("frozen").as_bool());
    s.f.node.commit(s.guild, {protocol::HostingPolicySet{.delayMs = 1, .byUser = s.owner}});
    CHECK(person.count("GUILD_HOSTING_UPDATE") == 5);
    CHECK(bot.count("GUILD_HOSTING_UPDATE") == 0);
}

TEST_CASE("who resumes after a restart hears of the hosts of other nodes' guilds as they are now") {
    Scene s;
    const std::string token = s.f.login(s.owner);
    Client client(s.f.hub());
    client.identify(token);
    s.f.node.loop.run();
    s.f.stop();
    client.cut(4200);
    s.publish({.kind = Kind::role, .role = GuildRole::mirrored});
    s.f.start();
    Client again(s.f.hub());
    again.resume(token, client.session_id(), client.seq());
    s.f.node.loop.run();
    CHECK(again.names() == std::vector<std::string>{"GUILD_HOSTING_UPDATE", "RESUMED"});
    CHECK(again.last("GUILD_HOSTING_UPDATE").at("reachable").as_bool());
}
