// From nothing to an account: addresses, nodes that are none, and what goes wrong on the way.

#include "client-qml/login/login_model.h"
#include "tests/qml/support/scripted_account.h"

#include <QQmlContext>
#include <QQmlEngine>
#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* kNode = R"({"name":"home.example","uid":"aabbccddeeff","version":"1.2",
    "software":"guildhall","registration":"open"})";

struct Bench {
    QTemporaryDir folder;
    SystemClock clock;
    SystemRng rng;
    QHash<QByteArray, Said> answers{{"GET /node", say(200, kNode)}};
    FakeHttp http{[this](const Seen& seen) {
        QByteArray path = seen.path.split('?').first();
        if (path.startsWith("/api/v10")) path = path.mid(8);
        return answers.value(seen.method + ' ' + path, say(404, R"({"message":"Not Found"})"));
    }};
    Accounts accounts{folder.path(), false, clock, rng};
    QQmlEngine engine;
    LoginModel login;
    QSignalSpy done{&login, &LoginModel::done};

    Bench() {
        accounts.use_in(engine);
        QQmlEngine::setContextForObject(&login, engine.rootContext());
        login.setAddress(http.url().toString());
    }
    bool arrive() {
        login.check();
        return QTest::qWaitFor([&] { return login.step() == u"person"_s; }, 10'000);
    }
    void let_in() {
        answers["POST /auth/login"] = say(200, R"({"token":"T"})");
        answers["POST /auth/register"] = say(201, R"({"token":"T"})");
        answers["GET /users/@me"] = say(200, R"({"id":"77","username":"anna"})");
    }
};

}  // namespace

class TestLogin final : public QObject {
    Q_OBJECT

