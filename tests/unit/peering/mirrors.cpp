// Guilds of one node as another follows them, between whole nodes: what is seen, what comes after
// an outage, what is asked for when somebody reads, and what a host that lies brings about.
#include "federation/evidence.h"
#include "node/journal/verify.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/hosting.h"
#include "node/store/wait.h"
#include "protocol/event_codec.h"
#include "tests/catch.h"
#include "tests/unit/peering/join_command.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using base::http::Method;
using journal::GuildRole;
using peering::MirrorState;
using protocol::ChannelId;
using protocol::GuildId;

namespace {

namespace f = federation;
namespace frames = federation::frames;

/// Two nodes, a guild of the first, and a user of the second who is a member there.
struct Pair {
    explicit Pair(std::size_t nodes = 2) : world(nodes) {
        alice = host().add_user("alice");
        bob = home().add_user("bob");
        const auto made = host().ok(Method::post, "/api/v10/guilds", alice, {{"name", "Far"}});
        guild = *protocol::parse_id<GuildId>(made.at("id").as_string());
        general = channel("general");
        add_member(bob, home());
    }

    FedNode& host() { return world[0]; }
    FedNode& home() { return world[1]; }
    base::Shard& shard(FedNode& node) { return node.core().shards.at(0); }
    const protocol::GuildState& state(FedNode& node) {
        REQUIRE(node.guild(guild) != nullptr);
        return *node.guild(guild);
    }
    f::Hash32 guild_uid() {
        return f::Hash32::from(std::string_view(state(host()).guild.uid)).value();
    }

    ChannelId channel(const std::string& name) {
        const auto made = host().ok(Method::post,
                                    "/api/v10/guilds/" + guild.str() + "/channels",
                                    alice,
                                    {{"name", name}, {"type", 0}});
        return *protocol::parse_id<ChannelId>(made.at("id").as_string());
    }
    std::string post(const std::string& text) { return post(general, text); }
    std::string post(ChannelId where, const std::string& text) {
        const auto made = host().ok(Method::post,
                                    "/api/v10/channels/" + where.str() + "/messages",
                                    alice,
                                    {{"content", text}});
        return std::string(made.at("id").as_string());
    }
    void commit(std::vector<protocol::Event> events) {
        journal::Decision decision;
        decision.events = std::move(events);
        const auto done =
            world.wait(shard(host()), host().core().journal.commit(guild, std::move(decision)));
        REQUIRE(done);
    }
    /// By a command, as any join of a user of another node: without it the host would be convicted
    /// of having invented the member. Nothing of the guild is followed yet.
    void add_member(const Person& who, FedNode& at) {
        const auto door = host().ok(Method::post,
                                    "/api/v10/channels/" + general.str() + "/invites",
                                    alice,
                                    boost::json::object());
        const std::string code(door.as_object().at("code").as_string());
        JoinBy by{.guild_uid = guild_uid(), .number = ++commands, .user = who.id, .code = code};
        join_by_command(world, at, host(), std::move(by));
        // Invites are the host's alone.
        host().ok(Method::del, "/api/v10/invites/" + code, alice);
    }

    /// More than a snapshot's base, or its first pieces, hold.
    void add_many() {
        std::vector<protocol::Event> events;
        for (std::uint64_t i = 0; i < 600; ++i) {
            protocol::Member member;
            member.userId = protocol::UserId(9'000'000 + i);
            member.joinedMs = host().clock.unix_ms();
            member.nick = std::string(1000, 'a');
            events.emplace_back(protocol::MemberJoined{member, {}});
        }
        commit(std::move(events));
    }

