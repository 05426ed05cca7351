#include "client-qml/app/desktop.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>
#include <QGuiApplication>
#include <QKeyEvent>
#include <QWindow>

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

void Desktop::pressMenuKey() const {
    QWindow* window = QGuiApplication::focusWindow();
    if (!window) return;
    for (const auto type : {QEvent::KeyPress, QEvent::KeyRelease}) {
        QKeyEvent event(type, Qt::Key_Menu, Qt::NoModifier);
        QCoreApplication::sendEvent(window, &event);
    }
}

}  // namespace guildhall::client
