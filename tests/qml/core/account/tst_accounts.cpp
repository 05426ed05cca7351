// Accounts come and go: what one leaves behind, what another finds, and a keychain that is silent.

#include "client-qml/core/account/accounts.h"
#include "tests/qml/support/scripted_account.h"

#include <QDir>
#include <QLocalServer>
#include <QSignalSpy>

#include <csignal>
#include <sys/resource.h>

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

/// A node with one person and one guild, and a gateway that says so.
struct LiveNode {
    fake::FakeGateway gateway;
    fake::FakeHttp http{[this](const fake::Seen& seen) {
        const QByteArray url = gateway.url().toString().toUtf8();
        if (seen.path.endsWith("/gateway")) return fake::say(200, R"({"url":")" + url + R"("})");
        return seen.path.endsWith("/logout") ? fake::say(204, "") : fake::say(404, "{}");
    }};
    QString user;

    explicit LiveNode(const QString& id) : user(id) {}
    AccountRecord record() const {
        const QString key = user + u"@127.0.0.1_%1"_s.arg(http.url().port());
        return {key, http.url(), u"node of %1"_s.arg(user), u"aa"_s, user, u"name"_s};
    }
    void ready() {
        gateway.dispatch("READY", 2, R"({"user":{"id":")" + user.toLatin1() + R"(","username":"u"},
            "session_id":"s","guilds":[{"id":"10","name":"G","owner_id":"9","members":[],
            "roles":[{"id":"10","permissions":"1024"}],"channels":[{"id":"11","type":0}]}]})");
    }
    void say(int seq, const QByteArray& id) {
        gateway.dispatch(
            "MESSAGE_CREATE", seq, R"({"id":")" + id + R"(","channel_id":"11","guild_id":"10",
            "content":"hi","author":{"id":"77","username":"x"}})");
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

    void all_are_connected_at_once_and_one_leaves_the_others_alone() {
        Bench bench;
        LiveNode one(u"1"_s), two(u"2"_s);
        auto accounts = bench.accounts();
        Account* first = accounts->add(one.record(), u"token-one"_s);
        Account* second = accounts->add(two.record(), u"token-two"_s);
        for (Account* account : {first, second}) {
            QTRY_COMPARE_WITH_TIMEOUT(account->line(), Account::Line::Ready, 20'000);
        }
        QCOMPARE(one.gateway.last(2)["token"_L1].toString(), u"token-one"_s);
        QCOMPARE(two.gateway.last(2)["token"_L1].toString(), u"token-two"_s);
        // What happens at either is known, whichever is shown.
        QCOMPARE(accounts->current(), second);
        one.ready();
        two.ready();
        QTRY_COMPARE(first->state().guilds().size(), 1u);
        QTRY_COMPARE(second->state().guilds().size(), 1u);
        one.say(3, "300");
        QTRY_VERIFY(first->state().guild_unread(10).any);
        QVERIFY(!second->state().guild_unread(10).any);
        accounts->selectNext();
        QCOMPARE(accounts->current(), first);
        QVERIFY(two.gateway.is_open());
        second->cache().put_draft(11, u"words"_s);
        const QString left = first->folder(), stays = second->folder();
        accounts->logOut(first->key());
        QCOMPARE(accounts->current(), second);
        QTRY_VERIFY(!one.gateway.is_open());
        QTRY_VERIFY(!QDir(left).exists());
        QTRY_VERIFY(std::ranges::any_of(one.http.seen, [](const fake::Seen& seen) {
            return seen.path.endsWith("/auth/logout");
        }));
        QCOMPARE(second->line(), Account::Line::Ready);
        QCOMPARE(two.gateway.connections(), 1);
        two.say(3, "300");
        QTRY_VERIFY(second->state().guild_unread(10).any);
        QCOMPARE(second->cache().draft(11), u"words"_s);
        QVERIFY(QDir(stays).exists());
        QCOMPARE(QDir(bench.folder.path()).entryList({u"secret-*"_s}).size(), 1);
        QVERIFY(std::ranges::none_of(two.http.seen, [](const fake::Seen& seen) {
            return seen.path.endsWith("/auth/logout") ||
                   seen.headers.value("authorization").contains("one");
        }));
        // The next start knows the one that stayed, and connects it.
        accounts.reset();
        accounts = bench.accounts();
        accounts->load();
        QCOMPARE(accounts->rowCount(), 1);
        QTRY_COMPARE_WITH_TIMEOUT(accounts->current()->line(), Account::Line::Ready, 20'000);
        QCOMPARE(accounts->current()->token(), u"token-two"_s);
    }

    void a_disk_that_fills_is_said_when_something_is_written() {
        Bench bench;
        auto accounts = bench.accounts();
        Account* account = accounts->add(bench.record(u"1"_s), u"one"_s);
        QCOMPARE(account->complaint(), QString());
        QSignalSpy complaints(account, &Account::complaintChanged);
        rlimit old{};
        QCOMPARE(getrlimit(RLIMIT_FSIZE, &old), 0);
        std::signal(SIGXFSZ, SIG_IGN);
        rlimit small = old;
        small.rlim_cur = 16 << 10;
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &small), 0);
        Draft draft;
        draft.channel = 7;
        draft.content = QString(30'000, u'x');
        const bool is_kept = account->outbox().put(draft).has_value();
        const QString said = account->complaint();
        QCOMPARE(setrlimit(RLIMIT_FSIZE, &old), 0);
        QVERIFY(is_kept);  // in memory, and on the disk once there is room
        QVERIFY(!said.isEmpty());
        QCOMPARE(complaints.size(), 1);
        draft.content = u"short"_s;
        QVERIFY(account->outbox().put(draft));
        QCOMPARE(account->complaint(), QString());
        QCOMPARE(Cache(account->folder()).unsent().size(), std::size_t(2));
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
