#include "node/gateway/visibility.h"
#include "protocol/json/decode.h"
#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::UserId;
namespace permissions = protocol::permissions;

namespace {

/// Whether a session of that identity is told, by the state that the event left.
bool may_see(const gateway::Identity& who,
             const gateway::Rule& rule,
             const protocol::Event& event,
             const protocol::GuildState& state) {
    const bool own = rule.own_always && gateway::subject_of(event) == who.user;
    return (own || who.wants(rule.intents)) &&
           gateway::may_see_scope(who.user, rule.scope, gateway::channel_of(event), state);
}

/// An owner, a member and a bot in one guild, each with a client.
struct Scene {
    Scene() {
        guild = f.node.make_guild(owner);
        f.node.join(guild, member);
        f.node.join(guild, bot);
        channel = f.node.text_channel(guild);
    }
    std::unique_ptr<Client> connect(UserId user, std::int64_t intents = -1) {
        auto client = std::make_unique<Client>(f.hub());
        client->identify(f.login(user, user == bot),
                         user == bot && intents < 0 ? kAllIntents : intents);
        f.node.loop.advance(300ms);
        client->forget();
        return client;
    }
    /// Denies VIEW_CHANNEL of the channel to everyone, or gives it back.
    void hide(bool hidden) {
        protocol::Channel changed = *f.node.state(guild).channels.find(channel);
        changed.overwrites.clear();
        if (hidden) {
            changed.overwrites.push_back({protocol::Snowflake(guild.value),
                                          protocol::OverwriteType::role,
                                          0,
                                          permissions::kViewChannel.bits});
        }
        f.node.commit(guild, {protocol::ChannelUpdated{changed}});
    }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), member = f.node.add_user("member"),
           bot = f.node.add_user("bot", true);
    protocol::GuildId guild;
    protocol::ChannelId channel;
};

}  // namespace

TEST_CASE("a member without VIEW_CHANNEL receives no dispatch of the channel") {
    Scene s;
    s.hide(true);
    auto owner = s.connect(s.owner);
    auto member = s.connect(s.member);
    s.f.say(s.owner, s.channel, "secret");
    CHECK(owner->count("MESSAGE_CREATE") == 1);
    CHECK(member->frames().empty());
}

TEST_CASE("who loses sight of a channel gets CHANNEL_DELETE, who gains it CHANNEL_CREATE") {
    Scene s;
    auto owner = s.connect(s.owner);
    auto member = s.connect(s.member);
    owner->forget();
    s.hide(true);
    CHECK(owner->names() == std::vector<std::string>{"CHANNEL_UPDATE"});
    CHECK(member->names() == std::vector<std::string>{"CHANNEL_DELETE"});
    CHECK(member->last("CHANNEL_DELETE").at("id") == text(s.channel.str()));
    s.f.say(s.owner, s.channel, "secret");
    CHECK(member->count("MESSAGE_CREATE") == 0);
    s.hide(false);
    CHECK(member->names().back() == "CHANNEL_CREATE");
    s.f.say(s.owner, s.channel, "open");
    CHECK(member->last("MESSAGE_CREATE").at("content") == "open");
}

TEST_CASE("a role that shows or hides channels is followed at once") {
    Scene s;
    s.hide(true);
    auto member = s.connect(s.member);
    const auto role = s.f.node.add_role(s.guild, permissions::kAdministrator, 1, {s.member});
    CHECK(member->count("CHANNEL_CREATE") == 1);
    s.f.say(s.owner, s.channel, "for administrators");
    CHECK(member->count("MESSAGE_CREATE") == 1);
    protocol::Role weaker = *s.f.node.state(s.guild).roles.find(role);
    weaker.permissions = 0;
    s.f.node.commit(s.guild, {protocol::RoleUpdated{weaker}});
    CHECK(member->names().back() == "CHANNEL_DELETE");
    weaker.permissions = permissions::kViewChannel.bits;
    s.f.node.commit(s.guild, {protocol::RoleUpdated{weaker}});
    CHECK(member->names().back() == "GUILD_ROLE_UPDATE");
    s.f.say(s.owner, s.channel, "secret");
    CHECK(member->count("MESSAGE_CREATE") == 1);
}

