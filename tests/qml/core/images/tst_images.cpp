// Pictures: which addresses may be fetched, what is decoded, what stays in memory and on disk, and
// how often a host is asked.

#include "client-qml/core/images/cdn_provider.h"
#include "client-qml/core/images/decode.h"
#include "client-qml/core/images/disk_cache.h"
#include "client-qml/core/images/local_picture.h"
#include "tests/qml/core/images/image_server.h"

#include <QDir>
#include <QGuiApplication>
#include <QLoggingCategory>
#include <QQmlComponent>
#include <QQmlContext>
#include <QQmlEngine>
#include <QQuickTextureFactory>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QtEndian>

using namespace guildhall::client;
using namespace guildhall::client::test;
using namespace Qt::StringLiterals;

namespace {

/// A provider for one node, which is the server.
struct Fixture {
    explicit Fixture(CdnLimits limits = {}) { make(limits); }
    void make(CdnLimits limits = {}) {
        places->set({server.url()}, false);
        provider.reset();
        provider = std::make_unique<CdnProvider>(places, folder.path() + u"/images"_s, limits);
    }
    std::unique_ptr<QQuickImageResponse> ask(const QString& id, QSize size = {}) {
        return std::unique_ptr<QQuickImageResponse>(provider->requestImageResponse(id, size));
    }
    /// Null: none came.
    QImage get(const QString& id, QSize size = {}) {
        const auto response = ask(id, size);
        return wait_for(*response);
    }
    static QImage wait_for(QQuickImageResponse& response) {
        QSignalSpy finished(&response, &QQuickImageResponse::finished);
        if (!finished.wait(20'000)) return {};
        const std::unique_ptr<QQuickTextureFactory> factory(response.textureFactory());
        return factory ? factory->image() : QImage();
    }

    QTemporaryDir folder;
    ImageServer server;
    std::shared_ptr<ImagePlaces> places = std::make_shared<ImagePlaces>();
    std::unique_ptr<CdnProvider> provider;
};

quint32 crc_of(const QByteArray& bytes) {
    quint32 crc = ~0u;
    for (const char c : bytes) {
        crc ^= quint8(c);
        for (int bit = 0; bit < 8; ++bit) crc = (crc >> 1) ^ (0xEDB88320u & (0u - (crc & 1u)));
    }
    return ~crc;
}

QByteArray big_endian(quint32 number) {
    QByteArray bytes(4, 0);
    qToBigEndian(number, bytes.data());
    return bytes;
}

/// A PNG whose header claims this size, valid so far, and that has no pixels.
QByteArray claiming_png(quint32 width, quint32 height) {
    const QByteArray header =
        "IHDR" + big_endian(width) + big_endian(height) + QByteArray("\x08\x02\x00\x00\x00", 5);
    return QByteArray("\x89PNG\r\n\x1a\n") + big_endian(13) + header + big_endian(crc_of(header));
}

QByteArray claiming_gif(quint16 width, quint16 height) {
    QByteArray bytes("GIF89a");
    for (const quint16 side : {width, height}) {
        bytes += char(side & 0xff);
        bytes += char(side >> 8);
    }
    return bytes + QByteArray("\x80\x00\x00\x00\x00\x00\xff\xff\xff", 9);
}

constexpr char kSvg[] =
    R"(<svg xmlns="http://www.w3.org/2000/svg" width="10" height="10"><rect width="10"/></svg>)";

}  // namespace

class TestImages final : public QObject {
    Q_OBJECT

  private slots:
    static void initTestCase() { QLoggingCategory::setFilterRules(u"qt.gui.imageio*=false"_s); }

