// The rows of the HTTP floor: one table, keyed so that the last 50 of a channel are one range.
// Owner: the writer belongs to the commit thread, the reader to the loop. Thread: one each.
#pragma once
#include "tests/bench/floor/message.h"

#include <span>
#include <string>

struct sqlite3;
struct sqlite3_stmt;

namespace guildhall::bench {

class MessageWriter {
  public:
    // Opens (or makes) the database with write-ahead logging at synchronous=FULL.
    explicit MessageWriter(const std::string& path);

    // One transaction; durable when this returns.
    void commit(std::span<const Message> messages);

  private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* begin_ = nullptr;
    sqlite3_stmt* insert_ = nullptr;
    sqlite3_stmt* commit_ = nullptr;
};

class MessageReader {
  public:
    // The writer must have made the database.
    explicit MessageReader(const std::string& path);

    // Appends the last 50 messages of a channel as a JSON array, newest first.
    void append_history(std::string& out, std::int64_t channel_id);

  private:
    sqlite3* db_ = nullptr;
    sqlite3_stmt* select_ = nullptr;
};

}  // namespace guildhall::bench
