// Files come to the disk whole or not at all, whatever the host does.

#include "client-qml/core/api/download.h"
#include "tests/qml/core/api/fake_http.h"

#include <QDir>
#include <QFile>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

using End = Downloader::End;

namespace {

Said file(const QByteArray& bytes, const QByteArray& head = {}) {
    return {"HTTP/1.1 200 OK\r\nContent-Length: " + QByteArray::number(bytes.size()) + "\r\n" +
            head + "\r\n" + bytes};
}

/// One host, one folder, one file.
struct Bench {
    explicit Bench(const FakeHttp::Script& script) : host(script) {
        QObject::connect(
            &downloader, &Downloader::ended, &downloader, [this](quint64, End how) { end = how; });
    }
    void start(qint64 bytes_max = 1 << 20, bool replaces = false) {
        end.reset();
        QUrl url = host.url();
        url.setPath(u"/cdn/attachments/1/2/a.bin"_s);
        downloader.start(++id, {url, path(), bytes_max, replaces});
    }
    QString path() const { return folder.filePath(u"a.bin"_s); }
    QByteArray kept() const {
        QFile file(path());
        return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
    }
    /// All that lies in the folder, temporary files too.
    QStringList entries() const {
        return QDir(folder.path())
            .entryList(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot);
    }

    QTemporaryDir folder;
    FakeHttp host;
    Downloader downloader;
    quint64 id = 0;
    std::optional<End> end;
};

}  // namespace

class TestDownload final : public QObject {
    Q_OBJECT

  private slots:
    void init() { QTest::failOnWarning(QRegularExpression(u"device not open"_s)); }
    void saves_a_file_and_tells_how_far();
    void sends_nobodys_token();
    void what_is_no_file_is_not_kept_data();
    void what_is_no_file_is_not_kept();
    void stops_what_is_too_long_data();
    void stops_what_is_too_long();
    void half_a_file_is_none();
    void a_host_that_falls_silent_is_given_up();
    void cancelled_leaves_nothing();
    void never_replaces_unless_told_to();
    void a_place_that_cannot_be_written();
    void destroyed_while_under_way();
};

