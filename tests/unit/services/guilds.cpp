#include "federation/genesis.h"
#include "federation/id_allocator.h"
#include "node/services/present/guild.h"
#include "node/store/tables/secrets.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"
#include "tests/catch.h"
#include "tests/support/node_fixture.h"

using namespace guildhall;
using protocol::ChannelId;
using protocol::ChannelType;
using protocol::GuildId;
using protocol::Snowflake;
using protocol::UserId;
using tests::NodeFixture;
namespace api = protocol::api;
namespace json = boost::json;
namespace permissions = protocol::permissions;

namespace {

/// The gateway's guild as a tree.
json::object gateway_guild(NodeFixture& node,
                           GuildId guild,
                           UserId viewer,
                           const services::GatewayGuildOptions& options = {}) {
    std::string text;
    protocol::JsonWriter w(text);
    services::write_gateway_guild(w, node.state(guild), node.view(), viewer, options);
    return protocol::parse_json(text).value().as_object();
}

api::GuildCreateChannel channel_request(const char* name, ChannelType type, std::uint64_t id) {
    api::GuildCreateChannel channel;
    channel.name = std::string(name);
    channel.type = type;
    channel.id = Snowflake(id);
    return channel;
}

}  // namespace

TEST_CASE("a guild's id follows from its genesis, which its kept root key signed") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId id = node.make_guild(owner, "Castle");

    const auto& first = node.recorder.entries.front();
    const auto& created = std::get<protocol::GuildCreated>(first.event);
    const auto signed_genesis = federation::decode_signed_genesis(created.genesis);
    REQUIRE(signed_genesis);
    const auto genesis = federation::verify(*signed_genesis);
    REQUIRE(genesis);
    const auto& guild = std::get<federation::GuildGenesis>(*genesis);
    const auto uid = federation::uid_of(signed_genesis->bytes);
    CHECK(uid.text() == node.state(id).guild.uid);
    CHECK(federation::derived_id(uid, guild.created_ms)->value == id.value);
    CHECK(guild.host_uid == node.settings.node_uid);
    CHECK(guild.owner_uid.text() == (*node.view().user(owner))->uid);

    std::optional<std::string> seed;
    store::ReadJob job;
    job.run = [&](store::Tx& tx) {
        seed = store::secrets::get(tx, "guild." + id.str() + ".root").value();
    };
    job.failed = [](const protocol::Error&) {};
    node.db->read(std::move(job));
    REQUIRE(seed);
    const auto root = federation::SecretKey::from_seed(*federation::Seed::from(*seed));
    CHECK(root.public_key() == guild.root_key);
}

TEST_CASE("a new guild has @everyone, a category with #general, and its owner as member") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId id = node.make_guild(owner, "Castle");
    const auto& state = node.state(id);
    REQUIRE(state.everyone());
    CHECK(state.everyone()->name == "@everyone");
    CHECK(state.everyone()->permissions == permissions::kDefaultEveryone.bits);
    CHECK(state.guild.ownerId == owner);
    REQUIRE(state.members.find(owner));
    REQUIRE(state.channels.size() == 2);
    const auto* general = state.channels.find(state.guild.systemChannelId);
    REQUIRE(general);
    CHECK(general->name == "general");
    REQUIRE(state.channels.find(general->parentId));
    CHECK(state.channels.find(general->parentId)->type == ChannelType::category);

    // Every id inside carries the guild's tag, and the next one is above them.
    const auto tag = federation::id_tag(*federation::Hash32::from(state.guild.uid));
    CHECK((general->id.value >> 10 & 0xfff) == tag);
    CHECK(node.run(node.journal.new_id(id)) > general->id.value);
}

