// Commands of a home node that lies: rows 1, 3, 4, 5, 7, 15, 36 and 37 of the threats. The host
// runs nothing, says why, and remembers who it was.
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"
#include "tests/unit/peering/evil_host.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using f::ProblemCode;

namespace {

std::size_t strikes(EvilGuest& s) {
    return s.host().core().peering->peers().find(s.evil.uid())->policy().strikes();
}

}  // namespace

TEST_CASE("an honest command of the evil peer is run: the other tests refuse something") {
    EvilGuest s;
    s.join();
    CHECK(s.is_member(s.mallory.id));
    CHECK(s.send(s.say("hello")) == 200);
    CHECK(s.texts() == std::vector<std::string>{"hello"});
    CHECK_FALSE(s.result.receipt.empty());
    CHECK(strikes(s) == 0);
}

TEST_CASE("row 1: a command in the name of another node's user is refused and is a strike") {
    EvilGuest s;
    s.join();
    const auto before = s.entries();
    // The host's own user.
    CHECK(s.send(s.sign(s.header(s.owner.id, s.channel), s.post("I am the owner"))) == 0);
    CHECK(s.problem == ProblemCode::forbidden);
    CHECK(strikes(s) == 1);
    // One of a third node.
    EvilPeer third(s.world, "third.example", 12);
    const EvilUser other(third, "other", 50);
    CHECK(s.send(s.sign(s.header(other.id, s.channel), s.post("I am another"))) == 0);
    CHECK(s.entries() == before);
    // In the name of another origin.
    f::CommandHeader header = s.header(s.mallory.id, s.channel);
    header.origin_uid = third.uid();
    CHECK(s.send(s.sign(header, s.post("from elsewhere"))) == 0);
    CHECK(s.problem == ProblemCode::forbidden);
    CHECK(s.entries() == before);
}

TEST_CASE("row 3: a command with any part of it changed is refused, with each by itself") {
    using Change = std::function<void(f::SignedCommand&)>;
    const auto flip = [](std::size_t at) {
        return [at](f::SignedCommand& c) { c.header[at] ^= 1; };
    };
    // The fields of the header by where they begin; every bit is federation's test.
    const std::vector<std::pair<std::string, Change>> changes{
        {"version", flip(0)},
        {"guild", flip(1)},
        {"epoch", flip(33)},
        {"origin", flip(41)},
        {"number", flip(73)},
        {"actor", flip(81)},
        {"channel", flip(89)},
        {"time", flip(97)},
        {"end of its time", flip(105)},
        {"body's hash", flip(113)},
        {"last byte of the header", flip(144)},
        {"signature", [](f::SignedCommand& c) { c.signature.data()[5] ^= 1; }},
        {"signature's end", [](f::SignedCommand& c) { c.signature.data()[63] ^= 1; }},
        {"salt", [](f::SignedCommand& c) { c.body[0] ^= 1; }},
        {"call", [](f::SignedCommand& c) { c.body[20] ^= 1; }},
        {"end of the call", [](f::SignedCommand& c) { c.body.pop_back(); }},
        {"body", [](f::SignedCommand& c) { c.body.clear(); }},
        {"end of the header", [](f::SignedCommand& c) { c.header.pop_back(); }},
        {"longer header", [](f::SignedCommand& c) { c.header.push_back(0); }},
    };
    // A fresh peer each time: strikes of one would put it out before the last of them.
    for (const auto& [name, change] : changes) {
        EvilGuest s;
        s.join();
        const auto before = s.entries();
        f::SignedCommand bad = s.say("good");
        const f::SignedCommand good = bad;
        change(bad);
        INFO(name);
        REQUIRE(s.evil.is_open());
        CHECK(s.send(bad) / 100 != 2);
        CHECK(s.entries() == before);
        CHECK(s.texts().empty());
        // What was refused took nothing away from the true one.
        if (s.evil.is_open()) CHECK(s.send(good) == 200);
    }
}

TEST_CASE("row 3: who sends five such commands within the hour is put out") {
    EvilGuest s;
    s.join();
    const auto before = s.entries();
    const f::SignedCommand good = s.say("good");
    for (std::size_t i = 0; i < 5; ++i) {
        f::SignedCommand bad = good;
        bad.signature.data()[i] ^= 1;
        REQUIRE(s.evil.is_open());
        CHECK(s.send(bad) == 0);
    }
    s.world.advance(6s);
    CHECK_FALSE(s.evil.is_open());
    const auto peer = s.host().core().peering->peers().find(s.evil.uid());
    CHECK(peer->standing().quarantined_until_ms > s.world.clock.unix_ms());
    CHECK(s.entries() == before);
}

