// A day that somebody types, in the way of their language or in figures that all understand.

#include "client-qml/app/date_text.h"

#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

class TestDateText final : public QObject {
    Q_OBJECT

  private slots:
    void a_whole_date_is_read_and_nothing_else_data() {
        QTest::addColumn<QString>("locale");
        QTest::addColumn<QString>("text");
        QTest::addColumn<QDate>("date");
        const QDate day(2026, 1, 31);
        QTest::newRow("iso") << u"en_US"_s << u"2026-01-31"_s << day;
        QTest::newRow("iso, one digit") << u"de_DE"_s << u" 2026-1-31 "_s << day;
        QTest::newRow("german") << u"de_DE"_s << u"31.01.26"_s << day;
        QTest::newRow("german, whole year") << u"de_DE"_s << u"31.01.2026"_s << day;
        QTest::newRow("american") << u"en_US"_s << u"1/31/26"_s << day;
        QTest::newRow("american, whole year") << u"en_US"_s << u"1/31/2026"_s << day;
        QTest::newRow("british") << u"en_GB"_s << u"31/01/2026"_s << day;
        QTest::newRow("last century's") << u"de_DE"_s << u"31.01.99"_s << QDate(1999, 1, 31);
        QTest::newRow("arabic") << u"ar_EG"_s
                                << QLocale(u"ar_EG"_s).toString(day, QLocale::ShortFormat) << day;
        QTest::newRow("long") << u"en_US"_s
                              << QLocale(u"en_US"_s).toString(day, QLocale::LongFormat) << day;
        for (const char* text : {"",
                                 "5",
                                 "31",
                                 "2026",
                                 "2026-01",
                                 "2026-02-30",
                                 "2026-13-01",
                                 "0001-01-01",
                                 "1/31",
                                 "yesterday",
                                 "2026-01-31x",
                                 "99999-01-01"}) {
            QTest::newRow(text) << u"en_US"_s << QString::fromLatin1(text) << QDate();
        }
        QTest::newRow("endless") << u"en_US"_s << QString(10'000, u'1') << QDate();
    }
    void a_whole_date_is_read_and_nothing_else() {
        QFETCH(QString, locale);
        QFETCH(QString, text);
        QTEST(read_date(text, QLocale(locale), QDate(2026, 11, 23)), "date");
    }
    void what_it_suggests_it_also_takes() {
        for (const char* locale : {"en_US", "de_DE", "ar_EG", "C", "fr_FR", "ja_JP"}) {
            QLocale::setDefault(QLocale(QLatin1StringView(locale)));
            DateText text;
            text.setProperty("text", text.example());
            QVERIFY2(text.valid(), locale);
            QCOMPARE(text.noon().date(), QDate::currentDate());
        }
    }
};

QTEST_GUILESS_MAIN(TestDateText)
#include "tst_date_text.moc"
