#include "node/store/sqlite_connection.h"

#include "node/base/log.h"
#include "protocol/check.h"

#include <sqlite3.h>

#include <charconv>
#include <cstring>

namespace guildhall::store {

namespace {

/// Statements kept prepared: more than the product has texts, so it is only reached by SQL that is
/// not a literal.
constexpr std::size_t kStatementsMax = 1024;
/// How long to wait for another connection's lock: only a checkpoint or a backup of another process
/// holds one, and never for long.
constexpr int kBusyTimeoutMs = 5000;
/// How long a checkpoint waits for readers: longer than any read of the node, and short for the
/// writes behind it while a backup holds its snapshot for minutes.
constexpr int kFoldWaitMs = 100;

class SqliteRow final : public Row {
  public:
    explicit SqliteRow(sqlite3_stmt* statement) : statement_(statement) {}
    std::int64_t int64(int column) const override {
        return sqlite3_column_int64(statement_, column);
    }
    std::string_view text(int column) const override {
        const auto* data = reinterpret_cast<const char*>(sqlite3_column_text(statement_, column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    std::string_view blob(int column) const override {
        const auto* data = static_cast<const char*>(sqlite3_column_blob(statement_, column));
        return {data, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column))};
    }
    bool is_null(int column) const override {
        return sqlite3_column_type(statement_, column) == SQLITE_NULL;
    }

  private:
    sqlite3_stmt* statement_;
};

/// Without a copy: the arguments outlive the call, and with it the binding's use.
int bind_value(sqlite3_stmt* statement, int index, const Value& value) {
    if (const auto* number = std::get_if<std::int64_t>(&value)) {
        return sqlite3_bind_int64(statement, index, *number);
    }
    // A null pointer would bind NULL, where an empty text or blob was meant.
    if (const auto* text = std::get_if<std::string_view>(&value)) {
        return sqlite3_bind_text64(statement,
                                   index,
                                   text->empty() ? "" : text->data(),
                                   text->size(),
                                   SQLITE_STATIC,
                                   SQLITE_UTF8);
    }
    if (const auto* blob = std::get_if<Blob>(&value)) {
        return sqlite3_bind_blob64(statement,
                                   index,
                                   blob->bytes.empty() ? "" : blob->bytes.data(),
                                   blob->bytes.size(),
                                   SQLITE_STATIC);
    }
    return sqlite3_bind_null(statement, index);
}

Error bug(std::string_view what) {
    Error error;
    error.status = 500;
    error.message = std::string("store: ").append(what);
    return error;
}

}  // namespace

/// A statement in use: marks a cached one busy, owns one that is not cached, resets either.
class SqliteTx::Use {
  public:
    explicit Use(Statement& cached) : statement_(&cached) { statement_->busy = true; }
    explicit Use(std::unique_ptr<Statement> own) : own_(std::move(own)), statement_(own_.get()) {}
    Use(const Use&) = delete;
    Use& operator=(const Use&) = delete;
    ~Use() {
        if (own_) {
            sqlite3_finalize(own_->handle);
        } else {
            sqlite3_reset(statement_->handle);
            statement_->busy = false;
        }
    }
    Statement& operator*() { return *statement_; }

