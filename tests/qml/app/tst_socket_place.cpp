// Where the socket of the one client lies: never where somebody else could take its name.

#include "client-qml/app/single_instance.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <unistd.h>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

constexpr auto kOwner = QFile::ReadOwner | QFile::WriteOwner | QFile::ExeOwner;

/// Folders of their own for the session, the data and what is temporary.
struct Bench {
    Bench() {
        for (const QString& one : {u"run"_s, u"data"_s, u"tmp"_s}) {
            QDir(root.path()).mkdir(one);
            QFile::setPermissions(at(one), kOwner);
        }
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(at(u"run"_s)));
        qputenv("TMPDIR", QFile::encodeName(at(u"tmp"_s)));
    }
    QString at(const QString& name) const { return root.path() + u'/' + name; }

    QTemporaryDir root{u"/tmp/ghXXXXXX"_s};
};

}  // namespace

class TestSocketPlace final : public QObject {
    Q_OBJECT

  private slots:
    void a_session_folder_that_others_may_write_to_is_not_used() {
        const Bench bench;
        for (const auto more : {QFile::WriteOther, QFile::WriteGroup}) {
            QFile::setPermissions(bench.at(u"run"_s), kOwner | more);
            const SingleInstance one(bench.at(u"data"_s));
            QVERIFY(one.socket().startsWith(bench.at(u"data"_s) + u'/'));
        }
    }
    void a_session_folder_of_somebody_else_is_not_used() {
        if (geteuid() != 0) QSKIP("Only root can give a folder away.");
        const Bench bench;
        QCOMPARE(chown(QFile::encodeName(bench.at(u"run"_s)).constData(), 65'534, 65'534), 0);
        const SingleInstance one(bench.at(u"data"_s));
        QVERIFY(one.socket().startsWith(bench.at(u"data"_s) + u'/'));
    }
    void a_link_to_a_folder_is_not_used() {
        const Bench bench;
        QVERIFY(QFile::link(bench.at(u"run"_s), bench.at(u"alias"_s)));
        qputenv("XDG_RUNTIME_DIR", QFile::encodeName(bench.at(u"alias"_s)));
        const SingleInstance one(bench.at(u"data"_s));
        QVERIFY(one.socket().startsWith(bench.at(u"data"_s) + u'/'));
        qputenv("XDG_RUNTIME_DIR", "run");  // No whole path.
        const SingleInstance two(bench.at(u"data2"_s));
        QVERIFY(two.socket().startsWith(bench.at(u"data2"_s) + u'/'));
    }
    void data_that_lies_too_deep_has_a_private_folder_among_the_temporary_ones() {
        const Bench bench;
        qunsetenv("XDG_RUNTIME_DIR");
        const QString deep = bench.at(QString(120, u'd'));
        const SingleInstance one(deep);
        const QString own = bench.at(u"tmp/guildhall-%1"_s.arg(geteuid()));
        QVERIFY(one.socket().startsWith(own + u'/'));
        QCOMPARE(QFile::permissions(own) & (QFile::ReadOther | QFile::ReadGroup),
                 QFile::Permissions());
        const SingleInstance second(deep);
        QVERIFY(!second.is_first());
        QCOMPARE(second.socket(), one.socket());
    }
    void where_somebody_squats_nothing_is_asked_and_nothing_given() {
        if (geteuid() != 0) QSKIP("Only root can be two people.");
        const Bench bench;
        qunsetenv("XDG_RUNTIME_DIR");
        const QString own = bench.at(u"tmp/guildhall-%1"_s.arg(geteuid()));
        QVERIFY(QDir().mkdir(own));
        QCOMPARE(chown(QFile::encodeName(own).constData(), 65'534, 65'534), 0);
        const SingleInstance one(bench.at(QString(120, u'd')));
        QCOMPARE(one.socket(), QString());
        QVERIFY(one.is_first());
        QVERIFY(!one.hand_over(u"guildhall://invite/secret"_s));
        QVERIFY(QDir(own).isEmpty());
    }
};

QTEST_GUILESS_MAIN(TestSocketPlace)
#include "tst_socket_place.moc"
