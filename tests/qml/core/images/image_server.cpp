#include "tests/qml/core/images/image_server.h"

#include <QBuffer>
#include <QImage>

#include <algorithm>

namespace guildhall::client::test {

using namespace Qt::StringLiterals;

ImageServer::ImageServer() {
    listen(QHostAddress::LocalHost, 0);
    connect(this, &QTcpServer::newConnection, this, [this] {
        while (QTcpSocket* socket = nextPendingConnection()) {
            open_most = std::max(open_most, ++open_now);
            connect(socket, &QTcpSocket::readyRead, this, [this, socket] { serve(socket); });
            connect(socket, &QTcpSocket::disconnected, this, [this, socket] {
                --open_now;
                socket->deleteLater();
            });
        }
    });
}

QUrl ImageServer::url() const { return QUrl(u"http://127.0.0.1:%1"_s.arg(serverPort())); }

void ImageServer::serve(QTcpSocket* socket) {
    QByteArray seen = socket->property("seen").toByteArray() + socket->readAll();
    while (true) {
        const qsizetype end = seen.indexOf("\r\n\r\n");
        if (end < 0) break;
        last_head = seen.first(end);
        seen = seen.mid(end + 4);
        const QString path = QString::fromLatin1(last_head.split(' ').value(1));
        ++asked[path];
        if (hold) {
            held_.append({socket, path});
        } else {
            answer(socket, path);
        }
    }
    socket->setProperty("seen", seen);
}

void ImageServer::release() {
    hold = false;
    for (const auto& [socket, path] : std::exchange(held_, {})) {
        if (socket) answer(socket, path);
    }
}

void ImageServer::answer(QTcpSocket* socket, const QString& path) {
    if (raw.contains(path)) {
        socket->write(raw[path]);
        return;
    }
    const QByteArray body = files.value(path);
    socket->write(files.contains(path) ? "HTTP/1.1 200 OK\r\n" : "HTTP/1.1 404 Not Found\r\n");
    socket->write("Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body);
}

QByteArray picture(int width, int height, const char* format) {
    QImage image(width, height, QImage::Format_RGB32);
    image.fill(Qt::red);
    QByteArray bytes;
    QBuffer buffer(&bytes);
    buffer.open(QBuffer::WriteOnly);
    image.save(&buffer, format);
    return bytes;
}

}  // namespace guildhall::client::test
