// A message's text cut into blocks: code, quotes, headings, list items, paragraphs. What is inside
// of them is inline.h's. One pass over the lines; quotes do not nest. Plain functions; any thread.
#pragma once

#include <QString>
#include <QStringView>

#include <cstddef>
#include <vector>

namespace guildhall::client::text {

struct RawBlock {
    enum class Kind { paragraph, heading, subtext, code, item };
    Kind kind = Kind::paragraph;
    int level = 0;  // heading: 1 to 3; item: its depth, from 0
    bool quoted = false;
    bool spoiler = false;  // code between two "||"
    int number = 0;        // item: 0 for a bullet
    QString language;      // code, in lower case
    QString text;          // lines separated by \n, without the marks that made the block
};

// Beyond so many blocks the rest is one paragraph.
inline constexpr std::size_t kBlocksMax = 512;

struct Blocks {
    std::vector<RawBlock> blocks;
    std::size_t steps = 0;  // Characters looked at, for the test of linear time.
};
Blocks parse_blocks(const QString& text);

}  // namespace guildhall::client::text
