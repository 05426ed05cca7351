#include "federation/visibility.h"

#include "node/base/rng.h"
#include "tests/catch.h"
#include "tests/unit/federation/guild_builder.h"

namespace guildhall::federation {

using namespace testing;
using namespace protocol;

namespace {

Overwrite deny(std::uint64_t id, OverwriteType type = OverwriteType::role) {
    return {Snowflake(id), type, 0, permissions::kViewChannel.bits};
}
Overwrite allow(std::uint64_t id, OverwriteType type = OverwriteType::role) {
    return {Snowflake(id), type, permissions::kViewChannel.bits, 0};
}

const std::string kTwo = GuildBuilder::node(2), kThree = GuildBuilder::node(3);

/// Draws events that change who sees what.
struct Weather {
    explicit Weather(std::uint64_t seed) : rng(seed) {}

    std::uint64_t draw(std::uint64_t below) { return rng.next_u64() % below; }
    UserId user() { return UserId(1000 + draw(12)); }
    std::string home() {
        const auto n = draw(4);
        return n == 0 ? std::string() : GuildBuilder::node(static_cast<std::uint8_t>(n + 1));
    }
    Permissions rights() {
        const Permissions some[] = {permissions::kNone,
                                    permissions::kViewChannel,
                                    permissions::kReadMessageHistory,
                                    permissions::kViewAuditLog,
                                    permissions::kAdministrator,
                                    permissions::kDefaultEveryone};
        return some[draw(6)] | some[draw(6)];
    }
    std::vector<RoleId> roles(const GuildState& state) {
        std::vector<RoleId> out;
        state.roles.for_each([&](RoleId id, const Role&) {
            if (id.value != state.guild.id.value && draw(3) == 0) out.push_back(id);
        });
        return out;
    }
    Channel channel(const GuildState& state) {
        Channel out;
        out.id = ChannelId(50 + draw(6));
        out.type = draw(6) == 0 ? ChannelType::category : ChannelType::text;
        for (auto n = draw(3); n > 0; --n) {
            const bool member = draw(2) == 0;
            const std::uint64_t id =
                member ? user().value : (draw(2) == 0 ? state.guild.id.value : 20 + draw(4));
            out.overwrites.push_back({Snowflake(id),
                                      member ? OverwriteType::member : OverwriteType::role,
                                      rights().bits,
                                      rights().bits});
        }
        return out;
    }

    Event event(const GuildState& state) {
        Member member;
        member.userId = user();
        member.homeUid = home();
        member.roles = roles(state);
        Role role;
        role.id = RoleId(20 + draw(4));
        role.permissions = rights().bits;
        switch (draw(13)) {
            case 0:
                return MemberJoined{member, {}};
            case 1:
                return MemberUpdated{member};
            case 2:
                return MemberLeft{member.userId, LeaveCause::kicked, {}};
            case 3:
                return MemberMoved{member.userId, GuildBuilder::node(4)};
            case 4:
                return RoleCreated{role};
            case 5:
                return RoleUpdated{role};
            case 6:
                return RoleDeleted{role.id};
            case 7:
                return ChannelCreated{channel(state)};
            case 8:
                return ChannelUpdated{channel(state)};
            case 9:
                return ChannelDeleted{ChannelId(50 + draw(6))};
            case 10:
                return HostingPolicySet{{GuildBuilder::node(5)}, 1, 0, {}};
            case 11:
                return NodeBanned{home(), "name", {}};
            default:
                return NodeUnbanned{home(), {}};
        }
    }

