#include "client-qml/core/api/errors.h"

#include "client-qml/core/api/limits.h"
#include "client-qml/core/base/json.h"

#include <QCoreApplication>

namespace guildhall::client {

using namespace Qt::StringLiterals;
using Kind = ApiError::Kind;

namespace {

/// The code with which a node says that the host of a guild cannot be reached.
constexpr int kHostAway = 130'000;

Kind kind_of(int status, int code) {
    if (status == 401) return Kind::unauthorized;
    if (status == 403) return Kind::forbidden;
    if (status == 404) return Kind::missing;
    if (status == 429) return Kind::limited;
    if (status == 503 && code == kHostAway) return Kind::host_away;
    if (status >= 400 && status < 500) return Kind::invalid;
    return Kind::server;
}

QString words_for(int status) {
    return QCoreApplication::translate("Api", "The node answered with status %1.").arg(status);
}

void flatten(const QJsonObject& object,
             const QString& path,
             int depth,
             std::vector<std::pair<QString, QString>>& out) {
    if (depth > kErrorDepthMax) return;
    for (auto it = object.begin(); it != object.end(); ++it) {
        if (int(out.size()) >= kErrorFieldsMax) return;
        if (it.key() != u"_errors") {
            const QString below = path.isEmpty() ? it.key() : path + u'.' + it.key();
            if (it->isObject()) flatten(it->toObject(), below.left(200), depth + 1, out);
            continue;
        }
        QStringList texts;
        for (const auto& error : it->toArray()) {
            const QString text = text_of(error.toObject(), "message"_L1, kErrorTextMax);
            if (!text.isEmpty() && texts.size() < 5) texts.append(text);
        }
        if (!texts.isEmpty()) out.emplace_back(path, texts.join(u' '));
    }
}

}  // namespace

std::vector<std::pair<QString, QString>> flatten_errors(const QJsonObject& errors) {
    std::vector<std::pair<QString, QString>> out;
    flatten(errors, {}, 0, out);
    return out;
}

ApiError error_of(int status, const QJsonValue& body) {
    if (status >= 200 && status < 300) return {};
    const QJsonObject object = body.toObject();
    ApiError error;
    error.code = int(number_of(object, "code"_L1, 0, 100'000'000));
    error.kind = kind_of(status, error.code);
    error.message = text_of(object, "message"_L1, kErrorTextMax);
    if (error.message.isEmpty()) error.message = words_for(status);
    error.fields = flatten_errors(object_of(object, "errors"_L1));
    if (object["retry_after"_L1].isDouble()) {
        const double seconds = object["retry_after"_L1].toDouble();
        error.retry_after_ms = qint64(std::clamp(seconds, 0.0, 86'400.0) * 1'000);
    }
    return error;
}

ApiError failure(Kind kind, const QString& message) {
    ApiError error;
    error.kind = kind;
    error.message = message;
    return error;
}

}  // namespace guildhall::client
