// Who hosts a guild, and who says so without the right to: rows 10, 20, 21, 22 and 23 of the
// threats.
#include "federation/hosting_certificate.h"
#include "federation/receipt.h"
#include "federation/snapshot.h"
#include "node/journal/journal.h"
#include "node/peering/mirror/renewals.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/renewals.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"
#include "tests/unit/peering/evil_host.h"
#include "tests/unit/peering/far_guild.h"

#include <map>
#include <set>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using protocol::MessageCreated;

namespace {

void set_successors(EvilHost& s, const std::vector<f::Hash32>& heirs) {
    json::array names;
    for (const f::Hash32& uid : heirs) names.push_back(json::string(f::to_hex(uid)));
    s.host().ok(Method::patch,
                "/api/v10/guilds/" + s.guild.str() + "/hosting",
                s.owner,
                {{"successors", names}, {"takeover_delay", 60}});
    s.world.advance(5s);
}

/// The kinds of evidence that a node keeps and that hold.
std::vector<std::string> found(FedNode& node, protocol::GuildId guild) {
    std::vector<std::string> kinds;
    const auto done = store::read_and_wait(*node.db, [&](store::Tx& tx) -> protocol::Status {
        TRY(auto rows, store::evidence::of_guild(tx, guild));
        for (const auto& row : rows) {
            const auto evidence = f::decode_evidence(row.statements);
            if (evidence && f::check(*evidence)) kinds.emplace_back(f::name_of(evidence->kind));
        }
        return {};
    });
    REQUIRE(done);
    return kinds;
}

const protocol::Hosting& hosting_at(EvilHost& s) { return s.mirror().guild(s.guild)->hosting; }

/// The host answers commands with a receipt for an entry that it does not send.
void acknowledge_falsely(EvilHost& s, std::uint64_t seq, const f::SecretKey& key, int& commands) {
    s.meddle = [&s, &key, &commands, seq](const f::Frame& frame) {
        const auto* asked = std::get_if<f::CommandFrame>(&frame.body);
        if (!asked) return false;
        ++commands;
        f::Receipt receipt;
        receipt.guild_uid = s.guild_uid;
        receipt.command_hash = f::sha256(f::ByteView(asked->header));
        receipt.log_id = s.channel.value;
        receipt.seq = seq;
        receipt.leaf.fill(7);
        receipt.ts_ms = s.world.clock.unix_ms();
        f::CommandResult result;
        result.status = 200;
        result.json = "{}";
        result.receipt = f::encode(f::sign(receipt, key));
        s.evil->send(result, frame.id);
        return true;
    };
}

}  // namespace

TEST_CASE("row 10: a host that acknowledges a command and withholds it is convicted") {
    EvilHost s;
    s.turn();
    const std::uint64_t promised = s.logs.at(s.channel.value).tree.size();
    int commands = 0;
    acknowledge_falsely(s, promised, s.identity->key, commands);
    const auto call = s.mirror().begin(Method::post,
                                       "/api/v10/channels/" + s.channel.str() + "/messages",
                                       s.bob,
                                       {{"content", "do not lose this"}});
    REQUIRE(s.world.run_until([&] { return commands > 0; }));
    s.world.advance(1s);
    CHECK_FALSE(s.is_frozen());
    // In its place there comes another.
    s.send(s.next(MessageCreated{s.message("something else", s.owner.id)}));
    s.world.advance(20s);
    INFO(s.world.logs());
    CHECK(s.is_frozen());
    CHECK(found(s.mirror(), s.guild) ==
          std::vector<std::string>{std::string(f::name_of(f::EvidenceKind::broken_receipt))});
}

TEST_CASE("row 10: without the entry, a receipt that nobody signed acknowledges nothing") {
    EvilHost s;
    s.turn();
    int commands = 0;
    const EvilPeer other(s.world, "other.example", 14);
    acknowledge_falsely(s, s.logs.at(s.channel.value).tree.size(), other.key(), commands);
    const auto answer = s.mirror().call(Method::post,
                                        "/api/v10/channels/" + s.channel.str() + "/messages",
                                        s.bob,
                                        {{"content", "do not lose this"}});
    CHECK(commands > 0);
    CHECK(answer.status == 502);
    CHECK_FALSE(s.is_frozen());
}

