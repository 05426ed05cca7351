// Gateway against a node that a script plays: what arrives, once and in order, whatever the line
// and the node do.

#include "client-qml/core/gateway/gateway.h"
#include "client-qml/core/gateway/limits.h"
#include "tests/qml/core/gateway/fake_gateway.h"

#include <QTest>
#include <QTimer>

#include <atomic>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWaitMs = 20'000;

/// Chance that always says the same, from any thread.
class FixedRng final : public Rng {
  public:
    quint32 next(quint32 below) override {
        return below == 0 ? 0 : std::min(value.load(), below - 1);
    }

    std::atomic<quint32> value = 0;
};

QByteArray message(int id) {
    const QJsonObject object{{u"id"_s, QString::number(id)}, {u"content"_s, QString(200, u'x')}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact);
}

/// A Gateway, and all that it told.
struct Bench {
    explicit Bench() {
        QObject::connect(&gateway, &Gateway::dispatched, &gateway, [this](const Dispatches& all) {
            ++batches;
            for (const Dispatch& dispatch : all) got.push_back(dispatch);
        });
        QObject::connect(&gateway, &Gateway::state_changed, &gateway, [this](GatewayState state) {
            states.push_back(state);
        });
    }
    bool open() {
        gateway.open(node.url(), u"1.2.SECRET"_s);
        return wait([&] { return gateway.state() == GatewayState::ready && !got.empty(); });
    }
    template <class Until>
    bool wait(Until until) {
        return QTest::qWaitFor(until, kWaitMs);
    }
    QStringList types() const {
        QStringList types;
        for (const Dispatch& dispatch : got) types.append(dispatch.type);
        return types;
    }

    SystemClock clock;
    FixedRng rng;
    FakeGateway node;
    Gateway gateway{clock, rng};
    Dispatches got;
    std::vector<GatewayState> states;
    int batches = 0;
};

}  // namespace

class TestGateway final : public QObject {
    Q_OBJECT

  private slots:
    void it_identifies_and_is_ready() {
        Bench bench;
        QVERIFY(bench.open());
        QCOMPARE(bench.node.asked_for().query(), u"v=10&encoding=json&compress=zlib-stream"_s);
        const QJsonObject identify = bench.node.last(2);
        QCOMPARE(identify[u"token"_s].toString(), u"1.2.SECRET"_s);
        QCOMPARE(identify[u"properties"_s][u"browser"_s].toString(), u"Guildhall"_s);
        QCOMPARE(bench.types(), QStringList{u"READY"_s});
        QCOMPARE(bench.gateway.session_id(), u"abc"_s);
        const std::vector<GatewayState> states{
            GatewayState::connecting, GatewayState::connecting, GatewayState::ready};
        QVERIFY(bench.states == states || bench.states.size() == 2);
    }

    void who_leaves_says_so() {
        Bench bench;
        QVERIFY(bench.open());
        bench.gateway.close();
        QVERIFY(bench.wait([&] { return !bench.node.is_open(); }));
        QCOMPARE(bench.node.farewell(), u"leaving"_s);
    }

