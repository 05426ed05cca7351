// A host that lies to its mirrors: rows 2, 3, 8, 9, 12, 13, 16 and 17 of the threats. What it
// cannot have is not believed; what convicts it freezes the guild and is kept.
#include "node/store/projections/project.h"
#include "protocol/permissions.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_host.h"

#include <algorithm>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::MessageCreated;

namespace {

using Kinds = std::vector<std::string>;

}  // namespace

TEST_CASE("an honest entry of the evil host is shown: the other tests refuse something") {
    EvilHost s;
    s.turn();
    s.send(s.next(MessageCreated{s.message("hello", s.owner.id)}));
    INFO(s.world.logs());
    CHECK(s.is_shown("hello"));
    CHECK_FALSE(s.is_frozen());
}

TEST_CASE("row 2: a message that its author's home did not sign freezes the guild") {
    EvilHost s;
    s.turn();
    s.send(s.next(MessageCreated{s.message("I am bob", s.bob.id)}));
    CHECK(s.is_frozen());
    CHECK_FALSE(s.is_shown("I am bob"));
    CHECK(evidence_kinds(s) == Kinds{"words"});
    // Reads go on, writes say why they do not.
    CHECK(s.is_shown("present"));
    const Answer said = s.mirror().call(EvilHost::Method::post,
                                        "/api/v10/channels/" + s.channel.str() + "/messages",
                                        s.bob,
                                        {{"content", "hello?"}});
    CHECK(said.status == 503);
    // And whoever asks is told why.
    const auto shown = s.mirror().ok(
        EvilHost::Method::get, "/api/v10/guilds/" + s.guild.str() + "/hosting", s.bob);
    CHECK(shown.at("role").as_string() == "frozen");
    CHECK(shown.at("frozen").at("kind").as_string() == "seen_here");
    CHECK(shown.at("frozen").at("at").is_string());
}

TEST_CASE("row 2: an entry that comes with a frontier is judged all the same") {
    EvilHost s;
    s.turn();
    f::Append forged = s.next(MessageCreated{s.message("I am bob", s.bob.id)});
    forged.frontier = f::Frontier().serialise();
    s.send(forged);
    CHECK(s.is_frozen());
    CHECK_FALSE(s.is_shown("I am bob"));
}

TEST_CASE("row 2: a message under a command that says something else freezes the guild") {
    {
        EvilHost s;
        s.turn();
        Forge forge;
        forge.command = "no command at all";
        s.send(s.next(MessageCreated{s.message("I am bob", s.bob.id)}, forge));
        CHECK(s.is_frozen());
        CHECK_FALSE(s.is_shown("I am bob"));
    }
    // His node's own word, for another text, or in another channel.
    const std::string general = "/channels/{channel_id}/messages";
    for (const bool other_channel : {false, true}) {
        EvilHost s;
        s.turn();
        f::ApiCall call;
        call.method = "POST";
        call.route = general;
        call.params = {other_channel ? std::to_string(s.channel.value + 4096) : s.channel.str()};
        call.json = other_channel ? R"({"content":"I am bob"})" : R"({"content":"I was bob"})";
        call.version = 10;
        const auto command = s.command_of_bob(call);
        s.send(s.next(MessageCreated{s.message("I am bob", s.bob.id)}, EvilHost::under(command)));
        INFO(s.world.logs());
        CHECK(s.is_frozen());
        CHECK_FALSE(s.is_shown("I am bob"));
        CHECK(evidence_kinds(s).size() == 1);
    }
    // The same with what he did say is no lie: nothing else of it was refused.
    EvilHost s;
    s.turn();
    f::ApiCall call;
    call.method = "POST";
    call.route = general;
    call.params = {s.channel.str()};
    call.json = R"({"content":"I am bob"})";
    call.version = 10;
    const auto command = s.command_of_bob(call);
    s.send(s.next(MessageCreated{s.message("I am bob", s.bob.id)}, EvilHost::under(command)));
    INFO(s.world.logs());
    CHECK_FALSE(s.is_frozen());
    CHECK(s.is_shown("I am bob"));
}

