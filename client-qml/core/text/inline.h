// The inside of a paragraph, heading or list item: what is bold, linked, mentioned. One pass from
// left to right. An opened style that is never closed, or whose surrounding style closes first,
// turns back into the characters it was written with; each style is open once at most, so that
// nesting is bounded by their number and the time by the length. Plain functions; any thread.
#pragma once

#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <vector>

namespace guildhall::client::text {

enum class Style : std::uint8_t { bold, italic, emphasis, underline, strike, spoiler };

// A piece in reading order; `open` and `close` (and the two of links) nest properly.
struct Piece {
    enum class Kind : std::uint8_t {
        text,          // text
        line_break,    //
        open,          // style
        close,         // style
        code,          // text
        emoji,         // text; flag: needs the font named
        custom_emoji,  // text: its name; id; flag: animated
        user,          // id
        role,          // id
        channel,       // id
        command,       // text: its name; id
        everyone,      //
        here,          //
        time,          // seconds; style_letter
        link_open,     // text: the encoded address; host; flag: masked
        link_close,    //
    };
    Kind kind = Kind::text;
    Style style = Style::bold;
    bool flag = false;
    char16_t style_letter = u'f';
    std::uint64_t id = 0;
    std::int64_t seconds = 0;
    QString text;
    QString host;
};

struct Inline {
    std::vector<Piece> pieces;
    std::size_t steps = 0;  // Characters looked at, for the test of linear time.
};
Inline parse_inline(QStringView text);

}  // namespace guildhall::client::text
