// Nodes of different versions: what an older one does not know does not stop it, and where two have
// nothing in common both say so and go on.
#include "node/store/tables/peers.h"
#include "protocol/event_kinds.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using peering::Peer;
using peering::Peers;
using protocol::kind_of;

namespace {

Peers& peers(FedNode& node) { return node.core().peering->peers(); }
base::Shard& shard(FedNode& node) { return node.core().shards.at(0); }

base::Result<std::shared_ptr<Peer>> dial(FedNodes& world, FedNode& from, const FedNode& to) {
    const auto where = peering::parse_node_address(to.ip().str() + ":8447").value();
    return world.wait(shard(from), peers(from).connect(where, 20s));
}

void restart(FedNode& node) {
    node.crash();
    node.start();
}

/// As `guildhall peer list` reads them.
std::map<std::string, std::string> troubles(FedNodes& world, FedNode& node) {
    auto read = [](store::Tx& tx) { return store::peers::troubles(tx); };
    auto found = world.wait(shard(node), store::read(*node.db, std::move(read)));
    REQUIRE(found);
    return *found;
}

struct Mixed : FarGuild {
    using FarGuild::FarGuild;

    std::string say(std::size_t node, const std::string& text) {
        return text_of(world[node].ok(Method::post, messages(), people[node], {{"content", text}}),
                       "id");
    }
    bool comes(std::size_t node, const std::string& text) {
        return soon([&] {
            const auto answer = world[node].call(Method::get, messages(), people[node]);
            return answer.body.find(text) != std::string::npos;
        });
    }
    bool has_reaction(std::size_t node, const std::string& message) {
        const auto found = world[node].ok(Method::get, messages() + "/" + message, people[node]);
        return found.as_object().contains("reactions");
    }
    std::uint64_t opaque_taken(std::size_t node) {
        return world[node]
            .core()
            .metrics.counter("guildhall_federation_opaque_entries_total", "")
            .value();
    }
};

}  // namespace

TEST_CASE("an older mirror goes on where a newer host makes what it does not know") {
    Mixed m;
    const std::string message = m.say(0, "react to this");
    REQUIRE(m.comes(1, "react to this"));
    m.world[1].unknown_kind = kind_of(protocol::ReactionAdded{});
    m.world[0].ok(
        Method::put, m.messages() + "/" + message + "/reactions/%F0%9F%91%8D/@me", m.people[0]);
    m.say(0, "said after it");
    const bool came = m.comes(1, "said after it");
    INFO(m.world.logs());
    REQUIRE(came);
    CHECK(m.world[1].view().role(m.guild) == journal::GuildRole::mirrored);
    CHECK(m.opaque_taken(1) == 1);
    CHECK(m.world[1].log.contains("a kind that this version does not know"));
    CHECK_FALSE(m.has_reaction(1, message));
    CHECK(m.has_reaction(0, message));
    m.say(1, "and the older one speaks");
    CHECK(m.comes(0, "and the older one speaks"));

    // Started again as the same version it is as before; as a newer one it shows what it has.
    restart(m.world[1]);
    CHECK_FALSE(m.has_reaction(1, message));
    m.world[1].unknown_kind.reset();
    restart(m.world[1]);
    CHECK(m.has_reaction(1, message));
    m.say(0, "all are of one version");
    CHECK(m.comes(1, "all are of one version"));
}

TEST_CASE(
    "a control log with entries of an unknown kind is not comparable, and no reason to stop") {
    Mixed m(2, 1);
    m.people.push_back(m.world[1].add_user("u1"));
    m.world[1].unknown_kind = kind_of(protocol::RoleCreated{});
    m.join(1, m.people[1]);
    m.world[0].ok(Method::post, m.guild_path() + "/roles", m.people[0], {{"name", "new"}});
    m.say(0, "behind the role");
    const bool came = m.comes(1, "behind the role");
    const bool told = m.soon([&] { return m.world[1].log.contains("is not comparable"); });
    INFO(m.world.logs());
    REQUIRE(came);
    REQUIRE(told);
    CHECK(m.world[1].view().role(m.guild) == journal::GuildRole::mirrored);
    CHECK(m.world[1].guild(m.guild)->roles.size() + 1 == m.world[0].guild(m.guild)->roles.size());
    CHECK(m.world[1].guild(m.guild)->control_size == m.world[0].guild(m.guild)->control_size);

    m.world[1].unknown_kind.reset();
    restart(m.world[1]);
    CHECK(m.world[1].guild(m.guild)->roles.size() == m.world[0].guild(m.guild)->roles.size());
    m.say(1, "after the update");
    CHECK(m.comes(0, "after the update"));
}

TEST_CASE("nodes whose versions overlap link, whatever features they speak of") {
    FedNodes world(2);
    world[1].dialect = {.proto_min = 1, .proto_max = 3, .features = {7, 9}};
    restart(world[1]);
    CHECK(dial(world, world[0], world[1]));
    CHECK(troubles(world, world[0]).empty());
}

TEST_CASE("nodes without a common version part in peace, and the operators are told") {
    FedNodes world(2);
    REQUIRE(dial(world, world[0], world[1]));
    const federation::Hash32 uid = world[1].uid();
    world[1].dialect = {.proto_min = 2, .proto_max = 3, .features = {}};
    restart(world[1]);
    world.run();
    const std::string words = "versions 2 to 3, this node 1 to 1: update this node";
    peers(world[0]).want(uid, {world[1].ip().str() + ":8447"});
    world.advance(1min);
    CHECK(peers(world[0]).version_trouble(uid).ends_with(words));
    CHECK(peers(world[0]).find(uid)->standing().quarantined_until_ms == 0);
    auto& failed =
        world[0].core().metrics.counter("guildhall_dials_total", "Dials", "reached=\"no\"");
    const std::uint64_t before = failed.value();
    const auto asked = world.wait(shard(world[0]), peers(world[0]).connect(uid, 20s));
    REQUIRE_FALSE(asked);
    CHECK(asked.error().message.ends_with(words));
    world.advance(Peers::kVersionRetry * 3);
    CHECK(failed.value() >= before + 2);
    CHECK(failed.value() <= before + 4);
    auto told = troubles(world, world[0]);
    REQUIRE(told.size() == 1);
    CHECK(told.begin()->first == uid.text());

    // It went back: the first contact from there ends the waiting.
    world[1].dialect = {};
    restart(world[1]);
    REQUIRE(dial(world, world[1], world[0]));
    CHECK(peers(world[0]).version_trouble(uid).empty());
    world.advance(1min);
    CHECK(troubles(world, world[0]).empty());
}

TEST_CASE("a host that was updated dials those who had no version in common with it") {
    Mixed m;
    m.world[0].dialect = {.proto_min = 2, .proto_max = 3, .features = {}};
    restart(m.world[0]);
    m.world.advance(1min);
    REQUIRE_FALSE(troubles(m.world, m.world[0]).empty());
    REQUIRE_FALSE(troubles(m.world, m.world[1]).empty());

    // The mirror waits for ten minutes before it asks once more.
    m.world[0].dialect = {};
    restart(m.world[0]);
    m.say(0, "after the update");
    CHECK(m.comes(1, "after the update"));
    CHECK(troubles(m.world, m.world[0]).empty());
}
