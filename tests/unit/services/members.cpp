#include "node/services/bot_arrival.h"
#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

#include <algorithm>

using namespace guildhall;
using protocol::Member;
using protocol::RoleId;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;
namespace permissions = protocol::permissions;

namespace {

struct Scene {
    NodeFixture node;
    UserId owner = node.add_user("owner");
    UserId alice = node.add_user("alice");
    UserId bob = node.add_user("bob");
    protocol::GuildId guild = node.make_guild(owner);
    services::Actor actor = NodeFixture::as(owner);

    Scene() {
        node.join(guild, alice);
        node.join(guild, bob);
    }
    const Member* get(UserId user) const { return node.state(guild).members.find(user); }
    int time_out(UserId who, protocol::UnixMs until) {
        api::MemberPatch patch;
        patch.communication_disabled_until = {protocol::Timestamp{until}};
        return node.code(node.members.edit(actor, guild, who, patch));
    }
};

}  // namespace

TEST_CASE("a member changes the own nick while allowed to") {
    Scene s;
    api::MemberPatch patch;
    patch.nick = {std::string("Al")};
    const auto alice = NodeFixture::as(s.alice);
    CHECK(s.node.ok(s.node.members.edit(alice, s.guild, s.alice, patch)).nick == "Al");
    patch.nick = std::nullopt;
    CHECK(s.node.ok(s.node.members.edit(alice, s.guild, s.alice, patch)).nick.empty());
    api::RolePatch everyone;
    everyone.permissions = permissions::kViewChannel;
    s.node.ok(s.node.roles.edit(s.actor, s.guild, protocol::id_cast<RoleId>(s.guild), everyone));
    CHECK(s.node.code(s.node.members.edit(alice, s.guild, s.alice, patch)) ==
          protocol::kMissingPermissions);
}

TEST_CASE("a timeout lasts at most 28 days, ends with null, and spares administrators") {
    Scene s;
    const auto now = s.node.loop.clock.unix_ms();
    CHECK(s.time_out(s.alice, now + protocol::limits::kTimeoutMsMax) == 0);
    CHECK(s.get(s.alice)->timeoutMs == now + protocol::limits::kTimeoutMsMax);
    CHECK(s.time_out(s.alice, now + protocol::limits::kTimeoutMsMax + 1) ==
          protocol::kInvalidFormBody);
    api::MemberPatch patch;
    patch.communication_disabled_until = std::nullopt;
    s.node.ok(s.node.members.edit(s.actor, s.guild, s.alice, patch));
    CHECK(s.get(s.alice)->timeoutMs == 0);
    s.node.add_role(s.guild, permissions::kAdministrator, 1, {s.bob});
    CHECK(s.time_out(s.bob, now + 1000) == protocol::kMissingPermissions);
}

TEST_CASE("a list of roles replaces a member's, as far as the editor may give and take") {
    Scene s;
    const RoleId low = s.node.add_role(s.guild, permissions::kNone, 1);
    const RoleId mid = s.node.add_role(s.guild, permissions::kManageRoles, 2, {s.bob});
    const RoleId high = s.node.add_role(s.guild, permissions::kNone, 3, {s.alice});
    const auto set = [&](UserId by, std::vector<RoleId> roles) {
        api::MemberPatch patch;
        patch.roles.present = true;
        patch.roles.value.emplace().assign(roles.begin(), roles.end());
        return s.node.code(s.node.members.edit(NodeFixture::as(by), s.guild, s.alice, patch));
    };
    CHECK(set(s.bob, {low, high}) == 0);
    CHECK(s.get(s.alice)->roles == std::vector<RoleId>{low, high});
    CHECK(set(s.bob, {low}) == protocol::kMissingPermissions);
    CHECK(set(s.bob, {mid, high}) == protocol::kMissingPermissions);
    CHECK(set(s.owner, {mid, mid, protocol::id_cast<RoleId>(s.guild)}) == 0);
    CHECK(s.get(s.alice)->roles == std::vector<RoleId>{mid});
    CHECK(set(s.owner, {RoleId(9)}) == protocol::kUnknownRole);
}

