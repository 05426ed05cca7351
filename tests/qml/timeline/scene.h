#pragma once
// Scene: an account in a folder of its own, with a guild, and a node that a script plays. Owned by
// a test; the test's thread.

#include "client-qml/core/account/account.h"
#include "tests/qml/core/api/fake_http.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>
#include <QUrlQuery>

namespace guildhall::client::testing {

using namespace Qt::StringLiterals;

inline constexpr Snowflake kGuild = 1000, kChannel = 2000, kOther = 2001, kTalk = 2002, kMe = 11,
                           kAda = 12, kRole = 3000;
/// The id of the n-th message: a minute after the one before it.
inline Snowflake nth(int n) {
    return (Snowflake(1'700'000'000'000 - kEpochMs) + Snowflake(n) * 60'000) << 22;
}

inline QJsonObject user_json(Snowflake id, const QString& name) {
    return {{u"id"_s, id_text(id)}, {u"username"_s, name}};
}

inline QJsonObject message_json(Snowflake id, const QString& content, Snowflake author = kAda) {
    return {{u"id"_s, id_text(id)},
            {u"channel_id"_s, id_text(kChannel)},
            {u"guild_id"_s, id_text(kGuild)},
            {u"author"_s, user_json(author, author == kMe ? u"me"_s : u"ada"_s)},
            {u"type"_s, 0},
            {u"content"_s, content}};
}

/// The system's, moved by so much.
class MovedClock final : public Clock {
  public:
    qint64 now_ms() const override { return QDateTime::currentMSecsSinceEpoch() + moved_ms; }
    qint64 steady_ms() const override { return system_.steady_ms(); }
    qint64 moved_ms = 0;

  private:
    SystemClock system_;
};

class Scene final {
  public:
    Scene()
        : node([this](const Seen& seen) { return answer(seen); }),
          account(AccountRecord{u"11@test"_s, node.url(), u"test"_s, {}, u"11"_s, u"me"_s},
                  folder.path(),
                  clock,
                  rng) {
        account.start(u"token"_s);
        apply(u"READY"_s, ready());
    }

    void apply(const QString& type, const QJsonObject& data) {
        account.state().apply({Dispatch{type, data, 0}});
    }
    void create(int n, const QString& content, Snowflake author = kAda) {
        apply(u"MESSAGE_CREATE"_s, message_json(nth(n), content, author));
    }
    /// The node's history of the channel: message 1 to `count`.
    void fill(int count) {
        for (int n = 1; n <= count; ++n) {
            history.push_back(message_json(nth(n), u"message %1"_s.arg(n)));
        }
    }

    static QJsonObject ready() {
        const QJsonObject everyone{{u"id"_s, id_text(kGuild)},
                                   {u"name"_s, u"@everyone"_s},
                                   {u"permissions"_s, u"8866461766385663"_s}};
        const QJsonObject role{{u"id"_s, id_text(kRole)},
                               {u"name"_s, u"Red"_s},
                               {u"color"_s, 0xff0000},
                               {u"position"_s, 1},
                               {u"permissions"_s, u"0"_s}};
        const auto channel = [](Snowflake id, const QString& name) {
            return QJsonObject{
                {u"id"_s, id_text(id)}, {u"name"_s, name}, {u"type"_s, 0}, {u"position"_s, 0}};
        };
        const QJsonObject me{{u"user"_s, user_json(kMe, u"me"_s)}, {u"roles"_s, QJsonArray()}};
        const QJsonObject ada{{u"user"_s, user_json(kAda, u"ada"_s)}, {u"roles"_s, QJsonArray()}};
        const QJsonObject guild{
            {u"id"_s, id_text(kGuild)},
            {u"name"_s, u"Guild"_s},
            {u"owner_id"_s, id_text(kAda)},
            {u"roles"_s, QJsonArray{everyone, role}},
            {u"channels"_s,
             QJsonArray{channel(kChannel, u"general"_s), channel(kOther, u"other"_s)}},
            {u"members"_s, QJsonArray{me, ada}}};
        const QJsonObject talk{{u"id"_s, id_text(kTalk)},
                               {u"type"_s, 1},
                               {u"recipients"_s, QJsonArray{user_json(kAda, u"ada"_s)}}};
        return {{u"user"_s, user_json(kMe, u"me"_s)},
                {u"guilds"_s, QJsonArray{guild}},
                {u"private_channels"_s, QJsonArray{talk}}};
    }

    QTemporaryDir folder;
    MovedClock clock;
    SystemRng rng;
    std::vector<QJsonObject> history;  // oldest first
    int fails = 0;                     // so many calls for history are refused
    std::function<std::optional<Said>(const Seen&)> script;
    FakeHttp node;
    Account account;

  private:
    Said answer(const Seen& seen) {
        if (script) {
            if (const auto said = script(seen)) return *said;
        }
        const QUrl url(QString::fromLatin1(seen.path));
        if (seen.method == "GET" && url.path().endsWith("/messages"_L1)) return page(url);
        if (seen.method == "POST" && url.path().endsWith("/messages"_L1)) return post(seen);
        if (url.path().endsWith("/gateway"_L1)) return say(404, R"({"code":0,"message":"none"})");
        return {"HTTP/1.1 204 X\r\nContent-Length: 0\r\n\r\n"};
    }

    Said page(const QUrl& url) {
        if (fails > 0) {
            --fails;
            return say(403, R"({"code":50001,"message":"Missing Access"})");
        }
        const QUrlQuery query(url);
        const auto id = [&](const QString& key) {
            return snowflake(QStringView(query.queryItemValue(key)));
        };
        const int limit = query.queryItemValue(u"limit"_s).toInt();
        const Snowflake before = id(u"before"_s), after = id(u"after"_s), around = id(u"around"_s);
        std::vector<QJsonObject> found;
        for (const QJsonObject& one : history) {
            const Snowflake own = id_of(one, "id"_L1);
            const Snowflake half = Snowflake(limit / 2) * (60'000ull << 22);
            if (before != 0 && own >= before) continue;
            if (after != 0 && own <= after) continue;
            if (around != 0 && (own + half < around || own > around + half)) continue;
            found.push_back(one);
        }
        const std::size_t count = std::min(found.size(), std::size_t(limit));
        if (after != 0) found.resize(count);
        QJsonArray answer;
        for (std::size_t i = 0; i < count; ++i) answer.append(found[found.size() - 1 - i]);
        return say(200, QJsonDocument(answer).toJson(QJsonDocument::Compact));
    }

    Said post(const Seen& seen) {
        const QJsonObject body = QJsonDocument::fromJson(seen.body).object();
        QJsonObject made =
            message_json(nth(int(history.size()) + 1), body["content"_L1].toString(), kMe);
        made[u"nonce"_s] = body["nonce"_L1];
        history.push_back(made);
        return say(200, QJsonDocument(made).toJson(QJsonDocument::Compact));
    }
};

}  // namespace guildhall::client::testing
