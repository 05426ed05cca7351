// Every call of the table of federated routes, made from another node than the guild's host: the
// host does it, the mirror believes it, and both come to the same state.
#include "node/rest/federated.h"
#include "node/services/owner_actor.h"
#include "tests/catch.h"
#include "tests/unit/peering/far_guild.h"

#include <set>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

namespace f = federation;

/// An administrator on the second node, who does everything.
struct Surface : FarGuild {
    Surface() : FarGuild(2) {
        make_admin(far());
        carol = world[0].add_user("carol");
        join(0, carol);
    }

    FedNode& host() { return world[0]; }
    FedNode& home() { return world[1]; }
    const Person& alice() { return people[0]; }
    const Person& far() { return people[1]; }

    /// The answer's body; fails the test on anything but a success.
    json::value act(Method method, const std::string& target, const json::value& body = nullptr) {
        const Answer answer = home().call(method, "/api/v10" + target, far(), body);
        INFO(base::http::method_name(method) << ' ' << target << ": " << answer.body);
        CHECK(answer.status / 100 == 2);
        if (answer.status == 204 || answer.body.empty()) return nullptr;
        return protocol::parse_json(answer.body).value();
    }
    std::string make(const std::string& target, const json::value& body) {
        return text_of(act(Method::post, target, body), "id");
    }
    std::string g() const { return "/guilds/" + guild.str(); }
    std::string c() const { return "/channels/" + general.str(); }
    /// What the two nodes hold is the same, and nothing was found to be wrong.
    void check_same() {
        CHECK(soon([&] {
            const auto* here = home().guild(guild);
            const auto* there = host().guild(guild);
            return here && there && here->control_size == there->control_size;
        }));
        CHECK(*home().guild(guild) == *host().guild(guild));
        CHECK(home().core().peering->mirrors().find(guild)->state() == peering::MirrorState::live);
    }

    Person carol;
};

}  // namespace

TEST_CASE("roles, members and the guild's settings change from another node") {
    Surface s;
    s.act(Method::patch, s.g(), {{"name", "Renamed"}, {"description", "from afar"}});
    const std::string role = s.make(s.g() + "/roles", {{"name", "one"}});
    const std::string other = s.make(s.g() + "/roles", {{"name", "two"}});
    s.act(Method::patch, s.g() + "/roles/" + role, {{"name", "uno"}, {"color", 255}});
    s.act(
        Method::patch, s.g() + "/roles", json::array{json::object{{"id", role}, {"position", 1}}});
    const std::string carol = s.g() + "/members/" + s.carol.id.str();
    s.act(Method::put, carol + "/roles/" + role);
    s.act(Method::del, carol + "/roles/" + role);
    s.act(Method::patch, carol, {{"nick", "Caro"}, {"roles", json::array{json::string(other)}}});
    s.act(Method::del, s.g() + "/roles/" + other);
    s.act(Method::patch, s.g() + "/members/@me", {{"nick", "far one"}});
    s.act(Method::patch, s.g() + "/members/@me/nick", {{"nick", "farther"}});
    s.check_same();
    CHECK(s.host().guild(s.guild)->guild.name == "Renamed");
    CHECK(s.host().guild(s.guild)->members.find(s.far().id)->nick == "farther");
    CHECK(s.host().guild(s.guild)->members.find(s.carol.id)->nick == "Caro");
}