    base::SeededRng rng;
};

}  // namespace

TEST_CASE("a node follows the control log while it has a member, the rest by what members read") {
    GuildBuilder guild;
    guild.add_channel(50);
    guild.add_channel(51, {deny(guild.state.guild.id.value)});
    CHECK(logs_of(guild.state, kTwo).empty());
    guild.add_member(1001, kTwo);
    CHECK(logs_of(guild.state, kTwo) == std::vector<std::uint64_t>{kControlLog, 50});
    CHECK(!may_have(guild.state, kTwo, 51));
    CHECK(!may_have(guild.state, kTwo, 99));
    CHECK(logs_of(guild.state, GuildBuilder::node(1)).empty());
}

TEST_CASE("a hidden channel opens with a role and closes when its only reader leaves") {
    GuildBuilder guild;
    const RoleId role = guild.add_role(20, permissions::kNone, 1);
    guild.add_channel(51, {deny(guild.state.guild.id.value), allow(role.value)});
    guild.add_member(1001, kTwo);
    guild.add_member(1002, kTwo);
    NodeVisibility nodes(guild.state);
    Member promoted = *guild.state.members.find(UserId(1002));
    promoted.roles = {role};
    guild.add(MemberUpdated{promoted});
    auto changes = nodes.on_event(guild.events.back(), guild.state);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0] == VisibilityChange{kTwo, {51}, {}});
    guild.add(MemberLeft{UserId(1002), LeaveCause::kicked, UserId(1000)});
    changes = nodes.on_event(guild.events.back(), guild.state);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0] == VisibilityChange{kTwo, {}, {51}});
    guild.add(MemberLeft{UserId(1001), LeaveCause::left, {}});
    changes = nodes.on_event(guild.events.back(), guild.state);
    REQUIRE(changes.size() == 1);
    CHECK(changes[0] == VisibilityChange{kTwo, {}, {kControlLog}});
    CHECK(nodes.nodes().empty());
}

TEST_CASE("the admin log goes to successors and to nodes of who may read it") {
    GuildBuilder guild;
    guild.add_member(1001, kTwo);
    CHECK(!may_have(guild.state, kTwo, kAdminLog));
    const RoleId auditor = guild.add_role(20, permissions::kViewAuditLog, 1);
    guild.add_member(1002, kTwo, {auditor});
    CHECK(may_have(guild.state, kTwo, kAdminLog));
    CHECK(!may_have(guild.state, kThree, kControlLog));
    guild.add_channel(51, {deny(guild.state.guild.id.value)});
    guild.add(HostingPolicySet{{kThree}, 1, 0, {}});
    CHECK(logs_of(guild.state, kThree) == std::vector<std::uint64_t>{kControlLog, kAdminLog, 51});
}

TEST_CASE("a banned node gets nothing, and a timeout takes nothing away") {
    GuildBuilder guild;
    guild.add_channel(50);
    guild.add_member(1001, kTwo);
    Member quiet = *guild.state.members.find(UserId(1001));
    quiet.timeoutMs = GuildBuilder::kStart * 2;
    guild.add(MemberUpdated{quiet});
    CHECK(may_have(guild.state, kTwo, 50));
    guild.add(NodeBanned{kTwo, "two.example", UserId(1000)});
    CHECK(logs_of(guild.state, kTwo).empty());
}

TEST_CASE("the index agrees with the rule after every event, and tells exactly what changed") {
    for (std::uint64_t seed = 0; seed < 40; ++seed) {
        INFO("seed " << seed);
        Weather weather(seed);
        GuildBuilder guild;
        NodeVisibility index(guild.state);
        std::map<std::string, std::vector<std::uint64_t>> known;
        for (int step = 0; step < 120; ++step) {
            guild.add(weather.event(guild.state));
            INFO("step " << step << " kind " << guild.events.back().index());
            for (const auto& change : index.on_event(guild.events.back(), guild.state)) {
                std::set<std::uint64_t> logs(known[change.node_uid].begin(),
                                             known[change.node_uid].end());
                for (const auto log : change.gained) REQUIRE(logs.insert(log).second);
                for (const auto log : change.lost) REQUIRE(logs.erase(log) == 1);
                known[change.node_uid].assign(logs.begin(), logs.end());
            }
            for (std::uint8_t n = 1; n <= 6; ++n) {
                const std::string node = GuildBuilder::node(n);
                const auto rule = logs_of(guild.state, node);
                REQUIRE(index.logs(node) == rule);
                REQUIRE(known[node] == rule);
            }
        }
    }
}

}  // namespace guildhall::federation
