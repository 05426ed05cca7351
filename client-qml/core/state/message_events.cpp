// Dispatches about messages and what hangs on them.

#include "client-qml/core/state/state.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kBulkMax = 1'000;
}

void State::on_message(const QJsonObject& data) {
    const auto message = parse_message(data);
    if (!message || !channel(message->channel)) return;
    if (auto member = parse_member(message->guild, [&] {
            QJsonObject object = object_of(data, "member"_L1);
            if (!object.isEmpty()) object["user"_L1] = data["author"_L1];
            return object;
        }())) {
        remember(*member);
    }
    learn(*message);
    const Snowflake previous = live_ ? read_states_.last_message(message->channel) : 0;
    const bool mine = message->author.id == self_.id;
    if (mine) {
        read_states_.saw_message(message->channel, message->id, false);
        read_states_.mark_read(message->channel, message->id);
    } else {
        read_states_.saw_message(message->channel, message->id, mentions_me(*message));
    }
    cache_.put_next_message(message->channel, data, previous);
    const auto typing = typing_.find(message->channel);
    if (typing != typing_.end() && typing->remove(message->author.id)) {
        emit typing_changed(message->channel);
    }
    emit message_created(*message);
    emit unread_changed(message->channel);
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
    const bool mine = id_of(data, "user_id"_L1) == self_.id;
    emit reaction_changed(id_of(data, "channel_id"_L1),
                          id_of(data, "message_id"_L1),
                          Reaction{*emoji, 1, mine},
                          step);
}

void State::on_reaction_add(const QJsonObject& data) { reaction(data, 1); }
void State::on_reaction_remove(const QJsonObject& data) { reaction(data, -1); }

void State::on_reactions_clear(const QJsonObject& data) {
    const auto emoji = parse_emoji(object_of(data, "emoji"_L1));
    emit reactions_cleared(
        id_of(data, "channel_id"_L1), id_of(data, "message_id"_L1), emoji.value_or(Emoji()));
}

void State::on_ack(const QJsonObject& data) {
    mark_read(id_of(data, "channel_id"_L1), id_of(data, "message_id"_L1));
}

}  // namespace guildhall::client
