// What a hostile or dead node, and an impatient user, may do to Rest.

#include "client-qml/core/api/limits.h"
#include "tests/qml/core/api/rest_bench.h"

#include <QJsonArray>
#include <QTemporaryFile>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Kind = ApiError::Kind;

class TestRestBounds final : public QObject {
    Q_OBJECT

  private slots:
    void an_answer_of_just_the_bound_is_read_and_one_byte_more_is_not() {
        for (const int over : {0, 1}) {
            const QByteArray json = "[" + QByteArray(999 + over, ' ') + "]";
            Bench bench([&](const Seen&) { return say(200, json); });
            bench.limits.answer_bytes_max = 1'001;
            bench.rest.set_limits(bench.limits);
            const Answer answer = bench.ask(get(u"/x"_s));
            QCOMPARE(answer.error.kind, over == 0 ? Kind::none : Kind::server);
            QCOMPARE(answer.error.message.contains(u"too long"), over == 1);
        }
    }

    void an_endless_answer_is_left_off() {
        Bench bench([&](const Seen&) {
            QByteArray endless = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n";
            const QByteArray chunk = "10000\r\n" + QByteArray(0x10000, ' ') + "\r\n";
            for (int i = 0; i < 64; ++i) endless += chunk;
            return Said{endless};
        });
        bench.limits.answer_bytes_max = 1'000'000;
        bench.rest.set_limits(bench.limits);
        QVERIFY(bench.ask(get(u"/x"_s)).error.message.contains(u"too long"));
    }

