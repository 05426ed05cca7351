#pragma once
// The emoji of Unicode with their names, as the build made them. Read once; GUI thread.

#include <QString>
#include <QStringList>

#include <vector>

namespace guildhall::client {

struct EmojiEntry {
    QString group, text;
    bool has_tone = false;
    QStringList names;  // ":thumbsup:" without its colons
    QString words;      // what it is also found by

    /// With a skin tone, 1 to 5, where it takes one.
    QString toned(int tone) const;
};

const std::vector<EmojiEntry>& emoji_table();
/// By a name; null where there is none.
const EmojiEntry* find_emoji(const QString& name);
/// Those whose name begins with `text` first, then those in which it occurs; at most `most`.
std::vector<const EmojiEntry*> search_emoji(const QString& text, std::size_t most);

}  // namespace guildhall::client
