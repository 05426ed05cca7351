// The emoji of Unicode: their names, groups, skin tones; found by what they are called. The table
// borrows embedded bytes and reads them once when it is made (0.4 ms). Immutable then; any thread.
#pragma once

#include "client-qml/core/text/emoji_data.h"

#include <QHash>
#include <QString>
#include <QStringView>

#include <cstdint>
#include <functional>
#include <optional>
#include <string_view>
#include <vector>

namespace guildhall::client::text {

struct EmojiGroup {
    QString key;    // "smileys": what shows it has its name and picture.
    int first = 0;  // Where its emoji begin in the table, and how many they are.
    int count = 0;
};

// Skin tones as Discord numbers them: 0 is none, 1 the lightest, 5 the darkest.
inline constexpr int kSkinTones = 5;

class EmojiTable {
  public:
    explicit EmojiTable(std::string_view data = emoji_data());

    int size() const { return static_cast<int>(rows_.size()); }
    // Groups in the order a picker shows them, without empty ones.
    std::vector<EmojiGroup> groups() const;

    // All of these take a place below size().
    QString text(int at) const;
    QString with_tone(int at, int tone) const;  // As text() where it has no tones.
    bool has_tones(int at) const;
    QString name(int at) const;       // "grinning face"
    QString shortcode(int at) const;  // The one people know, without colons: "smile"

    // What fits the words of the query, best first: shortcode, name, keyword; whole words before
    // their beginnings. Each word must fit. A query of an emoji finds that emoji.
    std::vector<int> search(QStringView query, int max) const;

    // For completion behind a colon: shortcodes that begin so, then those that hold it.
    std::vector<int> complete(QStringView prefix, int max) const;

    // By a whole shortcode; "thumbsup_tone3" and "thumbsup::skin-tone-3" name a tone too.
    struct Toned {
        int at = 0;
        int tone = 0;
    };
    std::optional<Toned> by_shortcode(QStringView code) const;
    // With or without its skin tone and style.
    std::optional<int> by_text(QStringView emoji) const;

  private:
    struct Row {
        std::string_view text, name, codes, keywords, tones;
        int group = 0;
    };
    static std::optional<Row> parse_row(std::string_view line);
    int rank(const Row& row, std::string_view word) const;

    std::vector<Row> rows_;
    QHash<QByteArrayView, int> codes_;
    QHash<QByteArrayView, int> texts_;
};

// The one that everybody shares; made when it is first asked for.
const EmojiTable& unicode_emoji();

// `written` with :shortcodes: outside of code replaced, as it is sent. `custom` is asked first, for
// the emoji of guilds; an empty answer leaves the word to the table.
using CustomEmoji = std::function<QString(QStringView code)>;
QString with_emoji(const QString& written, const EmojiTable& table, const CustomEmoji& custom = {});

}  // namespace guildhall::client::text
