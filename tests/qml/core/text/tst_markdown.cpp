// Markdown against a table of cases, and what must hold of any input: tags of ours only, closed in
// order; steps in proportion to the length.

#include "client-qml/core/text/links.h"
#include "client-qml/core/text/markdown.h"
#include "tests/qml/core/text/written.h"

#include <QFile>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QTest>

using namespace guildhall::client::text;
using namespace Qt::StringLiterals;

namespace {

// Pieces that inputs are thrown together from.
const char16_t* const kPieces[] = {
    u"*",
    u"**",
    u"***",
    u"_",
    u"__",
    u"~~",
    u"||",
    u"`",
    u"``",
    u"```",
    u"[",
    u"]",
    u"](",
    u"](https://x.y)",
    u"(",
    u")",
    u"<",
    u">",
    u"<@1>",
    u"<#6>",
    u"<@",
    u"<t:0:R>",
    u"<:a:1>",
    u"\\",
    u"\n",
    u"\n> ",
    u"\n>>> ",
    u"\n- ",
    u"\n  - ",
    u"\n# ",
    u"\n1. ",
    u"\n-# ",
    u"```cpp\n",
    u" ",
    u"  ",
    u"a",
    u"word",
    u"https://",
    u"http://a.b",
    u"@everyone",
    u"\"",
    u"'",
    u"&",
    u"&amp;",
    u"<b>",
    u"</b>",
    u"<font color=\"",
    u"😀",
    u"❤️",
    u"\u202e",
    u"\u2068",
    u"\u200d",
    u"\xd800",
    u"\u0300",
    u"مرحبا",
    u"\r",
    u"</",
    u"<img src=\"x\">",
    u"javascript:",
    u"://",
    u"█",
};

QString random_text(QRandomGenerator& chance, int pieces) {
    QString out;
    for (int n = 0; n < pieces; ++n) {
        out += QString::fromUtf16(kPieces[chance.bounded(static_cast<int>(std::size(kPieces)))]);
    }
    return out;
}

const QRegularExpression& tag_pattern() {
    static const QRegularExpression pattern(u"<[^>]*>"_s);
    return pattern;
}

const QRegularExpression& allowed_tags() {
    static const QRegularExpression pattern(
        u"^<(/?(b|i|u|s|code|a|span|font)|br|"
        "font (color=\"#[0-9a-f]{6}\"|size=\"2\")|"
        "span style=\"font-family:'Noto Color Emoji'\"|"
        "code style=\"background-color:#[0-9a-f]{6}\"|"
        "a href=\"[^\"'<>]+\"( style=\"text-decoration:none(;color:#[0-9a-f]{6})?\")?|"
        "img src=\"image://cdn/emojis/[0-9]+(\\?animated)?\" width=\"20\" height=\"20\" "
        "align=\"middle\")>$"_s);
    return pattern;
}

// Why the markup is not ours, or nothing.
QString fault_in(const Block& block) {
    if (block.format == Block::Format::plain) return {};
    QStringList open;
    auto tags = tag_pattern().globalMatch(block.html);
    while (tags.hasNext()) {
        auto tag = tags.next().captured();
        if (!allowed_tags().match(tag).hasMatch()) return u"tag "_s + tag;
        auto name = tag.mid(1, tag.indexOf(QRegularExpression(u"[ >]"_s)) - 1);
        if (name == u"br" || name == u"img") continue;
        if (!name.startsWith(u'/')) {
            open.append(name);
            if (name != u"a") continue;
            auto href = tag.section(u'"', 1, 1);
            if (parse_href(href).kind == Href::Kind::none) return u"address "_s + href;
        } else if (open.isEmpty() || open.takeLast() != name.mid(1)) {
            return u"order of "_s + tag;
        }
    }
    if (!open.isEmpty()) return u"left open: "_s + open.join(u' ');
    auto rest = QString(block.html).remove(tag_pattern());
    static const QRegularExpression bare(u"[<>\"]|&(?!(amp|lt|gt|quot|nbsp);)"_s);
    return rest.contains(bare) ? u"text "_s + rest : QString();
}

QString fault_in(const Document& document) {
    for (const auto& block : document.blocks) {
        if (auto fault = fault_in(block); !fault.isEmpty()) return fault;
    }
    return {};
}

std::size_t steps_for(const QString& piece, int units) {
    auto text = piece.repeated(units / static_cast<int>(piece.size()));
    return to_document(text, MarkdownOptions{}).steps;
}

}  // namespace

class TestMarkdown final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void every_case_of_the_table_data();
    void every_case_of_the_table();
    void any_input_gives_tags_of_ours_in_order();
    void steps_grow_with_the_length_data();
    void steps_grow_with_the_length();
    void length_blocks_and_lines_are_bounded();
    void colours_are_given_to_what_they_are_for();
    void a_colour_that_is_none_is_left_out();
    void a_revealed_spoiler_shows_what_it_hid();
    void a_hidden_spoiler_holds_nothing_of_its_text();
    void one_text_tells_blocks_by_their_marks();
    void plain_text_reads_like_the_message();
    void a_reader_is_called_by_name_and_everyone();
    void hrefs_of_others_mean_nothing();
};

