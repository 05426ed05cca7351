#pragma once
// Kept: what nobody can send again: drafts, unsent messages, settings, what was read. All of it
// lies in memory; the file follows and is on the disk when a call returns (read states: soon). A
// damaged file is moved aside, what can be read of it comes along. GUI thread.

#include "client-qml/core/store/cache.h"
#include "client-qml/core/store/database.h"
#include "client-qml/core/store/writer.h"

#include <map>

namespace guildhall::client {

class Kept final {
  public:
    explicit Kept(QString folder);

    const QString& complaint() const { return complaint_; }

    QString draft(Snowflake channel) const { return drafts_.value(channel); }
    void put_draft(Snowflake channel, const QString& text);
    std::vector<Snowflake> drafts() const;
    std::vector<Unsent> unsent() const;
    /// 0: the queue is full or the message too large.
    qint64 put_unsent(Unsent message);
    void fail_unsent(qint64 key, const QString& error);
    void remove_unsent(qint64 key);
    QJsonValue setting(const QString& name) const {
        return settings_.value(name, QJsonValue::Undefined);
    }
    void put_setting(const QString& name, const QJsonValue& value);
    std::vector<CachedReadState> read_states() const;
    void put_read_state(const CachedReadState& state);
    void flush();

  private:
    bool open();
    void load(Database& database);
    void salvage(const QString& path);
    void save_all();
    void mend();
    bool write_unsent(const Unsent& message);
    bool write_setting(const QString& name, const QJsonValue& value);
    /// Whether single changes can be written; else all is written anew, where that works by now.
    bool is_usable();

    QString folder_, path_, complaint_;
    QHash<Snowflake, QString> drafts_;
    std::map<qint64, Unsent> unsent_;
    QHash<QString, QJsonValue> settings_;
    QHash<Snowflake, CachedReadState> read_;
    qint64 last_key_ = 0;
    Database database_;
    std::unique_ptr<Writer> reads_;
};

}  // namespace guildhall::client
