#pragma once
// Kept: what nobody can send again: drafts, unsent messages, notes, settings, what was read. All of
// it lies in memory; the file follows and is on the disk when a call returns (notes, settings and
// read states: soon, by a thread of its own). A damaged file is moved aside, what can be read of it
// comes along. GUI thread.

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
    QString note(Snowflake user) const { return notes_.value(user); }
    /// False: there are too many, or it is too long.
    bool put_note(Snowflake user, const QString& text);
    QJsonValue setting(const QString& name) const {
        return settings_.value(name, QJsonValue::Undefined);
    }
    bool put_setting(const QString& name, const QJsonValue& value);
    std::vector<CachedReadState> read_states() const;
    void put_read_state(const CachedReadState& state) { put_read_states({state}); }
    void put_read_states(const std::vector<CachedReadState>& states);
    void remove_read_state(Snowflake channel);
    quint64 changes_put() const { return changes_; }
    void flush();

  private:
    bool open();
    void load(Database& database);
    void load_settings(Database& database);
    void adopt_notes();
    void salvage(const QString& path);
    void save_all();
    void mend();
    bool write_unsent(const Unsent& message);
    /// By the writer's thread.
    void write_soon(Writer::Change change);
    void give_up_writer();
    /// Whether single changes can be written; else all is written anew, where that works by now.
    bool is_usable();

    QString folder_, path_, complaint_;
    QHash<Snowflake, QString> drafts_;
    std::map<qint64, Unsent> unsent_;
    QHash<QString, QJsonValue> settings_;
    QHash<Snowflake, QString> notes_;
    bool notes_in_settings_ = false;  // as an earlier version left them
    QHash<Snowflake, CachedReadState> read_;
    qint64 last_key_ = 0;
    quint64 changes_ = 0;
    Database database_;
    std::unique_ptr<Writer> soon_;
};

}  // namespace guildhall::client
