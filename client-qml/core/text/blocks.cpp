#include "client-qml/core/text/blocks.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace guildhall::client::text {

namespace {

using Kind = RawBlock::Kind;

constexpr QStringView kFence = u"```";
constexpr int kDepthMax = 3, kDigitsMax = 9;
constexpr qsizetype kLanguageMax = 24;

// What a line is by its first characters; `skip` of them make it that.
struct LineStart {
    Kind kind = Kind::paragraph;
    qsizetype skip = 0;
    int level = 0;   // heading
    int indent = 0;  // item
    int number = 0;  // item
};

qsizetype spaces_at(QStringView line, qsizetype at) {
    auto from = at;
    while (at < line.size() && line[at] == u' ') ++at;
    return at - from;
}

// "- ", "* " or "12. " behind `indent` spaces, and something behind that.
std::optional<LineStart> item_start(QStringView line, qsizetype indent) {
    auto at = indent;
    int number = 0, digits = 0;
    while (at < line.size() && line[at] >= u'0' && line[at] <= u'9' && digits < kDigitsMax) {
        number = number * 10 + (line[at++].unicode() - u'0');
        ++digits;
    }
    bool marked =
        at < line.size() && (digits > 0 ? line[at] == u'.' : line[at] == u'-' || line[at] == u'*');
    if (!marked) return std::nullopt;
    auto gap = spaces_at(line, ++at);
    if (gap == 0 || at + gap >= line.size()) return std::nullopt;
    return LineStart{.kind = Kind::item,
                     .skip = at + gap,
                     .indent = static_cast<int>(indent),
                     .number = digits > 0 ? std::max(number, 1) : 0};
}

LineStart line_start(QStringView line) {
    auto indent = spaces_at(line, 0);
    if (auto item = item_start(line, indent)) return *item;
    if (line.startsWith(u"-# ") && !line.mid(3).trimmed().isEmpty()) {
        return {.kind = Kind::subtext, .skip = 3};
    }
    qsizetype level = 0;
    while (level < line.size() && line[level] == u'#' && level < 4) ++level;
    bool heading = level >= 1 && level <= 3 && level < line.size() && line[level] == u' ' &&
                   !line.mid(level).trimmed().isEmpty();
    if (!heading) return {};
    return {.kind = Kind::heading,
            .skip = level + spaces_at(line, level),
            .level = static_cast<int>(level)};
}

bool is_escaped(QStringView text, qsizetype at) {
    qsizetype backslashes = 0;
    while (backslashes < at && text[at - backslashes - 1] == u'\\') ++backslashes;
    return backslashes % 2 == 1;
}

bool is_language(QStringView word) {
    return !word.isEmpty() && word.size() <= kLanguageMax &&
           std::all_of(word.begin(), word.end(), [](QChar c) {
               return (c.isLetterOrNumber() && c < QChar(0x80)) ||
                      QStringView(u"_+-.#").contains(c);
           });
}

class BlockParser {
  public:
    BlockParser(QStringView text, bool quoted, Blocks& out)
        : text_(text), quoted_(quoted), out_(out) {}

    void run() {
        bool line_begins = true;
        while (at_ < text_.size()) {
            if (line_begins && !quoted_ && take_quote()) continue;
            line_begins = take_line(line_begins);
        }
        end_paragraph();
    }

  private:
    // A line with many code blocks is not searched anew behind each.
    qsizetype line_end(qsizetype from) {
        if (from <= line_end_) return line_end_;
        line_end_ = text_.indexOf(u'\n', from);
        if (line_end_ < 0) line_end_ = text_.size();
        out_.steps += static_cast<std::size_t>(line_end_ - from + 1);
        return line_end_;
    }

    bool is_full() const { return out_.blocks.size() >= kBlocksMax; }

    // ">>> " takes all that follows, "> " its lines; both are parsed as a text of their own.
    bool take_quote() {
        if (is_full()) return false;
        auto rest = text_.mid(at_);
        if (rest.startsWith(u">>> ")) {
            end_paragraph();
            BlockParser(rest.mid(4), true, out_).run();
            at_ = text_.size();
            return true;
        }
        QString inner;
        bool found = false;
        while (at_ < text_.size() && text_.mid(at_).startsWith(u"> ")) {
            auto end = line_end(at_);
            if (found) inner += u'\n';
            inner += text_.mid(at_ + 2, end - at_ - 2);
            at_ = end + 1;
            found = true;
        }
        if (!found) return false;
        end_paragraph();
        auto before = out_.blocks.size();
        BlockParser(inner, true, out_).run();
        // "> " alone is an empty line of a quote.
        if (out_.blocks.size() == before) out_.blocks.push_back({.quoted = true});
        return true;
    }

    // One line, or as much of it as stands before a code block, and that block. Returns whether a
    // line begins at at_.
    bool take_line(bool line_begins) {
        auto end = line_end(at_);
        auto line = text_.mid(at_, end - at_);
        if (auto fence = find_fence(line)) {
            auto before = line.left(fence->first);
            if (!before.isEmpty()) add_line(before, line_begins);
            return take_code(at_ + fence->first, fence->second);
        }
        add_line(line, line_begins);
        at_ = end + 1;
        return true;
    }

