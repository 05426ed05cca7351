// One client per data folder: whoever starts second hands over its link and is not a second writer
// of the same caches. The program starts itself for what two processes have to show.

#include "client-qml/app/single_instance.h"

#include <QCoreApplication>
#include <QDir>
#include <QProcess>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>
#include <QThread>

#include <cstdio>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

constexpr int kLinkMax = 4'096, kEndless = 100'000;

/// A client in a process of its own: says whether it is the first, and then every link.
class Other {
  public:
    explicit Other(const QString& folder, const QString& link = {}) {
        process_.setProcessChannelMode(QProcess::ForwardedErrorChannel);
        process_.start(QCoreApplication::applicationFilePath(), {u"--as"_s, folder, link});
    }
    ~Other() { end(); }
    QByteArray line() {
        while (!process_.canReadLine() && process_.waitForReadyRead(20'000)) continue;
        return process_.readLine().trimmed();
    }
    bool has_ended() { return process_.waitForFinished(20'000); }
    int code() const { return process_.exitCode(); }
    /// As a crash does it: lock and socket stay.
    void end() {
        process_.kill();
        process_.waitForFinished();
    }

  private:
    QProcess process_;
};

int run_as_other(const QString& folder, const QString& link) {
    SingleInstance instance(folder);
    const auto say = [](const QByteArray& text) {
        std::puts(text.constData());
        std::fflush(stdout);
    };
    say(instance.is_first() ? "first" : "second");
    if (!instance.is_first()) return instance.hand_over(link) ? 0 : 1;
    QObject::connect(&instance, &SingleInstance::linkArrived, [&](const QString& arrived) {
        say("link " + arrived.toUtf8());
    });
    return QCoreApplication::exec();
}

bool hand_over_aside(const SingleInstance& from, const QString& link) {
    bool is_done = false;
    const std::unique_ptr<QThread> thread(QThread::create([&] { is_done = from.hand_over(link); }));
    thread->start();
    return QTest::qWaitFor([&] { return thread->isFinished(); }, 20'000) && is_done;
}

}  // namespace

class TestSingleInstance final : public QObject {
    Q_OBJECT

  private slots:
    void init() {
        folder_ = std::make_unique<QTemporaryDir>();
        // One run with the system's place for sockets, one without.
        qputenv("XDG_RUNTIME_DIR", folder_->path().toUtf8());
    }

    void the_second_hands_its_link_to_the_first() {
        SingleInstance first(data());
        QSignalSpy links(&first, &SingleInstance::linkArrived);
        QVERIFY(first.is_first());
        const SingleInstance second(data());
        QVERIFY(!second.is_first());
        QVERIFY(hand_over_aside(second, u"guildhall:///channels/1/2"_s));
        QVERIFY(hand_over_aside(second, {}));
        QCOMPARE(links.size(), 2);
        QCOMPARE(links[0][0].toString(), u"guildhall:///channels/1/2"_s);
        QVERIFY(links[1][0].toString().isEmpty());
    }
    void an_endless_link_is_cut() {
        SingleInstance first(data());
        QSignalSpy links(&first, &SingleInstance::linkArrived);
        const SingleInstance second(data());
        QVERIFY(hand_over_aside(second, QString(kEndless, u'x')));
        QCOMPARE(links.size(), 1);
        QVERIFY(links[0][0].toString().size() <= kLinkMax);
    }
    void without_a_runtime_folder_the_socket_lies_beside_the_caches() {
        qunsetenv("XDG_RUNTIME_DIR");
        SingleInstance first(data());
        QSignalSpy links(&first, &SingleInstance::linkArrived);
        const SingleInstance second(data());
        QVERIFY(first.is_first() && !second.is_first());
        QVERIFY(hand_over_aside(second, u"x"_s));
        QCOMPARE(QDir(data()).entryList({u"guildhall-client-*"_s}, QDir::System).size(), 1);
    }
    void each_folder_has_a_first() {
        const SingleInstance one(data());
        const SingleInstance other(folder_->filePath(u"other"_s));
        QVERIFY(one.is_first() && other.is_first());
    }
    void it_holds_between_processes() {
        Other first(data());
        QCOMPARE(first.line(), "first");
        Other second(data(), u"guildhall://node/i/abc"_s);
        QCOMPARE(second.line(), "second");
        QCOMPARE(first.line(), "link guildhall://node/i/abc");
        QVERIFY(second.has_ended());
        QCOMPARE(second.code(), 0);
    }
    void what_a_crash_left_is_replaced() {
        Other crashed(data());
        QCOMPARE(crashed.line(), "first");
        crashed.end();
        SingleInstance next(data());
        QVERIFY(next.is_first());
        QSignalSpy links(&next, &SingleInstance::linkArrived);
        Other later(data(), u"after"_s);
        QCOMPARE(later.line(), "second");
        QTRY_COMPARE(links.size(), 1);
    }
    void a_lock_of_a_host_name_that_is_no_more_is_taken_over() {
        QVERIFY(QDir().mkpath(data()));
        QVERIFY(write_lock(u"a-name-of-before"_s));
        const SingleInstance next(data());
        QVERIFY(next.is_first());
        const SingleInstance second(data());
        QVERIFY(!second.is_first());
    }
    void a_holder_that_lives_keeps_its_lock_under_any_name() {
        const SingleInstance first(data());
        QVERIFY(first.is_first());
        QVERIFY(write_lock(u"a-name-of-before"_s));
        const SingleInstance second(data());
        QVERIFY(!second.is_first());
        // Nor where it does not listen yet.
        QVERIFY(QFile::remove(first.socket()));
        const SingleInstance third(data());
        QVERIFY(!third.is_first());
    }
    void of_many_that_start_at_once_one_is_the_first() {
        std::vector<std::unique_ptr<Other>> all;
        for (int i = 0; i < 6; ++i) all.push_back(std::make_unique<Other>(data()));
        int firsts = 0;
        for (const auto& one : all) firsts += one->line() == "first" ? 1 : 0;
        QCOMPARE(firsts, 1);
    }

  private:
    /// As QLockFile does it: process, program, host, and which machine and start that is.
    bool write_lock(const QString& host) const {
        QFile file(data() + u"/client.lock"_s);
        const QByteArray text = "1\nguildhall-client\n" + host.toUtf8() + "\nother\nother\n";
        return file.open(QFile::WriteOnly) && file.write(text) == text.size();
    }
    QString data() const { return folder_->filePath(u"data"_s); }

    std::unique_ptr<QTemporaryDir> folder_;
};

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.value(1) == u"--as"_s) return run_as_other(words.value(2), words.value(3));
    TestSingleInstance test;
    return QTest::qExec(&test, argc, argv);
}

#include "tst_single_instance.moc"