TEST_CASE("an icon that is too large for a command comes from another node") {
    Surface s;
    std::string uri =
        "data:image/"
        "png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNkYPhfDwAC";
    uri.append(200'000, 'A');
    s.act(Method::patch, s.g(), {{"icon", uri}});
    s.check_same();
    CHECK_FALSE(s.host().guild(s.guild)->guild.icon.empty());
}

TEST_CASE("channels change from another node") {
    Surface s;
    const std::string made = s.make(s.g() + "/channels", {{"name", "new"}, {"type", 0}});
    s.act(Method::patch, "/channels/" + made, {{"topic", "said there"}});
    s.act(Method::patch,
          s.g() + "/channels",
          json::array{json::object{{"id", made}, {"position", 3}}});
    const std::string overwrite = "/channels/" + made + "/permissions/" + s.carol.id.str();
    s.act(Method::put, overwrite, {{"type", 1}, {"deny", "1024"}});
    s.check_same();
    s.act(Method::del, overwrite);
    s.act(Method::del, "/channels/" + made);
    s.check_same();
}

TEST_CASE("messages of others are moderated from another node") {
    Surface s;
    std::vector<std::string> ids;
    for (int i = 0; i < 4; ++i)
        ids.push_back(text_of(
            s.host().ok(Method::post, s.messages(), s.carol, {{"content", std::to_string(i)}}),
            "id"));
    const auto there = [&] {
        const auto list = s.home().ok(Method::get, s.messages(), s.far());
        return list.as_array().size();
    };
    REQUIRE(s.soon([&] { return there() >= 4; }));
    const std::string one = s.c() + "/messages/" + ids[0];
    const std::string thumb = one + "/reactions/%F0%9F%91%8D";
    s.act(Method::put, thumb + "/@me");
    s.host().ok(Method::put, "/api/v10" + thumb + "/@me", s.carol);
    REQUIRE(s.soon([&] {
        const auto m = s.home().ok(Method::get, "/api/v10" + one, s.far());
        const auto& all = m.as_object().at("reactions").as_array();
        return !all.empty() && all[0].as_object().at("count").as_int64() == 2;
    }));
    s.act(Method::del, thumb + "/" + s.carol.id.str());
    s.act(Method::del, thumb + "/@me");
    s.act(Method::put, thumb + "/@me");
    s.act(Method::del, thumb);
    s.act(Method::put, thumb + "/@me");
    s.act(Method::del, one + "/reactions");
    s.act(Method::put, s.c() + "/messages/pins/" + ids[1]);
    s.act(Method::del, s.c() + "/messages/pins/" + ids[1]);
    s.act(Method::put, s.c() + "/pins/" + ids[1]);
    s.act(Method::del, s.c() + "/pins/" + ids[1]);
    s.act(Method::del, one);
    s.act(Method::post,
          s.c() + "/messages/bulk-delete",
          {{"messages", json::array{json::string(ids[1]), json::string(ids[2])}}});
    s.check_same();
    const auto left = s.host().ok(Method::get, s.messages(), s.alice());
    CHECK(text_of(left.as_array()[left.as_array().size() - 1], "content") != "1");
    const auto here = s.home().ok(Method::get, s.messages(), s.far());
    CHECK(here.as_array().size() == left.as_array().size());
}

TEST_CASE("bans, kicks and invites are made from another node") {
    Surface s;
    const std::string invite =
        text_of(s.act(Method::post, s.c() + "/invites", json::object()), "code");
    CHECK(s.act(Method::get, s.c() + "/invites").as_array().size() >= 1);
    CHECK(s.act(Method::get, s.g() + "/invites").as_array().size() >= 1);
    s.act(Method::del, "/invites/" + invite);
    s.act(Method::del, s.g() + "/members/" + s.carol.id.str());
    CHECK(s.host().guild(s.guild)->members.find(s.carol.id) == nullptr);
    const std::string ban = s.g() + "/bans/" + s.carol.id.str();
    s.act(Method::put, ban, {{"delete_message_seconds", 0}});
    CHECK(s.act(Method::get, s.g() + "/bans").as_array().size() == 1);
    s.act(Method::get, ban);
    s.act(Method::del, ban);
    s.act(Method::post,
          s.g() + "/bulk-ban",
          {{"user_ids", json::array{json::string(s.carol.id.str())}}});
    CHECK(s.host().guild(s.guild)->bans.find(s.carol.id) != nullptr);
    const std::string node = s.g() + "/node-bans/" + std::string(64, 'a');
    s.act(Method::put, node);
    s.act(Method::del, node);
    s.check_same();
}

TEST_CASE("a bot of another node comes, registers a command and posts") {
    Surface s;
    const Person bot = s.home().add_bot(s.far(), "helper");
    const auto answer = s.home().call(
        Method::post,
        "/api/v10/oauth2/authorize?client_id=" + bot.id.str() + "&scope=bot&permissions=2048",
        s.far(),
        {{"authorize", true}, {"guild_id", s.guild.str()}});
    INFO(answer.body << s.world.logs());
    REQUIRE(answer.status == 200);
    CHECK(text_of(protocol::parse_json(answer.body).value(), "location") ==
          s.home().core().settings.public_url + "/oauth2/authorized?guild_id=" + s.guild.str());
    const auto* member = s.host().guild(s.guild)->members.find(bot.id);
    REQUIRE(member != nullptr);
    CHECK(member->bot);
    CHECK(protocol::home_of(*s.host().guild(s.guild), *member) == s.home().uid().text());
    const std::string commands =
        "/api/v10/applications/" + bot.id.str() + "/guilds/" + s.guild.str() + "/commands";
    const auto made =
        s.home().call(Method::post, commands, bot, {{"name", "ping"}, {"description", "Pong"}});
    INFO(made.body);
    CHECK(made.status == 201);
    CHECK(s.home().call(Method::post, s.messages(), bot, {{"content", "hi"}}).status == 200);
    const auto index = s.host().ok(
        Method::get, s.guild_path().substr(0) + "/application-command-index", s.alice());
    CHECK(index.as_object().at("application_commands").as_array().size() == 1);
    CHECK(index.as_object().at("applications").as_array().size() == 1);
    s.check_same();
    const std::string id = text_of(protocol::parse_json(made.body).value(), "id");
    CHECK(s.home().call(Method::del, commands + "/" + id, bot).status == 204);
    // Its managed role and its commands go with it.
    s.act(Method::del, s.g() + "/members/" + bot.id.str());
    s.check_same();
}

TEST_CASE("a bot that is refused, or asked for wrongly, does not come to a guild elsewhere") {
    Surface s;
    const Person bot = s.home().add_bot(s.far(), "helper");
    const auto ask = [&](const std::string& query, bool agrees) {
        return s.home().call(Method::post,
                             "/api/v10/oauth2/authorize?client_id=" + bot.id.str() + query,
                             s.far(),
                             {{"authorize", agrees}, {"guild_id", s.guild.str()}});
    };
    const Answer refused = ask("&scope=bot&state=7", false);
    INFO(refused.body);
    CHECK(refused.status == 200);
    CHECK(text_of(protocol::parse_json(refused.body).value(), "location") ==
          s.home().core().settings.public_url + "/oauth2/authorized?state=7&error=access_denied");
    CHECK(ask("&scope=email", true).status == 400);
    CHECK(ask("&scope=bot&redirect_uri=https%3A%2F%2Felse.example", true).status == 400);
    CHECK(s.host().guild(s.guild)->members.find(bot.id) == nullptr);
}

TEST_CASE("what an operator does to the guild of an owner elsewhere is in nobody's name") {
    Surface s;
    s.host().ok(Method::patch, s.guild_path(), s.alice(), {{"owner_id", s.far().id.str()}});
    REQUIRE(s.soon([&] { return s.home().guild(s.guild)->is_owner(s.far().id); }));
    app::ShardServices& services = *s.host().core().services_of.front();
    const auto owner = services::owner_actor(services.ctx, *services.ctx.journal.decided(s.guild));
    CHECK(owner.unnamed);
    const protocol::api::InviteCreate request;
    const auto made = s.world.wait(services.ctx.here,
                                   services.invites.create(owner, s.guild, s.general, request));
    REQUIRE(made);
    const std::string code = made->invite.code;
    CHECK(s.soon([&] { return s.home().guild(s.guild)->invites.find(code) != nullptr; }));
    CHECK(s.act(Method::get, s.g() + "/invites").as_array().size() >= 1);
    CHECK(s.world.wait(services.ctx.here, services.invites.remove(owner, code)));
    CHECK(s.soon([&] { return s.home().guild(s.guild)->invites.find(code) == nullptr; }));
    s.check_same();
}

TEST_CASE("an owner on another node says who takes over, and deletes the guild") {
    Surface s;
    s.host().ok(Method::patch, s.guild_path(), s.alice(), {{"owner_id", s.far().id.str()}});
    REQUIRE(s.soon([&] { return s.home().guild(s.guild)->is_owner(s.far().id); }));
    s.act(Method::patch,
          s.g() + "/hosting",
          {{"successors", json::array{json::string(f::to_hex(s.home().uid()))}}});
    CHECK(s.host().guild(s.guild)->hosting.successors.size() == 1);
    s.check_same();
    const auto seen = s.home().ok(Method::get, s.guild_path() + "/hosting", s.far());
    const std::string place = s.host().ip().str() + ":8447";
    CHECK(seen.at("host").at("endpoints").as_array().front().as_string() == place);
    // The host itself is no successor, by its name and by its uid.
    for (const std::string& own : {s.host().name(), f::to_hex(s.host().uid())}) {
        const Answer no = s.home().call(Method::patch,
                                        s.guild_path() + "/hosting",
                                        s.far(),
                                        {{"successors", json::array{json::string(own)}}});
        CHECK(no.status == 400);
        CHECK(no.body.find(own + " hosts the server already") != std::string::npos);
    }
    s.act(Method::post, s.g() + "/delete");
    CHECK(s.host().guild(s.guild) == nullptr);
    CHECK(s.soon([&] { return s.home().guild(s.guild) == nullptr; }));
}
