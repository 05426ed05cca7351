#include "client-qml/settings/model/channel_form.h"

#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSlowModes[] = {0, 5, 10, 30, 60, 300, 900, 1800, 3600, 21600};  // seconds

QString duration(int seconds) {
    if (seconds == 0) return ChannelForm::tr("Off");
    if (seconds < 60) return ChannelForm::tr("%n second(s)", nullptr, seconds);
    if (seconds < 3600) return ChannelForm::tr("%n minute(s)", nullptr, seconds / 60);
    return ChannelForm::tr("%n hour(s)", nullptr, seconds / 3600);
}

}  // namespace

ChannelForm::ChannelForm(QObject* parent)
    : Form(parent), slow_modes_(new RowList({"key", "name"}, this)) {
    std::vector<QVariantMap> rows;
    for (const int seconds : kSlowModes) {
        rows.push_back({{u"key"_s, QString::number(seconds)}, {u"name"_s, duration(seconds)}});
    }
    slow_modes_->set(std::move(rows));
}

void ChannelForm::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_id_) return;
    channel_id_ = id;
    place_changed();
}

const Channel* ChannelForm::channel() const {
    return guild() ? guild()->channel(channel_id_) : nullptr;
}

void ChannelForm::load() { shown_ = 0; }

void ChannelForm::refresh() {
    const Channel* now = channel();
    if (!now) {
        if (guild() && std::exchange(shown_, 0) != 0) emit gone();
        set_reason(tr("This channel is not there any more."));
        return;
    }
    set_reason(why_not(protocol::permissions::kManageChannels, channel_id_));
    const QJsonObject known{{u"name"_s, now->name},
                            {u"topic"_s, now->topic},
                            {u"nsfw"_s, now->nsfw},
                            {u"rate_limit_per_user"_s, now->slow_mode_s},
                            {u"parent_id"_s, id_text(now->parent)}};
    if (std::exchange(shown_, channel_id_) == channel_id_) {
        take(known);
    } else {
        begin(known);
    }
}

QString ChannelForm::title() const {
    return channel() ? text::safe_name(channel()->name, channelId()) : QString();
}

bool ChannelForm::isText() const {
    return channel() &&
           (channel()->type == ChannelType::text || channel()->type == ChannelType::announcement);
}

bool ChannelForm::isCategory() const {
    return channel() && channel()->type == ChannelType::category;
}

std::vector<Form::Part> ChannelForm::parts(const QJsonObject& changed) {
    QJsonObject body = changed;
    if (body.contains(u"parent_id"_s) && body[u"parent_id"_s].toString().isEmpty()) {
        body[u"parent_id"_s] = QJsonValue();
    }
    return one_part(request_of("PATCH", u"/channels/"_s + channelId(), body), changed);
}

void ChannelForm::remove() {
    if (channel()) call(request_of("DELETE", u"/channels/"_s + channelId()));
}

}  // namespace guildhall::client
