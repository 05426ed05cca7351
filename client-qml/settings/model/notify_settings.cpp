#include "client-qml/settings/model/notify_settings.h"

#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMutes[] = {15, 60, 480, 1'440, 10'080, -1};  // minutes
constexpr qint64 kMinuteMs = 60'000;

QString mute_name(int minutes) {
    if (minutes < 0) return NotifySettings::tr("Until I end it");
    if (minutes < 60) return NotifySettings::tr("%n minute(s)", nullptr, minutes);
    if (minutes < 1'440) return NotifySettings::tr("%n hour(s)", nullptr, minutes / 60);
    return NotifySettings::tr("%n day(s)", nullptr, minutes / 1'440);
}

QString until(qint64 ms) {
    if (ms >= kMutedForGood) return NotifySettings::tr("until you end it");
    return QLocale().toString(QDateTime::fromMSecsSinceEpoch(ms), QLocale::ShortFormat);
}

}  // namespace

NotifySettings::NotifySettings(QObject* parent)
    : GuildView(parent),
      rows_(new RowList({"key", "name", "level", "muted", "glyph"}, this)),
      levels_(new RowList({"key", "name"}, this)),
      mutes_(new RowList({"key", "name"}, this)) {
    levels_->set({{{u"key"_s, u""_s}, {u"name"_s, tr("As usual")}},
                  {{u"key"_s, u"all"_s}, {u"name"_s, tr("All messages")}},
                  {{u"key"_s, u"mentions"_s}, {u"name"_s, tr("Only mentions")}},
                  {{u"key"_s, u"none"_s}, {u"name"_s, tr("Nothing")}}});
    std::vector<QVariantMap> mutes;
    for (const int one : kMutes) {
        mutes.push_back({{u"key"_s, QString::number(one)}, {u"name"_s, mute_name(one)}});
    }
    mutes_->set(std::move(mutes));
}

QVariantMap NotifySettings::row_of(Snowflake place,
                                   const QString& name,
                                   const QString& glyph) const {
    const QString id = id_text(place);
    QVariantMap row = rule(id);
    row[u"key"_s] = id;
    row[u"name"_s] = text::safe_name(name, id);
    row[u"glyph"_s] = glyph;
    return row;
}

void NotifySettings::refresh() {
    std::vector<QVariantMap> rows;
    if (!state()) return;
    if (guild_id() == 0) {
        for (const CachedGuild& one : state()->guilds()) {
            rows.push_back(row_of(one.id, one.name, u"server"_s));
        }
    } else {
        for (const ChannelSection& section : channel_sections(*state(), guild_id())) {
            if (section.category) {
                rows.push_back(row_of(section.category->id, section.category->name, u"folder"_s));
            }
            for (const Channel* channel : section.channels) {
                rows.push_back(row_of(channel->id, channel->name, u"hash"_s));
            }
        }
    }
    rows_->set(std::move(rows));
}

QVariantMap NotifySettings::rule(const QString& place) const {
    if (!state()) return {};
    const NotifyRule found = NotificationRules(*state()).rule(snowflake(QStringView(place)));
    const bool muted = found.is_muted(state()->clock().now_ms());
    return {{u"level"_s, found.level ? level_text(*found.level) : QString()},
            {u"muted"_s, muted ? until(found.muted_until_ms) : QString()}};
}

void NotifySettings::setLevel(const QString& place, const QString& level) {
    const Snowflake id = snowflake(QStringView(place));
    if (!state() || id == 0) return;
    NotificationRules rules(*state());
    NotifyRule rule = rules.rule(id);
    rule.level = parse_level(level);
    rules.put(id, rule);
    refresh();
}

void NotifySettings::mute(const QString& place, int minutes) {
    const Snowflake id = snowflake(QStringView(place));
    if (!state() || id == 0) return;
    NotificationRules rules(*state());
    NotifyRule rule = rules.rule(id);
    const qint64 now = state()->clock().now_ms();
    rule.muted_until_ms = minutes == 0  ? 0
                          : minutes < 0 ? kMutedForGood
                                        : now + minutes * kMinuteMs;
    rules.put(id, rule);
    refresh();
}

}  // namespace guildhall::client