    void a_big_answer_is_parsed_aside_and_whole() {
        QByteArray json = "[0";
        for (int i = 1; i < 50'000; ++i) json += "," + QByteArray::number(i);
        json += "]";
        QVERIFY(json.size() > kParseAsideBytes);
        Bench bench([&](const Seen&) { return say(200, json); });
        const Answer answer = bench.ask(get(u"/x"_s));
        QVERIFY(answer.ok());
        QCOMPARE(answer.body.toArray().size(), 50'000);
        QCOMPARE(answer.body[49'999].toInt(), 49'999);
    }

    void what_is_nested_deeply_is_no_answer() {
        Bench bench([&](const Seen&) { return say(200, QByteArray(200'000, '[')); });
        QCOMPARE(bench.ask(get(u"/x"_s)).error.kind, Kind::server);
    }

    void a_redirect_to_another_host_is_refused() {
        Bench bench(
            [&](const Seen&) { return say(302, "", "Location: http://localhost:1/steal\r\n"); });
        const Answer answer = bench.ask(get(u"/x"_s));
        QCOMPARE(answer.error.kind, Kind::server);
        QCOMPARE(bench.node.seen.size(), 1u);
    }

    void a_cookie_is_not_kept() {
        Bench bench([&](const Seen&) { return say(200, "{}", "Set-Cookie: a=b; Path=/\r\n"); });
        QVERIFY(bench.ask(get(u"/x"_s)).ok());
        QVERIFY(bench.ask(get(u"/y"_s)).ok());
        QVERIFY(!bench.node.seen.at(1).headers.contains("cookie"));
    }

    void a_silent_node_is_given_up() {
        Bench bench([&](const Seen&) { return silence(); });
        bench.limits.stall_ms = 150;
        bench.limits.tries_max = 2;
        bench.rest.set_limits(bench.limits);
        QCOMPARE(bench.ask(get(u"/x"_s)).error.kind, Kind::network);
        QCOMPARE(bench.node.seen.size(), 2u);
    }

    void an_error_names_neither_token_nor_address() {
        Bench bench([&](const Seen&) { return cut(); });
        bench.limits.tries_max = 1;
        bench.rest.set_limits(bench.limits);
        const Answer answer = bench.ask(get(u"/webhooks/1/HOOKTOKEN"_s));
        QVERIFY(!answer.error.message.contains(u"TOKEN"));
        QVERIFY(!answer.error.message.contains(u"SECRET"));
        QVERIFY(!answer.error.message.contains(u"127.0.0.1"));
    }

    void a_global_429_holds_everything() {
        std::vector<qint64> times;
        SystemClock clock;
        Bench bench([&](const Seen&) {
            times.push_back(clock.steady_ms());
            if (times.size() > 1) return say(200, "{}");
            return say(429, R"({"message":"x","retry_after":0.3,"global":true})");
        });
        bench.send(get(u"/channels/1"_s));
        QVERIFY(QTest::qWaitFor([&] { return times.size() == 1; }));
        QTest::qWait(50);  // it has been heard
        bench.send(get(u"/guilds/2"_s));
        QVERIFY(bench.wait(2));
        QCOMPARE(times.size(), 3u);
        QVERIFY(times[1] - times[0] >= 300);
        QVERIFY(bench.answers[0].ok() && bench.answers[1].ok());
    }

    void a_429_without_end_is_told() {
        Bench bench([&](const Seen&) {
            return say(429, R"({"message":"x","retry_after":0.01,"global":false})");
        });
        const Answer answer = bench.ask(get(u"/channels/1"_s));
        QCOMPARE(answer.error.kind, Kind::limited);
        QCOMPARE(int(bench.node.seen.size()), bench.limits.limited_max);
    }

    void a_long_429_is_told_at_once() {
        Bench bench([&](const Seen&) {
            return say(429, R"({"message":"x","retry_after":99999999999,"global":false})");
        });
        const Answer answer = bench.ask(get(u"/channels/1"_s));
        QCOMPARE(answer.error.kind, Kind::limited);
        QVERIFY(answer.error.retry_after_ms > bench.limits.patience_ms);
    }

    void more_calls_than_the_bound_are_refused() {
        Bench bench([](const Seen&) { return say(200, "{}"); });
        bench.limits.calls_max = 3;
        bench.rest.set_limits(bench.limits);
        for (int i = 0; i < 5; ++i) bench.send(get(u"/x"_s));
        QVERIFY(bench.wait(5));
        const auto refused =
            std::count_if(bench.answers.begin(), bench.answers.end(), [](const Answer& answer) {
                return answer.error.kind == Kind::limited;
            });
        QCOMPARE(refused, 2);
    }

    void a_cancelled_upload_stops() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.resize(200ll << 20));
        Bench bench([](const Seen&) { return say(200, "{}"); });
        Request request = post(u"/channels/1/messages"_s);
        request.files.push_back({file.fileName(), {}, u"big"_s, {}, {}, false});
        Rest::Call call = 0;
        call = bench.send(request, [&](qint64 sent, qint64) {
            if (sent > 0) bench.rest.cancel(call);  // within the signal that tells
        });
        QVERIFY(bench.wait(1));
        QCOMPARE(bench.answers[0].error.kind, Kind::cancelled);
        QTest::qWait(50);
        const qint64 came = bench.node.bytes_in;
        QTest::qWait(50);
        QCOMPARE(bench.node.bytes_in, came);
        QVERIFY(came < file.size() / 2);
        QVERIFY(bench.node.seen.empty());
    }

    void a_file_that_shrinks_ends_the_call() {
        QTemporaryFile file;
        QVERIFY(file.open());
        QVERIFY(file.resize(40ll << 20));
        Bench bench([](const Seen&) { return say(200, "{}"); });
        bench.limits.stall_ms = 500;
        bench.rest.set_limits(bench.limits);
        Request request = post(u"/channels/1/messages"_s);
        request.files.push_back({file.fileName(), {}, u"big"_s, {}, {}, false});
        bench.send(request, [&](qint64, qint64) { file.resize(10); });
        QVERIFY(bench.wait(1));
        QCOMPARE(bench.answers[0].error.kind, Kind::network);
    }

    void who_is_gone_hears_nothing() {
        Bench bench([](const Seen&) { return say(200, "{}"); });
        bool heard = false;
        auto context = std::make_unique<QObject>();
        bench.rest.send(get(u"/x"_s), context.get(), [&](const Answer&) { heard = true; });
        context.reset();
        QVERIFY(bench.ask(get(u"/y"_s)).ok());
        QVERIFY(!heard);
    }

    void it_may_go_with_calls_under_way() {
        SystemClock clock;
        SystemRng rng;
        FakeHttp node([](const Seen&) { return silence(); });
        auto rest = std::make_unique<Rest>(node.url(), clock, rng);
        bool heard = false;
        for (int i = 0; i < 5; ++i) {
            rest->send(post(u"/x"_s), nullptr, [&](const Answer&) { heard = true; });
        }
        QVERIFY(QTest::qWaitFor([&] { return !node.seen.empty(); }));
        rest.reset();
        QTest::qWait(50);
        QVERIFY(!heard);
    }
};

QTEST_GUILESS_MAIN(TestRestBounds)
#include "tst_rest_bounds.moc"
