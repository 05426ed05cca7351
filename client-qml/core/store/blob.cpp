#include "client-qml/core/store/blob.h"

#include <QJsonDocument>
#include <QtEndian>

namespace guildhall::client {

namespace {

// Below, deflate saves less than it costs to open. JSON objects begin with "{"; what qCompress
// makes begins with its size, whose first byte is 0 or 1 here.
constexpr int kDeflateFrom = 1024, kLevel = 3, kSizeBytes = 4;

}  // namespace

QByteArray to_blob(const QJsonObject& object) {
    QByteArray text = QJsonDocument(object).toJson(QJsonDocument::Compact);
    if (text.size() > kBlobMax) return {};
    return text.size() < kDeflateFrom ? text : qCompress(text, kLevel);
}

std::optional<QJsonObject> from_blob(const QByteArray& blob) {
    QByteArray text = blob;
    if (!blob.startsWith('{')) {
        if (blob.size() <= kSizeBytes) return std::nullopt;
        const auto size = qFromBigEndian<quint32>(blob.constData());
        if (size > quint32(kBlobMax)) return std::nullopt;
        text = qUncompress(blob);
    }
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject()) return std::nullopt;
    return document.object();
}

}  // namespace guildhall::client
