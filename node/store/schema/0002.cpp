// Federation: who hosts a guild, mirrors of guilds that others host, the nodes that we know, and
// what commands across nodes need to happen once.
#include "federation/entry.h"
#include "node/store/schema/schema.h"
#include "protocol/event_codec.h"
#include "protocol/guild_state.h"

namespace guildhall::store::schema {

// hosting.role: 0 hosted here, 1 mirrored, 2 mirrored and frozen, 3 left; complete: 0 while pieces
// of a snapshot are missing. logs.first: the first entry that is held contiguously up to the size;
// entries below it may have holes, which `gaps` lists as [from_seq, to_seq) with the frontier of
// the tree at to_seq. subtrees: hashes of complete subtrees, so that a proof reads no whole log.
// patches: what entries of a log with holes took away from messages, so that an
// older entry that fills a hole does not bring it back; and, of every channel's log, which entry
// keeps what an author said beside edits of flags (projections/said.h). peers.trust: 0 unknown, 1
// held, 2 limited, 3 allowed, 4 blocked. Which numbers of an origin were used: `receipts`, and the
// highest.
const char* const k0002 = R"sql(
ALTER TABLE entries ADD COLUMN command BYTEA;
ALTER TABLE logs ADD COLUMN first BIGINT NOT NULL DEFAULT 0;
ALTER TABLE hosting ADD COLUMN role SMALLINT NOT NULL DEFAULT 0;
ALTER TABLE hosting ADD COLUMN host_uid BYTEA NOT NULL DEFAULT '';
ALTER TABLE hosting ADD COLUMN host_name TEXT NOT NULL DEFAULT '';
ALTER TABLE hosting ADD COLUMN endpoints TEXT NOT NULL DEFAULT '';
ALTER TABLE hosting ADD COLUMN complete SMALLINT NOT NULL DEFAULT 1;
ALTER TABLE users ADD COLUMN home_uid BYTEA NOT NULL DEFAULT '';

CREATE TABLE guild_facts (
    guild BIGINT NOT NULL, kind SMALLINT NOT NULL, key BYTEA NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (guild, kind, key)
) WITHOUT ROWID;

CREATE TABLE peers (
    uid BYTEA PRIMARY KEY, name TEXT NOT NULL, genesis BYTEA NOT NULL, key_events BYTEA NOT NULL,
    endpoints TEXT NOT NULL, trust SMALLINT NOT NULL, pinned SMALLINT NOT NULL,
    first_seen_ms BIGINT NOT NULL, last_seen_ms BIGINT NOT NULL, strikes BIGINT NOT NULL,
    by_operator SMALLINT NOT NULL DEFAULT 0, quarantined_until_ms BIGINT NOT NULL DEFAULT 0
) WITHOUT ROWID;
CREATE INDEX peers_by_name ON peers (name);
CREATE TABLE cursors (
    peer BYTEA NOT NULL, guild BIGINT NOT NULL, log_id BIGINT NOT NULL, size BIGINT NOT NULL,
    PRIMARY KEY (peer, guild, log_id)
) WITHOUT ROWID;
CREATE INDEX cursors_by_guild ON cursors (guild);

CREATE TABLE origins (
    guild BIGINT NOT NULL, origin BYTEA NOT NULL, high BIGINT NOT NULL,
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
    frontier BYTEA NOT NULL, PRIMARY KEY (log, from_seq)
) WITHOUT ROWID;
CREATE TABLE subtrees (
    log BIGINT NOT NULL, level SMALLINT NOT NULL, idx BIGINT NOT NULL, hash BYTEA NOT NULL,
    PRIMARY KEY (log, level, idx)
) WITHOUT ROWID;
CREATE TABLE patches (
    log BIGINT NOT NULL, message BIGINT NOT NULL, kind SMALLINT NOT NULL, emoji_id BIGINT NOT NULL,
    emoji_name TEXT NOT NULL, user_id BIGINT NOT NULL, seq BIGINT NOT NULL, ts_ms BIGINT NOT NULL,
    PRIMARY KEY (log, message, kind, emoji_id, emoji_name, user_id)
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
    hash BYTEA PRIMARY KEY, size BIGINT NOT NULL, last_used_ms BIGINT NOT NULL,
    image SMALLINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX remote_blobs_by_use ON remote_blobs (last_used_ms);
)sql";

namespace {

struct FirstEntry {
    protocol::GuildId guild;
    std::string body;
    bool deleted = false;
};

// SQL of its own, not the tables' functions: those follow later schemas, and this must not.
constexpr const char* kFirstEntries =
    "SELECT h.guild, e.body, g.deleted FROM hosting h"
    " JOIN entries e ON e.log = h.guild AND e.seq = 0"
    " LEFT JOIN guilds g ON g.id = h.guild ORDER BY h.guild";

/// From the guild's first entry, which is GuildCreated in every log that this node ever wrote.
Status fill_guild(Tx& tx, const FirstEntry& first) {
    const auto bytes = federation::event_of_body(first.body);
    if (!bytes) return {};
    TRY(auto event, protocol::decode_event(bytes->text()));
    const auto* created = std::get_if<protocol::GuildCreated>(&event);
    if (!created) return {};
    const protocol::Hosting hosting = protocol::first_hosting(*created);
    TRY_VOID(tx.run("UPDATE hosting SET host_uid = $2, host_name = $3 WHERE guild = $1",
                    first.guild,
                    Blob(hosting.hostUid),
                    hosting.hostName));
    // A deleted guild has no facts left, as project() leaves it.
    if (first.deleted) return {};
    return tx.run("INSERT INTO guild_facts (guild, kind, key, data) VALUES ($1, 0, $2, $3)",
                  first.guild,
                  Blob(std::string_view("")),
                  Blob(protocol::encode_object(hosting)));
}

}  // namespace

Status fill_0002(Tx& tx) {
    std::vector<FirstEntry> guilds;
    TRY_VOID(tx.each(kFirstEntries, [&](const Row& row) {
        guilds.push_back(
            {row.id<protocol::GuildId>(0), std::string(row.blob(1)), row.int64(2) != 0});
    }));
    for (const FirstEntry& first : guilds) TRY_VOID(fill_guild(tx, first));
    return {};
}

}  // namespace guildhall::store::schema