TEST_CASE("row 20: nobody moves another's user, and a node speaks for its own alone") {
    EvilGuest s;
    s.join();
    EvilPeer thief(s.world, "thief.example", 13);
    thief.open(s.host());
    // A move that the user did not sign, to the thief.
    f::KeyEvent move;
    move.subject_uid = move.prev = s.mallory.uid;
    move.seq = 1;
    move.ts_ms = s.world.clock.unix_ms();
    move.signing_key = thief.key().public_key();
    move.target = *f::KeyTarget::from(thief.uid().text());
    move.next_key_commit = f::key_commit(thief.key().public_key());
    f::SignedKeyEvent stolen = f::sign(move, thief.key());
    stolen.consent = f::consent_to_move(f::ByteView(stolen.bytes), 0, thief.key());
    f::frames::KeyLog log;
    log.genesis = s.mallory.genesis;
    log.events = {f::encode(stolen)};
    thief.send(log);
    s.world.advance(5s);
    f::CommandHeader header = s.header(s.mallory.id, s.channel);
    header.origin_uid = thief.uid();
    f::Salt salt;
    salt.fill(1);
    const auto forged = f::sign_command(header, salt, f::encode(s.post("moved")), thief.key());
    const auto answer = thief.ask(f::frame_of(forged, true));
    REQUIRE(answer);
    CHECK(std::holds_alternative<f::Problem>(*answer));
    CHECK(s.texts().empty());
    // The home that it has goes on.
    CHECK(s.send(s.say("still at home")) == 200);
}

TEST_CASE("row 21: a takeover without its votes, or of an epoch that is over, changes nothing") {
    EvilHost s;
    EvilPeer heir(s.world, "heir.example", 14);
    EvilPeer other(s.world, "other.example", 15);
    heir.open(s.host());
    other.open(s.host());
    set_successors(s, {heir.uid(), other.uid(), s.mirror().uid()});
    s.become();
    s.world.advance(10min);
    f::HostingCertificate wish;
    wish.kind = f::HostingKind::takeover;
    wish.guild_uid = s.guild_uid;
    wish.epoch = 1;
    wish.control_size = s.logs.at(0).tree.size();
    wish.control_root = s.logs.at(0).tree.root();
    wish.new_host_uid = heir.uid();
    wish.new_host_name = heir.name();
    wish.ts_ms = s.world.clock.unix_ms();
    f::Vote vote;
    vote.guild_uid = s.guild_uid;
    vote.epoch = 1;
    vote.candidate_uid = heir.uid();
    vote.control_size = wish.control_size;
    vote.control_root = wish.control_root;
    vote.voter_uid = heir.uid();
    vote.ts_ms = wish.ts_ms;
    const auto claim = [&](f::HostingCertificate what, std::vector<f::SignedBytes> votes) {
        f::SignedCertificate out;
        out.bytes = f::encode(what);
        f::add_signature(out, heir.uid(), 0, heir.key());
        out.votes = std::move(votes);
        f::frames::Hosting frame;
        frame.guildUid = s.guild_uid;
        frame.certificates = {f::encode(out)};
        heir.send(frame);
        s.world.advance(5s);
        CHECK(hosting_at(s).hostUid == s.host_uid.text());
        CHECK(hosting_at(s).epoch == 0);
    };
    heir.open(s.mirror());
    const f::SignedBytes mine = f::sign(vote, heir.key());
    claim(wish, {});
    claim(wish, {mine});
    claim(wish, {mine, mine});
    // One of somebody who is no successor.
    f::Vote strange = vote;
    strange.voter_uid = s.evil->uid();
    claim(wish, {mine, f::sign(strange, s.evil->key())});
    // Two votes, for a control log that nobody has.
    f::HostingCertificate stale = wish;
    stale.control_size -= 1;
    f::Vote second = vote;
    second.voter_uid = other.uid();
    claim(stale, {mine, f::sign(second, other.key())});
    f::HostingCertificate low = wish;
    low.epoch = 0;
    claim(low, {mine, f::sign(second, other.key())});
    CHECK(s.is_shown("present"));
}

