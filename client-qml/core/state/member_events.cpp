// Dispatches about people: members, presences, typing.

#include "client-qml/core/state/state.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kTypingMs = 10'000;  // how long one TYPING_START lasts
constexpr int kTypingSlackMs = 100;
constexpr qsizetype kPresencesMax = kMembersMax * 2;
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
    drop_member(id_of(data, "guild_id"_L1), id_of(object_of(data, "user"_L1), "id"_L1));
}

void State::drop_member(Snowflake guild, Snowflake user) {
    members_.remove(guild, user);
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
        if (take_presence(one)) emit presence_changed(one.user);
    }
    // Whom somebody asked for and the guild does not have: they left while nobody listened.
    for (const Snowflake user : ids_of(data, "not_found"_L1, kChunkMax)) {
        if (user != self_.id && members_.find(guild, user)) drop_member(guild, user);
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
            take_presence(*presence);
        }
        emit member_changed(guild, member->user.id);
    };
    const QJsonArray ops = data["ops"_L1].toArray();
    qsizetype left = kListItemsMax;  // of the dispatch, however it spreads them
    for (qsizetype i = 0; i < ops.size() && left > 0; ++i, --left) {
        const QJsonObject op = ops.at(i).toObject();
        take(object_of(op, "item"_L1));
        const QJsonArray items = op["items"_L1].toArray();
        for (qsizetype j = 0; j < items.size() && left > 0; ++j, --left) {
            take(items.at(j).toObject());
        }
    }
}

/// At the bound those that are known still change.
bool State::take_presence(const Presence& presence) {
    if (presences_.size() >= kPresencesMax && !presences_.contains(presence.user)) return false;
    presences_.insert(presence.user, presence);
    return true;
}

void State::on_presence(const QJsonObject& data) {
    const auto presence = parse_presence(data);
    if (presence && take_presence(*presence)) emit presence_changed(presence->user);
}

void State::on_typing(const QJsonObject& data) {
    const Snowflake channel = id_of(data, "channel_id"_L1), user = id_of(data, "user_id"_L1);
    const Channel* place = this->channel(channel);
    if (!place || user == self_.id) return;
    const Snowflake guild = place->guild;
    auto member = parse_member(guild, object_of(data, "member"_L1));
    if (member && guild != 0) remember(*member);
    QHash<Snowflake, qint64>& here = typing_[channel];
    if (here.size() >= kTypingMax) here.clear();
    here.insert(user, clock_.steady_ms() + kTypingMs);
    emit typing_changed(channel);
    if (!typing_timer_.isActive()) typing_timer_.start(kTypingMs + kTypingSlackMs);
}

/// One timer for all who type: it ends what is over and waits for what is next.
void State::end_typing() {
    const qint64 now = clock_.steady_ms();
    qint64 next = 0;
    std::vector<Snowflake> ended;
    for (auto here = typing_.begin(); here != typing_.end();) {
        if (here->removeIf([now](const auto& one) { return one.value() <= now; }) > 0) {
            ended.push_back(here.key());
        }
        for (const qint64 until : std::as_const(*here)) {
            next = next == 0 ? until : std::min(next, until);
        }
        here = here->isEmpty() ? typing_.erase(here) : std::next(here);
    }
    if (next != 0)
        typing_timer_.start(int(std::clamp<qint64>(next - now, 0, kTypingMs)) + kTypingSlackMs);
    for (const Snowflake channel : ended) emit typing_changed(channel);
}

}  // namespace guildhall::client
