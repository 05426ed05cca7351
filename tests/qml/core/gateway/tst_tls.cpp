// Rest and Gateway over TLS: who cannot prove to be the node gets no token, and who can is heard.

#include "client-qml/core/api/rest.h"
#include "client-qml/core/gateway/gateway.h"
#include "tests/qml/core/api/fake_http.h"
#include "tests/qml/core/gateway/fake_gateway.h"

#include <QFile>
#include <QProcess>
#include <QSslKey>
#include <QStandardPaths>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

/// A certificate that nobody knows, for 127.0.0.1.
QSslConfiguration make_certificate(const QTemporaryDir& folder) {
    const QString key = folder.filePath(u"key.pem"_s), certificate = folder.filePath(u"cert.pem"_s);
    const QString command =
        u"req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 "
        "-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1 -keyout"_s;
    QProcess openssl;
    openssl.start(u"openssl"_s,
                  command.split(u' ') << key << u"-out"_s << certificate << u"-batch"_s);
    openssl.waitForFinished();
    QSslConfiguration tls = QSslConfiguration::defaultConfiguration();
    QFile file(key);
    if (!file.open(QIODevice::ReadOnly)) return {};
    tls.setPrivateKey(QSslKey(&file, QSsl::Ec));
    const QList<QSslCertificate> made = QSslCertificate::fromPath(certificate);
    if (!made.isEmpty()) tls.setLocalCertificate(made.first());
    tls.setPeerVerifyMode(QSslSocket::VerifyNone);
    return tls;
}

}  // namespace

class TestTls final : public QObject {
    Q_OBJECT

  private slots:
    void a_node_is_heard_only_where_it_proves_who_it_is() {
        if (QStandardPaths::findExecutable(u"openssl"_s).isEmpty()) QSKIP("no openssl");
        const QSslConfiguration tls = make_certificate(folder_);
        QVERIFY(!tls.localCertificate().isNull() && !tls.privateKey().isNull());
        FakeHttp node([](const Seen&) { return say(200, "{}"); }, &tls);
        FakeGateway line(&tls);
        QCOMPARE(node.url().scheme(), u"https"_s);
        QCOMPARE(line.url().scheme(), u"wss"_s);

        const Answer stranger = ask(node.url());
        QCOMPARE(stranger.error.kind, ApiError::Kind::network);
        QVERIFY(stranger.error.message.contains(u"prove"));
        QVERIFY(node.seen.empty());
        Gateway gateway(clock_, rng_);
        gateway.open(line.url(), u"1.2.SECRET"_s);
        QVERIFY(wait([&] { return gateway.state() == GatewayState::waiting; }));
        QVERIFY(line.got.empty());

        QSslConfiguration known = QSslConfiguration::defaultConfiguration();
        known.setCaCertificates({tls.localCertificate()});
        QSslConfiguration::setDefaultConfiguration(known);
        QVERIFY(ask(node.url()).ok());
        QCOMPARE(node.seen.at(0).headers["authorization"], "1.2.SECRET"_ba);
        gateway.retry_now();
        QVERIFY(wait([&] { return gateway.state() == GatewayState::ready; }));
    }

  private:
    template <class Until>
    bool wait(Until until) {
        return QTest::qWaitFor(until, 20'000);
    }

    Answer ask(const QUrl& url) {
        Rest rest(url, clock_, rng_);
        rest.set_token(u"1.2.SECRET"_s);
        Answer got;
        bool answered = false;
        Request request;
        request.path = u"/users/@me"_s;
        rest.send(request, this, [&](const Answer& answer) {
            got = answer;
            answered = true;
        });
        return wait([&] { return answered; }) ? got : Answer{};
    }

    QTemporaryDir folder_;
    SystemClock clock_;
    SystemRng rng_;
};

QTEST_GUILESS_MAIN(TestTls)
#include "tst_tls.moc"
