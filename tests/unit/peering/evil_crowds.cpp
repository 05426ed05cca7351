// Row 27 of the threats: identities cost nothing, so that who makes many of them must not fill this
// node's memory and disk, nor push out whom it needs.
#include "node/store/tables/peers.h"
#include "node/store/tables/secrets.h"
#include "tests/catch.h"
#include "tests/unit/peering/evil_guest.h"

using namespace guildhall;
using namespace guildhall::tests;
using namespace std::chrono_literals;

namespace {

using peering::Directory;

/// The key log of some node.
f::KeyLog stranger(std::uint32_t number) {
    f::Seed seed{};
    for (std::size_t i = 0; i < 4; ++i) seed[i] = static_cast<std::uint8_t>(number >> (8 * i));
    const auto key = f::SecretKey::from_seed(seed);
    f::NodeGenesis genesis;
    genesis.created_ms = 1'700'000'000'000;
    genesis.signing_key = key.public_key();
    genesis.noise_static.fill(1);
    genesis.next_key_commit = f::key_commit(key.public_key());
    return {f::encode(f::sign(f::Genesis(genesis), key)), {}};
}

f::Hash32 uid_of(const f::KeyLog& log) {
    return f::uid_of(f::decode_signed_genesis(log.genesis)->bytes);
}

bool meet(Directory& directory, std::uint32_t number) {
    const f::KeyLog log = stranger(number);
    return directory.introduce(uid_of(log), log, "", {});
}

/// Her key log with so many rotations, each as it must be.
std::vector<std::string> rotated(const EvilUser& user, std::size_t count) {
    const auto key = [](std::size_t number) {
        f::Seed seed{};
        seed.fill(static_cast<std::uint8_t>(number));
        return f::SecretKey::from_seed(seed);
    };
    const auto none = [](const f::Hash32&, std::uint32_t) { return std::optional<f::PublicKey>(); };
    auto chain = *f::KeyChain::start(f::ByteView(user.genesis));
    std::vector<std::string> out{user.genesis};
    // The genesis commits to this one.
    std::size_t number = 140;
    for (std::size_t i = 0; i < count; ++i) {
        f::KeyEvent event;
        event.subject_uid = chain.uid();
        event.seq = chain.state().seq + 1;
        event.prev = chain.state().last_hash;
        event.signing_key = key(number).public_key();
        event.target = chain.state().target;
        event.next_key_commit = f::key_commit(key(number + 1).public_key());
        for (std::size_t k = 1; k <= 4; ++k) event.rotation_keys.push_back(key(k).public_key());
        out.push_back(f::encode(f::sign(event, key(number++))));
        REQUIRE(chain.apply(f::ByteView(out.back()), {}, none));
    }
    return out;
}

/// Whether the host kept keys of hers.
bool has_log(EvilGuest& s) {
    bool out = false;
    const auto name = "user." + s.mallory.id.str() + ".log";
    CHECK(store::read_and_wait(*s.host().db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto log, store::secrets::get(tx, name));
        out = log.has_value();
        return {};
    }));
    return out;
}

std::size_t rows_of(EvilGuest& s) {
    std::size_t out = 0;
    const auto done = store::read_and_wait(*s.host().db, [&](store::Tx& tx) -> protocol::Status {
        TRY(const auto all, store::peers::all(tx));
        out = all.size();
        return {};
    });
    CHECK(done);
    return out;
}

}  // namespace

TEST_CASE("row 27: strangers without number leave those whom this node needs") {
    EvilGuest s;
    s.join();
    EvilPeer trusted(s.world, "trusted.example", 21), pinned(s.world, "pinned.example", 22),
        passing(s.world, "passing.example", 23), linked(s.world, "linked.example", 24);
    for (EvilPeer* peer : {&trusted, &pinned, &passing}) {
        peer->open(s.host());
        peer->hang_up();
        s.world.advance(1s);
    }
    linked.open(s.host());
    s.evil.hang_up();
    s.world.advance(1s);
    Directory& directory = s.host().core().peering->peers().directory();
    f::Standing standing = directory.find(trusted.uid())->standing;
    standing.by_operator = true;
    standing.trust = f::Trust::allowed;
    directory.set_standing(trusted.uid(), standing);
    directory.pin(pinned.uid(), "pinned.example");
    s.world.run();
    // What is kept in memory of who hung up goes after a while, by the way.
    constexpr auto kCrowd = static_cast<std::uint32_t>(Directory::kStrangersMax) + 3000;
    for (std::uint32_t i = 0; i < kCrowd; ++i) {
        REQUIRE(meet(directory, i));
        if (i % 500 == 0) s.world.run();
    }
    s.world.run();
    CHECK(directory.size() <= Directory::kStrangersMax + 10);
    CHECK(rows_of(s) == directory.size());
    // The home of a member, whom the operator trusts, a proved name, and who is linked.
    CHECK(directory.find(s.evil.uid()));
    CHECK(directory.find(trusted.uid()));
    CHECK(directory.find(pinned.uid()));
    CHECK(directory.find(linked.uid()));
    // The newest are there; of the first none.
    CHECK(directory.find(uid_of(stranger(kCrowd - 1))));
    // A newcomer has room.
    EvilPeer late(s.world, "late.example", 25);
    late.open(s.host());
    CHECK(late.is_open());
}

TEST_CASE("row 27: a stranger is forgotten after ninety days, and comes back as a new one") {
    EvilGuest s;
    s.join();
    EvilPeer passing(s.world, "passing.example", 23);
    passing.open(s.host());
    passing.hang_up();
    s.world.advance(1s);
    s.evil.hang_up();
    s.host().crash();
    s.world.clock.advance(91 * 24h);
    s.host().start();
    s.world.run();
    Directory& directory = s.host().core().peering->peers().directory();
    CHECK(directory.find(passing.uid()));
    REQUIRE(meet(directory, 1));
    s.world.run();
    CHECK_FALSE(directory.find(passing.uid()));
    CHECK(directory.find(s.evil.uid()));
    CHECK(rows_of(s) == directory.size());
    passing.open(s.host());
    CHECK(directory.find(passing.uid())->standing.trust == f::Trust::limited);
}

TEST_CASE("row 27: a user's key log is kept while it is short, and its owner taken in") {
    for (const bool is_bomb : {true, false}) {
        EvilGuest s;
        s.answer_questions();
        s.show(s.mallory);
        f::ApiCall call;
        call.method = "POST";
        call.route = "/invites/{invite_code}";
        call.params = {s.code};
        call.json = "{}";
        call.version = 10;
        call.keyLog = rotated(s.mallory, is_bomb ? 60 : 2);
        const auto entries = s.entries();
        const int status = s.send(s.sign(s.header(s.mallory.id), call));
        INFO(status << s.result.json << s.world.logs());
        CHECK(status == (is_bomb ? 413 : 200));
        CHECK(s.is_member(s.mallory.id) != is_bomb);
        CHECK(has_log(s) != is_bomb);
        // The keys of her node are told, and hers or nothing.
        const auto* shown =
            s.host().guild(s.guild)->identities.find(std::string(s.mallory.uid.text()));
        CHECK((shown != nullptr) != is_bomb);
        if (is_bomb) CHECK(s.entries() <= entries + 1);
    }
}
