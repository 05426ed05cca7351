#include "tests/qml/settings/settings_bench.h"

namespace guildhall::client::testing {

using namespace Qt::StringLiterals;

namespace {

constexpr char kReady[] = R"({
  "user": {"id": "2", "username": "me", "global_name": "Me"},
  "guilds": [{
    "id": "10", "name": "Chess club", "description": "We play.", "owner_id": "OWNER",
    "system_channel_id": "101", "default_message_notifications": 0, "verification_level": 1,
    "member_count": 3,
    "roles": [
      {"id": "10", "name": "@everyone", "position": 0, "permissions": "1024"},
      {"id": "20", "name": "Mods", "position": 2, "permissions": "MASK", "color": 255},
      {"id": "30", "name": "Guests", "position": 1, "permissions": "0", "hoist": true},
      {"id": "40", "name": "Chiefs", "position": 3, "permissions": "8"}],
    "channels": [
      {"id": "101", "type": 0, "name": "general", "position": 0, "topic": "All",
       "permission_overwrites": [{"id": "30", "type": 0, "allow": "0", "deny": "2048"}]},
      {"id": "102", "type": 0, "name": "random", "position": 1},
      {"id": "110", "type": 4, "name": "Games", "position": 0,
       "permission_overwrites": [{"id": "30", "type": 0, "allow": "0", "deny": "1024"}]},
      {"id": "111", "type": 0, "name": "openings", "position": 0, "parent_id": "110"},
      {"id": "112", "type": 2, "name": "talk", "position": 0, "parent_id": "110"},
      {"id": "120", "type": 4, "name": "Office", "position": 1}],
    "members": [
      {"user": {"id": "1", "username": "olga"}, "roles": ["40"],
       "joined_at": "2024-01-01T00:00:00Z"},
      {"user": {"id": "2", "username": "me"}, "roles": ["20", "30"],
       "joined_at": "2024-01-02T00:00:00Z"},
      {"user": {"id": "3", "username": "bob@far.example"}, "nick": "Bob", "roles": ["30"],
       "joined_at": "2024-01-03T00:00:00Z"}]
  }]})";

}  // namespace

SettingsBench::SettingsBench(quint64 permissions, bool owner)
    : http_([this](const Seen& seen) { return answer(seen); }),
      account_({u"2@test"_s, http_.url(), u"test"_s, u"ab"_s, u"2"_s, u"me"_s},
               folder_.path(),
               clock_,
               rng_) {
    account_.rest().set_token(u"token"_s);
    QByteArray json(kReady);
    json.replace("MASK", QByteArray::number(permissions)).replace("OWNER", owner ? "2" : "1");
    dispatch(u"READY"_s, json.constData());
}

void SettingsBench::dispatch(const QString& type, const QJsonObject& data) {
    state().apply({{type, data, 1}});
    QTest::qWait(0);
}

void SettingsBench::dispatch(const QString& type, const char* json) {
    const QJsonDocument document = QJsonDocument::fromJson(json);
    Q_ASSERT(document.isObject());
    dispatch(type, document.object());
}

Said SettingsBench::answer(const Seen& seen) {
    for (auto it = replies_.begin(); it != replies_.end(); ++it) {
        if (it->method != seen.method || !seen.path.endsWith(it->path)) continue;
        const Reply found = *it;
        replies_.erase(it);
        return say(found.status, found.json);
    }
    return say(200, "{}");
}

QStringList SettingsBench::writes() const {
    QStringList all;
    for (const Seen& seen : http_.seen) {
        if (seen.method == "GET") continue;
        QByteArray line = seen.method + ' ' + seen.path.mid(int(sizeof("/api/v10")) - 1);
        if (!seen.body.isEmpty()) {
            line += ' ' + QJsonDocument::fromJson(seen.body).toJson(QJsonDocument::Compact);
        }
        all.append(QString::fromUtf8(line));
    }
    return all;
}

bool SettingsBench::wait_writes(int count) {
    return QTest::qWaitFor([&] { return writes().size() >= count; }, 20'000);
}

bool SettingsBench::asked(const QByteArray& method, const QByteArray& path) const {
    return std::ranges::any_of(http_.seen, [&](const Seen& seen) {
        return seen.method == method && seen.path.endsWith(path);
    });
}

}  // namespace guildhall::client::testing
