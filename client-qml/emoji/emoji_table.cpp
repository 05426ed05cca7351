#include "client-qml/emoji/emoji_table.h"

#include <QFile>
#include <QHash>

static void load_data() { Q_INIT_RESOURCE(guildhall_client_emoji_data); }

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

std::vector<EmojiEntry> read_table() {
    load_data();
    std::vector<EmojiEntry> table;
    QFile file(u":/qt/qml/Guildhall/Emoji/emoji.tsv"_s);
    if (!file.open(QIODevice::ReadOnly)) return table;
    const QString text = QString::fromUtf8(file.readAll());
    for (const QString& line : text.split(u'\n', Qt::SkipEmptyParts)) {
        const QStringList fields = line.split(u'\t');
        if (fields.size() != 5) continue;
        table.push_back({fields[0],
                         fields[1],
                         fields[2] == u"1"_s,
                         fields[3].split(u' '),
                         fields[4].toLower()});
    }
    return table;
}

}  // namespace

QString EmojiEntry::toned(int tone) const {
    if (!has_tone || tone < 1 || tone > 5) return text;
    // Behind the first character; a variation selector there gives way to the tone.
    qsizetype first = text[0].isHighSurrogate() ? 2 : 1;
    const char32_t modifier = U'\U0001F3FA' + char32_t(tone);
    const QString made = text.left(first) + QString::fromUcs4(&modifier, 1);
    if (first < text.size() && text[first] == QChar(0xFE0F)) ++first;
    return made + text.mid(first);
}

const std::vector<EmojiEntry>& emoji_table() {
    static const std::vector<EmojiEntry> table = read_table();
    return table;
}

const EmojiEntry* find_emoji(const QString& name) {
    static const QHash<QString, const EmojiEntry*> by_name = [] {
        QHash<QString, const EmojiEntry*> all;
        for (const EmojiEntry& one : emoji_table()) {
            for (const QString& own : one.names) all.insert(own, &one);
        }
        return all;
    }();
    return by_name.value(name, nullptr);
}

std::vector<const EmojiEntry*> search_emoji(const QString& text, std::size_t most) {
    const QString wanted = text.toLower();
    std::vector<const EmojiEntry*> begins, holds;
    for (const EmojiEntry& one : emoji_table()) {
        const bool is_first = std::ranges::any_of(
            one.names, [&](const QString& name) { return name.startsWith(wanted); });
        const bool is_in =
            is_first || one.words.contains(wanted) || one.names.join(u' ').contains(wanted);
        if (is_in) (is_first ? begins : holds).push_back(&one);
    }
    begins.insert(begins.end(), holds.begin(), holds.end());
    if (begins.size() > most) begins.resize(most);
    return begins;
}

}  // namespace guildhall::client