TEST_CASE("row 4: a signature for another guild or another purpose is refused") {
    EvilGuest s(1);
    s.join();
    const auto other =
        s.host().ok(EvilGuest::Method::post, "/api/v10/guilds", s.owner, {{"name", "Other"}});
    const auto other_id = *protocol::parse_id<protocol::GuildId>(other.at("id").as_string());
    const auto before = s.entries();
    // For a guild that mallory is not in, about a channel of the one that she is in.
    f::CommandHeader header = s.header(s.mallory.id, s.channel);
    header.guild_uid = *f::Hash32::from(std::string_view(s.host().guild(other_id)->guild.uid));
    CHECK(s.send(s.sign(header, s.post("wrong guild"))) == 0);
    CHECK(s.problem == ProblemCode::not_found);
    // A guild that does not exist.
    header.guild_uid.fill(77);
    CHECK(s.send(s.sign(header, s.post("no guild"))) == 0);
    CHECK(s.problem == ProblemCode::not_found);
    // The same bytes under another domain: a receipt's signature is no command's.
    f::SignedCommand bad = s.say("domain");
    bad.signature = s.evil.key().sign(f::Domain::receipt, f::ByteView(bad.header));
    CHECK(s.send(bad) == 0);
    CHECK(s.problem == ProblemCode::bad_signature);
    CHECK(s.entries() == before);
}

TEST_CASE("row 5: one command a thousand times, over links and a restart, is one entry") {
    EvilGuest s;
    s.join();
    const f::SignedCommand once = s.say("once");
    REQUIRE(s.send(once) == 200);
    const std::string receipt = s.result.receipt;
    const auto before = s.entries();
    for (int round = 0; round < 10; ++round) {
        for (int i = 0; i < 100; ++i) {
            const int status = s.send(once);
            // The peer's own limits may ask it to wait; never anything else.
            if (status == 0) {
                const bool waits = s.problem == ProblemCode::rate_limited ||
                                   s.problem == ProblemCode::busy || s.problem == ProblemCode::skew;
                if (!waits) {
                    INFO(f::name_of(s.problem));
                    REQUIRE(waits);
                }
                s.world.advance(100ms);
                continue;
            }
            CHECK(status == 200);
            CHECK(s.result.receipt == receipt);
        }
        s.evil.hang_up();
        if (round == 4) {
            s.host().crash();
            s.host().start();
        }
        s.evil.open(s.host());
    }
    CHECK(s.entries() == before);
    CHECK(s.texts() == std::vector<std::string>{"once"});
}

TEST_CASE("row 7: numbers may be skipped; one used for two commands is a conflict") {
    EvilGuest s;
    s.join();
    const f::SignedCommand first = s.say("first");
    s.seq += 100;
    const f::SignedCommand later = s.say("later");
    CHECK(s.send(later) == 200);
    CHECK(s.send(first) == 200);
    CHECK(s.texts() == std::vector<std::string>{"later", "first"});

    --s.seq;
    const auto before = s.entries();
    CHECK(s.send(s.say("other words, same number")) == 0);
    CHECK(s.problem == ProblemCode::conflict);
    CHECK(strikes(s) == 1);
    s.world.run();
    CHECK(evidence_kinds(s.host(), s.guild) == std::vector<std::string>{"conflicting commands"});
    // Below the window nothing is known any more.
    s.seq += 5000;
    CHECK(s.send(s.say("far ahead")) == 200);
    f::CommandHeader old = s.header(s.mallory.id, s.channel);
    old.origin_seq = 50;
    CHECK(s.send(s.sign(old, s.post("long ago"))) == 0);
    CHECK(s.problem == ProblemCode::stale);
    CHECK(s.entries() == before + 1);
}

TEST_CASE("row 15: a banned user's commands do nothing, however old") {
    EvilGuest s;
    s.join();
    const f::SignedCommand kept_back = s.say("from before the ban");
    s.host().ok(EvilGuest::Method::put,
                "/api/v10/guilds/" + s.guild.str() + "/bans/" + s.mallory.id.str(),
                s.owner,
                json::object{});
    CHECK_FALSE(s.is_member(s.mallory.id));
    const auto before = s.entries();
    CHECK(s.send(kept_back) != 200);
    CHECK(s.send(s.join_command(s.mallory)) != 200);
    CHECK(s.entries() <= before + 1);  // Her node's keys may be told again.
    CHECK(s.texts().empty());
    CHECK_FALSE(s.is_member(s.mallory.id));
}

TEST_CASE("row 15: a banned node's commands do nothing, whosever and however old") {
    EvilGuest s;
    s.join();
    const f::SignedCommand kept_back = s.say("from before the ban");
    const std::string ban =
        "/api/v10/guilds/" + s.guild.str() + "/node-bans/" + f::to_hex(s.evil.uid());
    s.host().ok(EvilGuest::Method::put, ban, s.owner, json::object{});
    s.world.advance(1s);
    CHECK_FALSE(s.is_member(s.mallory.id));
    const auto before = s.entries();
    const EvilUser another(s.evil, "another", 41);
    s.show(another);
    CHECK(s.send(kept_back) != 200);
    CHECK(s.send(s.join_command(s.mallory)) != 200);
    CHECK(s.send(s.join_command(another)) != 200);
    CHECK(s.entries() == before);
    CHECK(s.texts().empty());
    CHECK_FALSE(s.is_member(s.mallory.id));
    CHECK_FALSE(s.is_member(another.id));
    // It was the ban.
    s.host().ok(EvilGuest::Method::del, ban, s.owner);
    CHECK(s.send(s.join_command(another)) == 200);
    CHECK(s.is_member(another.id));
}