    frames::InviteInfo invite() {
        frames::InviteInfo info;
        auto look = [id = guild](store::Tx& tx) -> store::Result<std::string> {
            TRY(auto first,
                store::entries::find(tx, store::log_key(id, f::kControlLog), f::kControlLog, 0));
            const auto bytes = f::event_of_body(first->body);
            TRY(auto event, protocol::decode_event(bytes->text()));
            return std::get<protocol::GuildCreated>(event).genesis;
        };
        info.genesis = world.wait(shard(host()), store::read(*host().db, look)).value();
        info.guildId = guild.value;
        info.hostUid = host().uid();
        return info;
    }
    base::Result<GuildId> join() { return join(home()); }
    base::Result<GuildId> join(FedNode& node) {
        const auto where = peering::parse_node_address(host().ip().str() + ":8447").value();
        auto& peering = *node.core().peering;
        const auto peer = world.wait(shard(node), peering.peers().connect(where, 20s));
        REQUIRE(peer);
        return world.wait(shard(node), peering.mirrors().begin(*peer, invite()));
    }
    /// Lets it go on by itself.
    void begin_join() {
        const auto where = peering::parse_node_address(host().ip().str() + ":8447").value();
        auto& peering = *home().core().peering;
        const auto peer = world.wait(shard(home()), peering.peers().connect(where, 20s));
        REQUIRE(peer);
        const auto begin = [](peering::Mirrors& mirrors,
                              std::shared_ptr<peering::Peer> from,
                              frames::InviteInfo what) -> base::Task<void> {
            (void)co_await mirrors.begin(std::move(from), std::move(what));
        };
        shard(home()).spawn("test", begin(peering.mirrors(), *peer, invite()));
    }
    std::shared_ptr<peering::Mirror> mirror() { return mirror(home()); }
    std::shared_ptr<peering::Mirror> mirror(FedNode& node) {
        return node.core().peering->mirrors().find(guild);
    }
    bool is(MirrorState wanted, base::Nanos limit = 1min) {
        return world.run_until([&] { return mirror() && mirror()->state() == wanted; }, limit);
    }
    /// Contents at the home node, newest first.
    std::vector<std::string> read(ChannelId where, const std::string& query = {}) {
        const auto list =
            home().ok(Method::get, "/api/v10/channels/" + where.str() + "/messages" + query, bob);
        std::vector<std::string> out;
        for (const auto& m : list.as_array())
            out.emplace_back(m.as_object().at("content").as_string());
        return out;
    }
    bool comes(ChannelId where, const std::string& text, base::Nanos limit = 1min) {
        const auto seen = [&] {
            const auto list = read(where);
            return !list.empty() && list.front() == text;
        };
        for (base::Nanos waited{}; waited < limit; waited += 100ms) {
            if (seen()) return true;
            world.advance(100ms);
        }
        return false;
    }
    journal::VerifyReport verify(FedNode& node) {
        journal::VerifyReport report;
        auto look = [&](store::Tx& data) -> store::Status {
            static const auto migrations = store::schema::migrations();
            auto scratch = store::InlineSqliteDb::open(migrations).value();
            store::Status status;
            store::WriteJob job;
            job.run = [&](store::Tx& tx) -> store::Status {
                auto r = journal::verify(
                    data, tx, node.core().identity, [](std::uint64_t, std::uint64_t) {});
                if (r)
                    report = std::move(*r);
                else
                    status = r.error();
                return {};
            };
            job.done = [](const store::Status&) {};
            scratch->write(std::move(job));
            return status;
        };
        REQUIRE(world.wait(shard(node), store::write(*node.db, std::move(look))));
        return report;
    }
    void check_verifies() {
        const auto report = verify(home());
        for (const auto& fault : report.faults) UNSCOPED_INFO(fault);
        CHECK(report.fault_count == 0);
    }

    FedNodes world;
    Person alice, bob;
    GuildId guild;
    ChannelId general;
    std::uint64_t commands = 2000;
};

bool has_event(const Client& client, std::string_view name) { return client.count(name) > 0; }

}  // namespace

TEST_CASE("a guild of another node appears to its member here, and its messages come") {
    Pair p;
    Client& session = p.home().connect(p.bob);
    p.world.run();
    REQUIRE_FALSE(has_event(session, "GUILD_CREATE"));
    const auto begun = p.join();
    REQUIRE(begun);
    CHECK(*begun == p.guild);
    CHECK(p.home().view().role(p.guild) == GuildRole::mirrored);
    CHECK(has_event(session, "GUILD_CREATE"));
    REQUIRE(p.is(MirrorState::live));
    p.post("hello from afar");
    REQUIRE(p.world.run_until([&] { return has_event(session, "MESSAGE_CREATE"); }));
    CHECK(p.read(p.general) == std::vector<std::string>{"hello from afar"});
    p.check_verifies();
}