TEST_CASE("row 21: a successor that votes twice is convicted by its own votes") {
    EvilHost s(3);
    const Person carol = s.world[2].add_user("carol");
    s.world[2].ok(Method::post, "/api/v10/invites/" + s.code + "@a.example", carol, json::object{});
    EvilPeer heir(s.world, "heir.example", 14);
    heir.open(s.host());
    set_successors(s, {heir.uid(), s.mirror().uid()});
    heir.hang_up();
    s.become();
    heir.open(s.mirror());
    f::Vote vote;
    vote.guild_uid = s.guild_uid;
    vote.epoch = 1;
    vote.candidate_uid = heir.uid();
    vote.control_size = s.logs.at(0).tree.size();
    vote.control_root = s.logs.at(0).tree.root();
    vote.voter_uid = heir.uid();
    vote.ts_ms = s.world.clock.unix_ms();
    const auto say = [&](f::Vote what) {
        heir.send(f::frames::Vote{s.guild_uid, f::encode(f::sign(what, heir.key()))});
        s.world.advance(1s);
    };
    say(vote);
    say(vote);
    CHECK(found(s.mirror(), s.guild).empty());
    // Of a node that nobody asked, which its maker has vote twice.
    EvilPeer nobody(s.world, "nobody.example", 16);
    const auto twice = [&](const EvilPeer& voter) {
        f::Vote one = vote, two = vote;
        one.voter_uid = two.voter_uid = voter.uid();
        two.candidate_uid = s.mirror().uid();
        const f::Evidence evidence = f::double_vote(voter.identity().log,
                                                    s.guild_uid,
                                                    f::sign(one, voter.key()),
                                                    f::sign(two, voter.key()));
        REQUIRE(f::check(evidence));
        return f::frames::Evidence{s.guild_uid, f::encode(evidence)};
    };
    heir.send(twice(nobody));
    s.world.advance(1s);
    CHECK(found(s.mirror(), s.guild).empty());
    vote.candidate_uid = s.mirror().uid();
    say(vote);
    const std::vector<std::string> all{std::string(f::name_of(f::EvidenceKind::double_vote))};
    INFO(s.world.logs());
    CHECK(found(s.mirror(), s.guild) == all);
    // One by a key that its voter does not have counts for nothing, and the operator can see it.
    f::Vote other_key = vote;
    other_key.voter_key_seq = 7;
    say(other_key);
    // It is asked for that key first.
    CHECK(s.world.run_until(
        [&] { return s.mirror().log.contains("not by its voter's newest key"); }, 10s));
    // Once, however often it is said, and known to who shares the guild.
    say(vote);
    CHECK(found(s.mirror(), s.guild) == all);
}

TEST_CASE("row 22: a host that hands its guild to two nodes is convicted by its own hand") {
    EvilHost s;
    EvilPeer heir(s.world, "heir.example", 14);
    EvilPeer other(s.world, "other.example", 15);
    heir.open(s.host());
    other.open(s.host());
    set_successors(s, {heir.uid(), other.uid()});
    s.become();
    heir.hang_up();
    s.world.advance(2s);
    heir.open(s.mirror());
    const auto hand_to = [&](EvilPeer& to) {
        f::HostingCertificate c;
        c.kind = f::HostingKind::transfer;
        c.guild_uid = s.guild_uid;
        c.epoch = 1;
        c.control_size = s.logs.at(0).tree.size();
        c.control_root = s.logs.at(0).tree.root();
        c.new_host_uid = to.uid();
        c.new_host_name = to.name();
        c.ts_ms = s.world.clock.unix_ms();
        f::SignedCertificate out;
        out.bytes = f::encode(c);
        f::add_signature(out, s.host_uid, 0, s.identity->key);
        f::add_signature(out, to.uid(), 0, to.key());
        heir.send(f::frames::Hosting{s.guild_uid, {f::encode(out)}});
        s.world.advance(5s);
    };
    hand_to(heir);
    CHECK(found(s.mirror(), s.guild).empty());
    hand_to(other);
    INFO(s.world.logs());
    CHECK(found(s.mirror(), s.guild) ==
          std::vector<std::string>{std::string(f::name_of(f::EvidenceKind::two_certificates))});
}

namespace {

/// The mirror's copy is gone, and is to be taken anew from the host, whose keys somebody has; a
/// node that would like the guild has all that a new host had.
struct Anew : EvilHost {
    Anew() : thief(world, "thief.example", 14), state(*host().view().guild(guild)) {
        const auto read = [&](store::Tx& tx) -> protocol::Status {
            TRY(genesis, store::hosting::find_genesis(tx, guild));
            return {};
        };
        REQUIRE(store::read_and_wait(*host().db, read));
        app::Core& core = mirror().core();
        const auto& copy = *core.peering->mirrors().find(guild);
        const auto row = peering::renewal_of(guild, copy.uid(), copy.seat(), {});
        const auto note = [row](store::Tx& tx) { return store::renewals::put(tx, row); };
        REQUIRE(world.wait(core.shards.of(guild), core.journal.drop_guild(guild, note)));
        mirror().crash();
        become();
        thief.react = [this](const f::Frame& frame) {
            if (std::holds_alternative<f::frames::SnapshotGet>(frame.body)) give(frame.id);
        };
        thief.listen();
        evil->listen();
        meddle = [this](const f::Frame& frame) {
            if (std::holds_alternative<f::frames::SnapshotGet>(frame.body) && told)
                evil->send(f::frames::Hosting{guild_uid, {*told}});
            return false;
        };
    }

