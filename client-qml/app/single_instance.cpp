#include "client-qml/app/single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QThread>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kAnswerMs = 5'000;  // the first is on this machine, and may be reading its caches
constexpr int kStartMs = 5'000, kAgainMs = 50;
constexpr qint64 kLinkMax = 4'096;
constexpr qsizetype kSocketPathMax = 100;  // sockaddr_un takes 107 bytes

/// Where only this user may make a socket: in a folder that everybody may write to somebody else
/// could take the name, and get the links.
QString socket_folder(const QString& folder) {
    const QString runtime = qEnvironmentVariable("XDG_RUNTIME_DIR");
    const QFileInfo info(runtime);
    constexpr auto kOthers = QFile::WriteGroup | QFile::WriteOther;
    const bool is_safe = runtime.startsWith(u'/') && info.isDir() && info.isWritable() &&
                         (info.permissions() & kOthers) == 0;
    if (is_safe) return runtime;
    QDir().mkpath(folder);
    return folder;
}
}  // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent), lock_(folder + u"/client.lock"_s) {
    const QByteArray hash =
        QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString name = u"guildhall-client-"_s + QString::fromLatin1(hash);
    name_ = socket_folder(folder) + u'/' + name;
    // Too deep for a socket: a name is all that is left.
    if (name_.toUtf8().size() > kSocketPathMax) name_ = name;
    QDir().mkpath(folder);
    is_first_ = take_place();
    if (!is_first_) return;
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::on_connection);
    // Whoever has the lock owns the name: what lies there is what a crash left.
    QLocalServer::removeServer(name_);
    server_.listen(name_);
}

/// The lock decides, not the socket: two that start at once would both find nobody there, and
/// listen() puts its socket over one that is in use.
bool SingleInstance::take_place() {
    lock_.setStaleLockTime(0);  // however long the first runs; a dead process's lock is taken
    if (lock_.tryLock()) return true;
    if (lock_.error() == QLockFile::LockFailedError) return false;
    // No lock can be made here: then the one that answers is the first.
    QLocalSocket probe;
    probe.connectToServer(name_);
    return !probe.waitForConnected(kAnswerMs);
}

/// Until the first has read it: one that hangs takes connections without ever looking at them.
bool SingleInstance::hand_over(const QString& link) const {
    QDeadlineTimer patience(kStartMs);
    while (!patience.hasExpired()) {
        QLocalSocket socket;
        socket.connectToServer(name_);
        if (socket.waitForConnected(kAnswerMs)) {
            socket.write(link.toUtf8().left(kLinkMax) + '\n');
            return socket.state() == QLocalSocket::UnconnectedState ||
                   socket.waitForDisconnected(kAnswerMs);
        }
        QThread::msleep(kAgainMs);  // it has the lock and will listen in a moment
    }
    return false;
}

void SingleInstance::on_connection() {
    while (QLocalSocket* socket = server_.nextPendingConnection()) {
        connect(socket, &QLocalSocket::disconnected, socket, &QObject::deleteLater);
        connect(socket, &QLocalSocket::readyRead, this, [this, socket] {
            if (!socket->canReadLine() && socket->bytesAvailable() < kLinkMax) return;
            emit linkArrived(QString::fromUtf8(socket->readLine(kLinkMax)).trimmed());
            socket->disconnectFromServer();
        });
    }
}

}  // namespace guildhall::client
