#pragma once
// Snowflakes: the ids of everything the API knows, their age, and how JSON and QML carry them.
// Pure; any thread.

#include <QJsonValue>
#include <QString>

namespace guildhall::client {

/// 0 means "none". QML and JSON carry ids as decimal text: a double would round them.
using Snowflake = quint64;

/// The first millisecond that an id can name (discord-api.md, section 4.3).
inline constexpr qint64 kEpochMs = 1'420'070'400'000;

/// The id that text or a JSON number below 2^53 names; 0 for anything else.
Snowflake snowflake(QStringView text);
Snowflake snowflake(const QJsonValue& value);

/// Decimal; empty for 0.
QString id_text(Snowflake id);

/// When the id was made, in milliseconds since 1970.
constexpr qint64 made_at_ms(Snowflake id) { return qint64(id >> 22) + kEpochMs; }

/// The smallest id that could have been made at that time: for jumps to a date.
constexpr Snowflake first_of(qint64 unix_ms) {
    return unix_ms <= kEpochMs ? 0 : Snowflake(unix_ms - kEpochMs) << 22;
}

}  // namespace guildhall::client