    /// The guild as it was, under a head of the thief's.
    void give(std::uint64_t question) {
        ++asked;
        const f::SnapshotWriter writer(state, mirror().uid().text());
        f::Head head = head_of(0);
        head.epoch = 1;
        for (std::uint32_t i = 0; i < writer.pieces(); ++i) {
            f::SnapshotPiece piece = writer.make(i);
            piece.controlHead = f::encode(f::sign_heads({head}, thief.key()).front());
            piece.frontier = logs.at(0).tree.serialise();
            if (i == 0) piece.genesis = genesis;
            thief.send(std::move(piece), question);
        }
    }
    f::SignedCertificate claim() const {
        f::HostingCertificate c;
        c.kind = f::HostingKind::transfer;
        c.guild_uid = guild_uid;
        c.epoch = 1;
        c.control_size = logs.at(0).tree.size();
        c.control_root = logs.at(0).tree.root();
        c.new_host_uid = thief.uid();
        c.new_host_name = thief.name();
        c.endpoints = {"198.41.0.14:8447"};
        c.ts_ms = world.clock.unix_ms();
        return {f::encode(c), {}, {}};
    }

    EvilPeer thief;
    protocol::GuildSnapshot state;
    std::string genesis;
    std::optional<std::string> told;
    int asked = 0;
};

}  // namespace

TEST_CASE(
    "row 22: a guild that is taken anew is not begun where its host's word has no signatures") {
    Anew s;
    f::SignedCertificate claim = s.claim();
    SECTION("none at all") {}
    SECTION("but that of who wants it") {
        f::add_signature(claim, s.thief.uid(), 0, s.thief.key());
    }
    s.told = f::encode(claim);
    s.mirror().start();
    const bool was_asked = s.world.run_until([&] { return s.asked > 0; }, 5min);
    INFO(s.world.logs());
    REQUIRE(was_asked);
    s.world.advance(1min);
    CHECK(s.mirror().guild(s.guild) == nullptr);
    // The host that is known is heard on, and believed when it signs.
    f::add_signature(claim, s.host_uid, 0, s.identity->key);
    if (claim.signatures.size() < 2) f::add_signature(claim, s.thief.uid(), 0, s.thief.key());
    s.evil->send(f::frames::Hosting{s.guild_uid, {f::encode(claim)}});
    const bool begun = s.world.run_until([&] { return s.mirror().guild(s.guild) != nullptr; }, 2h);
    REQUIRE(begun);
    std::size_t kept = 0;
    REQUIRE(store::read_and_wait(*s.mirror().db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto rows, store::hosting::certificates_above(tx, s.guild, -1));
        kept = rows.size();
        return {};
    }));
    CHECK(kept == 1);
}

TEST_CASE("row 22: a node that is not asked for a guild names no host of it") {
    Anew s;
    f::SignedCertificate claim = s.claim();
    f::add_signature(claim, s.thief.uid(), 0, s.thief.key());
    s.mirror().start();
    s.thief.open(s.mirror());
    s.thief.send(f::frames::Hosting{s.guild_uid, {f::encode(claim)}});
    s.world.advance(1min);
    CHECK(s.asked == 0);
    CHECK(s.mirror().guild(s.guild) == nullptr);
}

TEST_CASE("row 8: a guild that froze for its host's lies goes on with its successor") {
    EvilHost s(3);
    FedNode& third = s.world[2];
    const Person carol = third.add_user("carol");
    third.ok(Method::post, "/api/v10/invites/" + s.code + "@a.example", carol, json::object{});
    set_successors(s, {s.mirror().uid()});
    s.world.net.partition(third.ip(), s.host().ip());
    s.turn();
    f::Head lie = s.head_of(s.channel.value);
    lie.root.fill(9);
    s.gossip(lie);
    REQUIRE(s.is_frozen());
    // The host is still there, and has shown the third nothing wrong.
    s.world.net.heal();
    s.world.advance(10s);
    CHECK(third.view().role(s.guild) == journal::GuildRole::mirrored);
    const bool taken = s.world.run_until(
        [&] { return s.mirror().view().role(s.guild) == journal::GuildRole::hosted; }, 10min);
    INFO(s.world.logs());
    REQUIRE(taken);
    const bool follows = s.world.run_until(
        [&] {
            return third.guild(s.guild)->hosting.hostUid == s.mirror().uid().text() &&
                   third.view().role(s.guild) == journal::GuildRole::mirrored;
        },
        10min);
    REQUIRE(follows);
    const std::string messages = "/api/v10/channels/" + s.channel.str() + "/messages";
    CHECK(third.call(Method::post, messages, carol, {{"content", "we go on"}}).status == 200);
    CHECK(s.is_shown("we go on"));
    CHECK_FALSE(found(s.mirror(), s.guild).empty());
}

