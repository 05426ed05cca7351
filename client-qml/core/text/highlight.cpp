#include "client-qml/core/text/highlight.h"

#include "client-qml/core/text/escape.h"
#include "client-qml/core/text/languages.h"

#include <QSet>

#include <algorithm>
#include <utility>

namespace guildhall::client::text {

namespace {

QSet<QStringView> words_of(const char16_t* list) {
    auto words = QStringView(list).split(u' ', Qt::SkipEmptyParts);
    return {words.begin(), words.end()};
}

class Tokenizer {
  public:
    Tokenizer(QStringView code, const Language& language)
        : code_(code),
          language_(language),
          keywords_(words_of(language.keywords)),
          types_(words_of(language.types)) {}

    std::vector<TokenSpan> run() {
        while (at_ < code_.size()) {
            switch (language_.kind) {
                case Language::Kind::code:
                    step();
                    break;
                case Language::Kind::markup:
                    step_markup();
                    break;
                case Language::Kind::diff:
                    step_diff();
                    break;
            }
        }
        return std::move(spans_);
    }

  private:
    QChar peek(qsizetype offset = 0) const {
        return at_ + offset < code_.size() ? code_[at_ + offset] : QChar();
    }
    bool looking_at(QStringView what) const {
        return !what.isEmpty() && code_.mid(at_, what.size()) == what;
    }
    bool is_word(QChar c) const {
        return c.isLetterOrNumber() || QStringView(language_.word_characters).contains(c);
    }

    void take(Token token, qsizetype units) {
        auto end = std::min(at_ + std::max(units, qsizetype{1}), code_.size());
        if (!spans_.empty() && spans_.back().token == token)
            spans_.back().end = end;
        else
            spans_.push_back({token, at_, end});
        at_ = end;
    }

    qsizetype to_line_end() const {
        auto end = code_.indexOf(u'\n', at_);
        return (end < 0 ? code_.size() : end) - at_;
    }

    // Up to and with `close`; to the end of the code without one.
    qsizetype to_behind(QStringView close, qsizetype skip) const {
        auto end = code_.indexOf(close, at_ + skip);
        return (end < 0 ? code_.size() : end + close.size()) - at_;
    }

    void step() {
        QChar c = peek();
        if (c == u'\n') line_is_blank_ = true;
        if (c.isSpace()) return take(Token::plain, 1);
        bool first = std::exchange(line_is_blank_, false);
        if (first && QStringView(language_.meta_line).contains(c)) {
            return take(Token::meta, to_line_end());
        }
        if (take_comment() || take_string()) return;
        if (QStringView(language_.meta).contains(c) && is_word(peek(1))) {
            return take(Token::meta, 1 + word_units(1));
        }
        if (c.isDigit()) return take(Token::number, number_units());
        if (is_word(c)) return take_word();
        take(Token::plain, 1);
    }

    bool take_comment() {
        if (looking_at(language_.block_open)) {
            auto open = QStringView(language_.block_open).size();
            take(Token::comment, to_behind(language_.block_close, open));
            return true;
        }
        if (!looking_at(language_.line_comment)) return false;
        // In a shell, # opens a comment only where a word could begin.
        bool inside = peek() == u'#' && at_ > 0 && !code_[at_ - 1].isSpace();
        if (inside) return false;
        take(Token::comment, to_line_end());
        return true;
    }

    bool take_string() {
        QChar quote = peek();
        auto long_quotes = QStringView(language_.long_quotes);
        if (quote == u'"' && long_quotes.contains(u"ddd") && looking_at(u"\"\"\"")) {
            take(Token::string, to_behind(u"\"\"\"", 3));
            return true;
        }
        if (quote == u'\'' && long_quotes.contains(u"sss") && looking_at(u"'''")) {
            take(Token::string, to_behind(u"'''", 3));
            return true;
        }
        bool is_quote = quote == u'"' || quote == u'\'' || quote == u'`';
        bool is_long = is_quote && long_quotes.contains(quote);
        if (!is_quote || (!is_long && !QStringView(language_.quotes).contains(quote))) return false;
        auto units = string_units(quote, is_long);
        take(language_.keys && is_before_colon(units) ? Token::key : Token::string, units);
        return true;
    }

    qsizetype string_units(QChar quote, bool is_long) const {
        qsizetype units = 1;
        while (at_ + units < code_.size()) {
            QChar c = peek(units++);
            if (c == quote) return units;
            if (c == u'\n' && !is_long) return units - 1;
            if (c == u'\\' && peek(units) != u'\n') ++units;
        }
        return units;
    }

