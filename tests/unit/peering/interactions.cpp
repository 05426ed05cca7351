// Slash commands between whole nodes: the guild's host, the user's home and the bot's home in every
// combination; and what stands in logs of it.
#include "federation/command_call.h"
#include "node/store/await.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// A bot of one node in the guild of the first, with a global command "ping" and its session.
struct Bot {
    Bot(FarGuild& s, std::size_t home) : home_node(home) {
        Person owner = s.people[home];
        if (home != 0) s.make_admin(owner);
        who = s.world[home].add_bot(owner, "helper");
        const auto made =
            s.world[home].ok(Method::post,
                             "/api/v10/applications/" + who.id.str() + "/commands",
                             who,
                             {{"name", "ping"}, {"type", 1}, {"description", "Pong"}});
        command = text_of(made, "id");
        s.world[home].ok(
            Method::post,
            "/api/v10/oauth2/authorize?scope=bot&permissions=0&client_id=" + who.id.str(),
            owner,
            {{"guild_id", s.guild.str()}, {"authorize", true}, {"permissions", "0"}});
        // The privileged intents: presences, members, contents.
        s.world[home].ok(Method::patch,
                         "/api/v10/applications/" + who.id.str(),
                         owner,
                         {{"flags", (1 << 13) | (1 << 15) | (1 << 19)}});
        session = &s.world[home].connect(who);
        s.soon([&] {
            for (std::size_t i = 0; i < s.world.size(); ++i) {
                const auto* state = s.world[i].guild(s.guild);
                if (!state || !state->members.find(who.id)) return false;
            }
            return s.world[0]
                       .view()
                       .global_commands(protocol::id_cast<protocol::ApplicationId>(who.id))
                       .size() == 1;
        });
    }

    json::object ping(const FarGuild& s) const {
        return {{"type", 2},
                {"application_id", who.id.str()},
                {"guild_id", s.guild.str()},
                {"channel_id", s.general.str()},
                {"nonce", "n7"},
                {"data", {{"id", command}, {"name", "ping"}, {"type", 1}}}};
    }
    std::string callback() const {
        const auto told = session->last("INTERACTION_CREATE");
        return "/api/v10/interactions/" + text_of(told, "id") + "/" + text_of(told, "token") +
               "/callback";
    }
    std::string hook() const {
        const auto told = session->last("INTERACTION_CREATE");
        return "/api/v10/webhooks/" + who.id.str() + "/" + text_of(told, "token");
    }

    std::size_t home_node;
    Person who;
    std::string command;
    Client* session = nullptr;
};

const Person kNobody{};

json::object message_with(const std::string& content, int flags = 0) {
    return {{"type", 4}, {"data", {{"content", content}, {"flags", flags}}}};
}

/// Everything that stands in the entries of a node: bodies and commands.
std::string all_entries(FarGuild& s, std::size_t node) {
    std::string out;
    auto read = [](store::Tx& tx) -> protocol::Result<std::string> {
        std::string all;
        TRY_VOID(tx.each("SELECT body, command FROM entries", [&](const store::Row& row) {
            all += row.blob(0);
            all += row.blob(1);
        }));
        return all;
    };
    auto got = s.world.wait(s.world[node].core().shards.at(0),
                            store::read(*s.world[node].db, std::move(read)));
    return got ? *got : std::string();
}

}  // namespace

TEST_CASE("a slash command works whatever nodes its guild, its user and its bot live on") {
    for (std::size_t bot_home = 0; bot_home < 3; ++bot_home) {
        FarGuild s(3);
        Bot bot(s, bot_home);
        for (std::size_t user_home = 0; user_home < 3; ++user_home) {
            const Person& user = s.people[user_home];
            FedNode& home = s.world[user_home];
            Client& screen = home.connect(user);
            s.world.advance(1s);
            bot.session->forget();
            INFO("bot on " << bot_home << ", user on " << user_home);

            const Answer asked =
                home.call(Method::post, "/api/v10/interactions", user, bot.ping(s));
            INFO(asked.body << s.world.logs());
            REQUIRE(asked.status == 204);
            REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
            REQUIRE(s.soon([&] { return screen.count("INTERACTION_CREATE") == 1; }));
            const auto told = bot.session->last("INTERACTION_CREATE");
            CHECK(text_of(told.at("member").at("user"), "id") == user.id.str());
            CHECK(text_of(told.at("data"), "name") == "ping");

            FedNode& theirs = s.world[bot_home];
            const std::string content = "pong " + std::to_string(user_home);
            const Answer answered =
                theirs.call(Method::post, bot.callback(), kNobody, message_with(content));
            INFO(answered.body);
            REQUIRE(answered.status == 204);
            for (std::size_t reader = 0; reader < 3; ++reader) {
                CHECK(s.soon([&] {
                    const auto list =
                        s.world[reader].ok(Method::get, s.messages(), s.people[reader]);
                    return text_of(list.as_array().at(0), "content") == content;
                }));
            }
            CHECK(s.soon([&] { return screen.count("INTERACTION_SUCCESS") == 1; }));
            // Again: it was answered.
            CHECK(
                theirs.call(Method::post, bot.callback(), kNobody, message_with("twice")).code() ==
                protocol::kInteractionHasAlreadyBeenAcknowledged);

            // The original is read and changed, and follow-ups follow.
            const std::string original = bot.hook() + "/messages/@original";
            CHECK(text_of(theirs.ok(Method::get, original, kNobody), "content") == content);
            theirs.ok(Method::patch, original, kNobody, {{"content", content + "!"}});
            const auto more =
                theirs.ok(Method::post, bot.hook(), kNobody, {{"content", "and more"}});
            CHECK(text_of(more, "content") == "and more");
            theirs.ok(Method::del, bot.hook() + "/messages/" + text_of(more, "id"), kNobody);
            for (std::size_t reader = 0; reader < 3; ++reader) {
                CHECK(s.soon([&] {
                    const auto list =
                        s.world[reader].ok(Method::get, s.messages(), s.people[reader]);
                    return text_of(list.as_array().at(0), "content") == content + "!";
                }));
            }
            home.disconnect(screen);
        }
    }
}

