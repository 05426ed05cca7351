// Moments in words, in English, German and Arabic, at their edges.

#include "client-qml/core/text/relative_time.h"

#include <QTest>

#include <limits>

using namespace guildhall::client::text;
using namespace Qt::StringLiterals;

namespace {
// 22 November 2023, 12:00 UTC, a Wednesday.
constexpr std::int64_t kNow = 1'700'654'400'000;
constexpr std::int64_t kHour = 3'600'000, kDay = 24 * kHour;
const QLocale kEnglish(QLocale::English, QLocale::UnitedKingdom);
const QLocale kGerman(QLocale::German, QLocale::Germany);
}  // namespace

class TestRelativeTime final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { qputenv("TZ", "UTC"); }

    void day_lines_name_near_days();
    void day_lines_leave_out_the_present_year();
    void times_say_the_day_where_it_is_another();
    void distances_are_counted_in_one_unit_data();
    void distances_are_counted_in_one_unit();
    void a_distance_says_how_long_it_holds();
    void moments_follow_their_letter_data();
    void moments_follow_their_letter();
    void moments_out_of_time_are_empty();
};

void TestRelativeTime::day_lines_name_near_days() {
    QDate today(2023, 11, 22);
    QCOMPARE(day_line(today, today, kEnglish), u"Today"_s);
    QCOMPARE(day_line(today.addDays(-1), today, kEnglish), u"Yesterday"_s);
    QCOMPARE(day_line(QDate(2022, 12, 31), QDate(2023, 1, 1), kEnglish), u"Yesterday"_s);
    QCOMPARE(day_line(QDate(), today, kEnglish), QString());
}

void TestRelativeTime::day_lines_leave_out_the_present_year() {
    QDate today(2023, 11, 22), day(2023, 3, 5), before(2021, 3, 5);
    QCOMPARE(day_line(day, today, kEnglish), u"Sunday, 5 March"_s);
    QCOMPARE(day_line(day, today, kGerman), u"Sonntag, 5. März"_s);
    QCOMPARE(day_line(day, today, QLocale(QLocale::English, QLocale::UnitedStates)),
             u"Sunday, March 5"_s);
    QCOMPARE(day_line(before, today, kGerman), u"Freitag, 5. März 2021"_s);
    QVERIFY(!day_line(day, today, QLocale(QLocale::Japanese)).contains(u"2023"));
    QVERIFY(!day_line(day, today, QLocale(QLocale::Arabic)).isEmpty());
}

void TestRelativeTime::times_say_the_day_where_it_is_another() {
    QCOMPARE(message_time(kNow, kNow, kEnglish), u"12:00"_s);
    QCOMPARE(message_time(kNow - kDay, kNow, kEnglish), u"Yesterday 12:00"_s);
    QCOMPARE(message_time(kNow - 3 * kDay, kNow, kEnglish), u"19/11/2023 12:00"_s);
    QCOMPARE(message_time(kNow - 3 * kDay, kNow, kGerman), u"19.11.23 12:00"_s);
    QCOMPARE(full_moment(kNow, kGerman), u"Mittwoch, 22. November 2023 12:00"_s);
}

void TestRelativeTime::distances_are_counted_in_one_unit_data() {
    QTest::addColumn<qint64>("distance");
    QTest::addColumn<QString>("said");
    auto row = [](qint64 distance, const QString& said) {
        QTest::newRow(qPrintable(said)) << distance << said;
    };
    row(0, u"now"_s);
    row(-999, u"now"_s);
    row(-1'000, u"1 second ago"_s);
    row(59'999, u"in 59 seconds"_s);
    row(-60'000, u"1 minute ago"_s);
    row(2 * kHour, u"in 2 hours"_s);
    row(-kDay, u"1 day ago"_s);
    row(-29 * kDay, u"29 days ago"_s);
    row(-30 * kDay, u"1 month ago"_s);
    row(364 * kDay, u"in 12 months"_s);
    row(-730 * kDay, u"2 years ago"_s);
}

void TestRelativeTime::distances_are_counted_in_one_unit() {
    QFETCH(qint64, distance);
    QTEST(relative(kNow + distance, kNow), "said");
}

void TestRelativeTime::a_distance_says_how_long_it_holds() {
    for (std::int64_t distance : {-kDay,
                                  -kHour - 5,
                                  std::int64_t{-90'000},
                                  std::int64_t{-1'500},
                                  std::int64_t{1'500},
                                  3 * kHour,
                                  40 * kDay}) {
        auto at = kNow + distance;
        auto holds = relative_holds_ms(at, kNow);
        QVERIFY(holds > 0);
        QCOMPARE(relative(at, kNow + holds - 1), relative(at, kNow));
        QVERIFY(relative(at, kNow + holds) != relative(at, kNow));
    }
}

void TestRelativeTime::moments_follow_their_letter_data() {
    QTest::addColumn<QChar>("letter");
    QTest::addColumn<QString>("said");
    auto row = [](char16_t letter, const QString& said) {
        QTest::newRow(qPrintable(QString(letter))) << QChar(letter) << said;
    };
    row(u't', u"12:00"_s);
    row(u'T', u"12:00:00"_s);
    row(u'd', u"22/11/2023"_s);
    row(u'D', u"22 November 2023"_s);
    row(u'f', u"22 November 2023 12:00"_s);
    row(u'F', u"Wednesday, 22 November 2023 12:00"_s);
    row(u'R', u"now"_s);
    row(u's', u"22/11/2023 12:00"_s);
    row(u'S', u"22/11/2023 12:00:00"_s);
    row(u'?', u"22 November 2023 12:00"_s);
}

void TestRelativeTime::moments_follow_their_letter() {
    QFETCH(QChar, letter);
    QTEST(moment(kNow / 1'000, moment_form(letter.unicode()), kNow, kEnglish), "said");
}

void TestRelativeTime::moments_out_of_time_are_empty() {
    constexpr auto kMin = std::numeric_limits<std::int64_t>::min();
    constexpr auto kMax = std::numeric_limits<std::int64_t>::max();
    for (auto at : {kMin, kMin + 1, kMax}) {
        QCOMPARE(moment(at, MomentForm::full_date_time, kNow, kEnglish), QString());
        QCOMPARE(full_moment(at, kEnglish), QString());
        QCOMPARE(message_time(at, kNow, kEnglish), QString());
        QCOMPARE(relative(at, kNow), QString());
        QVERIFY(relative_holds_ms(at, kNow) > 0);
    }
}

QTEST_APPLESS_MAIN(TestRelativeTime)
#include "tst_relative_time.moc"
