#include "client-qml/settings/model/role_form.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/settings/model/permission_rows.h"

#include <QColor>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kShownMembersMax = 500;
constexpr const char* kColors[] = {"#1abc9c",
                                   "#2ecc71",
                                   "#3498db",
                                   "#9b59b6",
                                   "#e91e63",
                                   "#f1c40f",
                                   "#e67e22",
                                   "#e74c3c",
                                   "#95a5a6",
                                   "#607d8b",
                                   "#11806a",
                                   "#1f8b4c",
                                   "#206694",
                                   "#71368a",
                                   "#ad1457",
                                   "#992d22"};
}  // namespace

RoleForm::RoleForm(QObject* parent)
    : Form(parent),
      permissions_(make_permission_rows(this)),
      members_(new RowList({"key", "name", "avatar"}, this)) {
    connect(this, &Form::fieldsChanged, this, &RoleForm::show_permissions);
}

void RoleForm::setRoleId(const QString& role) {
    const Snowflake id = snowflake(QStringView(role));
    if (id == role_id_) return;
    role_id_ = id;
    place_changed();
}

const Role* RoleForm::role() const { return guild() ? guild()->role(role_id_) : nullptr; }

void RoleForm::load() { shown_ = 0; }

QString RoleForm::why_locked(const Role& role) const {
    const QString why = why_not(protocol::permissions::kManageRoles);
    if (!why.isEmpty()) return why;
    const bool above =
        role.id != guild_id() && !outranks_role(*guild(), state()->me(guild_id()), role);
    return above ? tr("This role is not below your highest one.") : QString();
}

void RoleForm::refresh() {
    const Role* now = role();
    if (!now) {
        if (guild() && std::exchange(shown_, 0) != 0) emit gone();
        set_reason(tr("This role is not there any more."));
        return;
    }
    set_reason(why_locked(*now));
    const QJsonObject known{{u"name"_s, now->name},
                            {u"color"_s, now->color},
                            {u"hoist"_s, now->hoist},
                            {u"mentionable"_s, now->mentionable},
                            {u"permissions"_s, QString::number(now->permissions)}};
    if (std::exchange(shown_, role_id_) == role_id_) {
        take(known);
    } else {
        begin(known);
    }
    show_members();
}

QString RoleForm::title() const {
    if (isEveryone()) return u"@everyone"_s;
    return role() ? text::safe_name(role()->name, roleId()) : QString();
}

bool RoleForm::isManaged() const { return role() && role()->managed; }

QStringList RoleForm::palette() const {
    QStringList all;
    for (const char* color : kColors) all.append(QString::fromLatin1(color));
    return all;
}

void RoleForm::show_permissions() {
    if (!guild()) return;
    const quint64 mask = value(u"permissions"_s).toString().toULongLong();
    const Permissions own = base_permissions(*guild(), state()->me(guild_id()));
    fill_permission_rows(
        *permissions_,
        [](const PermissionInfo& info) { return info.in_guild; },
        [&](const PermissionInfo& info) {
            PermissionChoice choice{Permissions(mask).has(info.mask()) ? 1 : 0, reason()};
            if (choice.locked.isEmpty() && !own.has(info.mask())) {
                choice.locked = tr("You do not have this permission yourself.");
            }
            return choice;
        });
}

void RoleForm::show_members() {
    std::vector<QVariantMap> rows;
    for (const Member* member : state()->members(guild_id())) {
        if (std::ranges::find(member->roles, role_id_) == member->roles.end()) continue;
        if (qsizetype(rows.size()) == kShownMembersMax) break;
        rows.push_back({{u"key"_s, id_text(member->user.id)},
                        {u"name"_s, state()->display_name(guild_id(), member->user)},
                        {u"avatar"_s, member_avatar_address(*member)}});
    }
    std::ranges::sort(rows, {}, [](const QVariantMap& row) { return row[u"name"_s].toString(); });
    members_->set(std::move(rows));
}

void RoleForm::setPermission(const QString& bit, bool allowed) {
    if (permissions_->find(bit)[u"locked"_s].toBool()) return;
    const PermissionInfo* info = PermissionText::find(bit.toInt());
    if (!info) return;
    const quint64 mask = value(u"permissions"_s).toString().toULongLong();
    const quint64 one = info->mask().bits;
    set(u"permissions"_s, QString::number(allowed ? mask | one : mask & ~one));
}

bool RoleForm::setColor(const QString& color) {
    if (color.trimmed().isEmpty()) {
        set(u"color"_s, 0);
        return true;
    }
    const QColor wanted(color.trimmed());
    if (!wanted.isValid()) return false;
    set(u"color"_s, int(wanted.rgb() & 0xFFFFFF));
    return true;
}

QString RoleForm::colorText() const {
    const int color = value(u"color"_s).toInt();
    return color == 0 ? QString() : QColor::fromRgb(QRgb(color)).name();
}

std::optional<QJsonValue> RoleForm::joined(const QString& name,
                                           const QJsonValue& was,
                                           const QJsonValue& mine,
                                           const QJsonValue& now) const {
    if (name != "permissions"_L1) return std::nullopt;
    const auto bits = [](const QJsonValue& mask) {
        return PermissionBits{.allow = mask.toString().toULongLong()};
    };
    return QString::number(joined_bits(bits(was), bits(mine), bits(now)).allow);
}

std::vector<Form::Part> RoleForm::parts(const QJsonObject& changed) {
    return one_part(request_of("PATCH", guild_path(u"/roles/"_s + roleId()), changed), changed);
}

void RoleForm::removeMember(const QString& userId) {
    if (snowflake(QStringView(userId)) == 0) return;
    call(request_of("DELETE", guild_path(u"/members/%1/roles/%2"_s.arg(userId, roleId()))));
}

}  // namespace guildhall::client
