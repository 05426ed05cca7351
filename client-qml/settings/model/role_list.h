#pragma once
// RoleList: a guild's roles, highest first, moved by drag and keys; making and deleting them. Every
// role has a field, its position, by its id. GUI thread.

#include "client-qml/settings/model/form.h"
#include "client-qml/settings/model/ordering.h"

namespace guildhall::client {

class RoleList : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, color, members, movable, reason, isEveryone}, the highest first, @everyone last.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)

  public:
    explicit RoleList(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }

    /// Up is -1.
    Q_INVOKABLE void step(const QString& role, int step);
    Q_INVOKABLE void moveTo(const QString& role, int row);
    Q_INVOKABLE void create();
    Q_INVOKABLE void remove(const QString& role);

  signals:
    void created(const QString& roleId);

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;

  private:
    /// Without @everyone, the lowest first.
    std::vector<Ordered> order() const;
    /// Why it cannot be moved or edited; empty where it can.
    QString locked(const Role& role) const;
    void show();

    RowList* rows_;
    QHash<Snowflake, int> counts_;
    Snowflake shown_ = 0;
};

}  // namespace guildhall::client
