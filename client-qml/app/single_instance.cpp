#include "client-qml/app/single_instance.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFileInfo>
#include <QLocalSocket>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kAnswerMs = 1'000;  // the first is on this machine and does nothing long
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

SingleInstance::SingleInstance(const QString& folder, QObject* parent) : QObject(parent) {
    const QByteArray hash =
        QCryptographicHash::hash(folder.toUtf8(), QCryptographicHash::Sha256).toHex().left(16);
    const QString name = u"guildhall-client-"_s + QString::fromLatin1(hash);
    name_ = socket_folder(folder) + u'/' + name;
    // Too deep for a socket: a name is all that is left.
    if (name_.toUtf8().size() > kSocketPathMax) name_ = name;
    server_.setSocketOptions(QLocalServer::UserAccessOption);
    connect(&server_, &QLocalServer::newConnection, this, &SingleInstance::on_connection);
    if (server_.listen(name_)) return;
    QLocalSocket probe;
    probe.connectToServer(name_);
    if (probe.waitForConnected(kAnswerMs)) return;
    // Nobody listens: the socket is what a crash left.
    QLocalServer::removeServer(name_);
    server_.listen(name_);
}

bool SingleInstance::hand_over(const QString& link) const {
    QLocalSocket socket;
    socket.connectToServer(name_);
    if (!socket.waitForConnected(kAnswerMs)) return false;
    socket.write(link.toUtf8().left(kLinkMax) + '\n');
    return socket.waitForBytesWritten(kAnswerMs);
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
