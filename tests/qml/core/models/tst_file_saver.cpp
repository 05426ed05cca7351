// Saving as a talk: what is asked, where it goes, how it ends, in words.

#include "client-qml/core/models/file_saver.h"
#include "tests/qml/core/api/fake_http.h"

#include <QAbstractItemModelTester>
#include <QDir>
#include <QFile>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

struct Bench {
    Bench()
        : node([this](const Seen& seen) { return script ? script(seen) : say(200, "bytes"); }),
          account(AccountRecord{u"11@test"_s, node.url(), u"test"_s, {}, u"11"_s, u"me"_s},
                  home.path(),
                  clock,
                  rng) {
        saver.setAccount(&account);
        saver.setFolder(folder.path());
    }
    QVariantMap file(const QString& name = u"a.txt"_s, qint64 bytes = 5) const {
        return {{u"url"_s, node.url().toString() + u"/cdn/attachments/1/2/a.txt"_s},
                {u"name"_s, name},
                {u"bytes"_s, bytes}};
    }
    QUrl place(const QString& name) const { return QUrl::fromLocalFile(folder.filePath(name)); }
    QVariant value(int row, FileSaver::Role role) const {
        return saver.data(saver.index(row), role);
    }
    void put(const QString& name, const QByteArray& bytes) const {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write(bytes);
    }
    QByteArray kept(const QString& name) const {
        QFile file(folder.filePath(name));
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }

    QTemporaryDir home, folder;
    SystemClock clock;
    SystemRng rng;
    FakeHttp::Script script;
    FakeHttp node;
    Account account;
    FileSaver saver;
    QAbstractItemModelTester tester{&saver};
    QSignalSpy asked{&saver, &FileSaver::questioned};
    QSignalSpy places{&saver, &FileSaver::placeWanted};
    QSignalSpy said{&saver, &FileSaver::noticed};
    QSignalSpy opened{&saver, &FileSaver::openRequested};
};

}  // namespace

class TestFileSaver final : public QObject {
    Q_OBJECT

  private slots:
    void asks_where_and_saves();
    void suggests_a_safe_name();
    void asks_before_it_replaces();
    void asks_about_large_files();
    void asks_about_other_hosts();
    void a_phone_is_not_asked_and_nothing_is_replaced();
    void says_in_words_what_went_wrong();
    void refuses_what_is_no_address_data();
    void refuses_what_is_no_address();
    void refuses_what_is_no_place();
    void is_cancelled();
    void holds_so_many_and_no_more();
    void opens_files_but_runs_none();
};

void TestFileSaver::asks_where_and_saves() {
    Bench bench;
    bench.saver.save(bench.file());
    QCOMPARE(bench.places.count(), 1);
    QCOMPARE(bench.places[0][1].toUrl(), bench.place(u"a.txt"_s));
    QCOMPARE(bench.saver.count(), 0);
    bench.saver.saveAs(bench.place(u"other.txt"_s));
    QCOMPARE(bench.saver.count(), 1);
    QCOMPARE(bench.value(0, FileSaver::NameRole).toString(), u"other.txt"_s);
    QTRY_COMPARE(bench.value(0, FileSaver::StageRole).toInt(), int(FileSaver::Saved));
    QCOMPARE(bench.kept(u"other.txt"_s), "bytes");
    QCOMPARE(bench.asked.count(), 0);
    bench.saver.open(0);
    QCOMPARE(bench.opened[0][0].toUrl(), bench.place(u"other.txt"_s));
    bench.saver.dismiss(0);
    QCOMPARE(bench.saver.count(), 0);
    // The talk is over: nothing of it is left to be answered.
    bench.saver.saveAs(bench.place(u"again.txt"_s));
    bench.saver.confirm();
    QCOMPARE(bench.saver.count(), 0);
}

