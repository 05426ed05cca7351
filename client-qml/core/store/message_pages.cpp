#include "client-qml/core/store/message_pages.h"

#include "client-qml/core/store/message_rows.h"

#include <algorithm>
#include <iterator>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kPageMax = 500, kHitsMax = 200;
constexpr qsizetype kWordsMax = 16, kWordsTextMax = 512;
constexpr std::size_t kChannelsMax = 2'000;  // of a guild, with its threads

std::optional<Message> message_of(const QString& text, const QByteArray& body) {
    const auto object = message_of_row(text, body);
    return object ? parse_message(*object) : std::nullopt;
}

struct Taken {
    std::vector<Message> messages;  // in the order of the rows
    bool more = false;              // the range holds further ones
    bool readable = true;
};

Taken take(Rows&& rows, int limit) {
    Taken taken;
    while (rows.next()) {
        if (int(taken.messages.size()) == limit) {
            taken.more = true;
            break;
        }
        auto message = message_of(rows.text(0), rows.bytes(1));
        taken.readable = taken.readable && message.has_value();
        if (!message) break;
        taken.messages.push_back(std::move(*message));
    }
    return taken;
}

/// From `top` (inclusive) downwards, within the range.
Taken take_down(Database& database, Snowflake channel, Snowflake top, IdRange range, int limit) {
    return take(database.query(u"SELECT text, body FROM messages WHERE channel=? AND id<=?"
                               u" AND id>=? ORDER BY id DESC LIMIT ?"_s,
                               {channel, top, range.oldest, limit + 1}),
                limit);
}

/// Above `bottom` (exclusive) upwards, within the range.
Taken take_up(Database& database, Snowflake channel, Snowflake bottom, IdRange range, int limit) {
    return take(database.query(u"SELECT text, body FROM messages WHERE channel=? AND id>?"
                               u" AND id<=? ORDER BY id LIMIT ?"_s,
                               {channel, bottom, range.newest, limit + 1}),
                limit);
}

int bounded(int limit) { return std::clamp(limit, 1, kPageMax); }

/// What is true of a page at the ends of its range; `down` and `up` say that more is cached there.
void set_ends(Database& database, Snowflake channel, IdRange range, CachedPage& page) {
    const auto last = newest_range(database, channel);
    page.oldest_known = range.oldest;
    page.newest_known = range.newest;
    page.gap_before = page.gap_before && range.oldest > 0;
    const bool in_last = last && *last == range;
    page.reaches_newest = page.gap_after && in_last;
    page.gap_after = page.gap_after && !in_last;
}

/// Letters, digits and marks stay, all else parts words: nothing of the index's query language
/// comes through.
QString spoken(const QString& words) {
    QString text;
    for (const char32_t c : words.toStdU32String()) {
        if (QChar::isLetterOrNumber(c) || QChar::isMark(c)) {
            text += QStringView(QChar::fromUcs4(c));
        } else {
            text += u' ';
        }
        if (text.size() >= kWordsTextMax) break;
    }
    return text;
}

/// Whole words, and the last one may go on: it may be half typed. Only it, because beginnings are
/// dear: all messages with any of the words that it begins are gathered first.
QString match_of(const QString& words) {
    const QStringList all = spoken(words).split(u' ', Qt::SkipEmptyParts).mid(0, kWordsMax);
    QStringList parts;
    for (const QString& word : all) parts += u'"' + word + u'"';
    return parts.isEmpty() ? QString() : parts.join(u' ') + u'*';
}

QString filter_of(const SearchFor& wanted) {
    QString filter;
    if (wanted.author != 0) filter += u" AND m.author=%1"_s.arg(wanted.author);
    if (wanted.channels.empty()) return filter;
    QStringList ids;
    for (const Snowflake id : wanted.channels) {
        if (std::size_t(ids.size()) < kChannelsMax) ids += QString::number(id);
    }
    return filter + u" AND m.channel IN (%1)"_s.arg(ids.join(u','));
}

/// The newest of some channels: ids come out of the index alone, rows are read of a page only.
QString newest_of(const SearchFor& wanted) {
    return u"SELECT m.channel, m.text, m.body FROM messages m WHERE m.id IN (SELECT m.id FROM"
           u" messages m INDEXED BY messages_channel WHERE m.id<?"_s +
           filter_of(wanted) + u" ORDER BY m.id DESC LIMIT ?) ORDER BY m.id DESC"_s;
}

}  // namespace

