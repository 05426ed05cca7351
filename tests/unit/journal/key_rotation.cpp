// A node's own keys: rotated in one transaction, with all that hangs on them, or not at all.
#include "node/journal/key_rotation.h"

#include "federation/aead.h"
#include "federation/head.h"
#include "federation/merkle.h"
#include "node/store/schema/schema.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/secrets.h"
#include "tests/catch.h"
#include "tests/support/node_parts.h"

namespace guildhall {
namespace {

namespace f = federation;
using protocol::Status;

struct Disk {
    Disk() : db(tests::open_db()), first(tests::make_identity(*db, clock, rng)) {}

    Status write(const std::function<Status(store::Tx&)>& work) {
        std::optional<Status> done;
        store::WriteJob job;
        job.run = [&](store::Tx& tx) { return work(tx); };
        job.done = [&](Status status) { done = std::move(status); };
        db->write(std::move(job));
        REQUIRE(done);
        return *done;
    }
    Status rotate() {
        return write([&](store::Tx& tx) -> Status {
            TRY(last, journal::rotate_keys(tx, clock, rng));
            return {};
        });
    }
    Status override(const f::Seed& seed, std::optional<std::string> theirs = {}) {
        return write([&](store::Tx& tx) -> Status {
            TRY(last, journal::override_keys(tx, clock, rng, seed, theirs));
            return {};
        });
    }
    std::unique_ptr<journal::Identity> identity() { return tests::make_identity(*db, clock, rng); }
    std::string secret(std::string_view name) {
        std::string out;
        REQUIRE(write([&](store::Tx& tx) -> Status {
            TRY(const auto bytes, store::secrets::get(tx, name));
            out = bytes.value_or("");
            return {};
        }));
        return out;
    }
    Status put(const std::string& name, const std::string& bytes) {
        return write([&](store::Tx& tx) { return store::secrets::put(tx, name, bytes); });
    }
    f::Seed recovery() {
        const std::string bytes = secret(journal::node_secret::kRotation);
        return f::Seed::from(std::string_view(bytes)).value();
    }

    base::ManualClock clock{1'700'000'000'000};
    base::SeededRng rng{7};
    std::unique_ptr<store::InlineSqliteDb> db;
    std::unique_ptr<journal::Identity> first;
    std::optional<journal::Rotation> last;
};

}  // namespace

TEST_CASE("a rotated key is the one that was committed to, and the uid stays") {
    Disk disk;
    CHECK(disk.first->key_seq() == 0);
    const auto next = f::Seed::from(std::string_view(disk.secret(journal::node_secret::kNext)));
    const std::string noise = disk.secret(journal::node_secret::kNoise);
    REQUIRE(disk.rotate());
    const auto now = disk.identity();
    CHECK(now->uid == disk.first->uid);
    CHECK(now->key_seq() == 1);
    CHECK(now->key.public_key() == f::SecretKey::from_seed(*next).public_key());
    CHECK(disk.secret(journal::node_secret::kNoise) != noise);
    // The link key is the one that the log names, or no link would hold.
    const auto none = [](const f::Hash32&, std::uint32_t) { return std::optional<f::PublicKey>(); };
    const auto chain = f::KeyChain::from(now->log, {}, none);
    REQUIRE(chain);
    const auto secret =
        f::X25519Secret::from(std::string_view(disk.secret(journal::node_secret::kNoise)));
    CHECK(chain->noise_static().text() == f::x25519_public(*secret).text());
    REQUIRE(disk.rotate());
    CHECK(disk.identity()->key_seq() == 2);
}

TEST_CASE("every head of a guild is signed anew, however many there are") {
    Disk disk;
    const protocol::GuildId guild(77);
    constexpr std::uint64_t kLogs = f::kHeadsPerBatchMax + 1;
    f::Head some;
    some.guild_uid.fill(9);
    some.size = 1;
    REQUIRE(disk.write([&](store::Tx& tx) -> Status {
        store::hosting::HostingRow hosted;
        hosted.guild = guild;
        hosted.uid = some.guild_uid.text();
        hosted.host_uid = disk.first->uid.text();
        hosted.role = store::hosting::Role::hosted;
        TRY_VOID(store::hosting::put(tx, hosted));
        const auto of_one = f::sign_heads({some}, disk.first->key).front();
        for (std::uint64_t i = 0; i <= kLogs; ++i) {
            store::entries::LogRow row{.log = static_cast<store::LogKey>(i), .guild = guild};
            row.log_id = i;
            // The last one is empty.
            auto head = of_one;
            head.head.log_id = i;
            if (i < kLogs) row.head = f::encode(head);
            TRY_VOID(store::entries::put_log(tx, row));
        }
        return {};
    }));
    REQUIRE(disk.rotate());
    CHECK(disk.last->heads == kLogs);
    std::uint64_t held = 0;
    REQUIRE(disk.write([&](store::Tx& tx) -> Status {
        TRY(const auto rows, store::entries::logs_of(tx, guild));
        f::HeadVerifier verifier;
        for (const auto& row : rows) {
            const auto head = f::decode_signed_head(row.head);
            if (!head) continue;
            CHECK(head->head.log_id == row.log_id);
            if (verifier.verify(*head, disk.last->signing_key)) ++held;
        }
        return {};
    }));
    CHECK(held == kLogs);
}

TEST_CASE("keys are not rotated while a guild is offered to another node, and nothing changes") {
    Disk disk;
    REQUIRE(disk.put("guild.1.offer", "open"));
    CHECK_FALSE(disk.rotate());
    CHECK_FALSE(disk.override(disk.recovery()));
    CHECK(disk.identity()->key.public_key() == disk.first->key.public_key());
    REQUIRE(disk.put("guild.1.offer", ""));
    CHECK(disk.rotate());
}

TEST_CASE("the recovery key makes a rotation void, and no other key does") {
    Disk disk;
    REQUIRE(disk.rotate());
    const auto rotated = disk.identity();
    f::Seed other{};
    other.fill(3);
    CHECK_FALSE(disk.override(other));
    CHECK_FALSE(disk.override(disk.recovery(), std::string("no event")));
    REQUIRE(disk.override(disk.recovery()));
    const auto now = disk.identity();
    CHECK(now->key_seq() == 1);
    CHECK(now->key.public_key() != rotated->key.public_key());
    CHECK(now->log.events.front() != rotated->log.events.front());
    // Who knew the rotation takes the override for it.
    const auto none = [](const f::Hash32&, std::uint32_t) { return std::optional<f::PublicKey>(); };
    auto chain = f::KeyChain::from(rotated->log, {disk.clock.unix_ms(), 0}, none);
    REQUIRE(chain);
    const auto step = chain->apply(now->log.events.front(), {disk.clock.unix_ms(), 0}, none);
    REQUIRE(step);
    CHECK(*step == f::KeyStep::replaced);
    // The rotation goes on from there.
    REQUIRE(disk.rotate());
    CHECK(disk.identity()->key_seq() == 2);
}

TEST_CASE("a signing key that is not the key log's is damage") {
    Disk disk;
    REQUIRE(disk.rotate());
    REQUIRE(disk.put(std::string(journal::node_secret::kSigning), std::string(32, 'x')));
    CHECK_FALSE(disk.write([&](store::Tx& tx) -> Status {
        TRY_VOID(journal::load_or_make_identity(tx, disk.clock, disk.rng));
        return {};
    }));
}

}  // namespace guildhall
