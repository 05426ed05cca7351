#pragma once
// FakeGateway: a node's gateway as a test says, on a free port of 127.0.0.1, with one zlib stream
// per connection. Owned by a test; the test's thread.

#include "client-qml/core/gateway/frame.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QObject>
#include <QPointer>
#include <QSslConfiguration>
#include <QUrl>
#include <QWebSocket>
#include <QWebSocketServer>

#include <memory>
#include <vector>
#include <zlib.h>

namespace guildhall::client::testing {

/// One connection's stream, as a node deflates it.
class Deflater {
  public:
    Deflater() { deflateInit(&z_, Z_DEFAULT_COMPRESSION); }
    ~Deflater() { deflateEnd(&z_); }
    Deflater(const Deflater&) = delete;
    Deflater& operator=(const Deflater&) = delete;

    QByteArray feed(const QByteArray& text) {
        QByteArray out(qsizetype(deflateBound(&z_, uLong(text.size()))) + 64, Qt::Uninitialized);
        z_.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.constData()));
        z_.avail_in = uInt(text.size());
        z_.next_out = reinterpret_cast<Bytef*>(out.data());
        z_.avail_out = uInt(out.size());
        deflate(&z_, Z_SYNC_FLUSH);
        out.resize(out.size() - qsizetype(z_.avail_out));
        return out;
    }

  private:
    z_stream z_{};
};

class FakeGateway final : public QObject {
  public:
    /// Over TLS where `tls` is given.
    explicit FakeGateway(const QSslConfiguration* tls = nullptr)
        : server_(QString(), tls ? QWebSocketServer::SecureMode : QWebSocketServer::NonSecureMode) {
        if (tls) server_.setSslConfiguration(*tls);
        server_.listen(QHostAddress::LocalHost, 0);
        connect(&server_, &QWebSocketServer::newConnection, this, [this] {
            while (QWebSocket* socket = server_.nextPendingConnection()) adopt(socket);
        });
    }

    QUrl url() const { return server_.serverUrl(); }

    /// Sends to the newest connection.
    void say(const QByteArray& json) { line().socket->sendBinaryMessage(deflated(json)); }
    QByteArray deflated(const QByteArray& json) { return line().deflater->feed(json); }
    void say_raw(const QByteArray& bytes) { line().socket->sendBinaryMessage(bytes); }
    void hello(int every_ms = 41'250) {
        say("{\"op\":10,\"s\":null,\"t\":null,\"d\":{\"heartbeat_interval\":" +
            QByteArray::number(every_ms) + "}}");
    }
    void ready(const QString& session = QStringLiteral("abc"), QString resume_at = {}) {
        if (resume_at.isEmpty()) resume_at = url().toString();
        const QJsonObject data{{QStringLiteral("session_id"), session},
                               {QStringLiteral("resume_gateway_url"), resume_at},
                               {QStringLiteral("guilds"), QJsonArray()}};
        dispatch("READY", 1, QJsonDocument(data).toJson());
    }
    void dispatch(const QByteArray& type, int seq, const QByteArray& data = "{}") {
        say(dispatch_text(type, seq, data));
    }
    static QByteArray dispatch_text(const QByteArray& type, int seq, const QByteArray& data) {
        return R"({"op":0,"t":")" + type + R"(","s":)" + QByteArray::number(seq) + R"(,"d":)" +
               data + "}";
    }
    void cut() { line().socket->abort(); }
    void close(int code) { line().socket->close(QWebSocketProtocol::CloseCode(code)); }
    bool is_open() { return !lines_.empty() && line().socket && line().socket->isValid(); }

    /// How often somebody connected.
    int connections() const { return int(lines_.size()); }
    QUrl asked_for() { return line().asked_for; }
    /// What the last one said that left; empty where it was cut.
    QString farewell() const { return farewell_; }

    /// What came, on all connections: (op, d).
    std::vector<Frame> got;
    int count(int op) const {
        return int(
            std::count_if(got.begin(), got.end(), [&](const Frame& f) { return f.op == op; }));
    }
    QJsonObject last(int op) const {
        for (auto it = got.rbegin(); it != got.rend(); ++it) {
            if (it->op == op) return it->data.toObject();
        }
        return {};
    }
    /// Greets by itself, and answers IDENTIFY with READY, RESUME with RESUMED, op 1 with op 11.
    bool polite = true;
    bool acks = true;
    int interval_ms = 41'250;
    int resumed_seq = 0;

  private:
    struct Line {
        QPointer<QWebSocket> socket;
        std::unique_ptr<Deflater> deflater;
        QUrl asked_for;
    };

    Line& line() { return lines_.back(); }

    void adopt(QWebSocket* socket) {
        lines_.push_back({socket, std::make_unique<Deflater>(), socket->requestUrl()});
        socket->setParent(this);
        connect(socket, &QWebSocket::disconnected, this, [this, socket] {
            farewell_ = socket->closeReason();
            socket->deleteLater();
        });
        connect(socket, &QWebSocket::textMessageReceived, this, [this](const QString& text) {
            if (const auto frame = parse_frame(text.toUtf8())) on_frame(*frame);
        });
        if (polite) hello(interval_ms);
    }

    void on_frame(const Frame& frame) {
        got.push_back(frame);
        if (frame.op == 1 && acks) say(R"({"op":11})");
        if (!polite) return;
        if (frame.op == 2) ready();
        if (frame.op == 6) dispatch("RESUMED", resumed_seq, R"({"_trace":[]})");
    }

    QString farewell_;
    QWebSocketServer server_;
    std::vector<Line> lines_;
};

}  // namespace guildhall::client::testing
