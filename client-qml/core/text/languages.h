// The table that highlight.cpp's tokenizer is driven by: what comments, strings and words look like
// in each language. Internal to highlight.cpp. Constants; any thread.
#pragma once

#include <QString>
#include <QStringView>

namespace guildhall::client::text {

struct Language {
    enum class Kind { code, markup, diff };
    const char16_t* names;  // Separated by spaces, each list too.
    Kind kind = Kind::code;
    const char16_t* keywords = u"";
    const char16_t* types = u"";
    const char16_t* line_comment = u"";  // Up to two.
    const char16_t* block_open = u"";
    const char16_t* block_close = u"";
    const char16_t* quotes = u"\"'";         // A string ends with the line,
    const char16_t* long_quotes = u"";       // with these it does not. "ddd", "sss": three quotes.
    const char16_t* meta = u"";              // Characters that make the word behind them meta,
    const char16_t* meta_line = u"";         // or their whole line, if it begins with them.
    const char16_t* word_characters = u"_";  // Besides letters and digits.
    bool types_by_case = false;              // Words that begin with a capital are types.
    bool keys = false;                       // A word or string before a colon is a key.
    bool any_case = false;                   // Of keywords.
};

const Language* find_language(const QString& name);

}  // namespace guildhall::client::text