TEST_CASE("row 3: entries and heads with any part changed are not taken") {
    const std::vector<std::function<void(f::Append&)>> changes{
        [](f::Append& a) { a.entries[0].header[20] ^= 1; },
        [](f::Append& a) { a.entries[0].body[17] ^= 1; },
        [](f::Append& a) { a.head[10] ^= 1; },
        [](f::Append& a) { a.head.back() ^= 1; },
        [](f::Append& a) { ++a.firstSeq; },
        [](f::Append& a) { a.guildUid.data()[0] ^= 1; },
        [](f::Append& a) { a.entries.push_back(a.entries[0]); },
        [](f::Append& a) { a.entries[0].header.pop_back(); },
        [](f::Append& a) { a.head.clear(); },
    };
    for (std::size_t i = 0; i < changes.size(); ++i) {
        EvilHost s;
        s.turn();
        f::Append bad = s.next(MessageCreated{s.message("changed", s.owner.id)});
        changes[i](bad);
        s.send(bad);
        INFO("change " << i);
        CHECK_FALSE(s.is_shown("changed"));
        CHECK(s.is_shown("present"));
    }
}

TEST_CASE("row 8: two heads of one size with different roots convict the host") {
    EvilHost s;
    s.turn();
    f::Head other = s.head_of(s.channel.value);
    other.root = f::sha256(std::string_view("another history"));
    s.gossip(other);
    CHECK(s.is_frozen());
    CHECK(evidence_kinds(s) == Kinds{"split heads"});
}

TEST_CASE("row 8: two heads of a log that nobody here looks at convict the host as well") {
    EvilHost s;
    s.turn();
    protocol::Channel room = *s.mirror().guild(s.guild)->channels.find(s.channel);
    room.id = protocol::ChannelId(s.id_now());
    s.send(s.next(protocol::ChannelCreated{room}));
    f::Head head{s.guild_uid,
                 0,
                 room.id.value,
                 7,
                 f::sha256(std::string_view("one history")),
                 s.world.clock.unix_ms()};
    s.gossip(head);
    CHECK_FALSE(s.is_frozen());
    const bool is_split = GENERATE(true, false);
    head.root = f::sha256(std::string_view("another history"));
    if (!is_split) head.size -= 1;
    head.ts_ms += 1000;
    s.gossip(head);
    INFO(s.world.logs());
    CHECK(s.is_frozen());
    CHECK(evidence_kinds(s) == std::vector<std::string>{is_split ? "split heads" : "shrunk log"});
}

TEST_CASE("row 9: a log that shrank convicts the host; one that it calls another's is not taken") {
    {
        EvilHost s;
        s.turn();
        f::Head small = s.head_of(s.channel.value);
        small.size -= 1;
        f::Frontier tree;
        const auto& rows = s.logs.at(s.channel.value).rows;
        for (std::size_t i = 0; i < small.size; ++i) tree.append(f::leaf_hash(rows[i].header));
        small.root = tree.root();
        small.ts_ms += 60'000;
        s.gossip(small);
        CHECK(s.is_frozen());
        CHECK(evidence_kinds(s) == Kinds{"shrunk log"});
        CHECK(s.is_shown("present"));
    }
    // After a restore without a new epoch: it says that our log is not a beginning of its own.
    EvilHost s;
    s.bend = [&](f::frames::Subscribed& out) {
        for (const f::Cursor& c : out.logs) {
            if (c.logId == s.channel.value) out.diverged = {c.logId};
        }
    };
    s.turn();
    s.world.advance(10min);
    CHECK(s.is_shown("present"));
    CHECK(s.is_frozen());
    // What it says about our log is no statement that it signed.
    CHECK(evidence_kinds(s) == Kinds{"words"});
}

