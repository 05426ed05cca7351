// Tokens lie in the system's keychain where there is one: a wallet on a bus of its own, as KDE's
// service speaks.

#include "client-qml/core/account/accounts.h"
#include "tests/qml/core/api/fake_http.h"

#include <QDBusConnection>
#include <QDir>
#include <QDirIterator>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace guildhall::client;
using namespace Qt::StringLiterals;
namespace fake = guildhall::client::testing;

/// What QtKeychain calls of org.kde.kwalletd5.
class FakeWallet final : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.kde.KWallet")

  public:
    QHash<QString, QString> entries;  // by key, of the folder "guildhall"

  public slots:
    Q_SCRIPTABLE bool isEnabled() { return true; }
    Q_SCRIPTABLE QString networkWallet() { return u"kdewallet"_s; }
    Q_SCRIPTABLE int open(const QString&, qlonglong, const QString&) { return 7; }
    Q_SCRIPTABLE int entryType(int, const QString&, const QString& key, const QString&) {
        return entries.contains(key) ? 1 : 0;
    }
    Q_SCRIPTABLE bool hasEntry(int, const QString&, const QString& key, const QString&) {
        return entries.contains(key);
    }
    Q_SCRIPTABLE QString readPassword(int, const QString&, const QString& key, const QString&) {
        return entries.value(key);
    }
    Q_SCRIPTABLE int writePassword(
        int, const QString&, const QString& key, const QString& value, const QString&) {
        entries[key] = value;
        return 0;
    }
    Q_SCRIPTABLE int removeEntry(int, const QString&, const QString& key, const QString&) {
        return entries.remove(key) ? 0 : -1;
    }
};

class TestKeychain final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        bus_.start(u"dbus-daemon"_s, {u"--session"_s, u"--nofork"_s, u"--print-address"_s});
        QVERIFY(bus_.waitForStarted() && bus_.waitForReadyRead(20'000));
        const QString address = QString::fromLatin1(bus_.readLine()).trimmed();
        qputenv("DBUS_SESSION_BUS_ADDRESS", address.toLatin1());
        qputenv("XDG_CURRENT_DESKTOP", "KDE");
        qputenv("KDE_FULL_SESSION", "true");
        qputenv("KDE_SESSION_VERSION", "5");
        QDBusConnection server = QDBusConnection::connectToBus(address, u"wallet"_s);
        QVERIFY(server.isConnected());
        QVERIFY(server.registerObject(
            u"/modules/kwalletd5"_s, &wallet_, QDBusConnection::ExportScriptableSlots));
        QVERIFY(server.registerService(u"org.kde.kwalletd5"_s));
    }
    void cleanupTestCase() {
        QDBusConnection::disconnectFromBus(u"wallet"_s);
        bus_.kill();
        bus_.waitForFinished();
    }

    void tokens_are_in_the_keychain_and_in_no_file() {
        QTemporaryDir folder;
        {
            // As they were kept while there was no keychain.
            Accounts accounts(folder.path(), false, clock_, rng_);
            accounts.add(record(u"1"_s), u"token-one"_s);
            accounts.add(record(u"2"_s), u"token-two"_s);
        }
        QCOMPARE(secret_files(folder).size(), 2);
        Accounts accounts(folder.path(), true, clock_, rng_);
        accounts.load();
        QTRY_COMPARE(wallet_.entries.value(u"1@127.0.0.1"_s), u"token-one"_s);
        QTRY_COMPARE(wallet_.entries.value(u"2@127.0.0.1"_s), u"token-two"_s);
        accounts.add(record(u"3"_s), u"token-three"_s);
        QTRY_COMPARE(wallet_.entries.value(u"3@127.0.0.1"_s), u"token-three"_s);
        QTRY_VERIFY(secret_files(folder).isEmpty() && accounts.keychain());
        QVERIFY(!on_the_disk(folder, "token-"));
        accounts.logOut(u"1@127.0.0.1"_s);
        QTRY_VERIFY(!wallet_.entries.contains(u"1@127.0.0.1"_s));
        // The next start finds the others, and asks for the one that the wallet lost.
        wallet_.entries.remove(u"3@127.0.0.1"_s);
        QProcess next;
        next.start(QCoreApplication::applicationFilePath(), {u"--child"_s, folder.path()});
        QTRY_COMPARE_WITH_TIMEOUT(next.state(), QProcess::NotRunning, 60'000);
        const QByteArray said = next.readAllStandardOutput();
        QCOMPARE(said, QByteArray("2@127.0.0.1 has token-two\n3@127.0.0.1 is asked for\n"));
        QVERIFY(secret_files(folder).isEmpty());
    }

  private:
    static QStringList secret_files(const QTemporaryDir& folder) {
        return QDir(folder.path()).entryList({u"secret-*"_s});
    }
    static bool on_the_disk(const QTemporaryDir& folder, const QByteArray& what) {
        QDirIterator files(folder.path(), QDir::Files, QDirIterator::Subdirectories);
        while (files.hasNext()) {
            QFile file(files.next());
            if (file.open(QFile::ReadOnly) && file.readAll().contains(what)) return true;
        }
        return false;
    }

    AccountRecord record(const QString& user) const {
        return {user + u"@127.0.0.1"_s, http_.url(), u"home"_s, u"aa"_s, user, u"name"_s};
    }

    QProcess bus_;
    FakeWallet wallet_;
    fake::FakeHttp http_{[](const fake::Seen&) { return fake::say(500, R"({"message":"500"})"); }};
    SystemClock clock_;
    SystemRng rng_;
};

namespace {

/// Another start: QtKeychain serves one thread of a process for good.
int be_child(const QString& folder) {
    SystemClock clock;
    SystemRng rng;
    Accounts accounts(folder, true, clock, rng);
    const QSignalSpy asked(&accounts, &Accounts::loginNeeded);
    accounts.load();
    const auto token = [&] { return accounts.find(u"2@127.0.0.1"_s)->token(); };
    if (!QTest::qWaitFor([&] { return !token().isEmpty() && asked.size() == 1; }, 30'000)) return 1;
    std::printf("2@127.0.0.1 has %s\n", qPrintable(token()));
    const auto* account = asked.first().first().value<Account*>();
    std::printf("%s is asked for\n", qPrintable(account->key()));
    return 0;
}

}  // namespace

int main(int count, char** words) {
    const QCoreApplication app(count, words);
    if (count == 3 && QByteArray(words[1]) == "--child") {
        return be_child(QString::fromLocal8Bit(words[2]));
    }
    TestKeychain test;
    return QTest::qExec(&test, count, words);
}
#include "tst_keychain.moc"
