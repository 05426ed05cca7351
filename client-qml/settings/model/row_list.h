#pragma once
// RowList: a list for QML made of plain values. What changed between two states of it becomes
// inserts, removals, moves and changes of single rows, so that delegates keep their focus. Owned by
// the view-model that fills it; GUI thread.

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

#include <vector>

namespace guildhall::client {

class RowList final : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT
    QML_UNCREATABLE("A view-model makes it")
    Q_PROPERTY(int count READ rowCount NOTIFY countChanged)

  public:
    /// `roles` names what each row has; the first one, "key", is different for each.
    RowList(const QList<QByteArray>& roles, QObject* parent);

    void set(std::vector<QVariantMap> rows);
    const std::vector<QVariantMap>& rows() const { return rows_; }

    /// Empty where there is no such row.
    Q_INVOKABLE QVariantMap at(int row) const;
    Q_INVOKABLE QVariantMap find(const QString& key) const;
    Q_INVOKABLE int indexOf(const QString& key) const;

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override { return roles_; }

  signals:
    void countChanged();

  private:
    void replace(std::vector<QVariantMap> rows);
    void drop_missing(const std::vector<QVariantMap>& rows);
    void place(int at, const QVariantMap& row);

    QHash<int, QByteArray> roles_;
    std::vector<QVariantMap> rows_;
};

}  // namespace guildhall::client
