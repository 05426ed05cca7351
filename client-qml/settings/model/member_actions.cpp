#include "client-qml/settings/model/member_actions.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

#include <QLocale>

#include <tuple>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kTimeouts[] = {1, 5, 10, 60, 1'440, 10'080, 40'320};  // minutes, up to 28 days
constexpr int kDeleteDays[] = {0, 1, 3, 7};
constexpr qint64 kMinuteMs = 60'000;
constexpr int kDayS = 86'400;

QString minutes_name(int minutes) {
    if (minutes < 60) return MemberActions::tr("%n minute(s)", nullptr, minutes);
    if (minutes < 1'440) return MemberActions::tr("%n hour(s)", nullptr, minutes / 60);
    return MemberActions::tr("%n day(s)", nullptr, minutes / 1'440);
}

}  // namespace

MemberActions::MemberActions(QObject* parent)
    : Form(parent),
      roles_(new RowList({"key", "name", "color", "has", "locked", "reason"}, this)),
      timeouts_(new RowList({"key", "name"}, this)),
      delete_days_(new RowList({"key", "name"}, this)) {
    std::vector<QVariantMap> timeouts, days;
    for (const int one : kTimeouts) {
        timeouts.push_back({{u"key"_s, QString::number(one)}, {u"name"_s, minutes_name(one)}});
    }
    for (const int one : kDeleteDays) {
        const QString name = one == 0 ? tr("None") : tr("Of the last %n day(s)", nullptr, one);
        days.push_back({{u"key"_s, QString::number(one)}, {u"name"_s, name}});
    }
    timeouts_->set(std::move(timeouts));
    delete_days_->set(std::move(days));
    connect(this, &Form::fieldsChanged, this, &MemberActions::show_roles);
}

void MemberActions::setUserId(const QString& user) {
    const Snowflake id = snowflake(QStringView(user));
    if (id == user_id_) return;
    user_id_ = id;
    place_changed();
}

void MemberActions::load() { shown_ = 0; }

void MemberActions::refresh() {
    const Member* now = member();
    if (!guild() || !now) return set_reason(tr("This person is not a member."));
    const bool manages = may(protocol::permissions::kManageRoles);
    set_reason(manages || noNick().isEmpty() ? QString()
                                             : why_not(protocol::permissions::kManageRoles));
    QJsonObject known{{u"nick"_s, now->nick}};
    for (const Role& role : guild()->roles) {
        if (role.id == guild_id()) continue;
        known[id_text(role.id)] = std::ranges::find(now->roles, role.id) != now->roles.end();
    }
    if (std::exchange(shown_, user_id_) == user_id_) {
        take(known);
    } else {
        begin(known);
    }
}

QString MemberActions::name() const {
    if (const User* who = user()) return state()->display_name(guild_id(), *who);
    return userId();
}

QString MemberActions::username() const {
    return user() ? text::safe_name(user()->username, userId()) : userId();
}

QString MemberActions::avatar() const {
    if (member()) return member_avatar_address(*member());
    return user() ? avatar_address(*user()) : QString();
}

QString MemberActions::timeoutUntil() const {
    const Member* now = member();
    if (!now || now->timeout_until_ms <= state()->clock().now_ms()) return {};
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(now->timeout_until_ms),
                              QLocale::ShortFormat);
}

QString MemberActions::why_not_them(Permissions bit) const {
    const QString why = why_not(bit);
    if (!why.isEmpty()) return why;
    if (is_self()) return tr("This is you.");
    if (user_id_ == guild()->owner) return tr("This person owns the guild.");
    const Subject them = member() ? Subject::of(*member()) : Subject{user_id_, {}, 0};
    if (outranks(*guild(), state()->me(guild_id()), them)) return {};
    return tr("This person's highest role is not below yours.");
}

QString MemberActions::noNick() const {
    return is_self() ? why_not(protocol::permissions::kChangeNickname)
                     : why_not_them(protocol::permissions::kManageNicknames);
}

bool MemberActions::canTransfer() const {
    return guild() && member() && guild()->owner == state()->self().id && !is_self();
}

QString MemberActions::why_role_locked(const Role& role) const {
    const QString why = why_not(protocol::permissions::kManageRoles);
    if (!why.isEmpty()) return why;
    if (role.managed) return tr("An integration gives this role.");
    if (outranks_role(*guild(), state()->me(guild_id()), role)) return {};
    return tr("This role is not below your highest one.");
}

void MemberActions::show_roles() {
    if (!guild()) return;
    std::vector<const Role*> all;
    for (const Role& role : guild()->roles) {
        if (role.id != guild_id()) all.push_back(&role);
    }
    std::ranges::sort(
        all, {}, [](const Role* role) { return std::tuple(-role->position, role->id); });
    std::vector<QVariantMap> rows;
    for (const Role* role : all) {
        const QString id = id_text(role->id), locked = why_role_locked(*role);
        rows.push_back({{u"key"_s, id},
                        {u"name"_s, text::safe_name(role->name, id)},
                        {u"color"_s, role->color},
                        {u"has"_s, value(id).toBool()},
                        {u"locked"_s, !locked.isEmpty()},
                        {u"reason"_s, locked}});
    }
    roles_->set(std::move(rows));
}

/// A role is put on or taken off by a call of its own: what others do to the rest stays.
std::vector<Form::Part> MemberActions::parts(const QJsonObject& changed) {
    std::vector<Part> all;
    for (auto it = changed.begin(); it != changed.end(); ++it) {
        Part part;
        part.names.append(it.key());
        if (it.key() == "nick"_L1) {
            const QString path = is_self() ? guild_path(u"/members/@me"_s) : member_path();
            part.request = request_of("PATCH", path, QJsonObject{{it.key(), *it}});
        } else {
            const char* method = it->toBool() ? "PUT" : "DELETE";
            part.request = request_of(method, member_path() + u"/roles/"_s + it.key());
        }
        all.push_back(std::move(part));
    }
    return all;
}

void MemberActions::act(Request request) {
    call(std::move(request), [this](const Answer& answer) {
        if (answer.ok()) emit done();
    });
}

void MemberActions::timeout(int minutes, const QString& reason) {
    if (!noTimeout().isEmpty()) return;
    QJsonValue until;
    if (minutes > 0) {
        const qint64 end = state()->clock().now_ms() + minutes * kMinuteMs;
        until = QDateTime::fromMSecsSinceEpoch(end, Qt::UTC).toString(Qt::ISODateWithMs);
    }
    const QJsonObject body{{u"communication_disabled_until"_s, until}};
    Request request = request_of("PATCH", member_path(), body);
    request.reason = reason;
    act(std::move(request));
}

void MemberActions::kick(const QString& reason) {
    if (!noKick().isEmpty()) return;
    Request request = request_of("DELETE", member_path());
    request.reason = reason;
    act(std::move(request));
}

void MemberActions::ban(int deleteDays, const QString& reason) {
    if (!noBan().isEmpty()) return;
    const QJsonObject body{{u"delete_message_seconds"_s, std::clamp(deleteDays, 0, 7) * kDayS}};
    Request request = request_of("PUT", guild_path(u"/bans/"_s + userId()), body);
    request.reason = reason;
    act(std::move(request));
}

void MemberActions::transfer() {
    if (canTransfer())
        act(request_of("PATCH", guild_path(), QJsonObject{{u"owner_id"_s, userId()}}));
}

}  // namespace guildhall::client
