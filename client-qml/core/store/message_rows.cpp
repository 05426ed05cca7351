#include "client-qml/core/store/message_rows.h"

#include "client-qml/core/data/message.h"
#include "client-qml/core/store/blob.h"

#include <algorithm>
#include <utility>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

// A message with its embeds takes a few KiB. What is larger is kept without all that is large.
constexpr qsizetype kBodyMax = 256 << 10;
constexpr int kNameMax = 128;

QJsonObject shortened(const QJsonObject& message) {
    QJsonObject small, author;
    const QJsonObject from = object_of(message, "author"_L1);
    for (const auto& key : {"id"_L1, "username"_L1, "global_name"_L1, "avatar"_L1}) {
        author[key] = text_of(from, key, kNameMax);
    }
    for (const auto& key : {"id"_L1, "channel_id"_L1, "guild_id"_L1, "timestamp"_L1}) {
        small[key] = text_of(message, key, kNameMax);
    }
    small["type"_L1] = number_of(message, "type"_L1, 0, 1'000);
    small["author"_L1] = author;
    return small;
}

/// Lists as long as they are shown: 10,000 reactions would make every change of one dear.
void cut_lists(QJsonObject& message) {
    constexpr std::pair<QLatin1StringView, qsizetype> kLists[] = {
        {"reactions"_L1, kReactionsMax},
        {"mentions"_L1, kMentionsMax},
        {"embeds"_L1, kEmbedsMax},
        {"attachments"_L1, kAttachmentsMax},
    };
    for (const auto& [key, most] : kLists) {
        const QJsonArray all = message[key].toArray();
        if (all.size() <= most) continue;
        QJsonArray few;
        for (qsizetype i = 0; i < most; ++i) few.append(all.at(i));
        message[key] = few;
    }
}

/// What is written of a message; nothing where it is none of this channel's or cannot be shown.
bool write_row(Database& database, Snowflake channel, QJsonObject message) {
    if (!message.contains("channel_id"_L1)) message["channel_id"_L1] = id_text(channel);
    const auto shown = parse_message(message);
    if (!shown || shown->channel != channel || shown->id > kIdMax) return false;
    if (message["content"_L1].isString()) message.remove("content"_L1);
    cut_lists(message);
    QByteArray body = to_blob(message);
    if (body.isEmpty() || body.size() > kBodyMax) body = to_blob(shortened(message));
    return database.run(
        u"INSERT INTO messages (id, channel, author, text, body) VALUES (?,?,?,?,?)"
        u" ON CONFLICT (id) DO UPDATE SET channel=excluded.channel, author=excluded.author,"
        u" text=excluded.text, body=excluded.body"_s,
        {shown->id, channel, shown->author.id, shown->content, body});
}

std::vector<Snowflake> ids_within(Database& database, Snowflake channel, IdRange range) {
    std::vector<Snowflake> ids;
    Rows rows = database.query(u"SELECT id FROM messages WHERE channel=? AND id>=? AND id<=?"_s,
                               {channel, range.oldest, range.newest});
    while (rows.next()) ids.push_back(rows.id(0));
    return ids;
}

}  // namespace

std::optional<QJsonObject> message_of_row(const QString& text, const QByteArray& body) {
    auto message = from_blob(body);
    if (message && !message->contains("content"_L1)) (*message)["content"_L1] = text;
    return message;
}

void keep_page(Database& database, Snowflake channel, IdRange range, const QJsonArray& messages) {
    std::vector<Snowflake> here;
    for (const auto& item : messages) {
        const QJsonObject message = item.toObject();
        const Snowflake id = id_of(message, "id"_L1);
        const bool inside = id >= range.oldest && id <= range.newest;
        if (inside && write_row(database, channel, message)) here.push_back(id);
    }
    std::ranges::sort(here);
    std::vector<Snowflake> gone;
    std::ranges::copy_if(ids_within(database, channel, range),
                         std::back_inserter(gone),
                         [&](Snowflake id) { return !std::ranges::binary_search(here, id); });
    remove_rows(database, channel, gone);
    add_range(database, channel, range);
}

void keep_message(Database& database,
                  Snowflake channel,
                  const QJsonObject& message,
                  Snowflake previous) {
    const Snowflake id = id_of(message, "id"_L1);
    if (!write_row(database, channel, message)) return;
    const auto newest = newest_range(database, channel);
    const bool reaches = newest && previous != 0 && newest->newest >= previous;
    const bool extends = reaches && newest->newest < id;
    add_range(database, channel, {extends ? newest->newest : id, id});
}

void update_row(Database& database, Snowflake channel, const QJsonObject& message) {
    const Snowflake id = id_of(message, "id"_L1);
    const qint64 cached =
        database.number(u"SELECT count(*) FROM messages WHERE id=? AND channel=?"_s, {id, channel});
    if (cached != 0) write_row(database, channel, message);
}

void edit_row(Database& database,
              Snowflake channel,
              Snowflake message,
              const std::function<void(QJsonObject&)>& edit) {
    std::optional<QJsonObject> object;
    {
        Rows rows = database.query(u"SELECT text, body FROM messages WHERE id=? AND channel=?"_s,
                                   {message, channel});
        if (rows.next()) object = message_of_row(rows.text(0), rows.bytes(1));
    }
    if (!object) return;
    edit(*object);
    write_row(database, channel, std::move(*object));
}

void remove_rows(Database& database, Snowflake channel, const std::vector<Snowflake>& ids) {
    for (const Snowflake id : ids) {
        database.run(u"DELETE FROM messages WHERE id=? AND channel=?"_s, {id, channel});
    }
}

void forget_rows(Database& database, Snowflake channel) {
    database.run(u"DELETE FROM messages WHERE channel=?"_s, {channel});
    database.run(u"DELETE FROM ranges WHERE channel=?"_s, {channel});
    database.run(u"DELETE FROM channels WHERE id=?"_s, {channel});
}

void shorten_channel(Database& database, Snowflake channel, int keep) {
    const Snowflake cut = Snowflake(database.number(
        u"SELECT id FROM messages WHERE channel=? ORDER BY id DESC LIMIT 1 OFFSET ?"_s,
        {channel, std::max(keep, 1) - 1}));
    if (cut == 0) return;
    database.run(u"DELETE FROM messages WHERE channel=? AND id<?"_s, {channel, cut});
    cut_ranges_below(database, channel, cut);
}

}  // namespace guildhall::client
