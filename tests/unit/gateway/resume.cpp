#include "tests/catch.h"
#include "tests/unit/gateway/support.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::UserId;

namespace {

struct Scene {
    Scene() {
        guild = f.node.make_guild(owner);
        f.node.join(guild, bot);
        channel = f.node.text_channel(guild);
    }
    Client connect(std::int64_t intents = kAllIntents) {
        Client client(f.hub());
        client.identify(token, intents);
        return client;
    }
    void talk(int from, int to) {
        for (int i = from; i <= to; ++i) f.say(owner, channel, std::to_string(i));
    }
    /// A second socket that goes on where the first one stopped.
    Client resume(const Client& old) {
        Client client(f.hub());
        client.resume(token, old.session_id(), old.seq());
        f.node.loop.run();
        return client;
    }
    void restart() {
        f.stop();
        f.start();
    }

    GatewayFixture f;
    UserId owner = f.node.add_user("owner"), bot = f.node.add_user("bot", true);
    std::string token = f.login(bot, true);
    protocol::GuildId guild;
    protocol::ChannelId channel;
};

/// The contents of all messages that came, in order.
std::vector<std::string> contents(const Client& client) {
    std::vector<std::string> out;
    for (const auto& frame : client.frames()) {
        if (frame.at("op") == 0 && frame.at("t") == "MESSAGE_CREATE") {
            out.emplace_back(frame.at("d").at("content").as_string());
        }
    }
    return out;
}

std::vector<std::string> numbers(int from, int to) {
    std::vector<std::string> out;
    for (int i = from; i <= to; ++i) out.push_back(std::to_string(i));
    return out;
}

/// `s` counts on without a gap from `after`; ephemera may be missing.
void check_sequence(const Client& client, std::uint64_t after) {
    for (const auto& frame : client.frames()) {
        if (frame.at("op") != 0) continue;
        const auto s = frame.at("s").to_number<std::uint64_t>();
        CHECK(s > after);
        after = s;
    }
}

}  // namespace

TEST_CASE("RESUME gives what was missed, once and in order, and then RESUMED") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 3);
    const auto seq = client.seq();
    client.cut();
    s.talk(4, 9);
    Client again = s.resume(client);
    CHECK(contents(again) == numbers(4, 9));
    CHECK(again.names().back() == "RESUMED");
    check_sequence(again, seq);
    s.talk(10, 11);
    CHECK(contents(again) == numbers(4, 11));
}

TEST_CASE("a client that lost what was sent gets it again by its own count") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 5);
    client.cut();
    Client again(s.f.hub());
    again.resume(s.token, client.session_id(), client.seq() - 2);
    CHECK(contents(again) == numbers(4, 5));
}

TEST_CASE("what was acknowledged by a heartbeat cannot be asked for again") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 5);
    client.send(1, client.seq());
    client.cut();
    Client again(s.f.hub());
    again.resume(s.token, client.session_id(), client.seq() - 2);
    CHECK(again.has_op(9));
}

TEST_CASE("a RESUME of what is not there gets op 9 false, and the socket goes on") {
    Scene s;
    Client client = s.connect();
    Client stranger(s.f.hub());
    stranger.resume(s.token, "ffffffffffffffffffffffffffffffff", 1);
    s.f.node.loop.run();
    REQUIRE(stranger.frames().size() == 1);
    CHECK(stranger.frames()[0].at("op") == 9);
    CHECK(stranger.frames()[0].at("d") == false);
    CHECK(stranger.close_code() == 0);
    stranger.identify(s.token, kAllIntents);
    CHECK(stranger.count("READY") == 1);

    Client thief(s.f.hub());
    thief.resume(s.f.login(s.owner), client.session_id(), client.seq());
    s.f.node.loop.run();
    CHECK(thief.has_op(9));
    Client ahead(s.f.hub());
    ahead.resume(s.token, client.session_id(), client.seq() + 1);
    CHECK(ahead.close_code() == 4007);
}

