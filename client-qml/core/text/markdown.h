// A message's text as blocks that QML can lay out, each with markup of our own making: Text's
// PlainText, StyledText or RichText, whichever the block needs (docs/decisions tells their cost).
// Of the input nothing is ever taken for markup. Everything is linear in the length and bounded:
// text beyond kMessageUnitsMax is cut, nesting by the number of styles, blocks by kBlocksMax.
// Plain functions without state; any thread, if the resolver may be asked there.
#pragma once

#include "client-qml/core/text/bidi.h"

#include <QLocale>
#include <QString>

#include <cstddef>
#include <cstdint>
#include <set>
#include <vector>

namespace guildhall::client::text {

// What a mention reads as. `text` comes without @ or #; empty: it is not known here. `colour` is
// "#rrggbb" or empty, `is_me`: it calls the reader.
struct Mention {
    QString text;
    QString colour;
    bool is_me = false;
};
enum class MentionKind { user, role, channel, everyone, here };

// Who knows names. Asked for each mention, with id 0 for everyone and here; must answer at once.
class MentionResolver {
  public:
    virtual ~MentionResolver() = default;
    virtual Mention mention(MentionKind kind, std::uint64_t id) const = 0;
};

// Colours as "#rrggbb"; an empty one leaves the surrounding text's.
struct TextPalette {
    QString link;
    QString mention;
    QString spoiler;          // Of the blocks that cover a hidden one.
    QString code_background;  // Of `code` in a line.
};

struct MarkdownOptions {
    const MentionResolver* resolver = nullptr;  // Without one, mentions show their kind only.
    TextPalette palette;
    std::set<int> revealed;   // Numbers of the spoilers that the reader opened.
    std::int64_t now_ms = 0;  // For <t:...:R>.
    QLocale locale;
    // Custom emoji are <img src="PREFIX + id [+ "?animated"]">; without a prefix, :name:.
    QString emoji_prefix;
    int emoji_px = 20;
};

struct Block {
    enum class Kind { paragraph, heading, subtext, code, item };
    enum class Format { plain, styled, rich };  // Of `html`: Text.PlainText and so on.
    Kind kind = Kind::paragraph;
    Format format = Format::plain;
    int level = 0;        // heading: 1 to 3; item: its depth, from 0
    bool quoted = false;  // Neighbours that are quoted are one quote.
    bool rtl = false;     // By its first letter.
    int spoiler = -1;     // code: the number of the spoiler it is, or -1
    bool hidden = false;  // code: it is one and not revealed; `text` is then empty
    QString marker;       // item: "•", "◦" or "12."
    QString language;     // code, in lower case, as it was written; may be empty
    QString html;         // all but code
    QString text;         // code, verbatim
};

struct Document {
    std::vector<Block> blocks;
    bool jumbo = false;        // Nothing but up to 27 emoji.
    bool mentions_me = false;  // As far as mentions in the text can say.
    int spoilers = 0;
    std::size_t steps = 0;  // Characters looked at, for the test of linear time.
};
Document to_document(const QString& text, const MarkdownOptions& options);

// All of it as one StyledText, for where one Text must do, as in embeds: headings bold, items and
// quotes by their marks, code without colours.
QString to_styled(const QString& text, const MarkdownOptions& options);

// The text alone: mentions by name, links by their label, spoilers covered, emoji as they are. For
// notifications, previews, accessible names. `single_line` joins lines by spaces.
QString plain_text(const QString& text, const MarkdownOptions& options, bool single_line = true);

// Whether a mention in the text calls the reader.
bool mentions_me(const QString& text, const MentionResolver& resolver);

}  // namespace guildhall::client::text