    // Where in this line a code block opens, and where in the text it closes.
    std::optional<std::pair<qsizetype, qsizetype>> find_fence(QStringView line) {
        if (no_fence_ || is_full()) return std::nullopt;
        auto open = line.indexOf(kFence);
        while (open >= 0 && is_escaped(text_, at_ + open)) open = line.indexOf(kFence, open + 3);
        if (open < 0) return std::nullopt;
        auto from = at_ + open + kFence.size();
        auto close = text_.indexOf(kFence, from);
        // Four backticks in a row: the block ends at the last three.
        while (close >= 0 && close + 3 < text_.size() && text_[close + 3] == u'`') ++close;
        bool empty = close >= 0 && text_.mid(from, close - from).trimmed().isEmpty();
        out_.steps += static_cast<std::size_t>((close < 0 ? text_.size() : close) - from);
        no_fence_ = close < 0;
        if (close < 0 || empty) return std::nullopt;
        return std::pair(open, close);
    }

    bool take_code(qsizetype open, qsizetype close) {
        auto inside = text_.mid(open + kFence.size(), close - open - kFence.size());
        RawBlock block{.kind = Kind::code, .quoted = quoted_};
        auto first_end = inside.indexOf(u'\n');
        if (first_end >= 0 && is_language(inside.left(first_end))) {
            block.language = inside.left(first_end).toString().toLower();
            inside = inside.mid(first_end);
        }
        while (inside.startsWith(u'\n')) inside = inside.mid(1);
        while (inside.endsWith(u'\n')) inside.chop(1);
        block.text = inside.toString();
        at_ = close + kFence.size();
        take_spoiler(block);
        while (paragraph_ && paragraph_->text.endsWith(u' ')) paragraph_->text.chop(1);
        end_paragraph();
        out_.blocks.push_back(std::move(block));
        bool ends_line = at_ < text_.size() && text_[at_] == u'\n';
        if (ends_line) ++at_;
        return ends_line;
    }

    // ||```code```||
    void take_spoiler(RawBlock& code) {
        bool between =
            paragraph_ && paragraph_->text.endsWith(u"||") && text_.mid(at_).startsWith(u"||");
        if (!between) return;
        code.spoiler = true;
        at_ += 2;
        paragraph_->text.chop(2);
        if (paragraph_->text.endsWith(u'\n')) paragraph_->text.chop(1);
        if (paragraph_->text.isEmpty()) paragraph_.reset();
    }

    void add_line(QStringView line, bool line_begins) {
        auto start = line_begins && !is_full() ? line_start(line) : LineStart{};
        if (start.kind == Kind::item) return add_item(line, start);
        if (start.kind == Kind::paragraph) return add_text(line, line_begins);
        end_paragraph();
        out_.blocks.push_back({.kind = start.kind,
                               .level = start.level,
                               .quoted = quoted_,
                               .text = line.mid(start.skip).trimmed().toString()});
    }

    // A line of a paragraph; indented behind an item it goes on with that item.
    void add_text(QStringView line, bool line_begins) {
        auto indent = spaces_at(line, 0);
        bool goes_on = paragraph_ && paragraph_->kind == Kind::item && indent >= 2;
        if (goes_on)
            line = line.mid(indent);
        else if (paragraph_ && paragraph_->kind == Kind::item)
            end_paragraph();
        if (!paragraph_) {
            if (!line_begins) line = line.mid(indent);  // What stands behind a code block.
            if (line.isEmpty()) return;                 // Blocks stand apart anyway.
            paragraph_ = RawBlock{.quoted = quoted_, .text = line.toString()};
            return;
        }
        if (line_begins) paragraph_->text += u'\n';
        paragraph_->text += line;
    }

    void add_item(QStringView line, const LineStart& start) {
        bool in_list = paragraph_ && paragraph_->kind == Kind::item;
        int deepest = in_list ? std::min(paragraph_->level + 1, kDepthMax) : 0;
        int level = std::clamp(start.indent / 2, 0, deepest);
        end_paragraph();
        if (!in_list) numbers_.fill(0);
        auto& number = numbers_[static_cast<std::size_t>(level)];
        // An ordered list counts on from its first number, whatever the others say.
        number = start.number == 0 ? 0 : number == 0 ? start.number : number + 1;
        std::fill(numbers_.begin() + level + 1, numbers_.end(), 0);
        paragraph_ = RawBlock{.kind = Kind::item,
                              .level = level,
                              .quoted = quoted_,
                              .number = number,
                              .text = line.mid(start.skip).toString()};
    }

    void end_paragraph() {
        if (!paragraph_) return;
        auto& text = paragraph_->text;
        bool blank = QStringView(text).trimmed().isEmpty();
        while (paragraph_->kind == Kind::paragraph && text.endsWith(u'\n')) text.chop(1);
        if (!blank || quoted_) out_.blocks.push_back(std::move(*paragraph_));
        paragraph_.reset();
    }

    QStringView text_;
    bool quoted_;
    Blocks& out_;
    qsizetype at_ = 0;
    qsizetype line_end_ = -1;
    bool no_fence_ = false;
    std::optional<RawBlock> paragraph_;  // What the next line may still belong to.
    std::array<int, kDepthMax + 1> numbers_{};
};

}  // namespace

Blocks parse_blocks(const QString& text) {
    Blocks out;
    BlockParser(text, false, out).run();
    return out;
}

}  // namespace guildhall::client::text
