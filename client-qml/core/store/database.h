#pragma once
// Database: one connection to one SQLite file, with its prepared statements, and what went wrong
// on it. The only place that knows QtSql. Belongs to the thread that opened it.

#include <QByteArray>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QString>
#include <QVariant>

#include <initializer_list>
#include <unordered_map>

namespace guildhall::client {

/// What a value of a statement is; ids cross as signed numbers, as SQLite keeps them.
class SqlValue {
  public:
    // NOLINTBEGIN(google-explicit-constructor)
    SqlValue(qint64 number) : value_(number) {}
    SqlValue(quint64 number) : value_(qint64(number)) {}
    SqlValue(int number) : value_(qint64(number)) {}
    // A text without characters is a text, not NULL.
    SqlValue(const QString& text) : value_(text.isNull() ? QStringLiteral("") : text) {}
    SqlValue(const QByteArray& bytes) : value_(bytes.isNull() ? QByteArray("") : bytes) {}
    // NOLINTEND(google-explicit-constructor)
    const QVariant& variant() const { return value_; }

  private:
    QVariant value_;
};

class Database;

/// What a statement answers, row by row; the statement is reset when this dies.
class Rows final {
  public:
    Rows(Database& database, QSqlQuery* query) : database_(database), query_(query) {}
    Rows(const Rows&) = delete;
    Rows& operator=(const Rows&) = delete;
    ~Rows();

    bool next();
    qint64 number(int column) const { return query_->value(column).toLongLong(); }
    quint64 id(int column) const { return quint64(number(column)); }
    QString text(int column) const { return query_->value(column).toString(); }
    QByteArray bytes(int column) const { return query_->value(column).toByteArray(); }

  private:
    Database& database_;
    QSqlQuery* query_;  // null: the statement failed
};

class Database final {
  public:
    /// `damaged`: the file is no database or contradicts itself; `unwritable`: disk full, no
    /// right, no such folder, locked for too long.
    enum class Trouble { none, damaged, unwritable };
    enum class Sync { normal, full };

    Database() = default;
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;
    ~Database() { close(); }

    /// ":memory:" is a path too. False: see `trouble`.
    bool open(const QString& path, Sync sync);
    void close();
    bool is_open() const { return database_.isOpen(); }

    /// Statements are prepared once and found again by their text.
    Rows query(const QString& sql, std::initializer_list<SqlValue> values = {});
    bool run(const QString& sql, std::initializer_list<SqlValue> values = {});
    /// A statement that is needed once.
    bool execute(const QString& sql);
    qint64 number(const QString& sql, std::initializer_list<SqlValue> values = {});
    /// How many rows the last `run` touched.
    int touched() const { return touched_; }

    /// The first since `clear_trouble`.
    Trouble trouble() const { return trouble_; }
    const QString& reason() const { return reason_; }
    void clear_trouble();

  private:
    friend class Rows;
    QSqlQuery* start(const QString& sql, std::initializer_list<SqlValue> values);
    void fail(const QSqlError& error);

    QString name_;
    QSqlDatabase database_;
    std::unordered_map<QString, QSqlQuery> statements_;
    Trouble trouble_ = Trouble::none;
    QString reason_;
    int touched_ = 0;
};

}  // namespace guildhall::client
