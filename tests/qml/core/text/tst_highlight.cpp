// Code in colour: what each language's words become, and that no code breaks out of its markup.

#include "client-qml/core/text/highlight.h"

#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace guildhall::client::text;
using namespace Qt::StringLiterals;

namespace {

// "k{if} p{ (}": each span by the first letter of its token; spaces between spans left out.
QString spans(const QString& code, const QString& language) {
    static constexpr char16_t kLetters[] = u"pktfsnceArm";
    QStringList out;
    for (const auto& span : tokens_of(code, language)) {
        auto text = code.mid(span.begin, span.end - span.begin);
        if (text.trimmed().isEmpty()) continue;
        if (span.token == Token::plain) text = text.trimmed();
        out += QChar(kLetters[static_cast<std::size_t>(span.token)]) + u"{"_s + text + u"}"_s;
    }
    return out.join(u' ').replace(u'\n', u"⏎"_s);
}

CodePalette colours() {
    return {u"#000001"_s,
            u"#000002"_s,
            u"#000003"_s,
            u"#000004"_s,
            u"#000005"_s,
            u"#000006"_s,
            u"#000007"_s,
            u"#000008"_s,
            u"#000009"_s,
            u"#00000a"_s};
}

const char* const kLanguages[] = {"c",
                                  "cpp",
                                  "js",
                                  "qml",
                                  "json",
                                  "python",
                                  "rust",
                                  "go",
                                  "java",
                                  "bash",
                                  "html",
                                  "css",
                                  "sql",
                                  "yaml",
                                  "diff",
                                  "none"};

}  // namespace

class TestHighlight final : public QObject {
    Q_OBJECT

  private slots:
    void words_have_their_colours_data();
    void words_have_their_colours();
    void spans_cover_the_code_without_gaps();
    void any_code_stays_text();
    void long_code_is_plain_at_its_end();
    void names_of_languages_are_known();
};

void TestHighlight::words_have_their_colours_data() {
    QTest::addColumn<QString>("language");
    QTest::addColumn<QString>("code");
    QTest::addColumn<QString>("expected");
    auto row = [](const char* language, const QString& code, const QString& expected) {
        QTest::addRow("%s %s", language, qPrintable(code.left(24).simplified()))
            << QString::fromUtf8(language) << code << expected;
    };
    row("cpp",
        u"#include <x>\nint f(0x1F); // c"_s,
        u"m{#include <x>} t{int} f{f} p{(} n{0x1F} p{);} c{// c}"_s);
    row("c",
        u"char *s = \"a\\\"b\"; /* c\nd */ if"_s,
        u"t{char} p{*s =} s{\"a\\\"b\"} p{;} c{/* c⏎d */} k{if}"_s);
    row("c", u"s = \"open\nint"_s, u"p{s =} s{\"open} t{int}"_s);
    row("js",
        u"const a = `x\ny`; new Foo()"_s,
        u"k{const} p{a =} s{`x⏎y`} p{;} k{new} f{Foo} p{()}"_s);
    row("ts", u"let a: Foo = true"_s, u"k{let} p{a:} t{Foo} p{=} k{true}"_s);
    row("json",
        u"{\"a\": \"b\", \"c\": [1.5, null]}"_s,
        u"p{{} e{\"a\"} p{:} s{\"b\"} p{,} e{\"c\"} p{: [} n{1.5} p{,} k{null} p{]}}"_s);
    row("python",
        u"@x\ndef f(a):\n    \"\"\"d\n'\"\"\"  # c"_s,
        u"m{@x} k{def} f{f} p{(a):} s{\"\"\"d⏎'\"\"\"} c{# c}"_s);
    row("rust",
        u"fn f<'a>(x: &'a str) -> Option<u8>"_s,
        u"k{fn} p{f<'a>(x: &'a} t{str} p{) ->} t{Option} p{<} t{u8} p{>}"_s);
    row("go",
        u"func f() string { return `a` }"_s,
        u"k{func} f{f} p{()} t{string} p{{} k{return} s{`a`} p{}}"_s);
    row("java", u"@Override public void f()"_s, u"m{@Override} k{public} k{void} f{f} p{()}"_s);
    row("bash",
        u"if [ $a = \"b\" ]; then echo x#y # c"_s,
        u"k{if} p{[} m{$a} p{=} s{\"b\"} p{];} k{then} t{echo} p{x#y} c{# c}"_s);
    row("html",
        u"<a href=\"x\">t &amp; u</a><!-- c -->"_s,
        u"k{<a} e{href} p{=} s{\"x\"} k{>} p{t} n{&amp} p{; u} k{</a>} c{<!-- c -->}"_s);
    row("css",
        u"a { color: #fff; } /* c */ @media"_s,
        u"p{a {} e{color} p{: #fff; }} c{/* c */} m{@media}"_s);
    row("sql",
        u"SELECT a FROM b WHERE c = 'd''e' -- f"_s,
        u"k{SELECT} p{a} k{FROM} p{b} k{WHERE} p{c =} s{'d''e'} c{-- f}"_s);
    row("yaml", u"a: true # c\nb-c: \"d\""_s, u"e{a} p{:} k{true} c{# c} e{b-c} p{:} s{\"d\"}"_s);
    row("diff", u"--- a\n@@ 1\n-b\n+c\n d"_s, u"m{--- a⏎@@ 1⏎} r{-b⏎} A{+c⏎} p{d}"_s);
    row("qml",
        u"Item { id: root; width: 5 }"_s,
        u"t{Item} p{{} e{id} p{: root;} e{width} p{:} n{5} p{}}"_s);
    row("nonsense", u"int x;"_s, u"p{int x;}"_s);
}

