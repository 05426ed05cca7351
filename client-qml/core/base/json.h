#pragma once
// Reading JSON that a node sent: every field is optional, of the wrong type, or far too long until
// read here. Pure; any thread.

#include "client-qml/core/base/snowflake.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

#include <algorithm>
#include <vector>

namespace guildhall::client {

/// Text of at most `length_max` UTF-16 units; what is longer is cut, what is no text is empty.
QString text_of(const QJsonObject& object, QLatin1StringView key, int length_max);

/// A whole number within bounds; `otherwise` where it is none.
qint64 number_of(const QJsonObject& object,
                 QLatin1StringView key,
                 qint64 least,
                 qint64 most,
                 qint64 otherwise = 0);

bool flag_of(const QJsonObject& object, QLatin1StringView key, bool otherwise = false);
Snowflake id_of(const QJsonObject& object, QLatin1StringView key);

/// A bit set, which the API writes as a decimal text.
quint64 bits_of(const QJsonObject& object, QLatin1StringView key);

/// Milliseconds since 1970 of an ISO 8601 text; 0 for anything else.
qint64 time_of(const QJsonObject& object, QLatin1StringView key);

QJsonObject object_of(const QJsonObject& object, QLatin1StringView key);

/// What `parse(QJsonObject)` makes of the first `most` objects of a list; it returns an optional,
/// and what it refuses is left out.
template <class Parse>
auto list_of(const QJsonObject& object, QLatin1StringView key, qsizetype most, Parse parse) {
    std::vector<typename decltype(parse(QJsonObject()))::value_type> found;
    const QJsonArray items = object[key].toArray();
    const qsizetype count = std::min(items.size(), most);
    found.reserve(std::size_t(count));
    for (qsizetype i = 0; i < count; ++i) {
        if (auto item = parse(items.at(i).toObject())) found.push_back(std::move(*item));
    }
    return found;
}

/// The first `most` ids of a list of ids.
std::vector<Snowflake> ids_of(const QJsonObject& object, QLatin1StringView key, qsizetype most);

}  // namespace guildhall::client
