// Row 20 of the threats: users who move, and others who would move them, go on for them after they
// left, or have the same 64 bits for an id. The uid and its key log say who somebody is.
#include "federation/key_log.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"

#include <map>

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;
using f::ProblemCode;

namespace {

f::SecretKey key_of(std::uint8_t number) {
    f::Seed seed;
    seed.fill(number);
    return f::SecretKey::from_seed(seed);
}

/// The first event of mallory's key log, by the key that her genesis commits to: to `home`, who
/// agrees.
std::string move_to(const EvilGuest& s, const EvilPeer& home, std::uint8_t next) {
    const f::SecretKey committed = key_of(140);
    f::KeyEvent move;
    move.subject_uid = move.prev = s.mallory.uid;
    move.seq = 1;
    move.ts_ms = s.world.clock.unix_ms();
    move.signing_key = committed.public_key();
    move.target = *f::KeyTarget::from(home.uid().text());
    move.next_key_commit = f::key_commit(key_of(next).public_key());
    f::SignedKeyEvent out = f::sign(move, committed);
    out.consent = f::consent_to_move(f::ByteView(out.bytes), 0, home.key());
    return f::encode(out);
}

void push(EvilPeer& from, const EvilUser& user, std::vector<std::string> events) {
    f::frames::KeyLog log;
    log.genesis = user.genesis;
    log.events = std::move(events);
    from.send(log);
    from.world.advance(5s);
}

std::string home_of(EvilGuest& s, protocol::UserId user) {
    const auto& state = *s.host().guild(s.guild);
    const auto* member = state.members.find(user);
    return member ? protocol::home_of(state, *member) : std::string();
}

/// A command of the user by another node than the guest.
bool is_run(EvilGuest& s, EvilPeer& by, protocol::UserId user, const std::string& text) {
    f::CommandHeader header = s.header(user, s.channel);
    header.origin_uid = by.uid();
    f::Salt salt;
    salt.fill(9);
    const auto command = f::sign_command(header, salt, f::encode(s.post(text)), by.key());
    const auto answer = by.ask(f::frame_of(command, true));
    const auto* result = answer ? std::get_if<f::CommandResult>(&*answer) : nullptr;
    return result && result->status == 200;
}

struct Birth {
    f::UserGenesis genesis;
    std::string bytes;
};

/// A user's birth that gives the same 64-bit id as another's: with 22 bits of the uid in it a few
/// thousand tries find two.
std::pair<Birth, Birth> twins(const EvilGuest& s, const EvilPeer& one, const EvilPeer& other) {
    std::map<std::uint64_t, Birth> known;
    for (std::uint32_t i = 0; i < 60'000; ++i) {
        Birth b;
        b.genesis.created_ms = s.world.clock.unix_ms() - 1'000'000;
        for (std::size_t k = 0; k < 4; ++k) b.genesis.nonce.data()[k] = (i >> (8 * k)) & 0xff;
        b.genesis.signing_key = key_of(i % 2 == 0 ? 61 : 62).public_key();
        b.genesis.home_node_uid = i % 2 == 0 ? one.uid() : other.uid();
        b.genesis.next_key_commit = f::key_commit(key_of(63).public_key());
        b.bytes = f::encode(f::Genesis(b.genesis));
        const auto uid = f::uid_of(b.bytes);
        const auto id = f::derived_id(uid, b.genesis.created_ms)->value;
        const auto at = known.find(id);
        if (at == known.end()) {
            known.emplace(id, std::move(b));
        } else if (at->second.genesis.home_node_uid != b.genesis.home_node_uid) {
            const bool first = at->second.genesis.home_node_uid == one.uid();
            return first ? std::pair(at->second, b) : std::pair(b, at->second);
        }
    }
    throw std::runtime_error("no twins");
}

EvilUser user_of(const EvilPeer& home, const Birth& birth, std::uint8_t key) {
    EvilUser out(home, "twin", 70);
    const f::SignedGenesis made = f::sign(f::Genesis(birth.genesis), key_of(key));
    out.genesis = f::encode(made);
    out.uid = f::uid_of(made.bytes);
    out.id = protocol::id_cast<protocol::UserId>(*f::derived_id(out.uid, birth.genesis.created_ms));
    f::Profile shown;
    shown.user_id = out.id.value;
    shown.user_uid = out.uid;
    shown.home_uid = home.uid();
    shown.version = 1;
    shown.username = "twin";
    out.profile = f::encode(f::sign_bytes(f::encode(shown), f::Domain::profile, home.key()));
    return out;
}

}  // namespace

