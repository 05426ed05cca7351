#pragma once
// PermissionRows: the list of permissions that editors of roles and channels show. Pure; GUI
// thread.

#include "client-qml/core/models/permission_text.h"
#include "client-qml/settings/model/row_list.h"

namespace guildhall::client {

/// {key: the bit's number, name, description, group, choice, dangerous, locked, reason}; choice is
/// 1 for allowed, 0 for neutral, -1 for denied.
RowList* make_permission_rows(QObject* parent);

struct PermissionChoice {
    int state = 0;
    QString locked;  // why it cannot be changed; empty: it can
};
/// One row for each permission that `is_shown`, with what `choice` says of it.
void fill_permission_rows(RowList& rows,
                          const std::function<bool(const PermissionInfo&)>& is_shown,
                          const std::function<PermissionChoice(const PermissionInfo&)>& choice);

}  // namespace guildhall::client
