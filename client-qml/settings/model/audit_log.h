#pragma once
// AuditLog: who changed what in a guild, newest first, where the node keeps that. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class AuditLog : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key, who, what, target, when, reason}.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    Q_PROPERTY(bool offered READ offered NOTIFY offeredChanged)
    Q_PROPERTY(bool more READ more NOTIFY offeredChanged)

  public:
    explicit AuditLog(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    bool offered() const { return offered_; }
    bool more() const { return more_; }

    Q_INVOKABLE void loadMore();

  signals:
    void offeredChanged();

  protected:
    void load() override;

  private:
    void take(const QJsonObject& page);
    QString name_of(Snowflake id) const;

    RowList* rows_;
    QHash<Snowflake, User> users_;
    bool offered_ = false, more_ = false;
};

/// "Created a channel", of the API's number.
QString audit_words(int action);

}  // namespace guildhall::client
