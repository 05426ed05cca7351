#include "client-qml/core/text/inline.h"

#include "client-qml/core/text/characters.h"
#include "client-qml/core/text/inline_angle.h"
#include "client-qml/core/text/links.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

namespace guildhall::client::text {

namespace {

constexpr QStringView kShrug = u"¯\\_(ツ)_/¯";
constexpr int kBackticksMax = 8;

struct Delimiter {
    Style style;
    QStringView written;
};

class InlineParser {
  public:
    InlineParser(QStringView text, bool in_label) : text_(text), in_label_(in_label) {}

    Inline run() {
        if (!in_label_ && text_.contains(u"](")) match_brackets();
        while (at_ < text_.size()) step();
        flush();
        while (open_count_ > 0) unopen();
        return std::move(out_);
    }

  private:
    struct Open {
        Style style;
        qsizetype run_at;  // Where its run of characters begins.
        std::size_t piece;
    };

    QChar peek(qsizetype offset = 0) const {
        auto at = at_ + offset;
        return at >= 0 && at < text_.size() ? text_[at] : QChar();
    }

    void step() {
        ++out_.steps;
        switch (peek().unicode()) {
            case u'\\':
                return take_escape();
            case u'\n':
                return add({.kind = Piece::Kind::line_break}, 1);
            case u'`':
                return take_code();
            case u'*':
                return take_stars();
            case u'_':
                return take_scores();
            case u'~':
            case u'|':
                return take_pair(peek() == u'~' ? Style::strike : Style::spoiler);
            case u'<':
                return take_angle();
            case u'[':
                return take_link();
            case u'@':
                return take_everyone();
            case u'h':
            case u'H':
                return take_bare_url();
            case 0xaf:
                return take_shrug();
            default:
                return take_plain();
        }
    }

    void take_text(qsizetype units) {
        plain_ += text_.mid(at_, units);
        at_ += units;
    }

    void flush() {
        if (plain_.isEmpty()) return;
        out_.pieces.push_back({.kind = Piece::Kind::text, .text = plain_});
        plain_.clear();
    }

    void add(Piece piece, qsizetype units) {
        flush();
        out_.pieces.push_back(std::move(piece));
        at_ += units;
    }

    void take_plain() {
        auto emoji = emoji_at(text_, at_);
        if (emoji.units == 0) return take_text(code_point_at(text_, at_).units);
        out_.steps += static_cast<std::size_t>(emoji.units);
        add({.kind = Piece::Kind::emoji,
             .flag = emoji.needs_font,
             .text = text_.mid(at_, emoji.units).toString()},
            emoji.units);
    }

    void take_escape() {
        QChar next = peek(1);
        bool escapes = !next.isNull() && !next.isSpace() && !next.isLetterOrNumber();
        if (!escapes) return take_text(1);
        ++at_;
        take_text(code_point_at(text_, at_).units);
    }

    void take_shrug() {
        take_text(text_.mid(at_).startsWith(kShrug) ? kShrug.size() : qsizetype{1});
    }

    // `code`: closed by as many backticks as opened it. A length that was once looked for in vain
    // is not looked for again.
    void take_code() {
        qsizetype ticks = 0;
        while (peek(ticks) == u'`') ++ticks;
        out_.steps += static_cast<std::size_t>(ticks);
        if (ticks > kBackticksMax || no_ticks_[static_cast<std::size_t>(ticks)]) {
            return take_text(ticks);
        }
        auto end = closing_ticks(at_ + ticks, ticks);
        if (!end) {
            no_ticks_[static_cast<std::size_t>(ticks)] = true;
            return take_text(ticks);
        }
        auto code = text_.mid(at_ + ticks, *end - at_ - ticks);
        if (code.trimmed().isEmpty() && code.contains(u'\n')) return take_text(ticks);
        // `` `a` ``: one space on each side only keeps the ticks apart.
        bool padded = code.size() > 2 && code.front() == u' ' && code.back() == u' ' &&
                      (code[1] == u'`' || code[code.size() - 2] == u'`');
        if (padded) code = code.mid(1, code.size() - 2);
        add({.kind = Piece::Kind::code, .text = code.toString()}, *end + ticks - at_);
    }

