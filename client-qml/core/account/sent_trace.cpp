#include "client-qml/core/account/sent_trace.h"

#include "client-qml/core/base/json.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

// Two clocks differ by less than a minute, as a rule; by more than a day, the wrong zone included,
// nobody's do.
constexpr qint64 kClockMs = 60'000, kClockMsMax = 24 * 3'600'000;

bool says_the_same(const QJsonObject& message, const Unsent& unsent) {
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
        const bool is_mine = id_of(object_of(message, "author"_L1), "id"_L1) == wanted.self;
        // Where the node tells the nonce that decides, whatever the clocks say.
        const QString nonce = text_of(message, "nonce"_L1, 32);
        if (is_mine && !nonce.isEmpty() && nonce == wanted.unsent.nonce)
            return {Trace::found, message};
        const qint64 after_ms = made_at_ms(id) - wanted.left_ms;
        if (after_ms < -kClockMsMax) reaches_back = true;
        if (!is_mine || !nonce.isEmpty() || !says_the_same(message, wanted.unsent)) continue;
        if (std::ranges::count(wanted.settled, id) > 0) continue;
        if (after_ms >= -kClockMs) return {Trace::found, message};
        is_clear = false;  // the same words before, or our clock is ahead of the node's
    }
    return {reaches_back && is_clear ? Trace::absent : Trace::unclear, {}};
}

}  // namespace guildhall::client
