// The table of emoji: what is found by which words, and what a damaged table becomes.

#include "client-qml/core/text/characters.h"
#include "client-qml/core/text/emoji.h"

#include <QTest>

using namespace guildhall::client::text;
using namespace Qt::StringLiterals;

class TestEmoji final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase();
    void the_table_has_groups_without_gaps();
    void every_emoji_is_one_to_the_reader_of_messages();
    void every_shortcode_finds_its_emoji();
    void skin_tones_go_where_they_belong();
    void a_search_finds_what_is_meant_data();
    void a_search_finds_what_is_meant();
    void a_search_for_nothing_finds_nothing();
    void completion_begins_with_what_was_typed();
    void shortcodes_name_tones();
    void an_emoji_is_known_in_all_its_forms();
    void shortcodes_in_a_message_become_emoji_data();
    void shortcodes_in_a_message_become_emoji();
    void a_damaged_table_holds_what_is_left();

  private:
    EmojiTable table_;
};

void TestEmoji::initTestCase() {
    if (table_.size() == 0) QSKIP("built without npm");
}

void TestEmoji::the_table_has_groups_without_gaps() {
    QVERIFY(table_.size() > 1'800);
    int end = 0;
    auto groups = table_.groups();
    QCOMPARE(groups.size(), std::size_t{9});
    for (const auto& group : groups) {
        QVERIFY(!group.key.isEmpty());
        QCOMPARE(group.first, end);
        end += group.count;
    }
    QCOMPARE(end, table_.size());
}

void TestEmoji::every_emoji_is_one_to_the_reader_of_messages() {
    for (int at = 0; at < table_.size(); ++at) {
        for (int tone = 0; tone <= kSkinTones; ++tone) {
            auto text = table_.with_tone(at, tone);
            QVERIFY2(emoji_at(text, 0).units == text.size(), qPrintable(table_.name(at)));
        }
    }
}

void TestEmoji::every_shortcode_finds_its_emoji() {
    for (int at = 0; at < table_.size(); ++at) {
        auto code = table_.shortcode(at);
        QVERIFY2(!code.isEmpty(), qPrintable(table_.name(at)));
        auto found = table_.by_shortcode(code);
        QVERIFY2(found && found->at == at, qPrintable(code));
    }
}

void TestEmoji::skin_tones_go_where_they_belong() {
    auto toned = [&](QStringView code, int tone) {
        return table_.with_tone(table_.by_shortcode(code)->at, tone);
    };
    QCOMPARE(toned(u"thumbsup", 0), u"👍"_s);
    QCOMPARE(toned(u"thumbsup", 1), u"👍🏻"_s);
    QCOMPARE(toned(u"thumbsup", 5), u"👍🏿"_s);
    QCOMPARE(toned(u"thumbsup", 6), u"👍"_s);
    QCOMPARE(toned(u"point_up", 3), u"☝🏽"_s);
    QCOMPARE(toned(u"woman_astronaut", 3), u"👩🏽\u200d🚀"_s);
    QCOMPARE(toned(u"heart", 3), u"❤\ufe0f"_s);
    QVERIFY(!table_.has_tones(table_.by_shortcode(u"heart")->at));
}

void TestEmoji::a_search_finds_what_is_meant_data() {
    QTest::addColumn<QString>("query");
    QTest::addColumn<QString>("first");
    auto row = [](const QString& query, const QString& first) {
        QTest::newRow(qPrintable(query)) << query << first;
    };
    row(u"smile"_s, u"😄"_s);
    row(u":smile:"_s, u"😄"_s);
    row(u"SMILE"_s, u"😄"_s);
    row(u"joy"_s, u"😂"_s);
    row(u"thumbsup"_s, u"👍"_s);
    row(u"thumbs down"_s, u"👎"_s);
    row(u"pizza"_s, u"🍕"_s);
    row(u"rofl"_s, u"🤣"_s);
    row(u"heart red"_s, u"❤\ufe0f"_s);
    row(u"germany"_s, u"🇩🇪"_s);
    row(u"rocket"_s, u"🚀"_s);
    row(u"🚀"_s, u"🚀"_s);
    row(u"👍🏽"_s, u"👍"_s);
    row(u"❤"_s, u"❤\ufe0f"_s);
}

void TestEmoji::a_search_finds_what_is_meant() {
    QFETCH(QString, query);
    auto found = table_.search(query, 5);
    QVERIFY(!found.empty() && found.size() <= 5);
    QTEST(table_.text(found.front()), "first");
}

void TestEmoji::a_search_for_nothing_finds_nothing() {
    for (const auto& query : {u""_s, u"  "_s, u"::"_s, u"zzzzzz"_s, u"smile zzzzzz"_s}) {
        QVERIFY(table_.search(query, 10).empty());
    }
    QVERIFY(table_.search(u"smile", 0).empty());
    QVERIFY(table_.search(u"smile", -1).empty());
    QVERIFY(table_.search(QString(100'000, u'a'), 10).empty());
}

void TestEmoji::completion_begins_with_what_was_typed() {
    auto found = table_.complete(u"smi", 8);
    QCOMPARE(found.size(), std::size_t{8});
    QCOMPARE(table_.shortcode(found.front()), u"smile"_s);
    QCOMPARE(table_.text(table_.complete(u"+1", 1).front()), u"👍"_s);
    QVERIFY(table_.complete(u"", 8).empty());
}

void TestEmoji::shortcodes_name_tones() {
    QCOMPARE(table_.by_shortcode(u"thumbsup_tone3")->tone, 3);
    QCOMPARE(table_.by_shortcode(u"thumbsup::skin-tone-2")->tone, 2);
    QVERIFY(!table_.by_shortcode(u"thumbsup_tone6"));
    QVERIFY(!table_.by_shortcode(u"heart_tone1"));
    QVERIFY(!table_.by_shortcode(u""));
    QVERIFY(!table_.by_shortcode(QString(70'000, u'a')));
}

void TestEmoji::an_emoji_is_known_in_all_its_forms() {
    auto heart = table_.by_text(u"❤\ufe0f");
    QVERIFY(heart);
    QCOMPARE(table_.by_text(u"❤"), heart);
    QCOMPARE(table_.by_text(u"👍🏿"), table_.by_text(u"👍"));
    QVERIFY(!table_.by_text(u"a"));
    QVERIFY(!table_.by_text(u""));
}

void TestEmoji::shortcodes_in_a_message_become_emoji_data() {
    QTest::addColumn<QString>("written");
    QTest::addColumn<QString>("sent");
    auto row = [](const QString& written, const QString& sent) {
        QTest::newRow(qPrintable(written)) << written << sent;
    };
    row(u"a :smile: b"_s, u"a 😄 b"_s);
    row(u":smile::joy:"_s, u"😄😂"_s);
    row(u":thumbsup_tone1:"_s, u"👍🏻"_s);
    row(u":nonsense: :smile:"_s, u":nonsense: 😄"_s);
    row(u"`:smile:`"_s, u"`:smile:`"_s);
    row(u"```\n:smile:\n``` :smile:"_s, u"```\n:smile:\n``` 😄"_s);
    row(u"12:smile:30"_s, u"12:smile:30"_s);
    row(u"<:smile:12>"_s, u"<:smile:12>"_s);
    row(u"\\:smile:"_s, u"\\:smile:"_s);
    row(u":own:"_s, u"<:own:5>"_s);
    row(u"::"_s, u"::"_s);
    row(u":"_s, u":"_s);
}

void TestEmoji::shortcodes_in_a_message_become_emoji() {
    QFETCH(QString, written);
    auto custom = [](QStringView code) { return code == u"own" ? u"<:own:5>"_s : QString(); };
    QTEST(with_emoji(written, table_, custom), "sent");
}

void TestEmoji::a_damaged_table_holds_what_is_left() {
    EmojiTable table(
        "# "
        "licence\n\n😀\t0\tgrin\tg\tk\t-\n😁\t0\tcut\n😂\t2\tx\ty\tz\t-"
        "\n\t\t\t\t\t\n🐶\t3\td\te\t\t-");
    QCOMPARE(table.size(), 2);
    QCOMPARE(table.groups().size(), std::size_t{2});
    QCOMPARE(table.search(u"d", 5).size(), std::size_t{1});
    QCOMPARE(EmojiTable(std::string_view()).size(), 0);
}

QTEST_APPLESS_MAIN(TestEmoji)
#include "tst_emoji.moc"
