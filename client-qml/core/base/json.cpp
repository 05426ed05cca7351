#include "client-qml/core/base/json.h"

#include <QDateTime>

namespace guildhall::client {

QString text_of(const QJsonObject& object, QLatin1StringView key, int length_max) {
    QString text = object[key].toString();
    if (text.size() <= length_max) return text;
    // A cut between the halves of a surrogate pair would leave one that no font can show.
    const bool splits = length_max > 0 && text.at(length_max - 1).isHighSurrogate();
    return text.left(splits ? length_max - 1 : length_max);
}

qint64 number_of(
    const QJsonObject& object, QLatin1StringView key, qint64 least, qint64 most, qint64 otherwise) {
    const QJsonValue value = object[key];
    if (!value.isDouble()) return otherwise;
    return std::clamp(value.toInteger(otherwise), least, most);
}

bool flag_of(const QJsonObject& object, QLatin1StringView key, bool otherwise) {
    return object[key].toBool(otherwise);
}

Snowflake id_of(const QJsonObject& object, QLatin1StringView key) { return snowflake(object[key]); }

quint64 bits_of(const QJsonObject& object, QLatin1StringView key) { return snowflake(object[key]); }

qint64 time_of(const QJsonObject& object, QLatin1StringView key) {
    const QString text = text_of(object, key, 40);
    if (text.isEmpty()) return 0;
    const QDateTime time = QDateTime::fromString(text, Qt::ISODateWithMs);
    return time.isValid() ? time.toMSecsSinceEpoch() : 0;
}

QJsonObject object_of(const QJsonObject& object, QLatin1StringView key) {
    return object[key].toObject();
}

std::vector<Snowflake> ids_of(const QJsonObject& object, QLatin1StringView key, qsizetype most) {
    std::vector<Snowflake> found;
    const QJsonArray items = object[key].toArray();
    for (qsizetype i = 0; i < std::min(items.size(), most); ++i) {
        if (const Snowflake id = snowflake(items.at(i))) found.push_back(id);
    }
    return found;
}

}  // namespace guildhall::client
