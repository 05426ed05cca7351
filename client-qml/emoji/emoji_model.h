#pragma once
// EmojiModel: what a picker shows: used last, a guild's own, then Unicode's, or what a search
// finds. Owned by QML; GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QQmlEngine>

namespace guildhall::client {

class EmojiModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    Q_PROPERTY(QString guildId READ guildId WRITE setGuildId NOTIFY changed)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY changed)
    /// "recent", "guild", or a group of core/text/emoji.h; empty: none.
    Q_PROPERTY(QString group READ group WRITE setGroup NOTIFY changed)
    Q_PROPERTY(int tone READ tone WRITE setTone NOTIFY changed)
    Q_PROPERTY(QStringList groups READ groups NOTIFY changed)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)

  public:
    enum Role { CodeRole = Qt::UserRole + 1, TextRole, NameRole, PictureRole };

    using QAbstractListModel::QAbstractListModel;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString guildId() const { return id_text(guild_); }
    void setGuildId(const QString& guild);
    QString search() const { return search_; }
    void setSearch(const QString& search);
    QString group() const { return group_; }
    void setGroup(const QString& group);
    int tone() const { return tone_; }
    void setTone(int tone);
    QStringList groups() const;
    /// Puts it in front of those used last, which the account's cache keeps.
    Q_INVOKABLE void use(const QString& code);
    /// Reads them again: another picker may have been used.
    Q_INVOKABLE void reload();
    Q_INVOKABLE QString codeAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void changed();

  private:
    struct Item {
        QString code, text, name, picture;
    };
    void rebuild();
    void add_own(const QString& wanted);
    void add_recent();
    Item item_of(int at) const;

    QPointer<Account> account_;
    Snowflake guild_ = 0;
    QString search_, group_;
    int tone_ = 0;
    QStringList recent_;
    std::vector<Item> items_;
};

}  // namespace guildhall::client