    void ids_are_read_with_their_options() {
        QCOMPARE(parse_image_id(u"avatars/1/a.png?size=64&round"_s).place, u"avatars/1/a.png"_s);
        QCOMPARE(parse_image_id(u"avatars/1/a.png?size=64&round"_s).size, 64);
        QCOMPARE(parse_image_id(u"a?round"_s).round, 0.5);
        QCOMPARE(parse_image_id(u"a?round=0.28"_s).round, 0.28);
        QCOMPARE(parse_image_id(u"a?round=7"_s).round, 0.5);
        QCOMPARE(parse_image_id(u"a?round=nan"_s).round, 0.5);
        QCOMPARE(parse_image_id(u"a?size=-5"_s).size, 0);
        QCOMPARE(parse_image_id(u"a?size=999999999999"_s).size, 0);
        const QString whole = u"https://x.example/cdn/a b?ex=1&is=2"_s;
        const QString id = QString::fromLatin1(QUrl::toPercentEncoding(whole)) + u"?size=9"_s;
        QCOMPARE(parse_image_id(id).place, whole);
        QCOMPARE(parse_image_id(QString(9'999, u'a')).place, QString());
    }

    void only_pictures_of_ones_nodes_are_fetched_data() {
        QTest::addColumn<QString>("place");
        QTest::addColumn<bool>("inside");
        QTest::addColumn<bool>("with_external");
        const auto row = [](const char* place, bool inside, bool with_external) {
            QTest::newRow(place) << QString::fromLatin1(place) << inside << with_external;
        };
        row("avatars/1/a.png", true, true);
        row("https://node.example/cdn/icons/1/a.png", true, true);
        row("https://node.example:443/cdn/icons/1/a.png", true, true);
        row("http://other.example:8080/cdn/a", true, true);
        row("http://node.example/cdn/icons/1/a.png", false, true);  // another origin
        row("https://node.example/api/v9/users/@me", false, false);
        row("https://node.example/cdn/../api/v9/users/@me", false, false);
        row("https://node.example/cdn/%2e%2e/api", false, false);
        row("https://node.example/cdnx/a", false, false);
        row("../api/v9/users/@me", false, false);
        row("/etc/passwd", false, false);
        row("file:///etc/passwd", false, false);
        row("ftp://node.example/cdn/a", false, false);
        row("qrc:/a.png", false, false);
        row("https://elsewhere.example/cdn/a.png", false, true);
        row("https:///cdn/a.png", false, false);
        // Nobody makes us ask something of what is near.
        row("http://127.0.0.1/a.png", false, false);
        row("http://2130706433/a.png", false, false);
        row("http://0x7f.1/a.png", false, false);
        row("http://localhost:8080/a.png", false, false);
        row("http://router/reboot", false, false);
        row("http://printer.local/a.png", false, false);
        row("http://10.1.2.3/a.png", false, false);
        row("http://172.16.0.1/a.png", false, false);
        row("http://192.168.1.1/a.png", false, false);
        row("http://100.64.0.1/a.png", false, false);
        row("http://169.254.169.254/latest/meta-data", false, false);
        row("http://0.0.0.0/a.png", false, false);
        row("http://[::1]/a.png", false, false);
        row("http://[::ffff:127.0.0.1]/a.png", false, false);
        row("http://[fe80::1]/a.png", false, false);
        row("http://[fd00::1]/a.png", false, false);
        row("http://224.0.0.1/a.png", false, false);
        row("http://93.184.216.34/a.png", false, true);
        row("https://[2606:2800:220:1::1]/a.png", false, true);
        row("", false, false);
    }

    void only_pictures_of_ones_nodes_are_fetched() {
        QFETCH(QString, place);
        QFETCH(bool, inside);
        QFETCH(bool, with_external);
        ImagePlaces places;
        const std::vector<QUrl> nodes{QUrl(u"https://node.example"_s),
                                      QUrl(u"http://other.example:8080/"_s)};
        places.set(nodes, false);
        const auto url = places.resolve(place);
        QCOMPARE(url.has_value(), inside);
        if (url) QVERIFY(url->path().startsWith(u"/cdn/"_s));
        places.set(nodes, true);
        QCOMPARE(places.resolve(place).has_value(), with_external);
        places.set({}, false);
        QVERIFY(!places.resolve(place));
    }

    void hostile_files_are_no_pictures_data() {
        QTest::addColumn<QByteArray>("bytes");
        const QByteArray png = picture(20, 20), jpeg = picture(20, 20, "jpg");
        QTest::newRow("empty") << QByteArray();
        QTest::newRow("text") << QByteArray("hello");
        QTest::newRow("svg") << QByteArray(kSvg);
        QTest::newRow("svg after a byte order mark") << QByteArray("\xef\xbb\xbf") + kSvg;
        QTest::newRow("bmp") << picture(20, 20, "bmp");
        QTest::newRow("ppm") << picture(20, 20, "ppm");
        QTest::newRow("huge png") << claiming_png(0x7fffffff, 0x7fffffff);
        QTest::newRow("wide png") << claiming_png(16'385, 1);
        QTest::newRow("many pixels") << claiming_png(16'000, 16'000);
        QTest::newRow("no sides") << claiming_png(0, 0);
        QTest::newRow("header of a png") << claiming_png(10, 10);
        QTest::newRow("signature of a png") << png.first(8);
        QTest::newRow("large gif") << claiming_gif(65'535, 65'535);
        QTest::newRow("gif without frame") << claiming_gif(10, 10);
        QTest::newRow("gif of a page") << QByteArray("GIF89a<html><script>1</script></html>");
        QTest::newRow("riff") << QByteArray("RIFF");
        QTest::newRow("riff of a sound") << QByteArray("RIFF\x10\0\0\0WAVEfmt ", 16);
        QTest::newRow("webp without body") << QByteArray("RIFF\x10\0\0\0WEBPVP8 ", 16);
        QTest::newRow("jpeg without body") << jpeg.first(4);
    }

    void hostile_files_are_no_pictures() {
        QFETCH(QByteArray, bytes);
        QVERIFY(decode_image(bytes, {}, 0).isNull());
        QVERIFY(decode_image(bytes, {64, 64}, 0.5).isNull());
    }

    void every_cut_and_flip_of_a_picture_ends() {
        for (const char* format : {"png", "jpg", "webp"}) {
            const QByteArray whole = picture(24, 24, format);
            for (qsizetype size = 0; size < whole.size(); size += 3) {
                decode_image(whole.first(size), {16, 16}, 0.5);
                QByteArray flipped = whole;
                flipped[size] = char(flipped[size] ^ 0x41);
                const QImage image = decode_image(flipped, {16, 16}, 0);
                QVERIFY(image.width() <= 16 && image.height() <= 16);
            }
        }
    }

    void pictures_fit_their_box_and_are_never_enlarged() {
        for (const char* format : {"png", "jpg", "webp"}) {
            const QByteArray bytes = picture(200, 100, format);
            QVERIFY2(!bytes.isEmpty(), format);
            QCOMPARE(decode_image(bytes, {}, 0).size(), QSize(200, 100));
            QCOMPARE(decode_image(bytes, {50, 50}, 0).size(), QSize(50, 25));
            QCOMPARE(decode_image(bytes, {50, 0}, 0).size(), QSize(50, 25));
            QCOMPARE(decode_image(bytes, {900, 900}, 0).size(), QSize(200, 100));
        }
    }

    void round_pictures_are_cut_and_smooth() {
        const QImage image = decode_image(picture(200, 100), {64, 64}, 0.5);
        QCOMPARE(image.size(), QSize(64, 64));
        QCOMPARE(image.pixelColor(0, 0).alpha(), 0);
        QCOMPARE(image.pixelColor(32, 32), QColor(Qt::red));
        QCOMPARE(image.pixelColor(32, 1).alpha(), 255);
        bool is_smooth = false;
        for (int x = 0; x < 32; ++x) {
            const int alpha = image.pixelColor(x, 8).alpha();
            is_smooth = is_smooth || (alpha > 20 && alpha < 235);
        }
        QVERIFY(is_smooth);
        QCOMPARE(decode_image(picture(20, 20), {64, 64}, 0.28).size(), QSize(20, 20));
    }

    void the_disk_keeps_what_was_used_last() {
        QTemporaryDir folder;
        const QString inner = folder.path() + u"/images"_s;
        const auto url = [](int i) { return QUrl(u"http://x/cdn/%1"_s.arg(i)); };
        {
            DiskCache disk(inner, 10'000);
            for (int i = 0; i < 8; ++i) disk.write(url(i), QByteArray(1'000, char('a' + i)));
            QCOMPARE(disk.read(url(0)), QByteArray(1'000, 'a'));
            for (int i = 8; i < 12; ++i) disk.write(url(i), QByteArray(1'000, 'z'));
            QVERIFY(disk.bytes() <= 10'000);
            QVERIFY(!disk.read(url(0)).isEmpty());
            QVERIFY(disk.read(url(1)).isEmpty());
            disk.write(url(99), QByteArray(9'000, 'x'));  // more than half of it all
            QVERIFY(disk.read(url(99)).isEmpty());
        }
        QFile junk(inner + u"/half-written.tmp"_s);
        QVERIFY(junk.open(QFile::WriteOnly));
        junk.close();
        DiskCache disk(inner, 5'000);
        QVERIFY(disk.bytes() <= 5'000 && disk.bytes() > 0);
        QVERIFY(!QFile::exists(junk.fileName()));
        QVERIFY((QFileInfo(inner).permissions() & (QFile::ReadOther | QFile::ReadGroup)) == 0);
    }

    void attachments_are_found_again_under_another_signature() {
        QTemporaryDir folder;
        DiskCache disk(folder.path() + u"/i"_s, 10'000);
        disk.write(QUrl(u"http://x/cdn/attachments/1/2/a?ex=1&is=2&hm=3"_s), "bytes");
        QCOMPARE(disk.read(QUrl(u"http://x/cdn/attachments/1/2/a?ex=7&is=8&hm=9"_s)), "bytes");
        QVERIFY(disk.read(QUrl(u"http://x/cdn/attachments/1/2/b?ex=7&is=8&hm=9"_s)).isEmpty());
    }

    void qml_shows_them_and_its_own_where_there_is_none() {
        Fixture fixture;
        fixture.server.files[u"/cdn/a.png"_s] = picture(100, 100);
        QQmlEngine engine;
        QSignalSpy warned(&engine, &QQmlEngine::warnings);
        engine.addImageProvider(u"cdn"_s, fixture.provider.release());
        QQmlComponent component(&engine);
        component.setData("import QtQuick; Image { asynchronous: true; sourceSize.width: 40 }",
                          QUrl());
        const std::unique_ptr<QObject> image(component.create());
        QVERIFY(image);
        image->setProperty("source", QUrl(u"image://cdn/a.png?round"_s));
        QTRY_COMPARE(image->property("status").toInt(), 1);
        QCOMPARE(image->property("implicitWidth").toInt(), 40);
        image->setProperty("source", QUrl(u"image://cdn/missing.png"_s));
        QTRY_COMPARE(fixture.server.asked[u"/cdn/missing.png"_s], 1);
        QTRY_COMPARE(image->property("status").toInt(), 1);
        QCOMPARE(image->property("implicitWidth").toInt(), 0);
        QCOMPARE(warned.size(), 0);
    }

    void a_picture_is_fetched_once_for_all_and_then_never() {
        Fixture fixture;
        fixture.server.files[u"/cdn/a.png"_s] = picture(100, 100);
        fixture.server.hold = true;
        std::vector<std::unique_ptr<QQuickImageResponse>> responses;
        std::vector<std::unique_ptr<QSignalSpy>> spies;
        for (int i = 0; i < 10; ++i) {
            responses.push_back(fixture.ask(u"a.png?size=%1"_s.arg(10 + i)));
            spies.push_back(std::make_unique<QSignalSpy>(responses.back().get(),
                                                         &QQuickImageResponse::finished));
        }
        QTRY_COMPARE(fixture.server.asked[u"/cdn/a.png"_s], 1);
        fixture.server.release();
        for (const auto& spy : spies) QTRY_COMPARE_WITH_TIMEOUT(spy->size(), 1, 20'000);
        QCOMPARE(fixture.get(u"a.png?size=32&round"_s).size(), QSize(32, 32));
        fixture.make();  // as after a restart
        QCOMPARE(fixture.get(u"a.png"_s).size(), QSize(100, 100));
        QCOMPARE(fixture.get(u"a.png"_s, {20, 20}).size(), QSize(20, 20));
        QCOMPARE(fixture.server.asked[u"/cdn/a.png"_s], 1);
        QVERIFY(!fixture.server.last_head.toLower().contains("authorization"));
    }

    void a_host_is_asked_for_few_at_once() {
        Fixture fixture;
        fixture.server.hold = true;
        std::vector<std::unique_ptr<QQuickImageResponse>> responses;
        for (int i = 0; i < 40; ++i) {
            const QString name = u"%1.png"_s.arg(i);
            fixture.server.files[u"/cdn/"_s + name] = picture(10, 10);
            responses.push_back(fixture.ask(name));
        }
        QSignalSpy first(responses.front().get(), &QQuickImageResponse::finished);
        QTRY_VERIFY(fixture.server.open_now >= 4);
        fixture.server.release();
        QTRY_COMPARE_WITH_TIMEOUT(first.size(), 1, 20'000);
        QVERIFY(fixture.server.open_most <= 6);
    }

    void what_nobody_waits_for_is_stopped() {
        Fixture fixture;
        fixture.server.hold = true;
        const auto one = fixture.ask(u"a.png"_s), other = fixture.ask(u"a.png"_s);
        QTRY_COMPARE(fixture.server.open_now, 1);
        QSignalSpy finished(one.get(), &QQuickImageResponse::finished);
        one->cancel();
        QTRY_COMPARE(finished.size(), 1);
        QCOMPARE(fixture.server.open_now, 1);
        other->cancel();
        QTRY_COMPARE(fixture.server.open_now, 0);
    }

    void what_is_too_large_is_not_waited_for() {
        Fixture fixture;
        const QByteArray head = "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n";
        fixture.server.raw[u"/cdn/claims.png"_s] =
            head + "Content-Length: 104857600\r\n\r\n" + picture(10, 10);
        fixture.server.raw[u"/cdn/endless.png"_s] =
            head + "\r\n" + picture(10, 10) + QByteArray(kImageBytesMax + 1, 'x');
        QVERIFY(fixture.get(u"claims.png"_s).isNull());
        QVERIFY(fixture.get(u"endless.png"_s).isNull());
        QTRY_COMPARE(fixture.server.open_now, 0);
    }

    void what_is_missing_is_not_asked_for_again_at_once() {
        Fixture fixture;
        fixture.server.files[u"/cdn/page.png"_s] = "<html>";
        for (int i = 0; i < 3; ++i) {
            QVERIFY(fixture.get(u"missing.png"_s).isNull());
            QVERIFY(fixture.get(u"page.png"_s).isNull());
        }
        QCOMPARE(fixture.server.asked[u"/cdn/missing.png"_s], 1);
        QCOMPARE(fixture.server.asked[u"/cdn/page.png"_s], 1);
    }

    void redirects_stay_at_their_host() {
        Fixture fixture;
        ImageServer elsewhere;
        elsewhere.files[u"/a.png"_s] = picture(10, 10);
        fixture.server.raw[u"/cdn/out.png"_s] =
            "HTTP/1.1 302 Found\r\nLocation: " + elsewhere.url().toEncoded() +
            "/a.png\r\nContent-Length: 0\r\n\r\n";
        QVERIFY(fixture.get(u"out.png"_s).isNull());
        QVERIFY(elsewhere.asked.isEmpty());
    }

    void memory_is_bounded() {
        CdnLimits limits;
        limits.memory_bytes = 200 << 10;
        Fixture fixture(limits);
        for (int i = 0; i < 20; ++i) {
            fixture.server.files[u"/cdn/%1.png"_s.arg(i)] = picture(100, 100);  // 40 KB decoded
            QVERIFY(!fixture.get(u"%1.png"_s.arg(i)).isNull());
        }
        QVERIFY(fixture.provider->memory_bytes() <= limits.memory_bytes);
        QVERIFY(fixture.provider->memory_bytes() > 0);
    }

    void moving_pictures_come_as_files() {
        Fixture fixture;
        fixture.server.files[u"/cdn/a.webp"_s] = picture(10, 10, "webp");
        QString path = u"?"_s;
        fixture.provider->local_file(u"a.webp"_s, [&](const QString& found) { path = found; });
        QTRY_VERIFY_WITH_TIMEOUT(path != u"?"_s, 20'000);
        QFile file(path);
        QVERIFY(file.open(QFile::ReadOnly));
        QCOMPARE(file.readAll(), fixture.server.files[u"/cdn/a.webp"_s]);
        fixture.provider->local_file(u"../a"_s, [&](const QString& found) { path = found; });
        QTRY_VERIFY(path.isEmpty());
    }

    void qml_gets_a_moving_picture_as_a_file() {
        Fixture fixture;
        fixture.server.files[u"/cdn/a.webp"_s] = picture(10, 10, "webp");
        QQmlEngine engine;
        engine.addImageProvider(u"cdn"_s, fixture.provider.release());
        LocalPicture local;
        QQmlEngine::setContextForObject(&local, engine.rootContext());
        local.setSource(u"image://cdn/gone.webp"_s);
        local.setSource(u"image://cdn/a.webp?size=9"_s);
        QTRY_VERIFY_WITH_TIMEOUT(local.path().isLocalFile(), 20'000);
        QVERIFY(QFile::exists(local.path().toLocalFile()));
        local.setSource(u"file:///etc/passwd"_s);
        QVERIFY(local.path().isEmpty());
        QTest::qWait(10);
        QVERIFY(local.path().isEmpty());
    }

    void ending_with_pictures_under_way_is_quiet() {
        Fixture fixture;
        fixture.server.hold = true;
        std::vector<std::unique_ptr<QQuickImageResponse>> responses;
        for (int i = 0; i < 20; ++i) responses.push_back(fixture.ask(u"%1.png"_s.arg(i)));
        QTRY_VERIFY(fixture.server.open_now > 0);
        fixture.provider.reset();
        for (const auto& response : responses) response->cancel();
        responses.clear();
    }
};

QTEST_MAIN(TestImages)
#include "tst_images.moc"
