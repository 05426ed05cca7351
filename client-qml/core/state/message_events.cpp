// Dispatches about messages and what hangs on them.

#include "client-qml/core/state/state.h"
#include "client-qml/core/store/ranges.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kBulkMax = 1'000;

bool is_of(const QJsonObject& reaction, const QJsonObject& emoji) {
    const QJsonObject other = object_of(reaction, "emoji"_L1);
    const Snowflake id = id_of(emoji, "id"_L1);
    return id_of(other, "id"_L1) == id && (id != 0 || other["name"_L1] == emoji["name"_L1]);
}

/// One more or less of that emoji in a message as the node sends them; one's own count once.
void count_reaction(QJsonObject& message, const QJsonObject& emoji, bool mine, int step) {
    QJsonArray all = message["reactions"_L1].toArray();
    qsizetype at = 0;
    while (at < all.size() && !is_of(all.at(at).toObject(), emoji)) ++at;
    if (at == all.size()) {
        if (step < 0 || all.size() >= kReactionsMax) return;
        all.append(QJsonObject{{u"emoji"_s, emoji}, {u"count"_s, 1}, {u"me"_s, mine}});
    } else {
        QJsonObject one = all.at(at).toObject();
        if (mine && flag_of(one, "me"_L1) == (step > 0)) return;
        if (mine) one["me"_L1] = step > 0;
        const int count = one["count"_L1].toInt() + step;
        one["count"_L1] = count;
        all.replace(at, one);
        if (count <= 0) all.removeAt(at);
    }
    message["reactions"_L1] = all;
}

/// An emoji without anything: all of them.
void clear_reactions(QJsonObject& message, const QJsonObject& emoji) {
    QJsonArray all = message["reactions"_L1].toArray();
    for (qsizetype i = all.size() - 1; i >= 0; --i) {
        if (emoji.isEmpty() || is_of(all.at(i).toObject(), emoji)) all.removeAt(i);
    }
    message["reactions"_L1] = all;
}

}  // namespace

void State::on_message(const QJsonObject& data) {
    auto message = parse_message(data);
    const Channel* here = message ? channel(message->channel) : nullptr;
    if (!here || message->id > kIdMax) return;
    message->guild = here->guild;
    if (message->guild != 0) {
        QJsonObject object = object_of(data, "member"_L1);
        if (!object.isEmpty()) object["user"_L1] = data["author"_L1];
        if (auto member = parse_member(message->guild, object)) remember(*member);
    }
    learn(*message);
    // Nobody but oneself sees it, and nobody keeps it.
    if (message->is_ephemeral()) {
        emit message_created(*message);
        return;
    }
    const Unread before = read_states_.unread(message->channel);
    const Snowflake previous = follows_ ? read_states_.last_message(message->channel) : 0;
    read_states_.saw_message(message->channel, message->guild, message->id, mentions_me(*message));
    if (message->author.id == self_.id) read_states_.mark_read(message->channel, message->id);
    cache_.put_next_message(message->channel, data, previous);
    const auto typing = typing_.find(message->channel);
    if (typing != typing_.end() && typing->remove(message->author.id)) {
        emit typing_changed(message->channel);
    }
    emit message_created(*message);
    if (read_states_.unread(message->channel) != before) emit unread_changed(message->channel);
}

void State::on_message_update(const QJsonObject& data) {
    const Snowflake channel = id_of(data, "channel_id"_L1);
    if (!this->channel(channel)) return;
    if (parse_message(data)) cache_.update_message(channel, data);
    emit message_updated(channel, data);
}

void State::on_message_delete(const QJsonObject& data) {
    const Snowflake channel = id_of(data, "channel_id"_L1);
    const std::vector<Snowflake> ids{id_of(data, "id"_L1)};
    cache_.remove_messages(channel, ids);
    emit messages_removed(channel, ids);
}

void State::on_messages_delete(const QJsonObject& data) {
    const Snowflake channel = id_of(data, "channel_id"_L1);
    const std::vector<Snowflake> ids = ids_of(data, "ids"_L1, kBulkMax);
    cache_.remove_messages(channel, ids);
    emit messages_removed(channel, ids);
}

void State::reaction(const QJsonObject& data, int step) {
    const auto emoji = parse_emoji(object_of(data, "emoji"_L1));
    if (!emoji) return;
    const Snowflake channel = id_of(data, "channel_id"_L1), id = id_of(data, "message_id"_L1);
    const bool mine = id_of(data, "user_id"_L1) == self_.id;
    if (this->channel(channel)) {
        const QJsonObject shown = object_of(data, "emoji"_L1);
        cache_.edit_message(channel, id, [shown, mine, step](QJsonObject& message) {
            count_reaction(message, shown, mine, step);
        });
    }
    emit reaction_changed(channel, id, Reaction{*emoji, 1, mine}, step);
}

void State::on_reaction_add(const QJsonObject& data) { reaction(data, 1); }
void State::on_reaction_remove(const QJsonObject& data) { reaction(data, -1); }

void State::on_reactions_clear(const QJsonObject& data) {
    const auto emoji = parse_emoji(object_of(data, "emoji"_L1));
    const Snowflake channel = id_of(data, "channel_id"_L1), id = id_of(data, "message_id"_L1);
    if (this->channel(channel)) {
        const auto all = !emoji;
        const QJsonObject shown = object_of(data, "emoji"_L1);
        cache_.edit_message(channel, id, [all, shown](QJsonObject& message) {
            clear_reactions(message, all ? QJsonObject() : shown);
        });
    }
    emit reactions_cleared(channel, id, emoji.value_or(Emoji()));
}

void State::on_ack(const QJsonObject& data) {
    mark_read(id_of(data, "channel_id"_L1), id_of(data, "message_id"_L1));
}

}  // namespace guildhall::client
