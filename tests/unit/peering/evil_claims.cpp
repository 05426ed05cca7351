// Two who claim one thing: rows 17 and 18 of the threats, for ids of guilds and channels, and for a
// node's key. What was here first stays as it is, and the operator reads of both.
#include "node/store/tables/id_claims.h"
#include "node/store/tables/users.h"
#include "protocol/event_codec.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_host.h"
#include "tests/unit/peering/far_guild.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

/// A guild on the first node that nobody of the second is in yet, and bob there who wants to be.
struct Newcomer : FarGuild {
    Newcomer() : FarGuild(2, 1), bob(world[1].add_user("bob")) {
        const auto invite =
            world[0].ok(Method::post, channel_path() + "/invites", people[0], json::object());
        path = "/api/v10/invites/" + text_of(invite, "code") + "@" + world[0].ip().str() + ":8447";
    }
    int join() { return world[1].call(Method::post, path, bob, json::object()).status; }
    template <class Work>
    void on_disk(std::size_t node, Work work) {
        world[node].crash();
        REQUIRE(store::write_and_wait(*world[node].db, work));
        world[node].start();
        world.advance(5s);
    }

    Person bob;
    std::string path;
};

f::SecretKey key_of(std::uint8_t number) {
    f::Seed seed;
    seed.fill(number);
    return f::SecretKey::from_seed(seed);
}

/// The first event of an evil peer's log, by the key that its genesis committed to.
std::string rotation(const EvilPeer& peer, const f::SecretKey& committed, std::uint8_t next) {
    f::KeyEvent event;
    event.subject_uid = event.prev = peer.uid();
    event.seq = 1;
    event.ts_ms = peer.world.clock.unix_ms();
    event.signing_key = committed.public_key();
    event.target = *f::KeyTarget::from(f::x25519_public(peer.identity().noise).text());
    event.next_key_commit = f::key_commit(key_of(next).public_key());
    return f::encode(f::sign(event, committed));
}

}  // namespace

TEST_CASE("row 17: a second guild of one id is refused, and both geneses are in the log") {
    Newcomer s;
    const std::string first_uid(32, 'u'), first_genesis = "the genesis that was here first";
    const protocol::Snowflake id(s.guild.value);
    s.on_disk(
        1, [&](store::Tx& tx) { return store::users::claim_id(tx, id, first_uid, first_genesis); });
    const int status = s.join();
    INFO(s.world.logs());
    CHECK(status / 100 != 2);
    CHECK(s.world[1].guild(s.guild) == nullptr);
    std::optional<store::id_claims::Holder> holder;
    REQUIRE(store::read_and_wait(*s.world[1].db, [&](store::Tx& tx) -> protocol::Status {
        TRY(holder, store::id_claims::holder_of(tx, id));
        return {};
    }));
    REQUIRE(holder);
    CHECK(holder->uid == first_uid);
    CHECK(holder->genesis == first_genesis);
    std::string refused;
    REQUIRE(store::read_and_wait(*s.world[0].db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto own, store::id_claims::holder_of(tx, id));
        if (own) refused = own->genesis;
        return {};
    }));
    CHECK(s.world[1].log.contains(f::to_hex(first_genesis)));
    CHECK(s.world[1].log.contains(f::to_hex(s.world[0].guild(s.guild)->guild.uid)));
    if (!refused.empty()) CHECK(s.world[1].log.contains(f::to_hex(refused)));
}

TEST_CASE("row 17: a guild with another guild's channel in its snapshot is refused") {
    Newcomer s;
    const auto made = s.world[1].ok(Method::post, "/api/v10/guilds", s.bob, {{"name", "bob's"}});
    const auto own = *protocol::parse_id<GuildId>(made.at("id").as_string());
    const auto room = s.world[1].ok(
        Method::post, "/api/v10/guilds/" + own.str() + "/channels", s.bob, {{"name", "mine"}});
    const auto mine = *protocol::parse_id<ChannelId>(room.at("id").as_string());
    // The host's tables have a channel that no entry of its made.
    const GuildId theirs = s.guild;
    s.on_disk(0, [&](store::Tx& tx) {
        protocol::Channel twin;
        twin.id = mine;
        twin.name = "twin";
        return tx.run("INSERT INTO channels (guild, id, data) VALUES ($1, $2, $3)",
                      theirs,
                      mine,
                      store::Blob{protocol::encode_object(twin)});
    });
    const int status = s.join();
    INFO(s.world.logs());
    CHECK(status / 100 != 2);
    CHECK(s.world[1].guild(s.guild) == nullptr);
    CHECK(s.world[1].view().guild_of(mine) == own);
    CHECK(s.world[1].guild(own)->channels.find(mine)->name == "mine");
    CHECK(s.world[1].log.contains("a channel's id is another guild's"));
    const auto host = s.world[1].core().peering->peers().find(s.world[0].uid());
    REQUIRE(host);
    CHECK(host->policy().strikes() > 0);
}

TEST_CASE("row 18: two key logs that one key signed are evidence, and the first one stays") {
    FedNodes world(1);
    EvilPeer peer(world, "evil.example", 9);
    // As EvilPeer makes its genesis.
    const f::SecretKey committed = key_of(109);
    const std::string first = rotation(peer, committed, 77), second = rotation(peer, committed, 78);
    REQUIRE(first != second);
    const auto kept = [&] { return evidence_kinds(world[0], protocol::GuildId()); };
    const auto lines = [&] {
        return std::ranges::count_if(world[0].log.lines, [](const std::string& line) {
            return line.find("a node's key signed two key logs") != line.npos;
        });
    };

    peer.set_events({first}, &committed);
    peer.open(world[0]);
    peer.hang_up();
    world.advance(1s);
    CHECK(kept().empty());
    const auto show_second = [&] {
        peer.set_events({second}, &committed);
        REQUIRE(peer.dial(world[0]));
        world.advance(15s);
        CHECK_FALSE(peer.is_open());
        peer.hang_up();
    };
    // A stranger fills no room with what it says of itself, and no log.
    for (int i = 0; i < 3; ++i) show_second();
    INFO(world.logs());
    CHECK(kept().empty());
    CHECK(lines() == 1);
    auto& directory = world[0].core().peering->peers().directory();
    f::Standing trusted = directory.find(peer.uid())->standing;
    trusted.trust = f::Trust::allowed;
    trusted.by_operator = true;
    directory.set_standing(peer.uid(), trusted);
    // Once, whoever shows it how often.
    for (int i = 0; i < 3; ++i) show_second();
    CHECK(kept() == std::vector<std::string>{"key fork"});
    CHECK(lines() == 2);
    peer.set_events({first}, &committed);
    peer.open(world[0]);
    CHECK(peer.is_open());
    // A log by a key that it never had says nothing about it.
    EvilPeer other(world, "other.example", 11);
    other.open(world[0]);
    other.hang_up();
    const f::SecretKey thief = key_of(60);
    other.set_events({rotation(other, thief, 77)}, &thief);
    REQUIRE(other.dial(world[0]));
    world.advance(15s);
    CHECK_FALSE(other.is_open());
    CHECK(kept().size() == 1);
}