TEST_CASE("row 12: a snapshot with an altered role is found out by who replays the log") {
    EvilHost s(3);
    // On the host's disk everybody becomes an administrator; its logs know nothing of it.
    s.host().crash();
    const auto done = store::write_and_wait(*s.host().db, [&](store::Tx& tx) -> protocol::Status {
        std::string data;
        TRY_VOID(tx.each(
            "SELECT data FROM roles WHERE guild = $1 AND id = $1",
            [&](const store::Row& row) { data = row.blob(0); },
            s.guild));
        TRY(auto everyone, protocol::decode_object<protocol::Role>(data));
        everyone.permissions |= protocol::permissions::kAdministrator.bits;
        return tx.run("UPDATE roles SET data = $2 WHERE guild = $1 AND id = $1",
                      s.guild,
                      store::Blob{protocol::encode_object(everyone)});
    });
    REQUIRE(done);
    s.host().start();
    FedNode& third = s.world[2];
    const Person carol = third.add_user("carol");
    (void)third.call(
        EvilHost::Method::post, "/api/v10/invites/" + s.code + "@a.example", carol, json::object{});
    const bool frozen = s.world.run_until(
        [&] {
            return third.guild(s.guild) && third.view().role(s.guild) == journal::GuildRole::frozen;
        },
        10min);
    INFO(s.world.logs());
    CHECK(frozen);
}

TEST_CASE("row 12: members that come after a snapshot's base are judged as those in it") {
    EvilHost s(3);
    FedNode& third = s.world[2];
    const Person carol = third.add_user("carol"), dave = third.add_user("dave");
    // So many members that a snapshot has more pages than are read at once, and in the last of them
    // a user of the third node that is said to live with the host.
    s.host().crash();
    const auto done = store::write_and_wait(*s.host().db, [&](store::Tx& tx) -> protocol::Status {
        std::vector<protocol::Member> members(6000);
        for (std::size_t i = 0; i < members.size(); ++i) {
            members[i].userId = protocol::UserId(1000 + i);
            members[i].nick = std::string(32, 'n');
        }
        members.back().userId = dave.id;
        return store::put_members(tx, s.guild, members);
    });
    REQUIRE(done);
    s.host().start();
    (void)third.call(
        EvilHost::Method::post, "/api/v10/invites/" + s.code + "@a.example", carol, json::object{});
    s.world.advance(20s);
    INFO(s.world.logs());
    REQUIRE(third.guild(s.guild));
    CHECK(third.guild(s.guild)->members.size() > 1000);
    CHECK_FALSE(third.guild(s.guild)->members.find(dave.id));
    CHECK(third.log.contains("said to live elsewhere"));
}

TEST_CASE("row 13: an entry decided under control entries that are not here waits for them") {
    EvilHost s;
    s.turn();
    Forge early;
    early.header = [&](f::EntryHeader& h) { ++h.control_seq; };
    s.send(s.next(MessageCreated{s.message("early", s.owner.id)}, early));
    CHECK_FALSE(s.is_shown("early"));
    CHECK_FALSE(s.is_frozen());
    protocol::Channel room = *s.mirror().guild(s.guild)->channels.find(s.channel);
    room.topic = "what it waited for";
    s.send(s.next(protocol::ChannelUpdated{room}));
    INFO(s.world.logs());
    CHECK(s.is_shown("early"));
}

TEST_CASE("row 16: times that go back, run a day ahead, or are not the id's are refused") {
    const std::vector<std::function<void(f::EntryHeader&)>> lies{
        [](f::EntryHeader& h) { h.ts_ms -= 3'600'000; },
        [](f::EntryHeader& h) { h.ts_ms += 86'400'000; },
    };
    for (const auto& lie : lies) {
        EvilHost s;
        s.turn();
        Forge forge;
        forge.header = lie;
        s.send(s.next(MessageCreated{s.message("when?", s.owner.id)}, forge));
        CHECK_FALSE(s.is_shown("when?"));
        CHECK(s.is_shown("present"));
    }
    EvilHost s;
    s.turn();
    protocol::Message old = s.message("old id", s.owner.id);
    s.world.advance(10min);
    s.send(s.next(MessageCreated{old}));
    CHECK_FALSE(s.is_shown("old id"));
}