TEST_CASE("row 15: a command is not run after its time, and none lives longer than ten minutes") {
    EvilGuest s;
    s.join();
    const auto before = s.entries();
    const f::SignedCommand late = s.say("late");
    f::CommandHeader header = s.header(s.mallory.id, s.channel);
    header.expires_ms = header.client_ts_ms + 11 * 60'000;
    CHECK(s.send(s.sign(header, s.post("for ever"))) == 0);
    CHECK(s.problem == ProblemCode::malformed);
    s.world.advance(31s);
    REQUIRE(s.evil.is_open());
    CHECK(s.send(late) == 0);
    CHECK(s.entries() == before);
}

TEST_CASE("row 36: a clock an hour ahead or behind is told the host's time") {
    EvilGuest s;
    s.join();
    for (const std::int64_t apart : {-3'600'000, 3'600'000}) {
        f::CommandHeader header = s.header(s.mallory.id, s.channel);
        header.client_ts_ms += apart;
        header.expires_ms += apart;
        const auto answer = s.evil.ask(f::frame_of(s.sign(header, s.post("when?")), true));
        REQUIRE(answer);
        const auto* problem = std::get_if<f::Problem>(&*answer);
        REQUIRE(problem);
        CHECK(problem->code == ProblemCode::skew);
        CHECK(problem->nowMs == s.world.clock.unix_ms());
    }
    CHECK(strikes(s) == 0);
    CHECK(s.texts().empty());
}

TEST_CASE("row 36: two nodes whose clocks are an hour apart share a guild") {
    for (const std::int64_t skew : {-3'600'000, 3'600'000}) {
        EvilGuest s(2);
        s.world[1].clock.skew_ms = skew;
        const Person bob = s.world[1].add_user("bob");
        s.world[1].ok(EvilGuest::Method::post,
                      "/api/v10/invites/" + s.code + "@a.example",
                      bob,
                      json::object{});
        const Answer said = s.world[1].call(EvilGuest::Method::post,
                                            "/api/v10/channels/" + s.channel + "/messages",
                                            bob,
                                            {{"content", "what time is it?"}});
        INFO(said.body << s.world.logs());
        CHECK(said.status == 200);
        CHECK(s.texts() == std::vector<std::string>{"what time is it?"});
    }
}

TEST_CASE("row 37: what is not for other nodes is not run for them") {
    const auto call = [](std::string method, std::string route, std::vector<std::string> params) {
        f::ApiCall out;
        out.method = std::move(method);
        out.route = std::move(route);
        out.params = std::move(params);
        out.json = "{}";
        out.version = 10;
        return out;
    };
    const std::vector<f::ApiCall> calls{
        call("PATCH", "/users/@me", {}),
        call("GET", "/users/@me", {}),
        call("POST", "/auth/login", {}),
        call("POST", "/guilds", {}),
        call("DELETE", "/guilds/{guild_id}", {}),
        call("POST", "/no/such/route", {}),
        call("BREW", "/channels/{channel_id}/messages", {}),
        call("POST", "/channels/{channel_id}/messages", {"../../users/@me"}),
        call("POST", "/channels/{channel_id}/messages", {}),
        call("POST", "/channels/{channel_id}/messages", {"1", "2"}),
        call("POST", "/channels/1/messages", {}),
    };
    for (const f::ApiCall& bad : calls) {
        EvilGuest s;
        s.join();
        const auto before = s.entries();
        f::ApiCall whole = bad;
        if (whole.route == "/guilds/{guild_id}") whole.params = {s.guild.str()};
        const int status = s.send(whole);
        INFO(whole.method << " " << whole.route << " " << status << " " << s.result.json);
        CHECK(status / 100 != 2);
        CHECK(s.entries() == before);
        CHECK(s.host().guild(s.guild) != nullptr);
    }
}

TEST_CASE("row 37: a command about another guild's channel is a 404, whoever may write there") {
    EvilGuest s;
    s.join();
    const auto other =
        s.host().ok(EvilGuest::Method::post, "/api/v10/guilds", s.owner, {{"name", "Other"}});
    const auto there =
        s.host().ok(EvilGuest::Method::post,
                    "/api/v10/guilds/" + std::string(other.at("id").as_string()) + "/channels",
                    s.owner,
                    {{"name", "elsewhere"}});
    f::ApiCall call = s.post("from next door");
    call.params = {std::string(there.at("id").as_string())};
    CHECK(s.send(call) / 100 != 2);
    call.params = {"1"};
    CHECK(s.send(call) / 100 != 2);
    CHECK(s.entries() > 0);
}
