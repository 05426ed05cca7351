// What single characters are: controls that steer direction, marks that stack, what nobody sees,
// and where an emoji begins and ends. Plain functions over UTF-16; any thread.
#pragma once

#include <QStringView>

#include <cstddef>

namespace guildhall::client::text {

// The code point at `at`; a surrogate without its other half is U+FFFD, one unit long.
struct CodePoint {
    char32_t value = 0;
    qsizetype units = 1;
};
CodePoint code_point_at(QStringView text, qsizetype at);

bool is_bidi_control(char32_t c);   // LRM, RLM, ALM, embeddings, overrides, isolates.
bool is_bidi_override(char32_t c);  // LRO and RLO: they turn text around and serve nobody.
bool is_control(char32_t c);        // C0 and C1, without line feed and tab.
bool is_invisible(char32_t c);      // Zero width or blank; a space is not.
bool is_mark(char32_t c);           // Stacks on the character before it.

// The emoji that begins at `at`, with all that belongs to it: skin tone, joined emoji, flag
// letters, tags. `units` is 0 where none begins. `needs_font`: its first character is text by
// default, so it comes out coloured only where the font is named.
struct EmojiSpan {
    qsizetype units = 0;
    bool needs_font = false;
};
EmojiSpan emoji_at(QStringView text, qsizetype at);

}  // namespace guildhall::client::text
