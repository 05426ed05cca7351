// Calls to a host that is away, and over lines that break or die without a word, between whole
// nodes.
#include "tests/unit/peering/joined.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using base::http::Method;

TEST_CASE("without its host a guild can be read and not written") {
    Joined s;
    REQUIRE(s.say(s.home(), s.bob, "before").status == 200);
    s.host().crash();
    const Answer refused = s.say(s.home(), s.bob, "lost");
    CHECK(refused.status == 503);
    CHECK(refused.code() == 130000);
    CHECK(s.read(s.home(), s.bob) == std::vector<std::string>{"before"});
    s.host().start();
    s.world.advance(30s);
    CHECK(s.say(s.home(), s.bob, "after").status == 200);
    CHECK(s.read(s.host(), s.alice) == std::vector<std::string>{"after", "before"});
}

TEST_CASE("nobody waits for a host that is known to be away") {
    Joined s;
    const auto waited = [&] {
        const auto before = s.world.clock.now();
        const Answer refused = s.say(s.home(), s.bob, "lost");
        CHECK(refused.code() == 130000);
        return s.world.clock.now() - before;
    };
    // Nothing answers there, not even to say that nobody listens.
    s.world.net.partition(s.host().ip(), s.home().ip());
    s.world.net.cut(s.host().ip(), s.home().ip());
    s.world.advance(30s);
    CHECK(waited() <= 500ms);
    CHECK(waited() <= 500ms);
    s.world.net.heal();
    REQUIRE(s.soon([&] { return s.say(s.home(), s.bob, "after").status == 200; }));
    // A link that was lost a moment ago is worth waiting for.
    s.host().crash();
    auto call = s.home().begin(Method::post, s.messages(), s.bob, {{"content", "soon"}});
    s.world.advance(1s);
    s.host().start();
    REQUIRE(s.soon([&] { return call->answer.has_value(); }));
    CHECK(call->answer->status == 200);
}

TEST_CASE("a line that died without a word costs calls seconds, and only once") {
    Joined s;
    s.world.advance(1min);
    const auto counted = [&](const std::function<void()>& work) {
        const auto before = s.world.clock.now();
        work();
        return s.world.clock.now() - before;
    };
    const auto refused = [&] { CHECK(s.say(s.home(), s.bob, "lost").code() == 130000); };
    s.world.net.partition(s.host().ip(), s.home().ip());
    std::vector<std::shared_ptr<PendingCall>> calls;
    for (int i = 0; i < 3; ++i)
        calls.push_back(
            s.home().begin(Method::post, s.messages(), s.bob, {{"content", "under way"}}));
    const auto first = counted(
        [&] { REQUIRE(s.soon([&] { return calls.back()->answer && calls.front()->answer; })); });
    // 2 s of doubt, 5 s for a sign of life, and one short attempt to dial.
    CHECK(first <= 8s);
    for (const auto& call : calls) CHECK(call->answer->code() == 130000);
    CHECK(counted(refused) <= 500ms);
    s.world.net.heal();
    REQUIRE(s.soon([&] { return s.say(s.home(), s.bob, "after").status == 200; }));
}

TEST_CASE("a call over a line that died is run over the next one, if there is one at once") {
    Joined s;
    s.world.advance(1min);
    const auto peer = s.home().core().peering->peers().find(s.host().uid());
    REQUIRE(peer->is_open());
    s.world.net.partition(s.host().ip(), s.home().ip());
    const auto call = s.home().begin(Method::post, s.messages(), s.bob, {{"content", "once"}});
    REQUIRE(s.soon([&] { return !peer->is_open(); }));
    // As a router does that forgot the connection: what is dialed now passes.
    s.world.net.heal();
    REQUIRE(s.world.run_until([&] { return call->answer.has_value(); }, 1s));
    CHECK(call->answer->status == 200);
    CHECK(s.comes(s.host(), s.alice, "once"));
    CHECK(s.read(s.host(), s.alice) == std::vector<std::string>{"once"});
}

TEST_CASE("ten minutes without a link, while both sides write, lose no word and double none") {
    Joined s(3);
    const Person carol = s.world[2].add_user("carol");
    REQUIRE(s.join(s.world[2], carol).status == 200);
    REQUIRE(s.say(s.home(), s.bob, "before").status == 200);
    REQUIRE(s.comes(s.world[2], carol, "before"));
    // Of one node with both others, of which one hosts: all live on.
    s.world.net.partition(s.host().ip(), s.home().ip());
    s.world.net.partition(s.world[2].ip(), s.home().ip());
    std::vector<std::string> said{"before"};
    std::vector<std::string> refused;
    for (int minute = 0; minute < 10; ++minute) {
        const std::string number = std::to_string(minute);
        REQUIRE(s.say(s.host(), s.alice, "a" + number).status == 200);
        REQUIRE(s.say(s.world[2], carol, "c" + number).status == 200);
        said.push_back("a" + number);
        said.push_back("c" + number);
        auto lost = s.home().begin(
            Method::post, s.messages(), s.bob, {{"content", "b" + number}, {"nonce", number}});
        REQUIRE(s.world.run_until([&] { return lost->answer.has_value(); }));
        CHECK(lost->answer->status == 503);
        refused.push_back("b" + number);
        // What was there before is read on.
        CHECK(s.read(s.home(), s.bob) == std::vector<std::string>{"before"});
        s.world.advance(1min);
    }
    s.world.net.heal();
    REQUIRE(s.world.run_until([&] { return s.say(s.home(), s.bob, "after").status == 200; }, 2min));
    s.world.advance(30s);
    std::ranges::reverse(said);
    auto here = s.read(s.host(), s.alice);
    INFO(s.world.logs());
    CHECK(s.read(s.home(), s.bob) == here);
    CHECK(s.read(s.world[2], carol) == here);
    // Who was told that it failed may have been heard later, as with any lost answer: once at most.
    for (const std::string& text : refused) CHECK(std::ranges::count(here, text) <= 1);
    std::erase_if(
        here, [](const std::string& text) { return text.starts_with("b") && text != "before"; });
    REQUIRE(here.front() == "after");
    here.erase(here.begin());
    CHECK(here == said);
    CHECK(s.host().view().role(s.guild) == journal::GuildRole::hosted);
    CHECK(s.home().view().role(s.guild) == journal::GuildRole::mirrored);
}

TEST_CASE("a command that is under way when the link is lost is run once") {
    Joined s;
    for (int i = 0; i < 20; ++i) {
        auto call = s.home().begin(
            Method::post, s.messages(), s.bob, {{"content", "m" + std::to_string(i)}});
        s.host().crash_after(static_cast<std::uint64_t>(3 * i + 1));
        s.world.run_until([&] { return !s.host().is_up(); }, 5s);
        // Where it had less to do than that, it does not die in what follows.
        s.host().crash_after(0);
        if (!s.host().is_up()) s.host().start();
        REQUIRE(s.world.run_until([&] { return call->answer.has_value(); }));
        const auto seen = s.read(s.host(), s.alice);
        const auto copies = std::count(seen.begin(), seen.end(), "m" + std::to_string(i));
        INFO(i << " " << call->answer->status << " " << call->answer->body);
        CHECK(copies <= 1);
        if (call->answer->status < 300) CHECK(copies == 1);
    }
}