TEST_CASE("history is fetched when somebody reads it, page by page") {
    Pair p;
    std::vector<std::string> ids;
    for (int i = 0; i < 230; ++i) ids.push_back(p.post("message " + std::to_string(i)));
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    const auto newest = p.read(p.general);
    REQUIRE(newest.size() == 50);
    CHECK(newest.front() == "message 229");
    CHECK(newest.back() == "message 180");
    const auto before = p.read(p.general, "?limit=100&before=" + ids[180]);
    REQUIRE(before.size() == 100);
    CHECK(before.front() == "message 179");
    CHECK(before.back() == "message 80");
    const auto around = p.read(p.general, "?limit=20&around=" + ids[40]);
    REQUIRE(around.size() >= 20);
    const auto first = p.read(p.general, "?limit=100&after=0");
    REQUIRE(first.size() == 100);
    CHECK(first.back() == "message 0");
    p.check_verifies();
}

TEST_CASE("one message of the past is fetched when it is asked for") {
    Pair p;
    const std::string id = p.post("an old one");
    for (int i = 0; i < 150; ++i) p.post("a newer one");
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    const auto found =
        p.home().ok(Method::get, "/api/v10/channels/" + p.general.str() + "/messages/" + id, p.bob);
    CHECK(found.at("content").as_string() == "an old one");
}

TEST_CASE("what happened while a mirror was down is there when it is back, in order") {
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.post("before");
    REQUIRE(p.comes(p.general, "before"));
    p.home().crash();
    for (int i = 0; i < 20; ++i) p.post("missed " + std::to_string(i));
    const ChannelId later = p.channel("later");
    p.post(later, "in a channel made meanwhile");
    p.world.advance(1h);
    p.home().start();
    REQUIRE(p.is(MirrorState::live, 10min));
    CHECK(p.state(p.home()) == p.state(p.host()));
    const auto seen = p.read(p.general);
    REQUIRE(seen.size() == 21);
    CHECK(seen.front() == "missed 19");
    CHECK(seen.back() == "before");
    CHECK(p.read(later) == std::vector<std::string>{"in a channel made meanwhile"});
    p.check_verifies();
}

TEST_CASE("a mirror whose host died and came back goes on, and reads meanwhile") {
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.post("one");
    REQUIRE(p.comes(p.general, "one"));
    p.host().crash();
    REQUIRE(p.is(MirrorState::gap, 5min));
    CHECK(p.read(p.general) == std::vector<std::string>{"one"});
    p.world.advance(10min);
    p.host().start();
    REQUIRE(p.is(MirrorState::live, 10min));
    p.post("two");
    CHECK(p.comes(p.general, "two"));
}

TEST_CASE("a message that is deleted at its host loses its body on the mirror") {
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    const std::string id = p.post("a secret");
    REQUIRE(p.comes(p.general, "a secret"));
    p.host().ok(Method::del, "/api/v10/channels/" + p.general.str() + "/messages/" + id, p.alice);
    REQUIRE(p.world.run_until([&] { return p.read(p.general).empty(); }, 1s));
    auto bodies = [channel = p.general](store::Tx& tx) -> store::Result<std::size_t> {
        TRY(auto rows,
            store::entries::range(tx, store::channel_log(channel), channel.value, 0, 10));
        std::size_t found = 0;
        for (const auto& row : rows) found += row.body.find("a secret") != std::string::npos;
        return found;
    };
    CHECK(p.world.wait(p.shard(p.home()), store::read(*p.home().db, bodies)).value() == 0);
    p.check_verifies();
}

TEST_CASE("the control log's past is replayed and makes the snapshot's state") {
    Pair p;
    for (int i = 0; i < 5; ++i) p.channel("c" + std::to_string(i));
    REQUIRE(p.join());
    REQUIRE(p.world.run_until(
        [&] { return p.home().log.contains("makes the state of the snapshot"); }));
    CHECK(p.state(p.home()).control_size == p.state(p.host()).control_size);
    p.check_verifies();
}