TEST_CASE("an ephemeral answer reaches its user alone and stands in no log") {
    FarGuild s(3);
    Bot bot(s, 2);
    Client& screen = s.world[1].connect(s.people[1]);
    Client& other = s.world[0].connect(s.people[0]);
    s.world[1].ok(Method::post, "/api/v10/interactions", s.people[1], bot.ping(s));
    REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
    const Answer answered =
        s.world[2].call(Method::post, bot.callback(), kNobody, message_with("for your eyes", 64));
    INFO(answered.body << s.world.logs());
    REQUIRE(answered.status == 204);
    REQUIRE(s.soon([&] { return screen.count("MESSAGE_CREATE") == 1; }));
    CHECK(text_of(screen.last("MESSAGE_CREATE"), "content") == "for your eyes");
    s.world.advance(2s);
    CHECK(other.count("MESSAGE_CREATE") == 0);
    // Later words of the same answer.
    s.world[2].ok(Method::patch,
                  bot.hook() + "/messages/@original",
                  kNobody,
                  {{"content", "for your eyes only"}});
    REQUIRE(s.soon([&] { return screen.count("MESSAGE_UPDATE") == 1; }));
    s.world[2].ok(Method::del, bot.hook() + "/messages/@original", kNobody);
    CHECK(s.soon([&] { return screen.count("MESSAGE_DELETE") == 1; }));
    for (std::size_t node = 0; node < 3; ++node)
        CHECK(all_entries(s, node).find("for your eyes") == std::string::npos);
}

TEST_CASE(
    "row 38: no token of an interaction stands in a log, and what stands there opens nothing") {
    FarGuild s(3);
    Bot bot(s, 2);
    s.world[1].ok(Method::post, "/api/v10/interactions", s.people[1], bot.ping(s));
    REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
    const std::string token = text_of(bot.session->last("INTERACTION_CREATE"), "token");
    const std::string id = text_of(bot.session->last("INTERACTION_CREATE"), "id");
    s.world[2].ok(Method::post, bot.callback(), kNobody, message_with("pong"));
    s.world[2].ok(Method::post, bot.hook(), kNobody, {{"content", "more"}});
    REQUIRE(s.soon([&] {
        const auto list = s.world[1].ok(Method::get, s.messages(), s.people[1]);
        return text_of(list.as_array().at(0), "content") == "more";
    }));
    for (std::size_t node = 0; node < 3; ++node) {
        INFO("node " << node);
        CHECK(all_entries(s, node).find(token) == std::string::npos);
    }
    // What the command has in its place is worth nothing: not at the host, not anywhere.
    const std::string entries = all_entries(s, 1);
    const std::string path = "/webhooks/{webhook_id}/{webhook_token}";
    const std::size_t at = entries.find(path);
    REQUIRE(at != std::string::npos);
    std::string found;
    for (std::size_t from = at; from < entries.size() && found.size() < 90; ++from) {
        const bool plain = std::isalnum(static_cast<unsigned char>(entries[from])) ||
                           entries[from] == '-' || entries[from] == '_';
        found = plain ? found + entries[from] : std::string();
    }
    for (std::size_t node = 0; node < 3; ++node) {
        const Answer answer =
            s.world[node].call(Method::post,
                               "/api/v10/webhooks/" + bot.who.id.str() + "/" + found,
                               kNobody,
                               {{"content", "stolen"}});
        CHECK(answer.status / 100 == 4);
    }
}

