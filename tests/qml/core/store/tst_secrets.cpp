// Tokens: in files that only their owner may read, and with a keychain service that hangs.

#include "client-qml/core/store/secrets.h"

#include <QDir>
#include <QElapsedTimer>
#include <QLocalServer>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

/// What the answer is; "away" where the keychain does not say, "never" where none comes.
QString answer_of(Secrets& secrets, const QString& account) {
    QString answer = u"never"_s;
    bool is_answered = false;
    secrets.read(account, [&](Secrets::Found found, const QString& secret) {
        answer = found == Secrets::Found::away ? u"away"_s : secret;
        is_answered = true;
    });
    return QTest::qWaitFor([&] { return is_answered; }, 20'000) ? answer : u"never"_s;
}

QFileInfoList files_in(const QString& folder) {
    return QDir(folder).entryInfoList(QDir::Files | QDir::Hidden);
}

constexpr QFile::Permissions kOthers =
    QFile::ReadGroup | QFile::WriteGroup | QFile::ReadOther | QFile::WriteOther | QFile::ExeOther;

}  // namespace

class TestSecrets final : public QObject {
    Q_OBJECT

  private slots:
    void files_are_for_their_owner_only() {
        QTemporaryDir folder;
        const QString inner = folder.path() + u"/a/b"_s;
        {
            Secrets secrets(inner, false);
            secrets.write(u"https://node/../../x#1"_s, u"token one"_s);
            secrets.write(u"https://node#2"_s, u"token two"_s);
            QCOMPARE(secrets.kind(), Secrets::Kind::file);
        }
        QCOMPARE(files_in(inner).size(), 2);
        QVERIFY((QFileInfo(inner).permissions() & kOthers) == 0);
        for (const QFileInfo& file : files_in(inner)) {
            QVERIFY((file.permissions() & kOthers) == 0);
            QFile::setPermissions(file.filePath(), file.permissions() | QFile::ReadOther);
        }
        Secrets secrets(inner, false);
        QCOMPARE(answer_of(secrets, u"https://node/../../x#1"_s), u"token one"_s);
        QCOMPARE(answer_of(secrets, u"https://node#2"_s), u"token two"_s);
        QCOMPARE(answer_of(secrets, u"https://node#3"_s), QString());
        for (const QFileInfo& file : files_in(inner)) {
            QVERIFY((QFileInfo(file.filePath()).permissions() & kOthers) == 0);
        }
        secrets.write(u"https://node#2"_s, u"three"_s);
        QCOMPARE(answer_of(secrets, u"https://node#2"_s), u"three"_s);
        secrets.remove(u"https://node#2"_s);
        QCOMPARE(answer_of(secrets, u"https://node#2"_s), QString());
        QCOMPARE(files_in(inner).size(), 1);
    }

    void a_keychain_that_hangs_is_not_waited_for() {
        QTemporaryDir folder;
        QLocalServer silent;  // a session bus that takes connections and says nothing
        QVERIFY(silent.listen(folder.path() + u"/bus"_s));
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.path().toUtf8() + "/bus");
        qputenv("XDG_CURRENT_DESKTOP", "KDE");
        Secrets secrets(folder.path() + u"/s"_s, true);
        QElapsedTimer timer;
        timer.start();
        // It may know a token: that is not the same as there being none.
        QCOMPARE(answer_of(secrets, u"a"_s), u"away"_s);
        secrets.write(u"a"_s, u"token"_s);
        QCOMPARE(answer_of(secrets, u"a"_s), u"token"_s);
        QTRY_COMPARE_WITH_TIMEOUT(files_in(folder.path() + u"/s"_s).size(), 1, 20'000);
        QCOMPARE(secrets.kind(), Secrets::Kind::file);
        QCOMPARE(answer_of(secrets, u"a"_s), u"token"_s);
        qInfo("with a bus that says nothing: %lld ms", timer.elapsed());
    }

    void a_write_before_the_end_is_not_lost() {
        QTemporaryDir folder;
        qputenv("DBUS_SESSION_BUS_ADDRESS", "unix:path=" + folder.path().toUtf8() + "/none");
        Secrets(folder.path() + u"/s"_s, true).write(u"a"_s, u"token"_s);
        Secrets secrets(folder.path() + u"/s"_s, false);
        QCOMPARE(answer_of(secrets, u"a"_s), u"token"_s);
    }
};

QTEST_GUILESS_MAIN(TestSecrets)
#include "tst_secrets.moc"
