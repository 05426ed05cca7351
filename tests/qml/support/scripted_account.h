#pragma once
// ScriptedAccount: an account whose node is a script: dispatches as a test says, answers as it
// writes them, and, where a line is wanted, a gateway that says READY. Owned by a test; its thread.

#include "client-qml/core/account/account.h"
#include "tests/qml/core/api/fake_http.h"
#include "tests/qml/core/gateway/fake_gateway.h"

#include <QAbstractItemModelTester>
#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace guildhall::client::testing {

inline QJsonObject json(const char* text) {
    QJsonParseError error;
    const QJsonDocument document = QJsonDocument::fromJson(text, &error);
    if (error.error != QJsonParseError::NoError) qFatal("%s", qPrintable(error.errorString()));
    return document.object();
}

class ScriptedAccount {
  public:
    ScriptedAccount() {
        AccountRecord record;
        record.key = QStringLiteral("1@test");
        record.node = http.url();
        record.node_name = QStringLiteral("home.example");
        record.user_id = QStringLiteral("1");
        record.user_name = QStringLiteral("me");
        account = std::make_unique<Account>(record, folder.path(), clock, rng);
    }

    State& state() { return account->state(); }

    void apply(const char* type, const QJsonObject& data) {
        state().apply({Dispatch{QString::fromLatin1(type), data, ++seq_}});
    }
    void apply(const char* type, const char* data) { apply(type, json(data)); }

    /// Oneself (user 1) and guilds as GUILD_CREATE tells of them.
    void ready(const QJsonArray& guilds) {
        apply("READY",
              QJsonObject{{QStringLiteral("user"), json(R"({"id":"1","username":"me"})")},
                          {QStringLiteral("session_id"), QStringLiteral("s")},
                          {QStringLiteral("guilds"), guilds}});
    }

    /// Opens the line: Account::Line::Ready, and what is sent by it is in `gateway`.
    bool connect() {
        account->start(QStringLiteral("token"));
        return QTest::qWaitFor([&] { return account->line() == Account::Line::Ready; }, 20'000);
    }

    /// What is answered, by "GET /guilds/1/hosting"; the query is left out. Else 404.
    QHash<QByteArray, Said> answers;
    std::vector<Seen> seen_of(const QByteArray& what) const {
        std::vector<Seen> found;
        for (const Seen& one : http.seen) {
            if (key_of(one) == what) found.push_back(one);
        }
        return found;
    }

    QTemporaryDir folder;
    FakeGateway gateway;
    FakeHttp http{[this](const Seen& seen) { return answer(seen); }};
    SystemClock clock;
    SystemRng rng;
    std::unique_ptr<Account> account;

  private:
    static QByteArray key_of(const Seen& seen) {
        QByteArray path = seen.path.split('?').first();
        if (path.startsWith("/api/v10")) path = path.mid(8);
        return seen.method + ' ' + path;
    }
    Said answer(const Seen& seen) {
        const QByteArray key = key_of(seen);
        if (answers.contains(key)) return answers.value(key);
        if (key == "GET /gateway")
            return say(200, R"({"url":")" + gateway.url().toString().toUtf8() + R"("})");
        return say(404, R"({"message":"404: Not Found","code":0})");
    }

    qint64 seq_ = 0;
};

/// What a role of a model says in every row.
inline QStringList column(const QAbstractItemModel& model, int role) {
    QStringList found;
    for (int i = 0; i < model.rowCount(); ++i)
        found.push_back(model.index(i, 0).data(role).toString());
    return found;
}

}  // namespace guildhall::client::testing
