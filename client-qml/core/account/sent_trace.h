#pragma once
// Whether a message whose answer was lost is in its channel after all: by its nonce where the node
// tells it, else by its words, its files and when it was made. Pure; any thread.

#include "client-qml/core/store/cache.h"

#include <QJsonArray>

#include <deque>

namespace guildhall::client {

enum class Trace {
    found,
    absent,   // surely: all that was written since is known
    unclear,  // it may be further back, or what is there may be another of the same words
};

struct SentTrace {
    Trace is = Trace::unclear;
    QJsonObject message;  // what it became
};

struct TraceOf {
    const Unsent& unsent;
    qint64 left_ms = 0;  // by our clock
    Snowflake self = 0;
    const std::deque<Snowflake>& settled;  // messages that are known to be others
};

/// How many of the newest messages are looked at.
inline constexpr int kTracePage = 100;

/// `page`: the channel's newest messages.
SentTrace trace_of(const TraceOf& wanted, const QJsonArray& page);

}  // namespace guildhall::client
