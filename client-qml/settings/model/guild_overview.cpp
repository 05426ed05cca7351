#include "client-qml/settings/model/guild_overview.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

GuildOverview::GuildOverview(QObject* parent)
    : Form(parent), channels_(new RowList({"key", "name"}, this)) {}

QJsonObject GuildOverview::known() const {
    const Guild& from = *guild();
    return {{u"name"_s, from.name},
            {u"icon"_s, from.icon},
            {u"description"_s, from.description},
            {u"system_channel_id"_s, id_text(from.system_channel)},
            {u"default_message_notifications"_s, from.default_notifications},
            {u"verification_level"_s, from.verification_level}};
}

void GuildOverview::load() { shown_ = 0; }

void GuildOverview::refresh() {
    set_reason(why_not(protocol::permissions::kManageGuild));
    if (!guild()) return;
    if (std::exchange(shown_, guild_id()) == guild_id()) {
        take(known());
    } else {
        begin(known());
    }
    std::vector<QVariantMap> rows{{{u"key"_s, QString()}, {u"name"_s, tr("Nowhere")}}};
    for (const Channel* channel : visible_channels(*state(), guild_id())) {
        rows.push_back({{u"key"_s, id_text(channel->id)},
                        {u"name"_s, u'#' + text::safe_name(channel->name, id_text(channel->id))}});
    }
    channels_->set(std::move(rows));
}

QString GuildOverview::name() const {
    return guild() ? text::safe_name(guild()->name, guildId()) : QString();
}

bool GuildOverview::isOwner() const { return guild() && guild()->owner == state()->self().id; }

QString GuildOverview::iconSource() const {
    const QString icon = value(u"icon"_s).toString();
    if (icon.isEmpty() || icon.startsWith("data:"_L1)) return icon;
    return guild_icon_address(guild_id(), icon);
}

std::vector<Form::Part> GuildOverview::parts(const QJsonObject& changed) {
    QJsonObject body = changed;
    for (const QString& name : {u"icon"_s, u"description"_s, u"system_channel_id"_s}) {
        if (body.contains(name) && body[name].toString().isEmpty()) body[name] = QJsonValue();
    }
    return one_part(request_of("PATCH", guild_path(), body), changed);
}

bool GuildOverview::confirms(const QString& typed) const {
    return guild() && typed.trimmed() == name().trimmed();
}

void GuildOverview::leave() {
    const QString path = u"/users/@me/guilds/"_s + guildId();
    call(request_of("DELETE", path), [this](const Answer& answer) {
        if (answer.ok()) emit gone();
    });
}

void GuildOverview::remove() {
    call(request_of("DELETE", guild_path()), [this](const Answer& answer) {
        if (answer.ok()) emit gone();
    });
}

}  // namespace guildhall::client