TEST_CASE("a guild whose last member here left is forgotten, and can be joined again") {
    Pair p;
    Client& session = p.home().connect(p.bob);
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.commit({protocol::MemberLeft{p.bob.id, protocol::LeaveCause::kicked, p.alice.id}});
    REQUIRE(p.world.run_until([&] { return !p.mirror(); }));
    CHECK(has_event(session, "GUILD_DELETE"));
    CHECK(p.home().guild(p.guild) == nullptr);
    p.add_member(p.bob, p.home());
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.check_verifies();
}

TEST_CASE("a host's word alone takes no guild away from a successor") {
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    const std::vector<std::string> heirs{std::string(p.home().uid().text())};
    p.commit({protocol::HostingPolicySet{heirs, 1, 60'000, p.alice.id, {"10.0.0.2:8447"}}});
    p.post("kept");
    REQUIRE(p.comes(p.general, "kept"));
    frames::Purge order;
    order.guildUid = p.guild_uid();
    order.reason = 4;
    const auto there = p.host().core().peering->peers().find(p.home().uid());
    REQUIRE(there->send(order));
    REQUIRE(there->send(order));
    CHECK(p.is(MirrorState::orphaned));
    CHECK(p.home().log.contains("does not say it left"));
    p.world.advance(30s);
    REQUIRE(p.home().guild(p.guild) != nullptr);
    CHECK(p.read(p.general).front() == "kept");
    // The host serves it after all: the mirror asks again in time.
    CHECK(p.is(MirrorState::live, 6min));
}

TEST_CASE("who was removed while his node was away has the guild no more when it is back") {
    const bool knows = GENERATE(true, false);  // How far it came.
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.home().crash();
    p.commit({protocol::MemberLeft{p.bob.id, protocol::LeaveCause::kicked, p.alice.id}});
    p.world.advance(10s);
    p.host().crash();
    const auto forget = [](store::Tx& tx) { return tx.run("DELETE FROM cursors"); };
    if (!knows) REQUIRE(store::write_and_wait(*p.host().db, forget));
    p.host().start();
    p.home().start();
    CHECK(p.world.run_until([&] { return !p.mirror(); }));
    CHECK(p.home().guild(p.guild) == nullptr);
}

TEST_CASE("a host that speaks for a user of another node freezes the guild there") {
    Pair p;
    Client& session = p.home().connect(p.bob);
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    protocol::Message forged;
    forged.id = protocol::MessageId(
        p.world.wait(p.shard(p.host()), p.host().core().journal.new_id(p.guild)));
    forged.channelId = p.general;
    forged.authorId = p.bob.id;
    forged.content = "what bob never said";
    p.commit({protocol::MessageCreated{forged}});
    REQUIRE(p.is(MirrorState::frozen));
    CHECK(p.home().view().role(p.guild) == GuildRole::frozen);
    // Members are told, and in words when they try to write.
    CHECK(session.count("MESSAGE_CREATE") == 1);
    const std::string notice(session.last("MESSAGE_CREATE").at("content").as_string());
    CHECK(notice.find("contradicted itself") != std::string::npos);
    const Answer refused = p.home().call(Method::post,
                                         "/api/v10/channels/" + p.general.str() + "/messages",
                                         p.bob,
                                         {{"content", "is anybody there"}});
    CHECK(refused.status == 503);
    CHECK(refused.code() == 130000);
    CHECK(p.read(p.general).empty());
    // Nothing more is taken, after a restart either.
    p.home().crash();
    p.home().start();
    REQUIRE(p.is(MirrorState::frozen));
    p.post("later");
    p.world.advance(1min);
    CHECK(p.read(p.general).empty());
    auto kept = [id = p.guild](store::Tx& tx) { return store::evidence::of_guild(tx, id); };
    const auto rows = p.world.wait(p.shard(p.home()), store::read(*p.home().db, kept));
    REQUIRE(rows);
    REQUIRE(rows->size() == 1);
}

TEST_CASE("two who join at once share one mirror") {
    Pair p;
    const Person carol = p.home().add_user("carol");
    p.add_member(carol, p.home());
    const auto where = peering::parse_node_address(p.host().ip().str() + ":8447").value();
    auto& peering = *p.home().core().peering;
    const auto peer = p.world.wait(p.shard(p.home()), peering.peers().connect(where, 20s));
    REQUIRE(peer);
    int done = 0;
    const auto info = p.invite();
    const auto begin = [](peering::Mirrors& mirrors,
                          std::shared_ptr<peering::Peer> from,
                          frames::InviteInfo what,
                          int& count) -> base::Task<void> {
        const auto begun = co_await mirrors.begin(std::move(from), std::move(what));
        if (begun) ++count;
    };
    for (int i = 0; i < 3; ++i)
        p.shard(p.home()).spawn("test", begin(peering.mirrors(), *peer, info, done));
    REQUIRE(p.world.run_until([&] { return done == 3; }));
    CHECK(p.is(MirrorState::live));
}

TEST_CASE("a channel that was hidden and is shown again has everything, in order") {
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.post("before");
    REQUIRE(p.comes(p.general, "before"));
    const std::string path =
        "/api/v10/channels/" + p.general.str() + "/permissions/" + p.guild.str();
    const json::value hide = {{"type", 0}, {"allow", "0"}, {"deny", "1024"}};
    p.host().ok(Method::put, path, p.alice, hide);
    for (int i = 0; i < 5; ++i) p.post("hidden " + std::to_string(i));
    p.world.advance(10s);
    const auto* log = p.mirror()->find(p.general.value);
    REQUIRE(log != nullptr);
    CHECK(log->applied == 1);
    p.host().ok(Method::del, path, p.alice);
    p.post("after");
    REQUIRE(p.comes(p.general, "after"));
    const auto all = p.read(p.general);
    REQUIRE(all.size() == 7);
    CHECK(all[5] == "hidden 0");
    CHECK(all[6] == "before");
    p.check_verifies();
}

TEST_CASE("history comes from another mirror when the host is gone") {
    Pair p(3);
    FedNode& third = p.world[2];
    const Person carol = third.add_user("carol");
    p.add_member(carol, third);
    for (int i = 0; i < 120; ++i) p.post("message " + std::to_string(i));
    REQUIRE(p.join());
    REQUIRE(p.join(third));
    REQUIRE(p.is(MirrorState::live));
    // Carol has read all of it; bob has seen nothing yet.
    const std::string path = "/api/v10/channels/" + p.general.str() + "/messages?limit=100";
    REQUIRE(third.ok(Method::get, path, carol).as_array().size() == 100);
    REQUIRE(third.ok(Method::get, path + "&after=0", carol).as_array().size() == 100);
    p.host().crash();
    const auto where = peering::parse_node_address(third.ip().str() + ":8447").value();
    REQUIRE(p.world.wait(p.shard(p.home()), p.home().core().peering->peers().connect(where, 20s)));
    REQUIRE(p.is(MirrorState::gap, 5min));
    const auto seen = p.read(p.general, "?limit=100");
    REQUIRE(seen.size() == 100);
    CHECK(seen.front() == "message 119");
    CHECK(p.read(p.general, "?limit=100&after=0").back() == "message 0");
    p.check_verifies();
}

TEST_CASE("a guild of many members is shown at once, and they follow") {
    Pair p;
    p.add_many();
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    CHECK(p.state(p.home()).members.size() == 602);
    CHECK(p.state(p.home()) == p.state(p.host()));
    p.check_verifies();
}

TEST_CASE("a join that a restart cut short anywhere is finished afterwards") {
    std::uint64_t handlers = 0;
    {
        Pair p;
        p.add_many();
        handlers = p.home().handlers;
        p.begin_join();
        REQUIRE(p.is(MirrorState::live));
        handlers = p.home().handlers - handlers;
    }
    const std::uint64_t tenth = GENERATE(range(1, 10));
    Pair p;
    p.add_many();
    p.begin_join();
    p.home().crash_after(handlers * tenth / 10);
    p.world.run();
    REQUIRE_FALSE(p.home().is_up());
    p.home().start();
    p.world.run();
    // Before the guild was there nobody was told that it would be: the user asks again.
    if (!p.mirror()) REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live, 5min));
    CHECK(p.state(p.home()) == p.state(p.host()));
    p.post("hello");
    CHECK(p.comes(p.general, "hello"));
    p.check_verifies();
}

TEST_CASE("two histories of one log are found by gossip, freeze, and convince others") {
    Pair p(3);
    FedNode& third = p.world[2];
    const Person carol = third.add_user("carol");
    p.add_member(carol, third);
    REQUIRE(p.join());
    REQUIRE(p.join(third));
    REQUIRE(p.is(MirrorState::live));
    p.post("what bob was shown");
    REQUIRE(p.comes(p.general, "what bob was shown"));
    const auto where = peering::parse_node_address(p.home().ip().str() + ":8447").value();
    auto& from = *third.core().peering;
    REQUIRE(p.world.wait(p.shard(third), from.peers().connect(where, 20s)));
    p.world.run();
    // The host signed another tree of the same size for somebody else.
    f::Head other = p.mirror()->find(p.general.value)->log.head()->head;
    other.root = f::sha256("another history");
    const auto signed_heads = f::sign_heads({other}, p.host().core().identity.key);
    frames::Heads gossip;
    gossip.guildUid = p.guild_uid();
    gossip.heads.push_back(f::encode(signed_heads.front()));
    REQUIRE(from.peers().find(p.home().uid())->send(gossip));
    REQUIRE(p.is(MirrorState::frozen));
    // Who was told of it holds the same evidence and takes nothing more either.
    REQUIRE(p.world.run_until([&] { return p.mirror(third)->state() == MirrorState::frozen; }));
    auto kept = [id = p.guild](store::Tx& tx) { return store::evidence::of_guild(tx, id); };
    const auto rows = p.world.wait(p.shard(third), store::read(*third.db, kept)).value();
    REQUIRE(rows.size() == 1);
    const auto evidence = f::decode_evidence(rows.front().statements);
    REQUIRE(evidence);
    CHECK(evidence->kind == f::EvidenceKind::split_heads);
    CHECK(f::check(*evidence));
    CHECK(f::accused(*evidence) == p.host().uid());
}

TEST_CASE("evidence that proves nothing, or accuses another, freezes nothing") {
    Pair p(3);
    FedNode& third = p.world[2];
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.post("one");
    REQUIRE(p.comes(p.general, "one"));
    const auto where = peering::parse_node_address(p.home().ip().str() + ":8447").value();
    auto& from = *third.core().peering;
    REQUIRE(p.world.wait(p.shard(third), from.peers().connect(where, 20s)));
    p.world.run();
    const auto head = *p.mirror()->find(p.general.value)->log.head();
    const f::KeyLog host{f::encode(p.host().core().identity.genesis), {}};
    const f::KeyLog other{f::encode(third.core().identity.genesis), {}};
    f::Head fake = head.head;
    fake.root = f::sha256("another history");
    const auto forged = f::sign_heads({fake}, third.core().identity.key).front();
    const auto real = f::sign_heads({head.head}, third.core().identity.key).front();
    for (const f::Evidence& evidence : {f::split_heads(host, head, head),
                                        f::split_heads(host, head, forged),
                                        f::split_heads(other, real, forged)}) {
        frames::Evidence frame;
        frame.guildUid = p.guild_uid();
        frame.evidence = f::encode(evidence);
        REQUIRE(from.peers().find(p.home().uid())->send(frame));
        p.world.run();
    }
    CHECK(p.mirror()->state() == MirrorState::live);
    p.post("two");
    CHECK(p.comes(p.general, "two"));
}

TEST_CASE("a guild that takes more room than its host is allowed stops, and goes on with room") {
    Pair p;
    REQUIRE(p.join());
    REQUIRE(p.is(MirrorState::live));
    p.mirror()->stored_bytes = f::guild_quota(f::Trust::limited).bytes_max - 10;
    p.post("too much");
    REQUIRE(p.is(MirrorState::gap));
    CHECK(p.home().log.contains("takes more room"));
    CHECK(p.read(p.general).empty());
    p.mirror()->stored_bytes = 0;
    REQUIRE(p.is(MirrorState::live, 10min));
    CHECK(p.comes(p.general, "too much"));
    p.check_verifies();
}
