// Names and messages may not turn, cover or hide what stands around them.

#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/characters.h"

#include <QTest>

using namespace guildhall::client::text;
using namespace Qt::StringLiterals;

class TestBidi final : public QObject {
    Q_OBJECT

  private slots:
    void a_name_keeps_what_is_seen_data();
    void a_name_keeps_what_is_seen();
    void a_name_is_cut_between_characters();
    void a_name_that_is_empty_has_a_fallback();
    void isolating_closes_what_was_opened();
    void direction_is_that_of_the_first_letter_data();
    void direction_is_that_of_the_first_letter();
    void a_message_keeps_its_lines();
    void marks_do_not_stack_without_end();
    void emoji_are_measured_whole_data();
    void emoji_are_measured_whole();
};

void TestBidi::a_name_keeps_what_is_seen_data() {
    QTest::addColumn<QString>("name");
    QTest::addColumn<QString>("safe");
    auto row = [](const char* what, const QString& name, const QString& safe) {
        QTest::newRow(what) << name << safe;
    };
    row("plain", u"Ada Lovelace"_s, u"Ada Lovelace"_s);
    row("override", u"a\u202egnp.exe"_s, u"agnp.exe"_s);
    row("isolates and marks", u"\u2066a\u2069\u200fb"_s, u"ab"_s);
    row("lines", u"a\nb\r\nc\u2028d"_s, u"a b c d"_s);
    row("spaces", u"  a   b\u00a0\u3000c  "_s, u"a b c"_s);
    row("controls", u"a\u0001\u007f\u0084b"_s, u"ab"_s);
    row("zero width", u"a\u200b\u2060\ufeffb"_s, u"ab"_s);
    row("joiner between Latin letters", u"a\u200db"_s, u"ab"_s);
    row("joiner in Persian", u"می\u200cخواهم"_s, u"می\u200cخواهم"_s);
    row("joined emoji", u"x 👩\u200d🚀"_s, u"x 👩\u200d🚀"_s);
    row("emoji with style", u"❤\ufe0f"_s, u"❤\ufe0f"_s);
    row("style without emoji", u"a\ufe0f"_s, u"a"_s);
    row("flag by tags", u"🏴󠁧󠁢󠁥󠁮󠁧󠁿"_s, u"🏴󠁧󠁢󠁥󠁮󠁧󠁿"_s);
    row("tags without a flag", u"a󠁧󠁢b"_s, u"ab"_s);
    row("mark at the start", u"\u0301a"_s, u"a"_s);
    row("accents", u"e\u0301\u0323"_s, u"e\u0301\u0323"_s);
    row("half a character", u"a\xd800"_s, u"a"_s);
    row("Hebrew", u"דניאל"_s, u"דניאל"_s);
    row("Hangul filler", u"\u3164"_s, u"<U+3164>"_s);
    row("invisible", u"\u200b\u200b"_s, u"<U+200B><U+200B>"_s);
    row("invisible, long", QString(9, QChar(0x200b)), u"<U+200B><U+200B><U+200B><U+200B>…"_s);
    row("braille blank", u"\u2800"_s, u"<U+2800>"_s);
    row("spaces only", u"   "_s, u"<U+0020><U+0020><U+0020>"_s);
    row("markup stays text", u"<b>"_s, u"<b>"_s);
}

void TestBidi::a_name_keeps_what_is_seen() {
    QFETCH(QString, name);
    QTEST(safe_name(name), "safe");
    QCOMPARE(safe_name(safe_name(name)), safe_name(name));
}

