#pragma once
// One SQLite connection and the Tx on it: opening with the pragmas the promises of durability need,
// a cache of prepared statements, transactions, and SQLite's result codes as errors. The only file
// that talks to the engine besides backup.cpp. Owner: a driver; used by one thread at a time.

#include "node/store/db.h"

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

struct sqlite3;
struct sqlite3_stmt;

namespace guildhall::base {
class Log;
}

namespace guildhall::store {

struct SqliteOptions {
    /// A file, or ":memory:".
    std::string path;
    /// Statements that would write are refused.
    bool read_only = false;
    std::int64_t cache_kib = 65536;
    /// Name of a registered VFS; empty for the system's. Tests inject faults with it.
    std::string vfs;
    /// Where engine errors are written; may be null.
    base::Log* log = nullptr;
};

/// The Tx of a connection. Statements are kept prepared for the life of the connection.
class SqliteTx final : public Tx {
  public:
    SqliteTx(sqlite3* db, bool read_only, base::Log* log)
        : db_(db), read_only_(read_only), log_(log) {}
    ~SqliteTx() override;
    SqliteTx(const SqliteTx&) = delete;
    SqliteTx& operator=(const SqliteTx&) = delete;

    Status exec(std::string_view sql, std::span<const Value> args) override;
    Status query(std::string_view sql,
                 std::span<const Value> args,
                 FunctionRef<bool(const Row&)> each) override;
    std::int64_t changes() const override;
    Status script(std::string_view sql) override;

    /// While true, statements that write are refused.
    void set_read_only(bool on) { read_only_ = on; }
    /// An error for a result code, written to the log when it is the engine's or the disk's fault.
    Error error_of(int code, std::string_view sql) const;

  private:
    struct Statement {
        sqlite3_stmt* handle = nullptr;
        std::string sql;
        /// The number n of each `$n`, in SQLite's order of first occurrence.
        std::vector<int> numbers;
        bool busy = false;
    };
    /// Literals are found by where they are; the text is compared too, so that a string which is no
    /// literal is slow at worst.
    struct Key {
        const char* text;
        std::size_t size;
        friend bool operator==(Key, Key) = default;
    };
    struct KeyHash {
        std::size_t operator()(Key key) const noexcept {
            return (reinterpret_cast<std::uintptr_t>(key.text) ^ key.size) * 0x9e3779b97f4a7c15ull;
        }
    };
    class Use;

    Result<std::unique_ptr<Statement>> prepare(std::string_view sql) const;
    Status bind(const Statement& statement, std::span<const Value> args) const;
    Status step_all(Statement& statement,
                    std::span<const Value> args,
                    const FunctionRef<bool(const Row&)>* each);
    Status run_statement(std::string_view sql,
                         std::span<const Value> args,
                         const FunctionRef<bool(const Row&)>* each);
    void drop_idle_statements();

    sqlite3* db_;
    bool read_only_;
    base::Log* log_;
    std::int64_t changes_ = 0;
    std::unordered_map<Key, std::unique_ptr<Statement>, KeyHash> statements_;
};

class SqliteConnection {
  public:
    static Result<std::unique_ptr<SqliteConnection>> open(SqliteOptions options);
    ~SqliteConnection();
    SqliteConnection(const SqliteConnection&) = delete;
    SqliteConnection& operator=(const SqliteConnection&) = delete;

    SqliteTx& tx() { return *tx_; }
    sqlite3* handle() { return db_; }

    Status begin_write();
    /// A snapshot: what follows sees the database as it is at its first statement.
    Status begin_read();
    Status commit();
    /// Also when there is no transaction any more. False when the connection is of no further use.
    bool rollback();
    /// False once SQLite gave the transaction up by itself, as it does after some errors.
    bool in_transaction() const;

    /// Pages in the write-ahead log after the last commit here.
    int wal_pages() const { return wal_pages_; }
    enum class Fold { passive, restart, truncate };
    /// Copies the log into the database; `restart` and `truncate` wait a moment for readers to let
    /// it go. That they do not is no error.
    Status checkpoint(Fold fold);
    /// The bytes of the whole database (of an in-memory one).
    std::string image();
    /// Replaces an in-memory database by an image() of one.
    Status load_image(std::string_view image);

  private:
    explicit SqliteConnection(SqliteOptions options) : options_(std::move(options)) {}
    Status connect();
    Status set_pragmas();

    SqliteOptions options_;
    sqlite3* db_ = nullptr;
    int wal_pages_ = 0;
    std::unique_ptr<SqliteTx> tx_;
};

}  // namespace guildhall::store
