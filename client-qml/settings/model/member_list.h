#pragma once
// MemberList: the members of a guild for who runs it: found by name, sorted, with their roles. What
// the node pages out is asked for by search; State knows the rest. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class MemberList : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, username, avatar, roles, joined, timeout, isOwner, isSelf, below}; `below`: one
    /// may act on them.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    Q_PROPERTY(QString search READ search WRITE setSearch NOTIFY searchChanged)
    /// "name", "newest", "oldest".
    Q_PROPERTY(QString order READ order WRITE setOrder NOTIFY searchChanged)
    /// Only who has this role; empty: all.
    Q_PROPERTY(QString roleId READ roleId WRITE setRoleId NOTIFY searchChanged)
    Q_PROPERTY(int memberCount READ memberCount NOTIFY refreshed)
    /// {key, name}, the first one is "all".
    Q_PROPERTY(guildhall::client::RowList* roles READ roles CONSTANT)

  public:
    explicit MemberList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    RowList* roles() const { return roles_; }
    QString search() const { return search_; }
    void setSearch(const QString& search);
    QString order() const { return order_; }
    void setOrder(const QString& order);
    QString roleId() const { return id_text(role_id_); }
    void setRoleId(const QString& role);
    int memberCount() const { return guild() ? guild()->member_count : 0; }

  signals:
    void searchChanged();

  protected:
    void load() override;
    void refresh() override;

  private:
    void ask_node();
    void learn(const Answer& answer);
    bool matches(const Member& member) const;
    QVariantMap row_of(const Member& member) const;
    void show_roles();

    RowList *rows_, *roles_;
    QString search_, order_ = QStringLiteral("name");
    Snowflake role_id_ = 0;
    QTimer typing_;
    /// Whom the node named and State does not keep.
    QHash<Snowflake, Member> found_;
};

}  // namespace guildhall::client