void TestBidi::a_name_is_cut_between_characters() {
    QCOMPARE(safe_name(u"abcdef"_s, {}, 6), u"abcdef"_s);
    QCOMPARE(safe_name(u"abcdefg"_s, {}, 6), u"abcde…"_s);
    QCOMPARE(safe_name(u"abcd😀😀"_s, {}, 6), u"abcd…"_s);
    QVERIFY(safe_name(QString(100'000, u'a')).size() <= 128);
    QVERIFY(safe_name(QString(100'000, QChar(0x300))).size() <= 128);
}

void TestBidi::a_name_that_is_empty_has_a_fallback() {
    QCOMPARE(safe_name({}, u"Unknown"_s), u"Unknown"_s);
    QCOMPARE(safe_name({}), QString());
}

void TestBidi::isolating_closes_what_was_opened() {
    QCOMPARE(isolated(u"a"_s), u"\u2068a\u2069"_s);
    QCOMPARE(isolated(u"\u2068a"_s), u"\u2068\u2068a\u2069\u2069"_s);
    QCOMPARE(isolated(u"a\u2069\u2069"_s), u"\u2068a\u2069"_s);
    QCOMPARE(isolated(u"\u202ba"_s), u"\u2068\u202ba\u202c\u2069"_s);
    QCOMPARE(isolated(u"a\u202c"_s), u"\u2068a\u2069"_s);
}

void TestBidi::direction_is_that_of_the_first_letter_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("direction");
    auto row = [](const QString& text, Direction direction) {
        QTest::newRow(qPrintable(text)) << text << static_cast<int>(direction);
    };
    row(u"hello مرحبا"_s, Direction::left_to_right);
    row(u"مرحبا hello"_s, Direction::right_to_left);
    row(u"123, \"שלום\""_s, Direction::right_to_left);
    row(u"123 😀"_s, Direction::neutral);
    row(u"\u2068مرحبا\u2069 hello"_s, Direction::left_to_right);
    row(u"𐤀"_s, Direction::right_to_left);
    row(u""_s, Direction::neutral);
}

void TestBidi::direction_is_that_of_the_first_letter() {
    QFETCH(QString, text);
    QTEST(static_cast<int>(direction_of(text)), "direction");
}

void TestBidi::a_message_keeps_its_lines() {
    QCOMPARE(safe_text(u"a\r\nb\rc\u2028d\te"_s), u"a\nb\nc\nd\te"_s);
    QCOMPARE(safe_text(u"a\u202eb\u202dc\u2067d"_s), u"abc\u2067d"_s);
    QCOMPARE(safe_text(u"a\u0000b\u001bc"_s), u"abc"_s);
    QCOMPARE(safe_text(u"abc"_s, 2), u"ab"_s);
    QCOMPARE(safe_text(u"a😀"_s, 2), u"a"_s);
    QCOMPARE(safe_text(u"ä\xd800x"_s), u"ä\ufffdx"_s);
}

void TestBidi::marks_do_not_stack_without_end() {
    auto tower = u"a"_s + QString(500, QChar(0x0301)) + u"b"_s;
    QCOMPARE(safe_text(tower).size(), 10);
    QCOMPARE(safe_name(tower).size(), 6);
    // Nor with something between them that goes.
    auto parted = u"a"_s + (QString(4, QChar(0x0301)) + QChar(1) + QChar(0x200b)).repeated(9);
    QCOMPARE(safe_name(parted).size(), 5);
    QCOMPARE(safe_text(u"a"_s + (QString(4, QChar(0x0301)) + QChar(1)).repeated(9)).size(), 9);
}

void TestBidi::emoji_are_measured_whole_data() {
    QTest::addColumn<QString>("text");
    QTest::addColumn<int>("units");
    for (const auto& emoji : {u"😀"_s,
                              u"❤\ufe0f"_s,
                              u"👍🏽"_s,
                              u"☝🏽"_s,
                              u"👩\u200d🚀"_s,
                              u"🇩🇪"_s,
                              u"1\ufe0f\u20e3"_s,
                              u"👨\u200d👩\u200d👧\u200d👦"_s,
                              u"🏳\ufe0f\u200d🌈"_s,
                              u"👱🏽\u200d♀\ufe0f"_s,
                              u"🏴󠁧󠁢󠁥󠁮󠁧󠁿"_s}) {
        QTest::newRow(qPrintable(emoji)) << emoji + u"x"_s << static_cast<int>(emoji.size());
    }
    QTest::newRow("letter") << u"a"_s << 0;
    QTest::newRow("digit") << u"1"_s << 0;
    QTest::newRow("heart as text") << u"❤"_s << 0;
    QTest::newRow("joiner at the end") << u"😀\u200d"_s << 2;
    QTest::newRow("one flag letter") << u"🇩x"_s << 0;
}

void TestBidi::emoji_are_measured_whole() {
    QFETCH(QString, text);
    QTEST(static_cast<int>(emoji_at(text, 0).units), "units");
}

QTEST_APPLESS_MAIN(TestBidi)
#include "tst_bidi.moc"
