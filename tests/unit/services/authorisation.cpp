// Who may do what: every verb of guild resources against every kind of caller, as one table.
#include "node/services/permission.h"
#include "protocol/errors.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

#include <functional>

using namespace guildhall;
using protocol::Permissions;
namespace api = protocol::api;
namespace permissions = protocol::permissions;

namespace {

/// A guild with one of each kind of caller, and things to act on.
struct Scene {
    Scene() {
        for (const protocol::UserId user : {plain, holder, senior, target, higher}) {
            node.join(guild, user);
        }
        low_role = node.add_role(guild, permissions::kNone, 2, {target});
        high_role = node.add_role(guild, permissions::kNone, 9, {higher});
        channel = node.text_channel(guild);
        node.ok(
            node.invites.create(node.as(owner), guild, channel, api::InviteCreate{.unique = true}));
    }

    /// Gives `bits` to the member who holds them at position 5 and to the one at 8.
    void grant(Permissions bits) {
        node.add_role(guild, bits, 5, {holder});
        node.add_role(guild, bits, 8, {senior});
    }
    std::string code() const {
        std::string found;
        node.state(guild).invites.for_each(
            [&](const std::string& c, const protocol::Invite&) { found = c; });
        return found;
    }

    tests::NodeFixture node;
    protocol::UserId owner = node.add_user("owner");
    protocol::UserId stranger = node.add_user("stranger");
    protocol::UserId plain = node.add_user("plain");
    protocol::UserId holder = node.add_user("holder");
    protocol::UserId senior = node.add_user("senior");
    protocol::UserId target = node.add_user("target");
    protocol::UserId higher = node.add_user("higher");
    protocol::GuildId guild = node.make_guild(owner);
    protocol::RoleId low_role, high_role;
    protocol::ChannelId channel;
};

using Verb = std::function<int(Scene&, const services::Actor&)>;

int edit_member(Scene& s,
                const services::Actor& a,
                protocol::UserId who,
                const std::function<void(api::MemberPatch&)>& set) {
    api::MemberPatch patch;
    set(patch);
    return s.node.code(s.node.members.edit(a, s.guild, who, patch));
}

/// One verb and what each caller gets: 0 is success. The holder's highest role is at position 5,
/// that of the target's at 2 and of the higher one's at 9.
struct Row {
    const char* name;
    Permissions bits;
    Verb verb;
    int stranger = protocol::kUnknownGuild;
    int without = protocol::kMissingPermissions;
    int with = 0;
    int owner = 0;
};

const int kUnknown = protocol::kUnknownGuild;
const int kAccess = protocol::kMissingAccess;
const int kMissing = protocol::kMissingPermissions;

std::vector<Row> rows() {  // tidy-ok: one table, a row for each verb
    return {
        {"get the guild",
         permissions::kNone,
         [](Scene& s, const auto& a) {
             const auto guild = s.node.guilds.get(a, s.guild);
             return guild ? 0 : guild.error().code;
         },
         kUnknown,
         0},
        {"edit the guild",
         permissions::kManageGuild,
         [](Scene& s, const auto& a) {
             api::GuildPatch patch;
             patch.name = std::string("Renamed");
             return s.node.code(s.node.guilds.edit(a, s.guild, patch));
         }},
        {"hand the guild over",
         permissions::kAdministrator,
         [](Scene& s, const auto& a) {
             api::GuildPatch patch;
             patch.owner_id = s.target;
             return s.node.code(s.node.guilds.edit(a, s.guild, patch));
         },
         kUnknown,
         kMissing,
         kMissing},
        {"delete the guild",
         permissions::kAdministrator,
         [](Scene& s, const auto& a) { return s.node.code(s.node.guilds.remove(a, s.guild)); },
         kUnknown,
         kMissing,
         kMissing},
        {"create a channel",
         permissions::kManageChannels,
         [](Scene& s, const auto& a) {
             api::ChannelCreate request;
             request.name = std::string("new");
             return s.node.code(s.node.channels.create(a, s.guild, request));
         }},
        {"edit a channel",
         permissions::kManageChannels,
         [](Scene& s, const auto& a) {
             api::ChannelPatch patch;
             patch.name = std::string("renamed");
             return s.node.code(s.node.channels.edit(a, s.guild, s.channel, patch));
         },
         kAccess},
        {"delete a channel",
         permissions::kManageChannels,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.channels.remove(a, s.guild, s.channel));
         },
         kAccess},
        {"move channels",
         permissions::kManageChannels,
         [](Scene& s, const auto& a) {
             api::ChannelPositions request;
             request.push_back({.id = s.channel, .position = api::Position(7)});
             return s.node.code(s.node.channels.move(a, s.guild, request));
         }},
        {"set an overwrite",
         permissions::kManageRoles | permissions::kSendMessages,
         [](Scene& s, const auto& a) {
             api::OverwritePut request;
             request.deny = permissions::kSendMessages;
             return s.node.code(s.node.channels.put_overwrite(
                 a, s.guild, s.channel, protocol::Snowflake(s.low_role.value), request));
         },
         kAccess},
        {"create a role",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.roles.create(a, s.guild, api::RoleCreate{}));
         }},
        {"edit a lower role",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             api::RolePatch patch;
             patch.name = std::string("renamed");
             return s.node.code(s.node.roles.edit(a, s.guild, s.low_role, patch));
         }},
        {"edit a higher role",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             api::RolePatch patch;
             patch.name = std::string("renamed");
             return s.node.code(s.node.roles.edit(a, s.guild, s.high_role, patch));
         },
         kUnknown,
         kMissing,
         kMissing},
        {"delete a lower role",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.roles.remove(a, s.guild, s.low_role));
         }},
        {"give a lower role",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.roles.assign(a, s.guild, s.plain, s.low_role, true));
         }},
        {"give a higher role",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.roles.assign(a, s.guild, s.plain, s.high_role, true));
         },
         kUnknown,
         kMissing,
         kMissing},
        {"kick who stands lower",
         permissions::kKickMembers,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.members.kick(a, s.guild, s.target));
         }},
        {"kick who stands higher",
         permissions::kKickMembers,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.members.kick(a, s.guild, s.higher));
         },
         kUnknown,
         kMissing,
         kMissing},
        {"kick the owner",
         permissions::kAdministrator,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.members.kick(a, s.guild, s.owner));
         },
         kUnknown,
         kMissing,
         kMissing,
         kMissing},
        {"ban who stands lower",
         permissions::kBanMembers,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.bans.put(a, s.guild, s.target, {}));
         }},
        {"ban who stands higher",
         permissions::kBanMembers,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.bans.put(a, s.guild, s.higher, {}));
         },
         kUnknown,
         kMissing,
         kMissing},
        {"list bans",
         permissions::kBanMembers,
         [](Scene& s, const auto& a) {
             const auto bans = s.node.bans.list(a, s.guild);
             return bans ? 0 : bans.error().code;
         }},
        {"rename who stands lower",
         permissions::kManageNicknames,
         [](Scene& s, const auto& a) {
             return edit_member(s, a, s.target, [](auto& p) { p.nick = {std::string("nick")}; });
         }},
        {"rename who stands higher",
         permissions::kManageNicknames,
         [](Scene& s, const auto& a) {
             return edit_member(s, a, s.higher, [](auto& p) { p.nick = {std::string("nick")}; });
         },
         kUnknown,
         kMissing,
         kMissing},
        {"time out who stands lower",
         permissions::kModerateMembers,
         [](Scene& s, const auto& a) {
             const auto until = s.node.loop.clock.unix_ms() + 60'000;
             return edit_member(s, a, s.target, [&](auto& p) {
                 p.communication_disabled_until = {protocol::Timestamp{until}};
             });
         }},
        {"mute",
         permissions::kMuteMembers,
         [](Scene& s, const auto& a) {
             return edit_member(s, a, s.target, [](auto& p) { p.mute = {true}; });
         }},
        {"set roles",
         permissions::kManageRoles,
         [](Scene& s, const auto& a) {
             return edit_member(s, a, s.plain, [&](auto& p) {
                 p.roles.present = true;
                 p.roles.value.emplace().push_back(s.low_role);
             });
         }},
        {"create an invite",
         permissions::kCreateInstantInvite,
         [](Scene& s, const auto& a) {
             return s.node.code(s.node.invites.create(a, s.guild, s.channel, {}));
         },
         kAccess},
        {"revoke an invite",
         permissions::kManageGuild,
         [](Scene& s, const auto& a) { return s.node.code(s.node.invites.remove(a, s.code())); },
         kMissing},
        {"list the guild's invites",
         permissions::kManageGuild,
         [](Scene& s, const auto& a) {
             const auto list = s.node.invites.of_guild(a, s.guild);
             return list ? 0 : list.error().code;
         }},
        {"list the channel's invites",
         permissions::kManageChannels,
         [](Scene& s, const auto& a) {
             const auto list = s.node.invites.of_channel(a, s.guild, s.channel);
             return list ? 0 : list.error().code;
         },
         kAccess},
    };
}

}  // namespace

