#pragma once
// What of a call's path tells its rate limit: the template, in which ids are holes, and the major
// parameter (discord-api.md, section 4.4). Pure; any thread.

#include <QByteArray>
#include <QString>

namespace guildhall::client {

struct RouteKey {
    /// "POST /channels/:id/messages"
    QString route;
    /// "channels/1": calls of one bucket with different ones do not limit each other.
    QString major;
};

RouteKey route_key(const QByteArray& method, const QString& path);

}  // namespace guildhall::client
