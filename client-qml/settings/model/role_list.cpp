#include "client-qml/settings/model/role_list.h"

#include "client-qml/core/text/bidi.h"

#include <tuple>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kLowest = 1;  // below is @everyone
constexpr int kCountMax = 100'000'000;
}  // namespace

RoleList::RoleList(QObject* parent)
    : Form(parent),
      rows_(new RowList({"key", "name", "color", "members", "movable", "reason", "isEveryone"},
                        this)) {
    connect(this, &Form::fieldsChanged, this, &RoleList::show);
}

void RoleList::load() {
    shown_ = 0;
    counts_.clear();
    if (guild_id() == 0) return;
    ask(request_of("GET", guild_path(u"/roles/member-counts"_s)), [this](const Answer& answer) {
        // Not every node counts them; without, the list shows none.
        const QJsonObject counts = answer.body.toObject();
        for (auto it = counts.begin(); answer.ok() && it != counts.end(); ++it) {
            counts_[snowflake(QStringView(it.key()))] = std::clamp(it->toInt(), 0, kCountMax);
        }
        show();
    });
}

void RoleList::refresh() {
    set_reason(why_not(protocol::permissions::kManageRoles));
    if (!guild()) return;
    QJsonObject all;
    for (const Role& role : guild()->roles) {
        if (role.id != guild_id()) all[id_text(role.id)] = role.position;
    }
    if (std::exchange(shown_, guild_id()) == guild_id()) {
        take(all);
    } else {
        begin(all);
    }
}

std::vector<Ordered> RoleList::order() const {
    std::vector<Ordered> found;
    if (!guild()) return found;
    for (const Role& role : guild()->roles) {
        if (role.id == guild_id()) continue;
        found.push_back({role.id, value(id_text(role.id)).toInt()});
    }
    // Of equal ones the older is the higher.
    std::ranges::sort(
        found, {}, [](const Ordered& one) { return std::tuple(one.position, ~one.id); });
    return found;
}

QString RoleList::locked(const Role& role) const {
    if (!editable()) return reason();
    if (role.id == guild_id()) return tr("It stands below all others.");
    if (outranks_role(*guild(), state()->me(guild_id()), role)) return {};
    return tr("It is not below your highest role.");
}

void RoleList::show() {
    std::vector<QVariantMap> rows;
    const auto add = [&](const Role& role) {
        const QString locked = this->locked(role);
        const bool everyone = role.id == guild_id();
        rows.push_back(
            {{u"key"_s, id_text(role.id)},
             {u"name"_s, everyone ? u"@everyone"_s : text::safe_name(role.name, id_text(role.id))},
             {u"color"_s, role.color},
             {u"members"_s, counts_.value(role.id, -1)},
             {u"movable"_s, locked.isEmpty()},
             {u"reason"_s, locked},
             {u"isEveryone"_s, everyone}});
    };
    const std::vector<Ordered> all = order();
    for (auto it = all.rbegin(); it != all.rend(); ++it) {
        if (const Role* role = guild()->role(it->id)) add(*role);
    }
    const Role* everyone = guild() ? guild()->role(guild_id()) : nullptr;
    if (everyone) add(*everyone);
    rows_->set(std::move(rows));
}

void RoleList::step(const QString& role, int step) { moveTo(role, rows_->indexOf(role) + step); }

void RoleList::moveTo(const QString& role, int row) {
    const Snowflake id = snowflake(QStringView(role));
    const Role* moving = guild() ? guild()->role(id) : nullptr;
    if (!moving || !locked(*moving).isEmpty()) return;
    const std::vector<Ordered> now = order();
    const int last = int(now.size()) - 1;
    const int from = int(std::ranges::find(now, id, &Ordered::id) - now.begin());
    const int to = last - std::clamp(row, 0, last);
    // What stands above oneself stays there.
    const Role* there = guild()->role(now[std::size_t(to)].id);
    if (!there || !locked(*there).isEmpty()) return;
    for (const Ordered& one : reordered(now, from, to, kLowest)) set(id_text(one.id), one.position);
}

std::vector<Form::Part> RoleList::parts(const QJsonObject& changed) {
    QJsonArray body;
    for (auto it = changed.begin(); it != changed.end(); ++it) {
        body.append(QJsonObject{{u"id"_s, it.key()}, {u"position"_s, *it}});
    }
    return one_part(request_of("PATCH", guild_path(u"/roles"_s), body), changed);
}

void RoleList::create() {
    if (busy()) return;
    const QJsonObject body{{u"name"_s, tr("new role")}};
    call(request_of("POST", guild_path(u"/roles"_s), body), [this](const Answer& answer) {
        if (answer.ok()) emit created(answer.body[u"id"_s].toString());
    });
}

void RoleList::remove(const QString& role) {
    if (snowflake(QStringView(role)) != 0) {
        call(request_of("DELETE", guild_path(u"/roles/"_s + role)));
    }
}

}  // namespace guildhall::client