void TestMarkdown::every_case_of_the_table_data() {
    QTest::addColumn<QString>("input");
    QTest::addColumn<QString>("expected");
    QFile file(QStringLiteral(GUILDHALL_TEST_DATA "/markdown_cases.txt"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    QByteArray name;
    QString input;
    int cases = 0;
    while (!file.atEnd()) {
        auto line = file.readLine();
        line.chop(line.endsWith('\n') ? 1 : 0);
        if (line.startsWith("= ")) name = line.mid(2);
        if (line.startsWith("< ")) input = QString::fromUtf8(line.mid(2));
        if (!line.startsWith("> ")) continue;
        QTest::newRow(name.constData()) << meant(input) << QString::fromUtf8(line.mid(2));
        ++cases;
    }
    QVERIFY(cases >= 150);
}

void TestMarkdown::every_case_of_the_table() {
    QFETCH(QString, input);
    QFETCH(QString, expected);
    KnownNames names;
    auto document = to_document(input, options_for(names));
    QCOMPARE(written(document), expected);
    QCOMPARE(fault_in(document), QString());
}

void TestMarkdown::any_input_gives_tags_of_ours_in_order() {
    KnownNames names;
    auto options = options_for(names);
    options.palette = {u"#0000ff"_s, u"#5865f2"_s, u"#333333"_s, u"#eeeeee"_s};
    options.revealed = {1, 3, 5};
    QRandomGenerator chance(4);
    for (int n = 0; n < 1'500; ++n) {
        auto text = random_text(chance, 1 + chance.bounded(60));
        auto document = to_document(text, options);
        auto fault = fault_in(document);
        QVERIFY2(fault.isEmpty(), qPrintable(fault + u"\nin "_s + shown(text)));
        plain_text(text, options);
        Block whole{.format = Block::Format::styled, .html = to_styled(text, options)};
        auto other = fault_in(whole);
        QVERIFY2(other.isEmpty(), qPrintable(other + u"\nin "_s + shown(text)));
    }
}

void TestMarkdown::steps_grow_with_the_length_data() {
    QTest::addColumn<QString>("piece");
    for (const auto* piece : {u"a",           u"*",
                              u"*a ",         u"**a ",
                              u"***a",        u"_a ",
                              u"~~a",         u"||a",
                              u"`a",          u"``a`",
                              u"`a``a```",    u"[",
                              u"[a](",        u"[[](http://a.b",
                              u"](",          u"[a](http://",
                              u"<",           u"<@",
                              u"<http://",    u"<:a:",
                              u"http://a",    u"http://)",
                              u"http://%",    u"http://((",
                              u"http://a.b)", u"```",
                              u"```a",        u"``` a\n",
                              u"\\",          u"\\```",
                              u"> ",          u"\n> ",
                              u"\n- ",        u"\n# a",
                              u"- a\n  b\n",  u"\n",
                              u"> ```\n",     u"||```a```||",
                              u"@everyone",   u"😀",
                              u"\u0300",      u"**a** __b__ "}) {
        auto text = QString::fromUtf16(piece);
        QTest::newRow(qPrintable(shown(text))) << text;
    }
}

// Counted, not timed: a square would give sixteen times the steps for four times the length.
void TestMarkdown::steps_grow_with_the_length() {
    QFETCH(QString, piece);
    auto small = steps_for(piece, 16'000), large = steps_for(piece, 64'000);
    QVERIFY2(large <= 64'000U * 40, qPrintable(QString::number(large)));
    QVERIFY2(large <= small * 5, qPrintable(u"%1, %2"_s.arg(small).arg(large)));
}

void TestMarkdown::length_blocks_and_lines_are_bounded() {
    auto options = MarkdownOptions{};
    auto document = to_document(QString(200'000, u'a'), options);
    QCOMPARE(document.blocks.size(), std::size_t{1});
    QCOMPARE(document.blocks.front().html.size(), qsizetype{kMessageUnitsMax});
    auto many = to_document(u"# a\n"_s.repeated(5'000), options);
    QVERIFY(many.blocks.size() <= 514);
    QVERIFY(to_document(u"```a```\n"_s.repeated(5'000), options).blocks.size() <= 514);
}

void TestMarkdown::colours_are_given_to_what_they_are_for() {
    KnownNames names;
    auto options = options_for(names);
    options.palette = {u"#0000ff"_s, u"#5865f2"_s, u"#333333"_s, u"#eeeeee"_s};
    auto html = [&](const QString& text) { return to_document(text, options).blocks[0].html; };
    QCOMPARE(html(u"<#6>"_s),
             u"<a href=\"channel:6\"><font color=\"#5865f2\">\u2068#general\u2069"
             "</font></a>"_s);
    QCOMPARE(html(u"||a||"_s), u"<a href=\"spoiler:0\"><font color=\"#333333\">█</font></a>"_s);
    QCOMPARE(html(u"@here"_s), u"<font color=\"#5865f2\">\u2068@here\u2069</font>"_s);
    QCOMPARE(html(u"`a` http://b.c/?d&e"_s),
             u"<code style=\"background-color:#eeeeee\">a</code> <a href=\"http://b.c/?d&amp;e\" "
             "style=\"text-decoration:none;color:#0000ff\">http://b.c/?d&amp;e</a>"_s);
}

void TestMarkdown::a_colour_that_is_none_is_left_out() {
    MarkdownOptions options;
    for (const auto& colour : {u"red"_s, u"#12345"_s, u"#1234567"_s, u"#00000\""_s}) {
        options.palette = {colour, colour, colour, colour};
        auto document = to_document(u"http://a.b ||c|| <@1> `d`"_s, options);
        QVERIFY(!document.blocks[0].html.contains(colour));
    }
}

void TestMarkdown::a_revealed_spoiler_shows_what_it_hid() {
    MarkdownOptions options;
    options.revealed = {1};
    auto document = to_document(u"||a|| ||**b**|| ||```c```||"_s, options);
    QCOMPARE(document.spoilers, 3);
    QCOMPARE(document.blocks[0].html, u"<a href=\"spoiler:0\">█</a> <b>b</b>"_s);
    QVERIFY(document.blocks[1].hidden);
    QCOMPARE(document.blocks[1].spoiler, 2);
    options.revealed = {2};
    auto other = to_document(u"||a|| ||**b**|| ||```c```||"_s, options);
    QCOMPARE(other.blocks[1].text, u"c"_s);
}

void TestMarkdown::a_hidden_spoiler_holds_nothing_of_its_text() {
    KnownNames names;
    auto options = options_for(names);
    auto text =
        u"||secret <@1> <#6> https://secret.example `secret` <:secret:1>|| ||```secret```||"_s;
    auto document = to_document(text, options);
    for (const auto& block : document.blocks) {
        QVERIFY(!(block.html + block.text).contains(u"secret"));
        QVERIFY(!block.html.contains(u"Ada"));
    }
    QVERIFY(!plain_text(text, options).contains(u"secret"));
    QVERIFY(document.mentions_me);
}

void TestMarkdown::one_text_tells_blocks_by_their_marks() {
    MarkdownOptions options;
    auto text =
        u"# a _b_\n-# c\n> d `e<`\n> l\n- f\n  1. g\n```h\ni <j>\n``` ||```k```|| ❤\ufe0f"_s;
    QCOMPARE(
        to_styled(text, options),
        u"<b>a <i>b</i></b><br><font size=\"2\">c</font><br>\u258e d e&lt;<br>\u258e l<br>• f<br>"
        "&nbsp;&nbsp;1. g<br>i &lt;j&gt;<br>████████<br>❤\ufe0f"_s);
}

void TestMarkdown::plain_text_reads_like_the_message() {
    KnownNames names;
    auto options = options_for(names);
    auto text =
        u"# Hi **all**\n> said <@1>\n- a [b](https://c.d)\n||x|| <:e:1>\n```cpp\nf();\n```"_s;
    QCOMPARE(plain_text(text, options), u"Hi all said \u2068@Ada\u2069 • a b █ :e: f();"_s);
    QCOMPARE(plain_text(text, options, false),
             u"Hi all\nsaid \u2068@Ada\u2069\n• a b\n█ :e:\nf();"_s);
}

void TestMarkdown::a_reader_is_called_by_name_and_everyone() {
    KnownNames names;
    QVERIFY(mentions_me(u"hi <@1>"_s, names));
    QVERIFY(mentions_me(u"> - ||<@!1>||"_s, names));
    QVERIFY(mentions_me(u"@everyone"_s, names));
    QVERIFY(!mentions_me(u"@here <@3> <@&5>"_s, names));
    QVERIFY(!mentions_me(u"`<@1>` \\<@1> ```<@1>```"_s, names));
}

void TestMarkdown::hrefs_of_others_mean_nothing() {
    QCOMPARE(parse_href(u"user:12"_s).id, u"12"_s);
    QCOMPARE(parse_href(u"time:-5"_s).kind, Href::Kind::time);
    QVERIFY(parse_href(u"link:https://a.b/c"_s).masked);
    QCOMPARE(parse_href(u"https://a.b/c?d&e"_s).url, QUrl(u"https://a.b/c?d&e"_s));
    for (const auto& href : {u"user:"_s,
                             u"user:1x"_s,
                             u"user:-1"_s,
                             u"javascript:alert(1)"_s,
                             u"link:file:///etc/passwd"_s,
                             u"file:///etc/passwd"_s,
                             u""_s,
                             u"spoiler:111111111111111111111"_s,
                             u"data:text/html,x"_s}) {
        QCOMPARE(parse_href(href).kind, Href::Kind::none);
    }
}

QTEST_APPLESS_MAIN(TestMarkdown)
#include "tst_markdown.moc"