  private slots:
    void addresses_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("address");
        const auto row = [](const char* text, const char* address) {
            QTest::newRow(text) << QString::fromUtf8(text) << QString::fromLatin1(address);
        };
        row("chat.example.org", "https://chat.example.org");
        row("  chat.example.org/  ", "https://chat.example.org");
        row("chat.example.org:8443", "https://chat.example.org:8443");
        row("http://chat.example.org/some/page?x=1#y", "http://chat.example.org");
        row("localhost:8080", "http://localhost:8080");
        row("127.0.0.1:8080", "http://127.0.0.1:8080");
        row("[::1]:8080", "http://[::1]:8080");
        row("node.localhost", "http://node.localhost");
        row("192.168.1.4", "https://192.168.1.4");
        row("HTTPS://Chat.Example", "https://chat.example");
        row("", "");
        row("   ", "");
        row("two words", "");
        row("ftp://chat.example", "");
        row("javascript:alert(1)", "");
        row("file:///etc/passwd", "");
        row("https://me:secret@chat.example", "");
        row("me@chat.example", "");
        row("chat.example:99999", "");
        row("https://", "");
        row("://x", "");
    }
    void addresses() {
        QFETCH(QString, text);
        QFETCH(QString, address);
        QCOMPARE(node_address(text).toString(), address);
    }
    void an_endless_address_is_none() { QVERIFY(!node_address(QString(10'000, u'a')).isValid()); }

    void a_node_says_who_it_is() {
        Bench bench;
        QVERIFY(bench.arrive());
        QCOMPARE(bench.login.nodeName(), u"home.example"_s);
        QCOMPARE(bench.login.fingerprint(), u"aabb ccdd eeff"_s);
        QCOMPARE(bench.login.registration(), u"open"_s);
        QVERIFY(bench.login.warning().isEmpty());
        bench.login.back();
        QCOMPARE(bench.login.step(), u"node"_s);
    }
    void what_is_no_node_is_said_to_be_none_data() {
        QTest::addColumn<int>("status");
        QTest::addColumn<QByteArray>("body");
        QTest::newRow("404") << 404 << QByteArray("{}");
        QTest::newRow("page") << 200 << QByteArray("<html>hello</html>");
        QTest::newRow("list") << 200 << QByteArray("[]");
        QTest::newRow("no uid") << 200 << QByteArray(R"({"name":"x"})");
        QTest::newRow("uid of a wrong type") << 200 << QByteArray(R"({"uid":5})");
        QTest::newRow("500") << 500 << QByteArray("oops");
    }
    void what_is_no_node_is_said_to_be_none() {
        QFETCH(int, status);
        QFETCH(QByteArray, body);
        Bench bench;
        bench.answers["GET /node"] = say(status, body);
        bench.login.check();
        QTRY_VERIFY_WITH_TIMEOUT(!bench.login.error().isEmpty(), 20'000);
        QCOMPARE(bench.login.step(), u"node"_s);
        QVERIFY(!bench.login.busy());
    }
    void nobody_there_is_said() {
        Bench bench;
        bench.login.setAddress(u"http://127.0.0.1:9"_s);
        bench.login.check();
        QTRY_VERIFY_WITH_TIMEOUT(bench.login.error().contains(u"127.0.0.1:9"_s), 20'000);
        bench.login.setAddress(u"nonsense here"_s);
        QVERIFY(bench.login.error().isEmpty());
        bench.login.check();
        QVERIFY(!bench.login.error().isEmpty());
    }
    void an_invite_says_where_it_leads() {
        Bench bench;
        bench.answers["GET /invites/abc"] = say(200, R"({"guild":{"id":"5","name":"Harbour"}})");
        bench.login.setProperty("invite", u"abc"_s);
        bench.login.setProperty("inviteNode", bench.http.url().authority());
        QVERIFY(bench.arrive());
        QTRY_COMPARE(bench.login.inviteGuild(), u"Harbour"_s);
        // Of another node than the chosen one it is asked for by its whole name.
        bench.login.back();
        bench.answers["GET /invites/abc@far.example"] =
            say(200, R"({"guild":{"id":"5","name":"Far"}})");
        bench.login.setProperty("inviteNode", u"far.example"_s);
        QVERIFY(bench.arrive());
        QTRY_COMPARE(bench.login.inviteGuild(), u"Far"_s);
        bench.login.back();
        bench.answers.remove("GET /invites/abc@far.example");
        QVERIFY(bench.arrive());
        QCOMPARE(bench.login.inviteGuild(), QString());
    }
    void one_logs_in() {
        Bench bench;
        bench.let_in();
        QVERIFY(bench.arrive());
        bench.login.logIn(u" anna "_s, u" pass word "_s);
        QTRY_COMPARE(bench.done.size(), 1);
        QCOMPARE(bench.accounts.rowCount(), 1);
        QCOMPARE(bench.accounts.current()->userId(), u"77"_s);
        for (const Seen& one : bench.http.seen) {
            if (!one.path.endsWith("/auth/login")) continue;
            const QJsonObject body = QJsonDocument::fromJson(one.body).object();
            QCOMPARE(body["login"_L1].toString(), u"anna"_s);
            QCOMPARE(body["password"_L1].toString(), u" pass word "_s);
        }
    }
    void a_wrong_password_is_said_once_and_lets_one_try_again() {
        Bench bench;
        QVERIFY(bench.arrive());
        bench.answers["POST /auth/login"] =
            say(400, R"({"code":50035,"message":"Invalid Form Body","errors":{"password":
                {"_errors":[{"code":"X","message":"Login or password is invalid."}]}}})");
        bench.login.logIn(u"anna"_s, u"wrong"_s);
        QTRY_COMPARE(bench.login.fieldErrors()[u"password"_s].toString(),
                     u"Login or password is invalid."_s);
        QVERIFY(bench.login.error().isEmpty() && !bench.login.busy());
        bench.let_in();
        bench.login.logIn(u"anna"_s, u"right"_s);
        QVERIFY(bench.login.fieldErrors().isEmpty());  // Not shown while one waits.
        QTRY_COMPARE(bench.done.size(), 1);
    }
    void a_field_that_is_not_shown_still_says_its_error() {
        Bench bench;
        QVERIFY(bench.arrive());
        bench.answers["POST /auth/register"] =
            say(400, R"({"code":50035,"message":"Invalid Form Body","errors":{"email":
                {"_errors":[{"code":"X","message":"Wanted here."}]}}})");
        bench.login.signUp(u"anna"_s, {}, u"long enough"_s, {});
        QTRY_VERIFY(bench.login.error().contains(u"Wanted here."_s));
    }
    void a_login_that_brings_no_token_is_no_login() {
        Bench bench;
        QVERIFY(bench.arrive());
        bench.answers["POST /auth/login"] = say(200, R"({"mfa":true})");
        bench.login.logIn(u"anna"_s, u"x"_s);
        QTRY_VERIFY(!bench.login.error().isEmpty());
        QVERIFY(!bench.login.busy());
        bench.answers["POST /auth/login"] = say(200, R"({"token":"T"})");
        bench.answers["GET /users/@me"] = say(200, R"({"id":"nobody"})");
        bench.login.logIn(u"anna"_s, u"x"_s);
        QTRY_VERIFY(!bench.login.busy());
        QVERIFY(!bench.login.error().isEmpty());
        QCOMPARE(bench.done.size(), 0);
        QCOMPARE(bench.accounts.rowCount(), 0);
    }
    void another_fingerprint_than_before_is_warned_of() {
        Bench bench;
        bench.let_in();
        QVERIFY(bench.arrive());
        bench.login.logIn(u"anna"_s, u"x"_s);
        QTRY_COMPARE(bench.done.size(), 1);
        bench.answers["GET /node"] = say(200, R"({"name":"home.example","uid":"0000"})");
        bench.login.back();
        QVERIFY(bench.arrive());
        QVERIFY(bench.login.warning().contains(u"fingerprint"_s));
        bench.answers["GET /node"] = say(200, kNode);
        bench.login.back();
        QVERIFY(bench.arrive());
        QVERIFY(bench.login.warning().isEmpty());
    }
    void this_machine_needs_no_encryption_and_others_do() {
        QVERIFY(is_this_machine(QUrl(u"http://127.0.0.1:1"_s)));
        QVERIFY(is_this_machine(QUrl(u"http://[::1]"_s)));
        QVERIFY(!is_this_machine(QUrl(u"http://localhost.example.org"_s)));
        QVERIFY(!is_this_machine(QUrl(u"http://10.0.0.1"_s)));
    }
};

QTEST_MAIN(TestLogin)
#include "tst_login.moc"
