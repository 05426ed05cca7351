#include "tests/bench/floor/message_store.h"

#include "tests/bench/common/support.h"

#include <sqlite3.h>

namespace guildhall::bench {

namespace {

sqlite3* open_database(const std::string& path) {
    sqlite3* db = nullptr;
    if (sqlite3_open(path.c_str(), &db) != SQLITE_OK) die("sqlite3_open " + path);
    return db;
}

void run(sqlite3* db, const char* sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) die(sqlite3_errmsg(db));
}

sqlite3_stmt* prepare(sqlite3* db, const char* sql) {
    sqlite3_stmt* statement = nullptr;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, nullptr) != SQLITE_OK) die(sqlite3_errmsg(db));
    return statement;
}

void step(sqlite3_stmt* statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) die(sqlite3_errmsg(sqlite3_db_handle(statement)));
    sqlite3_reset(statement);
}

}  // namespace

MessageWriter::MessageWriter(const std::string& path) : db_(open_database(path)) {
    run(db_, "PRAGMA journal_mode=WAL");
    run(db_, "PRAGMA synchronous=FULL");
    run(db_, "PRAGMA wal_autocheckpoint=8000");
    run(db_, "PRAGMA cache_size=-65536");
    run(db_, R"(CREATE TABLE IF NOT EXISTS messages (
        channel_id INTEGER NOT NULL, id INTEGER NOT NULL, author_id INTEGER NOT NULL,
        type INTEGER, flags INTEGER, content TEXT, extra BLOB, edited INTEGER,
        PRIMARY KEY (channel_id, id)) WITHOUT ROWID)");
    begin_ = prepare(db_, "BEGIN IMMEDIATE");
    insert_ = prepare(db_,
                      "INSERT INTO messages (channel_id, id, author_id, type, flags, content) "
                      "VALUES (?, ?, ?, 0, 0, ?)");
    commit_ = prepare(db_, "COMMIT");
}

void MessageWriter::commit(std::span<const Message> messages) {
    step(begin_);
    for (const auto& message : messages) {
        sqlite3_bind_int64(insert_, 1, message.channel_id);
        sqlite3_bind_int64(insert_, 2, message.id);
        sqlite3_bind_int64(insert_, 3, message.author_id);
        sqlite3_bind_text(insert_,
                          4,
                          message.content.data(),
                          static_cast<int>(message.content.size()),
                          SQLITE_STATIC);
        step(insert_);
    }
    step(commit_);
}

MessageReader::MessageReader(const std::string& path) : db_(open_database(path)) {
    run(db_, "PRAGMA mmap_size=1073741824");
    run(db_, "PRAGMA cache_size=-65536");
    select_ = prepare(db_,
                      "SELECT id, author_id, content FROM messages WHERE channel_id = ? "
                      "ORDER BY id DESC LIMIT 50");
}

void MessageReader::append_history(std::string& out, std::int64_t channel_id) {
    sqlite3_bind_int64(select_, 1, channel_id);
    Message message;
    message.channel_id = channel_id;
    out += '[';
    for (bool is_first = true; sqlite3_step(select_) == SQLITE_ROW; is_first = false) {
        if (!is_first) out += ',';
        message.id = sqlite3_column_int64(select_, 0);
        message.author_id = sqlite3_column_int64(select_, 1);
        const auto* content = reinterpret_cast<const char*>(sqlite3_column_text(select_, 2));
        const auto size = static_cast<std::size_t>(sqlite3_column_bytes(select_, 2));
        append_message_json(out, message, {content, size});
    }
    sqlite3_reset(select_);
    out += ']';
}

}  // namespace guildhall::bench
