#include "client-qml/core/base/snowflake.h"

namespace guildhall::client {

Snowflake snowflake(QStringView text) {
    bool fits = false;
    const Snowflake id = text.size() <= 20 ? text.toULongLong(&fits) : 0;
    return fits ? id : 0;
}

Snowflake snowflake(const QJsonValue& value) {
    if (value.isString()) return snowflake(QStringView(value.toString()));
    const qint64 number = value.toInteger(0);
    return number > 0 ? Snowflake(number) : 0;
}

QString id_text(Snowflake id) { return id == 0 ? QString() : QString::number(id); }

}  // namespace guildhall::client
