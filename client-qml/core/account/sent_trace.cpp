#include "client-qml/core/account/sent_trace.h"

#include "client-qml/core/base/json.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

// Two clocks differ by less than a minute, as a rule; by more than ten nobody's do.
constexpr qint64 kClockMs = 60'000, kClockMsMax = 10 * 60'000;

/// A nonce decides where the node tells it.
bool says_the_same(const QJsonObject& message, const Unsent& unsent) {
    const QString nonce = text_of(message, "nonce"_L1, 32);
    if (!nonce.isEmpty()) return nonce == unsent.nonce;
    return message["content"_L1].toString().trimmed() ==
               unsent.body["content"_L1].toString().trimmed() &&
           message["attachments"_L1].toArray().size() == unsent.files.size();
}

}  // namespace

SentTrace trace_of(const TraceOf& wanted, const QJsonArray& page) {
    bool reaches_back = page.size() < kTracePage, is_clear = wanted.self != 0;
    for (qsizetype i = 0; i < std::min<qsizetype>(page.size(), kTracePage); ++i) {
        const QJsonObject message = page.at(i).toObject();
        const Snowflake id = id_of(message, "id"_L1);
        const qint64 after_ms = made_at_ms(id) - wanted.left_ms;
        if (after_ms < -kClockMsMax) {
            reaches_back = true;
            continue;
        }
        const bool is_mine = id_of(object_of(message, "author"_L1), "id"_L1) == wanted.self;
        if (!is_mine || !says_the_same(message, wanted.unsent)) continue;
        if (std::ranges::count(wanted.settled, id) > 0) continue;
        if (after_ms >= -kClockMs) return {Trace::found, message};
        is_clear = false;  // the same words shortly before, or a clock that is slow
    }
    return {reaches_back && is_clear ? Trace::absent : Trace::unclear, {}};
}

}  // namespace guildhall::client
