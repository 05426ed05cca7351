#pragma once
// CompletionModel: what the word before the cursor may become: people and roles after @, channels
// after #, emoji after a colon, commands after a slash at the start. Asks the node for members that
// are not known here. Owned by QML; GUI thread.

#include "client-qml/composer/command_book.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QQmlEngine>
#include <QTimer>

namespace guildhall::client {

class CompletionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account READ account WRITE setAccount NOTIFY changed)
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY changed)
    Q_PROPERTY(guildhall::client::CommandBook* commands MEMBER commands_ NOTIFY changed)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)
    /// Where the word begins that is replaced, and how long it is.
    Q_PROPERTY(int start READ start NOTIFY changed)
    Q_PROPERTY(int length READ length NOTIFY changed)

  public:
    static constexpr int kShownMax = 10;
    enum Role { ShownRole = Qt::UserRole + 1, DetailRole, PictureRole, TextRole, IconRole };

    explicit CompletionModel(QObject* parent = nullptr);

    Account* account() const { return account_; }
    void setAccount(Account* account);
    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    int start() const { return start_; }
    int length() const { return int(word_.size()); }

    Q_INVOKABLE void look(const QString& text, int cursor);
    Q_INVOKABLE void clear();
    /// What goes into the text, and what the node is sent instead (empty: the same).
    Q_INVOKABLE QString shown(int row) const;
    Q_INVOKABLE QString code(int row) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void changed();

  private:
    struct Item {
        QString shown, code, detail, picture, text, icon;
    };
    void fill();
    void add_commands();
    void add_people(const QString& wanted);
    void add_roles(const QString& wanted);
    void add_channels(const QString& wanted);
    void add_emoji(const QString& wanted);
    void ask_node();
    bool is_full() const { return int(items_.size()) >= kShownMax; }

    QPointer<Account> account_;
    CommandBook* commands_ = nullptr;  // outlives this: both are the composer's
    Snowflake channel_ = 0, guild_ = 0;
    QString word_;  // with its sign
    int start_ = 0;
    std::vector<Item> items_;
    QTimer ask_;
    QString asked_;
};

}  // namespace guildhall::client
