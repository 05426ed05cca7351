#include "client-qml/members/search_query.h"

#include <QDateTime>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kQueryMax = 500;

struct Piece {
    QString key, value;
    qsizetype begin = 0;
};

/// "in" of `in:general`; empty where the text at `at` begins no filter.
QString key_at(const QString& text, qsizetype at) {
    for (const char* key : kFilterKeys) {
        const QString start = QLatin1StringView(key) + u':';
        if (QStringView(text).mid(at).startsWith(start, Qt::CaseInsensitive)) {
            return start.chopped(1);
        }
    }
    return {};
}

/// Parted by spaces, but for what stands in quotes after a filter's colon.
std::vector<Piece> pieces_of(const QString& text) {
    std::vector<Piece> pieces;
    for (qsizetype at = 0; at < text.size();) {
        if (text[at].isSpace()) {
            ++at;
            continue;
        }
        Piece piece{key_at(text, at), {}, at};
        if (!piece.key.isEmpty()) at += piece.key.size() + 1;
        const bool in_quotes = !piece.key.isEmpty() && at < text.size() && text[at] == u'"';
        if (in_quotes) ++at;
        while (at < text.size() && (in_quotes ? text[at] != u'"' : !text[at].isSpace())) {
            piece.value += text[at++];
        }
        if (in_quotes) ++at;
        pieces.push_back(std::move(piece));
    }
    return pieces;
}

bool take_has(SearchQuery& query, const QString& value) {
    for (const Holding one : kHoldings) {
        if (value.compare(holding_text(one), Qt::CaseInsensitive) != 0) continue;
        if (std::ranges::find(query.has, one) == query.has.end()) query.has.push_back(one);
        return true;
    }
    return false;
}

bool take_date(QDate& into, const QString& value) {
    const QDate day = QDate::fromString(value, Qt::ISODate);
    if (day.isValid()) into = day;
    return day.isValid();
}

bool take_text(QString& into, const QString& value) {
    if (!value.isEmpty()) into = value;
    return !value.isEmpty();
}

bool take_filter(SearchQuery& query, const Piece& piece) {
    if (piece.key == "from"_L1) return take_text(query.from, piece.value);
    if (piece.key == "in"_L1) return take_text(query.in, piece.value);
    if (piece.key == "has"_L1) return take_has(query, piece.value);
    if (piece.key == "before"_L1) return take_date(query.before, piece.value);
    if (piece.key == "after"_L1) return take_date(query.after, piece.value);
    return false;
}

bool holds(const Message& message, Holding what) {
    switch (what) {
        case Holding::file:
            return !message.attachments.empty();
        case Holding::image:
            return std::ranges::any_of(message.attachments, &Attachment::is_image);
        case Holding::link:
            return message.content.contains("http://"_L1) ||
                   message.content.contains("https://"_L1);
        case Holding::embed:
            return !message.embeds.empty();
    }
    return false;
}

}  // namespace

QString holding_text(Holding one) {
    constexpr const char* kTexts[] = {"file", "image", "link", "embed"};
    return QString::fromLatin1(kTexts[int(one)]);
}

bool SearchQuery::fits(const Message& message) const {
    const QDate day = QDateTime::fromMSecsSinceEpoch(message.time_ms).date();
    return (!before.isValid() || day < before) && (!after.isValid() || day > after) &&
           std::ranges::all_of(has, [&](Holding one) { return holds(message, one); });
}

std::pair<Snowflake, Snowflake> SearchQuery::ids() const {
    std::pair<Snowflake, Snowflake> bounds{0, 0};
    if (after.isValid()) {
        const Snowflake first = first_of(after.addDays(1).startOfDay().toMSecsSinceEpoch());
        bounds.first = first == 0 ? 0 : first - 1;
    }
    if (before.isValid()) {
        // Nothing is older than the first id.
        bounds.second = std::max<Snowflake>(1, first_of(before.startOfDay().toMSecsSinceEpoch()));
    }
    return bounds;
}

SearchQuery parse_query(const QString& text) {
    SearchQuery query;
    QStringList words;
    for (const Piece& piece : pieces_of(text.left(kQueryMax))) {
        if (piece.key.isEmpty()) {
            words.push_back(piece.value);
        } else if (!take_filter(query, piece) && !piece.value.isEmpty()) {
            words.push_back(piece.key + u':' + piece.value);
        }
    }
    query.words = words.join(u' ');
    return query;
}

LastPiece last_piece(const QString& text) {
    const auto pieces = pieces_of(text);
    // After a space something new begins, unless that is inside quotes.
    const bool is_done =
        !text.isEmpty() && text.back().isSpace() &&
        (pieces.empty() || pieces.back().value.isEmpty() || !pieces.back().value.back().isSpace());
    if (pieces.empty() || is_done) return {text, {}, {}};
    const Piece& last = pieces.back();
    return {text.left(last.begin), last.key, last.value};
}

QString quoted(const QString& value) {
    QString plain = value;
    plain.remove(u'"');
    const bool has_space = std::ranges::any_of(plain, [](QChar c) { return c.isSpace(); });
    return has_space ? u'"' + plain + u'"' : plain;
}

}  // namespace guildhall::client
