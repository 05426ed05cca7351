#include "client-qml/core/store/schema.h"

#include <span>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

using Step = std::span<const QStringView>;

// A message's id is its row: pages, searches and trimming all go by it. The text stands beside the
// rest of the message (its JSON without "content"), for the index over words to share it.
constexpr QStringView kCacheFirst[] = {
    u"CREATE TABLE self (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    (u"CREATE TABLE guilds (id INTEGER PRIMARY KEY, name TEXT NOT NULL, icon TEXT NOT NULL,"
     u" body BLOB NOT NULL)"),
    u"CREATE TABLE private_channels (id INTEGER PRIMARY KEY, body BLOB NOT NULL)",
    (u"CREATE TABLE members (guild INTEGER NOT NULL, user INTEGER NOT NULL, seen INTEGER NOT NULL,"
     u" body BLOB NOT NULL, PRIMARY KEY (guild, user)) WITHOUT ROWID"),
    u"CREATE INDEX members_seen ON members (guild, seen)",
    u"CREATE TABLE channels (id INTEGER PRIMARY KEY, used INTEGER NOT NULL)",
    (u"CREATE TABLE ranges (channel INTEGER NOT NULL, oldest INTEGER NOT NULL,"
     u" newest INTEGER NOT NULL, PRIMARY KEY (channel, oldest)) WITHOUT ROWID"),
    (u"CREATE TABLE messages (id INTEGER PRIMARY KEY, channel INTEGER NOT NULL,"
     u" author INTEGER NOT NULL, text TEXT NOT NULL, body BLOB NOT NULL)"),
    u"CREATE INDEX messages_channel ON messages (channel, id)",
    u"CREATE INDEX messages_author ON messages (author, id)",
    (u"CREATE VIRTUAL TABLE words USING fts5 (text, content='messages', content_rowid='id',"
     u" columnsize=0, tokenize='unicode61 remove_diacritics 2')"),
    (u"CREATE TRIGGER words_added AFTER INSERT ON messages WHEN new.text <> '' BEGIN"
     u" INSERT INTO words (rowid, text) VALUES (new.id, new.text); END"),
    (u"CREATE TRIGGER words_removed AFTER DELETE ON messages WHEN old.text <> '' BEGIN"
     u" INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text); END"),
    (u"CREATE TRIGGER words_gone AFTER UPDATE OF text ON messages"
     u" WHEN old.text <> '' AND old.text <> new.text BEGIN"
     u" INSERT INTO words (words, rowid, text) VALUES ('delete', old.id, old.text); END"),
    (u"CREATE TRIGGER words_come AFTER UPDATE OF text ON messages"
     u" WHEN new.text <> '' AND old.text <> new.text BEGIN"
     u" INSERT INTO words (rowid, text) VALUES (new.id, new.text); END"),
};
constexpr Step kCacheSteps[] = {kCacheFirst};

constexpr QStringView kKeptFirst[] = {
    u"CREATE TABLE drafts (channel INTEGER PRIMARY KEY, text TEXT NOT NULL)",
    (u"CREATE TABLE unsent (key INTEGER PRIMARY KEY AUTOINCREMENT, channel INTEGER NOT NULL,"
     u" nonce TEXT NOT NULL, body BLOB NOT NULL, files BLOB NOT NULL, error TEXT NOT NULL,"
     u" made_ms INTEGER NOT NULL)"),
    u"CREATE TABLE settings (name TEXT PRIMARY KEY, value BLOB NOT NULL) WITHOUT ROWID",
    (u"CREATE TABLE read_states (channel INTEGER PRIMARY KEY, last_read INTEGER NOT NULL,"
     u" mentions INTEGER NOT NULL)"),
};
constexpr QStringView kKeptGuilds[] = {
    u"ALTER TABLE read_states ADD COLUMN guild INTEGER NOT NULL DEFAULT 0",
    u"ALTER TABLE read_states ADD COLUMN last_message INTEGER NOT NULL DEFAULT 0",
};
// Notes stood among the settings before; Kept moves them, since a value there is no plain text.
constexpr QStringView kKeptNotes[] = {
    u"CREATE TABLE notes (user INTEGER PRIMARY KEY, text TEXT NOT NULL)",
};
constexpr Step kKeptSteps[] = {kKeptFirst, kKeptGuilds, kKeptNotes};

// "application_id" of the two, so that some other program's database is not taken for ours.
constexpr qint64 kCacheMark = 0x47486361, kKeptMark = 0x47486b65;  // "GHca", "GHke"

bool take_step(Database& database, Step step, qint64 version) {
    for (const QStringView sql : step) {
        if (!database.execute(sql.toString())) return false;
    }
    return database.execute(u"PRAGMA user_version=%1"_s.arg(version));
}

SchemaState bring_up(Database& database, std::span<const Step> steps, qint64 mark) {
    const qint64 version = database.number(u"PRAGMA user_version"_s);
    const qint64 found = database.number(u"PRAGMA application_id"_s);
    if (database.trouble() != Database::Trouble::none) return SchemaState::failed;
    if (version > qint64(steps.size())) return SchemaState::newer;
    if (version == qint64(steps.size())) {
        return found == mark ? SchemaState::ready : SchemaState::failed;
    }
    if (version < 0 || !database.execute(u"BEGIN IMMEDIATE"_s)) return SchemaState::failed;
    bool done = database.execute(u"PRAGMA application_id=%1"_s.arg(mark));
    for (std::size_t i = std::size_t(version); done && i < steps.size(); ++i) {
        done = take_step(database, steps[i], qint64(i) + 1);
    }
    if (done && database.execute(u"COMMIT"_s)) return SchemaState::ready;
    database.execute(u"ROLLBACK"_s);
    return SchemaState::failed;
}

}  // namespace

SchemaState bring_up_cache(Database& database) {
    return bring_up(database, kCacheSteps, kCacheMark);
}

SchemaState bring_up_kept(Database& database) {
    const SchemaState state = bring_up(database, kKeptSteps, kKeptMark);
    if (state != SchemaState::newer) return state;
    for (const auto& sql :
         {u"SELECT channel, text FROM drafts LIMIT 0"_s,
          u"SELECT key, channel, nonce, body, files, error, made_ms FROM unsent"
          u" LIMIT 0"_s,
          u"SELECT name, value FROM settings LIMIT 0"_s,
          u"SELECT channel, last_read, mentions, guild, last_message FROM read_states"
          u" LIMIT 0"_s,
          u"SELECT user, text FROM notes LIMIT 0"_s}) {
        if (!database.execute(sql)) return SchemaState::newer;
    }
    return SchemaState::ready;
}

}  // namespace guildhall::client
