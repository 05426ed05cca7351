#pragma once
// One payload that makes sense of each event of the gateway, for tests that make nonsense of them.

#include <QHash>
#include <QJsonObject>
#include <QString>

namespace guildhall::client::testing {

/// By their names.
QHash<QString, QJsonObject> sensible_events();
/// Guild 10 with channels 11 and 12, of users 1 and 2; message 200 of channel 11.
QJsonObject sensible_guild();
QJsonObject sensible_message();

}  // namespace guildhall::client::testing
