// Routes, lanes and windows, with a time that the test tells.

#include "client-qml/core/api/http.h"
#include "client-qml/core/api/limiter.h"

#include <QJsonObject>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

LimitNews news(const QString& bucket, int limit, int remaining, qint64 reset_after_ms) {
    LimitNews out;
    out.bucket = bucket;
    out.limit = limit;
    out.remaining = remaining;
    out.reset_after_ms = reset_after_ms;
    return out;
}

}  // namespace

class TestLimiter final : public QObject {
    Q_OBJECT

  private slots:
    void a_route_has_holes_and_a_major_parameter_data() {
        QTest::addColumn<QString>("path");
        QTest::addColumn<QString>("route");
        QTest::addColumn<QString>("major");
        QTest::newRow("message") << u"/channels/1/messages/2"_s
                                 << u"GET /channels/:id/messages/:id"_s << u"channels/1"_s;
        QTest::newRow("reaction") << u"/channels/1/messages/2/reactions/%F0%9F%91%8D/@me"_s
                                  << u"GET /channels/:id/messages/:id/reactions/:id/@me"_s
                                  << u"channels/1"_s;
        QTest::newRow("webhook") << u"/webhooks/1/TOKEN"_s << u"GET /webhooks/:id/:id"_s
                                 << u"webhooks/1/TOKEN"_s;
        QTest::newRow("invite") << u"/invites/abc@node"_s << u"GET /invites/:id"_s << u""_s;
        QTest::newRow("self") << u"/users/@me/guilds"_s << u"GET /users/@me/guilds"_s << u""_s;
        QTest::newRow("nothing") << u""_s << u"GET "_s << u""_s;
    }

    void a_route_has_holes_and_a_major_parameter() {
        QFETCH(QString, path);
        const RouteKey key = route_key("GET", path);
        QTEST(key.route, "route");
        QTEST(key.major, "major");
    }

    void an_empty_window_waits_for_its_end() {
        Limiter limiter(45);
        const RouteKey key = route_key("POST", u"/channels/1/messages"_s);
        const QString before = limiter.lane(key);
        limiter.sent(before, 1'000);
        limiter.answered(key, before, news(u"b"_s, 2, 1, 5'000), 1'000);
        const QString lane = limiter.lane(key);
        QCOMPARE(limiter.wait_ms(lane, 1'000), 0);
        limiter.sent(lane, 1'001);
        QVERIFY(limiter.wait_ms(lane, 1'001) >= 4'999);
        QVERIFY(limiter.wait_ms(lane, 5'999) > 0);
        QCOMPARE(limiter.wait_ms(lane, 6'100), 0);
    }

    void routes_of_one_bucket_share_a_lane_and_channels_do_not() {
        Limiter limiter(45);
        const RouteKey post = route_key("POST", u"/channels/1/messages"_s);
        const RouteKey edit = route_key("PATCH", u"/channels/1/messages/2"_s);
        QVERIFY(limiter.lane(post) != limiter.lane(edit));
        limiter.answered(post, limiter.lane(post), news(u"b"_s, 5, 0, 1'000), 0);
        limiter.answered(edit, limiter.lane(edit), news(u"b"_s, 5, 0, 1'000), 0);
        QCOMPARE(limiter.lane(post), limiter.lane(edit));
        const RouteKey elsewhere = route_key("POST", u"/channels/2/messages"_s);
        QVERIFY(limiter.lane(elsewhere) != limiter.lane(post));
        QVERIFY(limiter.wait_ms(limiter.lane(edit), 1) > 0);
        QCOMPARE(limiter.wait_ms(limiter.lane(elsewhere), 1), 0);
    }

    void a_second_has_room_for_so_many() {
        Limiter limiter(3);
        for (int i = 0; i < 3; ++i) {
            QCOMPARE(limiter.global_wait_ms(100 + i), 0);
            limiter.sent(QString::number(i), 100 + i);
        }
        QCOMPARE(limiter.global_wait_ms(103), 997);
        QCOMPARE(limiter.global_wait_ms(1'099), 1);
        QCOMPARE(limiter.global_wait_ms(1'100), 0);
    }

    void absurd_headers_do_not_silence_a_channel_for_ever() {
        Limiter limiter(45);
        const RouteKey key = route_key("GET", u"/channels/1"_s);
        limiter.answered(key, limiter.lane(key), news({}, 0, 0, qint64(1) << 60), 0);
        QVERIFY(limiter.wait_ms(limiter.lane(key), 0) <= 3'600'100);
        QCOMPARE(limiter.wait_ms(limiter.lane(key), 3'700'000), 0);
        limiter.sent(limiter.lane(key), 3'700'000);
        limiter.lost(limiter.lane(key));
        limiter.lost(limiter.lane(key));
        QVERIFY(!limiter.is_busy(limiter.lane(key)));
    }

    void ten_thousand_channels_are_not_remembered() {
        Limiter limiter(45);
        for (int i = 0; i < 10'000; ++i) {
            const RouteKey key = route_key("GET", u"/channels/%1"_s.arg(i));
            const QString lane = limiter.lane(key);
            limiter.sent(lane, i);
            limiter.answered(key, lane, {}, i);
        }
        QCOMPARE(limiter.wait_ms(limiter.lane(route_key("GET", u"/channels/1"_s)), 10'000), 0);
    }

    void an_address_keeps_what_is_written() {
        Request request;
        request.path = u"/channels/1/reactions/a%2Fb?#/@me"_s;
        request.query.addQueryItem(u"q"_s, u"1+1&=ü"_s);
        const QUrl url = address_of(QUrl(u"https://node.example/chat/"_s), request);
        QCOMPARE(url.toEncoded(),
                 "https://node.example/chat/api/v10/channels/1/reactions/a%2Fb%3F%23/@me"
                 "?q=1%2B1%26%3D%C3%BC"_ba);
    }

    void a_reason_is_cut_and_encoded() {
        QCOMPARE(reason_header(u"  a b\r\n"_s), "a%20b"_ba);
        QCOMPARE(reason_header(QString(1'000, u'x')).size(), 512);
    }
};

QTEST_GUILESS_MAIN(TestLimiter)
#include "tst_limiter.moc"