    std::optional<qsizetype> closing_ticks(qsizetype from, qsizetype ticks) {
        for (auto at = from; at < text_.size();) {
            ++out_.steps;
            if (text_[at] != u'`') {
                ++at;
                continue;
            }
            auto end = at;
            while (end < text_.size() && text_[end] == u'`') ++end;
            if (end - at == ticks) return at;
            at = end;
        }
        return std::nullopt;
    }

    // How many of the same character stand here.
    qsizetype run_of(QChar c) {
        qsizetype run = 0;
        while (peek(run) == c) ++run;
        out_.steps += static_cast<std::size_t>(run);
        return run;
    }

    void take_stars() {
        auto run = run_of(u'*');
        if (run == 4 && find(Style::bold)) run = 2;  // Closes one and opens the next.
        if (run > 3) return take_text(run);
        bool may_open = run >= 2 || !(peek(run).isNull() || peek(run).isSpace());
        bool may_close = run >= 2 || !peek(-1).isSpace();
        take_run(run, {Style::italic, u"*"}, {Style::bold, u"**"}, may_open, may_close);
    }

    void take_scores() {
        auto run = run_of(u'_');
        if (run == 4 && find(Style::underline)) run = 2;  // Closes one and opens the next.
        if (run > 3) return take_text(run);
        bool may_open = run >= 2 || !peek(-1).isLetterOrNumber();
        bool may_close = run >= 2 || !peek(run).isLetterOrNumber();
        take_run(run, {Style::emphasis, u"_"}, {Style::underline, u"__"}, may_open, may_close);
    }

    // One, two or three of a character that means `one` alone and `two` doubled. Three close what
    // is open of both, the inner first, and open the rest.
    void take_run(qsizetype run, Delimiter one, Delimiter two, bool may_open, bool may_close) {
        auto run_at = at_;
        bool closed_one = false, closed_two = false;
        if (run == 3) {
            auto first = find(one.style), second = find(two.style);
            bool one_is_inner = first && (!second || *first > *second);
            if (one_is_inner) closed_one = close(one);
            closed_two = close(two);
            if (!one_is_inner) closed_one = close(one);
        } else if (may_close) {
            (run == 1 ? closed_one : closed_two) = close(run == 1 ? one : two);
        }
        if (run != 1 && !closed_two) open_or_text(two, run_at, true);
        if (run != 2 && !closed_one) open_or_text(one, run_at, run == 3 || may_open);
    }

    void take_pair(Style style) {
        if (peek(1) != peek()) return take_text(1);
        Delimiter pair{style, text_.mid(at_, 2)};
        if (!close(pair)) open_or_text(pair, at_, true);
    }

    std::optional<std::size_t> find(Style style) const {
        for (std::size_t n = open_count_; n-- > 0;) {
            if (open_[n].style == style) return n;
        }
        return std::nullopt;
    }

    void open_or_text(Delimiter what, qsizetype run_at, bool may_open) {
        if (!may_open || find(what.style)) return take_text(what.written.size());
        open_[open_count_++] = {
            what.style, run_at, out_.pieces.size() + (plain_.isEmpty() ? 0 : 1)};
        // The text is kept for the case that nothing closes it.
        add({.kind = Piece::Kind::open, .style = what.style, .text = what.written.toString()},
            what.written.size());
    }

    // Closes the style if it is open and holds something.
    bool close(Delimiter what) {
        auto opened = find(what.style);
        if (!opened) return false;
        flush();
        // ***a** b*: the two opened by one run may close in either order.
        if (*opened + 2 == open_count_ && open_[*opened].run_at == open_[*opened + 1].run_at) {
            auto& outer = open_[*opened];
            auto& inner = open_[*opened + 1];
            std::swap(out_.pieces[outer.piece].style, out_.pieces[inner.piece].style);
            out_.pieces[outer.piece].text.swap(out_.pieces[inner.piece].text);
            std::swap(outer.style, inner.style);
            opened = *opened + 1;
        }
        if (open_[*opened].piece + 1 == out_.pieces.size()) return false;
        while (open_count_ > *opened + 1) unopen();
        --open_count_;
        add({.kind = Piece::Kind::close, .style = what.style}, what.written.size());
        return true;
    }

