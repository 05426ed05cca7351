// Data folders of earlier schemas load: what later ones keep in rows is made from the logs.
#include "federation/entry.h"
#include "federation/genesis.h"
#include "node/journal/load.h"
#include "node/store/migrations.h"
#include "node/store/sqlite_connection.h"
#include "node/store/tables/log_key.h"
#include "protocol/event_codec.h"
#include "tests/catch.h"
#include "tests/support/temp_folder.h"

namespace guildhall {
namespace {

using namespace protocol;
using store::Blob;

federation::Hash32 filled(std::uint8_t byte) {
    federation::Hash32 out;
    out.fill(byte);
    return out;
}

/// The rows of a guild as the first schema had them.
Status put_old_guild(store::Tx& tx, GuildId id) {
    federation::Seed seed;
    seed.fill(1);
    const auto root = federation::SecretKey::from_seed(seed);
    federation::GuildGenesis genesis;
    genesis.host_uid = filled(7);
    genesis.root_key = root.public_key();
    const auto birth = federation::sign(genesis, root);
    Guild guild;
    guild.id = id;
    guild.uid = federation::uid_of(birth.bytes).text();
    const auto event = encode(GuildCreated{guild, federation::encode(birth), {}, {}});
    const auto body = federation::make_body({}, event);
    const auto key = store::log_key(id, kControlLog);
    TRY_VOID(
        tx.run("INSERT INTO hosting (guild, uid, epoch) VALUES ($1, $2, 3)", id, Blob(guild.uid)));
    TRY_VOID(tx.run("INSERT INTO guilds (id, deleted, data) VALUES ($1, 0, $2)",
                    id,
                    Blob(encode_object(guild))));
    TRY_VOID(
        tx.run("INSERT INTO logs (log, guild, log_id, size, last_ts_ms, frontier, head)"
               " VALUES ($1, $2, 0, 1, 5, $3, $3)",
               key,
               id,
               Blob("")));
    return tx.run(
        "INSERT INTO entries (log, seq, ts_ms, kind, object_id, control_seq, body_hash, body)"
        " VALUES ($1, 0, 5, 0, 0, 0, $2, $3)",
        key,
        Blob(federation::body_hash(body)),
        Blob(body));
}

}  // namespace

TEST_CASE("a folder of the first schema learns its guilds' hosts from their first entries") {
    tests::TempFolder folder;
    store::SqliteOptions options;
    options.path = folder / "db";
    auto connection = store::SqliteConnection::open(options).value();
    const auto steps = store::schema::migrations();
    REQUIRE(store::migrate(*connection, std::span(steps).first(1)));
    const GuildId id(1ull << 40);
    REQUIRE(connection->begin_write());
    REQUIRE(put_old_guild(connection->tx(), id));
    REQUIRE(connection->commit());

    REQUIRE(store::migrate(*connection, steps));
    const auto guilds = journal::load_guilds(connection->tx());
    REQUIRE(guilds);
    REQUIRE(guilds->size() == 1);
    const Hosting& hosting = guilds->front().state->hosting;
    CHECK(hosting.hostUid == filled(7).text());
    CHECK(hosting.firstHostUid == filled(7).text());
    const auto host = connection->tx().first(
        "SELECT host_uid, epoch, role FROM hosting WHERE guild = $1",
        [](const store::Row& row) {
            return std::string(row.blob(0)) + std::to_string(row.int64(1)) +
                   std::to_string(row.int64(2));
        },
        id);
    REQUIRE(host);
    CHECK(**host == std::string(filled(7).text()) + "30");
}

}  // namespace guildhall
