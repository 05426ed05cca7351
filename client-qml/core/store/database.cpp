#include "client-qml/core/store/database.h"

#include <QSqlError>
#include <QUuid>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kStatementsMax = 64;  // searches have texts of their own

// Result codes of SQLite whose cure is a new file. An SQL error (1) means that tables are missing
// or others than ours.
constexpr int kSqlError = 1, kCorrupt = 11, kSchema = 17, kMismatch = 20, kNoDatabase = 26;

bool means_damage(int code) {
    return code == kSqlError || code == kCorrupt || code == kSchema || code == kMismatch ||
           code == kNoDatabase;
}

}  // namespace

Rows::~Rows() {
    // A statement that is not reset keeps its snapshot, and the log could not be folded in.
    if (query_ != nullptr) query_->finish();
}

bool Rows::next() {
    if (query_ == nullptr) return false;
    if (query_->next()) return true;
    if (query_->lastError().isValid()) database_.fail(query_->lastError());
    return false;
}

bool Database::open(const QString& path, Sync sync) {
    close();
    name_ = QUuid::createUuid().toString(QUuid::Id128);
    database_ = QSqlDatabase::addDatabase(u"QSQLITE"_s, name_);
    database_.setDatabaseName(path);
    database_.setConnectOptions(u"QSQLITE_BUSY_TIMEOUT=3000"_s);
    if (!database_.open()) {
        fail(database_.lastError());
        return false;
    }
    // Checkpoints are the writer's business: none may fall on a reader's or a draft's time.
    return execute(u"PRAGMA journal_mode=WAL"_s) &&
           execute(sync == Sync::full ? u"PRAGMA synchronous=FULL"_s
                                      : u"PRAGMA synchronous=NORMAL"_s) &&
           execute(u"PRAGMA temp_store=MEMORY"_s) && trouble_ == Trouble::none;
}

void Database::close() {
    statements_.clear();
    if (name_.isEmpty()) return;
    database_.close();
    database_ = QSqlDatabase();
    QSqlDatabase::removeDatabase(name_);
    name_.clear();
}

QSqlQuery* Database::start(const QString& sql, std::initializer_list<SqlValue> values) {
    auto found = statements_.find(sql);
    if (found == statements_.end()) {
        if (statements_.size() >= kStatementsMax) statements_.clear();
        QSqlQuery query(database_);
        query.setForwardOnly(true);
        if (!query.prepare(sql)) {
            fail(query.lastError());
            return nullptr;
        }
        found = statements_.emplace(sql, std::move(query)).first;
    }
    QSqlQuery& query = found->second;
    int at = 0;
    for (const SqlValue& value : values) query.bindValue(at++, value.variant());
    if (!query.exec()) {
        fail(query.lastError());
        query.finish();
        return nullptr;
    }
    return &query;
}

Rows Database::query(const QString& sql, std::initializer_list<SqlValue> values) {
    return Rows(*this, start(sql, values));
}

bool Database::run(const QString& sql, std::initializer_list<SqlValue> values) {
    QSqlQuery* query = start(sql, values);
    if (query == nullptr) return false;
    touched_ = query->numRowsAffected();
    query->finish();
    return true;
}

bool Database::execute(const QString& sql) {
    QSqlQuery query(database_);
    if (query.exec(sql)) return true;
    fail(query.lastError());
    return false;
}

qint64 Database::number(const QString& sql, std::initializer_list<SqlValue> values) {
    Rows rows = query(sql, values);
    return rows.next() ? rows.number(0) : 0;
}

void Database::clear_trouble() {
    trouble_ = Trouble::none;
    reason_.clear();
}

void Database::fail(const QSqlError& error) {
    if (trouble_ != Trouble::none) return;
    const int code = error.nativeErrorCode().toInt() & 0xff;
    trouble_ = means_damage(code) ? Trouble::damaged : Trouble::unwritable;
    reason_ = error.databaseText();
    if (reason_.isEmpty()) reason_ = error.driverText();
}

}  // namespace guildhall::client
