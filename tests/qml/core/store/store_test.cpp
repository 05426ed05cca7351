#include "tests/qml/core/store/store_test.h"

namespace guildhall::client::test {

using namespace Qt::StringLiterals;

QJsonObject message(Snowflake channel, Snowflake id, const QString& content, Snowflake author) {
    const QJsonObject user{{u"id"_s, id_text(author)}, {u"username"_s, u"user"_s}};
    return {{u"id"_s, id_text(id)},
            {u"channel_id"_s, id_text(channel)},
            {u"content"_s, content},
            {u"timestamp"_s, u"2026-01-01T00:00:00.000000+00:00"_s},
            {u"type"_s, 0},
            {u"author"_s, user}};
}

QJsonArray page(Snowflake channel, const std::vector<Snowflake>& ids) {
    QJsonArray messages;
    for (const Snowflake id : ids) messages.append(message(channel, id));
    return messages;
}

}  // namespace guildhall::client::test
