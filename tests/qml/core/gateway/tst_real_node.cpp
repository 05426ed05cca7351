// Rest and Gateway against a real node, where GUILDHALL_BIN names its program: register, log in,
// READY, a message there and back.

#include "client-qml/core/api/rest.h"
#include "client-qml/core/gateway/gateway.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

class TestRealNode final : public QObject {
    Q_OBJECT

  public:
    ~TestRealNode() override {
        rest_.reset();
        node_.terminate();
        node_.waitForFinished(10'000);
    }

  private slots:
    void somebody_new_registers_and_hears_what_they_say() {
        const QString program = qEnvironmentVariable("GUILDHALL_BIN");
        if (program.isEmpty()) QSKIP("GUILDHALL_BIN names no node");
        start(program);
        QVERIFY(rest_);
        const QJsonObject who{{u"username"_s, u"alice"_s},
                              {u"email"_s, u"alice@example.org"_s},
                              {u"password"_s, u"correct horse battery"_s},
                              {u"date_of_birth"_s, u"1990-01-01"_s},
                              {u"consent"_s, true}};
        const Answer made = call("POST", u"/auth/register"_s, who, true);
        QVERIFY2(made.ok(), qPrintable(made.error.message));
        const Answer in = call(
            "POST",
            u"/auth/login"_s,
            {{u"login"_s, u"alice@example.org"_s}, {u"password"_s, u"correct horse battery"_s}},
            true);
        QVERIFY2(in.ok(), qPrintable(in.error.message));
        const QString token = in.body[u"token"_s].toString();
        rest_->set_token(token);

        Gateway gateway(clock_, rng_);
        Dispatches got;
        connect(&gateway, &Gateway::dispatched, this, [&](const Dispatches& all) { got += all; });
        const Answer where = call("GET", u"/gateway"_s, {}, false);
        gateway.open(QUrl(where.body[u"url"_s].toString()), token);
        QVERIFY(QTest::qWaitFor([&] { return !got.isEmpty(); }, 20'000));
        QCOMPARE(got[0].type, u"READY"_s);
        QCOMPARE(got[0].data[u"user"_s][u"username"_s].toString(), u"alice"_s);
        QCOMPARE(gateway.state(), GatewayState::ready);

        const Answer guild = call("POST", u"/guilds"_s, {{u"name"_s, u"Here"_s}}, false);
        QVERIFY2(guild.ok(), qPrintable(guild.error.message));
        const QString channel = guild.body[u"system_channel_id"_s].toString();
        QVERIFY(!channel.isEmpty());
        say_to(channel, got);
    }

  private:
    void start(const QString& program) {
        // Beside any other node of this machine: no port of its own is its default.
        node_.start(program,
                    {u"serve"_s,
                     u"--data"_s,
                     folder_.path(),
                     u"--set"_s,
                     u"listen=127.0.0.1:0"_s,
                     u"--set"_s,
                     u"federation.listen=off"_s});
        QVERIFY(QTest::qWaitFor([&] { return node_.canReadLine(); }, 30'000));
        const QJsonObject line = QJsonDocument::fromJson(node_.readLine()).object();
        rest_ = std::make_unique<Rest>(QUrl(line[u"http"_s].toString()), clock_, rng_);
    }

    void say_to(const QString& channel, Dispatches& got) {
        Request request;
        request.method = "POST";
        request.path = u"/channels/%1/messages"_s.arg(channel);
        request.body = QJsonObject{{u"content"_s, u"grüß dich"_s}};
        request.files.push_back({{}, "some text", u"a \"b\".txt"_s, {}, u"alt"_s, true});
        const Answer said = send(request);
        QVERIFY2(said.ok(), qPrintable(said.error.message));
        const auto heard = [&] {
            return std::find_if(got.begin(), got.end(), [](const Dispatch& dispatch) {
                return dispatch.type == u"MESSAGE_CREATE";
            });
        };
        QVERIFY(QTest::qWaitFor([&] { return heard() != got.end(); }, 20'000));
        QCOMPARE(heard()->data[u"content"_s].toString(), u"grüß dich"_s);
        const QJsonObject file = heard()->data[u"attachments"_s][0].toObject();
        QCOMPARE(file[u"size"_s].toInt(), 9);
        QVERIFY(file[u"filename"_s].toString().startsWith(u"SPOILER_a"_s));
        QCOMPARE(file[u"description"_s].toString(), u"alt"_s);
        request.method = "PUT";
        request.path = u"/channels/%1/messages/%2/reactions/%3/@me"_s.arg(
            channel, heard()->data[u"id"_s].toString(), u"👍"_s);
        request.files.clear();
        request.body = QJsonValue(QJsonValue::Undefined);
        QVERIFY(send(request).ok());
        request.path = u"/channels/%1/typing"_s.arg(channel);
        request.method = "POST";
        QVERIFY(send(request).ok());
    }

    Answer call(const QByteArray& method,
                const QString& path,
                const QJsonObject& body,
                bool anonymous) {
        Request request;
        request.method = method;
        request.path = path;
        if (!body.isEmpty()) request.body = body;
        request.anonymous = anonymous;
        return send(request);
    }

    Answer send(const Request& request) {
        std::optional<Answer> got;
        rest_->send(request, this, [&](const Answer& answer) { got = answer; });
        const bool answered = QTest::qWaitFor([&] { return got.has_value(); }, 20'000);
        return answered ? *got : Answer{};
    }

    SystemClock clock_;
    SystemRng rng_;
    QTemporaryDir folder_;
    QProcess node_;
    std::unique_ptr<Rest> rest_;
};

QTEST_GUILESS_MAIN(TestRealNode)
#include "tst_real_node.moc"
