// Rest against a node that a script plays: limits, lost lines, uploads, errors.

#include "tests/qml/core/api/rest_bench.h"

#include <QJsonDocument>
#include <QJsonObject>
#include <QSignalSpy>
#include <QTemporaryFile>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Kind = ApiError::Kind;

class TestRest final : public QObject {
    Q_OBJECT

  private slots:
    void a_call_carries_token_reason_and_query() {
        Bench bench([](const Seen&) { return say(200, R"({"a":1})"); });
        Request request = get(u"/channels/1/messages"_s);
        request.query.addQueryItem(u"content"_s, u"a+b c"_s);
        request.reason = u"wegen Lärm\n!"_s;
        const Answer answer = bench.ask(request);
        QVERIFY(answer.ok());
        QCOMPARE(answer.status, 200);
        QCOMPARE(answer.body[u"a"_s].toInt(), 1);
        const Seen& seen = bench.node.seen.at(0);
        QCOMPARE(seen.path, "/api/v10/channels/1/messages?content=a%2Bb%20c"_ba);
        QCOMPARE(seen.headers["authorization"], "1.2.SECRET"_ba);
        QCOMPARE(seen.headers["x-audit-log-reason"], "wegen%20L%C3%A4rm%0A%21"_ba);
        QVERIFY(seen.headers["user-agent"].startsWith("Guildhall/"));
        QVERIFY(!seen.headers.contains("cookie"));
    }

    void an_anonymous_call_carries_no_token() {
        Bench bench([](const Seen&) { return say(204, ""); });
        Request request = get(u"/health"_s);
        request.anonymous = request.from_root = true;
        QVERIFY(bench.ask(request).ok());
        QCOMPARE(bench.node.seen.at(0).path, "/health"_ba);
        QVERIFY(!bench.node.seen.at(0).headers.contains("authorization"));
    }

    void a_lost_answer_is_repeated_once() {
        int times = 0;
        Bench bench([&](const Seen&) { return ++times == 1 ? cut() : say(200, "{}"); });
        Request request = post(u"/channels/1/messages"_s, {{u"nonce"_s, u"7"_s}});
        request.repeatable = true;
        QVERIFY(bench.ask(request).ok());
        QCOMPARE(bench.node.seen.size(), 2u);
    }

    void a_post_that_is_not_repeatable_is_sent_once() {
        Bench bench([&](const Seen&) { return cut(); });
        const Answer answer = bench.ask(post(u"/guilds"_s, {{u"name"_s, u"x"_s}}));
        QCOMPARE(answer.error.kind, Kind::network);
        QCOMPARE(bench.node.seen.size(), 1u);
    }

    void a_post_without_a_body_is_sent_once() {
        Bench bench([&](const Seen&) { return cut(); });
        Request request = get(u"/channels/1/typing"_s);
        request.method = "POST";
        QCOMPARE(bench.ask(request).error.kind, Kind::network);
        QCOMPARE(bench.node.seen.size(), 1u);
    }

    void repeats_have_an_end() {
        Bench bench([&](const Seen&) { return cut(); });
        Request request = post(u"/users/@me"_s);
        request.method = "PUT";
        QCOMPARE(bench.ask(request).error.kind, Kind::network);
        QCOMPARE(int(bench.node.seen.size()), bench.limits.tries_max);
    }

    void a_429_is_waited_out() {
        int times = 0;
        Bench bench([&](const Seen&) {
            if (++times > 1) return say(200, "{}");
            return say(429,
                       R"({"message":"slow","retry_after":0.2,"global":false})",
                       "Retry-After: 1\r\nX-RateLimit-Bucket: b\r\n");
        });
        const qint64 before = bench.clock.steady_ms();
        QVERIFY(bench.ask(post(u"/channels/1/messages"_s)).ok());
        QVERIFY(bench.clock.steady_ms() - before >= 200);
        QCOMPARE(times, 2);
    }