TEST_CASE("nobody is moved to voice, where nobody is") {
    Scene s;
    api::MemberPatch patch;
    patch.channel_id = {s.node.text_channel(s.guild)};
    CHECK(s.node.code(s.node.members.edit(s.actor, s.guild, s.alice, patch)) ==
          protocol::kTargetUserIsNotConnectedToVoice);
}

TEST_CASE("members leave, all but the owner") {
    Scene s;
    s.node.recorder.clear();
    s.node.ok(s.node.members.leave(NodeFixture::as(s.alice), s.guild));
    CHECK(s.node.recorder.names() == std::vector<std::string>{"GUILD_MEMBER_REMOVE"});
    CHECK(!s.get(s.alice));
    CHECK(s.node.view().guilds_of(s.alice).empty());
    CHECK(s.node.code(s.node.members.leave(NodeFixture::as(s.alice), s.guild)) ==
          protocol::kUnknownGuild);
    CHECK(s.node.code(s.node.members.leave(s.actor, s.guild)) == protocol::kInvalidGuild);
}

TEST_CASE("members are found by the beginning of a name or nick, whatever its case") {
    Scene s;
    api::MemberPatch patch;
    patch.nick = {std::string("Wizard")};
    s.node.ok(s.node.members.edit(s.actor, s.guild, s.bob, patch));
    const auto find = [&](std::string_view query) {
        std::vector<UserId> out;
        for (const Member& m : s.node.members.search(s.actor, s.guild, query, 10).value())
            out.push_back(m.userId);
        return out;
    };
    CHECK(find("AL") == std::vector<UserId>{s.alice});
    CHECK(find("wiz") == std::vector<UserId>{s.bob});
    CHECK(find("bo") == std::vector<UserId>{s.bob});
    CHECK(find("ob").empty());
    CHECK(s.node.members.search(s.actor, s.guild, "", 2).value().size() == 2);
}

TEST_CASE("a bot comes with a managed role of the rights that its adder has, and takes it along") {
    Scene s;
    const UserId bot = s.node.add_user("helper", true);
    s.node.add_role(s.guild, permissions::kManageGuild | permissions::kKickMembers, 1, {s.bob});
    const auto bring = [&](UserId by, UserId who, protocol::Permissions asked) {
        return s.node.code(
            services::bring_bot(s.node.ctx, NodeFixture::as(by), s.guild, who, "Helper", asked));
    };
    CHECK(bring(s.alice, bot, permissions::kNone) == protocol::kMissingPermissions);
    CHECK(bring(s.bob, s.alice, permissions::kNone) == protocol::kOAuth2ApplicationDoesNotHaveBot);
    s.node.ok(s.node.bans.put(s.actor, s.guild, bot, {}));
    CHECK(bring(s.bob, bot, permissions::kNone) == protocol::kUserBannedFromThisGuild);
    s.node.ok(s.node.bans.remove(s.actor, s.guild, bot));
    CHECK(bring(s.bob, bot, permissions::kKickMembers | permissions::kBanMembers) == 0);

    REQUIRE(s.get(bot));
    CHECK(s.get(bot)->bot);
    REQUIRE(s.get(bot)->roles.size() == 1);
    const RoleId id = s.get(bot)->roles[0];
    const protocol::Role role = *s.node.state(s.guild).roles.find(id);
    CHECK(role.managed);
    CHECK(role.botId == bot);
    CHECK(role.name == "Helper");
    CHECK(role.permissions == permissions::kKickMembers.bits);
    CHECK(s.node.code(s.node.roles.assign(s.actor, s.guild, s.alice, id, true)) ==
          protocol::kInvalidRole);
    CHECK(s.node.code(s.node.roles.remove(s.actor, s.guild, id)) == protocol::kInvalidRole);

    CHECK(bring(s.owner, bot, permissions::kBanMembers) == 0);
    CHECK(s.node.state(s.guild).roles.find(id)->permissions == permissions::kBanMembers.bits);
    s.node.ok(s.node.members.kick(s.actor, s.guild, bot));
    CHECK(!s.node.state(s.guild).roles.find(id));
}
