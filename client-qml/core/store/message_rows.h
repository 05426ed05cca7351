#pragma once
// Rows of messages: what the writer does with what the node sent. Functions on a connection, on
// its thread, inside the caller's transaction.

#include "client-qml/core/store/ranges.h"

#include <QJsonArray>
#include <QJsonObject>

#include <functional>
#include <vector>

namespace guildhall::client {

/// Of a message as it lies in a row.
std::optional<QJsonObject> message_of_row(const QString& text, const QByteArray& body);

/// Everything in `range`: what is cached there and not among `messages` was deleted meanwhile.
void keep_page(Database& database, Snowflake channel, IdRange range, const QJsonArray& messages);
/// One that came by the gateway. It extends a newest range that reaches `previous`; 0: none.
void keep_message(Database& database,
                  Snowflake channel,
                  const QJsonObject& message,
                  Snowflake previous);
void update_row(Database& database, Snowflake channel, const QJsonObject& message);
/// Reads a message that is cached, lets `edit` change it and writes it.
void edit_row(Database& database,
              Snowflake channel,
              Snowflake message,
              const std::function<void(QJsonObject&)>& edit);
void remove_rows(Database& database, Snowflake channel, const std::vector<Snowflake>& ids);
void forget_rows(Database& database, Snowflake channel);

/// Leaves the newest `keep` messages of a channel.
void shorten_channel(Database& database, Snowflake channel, int keep);

}  // namespace guildhall::client
