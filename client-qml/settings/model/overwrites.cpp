#include "client-qml/settings/model/overwrites.h"

#include "client-qml/core/text/bidi.h"
#include "client-qml/settings/model/permission_rows.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kOthersMax = 100;

QJsonObject field(const Overwrite& one) {
    return {{u"is_member"_s, one.is_member},
            {u"allow"_s, QString::number(one.allow)},
            {u"deny"_s, QString::number(one.deny)}};
}

QJsonObject fields_of(const Channel& channel) {
    QJsonObject all;
    for (const Overwrite& one : channel.overwrites) all[id_text(one.id)] = field(one);
    return all;
}

/// Of a target that the channel says nothing of: none.
PermissionBits bits_of(const QJsonValue& field) {
    return {field["allow"_L1].toString().toULongLong(), field["deny"_L1].toString().toULongLong()};
}

}  // namespace

Overwrites::Overwrites(QObject* parent)
    : Form(parent),
      targets_(new RowList({"key", "name", "isMember", "color", "isEveryone"}, this)),
      others_(new RowList({"key", "name", "isMember", "color", "isEveryone"}, this)),
      permissions_(make_permission_rows(this)) {
    connect(this, &Form::fieldsChanged, this, &Overwrites::show);
}

void Overwrites::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_id_) return;
    channel_id_ = id;
    place_changed();
}

const Channel* Overwrites::channel() const {
    return guild() ? guild()->channel(channel_id_) : nullptr;
}

const Channel* Overwrites::category() const {
    return channel() ? guild()->channel(channel()->parent) : nullptr;
}

void Overwrites::load() { shown_ = 0; }

void Overwrites::refresh() {
    const Channel* now = channel();
    set_reason(now ? why_not(protocol::permissions::kManageRoles, channel_id_)
                   : tr("This channel is not there any more."));
    if (!now) return;
    if (std::exchange(shown_, channel_id_) == channel_id_) return take(fields_of(*now));
    target_ = guildId();
    emit targetChanged();
    begin(fields_of(*now));
}

QString Overwrites::name_of(Snowflake id) const {
    if (!guild()) return {};
    if (id == guild_id()) return u"@everyone"_s;
    if (const Role* role = guild()->role(id)) return text::safe_name(role->name, id_text(id));
    if (const User* user = state()->user(id)) return state()->display_name(guild_id(), *user);
    return id_text(id);
}

QVariantMap Overwrites::row_of(Snowflake id, bool is_member) const {
    const Role* role = guild()->role(id);
    return {{u"key"_s, id_text(id)},
            {u"name"_s, name_of(id)},
            {u"isMember"_s, is_member},
            {u"isEveryone"_s, id == guild_id()},
            {u"color"_s, role ? role->color : state()->color(guild_id(), id)}};
}

void Overwrites::show() {
    if (!guild()) return;
    std::vector<QVariantMap> rows{row_of(guild_id(), false)};
    const QVariantMap all = fields();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const Snowflake id = snowflake(QStringView(it.key()));
        const QJsonValue one = value(it.key());
        if (id == guild_id() || !one.isObject()) continue;
        rows.push_back(row_of(id, one[u"is_member"_s].toBool()));
    }
    const auto rank = [this](const QVariantMap& row) {
        const Role* role = guild()->role(snowflake(QStringView(row[u"key"_s].toString())));
        return std::pair(role ? -role->position : 1, row[u"name"_s].toString());
    };
    std::ranges::sort(rows.begin() + 1, rows.end(), {}, rank);
    targets_->set(std::move(rows));
    if (targets_->indexOf(target_) < 0) setTarget(guildId());
    show_others();
    show_permissions();
}

void Overwrites::show_others() {
    std::vector<QVariantMap> rows;
    const auto offer = [&](Snowflake id, bool is_member) {
        if (targets_->indexOf(id_text(id)) >= 0 || qsizetype(rows.size()) >= kOthersMax) return;
        if (!name_of(id).contains(filter_, Qt::CaseInsensitive)) return;
        rows.push_back(row_of(id, is_member));
    };
    for (const Role& role : guild()->roles) offer(role.id, false);
    for (const Member* member : state()->members(guild_id())) offer(member->user.id, true);
    others_->set(std::move(rows));
}

void Overwrites::setFilter(const QString& filter) {
    if (filter == filter_) return;
    filter_ = filter;
    emit filterChanged();
    if (guild()) show_others();
}

