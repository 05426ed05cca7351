// The tables that federation needs: what is written reads back, and what must happen once does.
#include "node/store/inline_sqlite_db.h"
#include "node/store/schema/schema.h"
#include "node/store/tables/cursors.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/epochs.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/gaps.h"
#include "node/store/tables/guest_files.h"
#include "node/store/tables/guild_secrets.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/peers.h"
#include "node/store/tables/profiles.h"
#include "node/store/tables/remote_blobs.h"
#include "node/store/tables/remote_commands.h"
#include "node/store/tables/secrets.h"
#include "node/store/tables/users.h"
#include "tests/catch.h"
#include "tests/unit/store/support.h"

#include <map>

namespace guildhall::store {

using namespace testing;

namespace {

using federation::Hash32;
using federation::OriginSeq;
using protocol::GuildId;

constexpr GuildId kGuild(77);

Hash32 filled(std::uint8_t byte) {
    Hash32 out;
    out.fill(byte);
    return out;
}

/// Runs `f(Tx&) -> Status` in a fresh database with the product's schema.
template <class F>
void in_schema(F f) {
    const auto migrations = schema::migrations();
    auto db = InlineSqliteDb::open(migrations).value();
    CHECK(write_now(*db, f));
}

}  // namespace

TEST_CASE("a peer reads back, and keeps the trust and the strikes that it has") {
    in_schema([](Tx& tx) -> Status {
        peers::Peer peer{.uid = std::string("\0\1", 2),
                         .name = "one.example",
                         .genesis = "genesis",
                         .key_events = std::string("\0", 1),
                         .endpoints = {"one.example:7420", "10.0.0.1:7420"},
                         .trust = peers::Trust::held,
                         .pinned = true,
                         .first_seen_ms = 5,
                         .last_seen_ms = 6,
                         .strikes = 1};
        TRY_VOID(peers::put(tx, peer));
        TRY(auto found, peers::find(tx, peer.uid));
        CHECK(found == peer);
        TRY(const bool known, peers::set_trust(tx, peer.uid, peers::Trust::blocked));
        CHECK(known);
        TRY(const bool stranger, peers::set_trust(tx, "nobody", peers::Trust::allowed));
        CHECK_FALSE(stranger);
        TRY_VOID(peers::set_strikes(tx, peer.uid, 4));
        peer.endpoints.clear();
        peer.first_seen_ms = peer.last_seen_ms = 9;
        TRY_VOID(peers::put(tx, peer));
        TRY(found, peers::find_by_name(tx, "one.example"));
        REQUIRE(found);
        CHECK(found->trust == peers::Trust::blocked);
        CHECK(found->by_operator);
        CHECK(found->strikes == 4);
        CHECK(found->first_seen_ms == 5);
        CHECK(found->last_seen_ms == 9);
        CHECK(found->endpoints.empty());
        TRY_VOID(peers::put(tx, {.uid = "other", .name = "one.example"}));
        TRY(found, peers::find_by_name(tx, "one.example"));
        CHECK(found->uid == peer.uid);
        TRY(auto all, peers::all(tx));
        CHECK(all.size() == 2);
        TRY(auto none, peers::find(tx, "nobody"));
        CHECK_FALSE(none);
        return {};
    });
}

TEST_CASE("a cursor moves both ways, and goes with its peer's visibility") {
    in_schema([](Tx& tx) -> Status {
        TRY_VOID(cursors::put(tx, {"a", kGuild, 0, 5}));
        TRY_VOID(cursors::put(tx, {"a", kGuild, 9, 1}));
        TRY_VOID(cursors::put(tx, {"b", kGuild, 0, 7}));
        TRY_VOID(cursors::put(tx, {"a", kGuild, 0, 2}));
        TRY(auto of_guild, cursors::of_guild(tx, kGuild));
        CHECK(of_guild == std::vector<cursors::Cursor>{
                              {"a", kGuild, 0, 2}, {"a", kGuild, 9, 1}, {"b", kGuild, 0, 7}});
        TRY_VOID(cursors::forget(tx, "a", kGuild, 9));
        TRY(auto of_peer, cursors::of_peer(tx, "a"));
        CHECK(of_peer.size() == 1);
        TRY_VOID(cursors::forget(tx, "a", kGuild));
        TRY(of_peer, cursors::of_peer(tx, "a"));
        CHECK(of_peer.empty());
        return {};
    });
}

TEST_CASE("an origin's number is used once, within the window below its highest") {
    in_schema([](Tx& tx) -> Status {
        namespace c = remote_commands;
        const auto look = [&](std::uint64_t seq, std::uint8_t command) {
            return c::look(tx, kGuild, filled(1), seq, filled(command)).value();
        };
        CHECK(look(1, 5) == OriginSeq::fresh);
        CHECK(look(0, 5) == OriginSeq::stale);
        c::ReceiptRow row{
            .command_hash = filled(5), .guild = kGuild, .origin = filled(1), .origin_seq = 4097};
        TRY_VOID(c::begin(tx, row));
        CHECK(look(4097, 5) == OriginSeq::repeat);
        CHECK(look(4097, 6) == OriginSeq::conflict);
        CHECK(look(1, 6) == OriginSeq::stale);
        CHECK(look(2, 6) == OriginSeq::fresh);
        row.command_hash = filled(6);
        row.origin_seq = 2;
        TRY_VOID(c::begin(tx, row));
        CHECK(look(1, 7) == OriginSeq::stale);
        TRY_VOID(c::set_receipt(tx, filled(6), "receipt"));
        TRY_VOID(c::set_answer(tx, filled(6), 200, "{}"));
        TRY(auto found, c::find_receipt(tx, filled(6)));
        REQUIRE(found);
        CHECK(found->receipt == "receipt");
        CHECK(found->status == 200);
        CHECK(found->json == "{}");
        CHECK(found->origin_seq == 2);
        // Inside the window nothing is forgotten, however old.
        TRY_VOID(c::forget_receipts_before(tx, 100));
        CHECK(look(2, 6) == OriginSeq::repeat);
        row.command_hash = filled(8);
        row.origin_seq = 9000;
        TRY_VOID(c::begin(tx, row));
        TRY_VOID(c::forget_receipts_before(tx, 100));
        TRY(auto gone, c::find_receipt(tx, filled(6)));
        CHECK_FALSE(gone);
        CHECK(look(2, 6) == OriginSeq::stale);
        return {};
    });
}

TEST_CASE("numbers for commands are given once") {
    in_schema([](Tx& tx) -> Status {
        TRY(const auto first, remote_commands::reserve_numbers(tx, kGuild, 1024));
        TRY(const auto second, remote_commands::reserve_numbers(tx, kGuild, 1024));
        TRY(const auto other, remote_commands::reserve_numbers(tx, GuildId(78), 1));
        TRY(const auto later, remote_commands::reserve_numbers(tx, kGuild, 1024, 9000));
        TRY(const auto last, remote_commands::reserve_numbers(tx, kGuild, 1024, 10));
        CHECK(first == 1);
        CHECK(second == 1025);
        CHECK(other == 1);
        CHECK(later == 9000);
        CHECK(last == 10024);
        return {};
    });
}

TEST_CASE("holes are cut where entries fill them") {
    in_schema([](Tx& tx) -> Status {
        TRY_VOID(gaps::put(tx, 9, {0, 10, "at10"}));
        CHECK_FALSE(gaps::fill(tx, 9, 8, 11, "at8"));
        CHECK_FALSE(gaps::fill(tx, 9, 5, 5, "at5"));
        TRY_VOID(gaps::fill(tx, 9, 4, 6, "at4"));
        TRY(auto left, gaps::of_log(tx, 9));
        CHECK(left == std::vector<gaps::Gap>{{0, 4, "at4"}, {6, 10, "at10"}});
        CHECK_FALSE(gaps::fill(tx, 9, 3, 5, "at3"));
        TRY_VOID(gaps::fill(tx, 9, 6, 10, "at6"));
        TRY_VOID(gaps::fill(tx, 9, 0, 4, ""));
        TRY(const bool any, gaps::any(tx, 9));
        CHECK_FALSE(any);
        TRY_VOID(gaps::put(tx, 9, {0, 1, ""}));
        TRY_VOID(gaps::forget(tx, 9));
        TRY(left, gaps::of_log(tx, 9));
        CHECK(left.empty());
        return {};
    });
}

TEST_CASE("evidence is kept in the order in which it was found") {
    in_schema([](Tx& tx) -> Status {
        const std::string bytes("\0\xff", 2);
        TRY_VOID(evidence::add(tx, {0, kGuild, 3, bytes, 5}));
        TRY_VOID(evidence::add(tx, {0, GuildId(78), 0, "words", 6}));
        TRY(auto all, evidence::after(tx, 0, 10));
        CHECK(all == std::vector<evidence::EvidenceRow>{{1, kGuild, 3, bytes, 5},
                                                        {2, GuildId(78), 0, "words", 6}});
        TRY(auto of_guild, evidence::of_guild(tx, kGuild));
        CHECK(of_guild.size() == 1);
        TRY(const auto newest, evidence::newest(tx, kGuild, 10));
        CHECK(newest == std::vector<evidence::EvidenceRow>{{1, kGuild, 3, "", 5}});
        TRY(const auto words, evidence::newest(tx, GuildId(78), 10));
        CHECK(words == std::vector<evidence::EvidenceRow>{{2, GuildId(78), 0, "words", 6}});
        TRY(all, evidence::after(tx, 1, 1));
        CHECK(all.size() == 1);
        CHECK(all.front().id == 2);
        return {};
    });
}

TEST_CASE("of evidence of one kind a guild keeps the oldest rows, and only so many") {
    in_schema([](Tx& tx) -> Status {
        for (unsigned i = 0; i < evidence::kOfKindMax + 1; ++i)
            TRY_VOID(evidence::add(tx, {0, kGuild, 6, "again", i}));
        TRY(const auto kept, evidence::of_guild(tx, kGuild));
        CHECK(kept.size() == evidence::kOfKindMax);
        CHECK(kept.front().ts_ms == 0);
        // Others are kept as before.
        TRY_VOID(evidence::add(tx, {0, kGuild, 1, "heads", 7}));
        TRY_VOID(evidence::add(tx, {0, GuildId(78), 6, "first", 8}));
        TRY(const std::uint64_t heads, evidence::count(tx, kGuild, 1));
        TRY(const std::uint64_t others, evidence::count(tx, GuildId(78), 6));
        CHECK(heads == 1);
        CHECK(others == 1);
        return {};
    });
}

TEST_CASE("one vote is given in each epoch, and certificates ascend") {
    in_schema([](Tx& tx) -> Status {
        TRY(const bool first, hosting::put_vote(tx, kGuild, 2, "vote"));
        TRY(const bool again, hosting::put_vote(tx, kGuild, 2, "vote"));
        TRY(const bool other, hosting::put_vote(tx, kGuild, 2, "another"));
        CHECK(first);
        CHECK(again);
        CHECK_FALSE(other);
        TRY(auto vote, hosting::find_vote(tx, kGuild, 2));
        CHECK(vote == "vote");
        TRY_VOID(hosting::put_certificate(tx, kGuild, {3, "three"}));
        TRY_VOID(hosting::put_certificate(tx, kGuild, {1, "one"}));
        TRY_VOID(hosting::put_certificate(tx, kGuild, {3, "tres"}));
        TRY(auto all, hosting::certificates_above(tx, kGuild, -1));
        REQUIRE(all.size() == 2);
        CHECK(all[1].bytes == "tres");
        TRY(auto above, hosting::certificates_above(tx, kGuild, 1));
        CHECK(above.size() == 1);
        // Who stands in an epoch that is void is told of all.
        for (const auto& [epoch, count] :
             std::map<std::uint64_t, std::size_t>{{0, 2}, {1, 1}, {2, 2}, {3, 0}, {5, 2}}) {
            TRY(const auto told, hosting::certificates_from(tx, kGuild, epoch));
            INFO(epoch);
            CHECK(told.size() == count);
        }
        return {};
    });
}

TEST_CASE("when a guild's epochs were seen is kept as long as the guild") {
    in_schema([](Tx& tx) -> Status {
        std::map<std::uint64_t, protocol::UnixMs> seen;
        TRY(auto none, hosting::find_seen(tx, kGuild));
        CHECK(none.empty());
        for (std::uint64_t epoch = 1; epoch <= 17; ++epoch)
            seen[epoch] = 1000 + static_cast<protocol::UnixMs>(epoch);
        TRY_VOID(hosting::put_seen(tx, kGuild, seen));
        TRY(auto kept, hosting::find_seen(tx, kGuild));
        seen.erase(1);
        CHECK(kept == seen);
        // With what else was kept of its changes of host; its key stays.
        const std::string names[] = {
            secrets::offer_name(kGuild), secrets::away_name(kGuild), secrets::root_name(kGuild)};
        for (const std::string& name : names) TRY_VOID(secrets::put(tx, name, "x"));
        TRY_VOID(hosting::put(tx, {.guild = kGuild, .uid = "uid", .host_uid = "host"}));
        TRY_VOID(hosting::set_role(tx, kGuild, hosting::Role::left));
        for (bool done = false; !done;) {
            TRY(done, hosting::sweep_left(tx, 100));
        }
        TRY(const auto left, secrets::like(tx, "guild.%"));
        REQUIRE(left.size() == 1);
        CHECK(left.front().first == secrets::root_name(kGuild));
        return {};
    });
}

TEST_CASE("a guild's role is kept, and one that was left is not listed until it is swept") {
    in_schema([](Tx& tx) -> Status {
        TRY_VOID(hosting::put(tx,
                              {.guild = kGuild,
                               .uid = "uid",
                               .epoch = 3,
                               .host_uid = "host",
                               .host_name = "host.example",
                               .role = hosting::Role::mirrored,
                               .complete = false}));
        TRY(auto row, hosting::find(tx, kGuild));
        REQUIRE(row);
        CHECK(row->role == hosting::Role::mirrored);
        CHECK_FALSE(row->complete);
        TRY_VOID(hosting::set_complete(tx, kGuild));
        TRY_VOID(hosting::set_epoch(tx, kGuild, 4));
        TRY(auto all, hosting::all(tx));
        REQUIRE(all.size() == 1);
        CHECK(all[0].complete);
        CHECK(all[0].epoch == 4);
        TRY_VOID(entries::put_log(tx, {.log = 77, .guild = kGuild, .size = 3}));
        for (std::uint64_t seq = 0; seq < 3; ++seq)
            TRY_VOID(entries::insert(tx, 77, {.seq = seq}, "body"));
        TRY_VOID(hosting::set_role(tx, kGuild, hosting::Role::left));
        TRY(all, hosting::all(tx));
        CHECK(all.empty());
        int steps = 0;
        for (bool done = false; !done; ++steps) {
            TRY(done, hosting::sweep_left(tx, 2));
        }
        CHECK(steps > 2);
        TRY(row, hosting::find(tx, kGuild));
        CHECK_FALSE(row);
        TRY(auto left, entries::range(tx, 77, 0, 0, 10));
        CHECK(left.empty());
        return {};
    });
}

TEST_CASE("only a newer profile takes the place of the one that is held") {
    in_schema([](Tx& tx) -> Status {
        const protocol::UserId user(5);
        TRY(const bool first, profiles::put_if_newer(tx, {user, 2, "two"}));
        TRY(const bool same, profiles::put_if_newer(tx, {user, 2, "other"}));
        TRY(const bool older, profiles::put_if_newer(tx, {user, 1, "one"}));
        TRY(const bool newer, profiles::put_if_newer(tx, {user, 3, "three"}));
        CHECK(first);
        CHECK_FALSE(same);
        CHECK_FALSE(older);
        CHECK(newer);
        TRY(auto found, profiles::find(tx, user));
        CHECK(found == profiles::ProfileRow{user, 3, "three"});
        TRY_VOID(profiles::forget(tx, user));
        TRY(found, profiles::find(tx, user));
        CHECK_FALSE(found);
        return {};
    });
}

TEST_CASE("copies of others' files are known by size and last use") {
    in_schema([](Tx& tx) -> Status {
        TRY_VOID(remote_blobs::put(tx, {filled(1), 10, 5}));
        TRY_VOID(remote_blobs::put(tx, {filled(2), 20, 6}));
        TRY_VOID(remote_blobs::touch(tx, filled(1), 7));
        TRY(const auto total, remote_blobs::total_size(tx));
        CHECK(total == 30);
        TRY(auto oldest, remote_blobs::oldest(tx, 1));
        CHECK(oldest == std::vector<remote_blobs::BlobRow>{{filled(2), 20, 6}});
        TRY_VOID(remote_blobs::erase(tx, filled(2)));
        TRY(auto gone, remote_blobs::find(tx, filled(2)));
        CHECK_FALSE(gone);
        return {};
    });
}

TEST_CASE("what a node's users store is counted once, and forgotten when nothing has it any more") {
    in_schema([](Tx& tx) -> Status {
        TRY(const bool first, guest_files::put(tx, filled(1), filled(11), 4096, 100));
        CHECK(first);
        TRY(const bool again, guest_files::put(tx, filled(1), filled(11), 4096, 200));
        CHECK_FALSE(again);
        TRY(const bool second, guest_files::put(tx, filled(1), filled(12), 9000, 100));
        CHECK(second);
        TRY(const bool other, guest_files::put(tx, filled(2), filled(11), 4096, 100));
        CHECK(other);
        TRY(auto sum, guest_files::total_cost(tx, filled(1)));
        CHECK(sum == 4096 + 9000);
        // The second is in a message; the first was named lately.
        TRY_VOID(tx.run("INSERT INTO attachments (channel, message, id, hash) VALUES (1, 2, 3, $1)",
                        Blob(filled(12))));
        TRY_VOID(guest_files::forget_unused(tx, filled(1), 150));
        TRY(sum, guest_files::total_cost(tx, filled(1)));
        CHECK(sum == 4096 + 9000);
        TRY_VOID(guest_files::forget_unused(tx, filled(1), 250));
        TRY(sum, guest_files::total_cost(tx, filled(1)));
        CHECK(sum == 9000);
        // A channel that is being purged has no files.
        TRY_VOID(tx.run("INSERT INTO purges (log) VALUES (1)"));
        TRY_VOID(guest_files::forget_unused(tx, filled(1), 250));
        TRY(sum, guest_files::total_cost(tx, filled(1)));
        CHECK(sum == 0);
        TRY(sum, guest_files::total_cost(tx, filled(2)));
        CHECK(sum == 4096);
        return {};
    });
}

TEST_CASE("a peer is forgotten, and nobody else") {
    in_schema([](Tx& tx) -> Status {
        TRY_VOID(peers::put(tx, {.uid = "one", .name = "one.example"}));
        TRY_VOID(peers::put(tx, {.uid = "two", .name = "two.example"}));
        TRY_VOID(peers::forget(tx, "one"));
        TRY(const auto left, peers::all(tx));
        REQUIRE(left.size() == 1);
        CHECK(left.front().uid == "two");
        return {};
    });
}

TEST_CASE("who a user is, is said once; what was not known is filled in") {
    in_schema([](Tx& tx) -> Status {
        const protocol::Snowflake id(900);
        // By a profile alone, then by the genesis, which stays.
        TRY_VOID(users::claim_id(tx, id, "uid", ""));
        TRY_VOID(users::claim_id(tx, id, "uid", "genesis"));
        TRY_VOID(users::claim_id(tx, id, "uid", "other"));
        TRY(const auto genesis, users::find_claim(tx, id, "uid"));
        CHECK(genesis == "genesis");
        CHECK_FALSE(users::claim_id(tx, id, "another", "genesis"));

        protocol::User user;
        user.id = protocol::UserId(900);
        user.username = "alice@node.example";
        TRY_VOID(users::put(tx, user));
        user.uid = "uid";
        TRY_VOID(users::put(tx, user));
        user.uid = "another";
        TRY_VOID(users::put(tx, user));
        TRY(const auto found, users::find(tx, user.id));
        REQUIRE(found);
        CHECK(found->uid == "uid");
        return {};
    });
}

}  // namespace guildhall::store
