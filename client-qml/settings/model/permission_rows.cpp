#include "client-qml/settings/model/permission_rows.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

RowList* make_permission_rows(QObject* parent) {
    return new RowList(
        {"key", "name", "description", "group", "choice", "dangerous", "locked", "reason"}, parent);
}

void fill_permission_rows(RowList& rows,
                          const std::function<bool(const PermissionInfo&)>& is_shown,
                          const std::function<PermissionChoice(const PermissionInfo&)>& choice) {
    std::vector<QVariantMap> all;
    for (const PermissionInfo& info : PermissionText::all()) {
        if (!is_shown(info)) continue;
        const PermissionChoice chosen = choice(info);
        all.push_back({{u"key"_s, QString::number(info.bit)},
                       {u"name"_s, PermissionText::name(info.bit)},
                       {u"description"_s, PermissionText::description(info.bit)},
                       {u"group"_s, PermissionText::group_name(info.group)},
                       {u"choice"_s, chosen.state},
                       {u"dangerous"_s, info.dangerous},
                       {u"locked"_s, !chosen.locked.isEmpty()},
                       {u"reason"_s, chosen.locked}});
    }
    rows.set(std::move(all));
}

PermissionBits joined_bits(PermissionBits was, PermissionBits mine, PermissionBits now) {
    // Allowed and denied are one choice: a bit that changed in either is taken in both.
    const quint64 changed = (was.allow ^ mine.allow) | (was.deny ^ mine.deny);
    return {(now.allow & ~changed) | (mine.allow & changed),
            (now.deny & ~changed) | (mine.deny & changed)};
}

}  // namespace guildhall::client