TEST_CASE("row 17: ids that are 0, too large, another guild's or in use are refused") {
    const auto shown_with = [](const std::function<std::uint64_t(EvilHost&)>& id) {
        EvilHost s;
        s.turn();
        const auto before = s.shown();
        protocol::Message m = s.message("wrong id", s.owner.id);
        m.id = protocol::MessageId(id(s));
        s.send(s.next(MessageCreated{m}));
        CHECK(s.shown() == before);
    };
    shown_with([](EvilHost&) { return std::uint64_t{0}; });
    shown_with([](EvilHost& s) { return s.id_now() | 1ull << 63; });
    shown_with([](EvilHost& s) { return s.id_now() ^ (1ull << 12); });
    // Of the message before.
    shown_with([](EvilHost& s) { return s.logs.at(s.channel.value).rows.back().header.object_id; });
}

TEST_CASE("row 17: a channel or role with an id that is in use leaves the old one as it is") {
    {
        EvilHost s;
        s.turn();
        protocol::Channel twin;
        twin.id = s.channel;
        twin.name = "twin";
        s.send(s.next(protocol::ChannelCreated{twin}));
        CHECK(s.mirror().guild(s.guild)->channels.find(s.channel)->name == "general");
    }
    // Of another role, and of a channel.
    for (const bool is_role : {true, false}) {
        EvilHost s;
        const auto made = s.host().ok(EvilHost::Method::post,
                                      "/api/v10/guilds/" + s.guild.str() + "/roles",
                                      s.owner,
                                      {{"name", "mods"}, {"permissions", "0"}});
        const auto mods = *protocol::parse_id<protocol::RoleId>(made.at("id").as_string());
        s.world.advance(2s);
        s.turn();
        protocol::Role twin;
        twin.id = is_role ? mods : protocol::RoleId(s.channel.value);
        twin.name = "twin";
        twin.permissions = protocol::permissions::kAdministrator.bits;
        s.send(s.next(protocol::RoleCreated{twin}));
        const auto& state = *s.mirror().guild(s.guild);
        INFO(s.world.logs());
        REQUIRE(state.roles.find(mods));
        CHECK(state.roles.find(mods)->name == "mods");
        CHECK(state.roles.find(mods)->permissions == 0);
        CHECK(state.channels.find(s.channel)->name == "general");
        if (!is_role) CHECK_FALSE(state.roles.find(twin.id));
    }
}

TEST_CASE("a host that lets users do what they may not is noted, and fills no disk with it") {
    EvilHost s;
    s.turn();
    const auto rename = [&](std::uint64_t number) {
        f::ApiCall call;
        call.method = "PATCH";
        call.route = "/guilds/{guild_id}";
        call.params = {s.guild.str()};
        call.json = R"({"name":"bobs"})";
        call.version = 10;
        const Forge forge = EvilHost::under(s.command_of_bob(call));
        protocol::Guild guild = s.mirror().guild(s.guild)->guild;
        guild.name = "bobs " + std::to_string(number);
        s.send(s.next(protocol::GuildUpdated{guild}, forge));
    };
    const auto noted = [&] { return evidence_kinds(s).size(); };
    rename(0);
    INFO(s.world.logs());
    CHECK_FALSE(s.is_frozen());
    CHECK(noted() == 1);
    for (std::uint64_t i = 1; i < 103; ++i) rename(i);
    CHECK(s.mirror().guild(s.guild)->guild.name == "bobs 102");
    CHECK(noted() == 100);
}
