#include "client-qml/app/desktop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace guildhall::client {

using namespace Qt::StringLiterals;

Desktop::Desktop(QObject* parent) : QObject(parent) {
    QDBusMessage call = QDBusMessage::createMethodCall(u"org.freedesktop.DBus"_s,
                                                       u"/org/freedesktop/DBus"_s,
                                                       u"org.freedesktop.DBus"_s,
                                                       u"NameHasOwner"_s);
    call.setArguments({u"org.kde.StatusNotifierWatcher"_s});
    const auto asked = QDBusConnection::sessionBus().asyncCall(call, 2'000);
    auto* watcher = new QDBusPendingCallWatcher(asked, this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this, [this, watcher] {
        const QDBusPendingReply<bool> reply = *watcher;
        watcher->deleteLater();
        has_tray_ = !reply.isError() && reply.value();
        emit changed();
    });
}

}  // namespace guildhall::client
