#include "protocol/errors.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using protocol::Channel;
using protocol::ChannelId;
using protocol::ChannelType;
using protocol::Permissions;
using protocol::Snowflake;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;
namespace limits = protocol::limits;
namespace permissions = protocol::permissions;

namespace {

struct Scene {
    NodeFixture node;
    UserId owner = node.add_user("owner");
    UserId member = node.add_user("member");
    protocol::GuildId guild = node.make_guild(owner);
    services::Actor actor = NodeFixture::as(owner);

    Scene() { node.join(guild, member); }

    Channel make(const std::string& name,
                 ChannelType type = ChannelType::text,
                 ChannelId parent = {}) {
        api::ChannelCreate request;
        request.name = name;
        request.type = type;
        if (parent) request.parent_id = parent;
        return node.ok(node.channels.create(actor, guild, request));
    }
    const Channel& get(ChannelId id) const { return *node.state(guild).channels.find(id); }
    int deny(const services::Actor& who, ChannelId channel, Snowflake target, Permissions bits) {
        api::OverwritePut request;
        request.deny = bits;
        return node.code(node.channels.put_overwrite(who, guild, channel, target, request));
    }
    Snowflake everyone() const { return Snowflake(guild.value); }
};

}  // namespace

TEST_CASE("a new channel stands last of its kind and starts in step with its category") {
    Scene s;
    const Channel category = s.make("Rooms", ChannelType::category);
    CHECK(s.deny(s.actor, category.id, s.everyone(), permissions::kSendMessages) == 0);
    const Channel hall = s.make("hall", ChannelType::text, category.id);
    CHECK(hall.overwrites == s.get(category.id).overwrites);
    CHECK(hall.parentId == category.id);
    CHECK(hall.position == 1);
    CHECK(s.make("next").position == 2);
    const Channel voice = s.make("voice", ChannelType::voice);
    CHECK(voice.position == 0);
    CHECK(voice.bitrate == 64000);
}

TEST_CASE("categories hold fifty channels and no categories") {
    Scene s;
    const Channel category = s.make("Rooms", ChannelType::category);
    for (std::size_t i = 0; i < limits::kChannelsPerCategoryMax; ++i)
        s.make("room" + std::to_string(i), ChannelType::text, category.id);
    api::ChannelCreate request;
    request.name = std::string("one-too-many");
    request.parent_id = category.id;
    CHECK(s.node.code(s.node.channels.create(s.actor, s.guild, request)) ==
          protocol::kInvalidFormBody);
    request.type = ChannelType::category;
    request.parent_id = s.make("Other", ChannelType::category).id;
    CHECK(s.node.code(s.node.channels.create(s.actor, s.guild, request)) ==
          protocol::kInvalidFormBody);
    request.type = ChannelType::text;
    request.parent_id = s.node.text_channel(s.guild);
    CHECK(s.node.code(s.node.channels.create(s.actor, s.guild, request)) ==
          protocol::kInvalidFormBody);
}

TEST_CASE("a guild holds five hundred channels") {
    Scene s;
    std::vector<protocol::Event> events;
    while (s.node.state(s.guild).channels.size() + events.size() < limits::kChannelsMax) {
        Channel c;
        c.id = ChannelId(s.node.run(s.node.journal.new_id(s.guild)));
        c.name = "c";
        events.emplace_back(protocol::ChannelCreated{c});
        s.node.loop.clock.advance(std::chrono::milliseconds(1));
    }
    s.node.commit(s.guild, std::move(events));
    api::ChannelCreate request;
    request.name = std::string("more");
    CHECK(s.node.code(s.node.channels.create(s.actor, s.guild, request)) ==
          protocol::kMaximumNumberOfGuildChannelsReached);
}

TEST_CASE("a channel changes as asked, within its type") {
    Scene s;
    const ChannelId id = s.node.text_channel(s.guild);
    api::ChannelPatch patch;
    patch.name = std::string("New Name");
    patch.topic = {std::string("talk")};
    patch.nsfw = {true};
    patch.rate_limit_per_user = {api::SlowModeSeconds(5)};
    patch.bitrate.present = true;
    patch.bitrate.value = 96000;
    s.node.recorder.clear();
    const Channel changed = s.node.ok(s.node.channels.edit(s.actor, s.guild, id, patch));
    CHECK(changed.name == "new-name");
    CHECK(changed.topic == "talk");
    CHECK(changed.nsfw);
    CHECK(changed.rateLimitPerUser == 5);
    CHECK(changed.bitrate == 0);
    CHECK(s.node.recorder.names() == std::vector<std::string>{"CHANNEL_UPDATE"});

    patch = {};
    patch.type = ChannelType::announcement;
    CHECK(s.node.ok(s.node.channels.edit(s.actor, s.guild, id, patch)).type ==
          ChannelType::announcement);
    patch.type = ChannelType::voice;
    CHECK(s.node.code(s.node.channels.edit(s.actor, s.guild, id, patch)) ==
          protocol::kCannotExecuteActionOnThisChannelType);
    patch = {};
    patch.topic = {std::string(limits::kTopicMax, 'x')};
    CHECK(s.node.code(s.node.channels.edit(s.actor, s.guild, id, patch)) == 0);
    patch.topic = {std::string(limits::kTopicMax + 1, 'x')};
    CHECK(s.node.code(s.node.channels.edit(s.actor, s.guild, id, patch)) ==
          protocol::kInvalidFormBody);
}

