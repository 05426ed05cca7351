#pragma once
// InviteList: the invites of a guild, making one, and how it is told to others: as a link of one's
// own node, and as CODE@NODE for people of other nodes. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class InviteList : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key: the code, channel, inviter, uses, expires, temporary, link, remote}.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    /// The channels to which one may invite: {key, name}.
    Q_PROPERTY(guildhall::client::RowList* channels READ channels CONSTANT)
    Q_PROPERTY(bool canList READ canList NOTIFY refreshed)
    Q_PROPERTY(QString reason READ reason NOTIFY refreshed)
    /// {key: seconds, name} and {key: uses, name}; 0: without end.
    Q_PROPERTY(guildhall::client::RowList* ages READ ages CONSTANT)
    Q_PROPERTY(guildhall::client::RowList* limits READ limits CONSTANT)
    /// The one that was made last: a row as in `rows`; empty: none.
    Q_PROPERTY(QVariantMap made READ made NOTIFY madeChanged)

  public:
    explicit InviteList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    RowList* channels() const { return channels_; }
    RowList* ages() const { return ages_; }
    RowList* limits() const { return limits_; }
    bool canList() const;
    QString reason() const { return reason_; }
    QVariantMap made() const { return made_; }

    Q_INVOKABLE void create(const QString& channel, int maxAge, int maxUses, bool temporary);
    Q_INVOKABLE void revoke(const QString& code);
    Q_INVOKABLE void copy(const QString& text);
    Q_INVOKABLE void reload() { load(); }

  signals:
    void madeChanged();

  protected:
    void load() override;
    void refresh() override;

  private:
    QVariantMap row_of(const QJsonObject& invite) const;

    RowList *rows_, *channels_, *ages_, *limits_;
    QString reason_;
    QVariantMap made_;
};

}  // namespace guildhall::client