    // What was opened last is text after all.
    void unopen() { out_.pieces[open_[--open_count_].piece].kind = Piece::Kind::text; }

    void take_angle() {
        auto angle = parse_angle(text_.mid(at_, kUrlUnitsMax + 2));
        out_.steps += angle.steps;
        if (angle.units == 0) return take_text(1);
        if (angle.piece.kind != Piece::Kind::link_open) {
            return add(std::move(angle.piece), angle.units);
        }
        if (in_label_) return take_text(angle.units);
        add_link(angle.piece.text, angle.piece.host, text_.mid(at_ + 1, angle.units - 2));
        at_ += angle.units;
    }

    void take_everyone() {
        auto rest = text_.mid(at_, 9);
        if (rest == u"@everyone") return add({.kind = Piece::Kind::everyone}, 9);
        if (rest.startsWith(u"@here")) return add({.kind = Piece::Kind::here}, 5);
        take_text(1);
    }

    void take_bare_url() {
        if (in_label_ || peek(-1).isLetterOrNumber() || !starts_url(text_, at_)) {
            return take_text(1);
        }
        auto units = bare_url_units(text_, at_);
        auto written = text_.mid(at_, units);
        out_.steps += static_cast<std::size_t>(2 * units);
        auto url = safe_url(written);
        // None of it is read twice, or a row of bad addresses would cost the square of its length.
        if (url.is_empty()) return take_text(std::max(units, qsizetype{1}));
        add_link(url.encoded, url.host, written);
        at_ += units;
    }

    // A link that shows its address as it was written, unless its host reads otherwise than it is.
    void add_link(const QString& encoded, const QString& host, QStringView written) {
        bool honest = written.contains(host, Qt::CaseInsensitive) && !written.contains(u'@');
        add({.kind = Piece::Kind::link_open, .text = encoded, .host = host}, 0);
        plain_ = honest ? written.toString() : encoded;
        add({.kind = Piece::Kind::link_close}, 0);
    }

    // Which ] closes which [: partner_[i] is -1 where none does.
    void match_brackets() {
        partner_.assign(static_cast<std::size_t>(text_.size()), -1);
        std::vector<qsizetype> opened;
        for (qsizetype at = 0; at < text_.size(); ++at) {
            if (text_[at] == u'\\')
                ++at;
            else if (text_[at] == u'[')
                opened.push_back(at);
            else if (text_[at] == u']' && !opened.empty()) {
                partner_[static_cast<std::size_t>(opened.back())] = at;
                opened.pop_back();
            }
        }
        out_.steps += static_cast<std::size_t>(text_.size());
    }

    void take_link() {
        auto partner = partner_.empty() ? -1 : partner_[static_cast<std::size_t>(at_)];
        if (partner < 0 || partner + 1 >= text_.size() || text_[partner + 1] != u'(') {
            return take_text(1);
        }
        auto label = text_.mid(at_ + 1, partner - at_ - 1);
        auto target = parse_link_target(text_.mid(partner + 2, kUrlUnitsMax + 512));
        out_.steps += target.steps;
        auto url = safe_url(target.url);
        if (target.units == 0 || url.is_empty() || label.trimmed().isEmpty()) return take_text(1);
        auto inner = InlineParser(label, true).run();
        out_.steps += inner.steps;
        add({.kind = Piece::Kind::link_open, .flag = true, .text = url.encoded, .host = url.host},
            partner + 2 + target.units - at_);
        for (auto& piece : inner.pieces) out_.pieces.push_back(std::move(piece));
        out_.pieces.push_back({.kind = Piece::Kind::link_close});
    }

    QStringView text_;
    bool in_label_;
    qsizetype at_ = 0;
    QString plain_;
    std::array<Open, 6> open_{};
    std::size_t open_count_ = 0;
    std::array<bool, kBackticksMax + 1> no_ticks_{};
    std::vector<qsizetype> partner_;
    Inline out_;
};

}  // namespace

Inline parse_inline(QStringView text) { return InlineParser(text, false).run(); }

}  // namespace guildhall::client::text
