// Accounts come and go: what one leaves behind, what another finds, and a keychain that is silent.

#include "client-qml/core/account/accounts.h"
#include "tests/qml/support/scripted_account.h"

#include <QDir>
#include <QLocalServer>
#include <QSignalSpy>

using namespace guildhall::client;
using namespace Qt::StringLiterals;
namespace fake = guildhall::client::testing;

namespace {

struct Bench {
    QTemporaryDir folder;
    fake::FakeHttp http{[](const fake::Seen& seen) {
        // The line stalls while one logs out.
        return seen.path.endsWith("/auth/logout") ? fake::silence()
                                                  : fake::say(500, R"({"message":"500"})");
    }};
    SystemClock clock;
    SystemRng rng;

    AccountRecord record(const QString& user) const {
        return {user + u"@127.0.0.1"_s, http.url(), u"home"_s, u"aa"_s, user, u"name"_s};
    }
    std::unique_ptr<Accounts> accounts(bool keychain = false) {
        return std::make_unique<Accounts>(folder.path(), keychain, clock, rng);
    }
};

}  // namespace

class TestAccounts final : public QObject {
    Q_OBJECT

  private slots:
    void logging_in_again_keeps_its_folder_though_the_log_out_still_runs() {
        Bench bench;
        auto accounts = bench.accounts();
        Account* first = accounts->add(bench.record(u"1"_s), u"one"_s);
        first->cache().put_draft(7, u"gone"_s);
        const QString folder = first->folder();
        const QString key = first->key();
        accounts->logOut(key);
        QVERIFY(!accounts->current());
        Account* again = accounts->add(bench.record(u"1"_s), u"two"_s);
        QCOMPARE(again->cache().draft(7), QString());
        again->cache().put_draft(7, u"kept"_s);
        QTRY_VERIFY(std::ranges::any_of(bench.http.seen, [](const fake::Seen& seen) {
            return seen.path.endsWith("/auth/logout") && seen.headers["authorization"] == "one";
        }));
        QTest::qWait(20);
        QVERIFY(QDir(folder).exists());
        again->cache().flush();
        QCOMPARE(Cache(folder).draft(7), u"kept"_s);
    }

    void what_an_account_leaves_is_gone_though_the_node_never_answers() {
        Bench bench;
        auto accounts = bench.accounts();
        const QString folder = accounts->add(bench.record(u"1"_s), u"one"_s)->folder();
        QVERIFY(QDir(folder).exists());
        accounts->logOut(u"1@127.0.0.1"_s);
        QTRY_VERIFY(!QDir(folder).exists());
    }

    void what_an_end_left_behind_goes_at_the_next_start() {
        Bench bench;
        QDir(bench.folder.path()).mkpath(u"9%40127.0.0.1"_s);
        QFile list(bench.folder.filePath(u"accounts.json"_s));
        QVERIFY(list.open(QFile::WriteOnly));
        list.write(R"({"accounts":[],"leaving":["9@127.0.0.1","..",""]})");
        list.close();
        bench.accounts()->load();
        QVERIFY(!QDir(bench.folder.filePath(u"9%40127.0.0.1"_s)).exists());
        QVERIFY(QDir(bench.folder.path()).exists());
    }

    void logging_out_another_account_leaves_the_shown_one() {
        Bench bench;
        auto accounts = bench.accounts();
        for (const QString& user : {u"1"_s, u"2"_s, u"3"_s}) {
            accounts->add(bench.record(user), u"token"_s);
        }
        QCOMPARE(accounts->current()->userId(), u"3"_s);
        accounts->logOut(u"2@127.0.0.1"_s);
        QCOMPARE(accounts->current()->userId(), u"3"_s);
    }

    void a_new_token_throws_nothing_away_that_is_under_way() {
        Bench bench;
        auto accounts = bench.accounts();
        Account* account = accounts->add(bench.record(u"1"_s), u"one"_s);
        QSignalSpy reset(&account->state(), &State::reset);
        QCOMPARE(accounts->add(bench.record(u"1"_s), u"two"_s), account);
        QCOMPARE(account->token(), u"two"_s);
        QCOMPARE(reset.size(), 0);
    }

    void a_silent_keychain_shows_the_cache_and_logs_nobody_out() {
        Bench bench;
        {
            auto accounts = bench.accounts();
            Account* account = accounts->add(bench.record(u"1"_s), u"one"_s);
            account->state().apply({Dispatch{
                u"READY"_s,
                fake::json(R"({"user":{"id":"1","username":"me"},"session_id":"s","guilds":[
                    {"id":"5","name":"Harbour","channels":[],"roles":[],"members":[]}]})"),
                1}});
            account->cache().flush();
        }
        for (const QString& file : QDir(bench.folder.path()).entryList({u"secret-*"_s})) {
            QFile::remove(bench.folder.filePath(file));  // the keychain has it
        }
        QLocalServer silent;
        QVERIFY(silent.listen(bench.folder.filePath(u"bus"_s)));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + silent.fullServerName().toUtf8());
        qputenv("XDG_CURRENT_DESKTOP", "KDE");
        auto accounts = bench.accounts(true);
        QSignalSpy login(accounts.get(), &Accounts::loginNeeded);
        accounts->load();
        Account* account = accounts->current();
        QVERIFY(account);
        QCOMPARE(account->state().guilds().size(), 1u);  // at once
        QTRY_COMPARE_WITH_TIMEOUT(account->line(), Account::Line::Waiting, 20'000);
        QVERIFY(!account->complaint().isEmpty());
        QCOMPARE(login.size(), 0);
        accounts->add(bench.record(u"1"_s), u"two"_s);
        QVERIFY(account->complaint().isEmpty());
    }

    void gateways_data() {
        QTest::addColumn<QString>("told");
        QTest::addColumn<QString>("node");
        QTest::addColumn<QString>("used");
        const auto row = [](const char* told, const char* node, const char* used) {
            QTest::addRow("%s of %s", told, node)
                << QString(QLatin1StringView(told)) << QString(QLatin1StringView(node))
                << QString(QLatin1StringView(used));
        };
        row("wss://chat.example/", "https://chat.example", "wss://chat.example/");
        row("wss://chat.example:8443/g", "https://chat.example", "wss://chat.example:8443/g");
        row("ws://127.0.0.1:80/", "http://127.0.0.1:8080", "ws://127.0.0.1:80/");
        row("ws://chat.example/", "https://chat.example", "wss://chat.example/");
        row("wss://evil.example/", "https://chat.example", "wss://chat.example/");
        row("ws://localhost:8080/x", "http://127.0.0.1:8090", "ws://127.0.0.1:8090/x");
        row("wss://me@chat.example/", "https://chat.example", "wss://chat.example/");
        row("http://chat.example/", "https://chat.example", "");
        row("", "https://chat.example", "");
    }

    void gateways() {
        QFETCH(QString, told);
        QFETCH(QString, node);
        QFETCH(QString, used);
        QCOMPARE(gateway_address(QUrl(told), QUrl(node)).toString(), used);
    }

    void a_node_that_is_down_is_asked_less_and_less_often() {
        Bench bench;
        auto accounts = bench.accounts();
        Account* account = accounts->add(bench.record(u"1"_s), u"one"_s);
        QTRY_COMPARE_WITH_TIMEOUT(account->line(), Account::Line::Waiting, 10'000);
        QSignalSpy ticks(account, &Account::secondsToRetryChanged);
        QTRY_VERIFY_WITH_TIMEOUT(ticks.size() > 0, 10'000);
    }
};

QTEST_GUILESS_MAIN(TestAccounts)
#include "tst_accounts.moc"