    void a_cut_line_is_resumed_with_nothing_lost_or_doubled() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.dispatch("A", 2);
        bench.node.dispatch("B", 3);
        QVERIFY(bench.wait([&] { return bench.got.size() == 3; }));
        bench.node.polite = false;
        bench.node.cut();
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::waiting; }));
        QVERIFY(bench.gateway.next_attempt_ms() > 0);
        QVERIFY(bench.wait([&] { return bench.node.connections() == 2; }));
        bench.node.hello();
        QVERIFY(bench.wait([&] { return bench.node.count(6) == 1; }));
        QCOMPARE(bench.node.last(6)[u"session_id"_s].toString(), u"abc"_s);
        QCOMPARE(bench.node.last(6)[u"seq"_s].toInt(), 3);
        bench.node.dispatch("B", 3);  // replayed although we have it
        bench.node.dispatch("C", 4);
        bench.node.dispatch("RESUMED", 5);
        bench.node.dispatch("D", 6);
        QVERIFY(bench.wait([&] { return bench.got.size() == 6; }));
        const QStringList types{u"READY"_s, u"A"_s, u"B"_s, u"C"_s, u"RESUMED"_s, u"D"_s};
        QCOMPARE(bench.types(), types);
        QCOMPARE(bench.gateway.state(), GatewayState::ready);
        QCOMPARE(bench.node.count(2), 1);
    }

    void a_message_may_come_in_several_frames() {
        Bench bench;
        QVERIFY(bench.open());
        const QByteArray text = FakeGateway::dispatch_text("A", 2, R"({"x":"grüß"})");
        const QByteArray bytes = bench.node.deflated(text);
        for (const char byte : bytes) bench.node.say_raw(QByteArray(1, byte));
        QVERIFY(bench.wait([&] { return bench.got.size() == 2; }));
        QCOMPARE(bench.got[1].data[u"x"_s].toString(), u"grüß"_s);
        QCOMPARE(bench.got[1].seq, 2);
    }

    void a_session_that_is_gone_begins_anew() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.polite = false;
        bench.node.cut();
        QVERIFY(bench.wait([&] { return bench.node.connections() == 2; }));
        bench.node.hello();
        QVERIFY(bench.wait([&] { return bench.node.count(6) == 1; }));
        bench.node.polite = true;
        bench.node.say(R"({"op":9,"d":false})");
        QVERIFY(bench.wait([&] { return bench.got.size() == 2; }));
        QCOMPARE(bench.node.count(2), 2);
        QCOMPARE(bench.node.connections(), 2);  // on the same line
        QCOMPARE(bench.types(), (QStringList{u"READY"_s, u"READY"_s}));
        QCOMPARE(bench.gateway.state(), GatewayState::ready);
    }

    void invalid_sessions_without_end_are_waited_for() {
        Bench bench;
        bench.node.polite = false;
        bench.gateway.open(bench.node.url(), u"x"_s);
        QVERIFY(bench.wait([&] { return bench.node.connections() == 1; }));
        bench.node.hello();
        QVERIFY(bench.wait([&] { return bench.node.count(2) == 1; }));
        bench.node.say(R"({"op":9,"d":false})");
        QVERIFY(bench.wait([&] { return bench.node.count(2) == 2; }));
        bench.node.say(R"({"op":9,"d":false})");
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::waiting; }));
    }

    void a_node_that_asks_for_it_is_left_and_resumed() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.resumed_seq = 2;
        bench.node.say(R"({"op":7})");
        QVERIFY(bench.wait([&] { return bench.got.size() == 2; }));
        QCOMPARE(bench.types().last(), u"RESUMED"_s);
        QCOMPARE(bench.node.connections(), 2);
    }

    void a_session_that_timed_out_is_not_resumed() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.close(4009);
        QVERIFY(bench.wait([&] { return bench.got.size() == 2; }));
        QCOMPARE(bench.node.count(6), 0);
        QCOMPARE(bench.node.count(2), 2);
    }

    void a_node_that_does_not_answer_heartbeats_is_left() {
        Bench bench;
        bench.node.acks = false;
        bench.node.interval_ms = 1;  // taken for a second
        QVERIFY(bench.open());
        QVERIFY(bench.wait([&] { return bench.node.connections() >= 2; }));
        QVERIFY(bench.node.count(1) <= 2);
        QVERIFY(bench.wait([&] { return bench.node.count(6) >= 1; }));
    }

    void a_node_may_ask_for_a_heartbeat() {
        Bench bench;
        QVERIFY(bench.open());
        QVERIFY(bench.wait([&] { return bench.node.count(1) == 1; }));  // chance says at once
        bench.node.say(R"({"op":1,"d":null})");
        QVERIFY(bench.wait([&] { return bench.node.count(1) == 2; }));
        for (int i = 0; i < 1'000; ++i) bench.node.say(R"({"op":1})");
        bench.node.dispatch("A", 2);
        QVERIFY(bench.wait([&] { return bench.got.size() == 2; }));
        QVERIFY(bench.node.count(1) <= kSendsPerMinute);
    }

    void what_an_earlier_connection_said_is_dropped() {
        Bench bench;
        QVERIFY(bench.open());
        FakeGateway other;
        for (int i = 0; i < 100; ++i) bench.node.dispatch("OLD", 2 + i);
        // The worker has them, or soon will; this thread has not looked yet.
        bench.gateway.open(other.url(), u"y"_s);
        bench.got.clear();
        QVERIFY(bench.wait([&] { return !bench.got.isEmpty(); }));
        QTest::qWait(50);
        QCOMPARE(bench.types(), QStringList{u"READY"_s});
        bench.gateway.close();
        QCOMPARE(bench.gateway.state(), GatewayState::off);
        other.dispatch("LATE", 2);
        QTest::qWait(50);
        QCOMPARE(bench.got.size(), 1);
        QVERIFY(bench.wait([&] { return !other.is_open(); }));
    }

    void what_is_no_frame_closes_the_line_data() {
        QTest::addColumn<QByteArray>("bytes");
        QTest::addColumn<bool>("deflate");
        QTest::newRow("no zlib") << "hello, world, this is no stream"_ba << false;
        QTest::newRow("no JSON") << "{\"op\":"_ba << true;
        QTest::newRow("empty") << ""_ba << true;
        QTest::newRow("an array") << "[1,2]"_ba << true;
        QTest::newRow("op of text") << R"({"op":"0","t":"A","s":2,"d":{}})"_ba << true;
        QTest::newRow("op of no kind") << R"({"op":-3})"_ba << true;
        QTest::newRow("no type") << R"({"op":0,"s":2,"d":{}})"_ba << true;
        QTest::newRow("deep") << QByteArray(100'000, '[') << true;
        QTest::newRow("bomb") << QByteArray(kMessageBytesMax + 1, ' ') << true;
    }

    void what_is_no_frame_closes_the_line() {
        QFETCH(QByteArray, bytes);
        QFETCH(bool, deflate);
        Bench bench;
        QVERIFY(bench.open());
        if (deflate) {
            bench.node.say(bytes);
        } else {
            bench.node.say_raw(bytes);
        }
        QVERIFY(bench.wait([&] { return bench.node.count(6) == 1; }));
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::ready; }));
        bench.node.dispatch("A", 5);
        QVERIFY(bench.wait([&] { return bench.types().contains(u"A"_s); }));
    }

    void what_is_odd_is_bounded_and_goes_on() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.say(R"({"op":99,"d":{"new":1}})");
        bench.node.say(R"({"op":10,"d":{"heartbeat_interval":"soon"}})");
        bench.node.say(R"({"op":0,"t":"A","s":"two","d":7})");
        bench.node.say(R"({"op":0,"t":"B","s":1e300,"d":[]})");
        QVERIFY(bench.wait([&] { return bench.got.size() == 3; }));
        QVERIFY(bench.got[1].data.isEmpty());
        QVERIFY(bench.got[2].seq <= qint64(1) << 53);
    }

    void a_session_whose_replay_breaks_the_line_is_given_up() {
        Bench bench;
        QVERIFY(bench.open());
        for (int i = 0; i < kNonsenseMax; ++i) {
            const int before = bench.node.connections();
            bench.node.say("nonsense");
            QVERIFY(bench.wait([&] {
                return bench.node.connections() > before &&
                       bench.gateway.state() == GatewayState::ready;
            }));
        }
        QVERIFY(bench.wait([&] { return bench.node.count(2) == 2; }));
    }

    void a_token_goes_to_no_other_host() {
        Bench bench;
        bench.node.polite = false;
        bench.gateway.open(bench.node.url(), u"x"_s);
        QVERIFY(bench.wait([&] { return bench.node.connections() == 1; }));
        bench.node.hello();
        bench.node.ready(u"abc"_s, u"ws://localhost:1"_s);
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::ready; }));
        bench.node.cut();
        QVERIFY(bench.wait([&] { return bench.node.connections() == 2; }));
    }

    void an_address_that_is_no_gateway_is_not_tried() {
        Bench bench;
        bench.gateway.open(QUrl(u"http://127.0.0.1:1"_s), u"x"_s);
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::off; }));
    }

    void three_thousand_messages_arrive_complete_and_in_order() {
        Bench bench;
        QVERIFY(bench.open());
        int sent = 0;
        QTimer timer;
        connect(&timer, &QTimer::timeout, &timer, [&] {
            for (int i = 0; i < 10 && sent < 3'000; ++i, ++sent) {
                bench.node.dispatch("MESSAGE_CREATE", 2 + sent, message(sent + 1));
            }
        });
        timer.start(10);
        QVERIFY(bench.wait([&] { return bench.got.size() == 3'001; }));
        for (int i = 1; i <= 3'000; ++i) {
            QCOMPARE(bench.got[i].data[u"id"_s].toString(), QString::number(i));
        }
        QCOMPARE(bench.node.connections(), 1);
    }

    void a_window_that_is_far_behind_has_the_line_cut_and_loses_nothing() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.resumed_seq = 8;
        const QByteArray big = "[" + QByteArray(kPendingBytesMax / 4, ' ') + "]";
        connect(&bench.gateway, &Gateway::dispatched, this, [&](const Dispatches& all) {
            if (all[0].type != u"SLOW") return;
            // A slow receiver: while it is at work, more comes than may wait.
            for (int i = 0; i < 5; ++i) bench.node.dispatch("BIG", 3 + i, big);
            bench.wait([&] { return !bench.node.is_open(); });
        });
        bench.node.dispatch("SLOW", 2);
        QVERIFY(bench.wait([&] { return bench.types().contains(u"RESUMED"_s); }));
        QStringList types{u"READY"_s, u"SLOW"_s};
        for (int i = 0; i <= bench.node.last(6)[u"seq"_s].toInt() - 3; ++i) types += u"BIG"_s;
        QCOMPARE(bench.types(), types << u"RESUMED"_s);
        QCOMPARE(bench.node.connections(), 2);
    }

    void what_is_sent_keeps_to_the_limit() {
        Bench bench;
        bench.gateway.send(14, {});  // nobody is there: dropped
        QVERIFY(bench.open());
        for (int i = 0; i < 300; ++i) bench.gateway.send(14, {{u"n"_s, i}});
        bench.gateway.send(14, {{u"huge"_s, QString(int(kPayloadBytesMax), u'x')}});
        QVERIFY(bench.wait([&] { return bench.node.count(14) >= kSendsPerMinute - 5; }));
        QTest::qWait(100);
        QVERIFY(int(bench.node.got.size()) <= kSendsPerMinute);
        QCOMPARE(bench.node.last(14)[u"n"_s].toInt(), bench.node.count(14) - 1);
    }

    void trying_again_need_not_wait() {
        Bench bench;
        QVERIFY(bench.open());
        bench.rng.value = 1'000'000;  // chance is at its worst
        bench.node.polite = false;
        for (int i = 0; i < 6; ++i) {
            const int before = bench.node.connections();
            bench.node.cut();
            QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::waiting; }));
            bench.gateway.retry_now();
            QVERIFY(bench.wait([&] { return bench.node.connections() > before; }));
        }
        QVERIFY(bench.gateway.next_attempt_ms() - bench.clock.steady_ms() <= kBackoffMs);
    }

    void a_dead_line_is_found_when_asked() {
        Bench bench;
        bench.rng.value = 1'000'000;  // the first heartbeat is far away
        QVERIFY(bench.open());
        bench.gateway.retry_now();
        QVERIFY(bench.wait([&] { return bench.node.count(1) == 1; }));
        QTest::qWait(50);
        QCOMPARE(bench.gateway.state(), GatewayState::ready);
        bench.node.acks = false;
        bench.gateway.retry_now();
        QVERIFY(bench.wait([&] { return bench.node.connections() == 2; }));
    }

    void it_may_go_at_any_moment() {
        for (int i = 0; i < 20; ++i) {
            auto bench = std::make_unique<Bench>();
            bench->gateway.open(bench->node.url(), u"x"_s);
            QTest::qWait(i);
            bench->node.polite = false;
        }
    }

    void a_busy_window_gets_few_and_bounded_batches() {
        Bench bench;
        QVERIFY(bench.open());
        const int before = bench.batches;
        for (int i = 0; i < 5'000; ++i) bench.node.dispatch("A", 2 + i);
        QVERIFY(bench.wait([&] { return bench.got.size() == 5'001; }));
        QVERIFY(bench.batches - before < 500);
        QVERIFY(bench.batches - before >= 5'000 / kBatchMax);
    }

    void a_node_that_speaks_otherwise_is_asked_again_much_later() {
        Bench bench;
        QVERIFY(bench.open());
        bench.node.close(4012);
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::waiting; }));
        QVERIFY(bench.gateway.next_attempt_ms() - bench.clock.steady_ms() > kBackoffMsMax / 3);
    }

    void a_void_token_is_refused_for_good() {
        Bench bench;
        bench.node.polite = false;
        bench.gateway.open(bench.node.url(), u"x"_s);
        QVERIFY(bench.wait([&] { return bench.node.connections() == 1; }));
        bench.node.close(4004);
        QVERIFY(bench.wait([&] { return bench.gateway.state() == GatewayState::refused; }));
        QTest::qWait(700);
        QCOMPARE(bench.node.connections(), 1);
    }
};

QTEST_GUILESS_MAIN(TestGateway)
#include "tst_gateway.moc"
