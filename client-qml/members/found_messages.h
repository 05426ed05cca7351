#pragma once
// FoundMessages: messages in a list of their own: what a search found, or what is pinned. Rows of
// the panels on the right. GUI thread.

#include "client-qml/core/account/account.h"
#include "client-qml/core/models/row_steps.h"

#include <QAbstractListModel>
#include <QPointer>
#include <QTimer>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

/// Escaped for StyledText, each of the words in bold, beginning shortly before the first of them.
QString marked_text(const QString& plain, const QString& words);

class FoundMessages : public QAbstractListModel {
    Q_OBJECT
    QML_ANONYMOUS
    Q_PROPERTY(
        guildhall::client::Account* account READ account WRITE setAccount NOTIFY accountChanged)
    Q_PROPERTY(int count READ rowCount NOTIFY changed)
    Q_PROPERTY(bool busy READ busy NOTIFY changed)
    Q_PROPERTY(QString error READ error NOTIFY changed)

  public:
    enum Role {
        IdRole = Qt::UserRole + 1,
        ChannelRole,
        ChannelNameRole,
        AuthorRole,
        AvatarRole,
        AuthorIdRole,
        TimeRole,
        TextRole,    // plain
        FilesRole,   // how many
        MarkedRole,  // styled: escaped, with what was searched for in bold
        PlaceRole,   // "#general", or with whom
    };

    /// The heading above what was found in a channel: "#general", with its guild where `withGuild`.
    Q_INVOKABLE QString placeOf(const QString& channel, bool withGuild) const;

    using QAbstractListModel::QAbstractListModel;

    Account* account() const { return account_; }
    void setAccount(Account* account);
    bool busy() const { return busy_; }
    QString error() const { return error_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void accountChanged();
    void changed();

  protected:
    virtual void follow() = 0;
    /// Rows that stay keep their delegates, and with them the focus.
    void show(std::vector<Message> messages);
    void set_busy(bool busy, const QString& error = {});
    void drop(Snowflake message);
    /// Words that are marked in what is shown.
    virtual QString sought() const { return {}; }

    QPointer<Account> account_;
    std::vector<Message> rows_;

  private:
    void become(std::vector<Message> next, const std::vector<RowStep>& steps);
    QString words_of(const Message& row) const;

    bool busy_ = false;
    QString error_;
};

}  // namespace guildhall::client
