// What becomes of a cache whose files are damaged, newer, in the way or not writable: it begins
// anew, and what nobody can send again stays.

#include "client-qml/core/store/cache.h"
#include "tests/qml/core/store/store_test.h"

#include <QDir>
#include <QFile>
#include <QProcess>
#include <QSqlDatabase>
#include <QSqlQuery>
#include <QTemporaryDir>
#include <QTest>

#include <csignal>
#include <cstdio>
#include <random>
#include <sys/resource.h>

using namespace guildhall::client;
using namespace guildhall::client::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Snowflake kChannel = 1'000;

void fill(const QString& folder) {
    Cache cache(folder);
    for (Snowflake channel = kChannel; channel < kChannel + 40; ++channel) {
        std::vector<Snowflake> ids;
        for (Snowflake id = 1; id <= 50; ++id) ids.push_back(channel * 100 + id);
        cache.put_page(channel, channel * 100, channel * 100 + 50, page(channel, ids));
        cache.put_guild(channel, {{u"name"_s, u"guild"_s}});
    }
    cache.put_draft(kChannel, u"my draft"_s);
    cache.put_unsent({0, kChannel, u"n"_s, {{u"content"_s, u"hi"_s}}, {}, {}, 1});
    cache.put_read_state({kChannel, 5, 1});
    cache.put_setting(u"a"_s, 1);
}

QByteArray contents(const QString& path) {
    QFile file(path);
    return file.open(QFile::ReadOnly) ? file.readAll() : QByteArray();
}

void replace(const QString& path, const QByteArray& bytes) {
    QFile file(path);
    QVERIFY(file.open(QFile::WriteOnly | QFile::Truncate));
    file.write(bytes);
}

void sql(const QString& path, const QString& text) {
    {
        QSqlDatabase database = QSqlDatabase::addDatabase(u"QSQLITE"_s, u"test"_s);
        database.setDatabaseName(path);
        QVERIFY(database.open());
        QVERIFY(QSqlQuery(database).exec(text));
    }
    QSqlDatabase::removeDatabase(u"test"_s);
}

/// Everything that a client does with a cache; whatever the file says, it ends.
void use(Cache& cache) {
    cache.guilds();
    cache.guild(kChannel);
    for (Snowflake channel = kChannel; channel < kChannel + 40; ++channel) {
        cache.newest(channel, 50);
        cache.around(channel, channel * 100 + 20, 20);
        cache.put_message(channel, message(channel, channel * 100 + 60), true);
    }
    cache.search(u"hello"_s, {}, 0, 0, 100);
    cache.trim();
    cache.flush();
    cache.newest(kChannel, 50);
}