TEST_CASE("a form that a bot elsewhere shows comes back to it") {
    FarGuild s(3);
    Bot bot(s, 1);
    Client& screen = s.world[2].connect(s.people[2]);
    s.world[2].ok(Method::post, "/api/v10/interactions", s.people[2], bot.ping(s));
    REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
    const json::object input{{"type", 4}, {"custom_id", "why"}, {"style", 1}, {"label", "Why?"}};
    const json::object form{
        {"type", 9},
        {"data",
         {{"custom_id", "form"},
          {"title", "Tell"},
          {"components",
           json::array{json::object{{"type", 1}, {"components", json::array{input}}}}}}}};
    s.world[1].ok(Method::post, bot.callback(), kNobody, form);
    REQUIRE(s.soon([&] { return screen.count("INTERACTION_MODAL_CREATE") == 1; }));
    bot.session->forget();
    json::object filled = input;
    filled.erase("style");
    filled.erase("label");
    filled["value"] = "because";
    s.world[2].ok(
        Method::post,
        "/api/v10/interactions",
        s.people[2],
        {{"type", 5},
         {"application_id", bot.who.id.str()},
         {"guild_id", s.guild.str()},
         {"channel_id", s.general.str()},
         {"data",
          {{"custom_id", "form"},
           {"components",
            json::array{json::object{{"type", 1}, {"components", json::array{filled}}}}}}}});
    REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
    CHECK(bot.session->last("INTERACTION_CREATE").at("type").as_int64() == 5);
}

TEST_CASE("a bot that does not answer across nodes is said not to have answered") {
    FarGuild s(3);
    Bot bot(s, 2);
    Client& screen = s.world[1].connect(s.people[1]);
    s.world[1].ok(Method::post, "/api/v10/interactions", s.people[1], bot.ping(s));
    CHECK(s.world.run_until([&] { return screen.count("INTERACTION_FAILURE") == 1; }, 10s));
}

TEST_CASE("files of interactions cross, though no log names them") {
    FarGuild s(3);
    Bot bot(s, 2);
    const auto made = s.world[2].ok(
        Method::post,
        "/api/v10/applications/" + bot.who.id.str() + "/commands",
        bot.who,
        {{"name", "show"},
         {"type", 1},
         {"description", "Shows"},
         {"options",
          json::array{json::object{
              {"type", 11}, {"name", "file"}, {"description", "File"}, {"required", true}}}}});
    REQUIRE(s.soon([&] {
        return s.world[0]
                   .view()
                   .global_commands(protocol::id_cast<protocol::ApplicationId>(bot.who.id))
                   .size() == 2;
    }));
    Client& screen = s.world[1].connect(s.people[1]);
    json::object ask = bot.ping(s);
    ask["data"] = {
        {"id", text_of(made, "id")},
        {"name", "show"},
        {"type", 1},
        {"options", json::array{json::object{{"type", 11}, {"name", "file"}, {"value", 0}}}}};
    const Answer asked = s.upload(1,
                                  Method::post,
                                  "/api/v10/interactions",
                                  s.people[1],
                                  ask,
                                  {{"given.txt", "what the user gives"}});
    INFO(asked.body << s.world.logs());
    REQUIRE(asked.status == 204);
    REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
    const auto told = bot.session->last("INTERACTION_CREATE");
    const auto& files = told.at("data").at("resolved").at("attachments").as_object();
    REQUIRE(files.size() == 1);
    const std::string given = text_of(files.begin()->value(), "url");
    CHECK(given.starts_with("http://c.example/"));
    CHECK(s.fetch(2, given).body == "what the user gives");

    const Answer answered = s.upload(2,
                                     Method::post,
                                     bot.callback() + "?with_response=true",
                                     kNobody,
                                     message_with("here", 64),
                                     {{"shown.txt", "what the bot shows"}});
    INFO(answered.body);
    REQUIRE(answered.status == 200);
    CHECK(answered.body.find("http://a.example/") == std::string::npos);
    REQUIRE(s.soon([&] { return screen.count("MESSAGE_CREATE") == 1; }));
    const std::string shown =
        text_of(screen.last("MESSAGE_CREATE").at("attachments").as_array().at(0), "url");
    CHECK(shown.starts_with("http://b.example/"));
    CHECK(s.fetch(1, shown).body == "what the bot shows");
}

TEST_CASE("follow-ups go on after a restart of the host and of the bot's home") {
    FarGuild s(3);
    Bot bot(s, 2);
    s.world[1].ok(Method::post, "/api/v10/interactions", s.people[1], bot.ping(s));
    REQUIRE(s.soon([&] { return bot.session->count("INTERACTION_CREATE") == 1; }));
    s.world[2].ok(Method::post, bot.callback(), kNobody, message_with("first"));
    const std::string hook = bot.hook();
    for (std::size_t node : {std::size_t{0}, std::size_t{2}}) {
        s.world[node].crash();
        s.world.advance(5s);
        s.world[node].start();
        INFO("restarted " << node);
        CHECK(s.soon([&] {
            const Answer more = s.world[2].call(Method::post, hook, kNobody, {{"content", "more"}});
            return more.status == 200;
        }));
    }
    s.world[2].ok(Method::patch, hook + "/messages/@original", kNobody, {{"content", "changed"}});
    CHECK(text_of(s.world[2].ok(Method::get, hook + "/messages/@original", kNobody), "content") ==
          "changed");
    // Fifteen minutes later it is over.
    s.world.advance(16min);
    CHECK(s.world[2].call(Method::post, hook, kNobody, {{"content", "late"}}).status / 100 == 4);
}
