#include "client-qml/core/text/file_name.h"

#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/characters.h"

#include <algorithm>
#include <iterator>

namespace guildhall::client::text {

using namespace Qt::StringLiterals;

namespace {

constexpr int kReadUnitsMax = 1'024;  // Of a name; nothing that is longer was meant as one.
constexpr qsizetype kSuffixUnitsMax = 16;

// Of Windows, where they are devices whatever follows the first dot.
constexpr QLatin1StringView kDevices[] = {"con"_L1, "prn"_L1, "aux"_L1, "nul"_L1, "clock$"_L1};

// What opens with a program that obeys it.
constexpr QLatin1StringView kPrograms[] = {
    "action"_L1,  "apk"_L1,    "app"_L1,  "appimage"_L1, "bash"_L1,   "bat"_L1,   "bin"_L1,
    "chm"_L1,     "cmd"_L1,    "com"_L1,  "command"_L1,  "cpl"_L1,    "csh"_L1,   "deb"_L1,
    "desktop"_L1, "dll"_L1,    "exe"_L1,  "fish"_L1,     "gadget"_L1, "hta"_L1,   "htm"_L1,
    "html"_L1,    "inf"_L1,    "jar"_L1,  "js"_L1,       "jse"_L1,    "ksh"_L1,   "lnk"_L1,
    "mht"_L1,     "mhtml"_L1,  "mjs"_L1,  "msc"_L1,      "msi"_L1,    "msix"_L1,  "out"_L1,
    "pif"_L1,     "pkg"_L1,    "pl"_L1,   "ps1"_L1,      "py"_L1,     "pyw"_L1,   "rb"_L1,
    "reg"_L1,     "rpm"_L1,    "run"_L1,  "scf"_L1,      "scpt"_L1,   "scr"_L1,   "sh"_L1,
    "shtml"_L1,   "svg"_L1,    "svgz"_L1, "terminal"_L1, "url"_L1,    "vb"_L1,    "vbe"_L1,
    "vbs"_L1,     "webloc"_L1, "wsf"_L1,  "wsh"_L1,      "xht"_L1,    "xhtml"_L1, "zsh"_L1,
};

bool is_device(const QString& name) {
    const QString stem = name.section(u'.', 0, 0).trimmed().toLower();
    if (std::ranges::any_of(kDevices, [&](auto device) { return stem == device; })) return true;
    const bool is_port =
        stem.size() == 4 && (stem.startsWith("com"_L1) || stem.startsWith("lpt"_L1));
    // Superscript digits count there too.
    return is_port && (stem[3].isDigit() || stem[3].digitValue() >= 0);
}

// The last of its parts, whichever system's separators they have.
QString last_part(const QString& name) {
    const qsizetype cut = std::max(name.lastIndexOf(u'/'), name.lastIndexOf(u'\\'));
    return cut < 0 ? name : name.mid(cut + 1);
}

// What no name may hold, on this system or one that the file is carried to.
QString without_marks(QString name) {
    for (QChar& c : name) {
        if (u"<>:\"|?*%$`"_s.contains(c) || c == QChar(0x2044) || c == QChar(0x2215)) c = u'_';
    }
    return name;
}

bool is_trimmed(QChar c) { return c == u'.' || c.isSpace(); }

QString trimmed(QString name) {
    while (!name.isEmpty() && is_trimmed(name.back())) name.chop(1);
    qsizetype at = 0;
    while (at < name.size() && is_trimmed(name[at])) ++at;
    return name.mid(at);
}

// ".png" of "a.png", ".tar.gz" of "a.tar.gz"; empty where there is none worth keeping.
QString suffix_of(const QString& name) {
    const qsizetype dot = name.lastIndexOf(u'.');
    if (dot <= 0 || name.size() - dot > kSuffixUnitsMax) return {};
    const bool is_packed_tar = name.left(dot).endsWith(".tar"_L1, Qt::CaseInsensitive) && dot > 4;
    return name.mid(is_packed_tar ? dot - 4 : dot);
}

// Cut between characters, so that its suffix still fits.
QString cut(const QString& name) {
    if (name.toUtf8().size() <= kFileNameBytesMax) return name;
    const QString suffix = suffix_of(name);
    const qsizetype room = kFileNameBytesMax - suffix.toUtf8().size();
    QString stem;
    qsizetype bytes = 0;
    for (qsizetype at = 0; at < name.size() - suffix.size();) {
        const qsizetype units = code_point_at(name, at).units;
        const QString one = name.mid(at, units);
        bytes += one.toUtf8().size();
        if (bytes > room) break;
        stem += one;
        at += units;
    }
    return trimmed(stem) + suffix;
}

}  // namespace

QString safe_file_name(const QString& name, const QString& fallback) {
    const QString last = last_part(name.left(kReadUnitsMax));
    // `safe_name` shows what is invisible by its code points: that is no name for a file.
    QString safe = without_marks(safe_name(last, {}, kReadUnitsMax));
    if (safe_name(u"x"_s + last, {}, kReadUnitsMax) == "x"_L1) safe.clear();
    safe = cut(trimmed(safe.normalized(QString::NormalizationForm_C)));
    if (safe.isEmpty()) return fallback;
    // "-rf" would be an option to a program that is given it.
    return safe.startsWith(u'-') || safe.startsWith(u'~') || is_device(safe) ? u'_' + safe : safe;
}

QString numbered_file_name(const QString& name, int number) {
    const QString suffix = suffix_of(name);
    return u"%1 (%2)%3"_s.arg(name.chopped(suffix.size())).arg(number).arg(suffix);
}

bool is_program_name(const QString& name) {
    const QString suffix = name.section(u'.', -1).toLower();
    return name.contains(u'.') && std::ranges::find(kPrograms, suffix) != std::end(kPrograms);
}

}  // namespace guildhall::client::text