TEST_CASE("a guild is made as asked, with placeholders for its roles and categories") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    api::GuildCreate request;
    request.name = std::string("Castle");
    auto& roles = request.roles.emplace();
    roles.resize(2);
    roles[0].permissions = permissions::kViewChannel;
    roles[1].id = Snowflake(7);
    roles[1].name = std::string("Knights");
    auto& channels = request.channels.emplace();
    channels.push_back(channel_request("hall", ChannelType::text, 2));
    channels.back().parent_id = ChannelId(1);
    auto& overwrites = channels.back().permission_overwrites.emplace();
    overwrites.push_back({.id = Snowflake(7), .allow = permissions::kSendMessages});
    channels.push_back(channel_request("Rooms", ChannelType::category, 1));
    channels.push_back(channel_request("tower", ChannelType::voice, 3));
    request.system_channel_id = Snowflake(2);
    request.afk_channel_id = Snowflake(3);

    const auto state = node.ok(node.guilds.create(node.as(owner), request));
    CHECK(state->roles.size() == 2);
    CHECK(state->everyone()->permissions == permissions::kViewChannel.bits);
    const auto* hall = state->channels.find(state->guild.systemChannelId);
    REQUIRE(hall);
    CHECK(hall->name == "hall");
    CHECK(state->channels.find(hall->parentId)->name == "Rooms");
    REQUIRE(hall->overwrites.size() == 1);
    CHECK(state->roles.find(protocol::RoleId(hall->overwrites[0].id.value))->name == "Knights");
    CHECK(state->channels.find(state->guild.afkChannelId)->name == "tower");

    request.afk_channel_id = Snowflake(2);
    CHECK(node.code(node.guilds.create(node.as(owner), request)) == protocol::kInvalidFormBody);
}

TEST_CASE("nobody has more than a hundred guilds") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    for (std::size_t i = 0; i < protocol::limits::kGuildsPerUserMax; ++i) node.make_guild(owner);
    api::GuildCreate request;
    request.name = std::string("One more");
    CHECK(node.code(node.guilds.create(node.as(owner), request)) ==
          protocol::kMaximumNumberOfGuildsReached);
}

TEST_CASE("a guild that was deleted is gone for everybody") {
    NodeFixture node;
    const UserId owner = node.add_user("owner"), member = node.add_user("member");
    const GuildId id = node.make_guild(owner);
    node.join(id, member);
    node.recorder.clear();
    node.ok(node.guilds.remove(node.as(owner), id));
    CHECK(node.recorder.names() == std::vector<std::string>{"GUILD_DELETE"});
    CHECK(node.view().guild(id) == nullptr);
    CHECK(node.view().guilds_of(member).empty());
    CHECK(node.code(node.guilds.remove(node.as(owner), id)) == protocol::kUnknownGuild);
}

TEST_CASE("an owner hands a guild to a member that is no bot, and only the owner does") {
    NodeFixture node;
    const UserId owner = node.add_user("owner"), heir = node.add_user("heir");
    const UserId bot = node.add_user("bot", true), stranger = node.add_user("stranger");
    const GuildId id = node.make_guild(owner);
    node.join(id, heir);
    node.join(id, bot);
    const auto give = [&](UserId from, UserId to) {
        api::GuildPatch patch;
        patch.owner_id = to;
        return node.code(node.guilds.edit(node.as(from), id, patch));
    };
    CHECK(give(owner, bot) == protocol::kOwnershipCannotBeMovedToABotUser);
    CHECK(give(owner, stranger) == protocol::kUnknownMember);
    CHECK(give(owner, heir) == 0);
    CHECK(node.state(id).guild.ownerId == heir);
    CHECK(give(owner, owner) == protocol::kMissingPermissions);
}

TEST_CASE("a host's operator gives a guild whose owner is gone to a member") {
    NodeFixture node;
    const UserId owner = node.add_user("owner"), heir = node.add_user("heir");
    const UserId bot = node.add_user("bot", true), stranger = node.add_user("stranger");
    const GuildId id = node.make_guild(owner);
    node.join(id, heir);
    node.join(id, bot);
    CHECK(node.code(node.guilds.give_to(id, bot)) == protocol::kOwnershipCannotBeMovedToABotUser);
    CHECK(node.code(node.guilds.give_to(id, stranger)) == protocol::kUnknownMember);
    CHECK(node.code(node.guilds.give_to(GuildId(1), heir)) == protocol::kUnknownGuild);
    CHECK(node.ok(node.guilds.give_to(id, heir))->guild.ownerId == heir);
    CHECK(node.state(id).is_owner(heir));
    // It stands in the log, once.
    const auto size = node.state(id).control_size;
    node.ok(node.guilds.give_to(id, heir));
    CHECK(node.state(id).control_size == size);
}

