#pragma once
// BanList: who is banned from a guild, page by page; unbanning, and banning somebody by id. GUI
// thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class BanList : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, username, avatar, reason}.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    /// Why one may not; empty: one may.
    Q_PROPERTY(QString reason READ reason NOTIFY refreshed)
    Q_PROPERTY(bool more READ more NOTIFY loaded)

  public:
    explicit BanList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    QString search() const { return search_; }
    void setSearch(const QString& search);
    QString reason() const { return why_not(protocol::permissions::kBanMembers); }
    bool more() const { return more_; }

    Q_INVOKABLE void loadMore();
    Q_INVOKABLE void unban(const QString& userId);
    /// Returns false where that is no id.
    Q_INVOKABLE bool add(const QString& userId, const QString& reason);

  signals:
    void searchChanged();
    void loaded();
    /// The node took what add() began.
    void banned();

  protected:
    void load() override;

  private:
    void show();

    RowList* rows_;
    std::vector<QVariantMap> all_;
    QString search_;
    bool more_ = false;
};

}  // namespace guildhall::client
