#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

#include <algorithm>

using namespace guildhall;
using protocol::Role;
using protocol::RoleId;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;
namespace permissions = protocol::permissions;

namespace {

struct Scene {
    NodeFixture node;
    UserId owner = node.add_user("owner");
    UserId manager = node.add_user("manager");
    protocol::GuildId guild = node.make_guild(owner);
    services::Actor actor = NodeFixture::as(owner);
    RoleId low, high;

    Scene() {
        node.join(guild, manager);
        low = node.add_role(guild, permissions::kNone, 1);
        node.add_role(guild, permissions::kManageRoles | permissions::kKickMembers, 2, {manager});
        high = node.add_role(guild, permissions::kBanMembers, 3);
    }
    /// All roles but @everyone, lowest first.
    std::vector<RoleId> order() const {
        std::vector<Role> roles;
        node.state(guild).roles.for_each([&](RoleId id, const Role& role) {
            if (id.value != guild.value) roles.push_back(role);
        });
        std::ranges::sort(roles, [](const Role& a, const Role& b) {
            return protocol::rank_of(a) < protocol::rank_of(b);
        });
        std::vector<RoleId> ids;
        ids.reserve(roles.size());
        for (const Role& role : roles) ids.push_back(role.id);
        return ids;
    }
    int move(const services::Actor& who, RoleId role, int position) {
        api::RolePositions request;
        request.push_back({.id = role, .position = api::Position(position)});
        return node.code(node.roles.move(who, guild, request));
    }
};

}  // namespace

TEST_CASE("a role is made below all others with what its maker may give") {
    Scene s;
    const auto manager = NodeFixture::as(s.manager);
    api::RoleCreate request;
    request.name = std::string("Guards");
    request.permissions = permissions::kKickMembers;
    request.colors = api::RoleColors{api::Color(0x123456)};
    const Role made = s.node.ok(s.node.roles.create(manager, s.guild, request));
    CHECK(made.name == "Guards");
    CHECK(made.color == 0x123456);
    CHECK(s.order().front() == made.id);
    request.permissions = permissions::kBanMembers;
    CHECK(s.node.code(s.node.roles.create(manager, s.guild, request)) ==
          protocol::kMissingPermissions);
    CHECK(s.node.ok(s.node.roles.create(s.actor, s.guild, {})).name == "new role");
}

TEST_CASE("editing a role moves only bits that the editor has") {
    Scene s;
    const auto manager = NodeFixture::as(s.manager);
    api::RolePatch grant;
    grant.permissions = permissions::kBanMembers;
    s.node.ok(s.node.roles.edit(s.actor, s.guild, s.low, grant));
    // Ban Members is not the manager's: it may stay, and neither come nor go.
    api::RolePatch patch;
    patch.permissions = permissions::kBanMembers | permissions::kKickMembers;
    CHECK(s.node.code(s.node.roles.edit(manager, s.guild, s.low, patch)) == 0);
    patch.permissions = permissions::kKickMembers;
    CHECK(s.node.code(s.node.roles.edit(manager, s.guild, s.low, patch)) ==
          protocol::kMissingPermissions);
}

TEST_CASE("@everyone has rights and nothing else to edit, and is neither deleted nor given") {
    Scene s;
    const auto everyone = protocol::id_cast<RoleId>(s.guild);
    api::RolePatch patch;
    patch.name = std::string("somebody");
    patch.hoist = true;
    patch.permissions = permissions::kViewChannel;
    const Role after = s.node.ok(s.node.roles.edit(s.actor, s.guild, everyone, patch));
    CHECK(after.name == "@everyone");
    CHECK(!after.hoist);
    CHECK(after.permissions == permissions::kViewChannel.bits);
    CHECK(s.node.code(s.node.roles.remove(s.actor, s.guild, everyone)) == protocol::kInvalidRole);
    CHECK(s.node.code(s.node.roles.assign(s.actor, s.guild, s.manager, everyone, true)) ==
          protocol::kInvalidRole);
}

TEST_CASE("roles move past each other and are numbered without gaps") {
    Scene s;
    const auto before = s.order();
    CHECK(s.move(s.actor, before[2], 1) == 0);
    CHECK(s.order() == std::vector<RoleId>{before[2], before[0], before[1]});
    CHECK(s.move(s.actor, before[2], 3) == 0);
    CHECK(s.order() == before);
    CHECK(s.move(s.actor, before[0], 2) == 0);
    CHECK(s.order() == std::vector<RoleId>{before[1], before[0], before[2]});
    int expected = 1;
    for (const RoleId id : s.order())
        CHECK(s.node.state(s.guild).roles.find(id)->position == expected++);
}

TEST_CASE("who manages roles orders those below, also when a client sends all positions") {
    Scene s;
    const auto manager = NodeFixture::as(s.manager);
    const RoleId lower = s.node.add_role(s.guild, permissions::kNone, 1);
    const auto before = s.order();
    REQUIRE(before.size() == 4);
    // As discord.js does: every role with its new place from 0, @everyone included.
    api::RolePositions all;
    std::vector<RoleId> wanted{
        protocol::id_cast<RoleId>(s.guild), before[1], before[0], before[2], before[3]};
    for (std::size_t i = 0; i < wanted.size(); ++i)
        all.push_back({.id = wanted[i], .position = api::Position(static_cast<int>(i))});
    CHECK(s.node.code(s.node.roles.move(manager, s.guild, all)) == 0);
    CHECK(s.order() == std::vector<RoleId>{before[1], before[0], before[2], before[3]});
    CHECK(s.move(manager, lower, 3) == protocol::kMissingPermissions);
    CHECK(s.move(manager, s.high, 1) == protocol::kMissingPermissions);
    CHECK(s.move(manager, RoleId(1), 1) == protocol::kUnknownRole);
}

TEST_CASE("a deleted role leaves its members and the channels") {
    Scene s;
    s.node.ok(s.node.roles.assign(s.actor, s.guild, s.manager, s.low, true));
    s.node.recorder.clear();
    s.node.ok(s.node.roles.assign(s.actor, s.guild, s.manager, s.low, true));
    CHECK(s.node.recorder.entries.empty());
    s.node.ok(s.node.roles.remove(s.actor, s.guild, s.low));
    CHECK(s.node.recorder.names() == std::vector<std::string>{"GUILD_ROLE_DELETE"});
    const auto& roles = s.node.state(s.guild).members.find(s.manager)->roles;
    CHECK(std::ranges::find(roles, s.low) == roles.end());
    CHECK(s.node.code(s.node.roles.remove(s.actor, s.guild, s.low)) == protocol::kUnknownRole);
}

TEST_CASE("a guild has 250 roles at most") {
    Scene s;
    std::vector<protocol::Event> events;
    while (s.node.state(s.guild).roles.size() + events.size() < protocol::limits::kRolesMax - 1) {
        Role role;
        role.id = RoleId(s.node.run(s.node.journal.new_id(s.guild)));
        role.position = 1;
        events.emplace_back(protocol::RoleCreated{role});
        s.node.loop.clock.advance(std::chrono::milliseconds(1));
    }
    s.node.commit(s.guild, std::move(events));
    CHECK(s.node.code(s.node.roles.create(s.actor, s.guild, {})) == 0);
    CHECK(s.node.code(s.node.roles.create(s.actor, s.guild, {})) ==
          protocol::kMaximumNumberOfGuildRolesReached);
}