TEST_CASE("row 20: after a move only the new home speaks for its user") {
    EvilGuest s;
    s.join();
    REQUIRE(s.send(s.say("at home")) == 200);
    const f::SignedCommand kept = s.say("signed before the move");
    EvilPeer next(s.world, "next.example", 13);
    next.open(s.host());
    const std::string moved = move_to(s, next, 150);
    push(next, s.mallory, {moved});
    REQUIRE(home_of(s, s.mallory.id) == next.uid().text());
    CHECK(is_run(s, next, s.mallory.id, "moved"));
    // The old home, with what it signed before and after.
    CHECK(s.send(kept) == 0);
    CHECK(s.problem == ProblemCode::forbidden);
    CHECK(s.send(s.say("still me")) == 0);
    CHECK(s.problem == ProblemCode::forbidden);
    CHECK(s.texts() == std::vector<std::string>{"at home", "moved"});
}

TEST_CASE("row 20: an old, a forked or a borrowed key log moves nobody back") {
    EvilGuest s;
    s.join();
    EvilPeer next(s.world, "next.example", 13), thief(s.world, "thief.example", 14);
    next.open(s.host());
    thief.open(s.host());
    const std::string moved = move_to(s, next, 150);
    push(next, s.mallory, {moved});
    REQUIRE(home_of(s, s.mallory.id) == next.uid().text());
    // What the log was before the move, from the home that it names.
    push(s.evil, s.mallory, {});
    CHECK(home_of(s, s.mallory.id) == next.uid().text());
    // Another first event, signed as validly.
    push(thief, s.mallory, {move_to(s, thief, 151)});
    CHECK(home_of(s, s.mallory.id) == next.uid().text());
    // The true one, by a node that it does not name.
    push(thief, s.mallory, {moved});
    CHECK(home_of(s, s.mallory.id) == next.uid().text());
    CHECK_FALSE(is_run(s, thief, s.mallory.id, "stolen"));
    CHECK_FALSE(is_run(s, s.evil, s.mallory.id, "back"));
    CHECK(is_run(s, next, s.mallory.id, "where I am"));
}

TEST_CASE("row 20: a user with the same id and another uid is another, and gets nothing") {
    EvilGuest s;
    EvilPeer thief(s.world, "thief.example", 13);
    thief.open(s.host());
    const auto [born, other] = twins(s, s.evil, thief);
    const EvilUser first = user_of(s.evil, born, 61);
    const EvilUser second = user_of(thief, other, 62);
    REQUIRE(first.id == second.id);
    REQUIRE(first.uid != second.uid);
    s.answer_questions();
    s.show(first);
    REQUIRE(s.send(s.join_command(first)) == 200);
    REQUIRE(home_of(s, first.id) == s.evil.uid().text());
    const std::string name = (*s.host().view().user(first.id))->username;

    f::frames::Profiles shown;
    shown.profiles = {second.profile};
    thief.send(shown);
    push(thief, second, {});
    f::CommandHeader header = s.header(second.id);
    header.origin_uid = thief.uid();
    f::ApiCall join;
    join.method = "POST";
    join.route = "/invites/{invite_code}";
    join.params = {s.code};
    join.json = "{}";
    join.version = 10;
    join.keyLog = {second.genesis};
    f::Salt salt;
    salt.fill(8);
    const auto command = f::sign_command(header, salt, f::encode(join), thief.key());
    const auto answer = thief.ask(f::frame_of(command, true));
    const auto* result = answer ? std::get_if<f::CommandResult>(&*answer) : nullptr;
    CHECK((!result || result->status / 100 != 2));
    CHECK_FALSE(is_run(s, thief, second.id, "twin"));
    CHECK(home_of(s, first.id) == s.evil.uid().text());
    CHECK((*s.host().view().user(first.id))->username == name);
    CHECK((*s.host().view().user(first.id))->uid == first.uid.text());
    CHECK(s.texts().empty());
}
