#pragma once
// Shortcuts: every key of the client with what it does, as the list of Ctrl+/ shows them and as
// the window binds them: one table for both. A new shortcut is a row there and a case in
// ShortcutKeys.qml. Owned by QML; GUI thread.

#include <QAbstractListModel>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

class Shortcuts : public QAbstractListModel {
    Q_OBJECT
    QML_ELEMENT

  public:
    enum Role { GroupRole = Qt::UserRole + 1, ActionRole, KeysRole, TextRole, GlobalRole };

    explicit Shortcuts(QObject* parent = nullptr);

    int rowCount(const QModelIndex& parent = {}) const override;
    QVariant data(const QModelIndex& index, int role) const override;
    QHash<int, QByteArray> roleNames() const override;
};

}  // namespace guildhall::client
