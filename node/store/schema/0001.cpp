// The first schema. Three kinds of tables: the log (entries, logs), which is the truth about
// guilds; projections of it (guilds to reactions), which `guildhall rebuild` makes anew; and what
// belongs to this node alone (accounts, sessions, applications, nonces, ...).
#include "node/store/schema/schema.h"

namespace guildhall::store::schema {

// A log's key: a channel's log has the channel's id, a guild's control log the guild's id, its
// admin log the negative of that. An object's `data` is its canonical bytes
// (protocol/event_codec.h).
const char* const k0001 = R"sql(
CREATE TABLE node_values (name TEXT PRIMARY KEY, value BYTEA NOT NULL) WITHOUT ROWID;
CREATE TABLE secrets (name TEXT PRIMARY KEY, value BYTEA NOT NULL) WITHOUT ROWID;

CREATE TABLE logs (
    log BIGINT PRIMARY KEY, guild BIGINT NOT NULL, log_id BIGINT NOT NULL,
    size BIGINT NOT NULL, last_ts_ms BIGINT NOT NULL, frontier BYTEA NOT NULL, head BYTEA NOT NULL
) WITHOUT ROWID;
CREATE INDEX logs_by_guild ON logs (guild);
CREATE TABLE entries (
    log BIGINT NOT NULL, seq BIGINT NOT NULL, ts_ms BIGINT NOT NULL, kind SMALLINT NOT NULL,
    object_id BIGINT NOT NULL, control_seq BIGINT NOT NULL, body_hash BYTEA NOT NULL,
    command_hash BYTEA, body BYTEA, PRIMARY KEY (log, seq)
) WITHOUT ROWID;
CREATE TABLE hosting (
    guild BIGINT PRIMARY KEY, uid BYTEA NOT NULL, epoch BIGINT NOT NULL
) WITHOUT ROWID;

CREATE TABLE guilds (
    id BIGINT PRIMARY KEY, deleted SMALLINT NOT NULL, data BYTEA NOT NULL
) WITHOUT ROWID;
CREATE TABLE roles (
    guild BIGINT NOT NULL, id BIGINT NOT NULL, data BYTEA NOT NULL, PRIMARY KEY (guild, id)
) WITHOUT ROWID;
CREATE TABLE channels (
    guild BIGINT NOT NULL, id BIGINT NOT NULL, data BYTEA NOT NULL, PRIMARY KEY (guild, id)
) WITHOUT ROWID;
CREATE TABLE members (
    guild BIGINT NOT NULL, user_id BIGINT NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (guild, user_id)
) WITHOUT ROWID;
CREATE TABLE bans (
    guild BIGINT NOT NULL, user_id BIGINT NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (guild, user_id)
) WITHOUT ROWID;
CREATE TABLE invites (
    guild BIGINT NOT NULL, code TEXT NOT NULL, channel BIGINT NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (guild, code)
) WITHOUT ROWID;
CREATE TABLE guild_commands (
    guild BIGINT NOT NULL, application BIGINT NOT NULL, id BIGINT NOT NULL, data BYTEA NOT NULL,
    PRIMARY KEY (guild, application, id)
) WITHOUT ROWID;
CREATE TABLE messages (
    channel BIGINT NOT NULL, id BIGINT NOT NULL, author BIGINT NOT NULL, seq BIGINT NOT NULL,
    pinned_ms BIGINT NOT NULL, PRIMARY KEY (channel, id)
) WITHOUT ROWID;
CREATE INDEX messages_pinned ON messages (channel, pinned_ms) WHERE pinned_ms > 0;
CREATE TABLE reactions (
    channel BIGINT NOT NULL, message BIGINT NOT NULL, emoji_id BIGINT NOT NULL,
    emoji_name TEXT NOT NULL, user_id BIGINT NOT NULL, seq BIGINT NOT NULL,
    PRIMARY KEY (channel, message, emoji_id, emoji_name, user_id)
) WITHOUT ROWID;
CREATE TABLE attachments (
    channel BIGINT NOT NULL, message BIGINT NOT NULL, id BIGINT NOT NULL, hash BYTEA NOT NULL,
    PRIMARY KEY (channel, id)
) WITHOUT ROWID;
CREATE INDEX attachments_by_message ON attachments (channel, message);
CREATE INDEX attachments_by_hash ON attachments (hash);
CREATE TABLE loose_files (
    channel BIGINT NOT NULL, id BIGINT NOT NULL, hash BYTEA NOT NULL, created_ms BIGINT NOT NULL,
    PRIMARY KEY (channel, id)
) WITHOUT ROWID;
CREATE INDEX loose_files_by_hash ON loose_files (hash);
CREATE INDEX loose_files_by_age ON loose_files (created_ms);

CREATE TABLE id_claims (
    id BIGINT PRIMARY KEY, uid BYTEA NOT NULL, genesis BYTEA NOT NULL
) WITHOUT ROWID;
CREATE TABLE users (
    id BIGINT PRIMARY KEY, uid BYTEA NOT NULL, username TEXT NOT NULL, email TEXT,
    password_hash TEXT NOT NULL, bot SMALLINT NOT NULL, deleted SMALLINT NOT NULL,
    version BIGINT NOT NULL, profile TEXT NOT NULL
) WITHOUT ROWID;
CREATE UNIQUE INDEX users_by_name ON users (username);
CREATE UNIQUE INDEX users_by_email ON users (email) WHERE email IS NOT NULL;
CREATE TABLE sessions (
    token BYTEA PRIMARY KEY, id TEXT NOT NULL, user_id BIGINT NOT NULL, kind SMALLINT NOT NULL,
    created_ms BIGINT NOT NULL, expires_ms BIGINT NOT NULL, client_os TEXT NOT NULL,
    client_name TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX sessions_by_user ON sessions (user_id);
CREATE TABLE applications (
    id BIGINT PRIMARY KEY, owner BIGINT NOT NULL, data TEXT NOT NULL
) WITHOUT ROWID;
CREATE INDEX applications_by_owner ON applications (owner);
CREATE TABLE global_commands (
    application BIGINT NOT NULL, id BIGINT NOT NULL, version BIGINT NOT NULL, json TEXT NOT NULL,
    PRIMARY KEY (application, id)
) WITHOUT ROWID;
CREATE TABLE interactions (
    id BIGINT PRIMARY KEY, created_ms BIGINT NOT NULL, type SMALLINT NOT NULL,
    user_id BIGINT NOT NULL, name TEXT NOT NULL, original BIGINT NOT NULL,
    ephemeral SMALLINT NOT NULL, deferred SMALLINT NOT NULL
) WITHOUT ROWID;
CREATE INDEX interactions_by_age ON interactions (created_ms);
CREATE TABLE nonces (
    author BIGINT NOT NULL, channel BIGINT NOT NULL, nonce TEXT NOT NULL, message BIGINT NOT NULL,
    created_ms BIGINT NOT NULL, PRIMARY KEY (author, channel, nonce)
) WITHOUT ROWID;
CREATE INDEX nonces_by_age ON nonces (created_ms);
CREATE TABLE user_settings (
    user_id BIGINT NOT NULL, name TEXT NOT NULL, value TEXT NOT NULL, PRIMARY KEY (user_id, name)
) WITHOUT ROWID;
CREATE TABLE gateway_sessions (
    id TEXT PRIMARY KEY, user_id BIGINT NOT NULL, data BYTEA NOT NULL, saved_ms BIGINT NOT NULL
) WITHOUT ROWID;
CREATE TABLE purges (log BIGINT PRIMARY KEY) WITHOUT ROWID;
)sql";

}  // namespace guildhall::store::schema