TEST_CASE("every verb of a guild is refused to who may not and done for who may") {
    for (const Row& row : rows()) {
        CAPTURE(row.name);
        const auto attempt = [&](auto pick) {
            Scene scene;
            // @everyone starts with the right to invite; the table is about who was given a bit.
            api::RolePatch patch;
            patch.permissions = permissions::kViewChannel;
            scene.node.ok(scene.node.roles.edit(scene.node.as(scene.owner),
                                                scene.guild,
                                                protocol::id_cast<protocol::RoleId>(scene.guild),
                                                patch));
            scene.grant(row.bits);
            scene.node.recorder.clear();
            const int code = row.verb(scene, scene.node.as(scene.*pick));
            if (code != 0) CHECK(scene.node.recorder.entries.empty());
            return code;
        };
        CHECK(attempt(&Scene::stranger) == row.stranger);
        CHECK(attempt(&Scene::plain) == row.without);
        CHECK(attempt(&Scene::holder) == row.with);
        CHECK(attempt(&Scene::senior) == row.with);
        CHECK(attempt(&Scene::owner) == row.owner);
    }
}

TEST_CASE("a member in timeout keeps no right that changes anything") {
    Scene scene;
    scene.grant(permissions::kManageChannels);
    protocol::Member member = *scene.node.state(scene.guild).members.find(scene.holder);
    member.timeoutMs = scene.node.loop.clock.unix_ms() + 1000;
    scene.node.commit(scene.guild, {protocol::MemberUpdated{member}});
    api::ChannelPatch patch;
    patch.name = std::string("renamed");
    const auto edit = [&] {
        return scene.node.code(scene.node.channels.edit(
            scene.node.as(scene.holder), scene.guild, scene.channel, patch));
    };
    CHECK(edit() == kMissing);
    scene.node.loop.clock.advance(std::chrono::milliseconds(1001));
    CHECK(edit() == 0);
}

TEST_CASE("a channel that one cannot see is refused with 50001 whatever one may do elsewhere") {
    Scene scene;
    scene.grant(permissions::kManageChannels | permissions::kManageRoles);
    protocol::Channel channel = *scene.node.state(scene.guild).channels.find(scene.channel);
    channel.overwrites = {{.id = protocol::Snowflake(scene.guild.value),
                           .type = protocol::OverwriteType::role,
                           .allow = 0,
                           .deny = permissions::kViewChannel.bits}};
    scene.node.commit(scene.guild, {protocol::ChannelUpdated{channel}});
    const auto actor = scene.node.as(scene.holder);
    api::ChannelPatch patch;
    patch.topic = {std::string("x")};
    CHECK(scene.node.code(scene.node.channels.edit(actor, scene.guild, scene.channel, patch)) ==
          kAccess);
    CHECK(scene.node.code(scene.node.channels.remove(actor, scene.guild, scene.channel)) ==
          kAccess);
    CHECK(scene.node.code(scene.node.invites.create(actor, scene.guild, scene.channel, {})) ==
          kAccess);
}
