#pragma once
// FakeHttp: a node's REST side as a script says, on a free port of 127.0.0.1. Owned by a test; the
// test's thread.

#include <QHash>
#include <QObject>
#include <QSslConfiguration>
#include <QSslServer>
#include <QTcpServer>
#include <QTcpSocket>
#include <QUrl>

#include <functional>
#include <memory>
#include <vector>

namespace guildhall::client::testing {

struct Seen {
    QByteArray method, path;
    QHash<QByteArray, QByteArray> headers;  // names in lower case
    QByteArray body;
};

/// What the script answers: bytes as they go over the line, or a cut line, or silence.
struct Said {
    QByteArray bytes;
    bool cut = false;
};

inline Said say(int status, const QByteArray& json, const QByteArray& headers = {}) {
    return {"HTTP/1.1 " + QByteArray::number(status) +
            " X\r\nContent-Type: application/json\r\nContent-Length: " +
            QByteArray::number(json.size()) + "\r\n" + headers + "\r\n" + json};
}
inline Said cut() { return {{}, true}; }
inline Said silence() { return {}; }

class FakeHttp final : public QObject {
  public:
    using Script = std::function<Said(const Seen&)>;

    /// Over TLS where `tls` is given.
    explicit FakeHttp(Script script, const QSslConfiguration* tls = nullptr)
        : script_(std::move(script)) {
        if (tls) {
            auto secure = std::make_unique<QSslServer>();
            secure->setSslConfiguration(*tls);
            server_ = std::move(secure);
        }
        server_->listen(QHostAddress::LocalHost, 0);
        connect(server_.get(), &QTcpServer::pendingConnectionAvailable, this, [this] {
            while (QTcpSocket* socket = server_->nextPendingConnection()) adopt(socket);
        });
    }

    QUrl url() const {
        QUrl url(QStringLiteral("http://127.0.0.1"));
        if (qobject_cast<QSslServer*>(server_.get())) url.setScheme(QStringLiteral("https"));
        url.setPort(server_->serverPort());
        return url;
    }

    /// While it holds, what comes is left in the line: to its sender it is slow.
    void hold(bool held) {
        held_ = held;
        for (QTcpSocket* socket : server_->findChildren<QTcpSocket*>()) {
            socket->setReadBufferSize(held ? kHeldBytes : 0);
            if (!held) emit socket->readyRead();
        }
    }

    std::vector<Seen> seen;
    /// Lines that were closed from the other side.
    int closed = 0;
    /// All bytes that came, also of requests that never ended.
    qint64 bytes_in = 0;

  private:
    void adopt(QTcpSocket* socket) {
        auto pending = std::make_shared<QByteArray>();  // shared by the slot's copies
        if (held_) socket->setReadBufferSize(kHeldBytes);
        connect(socket, &QTcpSocket::readyRead, this, [this, socket, pending] {
            if (held_) return;
            const QByteArray got = socket->readAll();
            bytes_in += got.size();
            *pending += got;
            while (take(socket, *pending)) {
            }
        });
        connect(socket, &QTcpSocket::disconnected, this, [this] { ++closed; });
        connect(socket, &QTcpSocket::disconnected, socket, &QObject::deleteLater);
    }

    bool take(QTcpSocket* socket, QByteArray& pending) {
        const qsizetype end = pending.indexOf("\r\n\r\n");
        if (end < 0) return false;
        Seen request;
        const QList<QByteArray> lines = pending.left(end).split('\n');
        const QList<QByteArray> first = lines.value(0).trimmed().split(' ');
        request.method = first.value(0);
        request.path = first.value(1);
        for (qsizetype i = 1; i < lines.size(); ++i) {
            const qsizetype colon = lines[i].indexOf(':');
            request.headers[lines[i].left(colon).toLower()] = lines[i].mid(colon + 1).trimmed();
        }
        const qsizetype length = request.headers.value("content-length").toLongLong();
        if (pending.size() < end + 4 + length) return false;
        request.body = pending.mid(end + 4, length);
        pending.remove(0, end + 4 + length);
        seen.push_back(request);
        const Said said = script_(request);
        if (said.cut) {
            socket->abort();
            return false;
        }
        socket->write(said.bytes);
        return true;
    }

    static constexpr qint64 kHeldBytes = 4'096;

    Script script_;
    bool held_ = false;
    std::unique_ptr<QTcpServer> server_ = std::make_unique<QTcpServer>();
};

}  // namespace guildhall::client::testing
