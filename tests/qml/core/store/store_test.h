#pragma once
// What the tests of the store share: messages as a node would send them. GUI thread.

#include "client-qml/core/base/snowflake.h"

#include <QJsonArray>
#include <QJsonObject>
#include <QString>

namespace guildhall::client::test {

QJsonObject message(Snowflake channel,
                    Snowflake id,
                    const QString& content = QStringLiteral("hello"),
                    Snowflake author = 7);
QJsonArray page(Snowflake channel, const std::vector<Snowflake>& ids);

}  // namespace guildhall::client::test
