// What people wrote reaches the node once and in order, or stays until it does.

#include "client-qml/core/account/outbox.h"
#include "tests/qml/core/api/fake_http.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;
namespace fake = guildhall::client::testing;

namespace {

/// Rest, cache and outbox of one account over a scripted node.
struct Bench {
    QTemporaryDir folder;
    std::function<fake::Said(const fake::Seen&)> script;
    fake::FakeHttp http{[this](const fake::Seen& seen) { return script(seen); }};
    SystemClock clock;
    SystemRng rng;
    Rest rest{http.url(), clock, rng};
    Cache cache{folder.path()};
    Outbox outbox{rest, cache, clock, rng};

    Bench() {
        rest.set_token(u"token"_s);
        outbox.load();
    }
};

Draft draft(const QString& text) {
    Draft made;
    made.channel = 7;
    made.content = text;
    return made;
}

QJsonObject body_of(const fake::Seen& seen) { return QJsonDocument::fromJson(seen.body).object(); }

fake::Said accept(const fake::Seen&) { return fake::say(200, R"({"id":"1","channel_id":"7"})"); }

}  // namespace

class TestOutbox final : public QObject {
    Q_OBJECT

  private slots:
    void messages_leave_one_by_one_in_order() {
        Bench bench;
        bench.script = accept;
        for (int i = 0; i < 5; ++i) QVERIFY(bench.outbox.put(draft(QString::number(i))));
        QVERIFY(bench.http.seen.empty());  // There is no line yet.
        bench.outbox.resume();
        QTRY_COMPARE(bench.http.seen.size(), 5u);
        for (int i = 0; i < 5; ++i) {
            const QJsonObject body = body_of(bench.http.seen[std::size_t(i)]);
            QCOMPARE(body["content"_L1].toString(), QString::number(i));
            QVERIFY(body["enforce_nonce"_L1].toBool());
            QVERIFY(body["nonce"_L1].toString().size() <= 25);
        }
        QTRY_VERIFY(bench.outbox.items(7).empty());
        QVERIFY(bench.cache.unsent().empty());
    }

    void what_waits_survives_a_restart() {
        QTemporaryDir folder;
        QString nonce;
        SystemClock clock;
        SystemRng rng;
        Rest rest(QUrl(u"http://127.0.0.1:9"_s), clock, rng);
        {
            Cache cache(folder.path());
            Outbox outbox(rest, cache, clock, rng);
            nonce = outbox.put(draft(u"kept"_s)).value_or(QString());
        }
        Cache cache(folder.path());
        Outbox outbox(rest, cache, clock, rng);
        outbox.load();
        QCOMPARE(outbox.items(7).size(), 1u);
        QCOMPARE(outbox.items(7).front().unsent.nonce, nonce);
        QCOMPARE(outbox.items(7).front().unsent.body["content"_L1].toString(), u"kept"_s);
    }

    void the_same_nonce_is_used_again() {
        Bench bench;
        int calls = 0;
        bench.script = [&](const fake::Seen& seen) {
            return ++calls == 1 ? fake::say(503, R"({"code":130000,"message":"away"})")
                                : accept(seen);
        };
        bench.outbox.resume();
        QVERIFY(bench.outbox.put(draft(u"once"_s)));
        QTRY_VERIFY(!bench.outbox.items(7).empty() &&
                    bench.outbox.items(7).front().stage == Outbox::Stage::host_away);
        bench.outbox.resume();
        QTRY_VERIFY(bench.outbox.items(7).empty());
        QCOMPARE(body_of(bench.http.seen.front())["nonce"_L1],
                 body_of(bench.http.seen.back())["nonce"_L1]);
    }

    void a_refused_message_waits_for_people_and_lets_others_pass() {
        Bench bench;
        bench.script = [](const fake::Seen& seen) {
            return body_of(seen)["content"_L1] == "bad"_L1
                       ? fake::say(403, R"({"code":50013,"message":"Missing Permissions"})")
                       : accept(seen);
        };
        bench.outbox.resume();
        const auto bad = bench.outbox.put(draft(u"bad"_s));
        QVERIFY(bad && bench.outbox.put(draft(u"good"_s)));
        QTRY_COMPARE(bench.outbox.items(7).size(), 1u);
        QCOMPARE(bench.outbox.items(7).front().stage, Outbox::Stage::failed);
        QCOMPARE(bench.outbox.items(7).front().unsent.error, u"Missing Permissions"_s);
        bench.script = accept;
        bench.outbox.retry(*bad);
        QTRY_VERIFY(bench.outbox.items(7).empty());
    }

    void a_message_can_be_taken_back() {
        Bench bench;
        bench.script = [](const fake::Seen&) { return fake::silence(); };
        bench.outbox.resume();
        const auto nonce = bench.outbox.put(draft(u"oops"_s));
        QVERIFY(nonce);
        bench.outbox.remove(*nonce);
        QVERIFY(bench.outbox.items(7).empty());
        QVERIFY(bench.cache.unsent().empty());
    }

    void the_queue_has_an_end() {
        Bench bench;
        int taken = 0;
        while (taken < 600 && bench.outbox.put(draft(u"x"_s))) ++taken;
        QCOMPARE(taken, 500);
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
