// What names and messages may not do to their surroundings: turn other text around, draw over the
// lines above and below, pass for nothing at all. Plain functions; any thread.
#pragma once

#include <QString>
#include <QStringView>

namespace guildhall::client::text {

enum class Direction { neutral, left_to_right, right_to_left };

// The direction of a paragraph: that of its first letter (UAX 9, P2), what stands in isolates left
// out. Digits, emoji and punctuation have none.
Direction direction_of(QStringView paragraph);

// The text between FSI and PDI, so that it lies in its surroundings as one object. What it opened
// and did not close is closed, what it closed and did not open is gone.
QString isolated(const QString& text);

// A name of a person, guild, channel, role or node as it may be shown: one line, no controls, no
// characters that nobody sees (joiners stay inside emoji and between letters that need them), at
// most four marks on a character, spaces joined, at most `units_max` long. A name of which nothing
// is left is shown by the code points it had, as "<U+200B>"; an empty one is `fallback`.
QString safe_name(const QString& name, const QString& fallback = {}, int units_max = 128);

// A message's text as it may be shown: line ends are \n; controls, overrides of direction and
// halves of characters are gone; at most eight marks on a character; at most `units_max` long, cut
// between characters.
inline constexpr int kMessageUnitsMax = 65'536;
QString safe_text(const QString& text, int units_max = kMessageUnitsMax);

}  // namespace guildhall::client::text