    bool is_before_colon(qsizetype units) const {
        for (int n = 0; n < 8 && peek(units) == u' '; ++n) ++units;
        return peek(units) == u':';
    }

    qsizetype word_units(qsizetype from) const {
        qsizetype units = from;
        while (is_word(peek(units))) ++units;
        return units - from;
    }

    qsizetype number_units() const {
        qsizetype units = 1;
        while (peek(units).isLetterOrNumber() || peek(units) == u'.' || peek(units) == u'_')
            ++units;
        return units;
    }

    void take_word() {
        auto units = word_units(0);
        auto word = code_.mid(at_, units);
        auto lower = language_.any_case ? word.toString().toLower() : QString();
        auto wanted = language_.any_case ? QStringView(lower) : word;
        if (keywords_.contains(wanted)) return take(Token::keyword, units);
        if (language_.keys && is_before_colon(units)) return take(Token::key, units);
        if (types_.contains(wanted)) return take(Token::type, units);
        if (peek(units) == u'(') return take(Token::function, units);
        bool type = language_.types_by_case && word.front().isUpper();
        take(type ? Token::type : Token::plain, units);
    }

    void step_diff() {
        auto line = code_.mid(at_, to_line_end());
        bool header = line.startsWith(u"+++") || line.startsWith(u"---") ||
                      line.startsWith(u"@@") || line.startsWith(u"diff ") ||
                      line.startsWith(u"index ");
        auto token = header                  ? Token::meta
                     : line.startsWith(u'+') ? Token::added
                     : line.startsWith(u'-') ? Token::removed
                                             : Token::plain;
        take(token, line.size() + 1);
    }

    void step_markup() {
        if (looking_at(u"<!--")) return take(Token::comment, to_behind(u"-->", 4));
        if (peek() == u'<') {
            bool closes = peek(1) == u'/' || peek(1) == u'!' || peek(1) == u'?';
            in_tag_ = true;
            return take(Token::keyword, (closes ? 2 : 1) + word_units(closes ? 2 : 1));
        }
        if (peek() == u'>') {
            in_tag_ = false;
            return take(Token::keyword, 1);
        }
        if (peek() == u'&' && !in_tag_) return take(Token::number, 1 + word_units(1));
        if (!in_tag_) return take(Token::plain, 1);
        if (peek() == u'"' || peek() == u'\'') {
            return take(Token::string, to_behind(code_.mid(at_, 1), 1));
        }
        if (is_word(peek())) return take(Token::key, word_units(0));
        take(peek() == u'/' ? Token::keyword : Token::plain, 1);
    }

    QStringView code_;
    const Language& language_;
    QSet<QStringView> keywords_, types_;
    qsizetype at_ = 0;
    bool line_is_blank_ = true;
    bool in_tag_ = false;
    std::vector<TokenSpan> spans_;
};

QString colour_of(Token token, const CodePalette& palette) {
    switch (token) {
        case Token::plain:
            return {};
        case Token::keyword:
            return palette.keyword;
        case Token::type:
            return palette.type;
        case Token::function:
            return palette.function;
        case Token::string:
            return palette.string;
        case Token::number:
            return palette.number;
        case Token::comment:
            return palette.comment;
        case Token::key:
            return palette.key;
        case Token::added:
            return palette.added;
        case Token::removed:
            return palette.removed;
        case Token::meta:
            return palette.meta;
    }
    return {};
}

}  // namespace

bool is_known_language(const QString& language) { return find_language(language) != nullptr; }

std::vector<TokenSpan> tokens_of(QStringView code, const QString& language) {
    const auto* found = find_language(language);
    if (!found) return {{Token::plain, 0, code.size()}};
    auto spans = Tokenizer(code.left(kHighlightUnitsMax), *found).run();
    if (code.size() > kHighlightUnitsMax) {
        spans.push_back({Token::plain, kHighlightUnitsMax, code.size()});
    }
    return spans;
}

QString highlighted(const QString& code, const QString& language, const CodePalette& palette) {
    QString out;
    Escaper escaper;
    for (const auto& span : tokens_of(code, language)) {
        auto colour = safe_colour(colour_of(span.token, palette));
        if (!colour.isEmpty()) out += QStringLiteral("<font color=\"%1\">").arg(colour);
        escaper.append(out, QStringView(code).mid(span.begin, span.end - span.begin));
        if (!colour.isEmpty()) out += QStringLiteral("</font>");
    }
    return out;
}

}  // namespace guildhall::client::text
