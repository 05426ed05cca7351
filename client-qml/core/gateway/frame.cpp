#include "client-qml/core/gateway/frame.h"

#include "client-qml/core/base/json.h"

#include <QJsonDocument>

namespace guildhall::client {

using namespace Qt::StringLiterals;

std::optional<Frame> parse_frame(const QByteArray& text) {
    const QJsonDocument document = QJsonDocument::fromJson(text);
    if (!document.isObject()) return std::nullopt;
    const QJsonObject object = document.object();
    Frame frame;
    frame.op = int(number_of(object, "op"_L1, -1, 1'000, -1));
    if (frame.op < 0) return std::nullopt;
    frame.seq = number_of(object, "s"_L1, 0, qint64(1) << 53);
    frame.data = object["d"_L1];
    if (frame.op == int(Op::dispatch)) {
        frame.type = text_of(object, "t"_L1, 64);
        if (frame.type.isEmpty()) return std::nullopt;
    }
    return frame;
}

QByteArray frame_text(int op, const QJsonValue& data) {
    return QJsonDocument(QJsonObject{{u"op"_s, op}, {u"d"_s, data}}).toJson(QJsonDocument::Compact);
}

}  // namespace guildhall::client