TEST_CASE("a guild's settings take what is legal and leave what is not named") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    const GuildId id = node.make_guild(owner);
    const auto before = node.state(id).guild;
    api::GuildPatch patch;
    patch.description = {std::string("Stone walls")};
    patch.verification_level = {protocol::VerificationLevel::medium};
    patch.features.emplace().push_back(std::string("INVITES_DISABLED"));
    patch.features->push_back(std::string("VERIFIED"));
    const auto after = node.ok(node.guilds.edit(node.as(owner), id, patch))->guild;
    CHECK(after.description == "Stone walls");
    CHECK(after.verificationLevel == 2);
    CHECK(after.features == std::vector<std::string>{"INVITES_DISABLED"});
    CHECK(after.name == before.name);
    CHECK(after.systemChannelId == before.systemChannelId);

    node.recorder.clear();
    node.ok(node.guilds.edit(node.as(owner), id, patch));
    CHECK(node.recorder.entries.empty());

    patch = {};
    patch.afk_channel_id = {node.text_channel(id)};
    CHECK(node.code(node.guilds.edit(node.as(owner), id, patch)) == protocol::kInvalidFormBody);
    patch = {};
    patch.features.emplace().push_back(std::string("COMMUNITY"));
    CHECK(node.code(node.guilds.edit(node.as(owner), id, patch)) == protocol::kInvalidFormBody);
    patch = {};
    patch.system_channel_id = std::nullopt;
    CHECK(!node.ok(node.guilds.edit(node.as(owner), id, patch))->guild.systemChannelId);
}

TEST_CASE("my guilds are paged by id") {
    NodeFixture node;
    const UserId owner = node.add_user("owner");
    std::vector<GuildId> ids;
    for (int i = 0; i < 5; ++i) {
        ids.push_back(node.make_guild(owner));
        node.loop.clock.advance(std::chrono::milliseconds(1));
    }
    const auto page = [&](services::Guilds::Page p) {
        std::vector<GuildId> out;
        for (const auto& g : node.guilds.mine(node.as(owner), p)) out.push_back(g->guild.id);
        return out;
    };
    CHECK(page({}) == ids);
    CHECK(page({.limit = 2}) == std::vector<GuildId>{ids[0], ids[1]});
    CHECK(page({.after = ids[2], .limit = 2}) == std::vector<GuildId>{ids[3], ids[4]});
    CHECK(page({.before = ids[3], .limit = 2}) == std::vector<GuildId>{ids[1], ids[2]});
}

TEST_CASE("the gateway's guild shows a viewer the channels that they may see, and themselves") {
    NodeFixture node;
    const UserId owner = node.add_user("owner"), member = node.add_user("member");
    const GuildId id = node.make_guild(owner, "Castle \"of\" cards");
    node.join(id, member);
    protocol::Channel hidden = *node.state(id).channels.find(node.text_channel(id));
    hidden.overwrites = {{.id = Snowflake(id.value),
                          .type = protocol::OverwriteType::role,
                          .allow = 0,
                          .deny = permissions::kViewChannel.bits}};
    node.commit(id, {protocol::ChannelUpdated{hidden}});

    auto guild = gateway_guild(node, id, member);
    CHECK(guild["name"] == "Castle \"of\" cards");
    CHECK(guild["channels"].as_array().size() == 1);
    CHECK(guild["members"].as_array().size() == 2);
    CHECK(guild["member_count"] == 2);
    CHECK(guild["large"] == false);
    CHECK(guild["roles"].at(0).at("id").as_string() == id.str());
    CHECK(guild["roles"].at(0).at("colors").is_object());
    for (const char* list : {"presences",
                             "voice_states",
                             "threads",
                             "stage_instances",
                             "guild_scheduled_events",
                             "soundboard_sounds",
                             "emojis",
                             "stickers"})
        CHECK(guild[list].is_array());
    CHECK(gateway_guild(node, id, owner)["channels"].as_array().size() == 2);

    guild = gateway_guild(node, id, member, {.large_threshold = 1});
    CHECK(guild["large"] == true);
    REQUIRE(guild["members"].as_array().size() == 1);
    CHECK(guild["members"].at(0).at("user").at("id").as_string() == member.str());

    guild = gateway_guild(node, id, member, {.properties = true});
    CHECK(!guild.contains("name"));
    CHECK(guild["properties"].at("name").is_string());
    CHECK(guild["properties"].at("owner_id").as_string() == owner.str());
}
