#pragma once
// One call of the node's REST API and its answer, as values. GUI thread.

#include <QByteArray>
#include <QJsonValue>
#include <QString>
#include <QUrlQuery>

#include <functional>
#include <vector>

namespace guildhall::client {

/// A file of a multipart body: `files[N]`. Read from the disk while it is sent.
struct UploadFile {
    QString path;  // of a local file, or empty where `bytes` holds it
    QByteArray bytes;
    QString name;          // as others see it
    QString content_type;  // empty: by the name
    QString description;   // alternative text
    bool spoiler = false;
};

struct Request {
    QByteArray method = "GET";
    /// Below /api/v10, with its ids filled in: "/channels/1/messages". Somebody's text in it is
    /// percent-encoded by the caller; letters and emojis may stand as they are.
    QString path;
    QUrlQuery query;
    /// Undefined: no body.
    QJsonValue body = QJsonValue(QJsonValue::Undefined);
    std::vector<UploadFile> files;
    /// For the audit log; any text.
    QString reason;
    /// Whether it may be sent again after an answer got lost: GET, PUT and DELETE may by nature,
    /// a POST only where its body carries a nonce that the node enforces.
    bool repeatable = false;
    /// Sent without the account's token: logging in, a node's own page.
    bool anonymous = false;
    /// `path` begins at the node's root instead of /api/v10.
    bool from_root = false;
};

/// Why a call failed, in the node's words where it spoke.
struct ApiError {
    enum class Kind {
        none,
        network,       // no answer at all
        unauthorized,  // 401: the token is void
        forbidden,     // 403
        missing,       // 404
        invalid,       // 400 and its like: `fields` says what
        limited,       // 429 after all patience
        host_away,     // 503 with code 130000: the guild's host cannot be reached
        server,        // any other 5xx, or nonsense
        cancelled,
    };
    Kind kind = Kind::none;
    int code = 0;
    QString message;
    /// "name" -> "Must be 2 to 100 characters", by the path in the body, dots between.
    std::vector<std::pair<QString, QString>> fields;
    /// When trying again makes sense: slow mode, patience at its end. 0: not told.
    qint64 retry_after_ms = 0;
};

struct Answer {
    int status = 0;
    QJsonValue body;
    ApiError error;

    bool ok() const { return error.kind == ApiError::Kind::none; }
};

using Done = std::function<void(const Answer&)>;
/// Bytes sent, bytes in all.
using Progress = std::function<void(qint64, qint64)>;

}  // namespace guildhall::client
