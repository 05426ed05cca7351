// What members are shown of a guild's host when nobody but the log can be asked, and why a guild is
// frozen, in words.
#include "node/services/hosting.h"

#include "node/services/nodes.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using store::evidence::EvidenceRow;
using tests::NodeFixture;
namespace json = boost::json;

namespace {

EvidenceRow row(std::uint8_t kind, std::string text, protocol::UnixMs ts_ms) {
    return {.kind = kind, .statements = std::move(text), .ts_ms = ts_ms};
}

/// Says of every node that it is there.
struct Everybody final : services::OtherNodes {
    base::Task<std::vector<services::KnownNode>> list(base::Shard&,
                                                      std::string,
                                                      std::size_t) override {
        co_return known;
    }
    base::Task<std::vector<services::KnownNode>> look_up(base::Shard&,
                                                         std::vector<std::string> uids) override {
        std::vector<services::KnownNode> out;
        for (std::string& uid : uids) out.push_back({std::move(uid), "there.example", true, true});
        co_return out;
    }
    base::Task<std::optional<services::Followed>> followed(base::Shard&,
                                                           protocol::GuildId) override {
        co_return services::Followed{12, 3, 1'700'000'000'000};
    }

    std::vector<services::KnownNode> known;
};

json::object shown(NodeFixture& node, services::Hosting& hosting, protocol::GuildSnapshot guild) {
    const auto now = node.run(hosting.now(guild));
    std::string text;
    protocol::JsonWriter w(text);
    services::write_hosting(w, *guild, now, node.settings);
    return protocol::parse_json(text)->as_object();
}

}  // namespace

TEST_CASE("members read who hosts a guild, others do not") {
    NodeFixture node;
    const auto owner = node.add_user("owner");
    const auto member = node.add_user("member");
    const auto guild = node.make_guild(owner);
    node.join(guild, member);
    const services::Hosting hosting(node.ctx);
    CHECK(hosting.get(node.as(owner), guild));
    CHECK(hosting.get(node.as(member), guild));
    const auto refused = hosting.get(node.as(node.add_user("stranger")), guild);
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == protocol::kUnknownGuild);
}

TEST_CASE("a node that works alone is its guilds' host, and its people see no others") {
    NodeFixture node;
    const auto owner = node.add_user("owner");
    const auto guild = node.make_guild(owner);
    services::Hosting hosting(node.ctx);
    const auto now = shown(node, hosting, *node.view().guild(guild));
    CHECK(now.at("host").at("own").as_bool());
    CHECK(now.at("host").at("reachable").as_bool());
    CHECK(now.at("verified").is_null());
    CHECK(now.at("frozen").is_null());
    const services::Nodes nodes(node.ctx);
    CHECK(node.run(nodes.list(node.as(owner), "", 10)).empty());
}

TEST_CASE("hosts and successors are called as this node knows them, not as the log does") {
    NodeFixture node;
    Everybody others;
    node.ctx.other_nodes = &others;
    const auto owner = node.add_user("owner");
    const auto guild = node.make_guild(owner);
    auto state = std::make_shared<protocol::GuildState>(node.state(guild));
    state->hosting.hostUid = std::string(32, 'h');
    state->hosting.hostName = "bank.example";
    state->hosting.successors = {std::string(32, 's'), std::string(node.settings.node_uid.text())};
    state->hosting.places = {"bank.example 10.0.0.1:8447", "here"};
    services::Hosting hosting(node.ctx);
    const auto now = shown(node, hosting, state);
    CHECK(now.at("host").at("name").as_string() == "there.example");
    CHECK_FALSE(now.at("host").at("own").as_bool());
    const auto& heirs = now.at("successors").as_array();
    CHECK(heirs.at(0).at("name").as_string() == "there.example");
    CHECK(heirs.at(1).at("own").as_bool());
    CHECK(now.at("verified").at("entries").to_number<int>() == 12);
    CHECK(now.at("verified").at("behind").to_number<int>() == 3);
    node.ctx.other_nodes = nullptr;
}

TEST_CASE("of the nodes that are banned from a guild its members are told no part in it") {
    NodeFixture node;
    Everybody others;
    node.ctx.other_nodes = &others;
    const auto owner = node.add_user("owner");
    const auto guild = node.make_guild(owner);
    const std::string uid(32, 's');
    others.known = {{uid, "s.example", false, true}};
    protocol::HostingPolicySet policy{.successors = {uid}, .votes = 1, .byUser = owner};
    node.commit(guild, {policy});
    const services::Nodes nodes(node.ctx);
    CHECK(node.run(nodes.list(node.as(owner), "", 10)).at(0).guilds == 1);
    node.commit(guild, {protocol::NodeBanned{uid, "s.example", owner}});
    CHECK(node.run(nodes.list(node.as(owner), "", 10)).at(0).guilds == 0);
    node.ctx.other_nodes = nullptr;
}

TEST_CASE("a guild is frozen for the newest of what its host did, not for what others did") {
    const std::vector<EvidenceRow> rows{
        row(9, "", 9), row(0, "the host let happen much", 8), row(1, "", 7), row(2, "", 6)};
    const auto heads = services::frozen_for(rows);
    CHECK(heads.kind == "split_heads");
    CHECK(heads.at_ms == 7);
    const auto words = services::frozen_for(std::vector{row(0, "log 0, entry 3", 5)});
    CHECK(words.kind == "seen_here");
    CHECK(words.at_ms == 5);
    CHECK(services::frozen_for({}).kind == "seen_here");
    CHECK(services::frozen_for({}).at_ms == 0);
}
