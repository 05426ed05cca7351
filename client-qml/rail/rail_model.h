#pragma once
// RailModel: the guilds of an account as the rail shows them: in the order that people dragged them
// to, in folders, with what is unread. The order is kept in the account's cache. Owned by QML; GUI
// thread.

#include "client-qml/core/account/account.h"
#include "client-qml/core/models/row_steps.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>

namespace guildhall::client {

class RailModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY accountChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)
    /// Of all guilds together: the tray and the title show it.
    Q_PROPERTY(int mentions READ mentions NOTIFY totalsChanged)
    Q_PROPERTY(bool unread READ unread NOTIFY totalsChanged)
    Q_PROPERTY(int directMentions READ directMentions NOTIFY totalsChanged)
    Q_PROPERTY(bool directUnread READ directUnread NOTIFY totalsChanged)

  public:
    enum Role {
        KindRole = Qt::UserRole + 1,  // "guild" or "folder"
        IdRole,
        NameRole,
        IconRole,
        UnreadRole,
        MentionsRole,
        UnavailableRole,
        FolderRole,  // id of the folder it is in; empty outside
        OpenRole,    // of a folder
        ColorRole,   // of a folder, "#rrggbb"
    };

    explicit RailModel(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    int mentions() const;
    bool unread() const;
    int directMentions() const;
    bool directUnread() const;

    /// Moves a row to before row `to` (count(): to the end), into that row's folder if it is in
    /// one.
    Q_INVOKABLE void move(int from, int to);
    /// Puts two guilds into a new folder, or a guild into that folder.
    Q_INVOKABLE void join(int from, int onto);
    /// Takes a guild out of its folder; an empty folder goes.
    Q_INVOKABLE void leaveFolder(int row);
    Q_INVOKABLE void toggleFolder(const QString& folder);
    Q_INVOKABLE void editFolder(const QString& folder, const QString& name, const QString& color);
    /// One place up or down, for the keyboard.
    Q_INVOKABLE void shift(int row, int step);
    Q_INVOKABLE void markRead(const QString& guild);
    Q_INVOKABLE void markFolderRead(const QString& folder);
    /// The next guild but `step` in the order of the rail, closed folders and all, around its ends.
    Q_INVOKABLE QString guildAfter(const QString& guild, int step) const;
    Q_INVOKABLE bool isOwner(const QString& guild) const;
    Q_INVOKABLE bool canManage(const QString& guild) const;
    Q_INVOKABLE bool canInvite(const QString& guild) const;
    Q_INVOKABLE int rowOf(const QString& guild) const;
    Q_INVOKABLE QString idAt(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void accountChanged();
    void countChanged();
    void totalsChanged();

  private:
    /// A guild by itself (`folder` 0) or a folder with its guilds.
    struct Entry {
        int folder = 0;
        QString name, color;
        bool open = false;
        std::vector<Snowflake> guilds;
    };
    struct Row {
        int entry = 0;
        int folder = 0;       // 0: outside of folders
        Snowflake guild = 0;  // 0: the folder itself
    };
    struct Key {
        Snowflake id = 0;
        bool folder = false;
        bool operator==(const Key&) const = default;
    };
    struct KeyHash {
        std::size_t operator()(const Key& key) const { return qHash(key.id, key.folder); }
    };

    void read();
    void write();
    void rebuild();
    static std::vector<Key> keys_of(const std::vector<Row>& rows);
    void take(const RowStep& step, const std::vector<Row>& next);
    void renumber(const std::vector<Row>& next);
    void take_out(const Row& row, bool below);
    void take_new_guilds();
    void tell_badges(Snowflake guild);
    Unread unread_of(const Row& row) const;
    void remove_from(int entry, Snowflake guild);
    int next_folder() const;
    bool may(const QString& guild, Permissions any) const;

    QPointer<Account> account_;
    std::vector<Entry> entries_;
    std::vector<Row> rows_;
    QTimer totals_;
};

}  // namespace guildhall::client