  private:
    std::unique_ptr<Statement> own_;
    Statement* statement_;
};

SqliteTx::~SqliteTx() {
    for (auto& [key, statement] : statements_) sqlite3_finalize(statement->handle);
}

Status SqliteTx::exec(std::string_view sql, std::span<const Value> args) {
    return run_statement(sql, args, nullptr);
}

Status SqliteTx::query(std::string_view sql,
                       std::span<const Value> args,
                       FunctionRef<bool(const Row&)> each) {
    return run_statement(sql, args, &each);
}

std::int64_t SqliteTx::changes() const { return changes_; }

Status SqliteTx::script(std::string_view sql) {
    if (read_only_) return bug("a read may not run a script");
    const std::string text(sql);
    if (int code = sqlite3_exec(db_, text.c_str(), nullptr, nullptr, nullptr); code != SQLITE_OK) {
        return error_of(code, sql);
    }
    return {};
}

Status SqliteTx::run_statement(std::string_view sql,
                               std::span<const Value> args,
                               const FunctionRef<bool(const Row&)>* each) {
    const Key key{sql.data(), sql.size()};
    if (auto found = statements_.find(key); found != statements_.end() && !found->second->busy) {
        if (found->second->sql == sql) {
            Use use(*found->second);
            return step_all(*use, args, each);
        }
        sqlite3_finalize(found->second->handle);
        statements_.erase(found);
    }
    TRY(auto fresh, prepare(sql));
    if (statements_.contains(key)) {  // Busy: the same text inside its own rows.
        Use use(std::move(fresh));
        return step_all(*use, args, each);
    }
    if (statements_.size() >= kStatementsMax) drop_idle_statements();
    Statement& cached = *statements_.emplace(key, std::move(fresh)).first->second;
    Use use(cached);
    return step_all(*use, args, each);
}

Result<std::unique_ptr<SqliteTx::Statement>> SqliteTx::prepare(std::string_view sql) const {
    sqlite3_stmt* handle = nullptr;
    const char* tail = nullptr;
    const int code = sqlite3_prepare_v3(
        db_, sql.data(), static_cast<int>(sql.size()), SQLITE_PREPARE_PERSISTENT, &handle, &tail);
    if (code != SQLITE_OK) return error_of(code, sql);
    auto out = std::make_unique<Statement>();
    out->handle = handle;
    out->sql = sql;
    const int count = sqlite3_bind_parameter_count(handle);
    for (int i = 1; i <= count; ++i) {
        const char* name = sqlite3_bind_parameter_name(handle, i);
        int number = 0;
        if (name != nullptr && name[0] == '$') {
            std::from_chars(name + 1, name + std::strlen(name), number);
        }
        out->numbers.push_back(number);
    }
    return out;
}

Status SqliteTx::bind(const Statement& statement, std::span<const Value> args) const {
    int highest = 0;
    for (std::size_t i = 0; i < statement.numbers.size(); ++i) {
        const int number = statement.numbers[i];
        if (number < 1 || static_cast<std::size_t>(number) > args.size()) {
            return bug("a parameter without an argument in: " + statement.sql);
        }
        const int index = static_cast<int>(i) + 1;
        const int code = bind_value(statement.handle, index, args[number - 1]);
        if (code != SQLITE_OK) return error_of(code, statement.sql);
        highest = std::max(highest, number);
    }
    if (static_cast<std::size_t>(highest) != args.size()) {
        return bug("an argument without a parameter in: " + statement.sql);
    }
    return {};
}

Status SqliteTx::step_all(Statement& statement,
                          std::span<const Value> args,
                          const FunctionRef<bool(const Row&)>* each) {
    if (read_only_ && !sqlite3_stmt_readonly(statement.handle)) {
        return bug("a read may not write: " + statement.sql);
    }
    TRY_VOID(bind(statement, args));
    const SqliteRow row(statement.handle);
    for (;;) {
        const int code = sqlite3_step(statement.handle);
        if (code == SQLITE_ROW) {
            // A statement with RETURNING has made all its changes by its first row.
            if (each != nullptr && !(*each)(row)) break;
            continue;
        }
        if (code != SQLITE_DONE) return error_of(code, statement.sql);
        break;
    }
    if (!read_only_) changes_ = sqlite3_changes64(db_);
    return {};
}

void SqliteTx::drop_idle_statements() {
    std::erase_if(statements_, [](auto& item) {
        if (item.second->busy) return false;
        sqlite3_finalize(item.second->handle);
        return true;
    });
}

Error SqliteTx::error_of(int code, std::string_view sql) const {
    const int primary = code & 0xff;
    // SQLite's message names tables and columns, never values.
    const std::string_view detail = sqlite3_errmsg(db_);
    if (log_ != nullptr && primary != SQLITE_CONSTRAINT) {
        log_->error("store",
                    "the database engine failed",
                    {{"code", sqlite3_extended_errcode(db_)}, {"detail", detail}, {"sql", sql}});
    }
    switch (primary) {
        case SQLITE_FULL:
            return disk_full();
        case SQLITE_IOERR:
        case SQLITE_BUSY:
        case SQLITE_LOCKED:
        case SQLITE_CANTOPEN:
        case SQLITE_NOMEM:
        case SQLITE_READONLY:
        case SQLITE_CORRUPT:
        case SQLITE_NOTADB:
        case SQLITE_PROTOCOL:
            return unavailable("the store cannot be reached");
        default:
            return bug(detail);
    }
}

Result<std::unique_ptr<SqliteConnection>> SqliteConnection::open(SqliteOptions options) {
    std::unique_ptr<SqliteConnection> out(new SqliteConnection(std::move(options)));
    TRY_VOID(out->connect());
    return out;
}

SqliteConnection::~SqliteConnection() {
    tx_.reset();
    sqlite3_close(db_);
}

Status SqliteConnection::connect() {
    const int flags =
        SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE;
    const char* vfs = options_.vfs.empty() ? nullptr : options_.vfs.c_str();
    const int code = sqlite3_open_v2(options_.path.c_str(), &db_, flags, vfs);
    tx_ = std::make_unique<SqliteTx>(db_, false, options_.log);
    if (code != SQLITE_OK) return tx_->error_of(code, "open");
    TRY_VOID(set_pragmas());
    tx_->set_read_only(options_.read_only);
    sqlite3_wal_hook(
        db_,
        [](void* self, sqlite3*, const char*, int pages) {
            static_cast<SqliteConnection*>(self)->wal_pages_ = pages;
            return SQLITE_OK;
        },
        this);
    return {};
}

Status SqliteConnection::set_pragmas() {
    sqlite3_busy_timeout(db_, kBusyTimeoutMs);
    // FULL: the log is synced at every commit; without it a power cut takes acknowledged rows. No
    // memory mapping: an I/O error there is a signal, not an error. secure_delete: deleted bytes
    // are overwritten. Automatic checkpoints are off: the driver makes them between batches.
    TRY_VOID(
        tx_->script("PRAGMA journal_mode=WAL;"
                    "PRAGMA synchronous=FULL;"
                    "PRAGMA mmap_size=0;"
                    "PRAGMA secure_delete=ON;"
                    "PRAGMA foreign_keys=OFF;"
                    "PRAGMA trusted_schema=OFF;"
                    "PRAGMA temp_store=MEMORY;"
                    "PRAGMA wal_autocheckpoint=0;"));
    TRY_VOID(tx_->script("PRAGMA cache_size=-" + std::to_string(options_.cache_kib)));
    return {};
}

Status SqliteConnection::begin_write() { return tx_->exec("BEGIN IMMEDIATE", {}); }

Status SqliteConnection::begin_read() { return tx_->exec("BEGIN", {}); }

Status SqliteConnection::commit() { return tx_->exec("COMMIT", {}); }

bool SqliteConnection::in_transaction() const { return sqlite3_get_autocommit(db_) == 0; }

bool SqliteConnection::rollback() {
    if (!in_transaction()) return true;
    return tx_->exec("ROLLBACK", {}).has_value() || !in_transaction();
}

Status SqliteConnection::checkpoint(Fold fold) {
    const int mode = fold == Fold::passive   ? SQLITE_CHECKPOINT_PASSIVE
                     : fold == Fold::restart ? SQLITE_CHECKPOINT_RESTART
                                             : SQLITE_CHECKPOINT_TRUNCATE;
    sqlite3_busy_timeout(db_, kFoldWaitMs);
    const int code = sqlite3_wal_checkpoint_v2(db_, nullptr, mode, nullptr, nullptr);
    sqlite3_busy_timeout(db_, kBusyTimeoutMs);
    if ((code & 0xff) == SQLITE_BUSY) return {};  // Readers still need the log: the next one tries.
    if (code != SQLITE_OK) return tx_->error_of(code, "checkpoint");
    if (fold == Fold::truncate) wal_pages_ = 0;
    return {};
}

std::string SqliteConnection::image() {
    sqlite3_int64 size = 0;
    unsigned char* bytes = sqlite3_serialize(db_, "main", &size, 0);
    CHECK(bytes != nullptr);
    std::string out(reinterpret_cast<const char*>(bytes), static_cast<std::size_t>(size));
    sqlite3_free(bytes);
    return out;
}

Status SqliteConnection::load_image(std::string_view image) {
    auto* bytes = static_cast<unsigned char*>(sqlite3_malloc64(image.size()));
    CHECK(bytes != nullptr);
    std::memcpy(bytes, image.data(), image.size());
    const auto size = static_cast<sqlite3_int64>(image.size());
    const int code =
        sqlite3_deserialize(db_,
                            "main",
                            bytes,
                            size,
                            size,
                            SQLITE_DESERIALIZE_FREEONCLOSE | SQLITE_DESERIALIZE_RESIZEABLE);
    if (code != SQLITE_OK) return tx_->error_of(code, "load an image");
    return {};
}

}  // namespace guildhall::store
