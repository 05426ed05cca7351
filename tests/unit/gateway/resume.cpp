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

namespace {

base::Task<void> say(Scene& s, std::string text) {
    protocol::api::MessageCreate request;
    request.content = std::move(text);
    const services::Actor owner = NodeFixture::as(s.owner);
    auto said = s.f.node.messages.create(owner, s.channel, request, {});
    co_await std::move(said);
}

}  // namespace

TEST_CASE("what a resuming session reads before it is published is told once") {
    Scene s;
    Client client = s.connect();
    s.talk(1, 2);
    s.restart();
    s.f.db.reads = 0;
    s.f.db.at_once = 1;  // The session's row; what it missed waits.
    Client again = s.resume(client);
    REQUIRE(s.f.db.waiting.size() == 1);
    // It is read when the batch that holds a message is durable and the journal has not heard.
    s.f.node.db->hold();
    store::WriteJob first;
    first.run = [](store::Tx&) { return protocol::Status(); };
    first.done = [&](const protocol::Status&) { s.f.db.release(); };
    s.f.node.db->write(std::move(first));
    s.f.node.loop.clock.advance(1ms);
    s.f.node.loop.shard().spawn("say", say(s, "3"));
    s.f.node.loop.run();
    s.f.node.db->release();
    s.f.node.loop.run();
    s.talk(4, 4);
    CHECK(contents(again) == numbers(3, 4));
    check_sequence(again, client.seq());
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

namespace {

/// A witness on a gateway that never stops, and a client of the same bot on one that does.
struct Away {
    Away() {
        witness.identify(s.token, kIntents);
        // A node starts after what it finds.
        s.f.node.loop.clock.advance(1ms);
        s.f.start();
        client = std::make_unique<Client>(s.f.hub());
        client->identify(s.token, kIntents);
        witness.forget();
        s.f.stop();
    }
    /// What the client is given when it comes back is what the witness got meanwhile.
    void check() {
        s.f.start();
        Client again(s.f.hub());
        again.resume(s.token, client->session_id(), client->seq());
        s.f.node.loop.run();
        CHECK_FALSE(again.has_op(9));
        auto told = dispatches(again);
        REQUIRE_FALSE(told.empty());
        CHECK(told.back().at("t") == "RESUMED");
        told.pop_back();
        const auto expected = dispatches(witness);
        for (std::size_t i = 0; i < std::max(told.size(), expected.size()); ++i) {
            const json::value none;
            CHECK((i < told.size() ? json::value(told[i]) : none) ==
                  (i < expected.size() ? json::value(expected[i]) : none));
        }
        check_sequence(again, client->seq());
    }
    static std::vector<json::object> dispatches(const Client& from) {
        std::vector<json::object> out;
        for (const auto& frame : from.frames()) {
            if (frame.at("op") != 0) continue;
            json::value d = frame.at("d");
            forget_newest(d);
            out.push_back({{"t", frame.at("t")}, {"d", std::move(d)}});
        }
        return out;
    }
    /// A channel's newest message is not of its history: it is the newest when it is told.
    static void forget_newest(json::value& value) {
        if (auto* object = value.if_object()) {
            object->erase("last_message_id");
            for (auto& item : *object) forget_newest(item.value());
        }
        if (auto* array = value.if_array()) {
            for (auto& item : *array) forget_newest(item);
        }
    }
    /// Commits, and time goes on.
    void happen(protocol::GuildId guild, std::vector<protocol::Event> events) {
        s.f.node.loop.clock.advance(1ms);
        s.f.node.commit(guild, std::move(events));
    }
    protocol::Channel hidden(protocol::Channel channel, bool is_hidden = true) {
        channel.overwrites.clear();
        if (is_hidden) {
            channel.overwrites.push_back({protocol::Snowflake(s.guild.value),
                                          protocol::OverwriteType::role,
                                          0,
                                          protocol::permissions::kViewChannel.bits});
        }
        return channel;
    }

    // All but presences, which are not of the logs.
    static constexpr std::int64_t kIntents = kAllIntents & ~(1 << 8);

    Scene s;
    Client witness{s.f.hub()};
    std::unique_ptr<Client> client;
};

}  // namespace

TEST_CASE("what rights changed while the node was away is told as it would have been then") {
    Away a;
    Scene& s = a.s;
    const protocol::Channel channel = *s.f.node.state(s.guild).channels.find(s.channel);
    protocol::Role everyone = *s.f.node.state(s.guild).everyone();
    const auto rights = everyone.permissions;
    s.talk(1, 2);
    a.happen(s.guild, {protocol::ChannelUpdated{a.hidden(channel)}});
    s.talk(3, 4);  // Not seen, whatever is seen now.
    a.happen(s.guild, {protocol::ChannelUpdated{a.hidden(channel, false)}});
    s.talk(5, 5);
    everyone.permissions = 0;
    a.happen(s.guild, {protocol::RoleUpdated{everyone}});
    s.talk(6, 6);
    protocol::Role role{.id = protocol::RoleId(900), .name = "seer", .position = 1};
    role.permissions = protocol::permissions::kViewChannel.bits;
    a.happen(s.guild, {protocol::RoleCreated{role}});
    protocol::Member bot = *s.f.node.state(s.guild).members.find(s.bot);
    bot.roles = {role.id};
    a.happen(s.guild, {protocol::MemberUpdated{bot}});
    s.talk(7, 7);
    a.happen(s.guild, {protocol::RoleDeleted{role.id}});
    s.talk(8, 8);
    everyone.permissions = rights | protocol::permissions::kAdministrator.bits;
    a.happen(s.guild, {protocol::RoleUpdated{everyone}});
    s.talk(9, 9);
    a.check();
    CHECK(contents(a.witness) == std::vector<std::string>{"1", "2", "5", "7", "9"});
}

TEST_CASE("what else needs the guild as it was is told after a restart too") {
    Away a;
    Scene& s = a.s;
    protocol::Guild guild = s.f.node.state(s.guild).guild;
    guild.name = "Between";
    a.happen(s.guild, {protocol::GuildUpdated{guild}});
    protocol::Channel made;
    made.id = protocol::ChannelId(s.f.node.run(s.f.node.journal.new_id(s.guild)));
    made.name = "made";
    a.happen(s.guild, {protocol::ChannelCreated{made}});
    s.f.say(s.owner, made.id, "in what is new");
    a.happen(s.guild, {protocol::InviteCreated{{.code = "abc", .channelId = made.id}}});
    protocol::Channel brief = made;
    brief.id = protocol::ChannelId(s.f.node.run(s.f.node.journal.new_id(s.guild)));
    a.happen(s.guild, {protocol::ChannelCreated{brief}});
    a.happen(s.guild, {protocol::ChannelDeleted{brief.id}});
    protocol::Role everyone = *s.f.node.state(s.guild).everyone();
    everyone.permissions |= protocol::permissions::kAdministrator.bits;
    a.happen(s.guild, {protocol::RoleUpdated{everyone}});
    a.happen(s.guild, {protocol::InviteCreated{{.code = "def", .channelId = made.id}}});
    a.happen(s.guild, {protocol::InviteDeleted{"abc"}});
    a.happen(s.guild, {protocol::BanAdded{{.userId = UserId(5)}}});
    s.f.node.join(s.guild, s.f.node.add_user("late"));
    guild.name = "After";
    guild.ownerId = s.bot;
    a.happen(s.guild, {protocol::GuildUpdated{guild}});
    a.check();
    CHECK(a.witness.last("GUILD_UPDATE").at("name") == "After");
}

TEST_CASE("guilds joined, left and deleted while the node was away are told") {
    Away a;
    Scene& s = a.s;
    const auto second = s.f.node.make_guild(s.owner, "Second");
    s.f.node.join(second, s.bot);
    s.f.say(s.owner, s.f.node.text_channel(second), "welcome");
    s.talk(1, 1);
    a.happen(s.guild, {protocol::MemberLeft{.userId = s.bot}});
    s.talk(2, 2);
    a.check();
    CHECK(a.witness.count("GUILD_CREATE") == 1);
    CHECK(a.witness.count("GUILD_DELETE") == 1);
    CHECK(contents(a.witness) == std::vector<std::string>{"welcome", "1"});
}

TEST_CASE("a guild deleted while the node was away is told as deleted") {
    Away a;
    a.s.talk(1, 1);
    a.happen(a.s.guild, {protocol::GuildDeleted{}});
    a.check();
    CHECK(a.witness.count("GUILD_DELETE") == 1);
}

TEST_CASE("sessions that resume together share one look at the past") {
    Scene s;
    Client clients[] = {s.connect(), s.connect(), s.connect()};
    s.f.stop();
    protocol::Role everyone = *s.f.node.state(s.guild).everyone();
    everyone.permissions = 0;
    s.f.node.commit(s.guild, {protocol::RoleUpdated{everyone}});
    s.f.start();
    Client again[] = {Client(s.f.hub()), Client(s.f.hub()), Client(s.f.hub())};
    // All come before the first is answered.
    s.f.db.reads = 0;
    s.f.db.at_once = 6;
    for (int i = 0; i < 3; ++i) again[i].resume(s.token, clients[i].session_id(), clients[i].seq());
    s.f.node.loop.run();
    CHECK(s.f.db.waiting.size() == 1);
    s.f.db.release();
    s.f.node.loop.run();
    // Each read its row and what it missed; one of them, for all, the guild's past.
    CHECK(s.f.db.reads == 3 * 2 + 1);
    for (Client& client : again) {
        CHECK(client.count("GUILD_ROLE_UPDATE") == 1);
        CHECK(client.count("CHANNEL_DELETE") > 0);
        CHECK(client.names().back() == "RESUMED");
        s.talk(1, 1);
        CHECK(client.count("MESSAGE_CREATE") == 0);
    }
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
