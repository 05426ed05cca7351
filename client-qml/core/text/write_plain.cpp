#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/relative_time.h"
#include "client-qml/core/text/writers.h"

#include <QCoreApplication>

#include <algorithm>

namespace guildhall::client::text {

namespace {

using Kind = Piece::Kind;

QString translated(const char* text) { return QCoreApplication::translate("Markdown", text); }

struct MentionRow {
    Kind kind;
    MentionKind asked;
    QChar sign;
    const char* unknown;
};

constexpr MentionRow kMentions[] = {
    {Kind::user, MentionKind::user, u'@', QT_TRANSLATE_NOOP("Markdown", "unknown user")},
    {Kind::role, MentionKind::role, u'@', QT_TRANSLATE_NOOP("Markdown", "unknown role")},
    {Kind::channel, MentionKind::channel, u'#', QT_TRANSLATE_NOOP("Markdown", "unknown channel")},
    {Kind::everyone, MentionKind::everyone, u'@', "everyone"},
    {Kind::here, MentionKind::here, u'@', "here"},
};

QString mention(const MentionRow& row, const Piece& piece, WriteState& state, QString* colour) {
    Mention found;
    if (const auto* resolver = state.options.resolver) {
        found = resolver->mention(row.asked, piece.id);
    }
    state.mentions_me = state.mentions_me || found.is_me;
    if (colour) *colour = safe_colour(found.colour);
    auto name = safe_name(found.text, translated(row.unknown));
    if (name.startsWith(row.sign)) return isolated(name);
    return isolated(row.sign + name);
}

// Hidden content becomes blocks of its length, so that nothing of it is left in the text.
void append_covered(QString& out, int units) { out += QString(std::min(units, 24), QChar(0x2588)); }

class PlainWriter {
  public:
    PlainWriter(bool single_line, WriteState& state) : single_line_(single_line), state_(state) {}

    QString write(const std::vector<Piece>& pieces) {
        for (const auto& piece : pieces) write(piece);
        return std::move(out_);
    }

  private:
    void write(const Piece& piece) {
        if (piece.style == Style::spoiler && piece.kind == Kind::open) {
            hidden_ = !state_.options.revealed.contains(state_.spoilers++);
            covered_from_ = out_.size();
        }
        if (piece.style == Style::spoiler && piece.kind == Kind::close && hidden_) {
            auto units = static_cast<int>(out_.size() - covered_from_);
            out_.truncate(covered_from_);
            append_covered(out_, units);
            hidden_ = false;
        }
        switch (piece.kind) {
            case Kind::text:
            case Kind::code:
            case Kind::emoji:
                out_ += piece.text;
                break;
            case Kind::line_break:
                out_ += single_line_ ? u' ' : u'\n';
                break;
            case Kind::custom_emoji:
                out_ += u':' + piece.text + u':';
                break;
            default:
                out_ += written_as(piece, state_);
        }
    }

    bool single_line_;
    WriteState& state_;
    QString out_;
    bool hidden_ = false;
    qsizetype covered_from_ = 0;
};

}  // namespace

QString written_as(const Piece& piece, WriteState& state, QString* colour) {
    for (const auto& row : kMentions) {
        if (row.kind == piece.kind) return mention(row, piece, state, colour);
    }
    if (piece.kind == Kind::command) return u'/' + piece.text;
    if (piece.kind == Kind::time) {
        auto form = moment_form(piece.style_letter);
        return moment(piece.seconds, form, state.options.now_ms, state.options.locale);
    }
    return {};
}

QString write_plain(const std::vector<Piece>& pieces, bool single_line, WriteState& state) {
    return PlainWriter(single_line, state).write(pieces);
}

}  // namespace guildhall::client::text
