#include "client-qml/app/single_instance.h"

#include <QCryptographicHash>
#include <QDeadlineTimer>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>
#include <QSysInfo>
#include <QThread>

#include <sys/stat.h>
#include <unistd.h>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kAnswerMs = 5'000;  // the first is on this machine, and may be reading its caches
constexpr int kStartMs = 5'000, kAgainMs = 50;
constexpr qint64 kLinkMax = 4'096;
constexpr qsizetype kSocketPathMax = 100;  // sockaddr_un takes 107 bytes

/// Ours, no link to elsewhere, and nobody else may put a name into it.
bool is_private(const QString& path) {
    const QFileInfo info(path);
    constexpr auto kOthers = QFile::WriteGroup | QFile::WriteOther;
    return path.startsWith(u'/') && !info.isSymLink() && info.isDir() && info.isWritable() &&
           info.ownerId() == geteuid() && (info.permissions() & kOthers) == 0;
}

/// A socket where only this user may make one: in a folder that everybody may write to somebody
/// else could take the name first, and get the links. Empty: there is no such place.
QString socket_path(const QString& folder, const QString& name) {
    const QString temp = u"%1/guildhall-%2"_s.arg(QDir::tempPath()).arg(geteuid());
    // As the folder of a session is, for data folders that lie too deep.
    mkdir(QFile::encodeName(temp).constData(), S_IRWXU);
    const QString data = QDir(folder).absolutePath();
    for (const QString& place : {qEnvironmentVariable("XDG_RUNTIME_DIR"), data, temp}) {
        const QString path = place + u'/' + name;
        if (is_private(place) && path.toUtf8().size() <= kSocketPathMax) return path;
    }
    return {};
}
}  // namespace

SingleInstance::SingleInstance(const QString& folder, QObject* parent)
    : QObject(parent), lock_(folder + u"/client.lock"_s) {
    const QByteArray hash =
        QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    QDir().mkpath(folder);
    name_ = socket_path(folder, u"guildhall-client-"_s + QString::fromLatin1(hash));
    is_first_ = take_place();
    if (!is_first_ || name_.isEmpty()) return;
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
    if (lock_.error() == QLockFile::LockFailedError) return take_abandoned();
    // No lock can be made here: then the one that answers is the first.
    return !answers();
}

/// Whether somebody listens already.
bool SingleInstance::answers() const {
    if (name_.isEmpty()) return false;
    QLocalSocket probe;
    probe.connectToServer(name_);
    return probe.waitForConnected(kAnswerMs);
}

/// A crash under a host name that this machine had before: QLockFile asks only for processes of
/// its own host, and would wait for that one for ever. What a living process holds stays: the
/// system's lock on the file keeps it from being removed.
bool SingleInstance::take_abandoned() {
    qint64 process = 0;
    QString host, program;
    const bool is_told = lock_.getLockInfo(&process, &host, &program);
    if (!is_told || host == QSysInfo::machineHostName() || answers()) return false;
    return lock_.removeStaleLockFile() && lock_.tryLock();
}

/// Until the first has read it: one that hangs takes connections without ever looking at them.
bool SingleInstance::hand_over(const QString& link) const {
    QDeadlineTimer patience(kStartMs);
    while (!name_.isEmpty() && !patience.hasExpired()) {
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
