// What people of a node see of others: the nodes that it works with, and of a guild's host whether
// it is there and how far its log was verified.
#include "node/peering/known_nodes.h"

#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

json::object hosting(FarGuild& s, std::size_t node) {
    return s.world[node].ok(Method::get, s.guild_path() + "/hosting", s.people[node]).as_object();
}

json::array peers(FedNode& node, const Person& who, const std::string& query = {}) {
    return node.ok(Method::get, "/api/v10/node/peers" + query, who).as_array();
}

std::vector<std::string> names(const json::array& rows) {
    std::vector<std::string> out;
    for (const auto& row : rows) out.push_back(text_of(row, "name"));
    return out;
}

void set_trust(FedNode& node, const federation::Hash32& uid, federation::Trust trust) {
    auto& directory = node.core().peering->peers().directory();
    federation::Standing standing = directory.find(uid)->standing;
    standing.trust = trust;
    standing.by_operator = true;
    directory.set_standing(uid, standing);
}

}  // namespace

TEST_CASE("members see that a guild's host is there, since when it is not, and what is verified") {
    FarGuild s(2);
    s.say(0, "one");
    REQUIRE(s.comes(1, "one"));
    const auto at_host = hosting(s, 0);
    const auto& own = at_host.at("host").as_object();
    CHECK(own.at("own").as_bool());
    CHECK(own.at("reachable").as_bool());
    CHECK(own.at("away_since").is_null());
    CHECK(at_host.at("verified").is_null());

    const auto live = hosting(s, 1);
    const auto& host = live.at("host").as_object();
    CHECK_FALSE(host.at("own").as_bool());
    CHECK(text_of(host, "name") == s.world[0].name());
    CHECK(text_of(host, "uid") == federation::to_hex(s.world[0].uid()));
    CHECK(host.at("reachable").as_bool());
    CHECK(host.at("away_since").is_null());
    CHECK(live.at("frozen").is_null());
    const auto& verified = live.at("verified").as_object();
    CHECK(verified.at("behind").to_number<int>() == 0);
    CHECK(verified.at("at").is_string());
    // The log of what moderators did is not for nodes whose people are none.
    const auto entries = verified.at("entries").to_number<std::uint64_t>();
    CHECK(entries > 0);
    CHECK(entries <= at_host.at("entries").to_number<std::uint64_t>());

    s.world[0].crash();
    s.world.advance(3min);
    const auto away = hosting(s, 1).at("host").as_object();
    CHECK_FALSE(away.at("reachable").as_bool());
    REQUIRE(away.at("away_since").is_string());
    s.world[0].start();
    CHECK(s.world.run_until([&] { return hosting(s, 1).at("host").at("reachable").as_bool(); }));
}

TEST_CASE("successors are named, and those that can be reached told from those that cannot") {
    FarGuild s(3);
    const json::array heirs{json::string(federation::to_hex(s.world[1].uid())),
                            json::string(federation::to_hex(s.world[2].uid()))};
    s.world[0].ok(Method::patch, s.guild_path() + "/hosting", s.people[0], {{"successors", heirs}});
    s.world[2].crash();
    s.world.advance(3s);
    const auto shown = hosting(s, 0);
    for (const auto& row : shown.at("successors").as_array()) {
        const bool is_up = text_of(row, "name") == s.world[1].name();
        CHECK(is_up == row.at("reachable").as_bool());
        CHECK_FALSE(row.at("own").as_bool());
    }
    const auto at_heir = [&] { return hosting(s, 1).at("successors").as_array(); };
    REQUIRE(s.soon([&] { return at_heir().size() == 2; }));
    for (const auto& row : at_heir())
        CHECK(row.at("own").as_bool() == (text_of(row, "name") == s.world[1].name()));
}

