#include "client-qml/core/api/http.h"

#include "client-qml/core/api/body.h"
#include "client-qml/core/api/limits.h"

#include <QFileInfo>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QMimeDatabase>
#include <QSysInfo>
#include <QUuid>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

/// A file's name within a header, as browsers write it.
QByteArray quoted(QString name) {
    name.remove(QChar(0));
    name = name.left(250);
    QByteArray out = name.toUtf8();
    out.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A");
    return '"' + out + '"';
}

/// A header's value: what would begin another header is left out.
QByteArray one_line(const QString& text) {
    QByteArray out = text.left(200).toLatin1();
    out.removeIf([](char c) { return c < ' ' || c > '~'; });
    return out;
}

QString shown_name(const UploadFile& file) {
    QString name = file.name.isEmpty() ? QFileInfo(file.path).fileName() : file.name;
    if (name.isEmpty()) name = u"file"_s;
    return file.spoiler && !name.startsWith(u"SPOILER_") ? u"SPOILER_"_s + name : name;
}

/// The body, with what belongs to the files beside them. Its own list of attachments says more of
/// them (by number) and which ones a message keeps (by id).
QJsonValue payload_of(const Request& request) {
    QJsonObject body = request.body.toObject();
    const QJsonArray given = body[u"attachments"_s].toArray();
    std::vector<QString> described(request.files.size());
    QJsonArray attachments;
    for (const auto& one : given) {
        const QJsonValue id = one.toObject()[u"id"_s];
        const int index = id.isDouble() ? id.toInt(-1) : -1;
        if (index < 0 || std::size_t(index) >= described.size()) {
            attachments.append(one);
        } else {
            described[std::size_t(index)] = one.toObject()[u"description"_s].toString();
        }
    }
    for (std::size_t i = 0; i < request.files.size(); ++i) {
        const UploadFile& file = request.files[i];
        QJsonObject entry{{u"id"_s, int(i)}, {u"filename"_s, shown_name(file)}};
        const QString& description = file.description.isEmpty() ? described[i] : file.description;
        if (!description.isEmpty()) entry[u"description"_s] = description.left(1'024);
        attachments.append(entry);
    }
    body[u"attachments"_s] = attachments;
    return body;
}

QByteArray json_of(const QJsonValue& body) {
    const QJsonDocument document =
        body.isArray() ? QJsonDocument(body.toArray()) : QJsonDocument(body.toObject());
    return document.toJson(QJsonDocument::Compact);
}

QByteArray part_head(const QByteArray& boundary, const QByteArray& name, const QByteArray& type) {
    return "--" + boundary + "\r\nContent-Disposition: form-data; name=\"" + name +
           "\r\nContent-Type: " + type + "\r\n\r\n";
}

/// The part of one file; false where it cannot be read.
bool add_file(Body& body, const QByteArray& boundary, const UploadFile& file, std::size_t index) {
    const QString name = shown_name(file);
    QString type = file.content_type;
    if (type.isEmpty()) {
        type = QMimeDatabase().mimeTypeForFile(name, QMimeDatabase::MatchExtension).name();
    }
    const QByteArray part = "files[" + QByteArray::number(qulonglong(index)) + "]\"; filename=";
    body.add(part_head(boundary, part + quoted(name), one_line(type)));
    if (file.path.isEmpty()) {
        body.add(file.bytes);
    } else if (!body.add_file(file.path)) {
        return false;
    }
    body.add("\r\n");
    return true;
}

}  // namespace

QUrl address_of(const QUrl& node, const Request& request) {
    QUrl url = node;
    QString base = node.path();
    while (base.endsWith(u'/')) base.chop(1);
    if (!request.from_root) base += u"/api/v10";
    url.setPath(base + request.path, QUrl::TolerantMode);
    QString query = request.query.toString(QUrl::FullyEncoded);
    query.replace(u'+', u"%2B"_s);
    url.setQuery(query.isEmpty() ? QString() : query);
    url.setFragment({});
    return url;
}

QByteArray reason_header(const QString& reason) {
    return QUrl::toPercentEncoding(reason.trimmed().left(kReasonMax));
}

QNetworkRequest bare_head(const QUrl& url) {
    QNetworkRequest head(url);
    head.setAttribute(QNetworkRequest::RedirectPolicyAttribute,
                      QNetworkRequest::SameOriginRedirectPolicy);
    head.setMaximumRedirectsAllowed(3);
    head.setAttribute(QNetworkRequest::CookieLoadControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::CookieSaveControlAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::AuthenticationReuseAttribute, QNetworkRequest::Manual);
    head.setAttribute(QNetworkRequest::CacheLoadControlAttribute, QNetworkRequest::AlwaysNetwork);
    head.setAttribute(QNetworkRequest::CacheSaveControlAttribute, false);
    head.setRawHeader(
        "User-Agent",
        "Guildhall/0.1 (Qt " QT_VERSION_STR "; " + QSysInfo::kernelType().toLatin1() + ")");
    return head;
}

QNetworkRequest head_of(const QUrl& node, const Request& request, const QString& token) {
    QNetworkRequest head = bare_head(address_of(node, request));
    head.setRawHeader("Accept", "application/json");
    if (!request.anonymous && !token.isEmpty()) {
        head.setRawHeader("Authorization", token.toLatin1());
    }
    const QByteArray reason = reason_header(request.reason);
    if (!reason.isEmpty()) head.setRawHeader("X-Audit-Log-Reason", reason);
    return head;
}

std::unique_ptr<Body> body_of(const Request& request, QByteArray& type, QString& broken) {
    auto body = std::make_unique<Body>();
    if (request.files.empty()) {
        // Never a POST without a body: nothing could keep Qt from sending that twice.
        if (request.body.isUndefined() && request.method != "POST") return body;
        type = "application/json";
        body->add(json_of(request.body));
        return body;
    }
    const QByteArray boundary = "guildhall-" + QUuid::createUuid().toByteArray(QUuid::Id128);
    type = "multipart/form-data; boundary=" + boundary;
    body->add(part_head(boundary, "payload_json\"", "application/json") +
              json_of(payload_of(request)) + "\r\n");
    for (std::size_t i = 0; i < request.files.size(); ++i) {
        if (add_file(*body, boundary, request.files[i], i)) continue;
        broken = shown_name(request.files[i]);
        return nullptr;
    }
    body->add("--" + boundary + "--\r\n");
    return body;
}

}  // namespace guildhall::client