TEST_CASE("a token revoked while its RESUME is looked for is as good as none") {
    Scene s;
    const auto revoke = [&](const std::string& token) {
        const journal::SessionClosed closed{services::hash_token(s.f.node.secrets.token_key, token),
                                            s.bot};
        s.f.node.view().load_notice(closed);
        s.f.hub().on_notice(closed);
    };
    // Nothing missed is in memory, so the log is asked; then from what a restart left.
    for (const bool restart : {false, true}) {
        Client client = s.connect();
        s.talk(1, 2);
        const auto& session = *s.f.hub().world().find_session(client.session_id());
        for (auto i = session.ring().first(); i <= session.ring().last(); ++i) {
            session.ring().at(i)->cool();
        }
        client.cut(4200);
        if (restart) s.restart();
        Client again(s.f.hub());
        again.resume(s.token, client.session_id(), 2);
        CHECK(again.close_code() == 0);
        revoke(s.token);
        s.f.node.loop.run();
        CHECK(again.close_code() == 4004);
        CHECK_FALSE(again.has_op(9));
        CHECK(s.f.hub().world().session_count() == 0);
        s.token = s.f.login(s.bot, true);
    }
}

TEST_CASE("a login that runs out while its RESUME is looked for is one no more") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 2);
    s.restart();
    // No notice tells of the end of time: only looking again does.
    journal::SessionOpened opened;
    opened.token = services::hash_token(s.f.node.secrets.token_key, s.token);
    opened.session.user = s.bot;
    opened.session.kind = protocol::SessionKind::bot;
    opened.session.expires_ms = s.f.node.loop.clock.unix_ms() + 1;
    s.f.node.view().load_notice(opened);
    Client again(s.f.hub());
    again.resume(s.token, client.session_id(), client.seq());
    s.f.node.loop.clock.advance(5ms);
    s.f.node.loop.run();
    CHECK(again.close_code() == 4004);
    CHECK(s.f.hub().world().session_count() == 0);
}

TEST_CASE("a session ends when its client closes with 1000 or waits too long") {
    Scene s;
    Client polite = s.connect();
    polite.cut(1000);
    CHECK(s.resume(polite).has_op(9));
    Client late = s.connect();
    late.cut();
    s.f.node.loop.advance(4min);
    Client kept = s.connect();
    kept.cut(4200);
    s.f.node.loop.advance(2min);
    CHECK(s.resume(late).has_op(9));
    CHECK(s.resume(kept).count("RESUMED") == 1);
}

TEST_CASE("a RESUME takes the session from a line that may be dead") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 2);
    Client again = s.resume(client);
    CHECK(client.close_code() == 4000);
    s.talk(3, 3);
    CHECK(contents(again) == numbers(3, 3));
    client.cut(1000);
    s.talk(4, 4);
    CHECK(contents(again) == numbers(3, 4));
}

TEST_CASE("a client cut off among its first guilds begins anew") {
    Scene s;
    Client client(s.f.hub());
    client.inbox().queued = 1 << 20;
    client.identify(s.token, kAllIntents);
    client.cut();
    CHECK(s.resume(client).has_op(9));
}

TEST_CASE("a session resumes after a restart of the node with nothing lost or doubled") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 3);
    const auto seq = client.seq();
    // What happens while the node stops is not told any more, and not lost either.
    s.f.stop();
    CHECK(client.has_op(7));
    s.talk(4, 6);
    CHECK(contents(client) == numbers(1, 3));
    client.cut(4200);
    s.f.start();
    s.talk(7, 8);
    Client again = s.resume(client);
    CHECK(contents(again) == numbers(4, 8));
    CHECK(again.names().back() == "RESUMED");
    check_sequence(again, seq);
    s.talk(9, 9);
    CHECK(contents(again) == numbers(4, 9));
    // And once more, from the ring that was rebuilt.
    Client third(s.f.hub());
    third.resume(s.token, client.session_id(), again.seq() - 1);
    s.f.node.loop.run();
    CHECK(contents(third) == numbers(9, 9));
}

TEST_CASE("after a restart the ring's dispatches come from the logs under their old numbers") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 5);
    const auto frames = client.frames();
    s.restart();
    Client again(s.f.hub());
    again.resume(s.token, client.session_id(), 3);
    s.f.node.loop.run();
    CHECK(contents(again) == numbers(2, 5));
    for (const auto& frame : again.frames()) {
        if (frame.at("op") != 0 || frame.at("t") != "MESSAGE_CREATE") continue;
        CHECK(std::find(frames.begin(), frames.end(), frame) != frames.end());
    }
}

