// What a host tells one user of another node beside the log: only of its own guild, only as its
// bots, and only to the user whom it concerns.
#include "node/peering/live/dispatch_check.h"
#include "protocol/json/reader.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_host.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// bob looks on, and the guild has a bot of its host.
struct Words : EvilHost {
    Words() {
        const Person bot = host().add_bot(owner, "helper");
        host().ok(Method::post,
                  "/api/v10/oauth2/authorize?scope=bot&permissions=0&client_id=" + bot.id.str(),
                  owner,
                  {{"guild_id", guild.str()}, {"authorize", true}, {"permissions", "0"}});
        helper = bot.id;
        if (!world.run_until([&] { return mirror().guild(guild)->members.find(helper); }, 30s))
            throw std::runtime_error("no bot\n" + world.logs());
        screen = &mirror().connect(bob);
        world.advance(1s);
        turn();
        screen->forget();
    }
    json::object message() {
        return {{"id", std::to_string(id_now())},
                {"guild_id", guild.str()},
                {"channel_id", channel.str()},
                {"author", {{"id", helper.str()}, {"username", "helper"}, {"bot", true}}},
                {"content", "for your eyes"},
                {"flags", 64},
                {"type", 0}};
    }
    void tell(protocol::UserId user, const std::string& name, const json::value& body) {
        f::frames::Dispatch out;
        out.guildUid = guild_uid;
        out.userId = user.value;
        out.name = name;
        out.json = json::serialize(body);
        out.channelId = channel.value;
        send(out);
    }

    protocol::UserId helper;
    Client* screen = nullptr;
};

}  // namespace

TEST_CASE("an ephemeral answer of the guild's bot is shown: the others are not") {
    Words s;
    s.tell(s.bob.id, "MESSAGE_CREATE", s.message());
    INFO(s.world.logs());
    REQUIRE(s.screen->count("MESSAGE_CREATE") == 1);
    s.screen->forget();

    const auto refused = [&](const std::string& name, const json::value& body) {
        s.tell(s.bob.id, name, body);
        INFO(name << " " << json::serialize(body));
        CHECK(s.screen->count(name) == 0);
    };
    json::object m = s.message();
    m["flags"] = 0;
    refused("MESSAGE_CREATE", m);
    m = s.message();
    m["author"] = json::object{{"id", s.bob.id.str()}, {"username", "bob"}};
    refused("MESSAGE_CREATE", m);
    m["author"] = json::object{{"id", s.owner.id.str()}, {"username", "owner"}, {"bot", true}};
    refused("MESSAGE_CREATE", m);
    m.erase("author");
    refused("MESSAGE_UPDATE", m);
    // Of another guild, or of none: a direct message.
    m = s.message();
    m["guild_id"] = "1";
    refused("MESSAGE_CREATE", m);
    m.erase("guild_id");
    refused("MESSAGE_CREATE", m);
    m = s.message();
    m["channel_id"] = "1";
    refused("MESSAGE_CREATE", m);
    refused("MESSAGE_DELETE", json::object{{"id", "5"}, {"channel_id", "1"}});
    // To who asked, in words of another's interaction.
    m = s.message();
    m["interaction_metadata"] = json::object{{"user", {{"id", s.owner.id.str()}}}};
    refused("MESSAGE_CREATE", m);
    m = s.message();
    m["content"] = std::string(200'000, 'x');
    refused("MESSAGE_CREATE", m);
    // A user is no bot.
    refused("INTERACTION_CREATE",
            json::object{{"id", "5"}, {"token", "t"}, {"guild_id", s.guild.str()}});
    refused("INTERACTION_SUCCESS", json::object{{"id", "5"}, {"token", "t"}});
    refused("INTERACTION_MODAL_CREATE", json::object{{"id", "5"}, {"channel_id", "1"}});
    refused("GUILD_DELETE", json::object{{"id", s.guild.str()}});
    // The nod is his.
    s.tell(s.bob.id, "INTERACTION_CREATE", json::object{{"id", "5"}, {"nonce", "6"}});
    CHECK(s.screen->count("INTERACTION_CREATE") == 1);
    CHECK_FALSE(s.is_frozen());
}

TEST_CASE("an interaction is told to the bot that it is with, and to nobody else whole") {
    protocol::GuildState guild;
    guild.guild.id = protocol::GuildId(7);
    protocol::Channel room;
    room.id = protocol::ChannelId(8);
    guild.channels.insert_or_assign(room.id, room);
    protocol::Member bot, user;
    bot.userId = protocol::UserId(50);
    bot.bot = true;
    user.userId = protocol::UserId(60);
    guild.members.insert_or_assign(bot.userId, bot);
    const auto fault = [&](const protocol::Member& to, std::string_view name, json::object body) {
        return std::string(peering::fault_of_dispatch(name, body, {guild, to}));
    };
    const json::object whole{{"id", "5"},
                             {"application_id", "50"},
                             {"token", "t"},
                             {"guild_id", "7"},
                             {"guild", {{"id", "7"}}},
                             {"channel_id", "8"}};
    CHECK(fault(bot, "INTERACTION_CREATE", whole).empty());
    CHECK_FALSE(fault(user, "INTERACTION_CREATE", whole).empty());
    for (const auto& [name, value] :
         std::vector<std::pair<std::string, json::value>>{{"application_id", "51"},
                                                          {"guild_id", "6"},
                                                          {"guild", json::object{{"id", "6"}}},
                                                          {"channel_id", "9"}}) {
        json::object other = whole;
        other[name] = value;
        INFO(name);
        CHECK_FALSE(fault(bot, "INTERACTION_CREATE", other).empty());
    }
    for (const std::string name : {"token", "guild_id", "channel_id", "application_id"}) {
        json::object less = whole;
        less.erase(name);
        INFO(name);
        CHECK_FALSE(fault(bot, "INTERACTION_CREATE", less).empty());
    }
    // What became of it is its user's.
    const json::object nod{{"id", "5"}, {"nonce", "6"}};
    CHECK(fault(user, "INTERACTION_SUCCESS", nod).empty());
    CHECK_FALSE(fault(bot, "INTERACTION_SUCCESS", nod).empty());
}
