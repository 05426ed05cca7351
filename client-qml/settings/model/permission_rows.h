#pragma once
// PermissionRows: the list of permissions that editors of roles and channels show, and how two
// people's changes of the same permissions are joined. Pure; GUI thread.

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

/// Of a role: what it allows; of a channel's target: what that is allowed and denied.
struct PermissionBits {
    quint64 allow = 0, deny = 0;
    friend bool operator==(const PermissionBits&, const PermissionBits&) = default;
};
/// `now`, with what was changed from `was` to `mine`: where both changed a bit, mine.
PermissionBits joined_bits(PermissionBits was, PermissionBits mine, PermissionBits now);

}  // namespace guildhall::client
