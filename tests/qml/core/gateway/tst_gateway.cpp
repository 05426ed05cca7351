// Gateway against a node that a script plays: what arrives, once and in order, whatever the line
// and the node do.

#include "client-qml/core/gateway/gateway.h"
#include "client-qml/core/gateway/limits.h"
#include "tests/qml/core/gateway/fake_gateway.h"

#include <QElapsedTimer>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr int kWaitMs = 20'000;

/// Chance that always says the same.
class FixedRng final : public Rng {
  public:
    quint32 next(quint32) override { return 0; }
};

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