void TestDownload::saves_a_file_and_tells_how_far() {
    const QByteArray bytes(700'000, 'x');
    Bench bench([&](const Seen&) { return file(bytes); });
    QSignalSpy progress(&bench.downloader, &Downloader::progressed);
    bench.start();
    QTRY_COMPARE(bench.end, End::saved);
    QCOMPARE(bench.kept(), bytes);
    QCOMPARE(bench.entries(), QStringList{u"a.bin"_s});
    QVERIFY(progress.count() > 0 && progress.count() < 100);
    QCOMPARE(progress.last()[2].toLongLong(), qint64(bytes.size()));
}

void TestDownload::sends_nobodys_token() {
    Bench other([](const Seen&) { return file("secret"); });
    Bench bench([&](const Seen& seen) {
        if (!seen.path.endsWith("/a.bin")) return file("x");
        return Said{"HTTP/1.1 302 X\r\nContent-Length: 0\r\nSet-Cookie: a=b\r\nLocation: " +
                    other.host.url().toEncoded() + "/x\r\n\r\n"};
    });
    bench.start();
    QTRY_COMPARE(bench.end, End::redirected);
    QVERIFY(other.host.seen.empty());
    QCOMPARE(bench.host.seen.size(), std::size_t(1));
    for (const char* name : {"authorization", "cookie", "referer", "origin"})
        QVERIFY2(!bench.host.seen[0].headers.contains(name), name);
    QCOMPARE(bench.host.seen[0].headers["accept-encoding"], "identity");
}

void TestDownload::what_is_no_file_is_not_kept_data() {
    QTest::addColumn<int>("status");
    QTest::addColumn<End>("end");
    QTest::addRow("401") << 401 << End::refused;
    QTest::addRow("403") << 403 << End::refused;
    QTest::addRow("404") << 404 << End::missing;
    QTest::addRow("410") << 410 << End::missing;
    QTest::addRow("500") << 500 << End::server;
    QTest::addRow("204") << 204 << End::server;
    QTest::addRow("206") << 206 << End::server;
}

void TestDownload::what_is_no_file_is_not_kept() {
    QFETCH(int, status);
    QFETCH(End, end);
    Bench bench([&](const Seen&) { return say(status, status == 204 ? "" : "<html>no</html>"); });
    bench.start();
    QTRY_COMPARE(bench.end, end);
    QVERIFY(bench.entries().isEmpty());
}

void TestDownload::stops_what_is_too_long_data() {
    QTest::addColumn<int>("size");
    QTest::addColumn<bool>("announced");
    QTest::addColumn<End>("end");
    QTest::addRow("just") << 1'000 << true << End::saved;
    QTest::addRow("one more") << 1'001 << true << End::too_long;
    QTest::addRow("just, without a word") << 1'000 << false << End::saved;
    QTest::addRow("one more, without a word") << 1'001 << false << End::too_long;
}

void TestDownload::stops_what_is_too_long() {
    QFETCH(int, size);
    QFETCH(bool, announced);
    QFETCH(End, end);
    const QByteArray bytes(size, 'x');
    const QByteArray chunked = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" +
                               QByteArray::number(size, 16) + "\r\n" + bytes + "\r\n0\r\n\r\n";
    Bench bench([&](const Seen&) { return announced ? file(bytes) : Said{chunked}; });
    bench.start(1'000);
    QTRY_COMPARE(bench.end, end);
    QCOMPARE(bench.entries().isEmpty(), end != End::saved);
}

void TestDownload::half_a_file_is_none() {
    Bench bench([](const Seen&) {
        return Said{"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\nConnection: close\r\n\r\nhalf"};
    });
    bench.downloader.set_stall_ms(200);
    bench.start();
    QTRY_COMPARE(bench.end, End::lost);
    QVERIFY(bench.entries().isEmpty());
}

void TestDownload::a_host_that_falls_silent_is_given_up() {
    Bench bench([](const Seen&) { return silence(); });
    bench.downloader.set_stall_ms(100);
    bench.start();
    QTRY_COMPARE(bench.end, End::lost);
    QVERIFY(bench.entries().isEmpty());
}

void TestDownload::cancelled_leaves_nothing() {
    Bench bench([](const Seen&) {
        return Said{"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + QByteArray(300'000, 'x')};
    });
    QSignalSpy progress(&bench.downloader, &Downloader::progressed);
    bench.start();
    QTRY_VERIFY(progress.count() > 0);
    bench.downloader.cancel(bench.id);
    QTRY_COMPARE(bench.end, End::cancelled);
    QVERIFY(bench.entries().isEmpty());
    bench.downloader.cancel(bench.id);
    bench.downloader.cancel(77);
}

void TestDownload::never_replaces_unless_told_to() {
    Bench bench([](const Seen&) { return file("new"); });
    QFile old(bench.path());
    QVERIFY(old.open(QIODevice::WriteOnly));
    old.write("old");
    old.close();
    bench.start();
    QTRY_COMPARE(bench.end, End::exists);
    QCOMPARE(bench.kept(), "old");
    QVERIFY(bench.host.seen.empty());
    bench.start(1'000, true);
    QTRY_COMPARE(bench.end, End::saved);
    QCOMPARE(bench.kept(), "new");
}

void TestDownload::a_place_that_cannot_be_written() {
    Bench bench([](const Seen&) { return file("new"); });
    QVERIFY(QDir(bench.folder.path()).mkdir(u"a.bin"_s));
    bench.start(1'000, true);
    QTRY_COMPARE(bench.end, End::disk);
    QCOMPARE(bench.entries(), QStringList{u"a.bin"_s});
}

void TestDownload::destroyed_while_under_way() {
    FakeHttp host([](const Seen&) {
        return Said{"HTTP/1.1 200 OK\r\nContent-Length: 900000\r\n\r\n" + QByteArray(300'000, 'x')};
    });
    QTemporaryDir folder;
    {
        Downloader downloader;
        QSignalSpy progress(&downloader, &Downloader::progressed);
        downloader.start(1, {host.url(), folder.filePath(u"a"_s), 1 << 20});
        QTRY_VERIFY(progress.count() > 0);
    }
    QVERIFY(QDir(folder.path()).isEmpty(QDir::AllEntries | QDir::Hidden | QDir::NoDotAndDotDot));
}

QTEST_GUILESS_MAIN(TestDownload)
#include "tst_download.moc"
