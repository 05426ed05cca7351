#include "client-qml/core/models/notification_rules.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kRulesMax = 5'000;  // a rule for each channel of ten large guilds
constexpr const char* kLevels[] = {"all", "mentions", "none"};
constexpr int kMentionsOnly = 1;  // default_message_notifications

/// The channel, what it is in, and its guild: the nearest first.
std::vector<Snowflake> places(const State& state, Snowflake channel_id) {
    std::vector<Snowflake> found{channel_id};
    const Channel* channel = state.channel(channel_id);
    const Snowflake guild = channel ? channel->guild : 0;
    for (int depth = 0; channel && channel->parent != 0 && depth < 2;
         ++depth) {  // thread, category
        found.push_back(channel->parent);
        channel = state.channel(channel->parent);
    }
    if (guild != 0) found.push_back(guild);
    return found;
}

}  // namespace

QString level_text(NotifyLevel level) { return QString::fromLatin1(kLevels[int(level)]); }

std::optional<NotifyLevel> parse_level(QStringView text) {
    for (int i = 0; i < 3; ++i) {
        if (text == QLatin1StringView(kLevels[i])) return NotifyLevel(i);
    }
    return std::nullopt;
}

NotifyRule NotificationRules::rule(Snowflake place) const {
    const QJsonObject all = state_.cache().setting(QString(kSetting)).toObject();
    const QJsonObject one = all[id_text(place)].toObject();
    NotifyRule rule;
    rule.level = parse_level(one["level"_L1].toString());
    rule.muted_until_ms = number_of(one, "muted_until"_L1, 0, kMutedForGood);
    return rule;
}

void NotificationRules::put(Snowflake place, const NotifyRule& rule) {
    QJsonObject all = state_.cache().setting(QString(kSetting)).toObject();
    if (rule.says_nothing()) {
        all.remove(id_text(place));
    } else if (all.size() < kRulesMax || all.contains(id_text(place))) {
        QJsonObject one;
        if (rule.level) one[u"level"_s] = level_text(*rule.level);
        if (rule.muted_until_ms > 0) one[u"muted_until"_s] = rule.muted_until_ms;
        all[id_text(place)] = one;
    }
    state_.put_setting(QString(kSetting), all);
}

NotifyLevel NotificationRules::level(Snowflake channel_id, NotifyLevel otherwise) const {
    for (const Snowflake place : places(state_, channel_id)) {
        if (const auto said = rule(place).level) return *said;
    }
    const Channel* channel = state_.channel(channel_id);
    // Who writes to oneself directly is heard, unless nothing is wanted at all.
    if (!channel || channel->guild == 0) {
        return otherwise == NotifyLevel::none ? NotifyLevel::none : NotifyLevel::all;
    }
    const Guild* guild = state_.guild(channel->guild);
    const bool guild_is_quiet = guild && guild->default_notifications == kMentionsOnly;
    return guild_is_quiet && otherwise == NotifyLevel::all ? NotifyLevel::mentions : otherwise;
}

bool NotificationRules::is_muted(Snowflake channel) const {
    const qint64 now = state_.clock().now_ms();
    return std::ranges::any_of(places(state_, channel),
                               [&](Snowflake place) { return rule(place).is_muted(now); });
}

bool NotificationRules::notifies(const Message& message,
                                 NotifyLevel otherwise,
                                 bool is_busy) const {
    if (is_busy || message.author.id == state_.self().id) return false;
    if (is_muted(message.channel)) return false;
    switch (level(message.channel, otherwise)) {
        case NotifyLevel::none:
            return false;
        case NotifyLevel::mentions:
            return state_.mentions_me(message);
        case NotifyLevel::all:
            return true;
    }
    return false;
}

}  // namespace guildhall::client
