#include "client-qml/core/text/escape.h"

#include <algorithm>

namespace guildhall::client::text {

void Escaper::append(QString& out, QStringView text) {
    for (QChar c : text) {
        switch (c.unicode()) {
            case u'&':
                out += u"&amp;";
                break;
            case u'<':
                out += u"&lt;";
                break;
            case u'>':
                out += u"&gt;";
                break;
            case u'"':
                out += u"&quot;";
                break;
            case u'\n':
                append_line_break(out);
                continue;
            case u'\t':
                out += u"&nbsp;&nbsp;&nbsp;&nbsp;";
                break;
            case u' ':
                out += after_space_ ? QStringView(u"&nbsp;") : QStringView(u" ");
                break;
            case 0:
                continue;  // StyledText ends at it.
            default:
                out += c;
        }
        after_space_ = c == u' ';
    }
}

void Escaper::append_line_break(QString& out) {
    out += u"<br>";
    after_space_ = true;
}

QString escaped(QStringView text) {
    QString out;
    out.reserve(text.size() + text.size() / 8);
    Escaper().append(out, text);
    return out;
}

QString escaped_attribute(QStringView value, Markup markup) {
    QString out;
    for (QChar c : value) {
        switch (c.unicode()) {
            case u'&':
                out += markup == Markup::rich ? QStringView(u"&amp;") : QStringView(u"&");
                break;
            case u'"':
                out += u"%22";
                break;
            case u'\'':
                out += u"%27";
                break;
            case u'<':
                out += u"%3C";
                break;
            case u'>':
                out += u"%3E";
                break;
            default:
                if (c > QChar(0x1f)) out += c;
        }
    }
    return out;
}

QString safe_colour(const QString& colour) {
    bool valid =
        colour.size() == 7 && colour.front() == u'#' &&
        std::all_of(colour.begin() + 1, colour.end(), [](QChar c) {
            return (c >= u'0' && c <= u'9') || (c >= u'a' && c <= u'f') || (c >= u'A' && c <= u'F');
        });
    return valid ? colour : QString();
}

}  // namespace guildhall::client::text
