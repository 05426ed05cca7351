#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/links.h"
#include "client-qml/core/text/writers.h"

#include <algorithm>

namespace guildhall::client::text {

namespace {

using namespace Qt::Literals::StringLiterals;
using Kind = Piece::Kind;

struct Tag {
    QStringView open, close;
};

Tag tag_of(Style style) {
    switch (style) {
        case Style::bold:
            return {u"<b>", u"</b>"};
        case Style::italic:
        case Style::emphasis:
            return {u"<i>", u"</i>"};
        case Style::underline:
            return {u"<u>", u"</u>"};
        case Style::strike:
            return {u"<s>", u"</s>"};
        case Style::spoiler:
            break;
    }
    return {};
}

class MarkupWriter {
  public:
    MarkupWriter(Markup markup, WriteState& state) : markup_(markup), state_(state) {}

    QString write(const std::vector<Piece>& pieces) {
        for (const auto& piece : pieces) {
            if (hidden_)
                cover(piece);
            else
                write(piece);
        }
        return std::move(out_);
    }

  private:
    bool is_rich() const { return markup_ == Markup::rich; }

    void write(const Piece& piece) {
        switch (piece.kind) {
            case Kind::text:
                return write_text(piece.text);
            case Kind::line_break:
                return escaper_.append_line_break(out_);
            case Kind::open:
                return open(piece.style);
            case Kind::close:
                out_ += tag_of(piece.style).close;
                return;
            case Kind::code:
                return write_code(piece.text);
            case Kind::emoji:
                return write_emoji(piece.text);
            case Kind::custom_emoji:
                return write_custom_emoji(piece);
            case Kind::link_open:
                return open_link(piece);
            case Kind::link_close:
                return close_link();
            default:
                return write_mention(piece);
        }
    }

    void write_text(QStringView text) {
        if (in_link_) label_ += text;
        escaper_.append(out_, text);
    }

    void open(Style style) {
        if (style == Style::spoiler) {
            spoiler_ = state_.spoilers++;
            hidden_ = !state_.options.revealed.contains(spoiler_);
            covered_ = 0;
        }
        out_ += tag_of(style).open;
    }

    // Of a hidden spoiler only its length is told, in pieces that a line can end between.
    void cover(const Piece& piece) {
        if (piece.kind == Kind::close && piece.style == Style::spoiler) {
            hidden_ = false;
            open_anchor(u"spoiler:"_s + QString::number(spoiler_), state_.options.palette.spoiler);
            append_blocks();
            escaper_.append_object();
            return close_anchor();
        }
        QString colour;
        auto text = piece.text.isEmpty() ? written_as(piece, state_, &colour) : piece.text;
        if (piece.kind != Kind::open && piece.kind != Kind::link_open) covered_ += text.size();
    }

    void append_blocks() {
        constexpr int kShownMax = 400, kWord = 8;
        auto units = static_cast<int>(std::clamp<qsizetype>(covered_, 1, kShownMax));
        for (int n = 1; n <= units; ++n) {
            out_ += QChar(0x2588);
            if (n % kWord == 0 && n < units) out_ += QChar(0x200b);
        }
    }

    void write_code(QStringView code) {
        if (in_link_) label_ += code;
        if (!is_rich()) return escaper_.append(out_, code);
        auto background = safe_colour(state_.options.palette.code_background);
        out_ += u"<code";
        if (!background.isEmpty()) out_ += u" style=\"background-color:"_s + background + u'"';
        out_ += u'>';
        escaper_.append(out_, code);
        out_ += u"</code>";
    }

    void write_emoji(QStringView emoji) {
        if (!is_rich()) return escaper_.append(out_, emoji);
        out_ += u"<span style=\"font-family:'Noto Color Emoji'\">";
        escaper_.append(out_, emoji);
        out_ += u"</span>";
    }

    void write_custom_emoji(const Piece& piece) {
        const auto& prefix = state_.options.emoji_prefix;
        if (prefix.isEmpty()) return write_text(u':' + piece.text + u':');
        auto size = QString::number(state_.options.emoji_px);
        auto source = prefix + QString::number(piece.id);
        if (piece.flag) source += u"?animated";
        out_ += u"<img src=\""_s + escaped_attribute(source, markup_) + u"\" width=\""_s + size +
                u"\" height=\""_s + size + u"\" align=\"middle\">"_s;
        escaper_.append_object();
    }

    // A mention inside a link is text of that link: anchors do not nest.
    void write_mention(const Piece& piece) {
        QString colour;
        auto text = written_as(piece, state_, &colour);
        auto href = mention_href(piece);
        if (colour.isEmpty()) colour = safe_colour(state_.options.palette.mention);
        if (in_link_) return escaper_.append(out_, text);
        if (href.isEmpty()) return write_coloured(text, colour);
        open_anchor(href, colour);
        escaper_.append(out_, text);
        close_anchor();
    }

    void write_coloured(QStringView text, const QString& colour) {
        if (!colour.isEmpty()) out_ += u"<font color=\""_s + colour + u"\">"_s;
        escaper_.append(out_, text);
        if (!colour.isEmpty()) out_ += u"</font>";
    }

    static QString mention_href(const Piece& piece) {
        switch (piece.kind) {
            case Kind::user:
                return u"user:"_s + QString::number(piece.id);
            case Kind::role:
                return u"role:"_s + QString::number(piece.id);
            case Kind::channel:
                return u"channel:"_s + QString::number(piece.id);
            case Kind::command:
                return u"command:"_s + QString::number(piece.id);
            case Kind::time:
                return u"time:"_s + QString::number(piece.seconds);
            default:
                return {};
        }
    }

    void open_link(const Piece& piece) {
        in_link_ = true;
        masked_ = piece.flag;
        host_ = piece.host;
        label_.clear();
        auto href = piece.flag ? u"link:"_s + piece.text : piece.text;
        open_anchor(escaped_attribute(href, markup_), state_.options.palette.link);
    }

    // A label that reads like an address is followed by the one it leads to.
    void close_link() {
        close_anchor();
        in_link_ = false;
        if (masked_ && looks_like_address(label_)) {
            escaper_.append(out_, u" ("_s + isolated(host_) + u')');
        }
    }

    void open_anchor(const QString& href, const QString& colour) {
        auto safe = safe_colour(colour);
        out_ += u"<a href=\""_s + href + u'"';
        if (is_rich()) {
            out_ += u" style=\"text-decoration:none";
            if (!safe.isEmpty()) out_ += u";color:"_s + safe;
            out_ += u'"';
        }
        out_ += u'>';
        coloured_ = !is_rich() && !safe.isEmpty();
        if (coloured_) out_ += u"<font color=\""_s + safe + u"\">"_s;
    }

    void close_anchor() {
        if (coloured_) out_ += u"</font>";
        out_ += u"</a>";
    }

    Markup markup_;
    WriteState& state_;
    QString out_;
    Escaper escaper_;
    bool in_link_ = false, masked_ = false, coloured_ = false;
    QString host_, label_;
    bool hidden_ = false;
    int spoiler_ = 0;
    qsizetype covered_ = 0;
};

}  // namespace

QString write_markup(const std::vector<Piece>& pieces, Markup markup, WriteState& state) {
    return MarkupWriter(markup, state).write(pieces);
}

}  // namespace guildhall::client::text
