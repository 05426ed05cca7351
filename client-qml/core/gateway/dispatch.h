#pragma once
// What the gateway tells: plain values that cross from its thread to the GUI thread. Any thread.

#include "client-qml/core/data/guild_news.h"

#include <QJsonObject>
#include <QList>
#include <QMetaType>
#include <QString>

#include <memory>

namespace guildhall::client {

/// A dispatch, parsed.
struct Dispatch {
    QString type;      // "MESSAGE_CREATE"
    QJsonObject data;  // its `d`
    qint64 seq = 0;
    /// Of READY and GUILD_CREATE, parsed on the gateway's thread; READY's `data` lacks them then.
    /// Shared by the copies that cross threads: who applies it may take what is in it.
    std::shared_ptr<GuildsNews> guilds;
};

/// What arrived together is handled together: one hop between threads, one turn of the loop.
using Dispatches = QList<Dispatch>;

enum class GatewayState {
    off,         // nothing is tried
    connecting,  // a connection is being made, or identifies
    ready,       // READY or RESUMED was heard
    waiting,     // the line is lost; the next attempt has a time
    refused,     // the node does not take the token: nothing more is tried
};

}  // namespace guildhall::client

Q_DECLARE_METATYPE(guildhall::client::Dispatches)
