#pragma once
// SuggestionModel: what a list above the field offers while somebody writes. Those who know what
// fits derive from it; one popup shows them all. Owned by QML or a CommandForm; GUI thread.

#include "client-qml/core/account/account.h"

#include <QAbstractListModel>
#include <QJsonValue>
#include <QPointer>
#include <QQmlEngine>
#include <QTimer>

namespace guildhall::client {

/// One row: what goes into the text, what the node is sent instead, and how it looks.
struct Suggestion {
    QString shown, code, detail, picture, text, icon;
    QJsonValue value = {};  // of a command's option
};

class SuggestionModel : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("a base")
    Q_PROPERTY(int count READ rowCount NOTIFY changed)
    /// Whether Enter takes the first row without an arrow key before.
    Q_PROPERTY(bool eager READ is_eager NOTIFY changed)

  public:
    static constexpr int kShownMax = 10;
    enum Role { ShownRole = Qt::UserRole + 1, DetailRole, PictureRole, TextRole, IconRole };

    explicit SuggestionModel(QObject* parent = nullptr);

    Q_INVOKABLE virtual void clear();
    /// What goes into the text, and what the node is sent instead (empty: the same).
    Q_INVOKABLE QString shown(int row) const;
    Q_INVOKABLE QString code(int row) const;
    const Suggestion* at(int row) const;
    bool is_eager() const { return eager_; }

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;

  signals:
    void changed();

  protected:
    /// Members whom no message or list named yet; their answer is a GUILD_MEMBERS_CHUNK.
    void ask_members(Account* account, Snowflake guild, const QString& wanted);
    void set_items(std::vector<Suggestion> items);
    /// Those that are not there yet, below the others: the row that is chosen stays what it is.
    void add_items(std::vector<Suggestion> items);
    void set_eager(bool eager) { eager_ = eager; }

  private:
    std::vector<Suggestion> items_;
    bool eager_ = true;
    QTimer ask_;
    QPointer<Account> ask_account_;
    Snowflake ask_guild_ = 0;
    QString wanted_, asked_;
};

/// People, roles and channels as rows, by a part of their name; at most kShownMax of each.
std::vector<Suggestion> people_named(const State& state,
                                     Snowflake guild,
                                     Snowflake channel,
                                     const QString& wanted);
Suggestion role_row(const client::Role& role);
Suggestion channel_row(const Channel& channel);
bool name_begins(const QString& name, const QString& wanted);

}  // namespace guildhall::client
