#pragma once
// What is typed into the search taken apart: words, and filters such as from:alice in:general
// has:file before:2026-01-31. Pure; any thread.

#include "client-qml/core/data/message.h"

#include <QDate>
#include <QString>

#include <vector>

namespace guildhall::client {

/// What has: may ask for.
enum class Holding { file, image, link, embed };

struct SearchQuery {
    QString words, from, in;
    std::vector<Holding> has;
    QDate before, after;  // days by the clock of this device; neither is included

    /// Whether there is anything to look for.
    bool asks() const {
        return !words.isEmpty() || !from.isEmpty() || !in.isEmpty() || !has.empty() ||
               before.isValid() || after.isValid();
    }
    /// All but the words, the author and the channel, which an index finds.
    bool fits(const Message& message) const;
    /// Ids of messages are above `least` and below `most`.
    std::pair<Snowflake, Snowflake> ids() const;

    bool operator==(const SearchQuery&) const = default;
};

/// A filter that makes no sense is a word like any other; `from:"a b"` holds a space.
SearchQuery parse_query(const QString& text);

/// "file", "image", ...: of has:, and of the API.
QString holding_text(Holding one);

/// The piece of the text that is being typed, its last: `key` is "from", "in", "has", "before",
/// "after", or empty; `value` what follows, or the word.
struct LastPiece {
    QString before;  // all that is in front of it
    QString key, value;
};
LastPiece last_piece(const QString& text);

/// `value` as a filter takes it: in quotes where it has spaces.
QString quoted(const QString& value);

inline constexpr const char* kFilterKeys[] = {"from", "in", "has", "before", "after"};
inline constexpr Holding kHoldings[] = {
    Holding::file, Holding::image, Holding::link, Holding::embed};

}  // namespace guildhall::client