void TestHighlight::words_have_their_colours() {
    QFETCH(QString, language);
    QFETCH(QString, code);
    QTEST(spans(code, language), "expected");
}

void TestHighlight::spans_cover_the_code_without_gaps() {
    QRandomGenerator chance(7);
    for (int n = 0; n < 2'000; ++n) {
        QString code;
        for (int at = chance.bounded(80); at > 0; --at) code += QChar(chance.bounded(9, 127));
        auto language = QString::fromUtf8(kLanguages[chance.bounded(16)]);
        qsizetype end = 0;
        for (const auto& span : tokens_of(code, language)) {
            QCOMPARE(span.begin, end);
            QVERIFY(span.end > span.begin || code.isEmpty());
            end = span.end;
        }
        QCOMPARE(end, code.size());
    }
}

void TestHighlight::any_code_stays_text() {
    QRandomGenerator chance(9);
    static const QRegularExpression ours(u"</font>|<font color=\"#[0-9a-f]{6}\">|<br>"_s);
    for (int n = 0; n < 2'000; ++n) {
        QString code;
        for (int at = chance.bounded(80); at > 0; --at) {
            code += QStringView(u"<>&\"'/*`#ab =:\n\\-+").at(chance.bounded(18));
        }
        auto html = highlighted(code, QString::fromUtf8(kLanguages[chance.bounded(16)]), colours());
        QCOMPARE(html.count(u"<font"_s), html.count(u"</font"_s));
        QVERIFY2(!html.remove(ours).contains(QRegularExpression(u"[<>\"]"_s)), qPrintable(code));
    }
}

void TestHighlight::long_code_is_plain_at_its_end() {
    auto code = u"int "_s.repeated(kHighlightUnitsMax / 2);
    auto spans_of = tokens_of(code, u"c"_s);
    QCOMPARE(spans_of.back().token, Token::plain);
    QCOMPARE(spans_of.back().end, code.size());
    QVERIFY(spans_of.size() <= kHighlightUnitsMax + 1);
}

void TestHighlight::names_of_languages_are_known() {
    for (const auto* name : {"c",
                             "h",
                             "C++",
                             "CPP",
                             "js",
                             "ts",
                             "json",
                             "py",
                             "rs",
                             "go",
                             "java",
                             "sh",
                             "xml",
                             "html",
                             "css",
                             "sql",
                             "yml",
                             "diff",
                             "qml"}) {
        QVERIFY2(is_known_language(QString::fromUtf8(name)), name);
    }
    QVERIFY(!is_known_language(u""_s));
    QVERIFY(!is_known_language(u"c cpp"_s));
}

QTEST_APPLESS_MAIN(TestHighlight)
#include "tst_highlight.moc"
