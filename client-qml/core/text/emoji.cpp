#include "client-qml/core/text/emoji.h"

#include <QByteArrayView>
#include <QStringList>

#include <algorithm>
#include <array>
#include <utility>

namespace guildhall::client::text {

namespace {

constexpr std::size_t kRowsMax = 8'192;
constexpr qsizetype kQueryMax = 64, kShortcodeMax = 64;
constexpr int kNoFit = 1'000;

// In the order and by the numbers of the data; 2 is parts of emoji, which are not offered.
constexpr std::array<const char*, 10> kGroups{"smileys",
                                              "people",
                                              nullptr,
                                              "nature",
                                              "food",
                                              "travel",
                                              "activities",
                                              "objects",
                                              "symbols",
                                              "flags"};

std::string_view take_field(std::string_view& rest, char separator) {
    auto end = rest.find(separator);
    auto field = rest.substr(0, end);
    rest = end == std::string_view::npos ? std::string_view() : rest.substr(end + 1);
    return field;
}

QByteArrayView key(std::string_view text) {
    return {text.data(), static_cast<qsizetype>(text.size())};
}

QString to_text(std::string_view text) {
    return QString::fromUtf8(text.data(), static_cast<qsizetype>(text.size()));
}

std::string_view view_of(const QByteArray& bytes) {
    return {bytes.data(), static_cast<std::size_t>(bytes.size())};
}

bool is_tone(char32_t c) { return c >= 0x1f3fb && c <= 0x1f3ff; }

// An emoji without what varies: its skin tone and its style.
QByteArray bare(QStringView emoji) {
    QString out;
    for (auto c : emoji.toUcs4()) {
        if (c != 0xfe0f && !is_tone(c))
            out += QString::fromUcs4(reinterpret_cast<char32_t*>(&c), 1);
    }
    return out.toUtf8();
}

// Where `word` stands in a list of words: 0 a whole one, 1 the beginning of one, 2 inside one;
// kNoFit nowhere.
int fit(std::string_view words, std::string_view word, std::string_view separators) {
    int best = kNoFit;
    for (auto at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
        bool begins = at == 0 || separators.find(words[at - 1]) != std::string_view::npos;
        auto end = at + word.size();
        bool ends = end == words.size() || separators.find(words[end]) != std::string_view::npos;
        best = std::min(best, begins && ends ? 0 : begins ? 1 : 2);
    }
    return best;
}

QList<QByteArray> words_of(QStringView query) {
    QList<QByteArray> words;
    auto lower = query.left(kQueryMax).toString().toLower();
    for (QChar& c : lower) {
        if (c == u'_' || c == u':' || c.isSpace()) c = u' ';
    }
    for (const auto& word : lower.split(u' ', Qt::SkipEmptyParts)) words += word.toUtf8();
    return words;
}

// The best `max` places by rank, those of equal rank in the order of the table.
std::vector<int> best_of(std::vector<std::pair<int, int>> ranked, int max) {
    auto wanted = std::min(ranked.size(), static_cast<std::size_t>(std::max(max, 0)));
    std::partial_sort(
        ranked.begin(), ranked.begin() + static_cast<std::ptrdiff_t>(wanted), ranked.end());
    std::vector<int> out;
    out.reserve(wanted);
    for (std::size_t n = 0; n < wanted; ++n) out.push_back(ranked[n].second);
    return out;
}

}  // namespace

EmojiTable::EmojiTable(std::string_view data) {
    rows_.reserve(2'048);
    while (!data.empty() && rows_.size() < kRowsMax) {
        if (auto row = parse_row(take_field(data, '\n'))) rows_.push_back(*row);
    }
    codes_.reserve(static_cast<qsizetype>(rows_.size()) * 2);
    texts_.reserve(static_cast<qsizetype>(rows_.size()));
    for (int at = 0; at < size(); ++at) {
        const auto& row = rows_[static_cast<std::size_t>(at)];
        for (auto rest = row.codes; !rest.empty();) {
            auto code = key(take_field(rest, ' '));
            if (!codes_.contains(code)) codes_.insert(code, at);
        }
        texts_.insert(key(row.text), at);
    }
}

// A line that is no row, be it of the licence or damaged, is passed over.
std::optional<EmojiTable::Row> EmojiTable::parse_row(std::string_view line) {
    Row row;
    row.text = take_field(line, '\t');
    auto group = take_field(line, '\t');
    row.name = take_field(line, '\t');
    row.codes = take_field(line, '\t');
    row.keywords = take_field(line, '\t');
    row.tones = line;
    if (row.text.empty() || group.size() != 1 || row.tones.empty()) return std::nullopt;
    row.group = group[0] - '0';
    bool known = row.group >= 0 && row.group < static_cast<int>(kGroups.size()) &&
                 kGroups[static_cast<std::size_t>(row.group)];
    return known ? std::optional(row) : std::nullopt;
}

std::vector<EmojiGroup> EmojiTable::groups() const {
    std::vector<EmojiGroup> out;
    for (std::size_t group = 0; group < kGroups.size(); ++group) {
        auto is_in = [&](const Row& row) { return row.group == static_cast<int>(group); };
        auto first = std::find_if(rows_.begin(), rows_.end(), is_in);
        if (first == rows_.end()) continue;
        auto end = std::find_if_not(first, rows_.end(), is_in);
        out.push_back({QString::fromLatin1(kGroups[group]),
                       static_cast<int>(first - rows_.begin()),
                       static_cast<int>(end - first)});
    }
    return out;
}

QString EmojiTable::text(int at) const {
    return to_text(rows_.at(static_cast<std::size_t>(at)).text);
}
QString EmojiTable::name(int at) const {
    return to_text(rows_.at(static_cast<std::size_t>(at)).name);
}

bool EmojiTable::has_tones(int at) const {
    return rows_.at(static_cast<std::size_t>(at)).tones != "-";
}

QString EmojiTable::shortcode(int at) const {
    auto codes = rows_.at(static_cast<std::size_t>(at)).codes;
    return to_text(take_field(codes, ' '));
}

QString EmojiTable::with_tone(int at, int tone) const {
    if (tone < 1 || tone > kSkinTones || !has_tones(at)) return text(at);
    auto tones = rows_.at(static_cast<std::size_t>(at)).tones;
    if (tones != "+") {
        for (int n = 1; n < tone; ++n) take_field(tones, ' ');
        return to_text(take_field(tones, ' '));
    }
    // The tone goes behind the first character, in the place of its style.
    auto plain = text(at).toUcs4();
    if (plain.size() > 1 && plain[1] == 0xfe0f) plain.remove(1);
    plain.insert(1, 0x1f3fa + static_cast<uint>(tone));
    return QString::fromUcs4(reinterpret_cast<const char32_t*>(plain.constData()), plain.size());
}

int EmojiTable::rank(const Row& row, std::string_view word) const {
    int by_code = fit(row.codes, word, " ");
    int by_part = fit(row.codes, word, " _");
    int by_name = fit(row.name, word, " -:,");
    int by_keyword = fit(row.keywords, word, " ");
    // A whole shortcode, a whole word of it or the name, a keyword; then beginnings; then the rest.
    static constexpr std::array kCode{0, 4, 10}, kPart{1, 5, 10}, kName{2, 6, 11},
        kKeyword{3, 7, 12};
    int best = kNoFit;
    for (const auto& [found, ranks] : {std::pair(by_code, kCode),
                                       std::pair(by_part, kPart),
                                       std::pair(by_name, kName),
                                       std::pair(by_keyword, kKeyword)}) {
        if (found != kNoFit) best = std::min(best, ranks[static_cast<std::size_t>(found)]);
    }
    return best;
}

std::vector<int> EmojiTable::search(QStringView query, int max) const {
    if (auto found = by_text(query.trimmed()))
        return max > 0 ? std::vector{*found} : std::vector<int>{};
    auto words = words_of(query);
    if (words.isEmpty()) return {};
    std::vector<std::pair<int, int>> ranked;
    for (int at = 0; at < size(); ++at) {
        int sum = 0;
        for (const auto& word : words) {
            sum += rank(rows_[static_cast<std::size_t>(at)], view_of(word));
            if (sum >= kNoFit) break;
        }
        if (sum < kNoFit) ranked.emplace_back(sum, at);
    }
    return best_of(std::move(ranked), max);
}

std::vector<int> EmojiTable::complete(QStringView prefix, int max) const {
    auto wanted = prefix.left(kQueryMax).toString().toLower().toUtf8();
    if (wanted.isEmpty()) return {};
    std::vector<std::pair<int, int>> ranked;
    for (int at = 0; at < size(); ++at) {
        const auto& row = rows_[static_cast<std::size_t>(at)];
        int found = fit(row.codes, view_of(wanted), " ");
        if (found == kNoFit) continue;
        // Of those that begin so, the shortest is most likely meant.
        auto first = row.codes.substr(0, row.codes.find(' '));
        ranked.emplace_back(
            found * 1'000 + static_cast<int>(std::min<std::size_t>(first.size(), 900)), at);
    }
    return best_of(std::move(ranked), max);
}

std::optional<EmojiTable::Toned> EmojiTable::by_shortcode(QStringView code) const {
    if (code.isEmpty() || code.size() > kShortcodeMax) return std::nullopt;
    auto wanted = code.toString().toLower().toUtf8();
    if (auto at = codes_.constFind(wanted); at != codes_.constEnd()) return Toned{*at, 0};
    for (const auto* mark : {"_tone", "::skin-tone-"}) {
        auto split = wanted.lastIndexOf(mark);
        if (split < 0) continue;
        auto digit = wanted.mid(split + static_cast<qsizetype>(qstrlen(mark)));
        // Slack counts skin tones from 2, as Unicode's scale does, Discord from 1.
        bool valid = digit.size() == 1 && digit[0] >= '1' && digit[0] <= '5';
        auto at = codes_.constFind(wanted.left(split));
        if (valid && at != codes_.constEnd() && has_tones(*at)) return Toned{*at, digit[0] - '0'};
    }
    return std::nullopt;
}

std::optional<int> EmojiTable::by_text(QStringView emoji) const {
    if (emoji.isEmpty() || emoji.size() > kQueryMax) return std::nullopt;
    auto exact = emoji.toUtf8();
    if (auto at = texts_.constFind(exact); at != texts_.constEnd()) return *at;
    auto plain = bare(emoji);
    if (auto at = texts_.constFind(plain); at != texts_.constEnd()) return *at;
    for (int at = 0; at < size(); ++at) {
        if (bare(text(at)) == plain) return at;
    }
    return std::nullopt;
}

const EmojiTable& unicode_emoji() {
    static const EmojiTable table;
    return table;
}

QString with_emoji(const QString& written, const EmojiTable& table, const CustomEmoji& custom) {
    QString out;
    bool in_code = false;
    for (qsizetype at = 0; at < written.size(); ++at) {
        QChar c = written[at];
        if (c == u'`') in_code = !in_code;
        // An address or a custom emoji that is written out has colons of its own.
        bool may_begin = c == u':' && !in_code &&
                         (at == 0 || !(written[at - 1].isLetterOrNumber() ||
                                       written[at - 1] == u'<' || written[at - 1] == u'\\'));
        auto end = may_begin ? written.indexOf(u':', at + 1) : -1;
        auto code = end > at + 1 && end - at <= kShortcodeMax
                        ? QStringView(written).mid(at + 1, end - at - 1)
                        : QStringView();
        auto replacement = !code.isEmpty() && custom ? custom(code) : QString();
        if (replacement.isEmpty()) {
            auto found = table.by_shortcode(code);
            if (found) replacement = table.with_tone(found->at, found->tone);
        }
        if (replacement.isEmpty()) {
            out += c;
        } else {
            out += replacement;
            at = end;
        }
    }
    return out;
}

}  // namespace guildhall::client::text