    void slow_mode_is_told_instead() {
        Bench bench([&](const Seen&) {
            return say(429, R"({"message":"Slow mode","code":20016,"retry_after":2.5})");
        });
        const Answer answer = bench.ask(post(u"/channels/1/messages"_s));
        QCOMPARE(answer.error.kind, Kind::limited);
        QCOMPARE(answer.error.code, 20016);
        QCOMPARE(answer.error.retry_after_ms, 2'500);
    }

    void the_window_of_a_bucket_is_kept() {
        std::vector<qint64> times;
        SystemClock clock;
        Bench bench([&](const Seen&) {
            times.push_back(clock.steady_ms());
            const int left = 1 - int(times.size() - 1) % 2;
            return say(200,
                       "{}",
                       "X-RateLimit-Limit: 2\r\nX-RateLimit-Reset-After: 0.3\r\n"
                       "X-RateLimit-Bucket: x\r\nX-RateLimit-Remaining: " +
                           QByteArray::number(left) + "\r\n");
        });
        for (int i = 0; i < 4; ++i) bench.send(post(u"/channels/1/messages"_s));
        QVERIFY(bench.wait(4));
        QVERIFY(times[2] - times[1] >= 300);
        QVERIFY(std::all_of(
            bench.answers.begin(), bench.answers.end(), [](const Answer& a) { return a.ok(); }));
    }

    void posts_of_a_channel_arrive_in_order() {
        std::vector<int> order;
        Bench bench([&](const Seen& seen) {
            order.push_back(QJsonDocument::fromJson(seen.body)[u"n"_s].toInt());
            return say(200, "{}");
        });
        for (int i = 0; i < 20; ++i) bench.send(post(u"/channels/1/messages"_s, {{u"n"_s, i}}));
        QVERIFY(bench.wait(20));
        QCOMPARE(order.size(), 20u);
        QVERIFY(std::is_sorted(order.begin(), order.end()));
    }

    void an_upload_is_read_from_the_disk_and_tells_its_progress() {
        Bench bench([](const Seen&) { return say(200, "{}"); });
        QTemporaryFile file;
        QVERIFY(file.open());
        const QByteArray content(300'000, 'x');
        file.write(content);
        file.flush();
        Request request = post(u"/channels/1/messages"_s, {{u"content"_s, u"hi"_s}});
        request.files.push_back({file.fileName(), {}, u"a\"b\r\n.png"_s, {}, u"alt"_s, true});
        request.files.push_back({{}, "abc", u"c.txt"_s, {}, {}, false});
        qint64 most = 0, whole = 0;
        bench.send(request, [&](qint64 n, qint64 of) {
            most = std::max(most, n);
            whole = of;
        });
        QVERIFY(bench.wait(1));
        QVERIFY(bench.answers[0].ok());
        const Seen& seen = bench.node.seen.at(0);
        QCOMPARE(whole, seen.body.size());
        QCOMPARE(most, whole);
        QVERIFY(seen.headers["content-type"].startsWith("multipart/form-data; boundary="));
        QVERIFY(
            seen.body.contains("name=\"files[0]\"; filename=\"SPOILER_a%22b%0D%0A.png\"\r\n"
                               "Content-Type: image/png\r\n\r\n" +
                               content + "\r\n--"));
        QVERIFY(
            seen.body.contains("name=\"files[1]\"; filename=\"c.txt\"\r\n"
                               "Content-Type: text/plain\r\n\r\nabc\r\n--"));
        QVERIFY(
            seen.body.contains("name=\"payload_json\"\r\n"
                               "Content-Type: application/json\r\n\r\n{"));
        QVERIFY(seen.body.contains(R"("description":"alt")"));
    }

    void a_file_that_is_none_is_told() {
        Bench bench([](const Seen&) { return say(200, "{}"); });
        for (const QString& path : {u"/dev/zero"_s, u"/nowhere/at/all"_s}) {
            Request request = post(u"/channels/1/messages"_s);
            request.files.push_back({path, {}, u"a"_s, {}, {}, false});
            QCOMPARE(bench.ask(request).error.kind, Kind::invalid);
        }
        QVERIFY(bench.node.seen.empty());
    }

    void errors_are_told_by_kind_and_field() {
        Bench bench([&](const Seen& seen) {
            if (seen.path.endsWith("/1")) {
                return say(503, R"({"code":130000,"message":"The host is away"})");
            }
            if (seen.path.endsWith("/2")) return say(404, R"({"code":10003,"message":"Unknown"})");
            if (seen.path.endsWith("/3")) return say(502, "<html>");
            return say(400, R"({"code":50035,"message":"Invalid Form Body","errors":{
                "name":{"_errors":[{"code":"X","message":"Must be 2 to 100 characters"}]},
                "embeds":{"0":{"title":{"_errors":[{"message":"Too long"},
                    {"message":"Odd"}]}}}}})");
        });
        QCOMPARE(bench.ask(get(u"/guilds/1"_s)).error.kind, Kind::host_away);
        const Answer missing = bench.ask(get(u"/guilds/2"_s));
        QCOMPARE(missing.error.kind, Kind::missing);
        QCOMPARE(missing.error.code, 10'003);
        QCOMPARE(missing.error.message, u"Unknown"_s);
        QCOMPARE(bench.ask(get(u"/guilds/3"_s)).error.kind, Kind::server);
        const Answer form = bench.ask(get(u"/guilds/4"_s));
        QCOMPARE(form.error.kind, Kind::invalid);
        const std::vector<std::pair<QString, QString>> fields{
            {u"embeds.0.title"_s, u"Too long Odd"_s},
            {u"name"_s, u"Must be 2 to 100 characters"_s}};
        QVERIFY(form.error.fields == fields);
    }

    void nonsense_with_a_good_status_is_an_error() {
        Bench bench([](const Seen&) { return say(200, "<html>hotel wifi</html>"); });
        QCOMPARE(bench.ask(get(u"/users/@me"_s)).error.kind, Kind::server);
    }

    void a_void_token_is_told_once_and_only_for_the_token_in_use() {
        Bench bench([](const Seen&) { return say(401, R"({"message":"401","code":0})"); });
        QSignalSpy spy(&bench.rest, &Rest::unauthorized);
        Request anonymous = get(u"/auth/login"_s);
        anonymous.anonymous = true;
        QCOMPARE(bench.ask(anonymous).error.kind, Kind::unauthorized);
        QCOMPARE(spy.size(), 0);
        QCOMPARE(bench.ask(get(u"/users/@me"_s)).error.kind, Kind::unauthorized);
        QCOMPARE(spy.size(), 1);
    }

    void a_cancelled_call_says_so_once() {
        Bench bench([](const Seen&) { return silence(); });
        const Rest::Call call = bench.send(get(u"/users/@me"_s));
        QVERIFY(QTest::qWaitFor([&] { return !bench.node.seen.empty(); }));
        bench.rest.cancel(call);
        bench.rest.cancel(call);
        QVERIFY(bench.answers.empty());  // a later turn
        QVERIFY(bench.wait(1));
        QTest::qWait(20);
        QCOMPARE(bench.answers.size(), 1u);
        QCOMPARE(bench.answers[0].error.kind, Kind::cancelled);
    }
};

QTEST_GUILESS_MAIN(TestRest)
#include "tst_rest.moc"
