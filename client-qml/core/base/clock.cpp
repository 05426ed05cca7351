#include "client-qml/core/base/clock.h"

#include <QDateTime>
#include <QDeadlineTimer>
#include <QRandomGenerator>

namespace guildhall::client {

qint64 SystemClock::now_ms() const { return QDateTime::currentMSecsSinceEpoch(); }
qint64 SystemClock::steady_ms() const { return QDeadlineTimer::current().deadline(); }

quint32 SystemRng::next(quint32 below) {
    return below == 0 ? 0 : QRandomGenerator::global()->bounded(below);
}

}  // namespace guildhall::client
