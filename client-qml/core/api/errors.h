#pragma once
// What an answer that is no success means (discord-api.md, section 4.5): its kind, the node's
// words, and a form's errors by field. Everything in it is the node's text: bounded here, shown as
// plain text. Pure; any thread.

#include "client-qml/core/api/request.h"

namespace guildhall::client {

/// Of an answer with that status; no error for 2xx.
ApiError error_of(int status, const QJsonValue& body);

/// A failure in words of our own.
ApiError failure(ApiError::Kind kind, const QString& message);

/// {"embeds":{"0":{"title":{"_errors":[{"message":"Too long"}]}}}} -> ("embeds.0.title","Too long")
std::vector<std::pair<QString, QString>> flatten_errors(const QJsonObject& errors);

}  // namespace guildhall::client
