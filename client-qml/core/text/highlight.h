// Code in colour, as StyledText for a Text with a monospaced font. One tokenizer for all languages,
// driven by a table: comments, strings, numbers, words. It colours what can be told from the
// characters alone, reads each once, and leaves code beyond kHighlightUnitsMax and languages it
// does not know without colour. Plain functions; any thread.
#pragma once

#include <QString>
#include <QStringView>

#include <cstdint>
#include <vector>

namespace guildhall::client::text {

inline constexpr int kHighlightUnitsMax = 32'768;

enum class Token : std::uint8_t {
    plain,
    keyword,
    type,
    function,
    string,
    number,
    comment,
    key,      // Of JSON, YAML, CSS; an attribute.
    added,    // A line of a diff.
    removed,  //
    meta,     // Preprocessor, decorator, place in a diff.
};

// Colours as "#rrggbb"; an empty one leaves the surrounding text's.
struct CodePalette {
    QString keyword, type, function, string, number, comment, key, added, removed, meta;
};

struct TokenSpan {
    Token token = Token::plain;
    qsizetype begin = 0, end = 0;
};

bool is_known_language(const QString& language);  // "c++", "py", "TS": names and file endings.

// The code in spans that follow one another without a gap.
std::vector<TokenSpan> tokens_of(QStringView code, const QString& language);

QString highlighted(const QString& code, const QString& language, const CodePalette& palette);

}  // namespace guildhall::client::text
