// Federation: who hosts a guild, mirrors of guilds that others host, the nodes that we know, and
// what commands across nodes need to happen once.
#include "federation/entry.h"
#include "node/store/projections/guild_facts.h"
#include "node/store/schema/schema.h"
#include "node/store/tables/entries.h"
#include "protocol/event_codec.h"

namespace guildhall::store::schema {

// hosting.role: 0 hosted here, 1 mirrored, 2 mirrored and frozen, 3 left. logs.first: the first
// entry that is held contiguously up to the size; entries below it may have holes, which `gaps`
// lists as [from_seq, to_seq). peers.trust: 0 unknown, 1 held, 2 limited, 3 allowed, 4 blocked.
// origins.seen: a bit for each of the numbers up to `high`, the newest first.
const char* const k0002 = R"sql(
ALTER TABLE entries ADD COLUMN command BYTEA;
ALTER TABLE logs ADD COLUMN first BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hosting ADD COLUMN role SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE hosting ADD COLUMN host_uid BYTEA NOT NULL DEFAULT '';
ALTER TABLE hosting ADD COLUMN host_name TEXT NOT NULL DEFAULT '';
ALTER TABLE hosting ADD COLUMN endpoints TEXT NOT NULL DEFAULT '';
ALTER TABLE users ADD COLUMN home_uid BYTEA NOT NULL DEFAULT '';

CREATE TABLE guild_facts (
    guild BIGINT NOT NULL, kind SMALLINT NOT NULL, key BYTEA NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (guild, kind, key)
) WITHOUT ROWID;

CREATE TABLE peers (
    uid BYTEA PRIMARY KEY, name TEXT NOT NULL, genesis BYTEA NOT NULL, key_events BYTEA NOT NULL,
    endpoints TEXT NOT NULL, trust SMALLINT NOT NULL, pinned SMALLINT NOT NULL,
    first_seen_ms BIGINT NOT NULL, last_seen_ms BIGINT NOT NULL, strikes BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX peers_by_name ON peers (name);
CREATE TABLE cursors (
    peer BYTEA NOT NULL, guild BIGINT NOT NULL, log_id BIGINT NOT NULL, size BIGINT NOT NULL,
    PRIMARY KEY (peer, guild, log_id)
) WITHOUT ROWID;
CREATE INDEX cursors_by_guild ON cursors (guild);

CREATE TABLE origins (
    guild BIGINT NOT NULL, origin BYTEA NOT NULL, high BIGINT NOT NULL, seen BYTEA NOT NULL,
    PRIMARY KEY (guild, origin)
) WITHOUT ROWID;
CREATE TABLE receipts (
    command_hash BYTEA PRIMARY KEY, guild BIGINT NOT NULL, origin BYTEA NOT NULL,
    origin_seq BIGINT NOT NULL, receipt BYTEA NOT NULL, status SMALLINT NOT NULL,
    json TEXT NOT NULL, created_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX receipts_by_origin ON receipts (guild, origin, origin_seq);
CREATE INDEX receipts_by_age ON receipts (created_ms);
CREATE TABLE origin_counters (guild BIGINT PRIMARY KEY, next BIGINT NOT NULL) WITHOUT ROWID;

CREATE TABLE gaps (
    log BIGINT NOT NULL, from_seq BIGINT NOT NULL, to_seq BIGINT NOT NULL,
    PRIMARY KEY (log, from_seq)
) WITHOUT ROWID;
CREATE TABLE evidence (
    id BIGINT PRIMARY KEY, guild BIGINT NOT NULL, kind SMALLINT NOT NULL,
    statements BYTEA NOT NULL, ts_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX evidence_by_guild ON evidence (guild);
CREATE TABLE certificates (
    guild BIGINT NOT NULL, epoch BIGINT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (guild, epoch)
) WITHOUT ROWID;
CREATE TABLE votes (
    guild BIGINT NOT NULL, epoch BIGINT NOT NULL, bytes BYTEA NOT NULL, PRIMARY KEY (guild, epoch)
) WITHOUT ROWID;
CREATE TABLE profiles (
    user_id BIGINT PRIMARY KEY, version BIGINT NOT NULL, bytes BYTEA NOT NULL
) WITHOUT ROWID;
CREATE TABLE remote_blobs (
    hash BYTEA PRIMARY KEY, size BIGINT NOT NULL, last_used_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX remote_blobs_by_use ON remote_blobs (last_used_ms);
)sql";

namespace {

/// From the guild's first entry, which is GuildCreated in every log that this node ever wrote.
Status fill_guild(Tx& tx, const entries::HostingRow& row) {
    const LogKey control = log_key(row.guild, protocol::kControlLog);
    TRY(auto first, entries::find(tx, control, protocol::kControlLog, 0));
    if (!first) return {};
    const auto bytes = federation::event_of_body(first->body);
    if (!bytes) return {};
    TRY(auto event, protocol::decode_event(bytes->text()));
    const auto* created = std::get_if<protocol::GuildCreated>(&event);
    if (!created) return {};
    const protocol::Hosting hosting = protocol::first_hosting(*created);
    entries::HostingRow filled = row;
    filled.host_uid = hosting.hostUid;
    filled.host_name = hosting.hostName;
    TRY_VOID(entries::put_hosting(tx, filled));
    // A deleted guild has no facts left, as project() leaves it.
    TRY(auto deleted,
        tx.first(
            "SELECT deleted FROM guilds WHERE id = $1",
            [](const Row& r) { return r.int64(0) != 0; },
            row.guild));
    if (deleted.value_or(false)) return {};
    return project_fact(tx, row.guild, *created);
}

}  // namespace

Status fill_0002(Tx& tx) {
    TRY(auto guilds, entries::hosted(tx));
    for (const auto& row : guilds) TRY_VOID(fill_guild(tx, row));
    return {};
}

}  // namespace guildhall::store::schema
