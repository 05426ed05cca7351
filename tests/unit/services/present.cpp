// What the writers write, held against the API's description where it is at hand.
#include "node/services/bot_arrival.h"
#include "node/services/present/channel.h"
#include "node/services/present/guild.h"
#include "node/services/present/invite.h"
#include "node/services/present/member.h"
#include "node/services/present/role.h"
#include "node/services/present/user.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"
#include "tests/support/openapi.h"

#include <map>

using namespace guildhall;
using protocol::Channel;
using protocol::ChannelType;
using protocol::JsonWriter;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;
namespace json = boost::json;
namespace permissions = protocol::permissions;

namespace {

template <class Write>
json::value tree(Write write) {
    std::string text;
    JsonWriter w(text);
    write(w);
    auto value = protocol::parse_json(text);
    if (!value) throw std::runtime_error("no JSON: " + text);
    return std::move(*value);
}

struct Scene {
    NodeFixture node;
    UserId owner = node.add_user("owner");
    UserId bot = node.add_user("bot", true);
    protocol::GuildId guild = node.make_guild(owner, "Castle");
    services::Actor actor = NodeFixture::as(owner);

    Scene() {
        node.ok(services::bring_bot(node.ctx, actor, guild, bot, "Bot", permissions::kManageRoles));
    }
    const protocol::GuildState& state() const { return node.state(guild); }
};

}  // namespace

TEST_CASE("guilds, members, roles and users are what the API describes") {
    const auto openapi = tests::OpenApi::load();
    if (!openapi) return;
    Scene s;
    CHECK(openapi->problem("GuildResponse", tree([&](JsonWriter& w) {
                               services::write_guild(w, s.state());
                           })) == "");
    const services::GuildCounts counts{3, 2};
    CHECK(openapi->problem("GuildWithCountsResponse", tree([&](JsonWriter& w) {
                               services::write_guild(w, s.state(), counts);
                           })) == "");
    CHECK(openapi->problem("MyGuildResponse", tree([&](JsonWriter& w) {
                               services::write_my_guild(w, s.state(), s.owner, counts);
                           })) == "");
    CHECK(openapi->problem("GuildPreviewResponse", tree([&](JsonWriter& w) {
                               services::write_guild_preview(w, s.state(), counts);
                           })) == "");
    for (const UserId user : {s.owner, s.bot}) {
        CHECK(openapi->problem("UserResponse", tree([&](JsonWriter& w) {
                                   services::write_user(w, s.node.view(), user);
                               })) == "");
        CHECK(openapi->problem("GuildMemberResponse", tree([&](JsonWriter& w) {
                                   services::write_member(
                                       w, *s.state().members.find(user), s.node.view());
                               })) == "");
    }
    CHECK(openapi->problem("UserResponse", tree([&](JsonWriter& w) {
                               services::write_user(w, s.node.view(), UserId(1));
                           })) == "");
    s.state().roles.for_each([&](protocol::RoleId, const protocol::Role& role) {
        CHECK(openapi->problem("GuildRoleResponse",
                               tree([&](JsonWriter& w) { services::write_role(w, role); })) == "");
    });
}

TEST_CASE("channels of every type that it knows are what the API describes") {
    const auto openapi = tests::OpenApi::load();
    if (!openapi) return;
    Scene s;
    for (const ChannelType type : {ChannelType::text,
                                   ChannelType::voice,
                                   ChannelType::category,
                                   ChannelType::announcement,
                                   ChannelType::stage,
                                   ChannelType::forum}) {
        api::ChannelCreate request;
        request.name = std::string("channel");
        request.type = type;
        request.default_auto_archive_duration = 1440;
        request.video_quality_mode = protocol::VideoQuality::full;
        const Channel channel = s.node.ok(s.node.channels.create(s.actor, s.guild, request));
        const auto value = tree([&](JsonWriter& w) {
            services::write_channel(w, channel, s.guild, protocol::MessageId(5));
        });
        CAPTURE(static_cast<int>(type));
        CHECK(openapi->problem("GuildChannelResponse", value) == "");
        CHECK(value.as_object().contains("bitrate") == protocol::is_voice(type));
        CHECK(value.as_object().contains("available_tags") == protocol::is_forum(type));
    }
}

TEST_CASE("invites are what the API describes, in every form") {
    const auto openapi = tests::OpenApi::load();
    if (!openapi) return;
    Scene s;
    const auto found =
        s.node.ok(s.node.invites.create(s.actor, s.guild, s.node.text_channel(s.guild), {}));
    for (const bool metadata : {false, true}) {
        services::InviteForm form;
        form.metadata = metadata;
        if (metadata) form.counts = services::GuildCounts{2, 1};
        const auto value = tree([&](JsonWriter& w) {
            services::write_invite(w, found.invite, *found.guild, s.node.view(), form);
        });
        CHECK(openapi->problem("GuildInviteResponse", value) == "");
        CHECK(value.as_object().contains("uses") == metadata);
    }
}

TEST_CASE("every event of a guild's state tells sessions what they need") {
    Scene s;
    s.node.recorder.clear();
    const UserId guest = s.node.add_user("guest");
    const auto channel = s.node.text_channel(s.guild);
    const auto code = s.node.ok(s.node.invites.create(s.actor, s.guild, channel, {})).invite.code;
    s.node.ok(s.node.invites.accept(NodeFixture::as(guest), code));
    api::MemberPatch nick;
    nick.nick = {std::string("Guest")};
    s.node.ok(s.node.members.edit(s.actor, s.guild, guest, nick));
    const auto role = s.node.ok(s.node.roles.create(s.actor, s.guild, {})).id;
    s.node.ok(s.node.roles.remove(s.actor, s.guild, role));
    s.node.ok(s.node.bans.put(s.actor, s.guild, guest, {}));
    s.node.ok(s.node.bans.remove(s.actor, s.guild, guest));
    s.node.ok(s.node.invites.remove(s.actor, code));
    s.node.ok(s.node.guilds.remove(s.actor, s.guild));

    const std::map<std::string, std::vector<std::string>> wanted{
        {"INVITE_CREATE", {"channel_id", "code", "guild_id", "inviter", "max_age", "uses"}},
        {"GUILD_MEMBER_ADD", {"guild_id", "user", "roles", "joined_at", "flags"}},
        {"GUILD_MEMBER_UPDATE", {"guild_id", "user", "roles", "nick"}},
        {"GUILD_ROLE_CREATE", {"guild_id", "role"}},
        {"GUILD_ROLE_DELETE", {"guild_id", "role_id"}},
        {"GUILD_MEMBER_REMOVE", {"guild_id", "user"}},
        {"GUILD_BAN_ADD", {"guild_id", "user"}},
        {"GUILD_BAN_REMOVE", {"guild_id", "user"}},
        {"INVITE_DELETE", {"channel_id", "guild_id", "code"}},
        {"GUILD_DELETE", {"id"}},
    };
    for (const auto& [name, members] : wanted) {
        CAPTURE(name);
        const std::string body = s.node.recorder.last(name);
        REQUIRE(!body.empty());
        const auto value = protocol::parse_json(body).value();
        for (const std::string& member : members) CHECK(value.as_object().contains(member));
    }
}