TEST_CASE("edits, deletes and reactions of the time between are told after a restart") {
    Scene s;
    Client client = s.connect();
    const auto kept = s.f.say(s.owner, s.channel, "kept");
    s.f.stop();
    const auto edited = s.f.say(s.owner, s.channel, "first words");
    const auto deleted = s.f.say(s.owner, s.channel, "never seen");
    protocol::api::MessageEdit edit;
    edit.content = protocol::Name<0, protocol::limits::kContentMax>("second words");
    s.f.node.ok(s.f.node.messages.edit(NodeFixture::as(s.owner), s.channel, edited, edit, {}));
    s.f.node.ok(s.f.node.messages.remove(NodeFixture::as(s.owner), s.channel, deleted));
    s.f.node.commit(s.guild, {protocol::ReactionAdded{s.channel, kept, s.owner, {}, "x", s.owner}});
    s.f.start();
    Client again = s.resume(client);
    CHECK(again.names() == std::vector<std::string>{"MESSAGE_CREATE",
                                                    "MESSAGE_UPDATE",
                                                    "MESSAGE_DELETE",
                                                    "MESSAGE_REACTION_ADD",
                                                    "RESUMED"});
    CHECK(again.last("MESSAGE_CREATE").at("content") == "second words");
}

TEST_CASE("a bot without MESSAGE_CONTENT is not shown it by a replay either") {
    Scene s;
    Client client = s.connect(1 << 9);
    s.talk(1, 1);
    s.f.stop();
    s.talk(2, 2);
    s.f.start();
    Client again(s.f.hub());
    again.resume(s.token, client.session_id(), client.seq() - 1);
    s.f.node.loop.run();
    CHECK(contents(again) == std::vector<std::string>{"", ""});
}

TEST_CASE("what a hidden channel says while the node was away stays hidden") {
    Scene s;
    Client client = s.connect();
    s.f.stop();
    protocol::Channel hidden;
    hidden.id = protocol::ChannelId(s.f.node.run(s.f.node.journal.new_id(s.guild)));
    hidden.name = "hidden";
    hidden.overwrites = {{protocol::Snowflake(s.guild.value),
                          protocol::OverwriteType::role,
                          0,
                          protocol::permissions::kViewChannel.bits}};
    s.f.node.commit(s.guild, {protocol::ChannelCreated{hidden}});
    s.f.say(s.owner, hidden.id, "secret");
    s.talk(1, 1);
    s.f.start();
    Client again = s.resume(client);
    CHECK(again.names() == std::vector<std::string>{"MESSAGE_CREATE", "RESUMED"});
}

TEST_CASE("where rights changed while the node was away the session begins anew") {
    Scene s;
    Client client = s.connect();
    s.f.stop();
    protocol::Role role = *s.f.node.state(s.guild).everyone();
    role.permissions = 0;
    s.f.node.commit(s.guild, {protocol::RoleUpdated{role}});
    s.f.start();
    Client again = s.resume(client);
    CHECK(again.has_op(9));
    CHECK(again.names().empty());
}

TEST_CASE("after a crash a client that had received no more than was saved resumes") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 3);
    s.f.node.loop.advance(7s);
    s.f.kill();
    client.cut();
    s.talk(4, 5);
    s.f.start();
    Client again = s.resume(client);
    CHECK(contents(again) == numbers(4, 5));
    CHECK(again.names().back() == "RESUMED");
}

TEST_CASE("after a crash a client that had received more gets op 9 false, never a gap") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 3);
    s.f.node.loop.advance(7s);
    s.talk(4, 4);
    s.f.kill();
    client.cut();
    s.f.start();
    Client again = s.resume(client);
    CHECK(again.has_op(9));
    CHECK(again.names().empty());
}

TEST_CASE("a session that ended is not resumed after a restart") {
    Scene s;
    Client client = s.connect();
    s.f.node.loop.advance(7s);
    client.cut(1000);
    s.restart();
    CHECK(s.resume(client).has_op(9));
}

TEST_CASE("a session that was written down too long ago is not resumed") {
    Scene s;
    Client client = s.connect();
    s.f.stop();
    s.f.node.loop.clock.advance(6min);
    s.f.start();
    CHECK(s.resume(client).has_op(9));
}

TEST_CASE("dispatches whose bodies were given up are read back from the log") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 4);
    const auto& session = *s.f.hub().world().find_session(client.session_id());
    for (std::uint64_t i = session.ring().first(); i <= session.ring().last(); ++i) {
        session.ring().at(i)->cool();
    }
    client.cut();
    Client again(s.f.hub());
    again.resume(s.token, client.session_id(), 2);
    s.f.node.loop.run();
    CHECK(contents(again) == numbers(1, 4));
}
