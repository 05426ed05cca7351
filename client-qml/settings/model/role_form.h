#pragma once
// RoleForm: one role. Fields: name, color, hoist, mentionable, permissions (decimal text). One can
// give only what one has oneself, and edit only roles below one's own. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class RoleForm : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString roleId READ roleId WRITE setRoleId NOTIFY placeChanged)
    Q_PROPERTY(QString title READ title NOTIFY refreshed)
    Q_PROPERTY(bool isEveryone READ isEveryone NOTIFY placeChanged)
    Q_PROPERTY(bool isManaged READ isManaged NOTIFY refreshed)
    /// See permission_rows.h.
    Q_PROPERTY(guildhall::client::RowList* permissions READ permissions CONSTANT)
    /// Who is known to have it: {key, name, avatar}.
    Q_PROPERTY(guildhall::client::RowList* members READ members CONSTANT)
    /// The colours that are offered, as "#rrggbb".
    Q_PROPERTY(QStringList palette READ palette CONSTANT)

  public:
    explicit RoleForm(QObject* parent = nullptr);

    QString roleId() const { return id_text(role_id_); }
    void setRoleId(const QString& role);
    QString title() const;
    bool isEveryone() const { return role_id_ == guild_id(); }
    bool isManaged() const;
    RowList* permissions() const { return permissions_; }
    RowList* members() const { return members_; }
    QStringList palette() const;

    Q_INVOKABLE void setPermission(const QString& bit, bool allowed);
    /// "#rrggbb", or empty for none; returns whether it is one.
    Q_INVOKABLE bool setColor(const QString& color);
    Q_INVOKABLE QString colorText() const;
    Q_INVOKABLE void removeMember(const QString& userId);

  signals:
    void gone();

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;
    std::optional<QJsonValue> joined(const QString& name,
                                     const QJsonValue& was,
                                     const QJsonValue& mine,
                                     const QJsonValue& now) const override;

  private:
    const Role* role() const;
    QString why_locked(const Role& role) const;
    void show_permissions();
    void show_members();

    RowList *permissions_, *members_;
    Snowflake role_id_ = 0, shown_ = 0;
};

}  // namespace guildhall::client
