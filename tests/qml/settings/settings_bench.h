#pragma once
// SettingsBench: an account at a node that a script plays, in a guild with roles, channels and
// members, for tests of settings. Owned by a test; its thread.

#include "client-qml/core/account/account.h"
#include "tests/qml/core/api/fake_http.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

namespace guildhall::client::testing {

/// Ids of the guild: its owner is 1, and oneself is 2 with the roles Mods (20) and Guests (30).
inline const QString kGuild = QStringLiteral("10");

/// What `SettingsBench::writes` is compared with.
inline QStringList lines(std::initializer_list<const char*> all) {
    QStringList made;
    for (const char* one : all) made.append(QString::fromUtf8(one));
    return made;
}

class SettingsBench final : public QObject {
    Q_OBJECT

  public:
    /// `permissions` are what the role Mods grants; `owner` makes oneself the owner.
    explicit SettingsBench(quint64 permissions = ~0ull, bool owner = false);

    Account& account() { return account_; }
    State& state() { return account_.state(); }
    /// As the gateway would bring it.
    void dispatch(const QString& type, const QJsonObject& data);
    void dispatch(const QString& type, const char* json);

    /// Calls of the API, without those that only read, as "PATCH /guilds/10 {...}".
    QStringList writes() const;
    bool wait_writes(int count);
    /// Whether a call was made, reading ones too.
    bool asked(const QByteArray& method, const QByteArray& path) const;

    /// What is answered next, in turn, to calls that match; `{}` with 200 for all others.
    struct Reply {
        QByteArray method, path;
        int status = 200;
        QByteArray json;
    };
    void reply(const Reply& reply) { replies_.push_back(reply); }

    FakeHttp& http() { return http_; }

  private:
    Said answer(const Seen& seen);

    QTemporaryDir folder_;
    std::vector<Reply> replies_;
    FakeHttp http_;
    SystemClock clock_;
    SystemRng rng_;
    Account account_;
};

}  // namespace guildhall::client::testing
