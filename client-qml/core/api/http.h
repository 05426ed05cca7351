#pragma once
// A Request as Qt's network classes want it: address, headers, body. Owned by nobody; GUI thread.

#include "client-qml/core/api/request.h"

#include <QNetworkRequest>

#include <memory>

namespace guildhall::client {

class Body;

/// Where the call goes. '+' in a query is written so that no node reads it as a space.
QUrl address_of(const QUrl& node, const Request& request);

/// What every request has, whoever it goes to: redirects stay on the host, cookies are neither sent
/// nor kept, nothing is taken from or put into a cache.
QNetworkRequest bare_head(const QUrl& url);

/// Everything but the body; `token` may be empty.
QNetworkRequest head_of(const QUrl& node, const Request& request, const QString& token);

/// X-Audit-Log-Reason: percent-encoded UTF-8 of at most kReasonMax characters.
QByteArray reason_header(const QString& reason);

/// JSON, or parts where there are files, which are read from the disk while they are sent. Null,
/// and `broken` says which file, where one cannot be read. `type` is the Content-Type.
std::unique_ptr<Body> body_of(const Request& request, QByteArray& type, QString& broken);

}  // namespace guildhall::client