TEST_CASE("deleting a category frees its channels, deleting a channel its references") {
    Scene s;
    const auto& before = s.node.state(s.guild);
    const ChannelId general = s.node.text_channel(s.guild);
    const ChannelId category = s.get(general).parentId;
    REQUIRE(before.guild.systemChannelId == general);
    s.node.recorder.clear();
    s.node.ok(s.node.channels.remove(s.actor, s.guild, category));
    CHECK(s.node.recorder.names() == std::vector<std::string>{"CHANNEL_UPDATE", "CHANNEL_DELETE"});
    CHECK(!s.get(general).parentId);
    s.node.recorder.clear();
    s.node.ok(s.node.channels.remove(s.actor, s.guild, general));
    CHECK(s.node.recorder.names() == std::vector<std::string>{"GUILD_UPDATE", "CHANNEL_DELETE"});
    CHECK(!s.node.state(s.guild).guild.systemChannelId);
    CHECK(s.node.code(s.node.channels.remove(s.actor, s.guild, general)) ==
          protocol::kUnknownChannel);
}

TEST_CASE("overwrites of a category reach the channels that were in step with it") {
    Scene s;
    const Channel category = s.make("Rooms", ChannelType::category);
    const Channel in_step = s.make("in-step", ChannelType::text, category.id);
    const Channel own_way = s.make("own-way", ChannelType::text, category.id);
    CHECK(s.deny(s.actor, own_way.id, s.everyone(), permissions::kAddReactions) == 0);
    s.node.recorder.clear();
    CHECK(s.deny(s.actor, category.id, s.everyone(), permissions::kViewChannel) == 0);
    CHECK(s.node.recorder.names() == std::vector<std::string>{"CHANNEL_UPDATE", "CHANNEL_UPDATE"});
    CHECK(s.get(in_step.id).overwrites == s.get(category.id).overwrites);
    CHECK(s.get(own_way.id).overwrites[0].deny == permissions::kAddReactions.bits);
}

TEST_CASE("who may set overwrites allows and denies only what is theirs") {
    Scene s;
    const ChannelId channel = s.node.text_channel(s.guild);
    // A right to manage permissions that comes from the channel alone.
    Channel own = s.get(channel);
    own.overwrites = {{.id = Snowflake(s.member.value),
                       .type = protocol::OverwriteType::member,
                       .allow = permissions::kManageRoles.bits,
                       .deny = 0}};
    s.node.commit(s.guild, {protocol::ChannelUpdated{own}});
    const auto actor = NodeFixture::as(s.member);
    CHECK(s.deny(actor, channel, s.everyone(), permissions::kSendMessages) == 0);
    CHECK(s.deny(actor, channel, s.everyone(), permissions::kManageMessages) ==
          protocol::kMissingPermissions);
    CHECK(s.deny(actor, channel, s.everyone(), permissions::kManageRoles) ==
          protocol::kMissingPermissions);
    // What they could not have set they cannot take away either.
    CHECK(s.deny(s.actor, channel, s.everyone(), permissions::kManageMessages) == 0);
    CHECK(s.node.code(s.node.channels.remove_overwrite(actor, s.guild, channel, s.everyone())) ==
          protocol::kMissingPermissions);
    CHECK(s.node.code(s.node.channels.remove_overwrite(s.actor, s.guild, channel, s.everyone())) ==
          0);
    CHECK(s.node.code(s.node.channels.remove_overwrite(s.actor, s.guild, channel, s.everyone())) ==
          protocol::kUnknownPermissionOverwrite);
}

TEST_CASE("an overwrite names a role or member that is there") {
    Scene s;
    const ChannelId channel = s.node.text_channel(s.guild);
    CHECK(s.deny(s.actor, channel, Snowflake(12345), permissions::kSendMessages) ==
          protocol::kUnknownPermissionOverwrite);
    CHECK(s.deny(s.actor, channel, Snowflake(s.member.value), permissions::kSendMessages) == 0);
    REQUIRE(s.get(channel).overwrites.size() == 1);
    CHECK(s.get(channel).overwrites[0].type == protocol::OverwriteType::member);
}

TEST_CASE("channels move in bulk, into categories and in step with them") {
    Scene s;
    const Channel category = s.make("Rooms", ChannelType::category);
    CHECK(s.deny(s.actor, category.id, s.everyone(), permissions::kSendMessages) == 0);
    const Channel a = s.make("a"), b = s.make("b");
    api::ChannelPositions request;
    request.push_back({.id = a.id, .position = api::Position(9)});
    request.push_back({.id = b.id, .parent_id = {category.id}, .lock_permissions = true});
    s.node.recorder.clear();
    s.node.ok(s.node.channels.move(s.actor, s.guild, request));
    CHECK(s.get(a.id).position == 9);
    CHECK(s.get(b.id).parentId == category.id);
    CHECK(s.get(b.id).overwrites == s.get(category.id).overwrites);
    CHECK(s.node.recorder.names() == std::vector<std::string>{"CHANNEL_UPDATE", "CHANNEL_UPDATE"});

    request = {};
    request.push_back({.id = ChannelId(5), .position = api::Position(1)});
    CHECK(s.node.code(s.node.channels.move(s.actor, s.guild, request)) ==
          protocol::kUnknownChannel);
}

TEST_CASE("the rules channel of a community is not deleted") {
    Scene s;
    protocol::Guild guild = s.node.state(s.guild).guild;
    guild.features = {"COMMUNITY"};
    guild.rulesChannelId = guild.publicUpdatesChannelId = s.node.text_channel(s.guild);
    s.node.commit(s.guild, {protocol::GuildUpdated{guild}});
    CHECK(s.node.code(s.node.channels.remove(s.actor, s.guild, guild.rulesChannelId)) ==
          protocol::kCannotDeleteChannelRequiredForCommunityGuilds);
}