TEST_CASE("joining gives GUILD_CREATE, being kicked GUILD_DELETE, and nothing after it") {
    Scene s;
    const UserId guest = s.f.node.add_user("guest");
    auto client = s.connect(guest);
    auto owner = s.connect(s.owner);
    s.f.node.join(s.guild, guest);
    CHECK(client->names() == std::vector<std::string>{"GUILD_CREATE"});
    CHECK_FALSE(client->last("GUILD_CREATE").contains("unavailable"));
    CHECK(owner->names() == std::vector<std::string>{"GUILD_MEMBER_ADD"});
    s.f.say(s.owner, s.channel, "welcome");
    s.f.node.commit(s.guild, {protocol::MemberLeft{guest, protocol::LeaveCause::kicked, s.owner}});
    CHECK(client->names().back() == "GUILD_DELETE");
    CHECK(client->last("GUILD_DELETE") == json::object{{"id", s.guild.str()}});
    CHECK(owner->names().back() == "GUILD_MEMBER_REMOVE");
    const auto before = client->frames().size();
    s.f.say(s.owner, s.channel, "gone");
    CHECK(client->frames().size() == before);
}

TEST_CASE("a guild that is made or deleted is told to who is in it") {
    Scene s;
    auto owner = s.connect(s.owner);
    auto member = s.connect(s.member);
    const auto made = s.f.node.make_guild(s.owner, "Second");
    CHECK(owner->last("GUILD_CREATE").at("id") == text(made.str()));
    CHECK(member->frames().empty());
    s.f.node.commit(s.guild, {protocol::GuildDeleted{s.owner}});
    CHECK(member->names() == std::vector<std::string>{"GUILD_DELETE"});
}

TEST_CASE("intents choose what a bot hears") {
    Scene s;
    auto guilds = s.connect(s.bot, 1);
    auto messages = s.connect(s.bot, 1 << 9 | 1 << 15);
    auto nothing = s.connect(s.bot, 0);
    s.f.say(s.owner, s.channel, "hello");
    s.f.node.commit(s.guild, {protocol::RoleCreated{{.id = protocol::RoleId(77), .name = "r"}}});
    CHECK(guilds->names() == std::vector<std::string>{"GUILD_ROLE_CREATE"});
    CHECK(messages->names() == std::vector<std::string>{"MESSAGE_CREATE"});
    CHECK(nothing->names().empty());
    // One's own member is told of without the intent.
    protocol::Member own = *s.f.node.state(s.guild).members.find(s.bot);
    own.nick = "robot";
    s.f.node.commit(s.guild, {protocol::MemberUpdated{own}});
    CHECK(nothing->names() == std::vector<std::string>{"GUILD_MEMBER_UPDATE"});
}

TEST_CASE("without MESSAGE_CONTENT a bot sees content of its own and where it is mentioned") {
    Scene s;
    auto blind = s.connect(s.bot, 1 << 9);
    auto full = s.connect(s.bot, 1 << 9 | 1 << 15);
    s.f.say(s.owner, s.channel, "for people");
    CHECK(blind->last("MESSAGE_CREATE").at("content") == "");
    CHECK(full->last("MESSAGE_CREATE").at("content") == "for people");
    s.f.say(s.owner, s.channel, "hey <@" + s.bot.str() + ">");
    CHECK(blind->last("MESSAGE_CREATE").at("content") == text("hey <@" + s.bot.str() + ">"));
    s.f.say(s.bot, s.channel, "mine");
    CHECK(blind->last("MESSAGE_CREATE").at("content") == "mine");
}

