// What the desktop is told of: by the rules, never of what is looked at, one at a time for each
// channel, within bounds, and without anybody's markup. The desktop is a bus of the test's own.

#include "client-qml/app/notifier.h"
#include "client-qml/core/models/notification_rules.h"
#include "tests/qml/core/api/fake_http.h"
#include "tests/qml/support/scripted_account.h"

#include <QDBusConnection>
#include <QDBusMessage>
#include <QProcess>
#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

/// A desktop's server of notifications.
class Desktop final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.Notifications")

  public:
    struct Call {
        uint replaces = 0, id = 0;
        QString title, body;
        bool silent = false;
    };
    std::vector<Call> calls;

  public slots:
    uint Notify(const QString&,
                uint replaces,
                const QString&,
                const QString& title,
                const QString& body,
                const QStringList&,
                const QVariantMap& hints,
                int) {
        const uint id = replaces != 0 ? replaces : ++last_;
        calls.push_back({replaces, id, title, body, hints[u"suppress-sound"_s].toBool()});
        return id;
    }

  signals:
    void ActionInvoked(uint id, const QString& action);
    void NotificationClosed(uint id, uint reason);

  private:
    uint last_ = 0;
};

namespace {

struct StillClock final : Clock {
    qint64 now_ms() const override { return 1'767'225'600'000; }
    qint64 steady_ms() const override { return now; }
    qint64 now = 10'000;
};

/// Without the marks that hold names apart.
QString plain(QString text) { return text.remove(QChar(0x2068)).remove(QChar(0x2069)); }

QJsonObject guild(int channels) {
    QJsonArray list;
    for (int i = 0; i < channels; ++i) {
        list.append(QJsonObject{
            {u"id"_s, QString::number(1'000 + i)}, {u"type"_s, 0}, {u"name"_s, u"c%1"_s.arg(i)}});
    }
    QJsonObject all = json(R"({"id":"10","name":"G","owner_id":"9","member_count":2,
        "roles":[{"id":"10","name":"@everyone","permissions":"1024"}],
        "members":[{"user":{"id":"1","username":"me"},"roles":[]},
                   {"user":{"id":"2","username":"anna"},"nick":"Anna","roles":[]}]})");
    all[u"channels"_s] = list;
    return all;
}

struct Bench {
    explicit Bench(int channels = 3) {
        AccountRecord record;
        record.key = u"1@test"_s;
        record.node = http.url();
        record.user_id = u"1"_s;
        account = accounts.add(record, {});
        account->state().apply(
            {{u"READY"_s,
              QJsonObject{{u"user"_s, json(R"({"id":"1","username":"me"})")},
                          {u"guilds"_s, QJsonArray{guild(channels)}},
                          {u"private_channels"_s, QJsonArray{json(R"({"id":"900","type":1,
                               "recipients":[{"id":"3","username":"bob"}]})")}}},
              1}});
        preferences.setNotify(u"all"_s);
        notifier.setProperty("navigator", QVariant::fromValue(&navigator));
        notifier.setProperty("preferences", QVariant::fromValue(&preferences));
        notifier.setAccounts(&accounts);
        navigator.openChannel(u"1002"_s);
    }
    void message(const QString& channel,
                 const QString& text = u"hello"_s,
                 bool mention = false,
                 const char* author = "2") {
        QJsonObject one{
            {u"id"_s, QString::number(++last_id)},
            {u"channel_id"_s, channel},
            {u"content"_s, text},
            {u"author"_s,
             QJsonObject{{u"id"_s, QString::fromLatin1(author)}, {u"username"_s, u"anna"_s}}}};
        if (channel != u"900"_s) one[u"guild_id"_s] = u"10"_s;
        if (mention) one[u"mentions"_s] = QJsonArray{json(R"({"id":"1","username":"me"})")};
        account->state().apply({{u"MESSAGE_CREATE"_s, one, 2}});
    }
    NotificationRules rules() { return NotificationRules(account->state()); }
    QString told(int i) { return notified[i][0].toString() + u": "_s + notified[i][1].toString(); }

    QTemporaryDir folder;
    StillClock clock;
    SystemRng rng;
    FakeHttp http{[](const Seen&) { return silence(); }};
    Accounts accounts{folder.path(), false, clock, rng};
    Navigator navigator{accounts};
    Preferences preferences{folder.path() + u"/preferences.ini"_s};
    Notifier notifier;
    QSignalSpy notified{&notifier, &Notifier::notified};
    Account* account = nullptr;
    int last_id = 5'000;
};

}  // namespace

class TestNotifier final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        bus_.start(u"dbus-daemon"_s, {u"--session"_s, u"--print-address"_s, u"--nofork"_s});
        if (!bus_.waitForStarted(10'000) || !bus_.waitForReadyRead(10'000))
            QSKIP("There is no dbus-daemon.");
        const QByteArray address = bus_.readLine().trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address);
        auto server = QDBusConnection::connectToBus(QString::fromUtf8(address), u"desktop"_s);
        QVERIFY(server.registerObject(
            u"/org/freedesktop/Notifications"_s, &desktop_, QDBusConnection::ExportAllContents));
        QVERIFY(server.registerService(u"org.freedesktop.Notifications"_s));
    }
    void cleanupTestCase() {
        QDBusConnection::disconnectFromBus(u"desktop"_s);
        bus_.terminate();
        bus_.waitForFinished(10'000);
    }
    void init() {
        // What an earlier test told of may still be on its way.
        std::size_t before = 0;
        do {
            before = desktop_.calls.size();
            QTest::qWait(50);
        } while (desktop_.calls.size() != before);
        desktop_.calls.clear();
    }

    void the_rules_decide_data() {
        QTest::addColumn<QString>("device");
        QTest::addColumn<QString>("channel");
        QTest::addColumn<bool>("muted");
        QTest::addColumn<int>("plain");
        QTest::addColumn<int>("mentioning");
        QTest::newRow("all") << u"all"_s << QString() << false << 1 << 1;
        QTest::newRow("mentions") << u"mentions"_s << QString() << false << 0 << 1;
        QTest::newRow("nothing") << u"none"_s << QString() << false << 0 << 0;
        QTest::newRow("the channel is louder") << u"none"_s << u"all"_s << false << 1 << 1;
        QTest::newRow("the channel is quieter") << u"all"_s << u"mentions"_s << false << 0 << 1;
        QTest::newRow("muted") << u"all"_s << QString() << true << 0 << 0;
    }
    void the_rules_decide() {
        QFETCH(QString, device);
        QFETCH(QString, channel);
        QFETCH(bool, muted);
        Bench bench;
        bench.preferences.setNotify(device);
        for (const Snowflake place : {1'000, 1'001})
            bench.rules().put(place, {parse_level(channel), muted ? kMutedForGood : 0});
        bench.message(u"1000"_s);
        QTEST(int(bench.notified.size()), "plain");
        bench.notified.clear();
        bench.message(u"1001"_s, u"you"_s, true);
        QTEST(int(bench.notified.size()), "mentioning");
    }
    void a_rule_that_changes_holds_at_once() {
        Bench bench;
        bench.rules().put(1'000, {{}, kMutedForGood});
        bench.message(u"1000"_s);
        QCOMPARE(bench.notified.size(), 0);
        bench.rules().put(1'000, {});
        bench.message(u"1000"_s);
        QCOMPARE(bench.notified.size(), 1);
    }
    void what_is_looked_at_is_not_told_of() {
        Bench bench;
        bench.message(u"1002"_s, u"you"_s, true);
        QCOMPARE(bench.notified.size(), 0);
        bench.notifier.setProperty("windowActive", false);
        bench.message(u"1002"_s);
        QCOMPARE(bench.notified.size(), 1);
        bench.notifier.setProperty("windowActive", true);
        bench.message(u"1000"_s);
        QCOMPARE(bench.notified.size(), 2);
    }
    void nobody_hears_of_themselves_or_while_busy() {
        Bench bench;
        bench.message(u"1000"_s, u"mine"_s, false, "1");
        bench.account->setStatus(u"dnd"_s);
        bench.message(u"1000"_s);
        QCOMPARE(bench.notified.size(), 0);
    }
    void it_says_who_and_where_and_nothing_is_markup() {
        Bench bench;
        bench.message(u"1000"_s, u"<b>ask</b> <@2> in <#1001> **now**"_s);
        QCOMPARE(plain(bench.told(0)), u"Anna (#c0): <b>ask</b> @Anna in #c1 now"_s);
        QTRY_COMPARE(desktop_.calls.size(), std::size_t(1));
        QCOMPARE(plain(desktop_.calls[0].body), u"&lt;b&gt;ask&lt;/b&gt; @Anna in #c1 now"_s);
        bench.preferences.setNotifyShowsText(false);
        bench.message(u"900"_s, u"secret"_s, false, "3");
        QVERIFY(!bench.told(1).contains(u"secret"_s));
        bench.preferences.setNotifyShowsText(true);
        bench.message(u"1001"_s, QString(5'000, u'x'));
        QVERIFY(bench.notified.last()[1].toString().size() <= 201);
    }
    void many_at_once_are_one_and_the_next_replaces_it() {
        Bench bench;
        for (int i = 0; i < 50; ++i) bench.message(u"1000"_s);
        QCOMPARE(bench.notified.size(), 1);
        QTRY_COMPARE(desktop_.calls.size(), std::size_t(2));
        QVERIFY(desktop_.calls[1].body.contains(u"49"_s));
        QCOMPARE(desktop_.calls[0].replaces, 0u);
        QCOMPARE(desktop_.calls[1].replaces, desktop_.calls[0].id);
        // Once it was closed, the next one is new.
        QTest::qWait(50);  // The answer is on its way.
        emit desktop_.NotificationClosed(desktop_.calls[0].id, 2);
        QTest::qWait(50);
        bench.clock.now += 60'000;
        bench.message(u"1000"_s);
        QTRY_COMPARE(desktop_.calls.size(), std::size_t(3));
        QCOMPARE(desktop_.calls[2].replaces, 0u);
    }
    void a_press_opens_the_message() {
        Bench bench;
        QSignalSpy opened(&bench.notifier, &Notifier::opened);
        bench.message(u"1000"_s);
        const QString id = QString::number(bench.last_id);
        QTRY_COMPARE(desktop_.calls.size(), std::size_t(1));
        QTest::qWait(50);  // The answer is on its way.
        emit desktop_.ActionInvoked(7'777, u"default"_s);
        emit desktop_.ActionInvoked(desktop_.calls[0].id, u"default"_s);
        QTRY_COMPARE(opened.size(), 1);
        QCOMPARE(opened[0][1].toString(), u"1000"_s);
        QCOMPARE(opened[0][2].toString(), id);
        QCOMPARE(bench.navigator.channelId(), u"1000"_s);
    }
    void a_flood_in_many_channels_ends_at_the_bounds() {
        Bench bench(500);
        QSignalSpy opened(&bench.notifier, &Notifier::opened);
        for (int round = 0; round < 2; ++round) {
            for (int i = 0; i < 500; ++i) bench.message(QString::number(1'000 + i));
        }
        // 499 channels are not looked at, 200 are kept; those that wait go first.
        QTRY_VERIFY(desktop_.calls.size() >= 499);
        QTest::qWait(1'200);
        QVERIFY(desktop_.calls.size() <= 499 + 200 + 499);
        QTest::qWait(100);
        // Of what is shown a hundred can be pressed: the newest.
        const uint newest = std::ranges::max(desktop_.calls, {}, &Desktop::Call::id).id;
        emit desktop_.ActionInvoked(desktop_.calls[0].id, u"default"_s);
        emit desktop_.ActionInvoked(newest, u"default"_s);
        QTRY_COMPARE(opened.size(), 1);
    }

  private:
    QProcess bus_;
    Desktop desktop_;
};

QTEST_GUILESS_MAIN(TestNotifier)
#include "tst_notifier.moc"