void TestFileSaver::suggests_a_safe_name() {
    Bench bench;
    bench.saver.save(bench.file(u"../../.ssh/auth\u202etxt.sh"_s));
    QCOMPARE(bench.places[0][0].toUrl(), QUrl::fromLocalFile(bench.folder.path()));
    QCOMPARE(bench.places[0][1].toUrl(), bench.place(u"authtxt.sh"_s));
    bench.saver.save(bench.file(QString(5'000, u'x') + u"/.."_s));
    QCOMPARE(bench.places[1][1].toUrl().adjusted(QUrl::RemoveFilename),
             QUrl::fromLocalFile(bench.folder.path() + u'/'));
}

void TestFileSaver::asks_before_it_replaces() {
    Bench bench;
    bench.put(u"a.txt"_s, "mine");
    bench.saver.save(bench.file());
    bench.saver.saveAs(bench.place(u"a.txt"_s));
    QCOMPARE(bench.asked.count(), 1);
    bench.saver.decline();
    QCOMPARE(bench.saver.count(), 0);
    QCOMPARE(bench.kept(u"a.txt"_s), "mine");
    bench.saver.save(bench.file());
    bench.saver.saveAs(bench.place(u"a.txt"_s));
    bench.saver.confirm();
    QTRY_COMPARE(bench.value(0, FileSaver::StageRole).toInt(), int(FileSaver::Saved));
    QCOMPARE(bench.kept(u"a.txt"_s), "bytes");
}

void TestFileSaver::asks_about_large_files() {
    Bench bench;
    bench.saver.save(bench.file(u"a"_s, FileSaver::kAskedBytes));
    QCOMPARE(bench.asked.count(), 0);
    QCOMPARE(bench.places.count(), 1);
    bench.saver.save(bench.file(u"a"_s, FileSaver::kAskedBytes + 1));
    QCOMPARE(bench.asked.count(), 1);
    QCOMPARE(bench.places.count(), 1);
    bench.saver.confirm();
    QCOMPARE(bench.places.count(), 2);
    bench.saver.save(bench.file(u"a"_s, -5));
    QCOMPARE(bench.places.count(), 3);
}

void TestFileSaver::asks_about_other_hosts() {
    Bench bench;
    FakeHttp other([](const Seen&) { return say(200, "other"); });
    QVariantMap file = bench.file();
    file[u"url"_s] = other.url().toString() + u"/a.txt"_s;
    bench.saver.save(file);
    QCOMPARE(bench.asked.count(), 1);
    QVERIFY(bench.asked[0][0].toString().contains(u"127.0.0.1"_s));
    QVERIFY(other.seen.empty());
    bench.saver.decline();
    bench.saver.save(file);
    bench.saver.confirm();
    bench.saver.saveAs(bench.place(u"a.txt"_s));
    QTRY_COMPARE(bench.value(0, FileSaver::StageRole).toInt(), int(FileSaver::Saved));
    QVERIFY(!other.seen[0].headers.contains("authorization"));
}

void TestFileSaver::a_phone_is_not_asked_and_nothing_is_replaced() {
    Bench bench;
    bench.saver.setAsksWhere(false);
    bench.saver.setFolder(bench.folder.filePath(u"Downloads"_s));  // made when it is needed
    for (int i = 0; i < 3; ++i) {
        bench.saver.save(bench.file());
        QTRY_COMPARE(bench.value(i, FileSaver::StageRole).toInt(), int(FileSaver::Saved));
    }
    QCOMPARE(bench.places.count() + bench.asked.count(), 0);
    QCOMPARE(QDir(bench.saver.folder()).entryList(QDir::Files),
             (QStringList{u"a (2).txt"_s, u"a (3).txt"_s, u"a.txt"_s}));
    QVERIFY(bench.said[0][0].toString().contains(u"Downloads"_s));
}

void TestFileSaver::says_in_words_what_went_wrong() {
    Bench bench;
    bench.script = [](const Seen&) { return say(404, "{}"); };
    bench.saver.save(bench.file());
    bench.saver.saveAs(bench.place(u"a.txt"_s));
    QTRY_COMPARE(bench.value(0, FileSaver::StageRole).toInt(), int(FileSaver::Failed));
    QCOMPARE(bench.value(0, FileSaver::SaidRole).toString(), u"The file is no longer there."_s);
    QVERIFY(!bench.value(0, FileSaver::OpensRole).toBool());
    bench.saver.open(0);
    QCOMPARE(bench.opened.count(), 0);
    QVERIFY(QDir(bench.folder.path()).isEmpty());
}

void TestFileSaver::refuses_what_is_no_address_data() {
    QTest::addColumn<QString>("url");
    for (const char* url : {"",
                            "file:///etc/passwd",
                            "ftp://a/b",
                            "javascript:alert(1)",
                            "http://",
                            "data:text/plain,x",
                            "qrc:/a",
                            "/etc/passwd"}) {
        QTest::newRow(url) << QString::fromLatin1(url);
    }
}

void TestFileSaver::refuses_what_is_no_address() {
    QFETCH(QString, url);
    Bench bench;
    bench.saver.save({{u"url"_s, url}, {u"name"_s, u"a"_s}});
    QCOMPARE(bench.said.count(), 1);
    QCOMPARE(bench.asked.count() + bench.places.count() + bench.saver.count(), 0);
}

void TestFileSaver::refuses_what_is_no_place() {
    Bench bench;
    for (const QUrl& place : {QUrl(), QUrl(u"http://a/b"_s), bench.place(u"."_s)}) {
        bench.saver.save(bench.file());
        bench.saver.saveAs(place);
    }
    QCOMPARE(bench.said.count(), 3);
    QCOMPARE(bench.saver.count(), 0);
}

void TestFileSaver::is_cancelled() {
    Bench bench;
    bench.script = [](const Seen&) { return silence(); };
    bench.saver.save(bench.file());
    bench.saver.saveAs(bench.place(u"a.txt"_s));
    bench.saver.dismiss(0);  // not while it runs
    QCOMPARE(bench.saver.count(), 1);
    bench.saver.cancel(0);
    QTRY_COMPARE(bench.saver.count(), 0);
    bench.saver.cancel(0);
    bench.saver.cancel(-1);
    QVERIFY(QDir(bench.folder.path()).isEmpty(QDir::AllEntries | QDir::NoDotAndDotDot));
}

void TestFileSaver::holds_so_many_and_no_more() {
    Bench bench;
    bench.script = [](const Seen&) { return silence(); };
    for (int i = 0; i < FileSaver::kRowsMax + 1; ++i) {
        bench.saver.save(bench.file());
        bench.saver.saveAs(bench.place(QString::number(i)));
    }
    QCOMPARE(bench.saver.count(), FileSaver::kRowsMax);
    QCOMPARE(bench.said.count(), 1);
    // Twice to one place is once.
    bench.saver.cancel(0);
    QTRY_COMPARE(bench.saver.count(), FileSaver::kRowsMax - 1);
    bench.saver.save(bench.file());
    bench.saver.saveAs(bench.place(u"1"_s));
    QCOMPARE(bench.saver.count(), FileSaver::kRowsMax - 1);
    QCOMPARE(bench.said.count(), 2);
}

void TestFileSaver::opens_files_but_runs_none() {
    Bench bench;
    bench.saver.save(bench.file());
    bench.saver.saveAs(bench.place(u"a.desktop"_s));
    QTRY_COMPARE(bench.value(0, FileSaver::StageRole).toInt(), int(FileSaver::Saved));
    QVERIFY(!bench.value(0, FileSaver::OpensRole).toBool());
    bench.saver.open(0);
    QCOMPARE(bench.opened[0][0].toUrl(), QUrl::fromLocalFile(bench.folder.path()));
}

QTEST_MAIN(TestFileSaver)
#include "tst_file_saver.moc"
