#include "client-qml/core/api/transfer.h"

#include "client-qml/core/api/body.h"

#include <QNetworkAccessManager>

#include <cmath>

namespace guildhall::client {

namespace {

/// Qt asks the socket for no more than this before we have looked.
constexpr qint64 kReadAheadBytes = 256 * 1024;

std::optional<int> number_header(const QNetworkReply& reply, const char* name) {
    bool ok = false;
    const int number = reply.rawHeader(name).trimmed().toInt(&ok);
    return ok && number >= 0 ? std::optional(number) : std::nullopt;
}

qint64 seconds_header(const QNetworkReply& reply, const char* name) {
    bool ok = false;
    const double seconds = reply.rawHeader(name).trimmed().toDouble(&ok);
    if (!ok || !(seconds > 0)) return 0;  // NaN too
    return qint64(std::ceil(std::min(seconds, 86'400.0) * 1'000));
}

LimitNews limits_of(const QNetworkReply& reply, int status) {
    LimitNews news;
    news.bucket = QString::fromLatin1(reply.rawHeader("X-RateLimit-Bucket").left(128));
    news.limit = number_header(reply, "X-RateLimit-Limit");
    news.remaining = number_header(reply, "X-RateLimit-Remaining");
    news.reset_after_ms = seconds_header(reply, "X-RateLimit-Reset-After");
    if (status == 429) {
        news.retry_after_ms = seconds_header(reply, "Retry-After");
        news.global = reply.rawHeader("X-RateLimit-Global") == "true" ||
                      reply.rawHeader("X-RateLimit-Scope") == "global";
    }
    return news;
}

bool is_insecure(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::SslHandshakeFailedError;
}

bool is_redirect(QNetworkReply::NetworkError error) {
    return error == QNetworkReply::InsecureRedirectError ||
           error == QNetworkReply::TooManyRedirectsError;
}

/// Errors that say that the line broke, though a status may have come before.
bool is_cut(QNetworkReply::NetworkError error) {
    return error != QNetworkReply::NoError && (error < QNetworkReply::ProxyConnectionRefusedError ||
                                               error == QNetworkReply::ProtocolFailure);
}

}  // namespace

Transfer::Transfer(qint64 bytes_max) : bytes_max_(bytes_max) {}

Transfer::~Transfer() {
    if (!reply_) return;
    reply_->disconnect(this);
    reply_->abort();
    reply_->deleteLater();
}

void Transfer::start(QNetworkAccessManager& network,
                     const QByteArray& method,
                     const QNetworkRequest& head,
                     std::unique_ptr<Body> body) {
    if (method == "GET") {
        reply_ = network.get(head);
    } else {
        Body* sent = body.release();  // goes with the reply that reads it
        reply_ = network.sendCustomRequest(head, method, sent);
        sent->setParent(reply_);
    }
    reply_->setReadBufferSize(kReadAheadBytes);
    connect(reply_, &QNetworkReply::readyRead, this, &Transfer::read);
    connect(reply_, &QNetworkReply::uploadProgress, this, &Transfer::progressed);
    connect(reply_, &QNetworkReply::finished, this, &Transfer::finish);
}

void Transfer::read() {
    if (too_long_) return;
    const qint64 announced = reply_->header(QNetworkRequest::ContentLengthHeader).toLongLong();
    const qint64 room = bytes_max_ - bytes_.size();
    if (announced <= bytes_max_) bytes_ += reply_->read(room + 1);
    if (announced <= bytes_max_ && bytes_.size() <= bytes_max_) return;
    too_long_ = true;
    bytes_.clear();
    reply_->abort();
}

void Transfer::finish() {
    if (!reply_) return;
    if (!too_long_ && reply_->bytesAvailable() > 0) read();
    Outcome outcome;
    const QNetworkReply::NetworkError error = reply_->error();
    outcome.status = reply_->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt();
    outcome.limits = limits_of(*reply_, outcome.status);
    if (too_long_) {
        outcome.end = Outcome::End::too_long;
    } else if (is_insecure(error)) {
        outcome.end = Outcome::End::insecure;
    } else if (is_redirect(error)) {
        outcome.end = Outcome::End::redirected;
    } else if (outcome.status > 0 && !is_cut(error)) {
        outcome.end = Outcome::End::answered;
        outcome.bytes = std::move(bytes_);
    }
    reply_->deleteLater();
    reply_ = nullptr;
    emit ended(outcome);
}

}  // namespace guildhall::client