TEST_CASE("a nonce comes back to the sessions of its author alone") {
    Scene s;
    auto owner = s.connect(s.owner);
    auto member = s.connect(s.member);
    protocol::api::MessageCreate request;
    request.content = std::string("hi");
    request.nonce =
        protocol::decode_text<protocol::api::MessageCreate>(R"({"content":"hi","nonce":"abc"})")
            .value()
            .nonce;
    s.f.node.loop.clock.advance(1ms);
    s.f.node.ok(s.f.node.messages.create(NodeFixture::as(s.owner), s.channel, request, {}));
    CHECK(owner->last("MESSAGE_CREATE").at("nonce") == "abc");
    CHECK_FALSE(member->last("MESSAGE_CREATE").contains("nonce"));
}

TEST_CASE("typing reaches who sees the channel and asked") {
    Scene s;
    s.hide(true);
    auto owner = s.connect(s.owner);
    auto member = s.connect(s.member);
    s.f.node.journal.publish_ephemeral(
        s.f.node.loop.shard(), journal::Typing{s.guild, s.channel, s.owner, 1'700'000'000'000});
    s.f.node.loop.run();
    CHECK(owner->last("TYPING_START").at("timestamp") == 1'700'000'000);
    CHECK(owner->last("TYPING_START").at("member").at("user").at("id") == text(s.owner.str()));
    CHECK(member->frames().empty());
}

TEST_CASE("presences are coalesced and told to who asked") {
    Scene s;
    auto owner = s.connect(s.owner);
    auto without = s.connect(s.bot, 1);
    auto with = s.connect(s.bot, 1 << 8);
    owner->forget();
    Client member(s.f.hub());
    member.identify(s.f.login(s.member));
    for (const char* status : {"idle", "dnd", "online"}) {
        member.send(
            3,
            json::object{
                {"status", status}, {"since", 0}, {"afk", false}, {"activities", json::array{}}});
    }
    s.f.node.loop.advance(300ms);
    CHECK(owner->last("PRESENCE_UPDATE").at("user").at("id") == text(s.member.str()));
    CHECK(owner->count("PRESENCE_UPDATE") == 1);
    CHECK(with->last("PRESENCE_UPDATE").at("status") == "online");
    CHECK(with->last("PRESENCE_UPDATE").at("user").at("id") == text(s.member.str()));
    CHECK(without->count("PRESENCE_UPDATE") == 0);
    member.cut(1000);
    s.f.node.loop.advance(300ms);
    CHECK(with->last("PRESENCE_UPDATE").at("status") == "offline");
}

TEST_CASE("an interaction reaches its bot whatever the intents, and nobody else") {
    Scene s;
    auto bot = s.connect(s.bot, 0);
    auto owner = s.connect(s.owner);
    auto body = std::make_shared<const std::string>(R"({"id":"1","guild_id":"5"})");
    s.f.node.journal.notify(s.f.node.loop.shard(),
                            {journal::UserDispatch{s.bot, {"INTERACTION_CREATE", body}}});
    s.f.node.loop.run();
    CHECK(bot->names() == std::vector<std::string>{"INTERACTION_CREATE"});
    CHECK(owner->frames().empty());
}

TEST_CASE("an interaction goes to the shard of the guild it says, whatever its body says") {
    Scene s;
    const std::string token = s.f.login(s.bot, true);
    Client shards[] = {Client(s.f.hub()), Client(s.f.hub())};
    for (int i = 0; i < 2; ++i) {
        shards[i].identify(token, 0, json::object{{"shard", json::array{i, 2}}});
        shards[i].forget();
    }
    // A guild of shard 1 and, first in the text, one of shard 0.
    const protocol::GuildId guild(1ull << 22);
    auto body = std::make_shared<const std::string>(R"({"data":{"guild_id":"5"},"id":"1"})");
    s.f.node.journal.notify(s.f.node.loop.shard(),
                            {journal::UserDispatch{s.bot, {"INTERACTION_CREATE", body}, guild}});
    s.f.node.loop.run();
    CHECK(shards[0].count("INTERACTION_CREATE") == 0);
    CHECK(shards[1].count("INTERACTION_CREATE") == 1);
}

TEST_CASE("a guild is shown with its presences and its state whatever its texts look like") {
    Scene s;
    auto member = s.connect(s.member);
    // Texts that look like the members of the guild which follow them.
    protocol::Guild guild = s.f.node.state(s.guild).guild;
    guild.description = R"("presences":[] "unavailable":false,)";
    s.f.node.commit(s.guild, {protocol::GuildUpdated{guild}});
    auto told = s.connect(s.bot);
    Client bot(s.f.hub());
    bot.identify(s.f.login(s.bot, true), kAllIntents);
    CHECK(bot.last("GUILD_CREATE").at("unavailable") == false);
    CHECK_FALSE(bot.last("GUILD_CREATE").at("presences").as_array().empty());
    CHECK(bot.last("GUILD_CREATE").at("description") == text(guild.description));

    const auto other = s.f.node.make_guild(s.member, "Other");
    s.f.node.join(other, s.bot);
    CHECK_FALSE(bot.last("GUILD_CREATE").contains("unavailable"));
    CHECK(bot.last("GUILD_CREATE").at("presences").as_array().size() == 2);
}

TEST_CASE("a storm of presences costs one look at each, and tells each once") {
    Scene s;
    auto owner = s.connect(s.owner);
    auto& presences = s.f.hub().presences();
    constexpr std::uint64_t kUsers = 100'000;
    const auto start = std::chrono::steady_clock::now();
    for (int round = 0; round < 3; ++round) {
        for (std::uint64_t i = 0; i < kUsers; ++i) {
            presences.on_presence({.user = UserId(1'000'000 + i), .status = "online"});
        }
        presences.on_presence({.user = s.member, .status = round == 2 ? "dnd" : "idle"});
    }
    // A search of the list for each would be 10^10 steps.
    CHECK(std::chrono::steady_clock::now() - start < 20s);
    s.f.node.loop.advance(300ms);
    CHECK(owner->count("PRESENCE_UPDATE") == 1);
    CHECK(owner->last("PRESENCE_UPDATE").at("status") == "dnd");
}

TEST_CASE("a changed profile is told to who shares a guild") {
    Scene s;
    auto owner = s.connect(s.owner);
    auto changed = std::make_shared<protocol::User>(**s.f.node.view().user(s.member));
    changed->global_name = "New Name";
    s.f.node.journal.notify(s.f.node.loop.shard(), {journal::UserChanged{changed}});
    s.f.node.loop.run();
    CHECK(owner->last("GUILD_MEMBER_UPDATE").at("user").at("global_name") == "New Name");
}

TEST_CASE("sets of slots and single sessions come to the same receivers") {
    Scene s;
    s.hide(true);
    s.f.node.add_role(s.guild, permissions::kManageGuild, 1, {s.member});
    auto owner = s.connect(s.owner);
    auto member = s.connect(s.member);
    auto bot = s.connect(s.bot, 1 << 9);
    for (auto* client : {owner.get(), member.get(), bot.get()}) client->forget();
    s.f.node.recorder.clear();
    s.f.say(s.owner, s.channel, "x");
    s.f.node.commit(s.guild,
                    {protocol::BanAdded{{.userId = UserId(5)}},
                     protocol::RoleCreated{{.id = protocol::RoleId(9), .name = "n"}},
                     protocol::InviteCreated{{.code = "abc", .channelId = s.channel}}});
    struct Who {
        Client* client;
        gateway::Identity identity;
    };
    gateway::Identity bot_identity{.user = s.bot, .intents = 1 << 9, .bot = true};
    for (const Who& who : {Who{owner.get(), {.user = s.owner}},
                           Who{member.get(), {.user = s.member}},
                           Who{bot.get(), bot_identity}}) {
        std::vector<std::string> expected;
        for (const auto& entry : s.f.node.recorder.entries) {
            for (const auto& dispatch : entry.dispatches) {
                if (may_see(
                        who.identity, gateway::rule_of(dispatch.name), entry.event, *entry.after)) {
                    expected.emplace_back(dispatch.name);
                }
            }
        }
        CHECK(who.client->names() == expected);
    }
}