TEST_CASE("row 22: a host that was replaced writes nothing more into anybody's copy") {
    EvilHost s(3);
    const Person carol = s.world[2].add_user("carol");
    s.world[2].ok(Method::post, "/api/v10/invites/" + s.code + "@a.example", carol, json::object{});
    set_successors(s, {s.mirror().uid()});
    s.become();
    const bool taken = s.world.run_until(
        [&] {
            return s.mirror().view().role(s.guild) == journal::GuildRole::hosted &&
                   s.world[2].guild(s.guild)->hosting.epoch > 0;
        },
        1h);
    INFO(s.world.logs());
    REQUIRE(taken);
    const auto before = s.shown();
    for (FedNode* node : {&s.mirror(), &s.world[2]}) {
        s.evil->open(*node);
        s.send(s.next(MessageCreated{s.message("from the past", s.owner.id)}));
        s.gossip(s.head_of(s.channel.value));
        const auto page = node->ok(Method::get,
                                   "/api/v10/channels/" + s.channel.str() + "/messages",
                                   node == &s.mirror() ? s.bob : carol);
        for (const auto& m : page.as_array()) CHECK(m.at("content") != "from the past");
        CHECK(node->view().role(s.guild) != journal::GuildRole::frozen);
        s.evil->hang_up();
        s.world.advance(2s);
    }
    CHECK(s.shown() == before);
    s.mirror().ok(Method::post,
                  "/api/v10/channels/" + s.channel.str() + "/messages",
                  s.bob,
                  {{"content", "we go on"}});
    CHECK(s.is_shown("we go on"));
}

TEST_CASE("row 23: a transfer that a partition cuts anywhere leaves one host for each epoch") {
    std::set<bool> ends;
    for (int cut_ms = 0; cut_ms <= 120; cut_ms += 10) {
        FarGuild s(3);
        base::MemoryFaults faults;
        faults.delay_min = faults.delay_max = 10ms;
        s.world.net.set_faults(faults);
        const json::array heirs{json::string(f::to_hex(s.world[1].uid()))};
        s.world[0].ok(Method::patch,
                      s.guild_path() + "/hosting",
                      s.people[0],
                      {{"successors", heirs}, {"takeover_delay", 60}});
        s.world[0].ok(Method::post, s.messages(), s.people[0], {{"content", "before"}});
        s.world.advance(5s);
        std::map<std::uint64_t, std::set<std::size_t>> hosts;
        const auto look = [&] {
            for (std::size_t i = 0; i < 3; ++i) {
                const auto* state = s.world[i].guild(s.guild);
                if (state && s.world[i].view().role(s.guild) == journal::GuildRole::hosted)
                    hosts[state->hosting.epoch].insert(i);
            }
            return false;
        };
        const auto moving = s.world[0].begin(Method::post,
                                             s.guild_path() + "/hosting/transfer",
                                             s.people[0],
                                             {{"node", f::to_hex(s.world[1].uid())}});
        s.world.run_until(look, std::chrono::milliseconds(cut_ms));
        s.world.net.partition(s.world[0].ip(), s.world[1].ip());
        s.world.run_until(look, 20s);
        s.world.net.heal();
        const auto settled = [&] {
            look();
            std::size_t count = 0;
            std::set<std::uint64_t> epochs;
            for (std::size_t i = 0; i < 3; ++i) {
                count += s.world[i].view().role(s.guild) == journal::GuildRole::hosted;
                epochs.insert(s.world[i].guild(s.guild)->hosting.epoch);
            }
            return count == 1 && epochs.size() == 1;
        };
        INFO("cut after " << cut_ms << " ms\n" << s.world.logs());
        CHECK(s.world.run_until(settled, 15min));
        for (const auto& [epoch, who] : hosts) CHECK(who.size() == 1);
        ends.insert(s.world[1].view().role(s.guild) == journal::GuildRole::hosted);
        for (std::size_t i = 0; i < 3; ++i) {
            const auto page = s.world[i].ok(Method::get, s.messages(), s.people[i]);
            bool kept = false;
            for (const auto& m : page.as_array()) kept |= m.at("content") == "before";
            CHECK(kept);
        }
    }
    CHECK_FALSE(ends.empty());
}
