// A file's name that somebody else chose leads nowhere but into the folder, and is what it seems.

#include "client-qml/core/text/file_name.h"

#include <QDir>
#include <QTest>

using namespace guildhall::client::text;
using namespace Qt::StringLiterals;

class TestFileName final : public QObject {
    Q_OBJECT

  private slots:
    void a_name_is_made_safe_data();
    void a_name_is_made_safe();
    void a_long_name_is_cut_and_keeps_its_suffix();
    void a_name_that_is_taken_gets_a_number();
    void programs_are_known_by_their_suffix();
    void every_character_gives_one_plain_name();
};

void TestFileName::a_name_is_made_safe_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("safe");
    const auto row = [](const char* what, const QString& name, const QString& safe) {
        QTest::newRow(what) << name << safe;
    };
    row("plain", u"report.pdf"_s, u"report.pdf"_s);
    row("spaces and accents", u"Zoë's  plan.odt"_s, u"Zoë's plan.odt"_s);
    row("decomposed", u"e\u0301.txt"_s, u"é.txt"_s);
    row("path", u"../../etc/passwd"_s, u"passwd"_s);
    row("absolute", u"/home/me/.bashrc"_s, u"bashrc"_s);
    row("Windows path", u"..\\..\\evil.dll"_s, u"evil.dll"_s);
    row("drive", u"C:\\x\\a:b.txt"_s, u"a_b.txt"_s);
    row("ends in a separator", u"a/"_s, u"file"_s);
    row("dots", u".."_s, u"file"_s);
    row("hidden", u"...profile"_s, u"profile"_s);
    row("ends in dots", u"a.exe. . "_s, u"a.exe"_s);
    row("bidi override", u"photo\u202egpj.exe"_s, u"photogpj.exe"_s);
    row("isolates", u"\u2066a\u2069\u200f.png"_s, u"a.png"_s);
    row("zero width", u"a\u200b.p\u2060ng"_s, u"a.png"_s);
    row("controls", u"a\nb\r\tc\u0000d\u001b.txt"_s, u"a b cd.txt"_s);
    row("invisible", u"\u200b\u3164"_s, u"file"_s);
    row("empty", QString(), u"file"_s);
    row("half a character", u"a\xd800.txt"_s, u"a.txt"_s);
    row("device", u"NUL"_s, u"_NUL"_s);
    row("device with a suffix", u"con.tar.gz"_s, u"_con.tar.gz"_s);
    row("port", u"Com1.txt"_s, u"_Com1.txt"_s);
    row("port with a superscript", u"LPT²"_s, u"_LPT²"_s);
    row("nearly a device", u"console.txt"_s, u"console.txt"_s);
    row("option", u"-rf"_s, u"_-rf"_s);
    row("home", u"~me"_s, u"_~me"_s);
    row("wildcards", u"a?b*c<d>e|f\"g.txt"_s, u"a_b_c_d_e_f_g.txt"_s);
    row("shell", u"$(reboot)`x`%PATH%"_s, u"_(reboot)_x__PATH_"_s);
    row("slashes of other scripts", u"a\u2044b\u2215c"_s, u"a_b_c"_s);
    row("markup", u"<b>.png"_s, u"_b_.png"_s);
    row("emoji", u"👩\u200d🚀.png"_s, u"👩\u200d🚀.png"_s);
}

void TestFileName::a_name_is_made_safe() {
    QFETCH(QString, name);
    QFETCH(QString, safe);
    QCOMPARE(safe_file_name(name, u"file"_s), safe);
    // What is safe stays as it is.
    QCOMPARE(safe_file_name(safe, u"file"_s), safe);
}

void TestFileName::a_long_name_is_cut_and_keeps_its_suffix() {
    for (const QString& one : {u"a"_s, u"ä"_s, u"中"_s, u"🚀"_s}) {
        const QString safe = safe_file_name(one.repeated(2'000) + u".png"_s, u"file"_s);
        QVERIFY2(safe.toUtf8().size() <= kFileNameBytesMax, qPrintable(safe));
        QVERIFY(!safe.contains(QChar::ReplacementCharacter));
    }
    const QString safe = safe_file_name(u"中"_s.repeated(300) + u".tar.gz"_s, u"file"_s);
    QVERIFY2(safe.endsWith(u"中.tar.gz"_s), qPrintable(safe));
    QVERIFY(safe.toUtf8().size() > kFileNameBytesMax - 4);
    // A suffix that is none.
    const QString odd = safe_file_name(u"a."_s + u"b"_s.repeated(900), u"file"_s);
    QCOMPARE(odd.size(), kFileNameBytesMax);
}

void TestFileName::a_name_that_is_taken_gets_a_number() {
    QCOMPARE(numbered_file_name(u"a.png"_s, 2), u"a (2).png"_s);
    QCOMPARE(numbered_file_name(u"a.tar.gz"_s, 3), u"a (3).tar.gz"_s);
    QCOMPARE(numbered_file_name(u"readme"_s, 2), u"readme (2)"_s);
}

void TestFileName::programs_are_known_by_their_suffix() {
    for (const char* name : {"a.exe", "A.EXE", "a.png.desktop", "x.sh", "page.html", "p.svg"})
        QVERIFY2(is_program_name(QString::fromLatin1(name)), name);
    for (const char* name : {"a.png", "exe", "notes.txt", "a.pdf", "a.zip", ""})
        QVERIFY2(!is_program_name(QString::fromLatin1(name)), name);
}

void TestFileName::every_character_gives_one_plain_name() {
    const QDir folder(u"/folder"_s);
    for (char32_t c = 0; c < 0x10ffff; c += c < 0x3000 ? 1 : 37) {
        const QString name = QString::fromUcs4(&c, 1) + u"a"_s;
        const QString safe = safe_file_name(name, u"file"_s);
        QVERIFY2(!safe.isEmpty() && !safe.startsWith(u'.') && !safe.contains(u'/') &&
                     !safe.contains(u'\\'),
                 qPrintable(QString::number(c, 16)));
        QCOMPARE(QDir::cleanPath(folder.filePath(safe)), u"/folder/"_s + safe);
    }
}

QTEST_APPLESS_MAIN(TestFileName)
#include "tst_file_name.moc"