PageRead read_newest(Database& database, Snowflake channel, int limit) {
    CachedPage page;
    const auto range = newest_range(database, channel);
    if (!range) return page;
    Taken taken = take_down(database, channel, range->newest, *range, bounded(limit));
    page.gap_before = !taken.more;
    page.messages = std::move(taken.messages);
    set_ends(database, channel, *range, page);
    return taken.readable ? PageRead(std::move(page)) : std::nullopt;
}

PageRead read_before(Database& database, Snowflake channel, Snowflake from, int limit) {
    CachedPage page;
    if (from == 0) return page;
    const auto range = range_at(database, channel, from - 1);
    if (!range) return page;
    Taken taken = take_down(database, channel, from - 1, *range, bounded(limit));
    const bool above = from <= range->newest;
    page.gap_before = !taken.more;
    page.gap_after = !above;
    page.messages = std::move(taken.messages);
    set_ends(database, channel, *range, page);
    page.gap_after = false;  // it goes on with `from`, which the caller has
    return taken.readable ? PageRead(std::move(page)) : std::nullopt;
}

PageRead read_after(Database& database, Snowflake channel, Snowflake from, int limit) {
    CachedPage page;
    const auto here = range_at(database, channel, from);
    const auto range = here ? here : range_at(database, channel, from + 1);
    if (!range) return page;
    Taken taken = take_up(database, channel, from, *range, bounded(limit));
    page.gap_after = !taken.more;
    page.messages = std::move(taken.messages);
    std::ranges::reverse(page.messages);
    set_ends(database, channel, *range, page);
    page.gap_before = false;
    return taken.readable ? PageRead(std::move(page)) : std::nullopt;
}

PageRead read_around(Database& database, Snowflake channel, Snowflake at, int limit) {
    CachedPage page;
    const auto range = range_at(database, channel, at);
    if (!range) return page;
    const int older = bounded(limit) / 2 + 1;
    Taken up = take_up(database, channel, at, *range, std::max(bounded(limit) - older, 0));
    Taken down = take_down(database, channel, at, *range, older);
    page.gap_after = !up.more;
    page.gap_before = !down.more;
    page.messages = std::move(up.messages);
    std::ranges::reverse(page.messages);
    std::ranges::move(down.messages, std::back_inserter(page.messages));
    set_ends(database, channel, *range, page);
    return up.readable && down.readable ? PageRead(std::move(page)) : std::nullopt;
}

std::vector<CachedHit> search_messages(Database& database, const SearchFor& wanted) {
    std::vector<CachedHit> hits;
    const QString match = match_of(wanted.words);
    if (match.isEmpty() && !wanted.words.simplified().isEmpty()) return hits;
    const Snowflake below = wanted.below == 0 ? kIdMax : std::min(wanted.below, kIdMax);
    const int limit = std::clamp(wanted.limit, 1, kHitsMax);
    // The index over words answers by falling id, so that a common word costs no sort.
    const bool by_place = match.isEmpty() && wanted.author == 0 && !wanted.channels.empty();
    const QString sql = by_place ? newest_of(wanted)
                        : match.isEmpty()
                            ? u"SELECT m.channel, m.text, m.body FROM messages m WHERE m.id<?"_s +
                                  filter_of(wanted) + u" ORDER BY m.id DESC LIMIT ?"_s
                            : u"SELECT m.channel, m.text, m.body FROM words w CROSS JOIN messages m"
                              u" ON m.id=w.rowid WHERE words MATCH ? AND w.rowid<?"_s +
                                  filter_of(wanted) + u" ORDER BY w.rowid DESC LIMIT ?"_s;
    Rows rows = match.isEmpty() ? database.query(sql, {below, limit})
                                : database.query(sql, {match, below, limit});
    while (rows.next()) {
        if (auto message = message_of(rows.text(1), rows.bytes(2))) {
            hits.push_back({rows.id(0), std::move(*message)});
        }
    }
    return hits;
}

}  // namespace guildhall::client