TEST_CASE("people see the nodes that theirs works with, by name, with the guilds that they share") {
    FarGuild s(3);
    const auto seen = peers(s.world[0], s.people[0]);
    CHECK(names(seen) == std::vector{s.world[1].name(), s.world[2].name()});
    for (const auto& row : seen) {
        CHECK(row.at("reachable").as_bool());
        CHECK(row.at("guilds").to_number<int>() == 1);
        CHECK(row.as_object().size() == 6);
    }
    // Whose guilds they are: somebody else shares none with those nodes.
    const Person stranger = s.world[0].add_user("stranger");
    for (const auto& row : peers(s.world[0], stranger))
        CHECK(row.at("guilds").to_number<int>() == 0);

    CHECK(names(peers(s.world[0], s.people[0], "?limit=1")) == std::vector{s.world[1].name()});
    CHECK(names(peers(s.world[0], s.people[0], "?after=" + s.world[1].name())) ==
          std::vector{s.world[2].name()});
    CHECK(peers(s.world[0], s.people[0], "?after=zzz").empty());
    for (const char* wrong : {"?limit=0", "?limit=501", "?limit=x"})
        CHECK(s.world[0]
                  .call(Method::get, std::string("/api/v10/node/peers") + wrong, s.people[0])
                  .status == 400);
}

TEST_CASE(
    "a peer that is gone stays in the list while it is wanted, one that is kept out does not") {
    FarGuild s(2);
    s.world[0].crash();
    s.world.advance(3s);
    const auto away = peers(s.world[1], s.people[1]);
    REQUIRE(names(away) == std::vector{s.world[0].name()});
    CHECK_FALSE(away[0].at("reachable").as_bool());
    CHECK(away[0].at("last_seen").is_string());
    s.world[0].start();
    for (const auto trust : {federation::Trust::held, federation::Trust::blocked}) {
        set_trust(s.world[1], s.world[0].uid(), trust);
        CHECK(peers(s.world[1], s.people[1]).empty());
    }
}

TEST_CASE("clients of people hear that a guild's host is away and back, those of bots do not") {
    FarGuild s(2);
    Client& u1 = s.world[1].connect(s.people[1]);
    Client& alice = s.world[0].connect(s.people[0]);
    s.world.advance(1s);
    CHECK(alice.last("READY").at("guild_hosting").as_array().empty());
    const auto listed = u1.last("READY").at("guild_hosting").as_array();
    REQUIRE(listed.size() == 1);
    CHECK(text_of(listed[0], "guild_id") == s.guild.str());
    CHECK(text_of(listed[0], "host") == federation::to_hex(s.world[0].uid()));
    CHECK_FALSE(listed[0].at("own").as_bool());
    CHECK(listed[0].at("reachable").as_bool());
    CHECK_FALSE(listed[0].at("frozen").as_bool());

    const auto told = [&] { return u1.count("GUILD_HOSTING_UPDATE"); };
    const auto is_there = [&] { return u1.last("GUILD_HOSTING_UPDATE").at("reachable").as_bool(); };
    const std::size_t before = told();
    // One that restarts is not away.
    s.world[0].crash();
    s.world[0].start();
    s.world.advance(20s);
    CHECK(told() == before);
    s.world[0].crash();
    s.world.advance(20s);
    CHECK(told() == before + 1);
    CHECK_FALSE(is_there());
    // Who comes now sees it in READY.
    Client& late = s.world[1].connect(s.people[1]);
    CHECK_FALSE(late.last("READY").at("guild_hosting").as_array().at(0).at("reachable").as_bool());
    s.world[0].start();
    CHECK(s.world.run_until([&] { return told() == before + 2 && is_there(); }));

    // Who joins a guild of another node hears at once whose it is.
    const Person bob = s.world[1].add_user("bob");
    Client& joining = s.world[1].connect(bob);
    s.join(1, bob);
    CHECK(s.world.run_until([&] { return joining.count("GUILD_HOSTING_UPDATE") > 0; }));
    CHECK(joining.last("GUILD_HOSTING_UPDATE").at("reachable").as_bool());
}

TEST_CASE("a node that starts finds out whether the hosts of its guilds are there, and says so") {
    FarGuild s(2);
    s.world[0].crash();
    s.world[1].crash();
    s.world[1].start();
    Client& u1 = s.world[1].connect(s.people[1]);
    CHECK(s.world.run_until([&] { return u1.count("GUILD_HOSTING_UPDATE") == 1; }));
    CHECK_FALSE(u1.last("GUILD_HOSTING_UPDATE").at("reachable").as_bool());
}
