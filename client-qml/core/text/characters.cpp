#include "client-qml/core/text/characters.h"

#include <QChar>

#include <algorithm>
#include <iterator>

namespace guildhall::client::text {

namespace {

struct Range {
    char32_t first, last;
};

// Unicode 16, emoji-data.txt, Emoji_Presentation; neighbours across unassigned characters joined.
constexpr Range kEmoji[] = {
    {0x231a, 0x231b},   {0x23e9, 0x23ec},   {0x23f0, 0x23f0},   {0x23f3, 0x23f3},
    {0x25fd, 0x25fe},   {0x2614, 0x2615},   {0x2648, 0x2653},   {0x267f, 0x267f},
    {0x2693, 0x2693},   {0x26a1, 0x26a1},   {0x26aa, 0x26ab},   {0x26bd, 0x26be},
    {0x26c4, 0x26c5},   {0x26ce, 0x26ce},   {0x26d4, 0x26d4},   {0x26ea, 0x26ea},
    {0x26f2, 0x26f3},   {0x26f5, 0x26f5},   {0x26fa, 0x26fa},   {0x26fd, 0x26fd},
    {0x2705, 0x2705},   {0x270a, 0x270b},   {0x2728, 0x2728},   {0x274c, 0x274c},
    {0x274e, 0x274e},   {0x2753, 0x2755},   {0x2757, 0x2757},   {0x2795, 0x2797},
    {0x27b0, 0x27b0},   {0x27bf, 0x27bf},   {0x2b1b, 0x2b1c},   {0x2b50, 0x2b50},
    {0x2b55, 0x2b55},   {0x1f004, 0x1f004}, {0x1f0cf, 0x1f0cf}, {0x1f18e, 0x1f18e},
    {0x1f191, 0x1f19a}, {0x1f201, 0x1f201}, {0x1f21a, 0x1f21a}, {0x1f22f, 0x1f22f},
    {0x1f232, 0x1f236}, {0x1f238, 0x1f23a}, {0x1f250, 0x1f251}, {0x1f300, 0x1f320},
    {0x1f32d, 0x1f335}, {0x1f337, 0x1f37c}, {0x1f37e, 0x1f393}, {0x1f3a0, 0x1f3ca},
    {0x1f3cf, 0x1f3d3}, {0x1f3e0, 0x1f3f0}, {0x1f3f4, 0x1f3f4}, {0x1f3f8, 0x1f43e},
    {0x1f440, 0x1f440}, {0x1f442, 0x1f4fc}, {0x1f4ff, 0x1f53d}, {0x1f54b, 0x1f54e},
    {0x1f550, 0x1f567}, {0x1f57a, 0x1f57a}, {0x1f595, 0x1f596}, {0x1f5a4, 0x1f5a4},
    {0x1f5fb, 0x1f64f}, {0x1f680, 0x1f6c5}, {0x1f6cc, 0x1f6cc}, {0x1f6d0, 0x1f6d2},
    {0x1f6d5, 0x1f6df}, {0x1f6eb, 0x1f6ec}, {0x1f6f4, 0x1f6fc}, {0x1f7e0, 0x1f7eb},
    {0x1f7f0, 0x1f7f0}, {0x1f90c, 0x1f93a}, {0x1f93c, 0x1f945}, {0x1f947, 0x1f9ff},
    {0x1fa70, 0x1faff},
};

// Where the characters lie that are text by default and an emoji with U+FE0F behind them.
constexpr Range kTextEmoji[] = {
    {0xa9, 0xa9},     {0xae, 0xae},     {0x203c, 0x203c}, {0x2049, 0x2049},   {0x2122, 0x2122},
    {0x2139, 0x2139}, {0x2194, 0x2199}, {0x21a9, 0x21aa}, {0x2328, 0x2328},   {0x23cf, 0x23fa},
    {0x24c2, 0x24c2}, {0x25aa, 0x25fc}, {0x2600, 0x27a1}, {0x2934, 0x2935},   {0x2b05, 0x2b07},
    {0x3030, 0x3030}, {0x303d, 0x303d}, {0x3297, 0x3299}, {0x1f170, 0x1f251}, {0x1f300, 0x1f6ff},
};

constexpr char32_t kEmojiStyle = 0xfe0f, kJoiner = 0x200d, kKeycap = 0x20e3;
constexpr int kJoinedMax = 8, kTagsMax = 8;

template <std::size_t N>
bool is_in(const Range (&ranges)[N], char32_t c) {
    const auto* found = std::upper_bound(
        std::begin(ranges), std::end(ranges), c, [](char32_t value, const Range& range) {
            return value < range.first;
        });
    return found != std::begin(ranges) && c <= std::prev(found)->last;
}

bool is_flag_letter(char32_t c) { return c >= 0x1f1e6 && c <= 0x1f1ff; }
bool is_skin_tone(char32_t c) { return c >= 0x1f3fb && c <= 0x1f3ff; }
bool is_tag(char32_t c) { return c >= 0xe0020 && c <= 0xe007f; }

CodePoint peek(QStringView text, qsizetype at) {
    return at < text.size() ? code_point_at(text, at) : CodePoint{0, 0};
}

// One emoji without what is joined to it: base, style or skin tone, tags.
EmojiSpan single_emoji(QStringView text, qsizetype at) {
    auto base = peek(text, at);
    auto next = peek(text, at + base.units);
    bool coloured = is_in(kEmoji, base.value);
    bool styled = next.value == kEmojiStyle || is_skin_tone(next.value);
    if (!coloured && !(styled && is_in(kTextEmoji, base.value))) return {};
    qsizetype end = at + base.units;
    if (next.value == kEmojiStyle) end += next.units;
    if (auto tone = peek(text, end); is_skin_tone(tone.value)) end += tone.units;
    for (int n = 0; n < kTagsMax && is_tag(peek(text, end).value); ++n) end += 2;
    return {end - at, !coloured};
}

EmojiSpan keycap(QStringView text, qsizetype at) {
    qsizetype end = at + 1;
    if (peek(text, end).value == kEmojiStyle) ++end;
    return peek(text, end).value == kKeycap ? EmojiSpan{end + 1 - at, true} : EmojiSpan{};
}

}  // namespace

CodePoint code_point_at(QStringView text, qsizetype at) {
    QChar first = text[at];
    if (!first.isSurrogate()) return {first.unicode(), 1};
    if (first.isHighSurrogate() && at + 1 < text.size() && text[at + 1].isLowSurrogate()) {
        return {QChar::surrogateToUcs4(first, text[at + 1]), 2};
    }
    return {QChar::ReplacementCharacter, 1};
}

bool is_bidi_override(char32_t c) { return c == 0x202d || c == 0x202e; }

bool is_bidi_control(char32_t c) {
    return c == 0x200e || c == 0x200f || c == 0x061c || (c >= 0x202a && c <= 0x202e) ||
           (c >= 0x2066 && c <= 0x2069);
}

bool is_control(char32_t c) {
    return (c < 0x20 && c != '\n' && c != '\t') || (c >= 0x7f && c <= 0x9f);
}

bool is_invisible(char32_t c) {
    constexpr Range kBlank[] = {
        {0x00ad, 0x00ad},
        {0x034f, 0x034f},
        {0x061c, 0x061c},
        {0x115f, 0x1160},
        {0x17b4, 0x17b5},
        {0x180b, 0x180f},
        {0x200b, 0x200f},
        {0x202a, 0x202e},
        {0x2060, 0x206f},
        {0x2800, 0x2800},
        {0x3164, 0x3164},
        {0xfe00, 0xfe0f},
        {0xfeff, 0xfeff},
        {0xffa0, 0xffa0},
        {0xfff0, 0xfffb},
        {0x1bca0, 0x1bca3},
        {0x1d173, 0x1d17a},
        {0xe0000, 0xe0fff},
    };
    return is_in(kBlank, c);
}

bool is_mark(char32_t c) {
    if (c < 0x300) return false;
    auto category = QChar::category(c);
    return category == QChar::Mark_NonSpacing || category == QChar::Mark_Enclosing;
}

EmojiSpan emoji_at(QStringView text, qsizetype at) {
    auto first = peek(text, at);
    if (first.value < 0xa9) {
        bool digit =
            (first.value >= '0' && first.value <= '9') || first.value == '#' || first.value == '*';
        return digit ? keycap(text, at) : EmojiSpan{};
    }
    if (is_flag_letter(first.value)) {
        bool pair = is_flag_letter(peek(text, at + 2).value);
        return pair ? EmojiSpan{4, false} : EmojiSpan{};
    }
    auto span = single_emoji(text, at);
    for (int n = 0; span.units > 0 && n < kJoinedMax; ++n) {
        qsizetype joiner = at + span.units;
        if (peek(text, joiner).value != kJoiner) break;
        auto joined = single_emoji(text, joiner + 1);
        // The second half of "man + zwj + male sign" is often written without U+FE0F.
        bool sign = joined.units == 0 && is_in(kTextEmoji, peek(text, joiner + 1).value);
        if (joined.units == 0 && !sign) break;
        span.units += 1 + (sign ? peek(text, joiner + 1).units : joined.units);
    }
    return span;
}

}  // namespace guildhall::client::text