void Overwrites::setTarget(const QString& target) {
    if (target == target_) return;
    target_ = target;
    emit targetChanged();
    show_permissions();
}

QString Overwrites::targetName() const { return name_of(snowflake(QStringView(target_))); }

void Overwrites::show_permissions() {
    const Channel* now = channel();
    if (!now) return;
    const QJsonValue field = value(target_);
    const Permissions allow(bits_of(field).allow), deny(bits_of(field).deny);
    const Permissions own = base_permissions(*guild(), state()->me(guild_id()));
    const Permissions here = state()->permissions(channel_id_);
    fill_permission_rows(
        *permissions_,
        [&](const PermissionInfo& info) {
            if (now->type == ChannelType::category) return info.in_text || info.in_voice;
            return now->is_voice() ? info.in_voice : info.in_text;
        },
        [&](const PermissionInfo& info) {
            const Permissions bit = info.mask();
            PermissionChoice choice{allow.has(bit) ? 1 : deny.has(bit) ? -1 : 0, reason()};
            if (choice.locked.isEmpty() && !own.has(bit) && !here.has(bit)) {
                choice.locked = tr("You do not have this permission yourself.");
            }
            return choice;
        });
}

void Overwrites::setState(const QString& bit, int state) {
    const PermissionInfo* info = PermissionText::find(bit.toInt());
    if (!info || permissions_->find(bit)[u"locked"_s].toBool()) return;
    const QJsonValue field = value(target_);
    const quint64 one = info->mask().bits;
    quint64 allow = bits_of(field).allow & ~one, deny = bits_of(field).deny & ~one;
    if (state > 0) allow |= one;
    if (state < 0) deny |= one;
    const bool is_member = targets_->find(target_)[u"isMember"_s].toBool();
    // Of @everyone nothing needs to be said.
    const bool was_there = field.isObject();
    if (!was_there && allow == 0 && deny == 0) return;
    set(target_, client::field({0, is_member, allow, deny}).toVariantMap());
}

void Overwrites::add(const QString& target) {
    const QVariantMap row = others_->find(target);
    if (row.isEmpty() || !editable()) return;
    set(target, field({0, row[u"isMember"_s].toBool(), 0, 0}).toVariantMap());
    setTarget(target);
}

void Overwrites::remove(const QString& target) {
    if (target != guildId() && editable()) set(target, QVariant::fromValue(nullptr));
}

QString Overwrites::categoryName() const {
    return category() ? text::safe_name(category()->name, id_text(category()->id)) : QString();
}

bool Overwrites::inSync() const {
    if (!category()) return false;
    const QJsonObject wanted = fields_of(*category());
    const QVariantMap all = fields();
    for (auto it = all.begin(); it != all.end(); ++it) {
        const QJsonValue one = value(it.key());
        if (one.isObject() ? wanted[it.key()] != one : wanted.contains(it.key())) return false;
    }
    return std::ranges::all_of(wanted.keys(),
                               [&](const QString& key) { return all.contains(key); });
}

void Overwrites::sync() {
    if (!category() || !editable()) return;
    const QJsonObject wanted = fields_of(*category());
    for (const QString& key : fields().keys()) {
        if (!wanted.contains(key)) set(key, QVariant::fromValue(nullptr));
    }
    for (auto it = wanted.begin(); it != wanted.end(); ++it) set(it.key(), it->toVariant());
}

std::optional<QJsonValue> Overwrites::joined(const QString&,
                                             const QJsonValue& was,
                                             const QJsonValue& mine,
                                             const QJsonValue& now) const {
    if (!mine.isObject()) return std::nullopt;
    const PermissionBits both = joined_bits(bits_of(was), bits_of(mine), bits_of(now));
    if (!now.isObject() && both == PermissionBits()) return QJsonValue();
    return field({0, mine["is_member"_L1].toBool(), both.allow, both.deny});
}

std::vector<Form::Part> Overwrites::parts(const QJsonObject& changed) {
    std::vector<Part> all;
    for (auto it = changed.begin(); it != changed.end(); ++it) {
        const QString path = u"/channels/%1/permissions/%2"_s.arg(channelId(), it.key());
        QJsonObject body = it->toObject();
        body[u"type"_s] = body.take(u"is_member"_s).toBool() ? 1 : 0;
        Part part;
        part.request = it->isObject() ? request_of("PUT", path, body) : request_of("DELETE", path);
        part.names.append(it.key());
        all.push_back(std::move(part));
    }
    return all;
}

}  // namespace guildhall::client
