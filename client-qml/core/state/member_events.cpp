// Dispatches about people: members, presences, typing.

#include "client-qml/core/state/state.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qint64 kTypingMs = 10'000;  // how long one TYPING_START lasts
constexpr qsizetype kTypingMax = 100, kChunkMax = 1'000, kListItemsMax = 1'000;
}  // namespace

void State::on_member(const QJsonObject& data) {
    const Snowflake guild = id_of(data, "guild_id"_L1);
    const auto member = parse_member(guild, data);
    if (!member || !known(guild)) return;
    const bool mine = member->user.id == self_.id;
    remember(*member);
    cache_.put_member(guild, member->user.id, data);
    emit member_changed(guild, member->user.id);
    if (mine) emit channels_changed(guild);
}

void State::on_member_remove(const QJsonObject& data) {
    const Snowflake guild = id_of(data, "guild_id"_L1);
    const Snowflake user = id_of(object_of(data, "user"_L1), "id"_L1);
    const auto here = members_.find(guild);
    if (here != members_.end()) here->remove(user);
    cache_.remove_member(guild, user);
    emit member_removed(guild, user);
}

void State::on_members_chunk(const QJsonObject& data) {
    const Snowflake guild = id_of(data, "guild_id"_L1);
    if (!known(guild)) return;
    const auto here = [guild](const QJsonObject& one) { return parse_member(guild, one); };
    for (const Member& member : list_of(data, "members"_L1, kChunkMax, here)) {
        remember(member);
        emit member_changed(guild, member.user.id);
    }
    for (const Presence& one : list_of(data, "presences"_L1, kChunkMax, parse_presence)) {
        presences_.insert(one.user, one);
        emit presence_changed(one.user);
    }
}

void State::on_member_list(const QJsonObject& data) {
    const Snowflake guild = id_of(data, "guild_id"_L1);
    if (!known(guild)) return;
    const auto take = [&](const QJsonObject& item) {
        const QJsonObject object = object_of(item, "member"_L1);
        const auto member = parse_member(guild, object);
        if (!member) return;
        remember(*member);
        if (auto presence = parse_presence(object_of(object, "presence"_L1))) {
            presences_.insert(presence->user, *presence);
        }
        emit member_changed(guild, member->user.id);
    };
    const QJsonArray ops = data["ops"_L1].toArray();
    for (qsizetype i = 0; i < std::min(ops.size(), kListItemsMax); ++i) {
        const QJsonObject op = ops.at(i).toObject();
        take(object_of(op, "item"_L1));
        const QJsonArray items = op["items"_L1].toArray();
        for (qsizetype j = 0; j < std::min(items.size(), kListItemsMax); ++j) {
            take(items.at(j).toObject());
        }
    }
}

void State::on_presence(const QJsonObject& data) {
    const auto presence = parse_presence(data);
    if (!presence || presences_.size() >= kMembersMax * 2) return;
    presences_.insert(presence->user, *presence);
    emit presence_changed(presence->user);
}

void State::on_typing(const QJsonObject& data) {
    const Snowflake channel = id_of(data, "channel_id"_L1), user = id_of(data, "user_id"_L1);
    if (!this->channel(channel) || user == self_.id) return;
    if (auto member = parse_member(id_of(data, "guild_id"_L1), object_of(data, "member"_L1))) {
        remember(*member);
    }
    QHash<Snowflake, qint64>& here = typing_[channel];
    if (here.size() >= kTypingMax) here.clear();
    here.insert(user, clock_.steady_ms() + kTypingMs);
    emit typing_changed(channel);
    QTimer::singleShot(kTypingMs + 100, this, [this, channel] { emit typing_changed(channel); });
}

}  // namespace guildhall::client
