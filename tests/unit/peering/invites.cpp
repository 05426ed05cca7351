// Invites of other nodes, between whole nodes: where they lead, and what is said when they do not.
#include "tests/unit/peering/joined.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using base::http::Method;

namespace f = federation;

TEST_CASE("an invite of another node leads into its guild") {
    Joined s;
    INFO(s.joined->body << s.world.logs());
    REQUIRE(s.joined->status == 200);
    REQUIRE(s.home().guild(s.guild) != nullptr);
    const auto& state = *s.host().guild(s.guild);
    const auto* member = state.members.find(s.bob.id);
    REQUIRE(member != nullptr);
    CHECK(protocol::home_of(state, *member) == s.home().uid().text());
    CHECK(state.identities.find(std::string(s.home().uid().text())) != nullptr);
    const auto* user = s.host().view().user(s.bob.id);
    REQUIRE(user != nullptr);
    CHECK((*user)->username == "bob@b.example");
    // And the owner is known at home.
    REQUIRE(s.soon([&] { return s.home().view().user(s.alice.id) != nullptr; }));
    CHECK((*s.home().view().user(s.alice.id))->username == "alice@a.example");
    const auto guilds = s.home().ok(Method::get, "/api/v10/users/@me/guilds", s.bob);
    CHECK(guilds.as_array().size() == 1);
}

TEST_CASE("an invite of another node says on which node its inviter lives") {
    Joined s;
    const auto seen = s.home().ok(Method::get, s.invite_path(), s.bob);
    CHECK(text_of(seen.at("inviter"), "username") == "alice@a.example");
    const auto taken = s.home().ok(Method::post, s.invite_path(), s.bob, json::object());
    CHECK(text_of(taken.at("inviter"), "username") == "alice@a.example");
}

TEST_CASE("an operator reads why an invite's node was not reached, and no code") {
    FedNodes world(1);
    const Person bob = world[0].add_user("bob");
    const Answer none = world[0].call(
        Method::post, "/api/v10/invites/sEcrEt1@198.41.0.99:8447", bob, json::object());
    CHECK(none.status == 503);
    INFO(world.logs());
    CHECK(world[0].log.contains("the node of an invite cannot be reached"));
    CHECK(world[0].log.contains("198.41.0.99:8447: "));
    CHECK_FALSE(world[0].log.contains("sEcrEt1"));
}

TEST_CASE("an invite of one's own node is taken there, whatever its address is") {
    Joined s;
    const Person dave = s.host().add_user("dave");
    for (const std::string& node :
         {s.host().name(),
          s.host().name() + ":9999",
          s.host().ip().str() + ":8447",
          s.host().ip().str() + ":8447~" + f::to_hex(s.host().uid()).substr(0, 8)}) {
        CAPTURE(node);
        const std::string path = s.invite_path();
        const std::string code = path.substr(0, path.find('@'));
        CHECK(s.host().call(Method::get, code + "@" + node, dave).status == 200);
        const Answer taken = s.host().call(Method::post, code + "@" + node, dave, json::object());
        INFO(taken.body << s.world.logs());
        CHECK(taken.status == 200);
        CHECK(s.host().guild(s.guild)->members.find(dave.id) != nullptr);
        s.host().ok(Method::del, "/api/v10/users/@me/guilds/" + s.guild.str(), dave);
    }
    const std::string unknown = "/api/v10/invites/nOsUcH1@" + s.host().name();
    CHECK(s.host().call(Method::get, unknown, dave).status == 404);
    const std::string pinned = unknown + "~" + f::to_hex(s.home().uid()).substr(0, 8);
    CHECK(s.host().call(Method::get, pinned, dave).status == 409);
}

TEST_CASE("an invite that leads to another node than its uid says is refused as such") {
    Joined s;
    const std::string pinned = s.invite_path() + "~" + f::to_hex(s.home().uid()).substr(0, 8);
    const Answer wrong = s.home().call(Method::get, pinned, s.bob);
    INFO(wrong.body << s.world.logs());
    CHECK(wrong.status == 409);
    CHECK(wrong.body.find("Another node answers") != std::string::npos);
    const std::string right = s.invite_path() + "~" + f::to_hex(s.host().uid()).substr(0, 8);
    CHECK(s.home().call(Method::get, right, s.bob).status == 200);
}

TEST_CASE("an invite of a node that one of the two blocks says who blocks whom") {
    Joined s;
    const auto block = [](FedNode& node, const f::Hash32& whom, f::Trust trust) {
        auto& directory = node.core().peering->peers().directory();
        f::Standing standing = directory.find(whom)->standing;
        standing.trust = trust;
        standing.by_operator = true;
        directory.set_standing(whom, standing);
        if (const auto peer = node.core().peering->peers().find(whom))
            peer->close({f::ProblemCode::blocked, "blocked"});
    };
    const std::string path = s.invite_path();
    block(s.home(), s.host().uid(), f::Trust::blocked);
    s.world.advance(10s);
    const Answer here = s.home().call(Method::get, path, s.bob);
    INFO(here.body << s.world.logs());
    CHECK(here.status == 403);
    CHECK(here.body.find("This node does not link with that one") != std::string::npos);
    // What is written there is as without a host, and says why.
    const Answer said = s.say(s.home(), s.bob, "hello?");
    CHECK(said.status == 503);
    CHECK(said.body.find("its operator blocks it") != std::string::npos);

    block(s.home(), s.host().uid(), f::Trust::allowed);
    block(s.host(), s.home().uid(), f::Trust::blocked);
    const Answer there = s.home().call(Method::get, path, s.bob);
    INFO(there.body);
    CHECK(there.status == 403);
    CHECK(there.body.find("That node does not link with this one") != std::string::npos);

    block(s.host(), s.home().uid(), f::Trust::held);
    const Answer waits = s.home().call(Method::get, path, s.bob);
    CHECK(waits.status == 403);
    CHECK(waits.body.find("has not decided") != std::string::npos);
}

TEST_CASE("an invite that is looked at again and again, and by many at once, needs one link") {
    Joined s;
    const std::string path = s.invite_path();
    REQUIRE(s.home().call(Method::get, path, s.bob).status == 200);
    const auto links = [&] {
        const std::string all = s.home().core().metrics.text();
        const auto at = all.find("guildhall_dials_total{reached=\"yes\"}");
        return all.substr(at, all.find('\n', at) - at);
    };
    const std::string before = links();
    std::vector<std::shared_ptr<PendingCall>> calls;
    for (int i = 0; i < 8; ++i) calls.push_back(s.home().begin(Method::get, path, s.bob));
    REQUIRE(s.world.run_until([&] {
        return std::ranges::all_of(calls, [](const auto& c) { return c->answer.has_value(); });
    }));
    for (const auto& call : calls) CHECK(call->answer->status == 200);
    CHECK(links() == before);
    CHECK(s.world.net.connections() == 1);

    // Those who ask at once while there is no link share one dial.
    s.home().core().peering->peers().find(s.host().uid())->close({f::ProblemCode::renew, "cut"});
    s.world.run();
    calls.clear();
    for (int i = 0; i < 8; ++i) calls.push_back(s.home().begin(Method::get, path, s.bob));
    REQUIRE(s.world.run_until([&] {
        return std::ranges::all_of(calls, [](const auto& c) { return c->answer.has_value(); });
    }));
    for (const auto& call : calls) CHECK(call->answer->status == 200);
    s.world.advance(10s);
    CHECK(s.world.net.connections() == 1);
}
