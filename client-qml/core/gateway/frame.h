#pragma once
// A frame of the gateway, from JSON text that anybody may have written. Pure; any thread.

#include <QByteArray>
#include <QJsonValue>
#include <QString>

#include <optional>

namespace guildhall::client {

enum class Op : int {
    dispatch = 0,
    heartbeat = 1,
    identify = 2,
    resume = 6,
    reconnect = 7,
    invalid_session = 9,
    hello = 10,
    heartbeat_ack = 11,
};

struct Frame {
    int op = -1;
    QString type;    // `t`; empty unless a dispatch
    qint64 seq = 0;  // `s`; 0: none
    QJsonValue data;
};

/// Nothing for what is no object, has no whole number as `op`, or is a dispatch without a type.
std::optional<Frame> parse_frame(const QByteArray& text);

QByteArray frame_text(int op, const QJsonValue& data);

}  // namespace guildhall::client