void check_works(Cache& cache) {
    cache.put_page(9'999, 1, 2, page(9'999, {1, 2}));
    QCOMPARE(cache.newest(9'999, 5).messages.size(), std::size_t(2));
    QCOMPARE(cache.search(u"hello"_s, {9'999}, 0, 0, 9).size(), std::size_t(2));
}

void check_kept(Cache& cache) {
    QCOMPARE(cache.draft(kChannel), u"my draft"_s);
    QCOMPARE(cache.unsent().size(), std::size_t(1));
    QCOMPARE(cache.setting(u"a"_s).toInt(), 1);
    QCOMPARE(cache.read_states().size(), std::size_t(1));
}

}  // namespace

class TestDamage final : public QObject {
    Q_OBJECT

  private slots:
    void a_cache_that_is_damaged_begins_anew_data() {
        QTest::addColumn<QString>("how");
        for (const char* how : {"garbage",
                                "empty",
                                "header",
                                "half",
                                "one page",
                                "directory",
                                "other database",
                                "newer",
                                "table missing"}) {
            QTest::newRow(how) << QString::fromLatin1(how);
        }
    }

    void a_cache_that_is_damaged_begins_anew() {
        QFETCH(QString, how);
        QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.path() + u"/cache.sqlite"_s;
        damage(path, how);
        {
            Cache cache(folder.path());
            use(cache);
            check_works(cache);
            check_kept(cache);
            QCOMPARE(cache.complaint().isEmpty(), how == u"empty"_s);
        }
        Cache again(folder.path());
        QCOMPARE(again.complaint(), QString());
        QCOMPARE(again.newest(9'999, 5).messages.size(), std::size_t(2));
        check_kept(again);
        const QString aside = path + (how == u"newer"_s ? u".newer"_s : u".damaged"_s);
        QCOMPARE(QFileInfo::exists(aside), how != u"empty"_s);
    }

    void flipped_bytes_never_crash_and_lose_nothing_kept_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 12; ++seed) QTest::addRow("seed %d", seed) << seed;
    }

    void flipped_bytes_never_crash_and_lose_nothing_kept() {
        QFETCH(int, seed);
        QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.path() + u"/cache.sqlite"_s;
        std::mt19937 random{quint32(seed)};
        QByteArray bytes = contents(path);
        const int flips = 1 << (seed % 10);
        for (int i = 0; i < flips; ++i) {
            const qsizetype at = qsizetype(random() % quint32(bytes.size()));
            bytes[at] = char(bytes[at] ^ (1 << (random() % 8)));
        }
        replace(path, bytes);
        Cache cache(folder.path());
        use(cache);
        use(cache);
        check_works(cache);
        check_kept(cache);
    }

    // What nobody can send again lies in a file of its own; where that is hit, what can be read of
    // it stays, and what cannot is missed aloud or is in a part that nobody uses.
    void flipped_bytes_where_drafts_are_lose_no_more_than_they_hit_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 24; ++seed) QTest::addRow("seed %d", seed) << seed;
    }

    void flipped_bytes_where_drafts_are_lose_no_more_than_they_hit() {
        QFETCH(int, seed);
        QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.path() + u"/kept.sqlite"_s;
        std::mt19937 random{quint32(seed)};
        QByteArray bytes = contents(path);
        QVERIFY(!bytes.isEmpty());
        for (int i = 0; i < 1 << (seed % 8); ++i) {
            const qsizetype at = qsizetype(random() % quint32(bytes.size()));
            bytes[at] = char(bytes[at] ^ (1 << (random() % 8)));
        }
        replace(path, bytes);
        {
            Cache cache(folder.path());
            use(cache);
            check_works(cache);
            const int there = int(!cache.draft(kChannel).isEmpty()) + int(cache.unsent().size());
            QVERIFY(there <= 2);
            cache.put_draft(kChannel + 7, u"new"_s);
            QVERIFY(cache.put_unsent({0, kChannel, u"m"_s, {}, {}, {}, 2}) > 0);
        }
        // Whatever was lost, nothing further is.
        const Cache again(folder.path());
        QCOMPARE(again.draft(kChannel + 7), u"new"_s);
        QVERIFY(!again.unsent().empty());
    }

    void drafts_come_along_out_of_a_damaged_file() {
        QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.path() + u"/kept.sqlite"_s;
        sql(path, u"DROP TABLE settings"_s);
        {
            Cache cache(folder.path());
            QVERIFY(!cache.complaint().isEmpty());
            QCOMPARE(cache.draft(kChannel), u"my draft"_s);
            QCOMPARE(cache.unsent().size(), std::size_t(1));
            cache.put_setting(u"a"_s, 2);
        }
        Cache cache(folder.path());
        QCOMPARE(cache.complaint(), QString());
        QCOMPARE(cache.draft(kChannel), u"my draft"_s);
        QCOMPARE(cache.setting(u"a"_s).toInt(), 2);
        replace(path, "garbage that is no database at all, and long enough to have a header.");
        QFile::remove(path + u"-wal"_s);
        Cache lost(folder.path());
        QVERIFY(!lost.complaint().isEmpty());
        lost.put_draft(kChannel, u"new"_s);
        QCOMPARE(Cache(folder.path()).draft(kChannel), u"new"_s);
    }

    void drafts_of_a_later_version_are_used() {
        QTemporaryDir folder;
        fill(folder.path());
        const QString path = folder.path() + u"/kept.sqlite"_s;
        sql(path, u"PRAGMA user_version=99"_s);
        sql(path, u"ALTER TABLE drafts ADD COLUMN more TEXT"_s);
        {
            Cache cache(folder.path());
            check_kept(cache);
            cache.put_draft(kChannel + 1, u"x"_s);
        }
        QCOMPARE(Cache(folder.path()).drafts().size(), std::size_t(2));
    }

    void a_folder_that_cannot_be_written_works_in_memory() {
        QTemporaryDir folder;
        replace(folder.path() + u"/file"_s, "in the way");
        Cache cache(folder.path() + u"/file/account"_s);
        QVERIFY(!cache.complaint().isEmpty());
        use(cache);
        check_works(cache);
        cache.put_draft(kChannel, u"kept for now"_s);
        QCOMPARE(cache.draft(kChannel), u"kept for now"_s);
        QVERIFY(cache.put_unsent({0, kChannel, u"n"_s, {}, {}, {}, 1}) > 0);
    }

    void a_full_disk_is_said_and_worked_around() {
        QTemporaryDir folder;
        fill(folder.path());
        rlimit old{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = old;
        small.rlim_cur = 64 << 10;
        Cache cache(folder.path());
        QCOMPARE(cache.complaint(), QString());
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        for (int i = 0; i < 20; ++i) use(cache);
        for (int i = 0; i < 20; ++i) cache.put_draft(kChannel, QString(9'000 + i, u'x'));
        check_works(cache);
        QCOMPARE(cache.draft(kChannel).size(), 9'019);
        const QString complaint = cache.complaint();
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
        QVERIFY(!complaint.isEmpty());
        // With room again, the next change saves what was not saved.
        cache.put_draft(kChannel + 1, u"y"_s);
        const Cache again(folder.path());
        QCOMPARE(again.draft(kChannel).size(), 9'019);
        QCOMPARE(again.draft(kChannel + 1), u"y"_s);
    }

    void drafts_are_on_the_disk_when_the_call_returns() {
        QTemporaryDir folder;
        QProcess child;
        child.start(QCoreApplication::applicationFilePath(), {u"--child"_s, folder.path()});
        QVERIFY(child.waitForStarted());
        for (int i = 0; i < 40; ++i) {
            while (!child.canReadLine()) QVERIFY(child.waitForReadyRead(20'000));
            child.readLine();
        }
        ::kill(pid_t(child.processId()), SIGKILL);
        child.waitForFinished();
        const qint64 told = 40 + child.readAll().count('\n');
        const Cache cache(folder.path());
        QCOMPARE(cache.complaint(), QString());
        QVERIFY(qint64(cache.unsent().size()) >= told);
        QVERIFY(qint64(cache.drafts().size()) >= told);
        QCOMPARE(cache.unsent()[39].body[u"content"_s].toString(), u"text 39"_s);
    }

  private:
    static void damage(const QString& path, const QString& how) {
        const QByteArray bytes = contents(path);
        if (how == u"garbage"_s) replace(path, QByteArray(100'000, 'x'));
        if (how == u"empty"_s) replace(path, {});
        if (how == u"header"_s) replace(path, bytes.first(100));
        if (how == u"half"_s) replace(path, bytes.first(bytes.size() / 2));
        if (how == u"one page"_s) replace(path, bytes.first(4096));
        if (how == u"directory"_s) QVERIFY(QFile::remove(path) && QDir().mkpath(path + u"/x"_s));
        if (how == u"other database"_s) sql(path, u"PRAGMA application_id=7"_s);
        if (how == u"newer"_s) sql(path, u"PRAGMA user_version=99"_s);
        if (how == u"table missing"_s) sql(path, u"DROP TABLE ranges"_s);
    }
};

namespace {

/// Puts drafts and unsent messages until it is killed, and says each when its call returned.
int be_child(const QString& folder) {
    Cache cache(folder);
    for (int i = 0; i < 10'000; ++i) {
        cache.put_message(kChannel, message(kChannel, Snowflake(i) + 1), true);
        cache.put_unsent({0, kChannel, u"n"_s, {{u"content"_s, u"text %1"_s.arg(i)}}, {}, {}, i});
        cache.put_draft(Snowflake(i) + 1, u"draft"_s);
        std::puts("x");
        std::fflush(stdout);
    }
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const QCoreApplication app(count, words);
    if (count == 3 && QByteArray(words[1]) == "--child") {
        return be_child(QString::fromLocal8Bit(words[2]));
    }
    TestDamage test;
    return QTest::qExec(&test, count, words);
}
#include "tst_damage.moc"
