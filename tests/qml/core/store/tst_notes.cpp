// Notes about people: a table of their own, bounds of their own, and what becomes of those that an
// earlier version kept among the settings.

#include "client-qml/core/store/cache.h"
#include "client-qml/core/store/kept.h"

#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

/// Runs it on the file and returns the first value of its answer.
QVariant sql(const QString& folder, const QString& text) {
    QVariant first;
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(folder + u"/kept.sqlite"_s);
        if (!database.open()) qFatal("cannot open");
        QSqlQuery query(database);
        if (!query.exec(text)) qFatal("%s", qPrintable(text));
        if (query.next()) first = query.value(0);
    }
    QSqlDatabase::removeDatabase(u"test"_s);
    return first;
}

/// A file as the version before notes had a table left it.
void write_old(const QString& folder, int notes) {
    {
        Cache cache(folder);
        cache.put_setting(u"rail"_s, u"kept"_s);
        for (int i = 1; i <= notes; ++i) {
            QVERIFY(cache.put_setting(u"note_%1"_s.arg(i), u"about %1"_s.arg(i)));
        }
        cache.put_setting(u"note_9000"_s, 7);
        cache.put_setting(u"notes"_s, 1);
    }
    sql(folder, u"DROP TABLE notes"_s);
    sql(folder, u"PRAGMA user_version=2"_s);
}

}  // namespace

class TestNotes final : public QObject {
    Q_OBJECT

  private slots:
    void a_note_survives_and_goes_when_it_is_emptied() {
        QTemporaryDir folder;
        {
            Cache cache(folder.path());
            QVERIFY(cache.put_note(5, u"<b>met\u202e at chess</b>"_s));
            QVERIFY(cache.put_note(6, u"x"_s));
            QVERIFY(cache.put_note(6, {}));
        }
        const Cache cache(folder.path());
        QCOMPARE(cache.note(5), u"<b>met\u202e at chess</b>"_s);
        QCOMPARE(cache.note(6), QString());
        QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM notes"_s).toInt(), 1);
    }

    void notes_do_not_count_as_settings() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        for (Snowflake user = 1; user <= 3'000; ++user) QVERIFY(cache.put_note(user, u"n"_s));
        QVERIFY(cache.put_setting(u"rail"_s, 1));
        QVERIFY(!cache.put_note(0, u"nobody"_s));
        QVERIFY(!cache.put_note(1, QString(4'001, u'x')));
        QCOMPARE(cache.note(1), u"n"_s);
    }

    void their_number_has_an_end() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        for (Snowflake user = 1; user <= 20'000; ++user) QVERIFY(cache.put_note(user, u"n"_s));
        QVERIFY(!cache.put_note(20'001, u"n"_s));
        QVERIFY(cache.put_note(1, u"changed"_s));
        QVERIFY(cache.put_note(2, {}));
        QVERIFY(cache.put_note(20'001, u"n"_s));
    }

    void notes_of_an_earlier_version_move() {
        QTemporaryDir folder;
        write_old(folder.path(), 900);
        {
            const Cache cache(folder.path());
            QCOMPARE(cache.complaint(), QString());
            for (int i = 1; i <= 900; ++i) QCOMPARE(cache.note(Snowflake(i)), u"about %1"_s.arg(i));
            QCOMPARE(cache.note(9'000), QString());  // No text.
            QVERIFY(cache.setting(u"note_1"_s).isUndefined());
            QCOMPARE(cache.setting(u"rail"_s).toString(), u"kept"_s);
            QCOMPARE(cache.setting(u"notes"_s).toInt(), 1);
        }
        QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM notes"_s).toInt(), 900);
        QCOMPARE(sql(folder.path(), u"SELECT count(*) FROM settings"_s).toInt(), 2);
        const Cache again(folder.path());
        QCOMPARE(again.note(900), u"about 900"_s);
    }

    void what_the_table_says_goes_before_a_setting() {
        QTemporaryDir folder;
        {
            Cache cache(folder.path());
            cache.put_note(1, u"newer"_s);
            cache.put_setting(u"note_1"_s, u"older"_s);
            cache.put_setting(u"note_2"_s, u"only"_s);
        }
        const Cache cache(folder.path());
        QCOMPARE(cache.note(1), u"newer"_s);
        QCOMPARE(cache.note(2), u"only"_s);
    }

    void a_damaged_file_of_an_earlier_version_gives_its_notes() {
        QTemporaryDir folder;
        write_old(folder.path(), 10);
        sql(folder.path(), u"DROP TABLE drafts"_s);
        const Cache cache(folder.path());
        QVERIFY(!cache.complaint().isEmpty());
        QCOMPARE(cache.note(10), u"about 10"_s);
    }
};

QTEST_GUILESS_MAIN(TestNotes)
#include "tst_notes.moc"
