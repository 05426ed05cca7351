#include "tests/qml/core/state/sensible_events.h"

#include <QJsonArray>
#include <QJsonDocument>

namespace guildhall::client::testing {

using namespace Qt::StringLiterals;

namespace {

QJsonObject json(const char* text) { return QJsonDocument::fromJson(text).object(); }

constexpr const char* kGuild = R"({"id":"10","name":"Harbour","icon":"a1","owner_id":"9",
    "unavailable":false,"member_count":2,"description":"d","system_channel_id":"11",
    "roles":[{"id":"10","name":"@everyone","permissions":"1024","position":0,"color":255,
              "hoist":true},{"id":"15","name":"crew","permissions":"8","position":1}],
    "channels":[{"id":"11","type":0,"name":"quay","topic":"t","position":1,"parent_id":"12",
                 "last_message_id":"100","rate_limit_per_user":5,
                 "permission_overwrites":[{"id":"10","type":0,"allow":"0","deny":"0"}]},
                {"id":"12","type":4,"name":"ships","position":0}],
    "emojis":[{"id":"30","name":"wave","animated":false,"available":true}],
    "threads":[{"id":"17","type":11,"parent_id":"11"}],
    "members":[{"user":{"id":"1","username":"me"},"roles":["15"],"nick":"I"},
               {"user":{"id":"2","username":"you","global_name":"You","avatar":"b2"},
                "roles":[],"joined_at":"2026-01-01T00:00:00Z"}],
    "presences":[{"user":{"id":"2"},"status":"online",
                  "activities":[{"type":4,"state":"busy","emoji":{"name":"x"}}]}]})";

constexpr const char* kMessage = R"({"id":"200","channel_id":"11","guild_id":"10","type":19,
    "author":{"id":"2","username":"you"},"member":{"roles":["15"],"nick":"n"},"content":"words",
    "timestamp":"2026-01-01T00:00:00Z","edited_timestamp":null,"flags":0,"pinned":false,
    "nonce":"n1","mention_everyone":false,"mentions":[{"id":"1","username":"me"}],
    "mention_roles":["15"],"attachments":[{"id":"1","filename":"f","size":5,"url":"https://x/y",
    "content_type":"image/png","width":10,"height":10}],
    "embeds":[{"type":"rich","title":"t","description":"d","url":"https://x","color":1,
    "image":{"url":"https://x","width":1,"height":1},"fields":[{"name":"n","value":"v"}],
    "footer":{"text":"f"},"author":{"name":"a"},"timestamp":"2026-01-01T00:00:00Z"}],
    "reactions":[{"emoji":{"id":null,"name":"x"},"count":2,"me":true}],
    "message_reference":{"message_id":"100","channel_id":"11"},
    "referenced_message":{"id":"100","channel_id":"11","author":{"id":"1","username":"me"},
    "content":"before"},"interaction":{"name":"do","user":{"id":"2","username":"you"}}})";

void add(QHash<QString, QJsonObject>& all,
         std::initializer_list<const char*> names,
         const QJsonObject& payload) {
    for (const char* name : names) all.insert(QString::fromLatin1(name), payload);
}

}  // namespace

QJsonObject sensible_guild() { return json(kGuild); }
QJsonObject sensible_message() { return json(kMessage); }

QHash<QString, QJsonObject> sensible_events() {
    const QJsonObject guild = json(kGuild), message = json(kMessage);
    const QJsonObject channel = guild["channels"_L1].toArray()[0].toObject();
    QJsonObject placed = channel;
    placed[u"guild_id"_s] = u"10"_s;
    QJsonObject member = guild["members"_L1].toArray()[1].toObject();
    const QJsonObject bare = member;
    member[u"guild_id"_s] = u"10"_s;
    const QJsonObject role{{u"guild_id"_s, u"10"_s},
                           {u"role_id"_s, u"15"_s},
                           {u"role"_s, guild["roles"_L1].toArray()[1]}};
    const auto reaction = json(R"({"channel_id":"11","message_id":"200","guild_id":"10",
        "user_id":"2","emoji":{"id":null,"name":"x"}})");
    QHash<QString, QJsonObject> all{
        {u"READY"_s,
         {{u"user"_s, json(R"({"id":"1","username":"me","global_name":"Me","avatar":"a"})")},
          {u"session_id"_s, u"s"_s},
          {u"guilds"_s, QJsonArray{guild}},
          {u"private_channels"_s, QJsonArray{json(R"({"id":"40","type":1,"last_message_id":"9",
               "recipients":[{"id":"2","username":"you"}]})")}},
          {u"guild_hosting"_s,
           QJsonArray{json(R"({"guild_id":"10","host":"aa","reachable":true,"epoch":1})")}}}},
        {u"USER_UPDATE"_s, json(R"({"id":"1","username":"me","global_name":"Me"})")},
        {u"GUILD_CREATE"_s, guild},
        {u"GUILD_UPDATE"_s, guild},
        {u"GUILD_DELETE"_s, json(R"({"id":"10","unavailable":true})")},
        {u"GUILD_HOSTING_UPDATE"_s,
         json(R"({"guild_id":"10","host":"aa","own":false,"reachable":false,"frozen":true})")},
        {u"GUILD_EMOJIS_UPDATE"_s, {{u"guild_id"_s, u"10"_s}, {u"emojis"_s, guild["emojis"_L1]}}},
        {u"CHANNEL_PINS_UPDATE"_s, json(R"({"channel_id":"11","guild_id":"10"})")},
        {u"GUILD_MEMBER_REMOVE"_s, json(R"({"guild_id":"10","user":{"id":"2"}})")},
        {u"GUILD_MEMBERS_CHUNK"_s,
         {{u"guild_id"_s, u"10"_s},
          {u"members"_s, QJsonArray{bare}},
          {u"presences"_s, guild["presences"_L1]}}},
        {u"GUILD_MEMBER_LIST_UPDATE"_s,
         {{u"guild_id"_s, u"10"_s},
          {u"ops"_s,
           QJsonArray{QJsonObject{{u"op"_s, u"SYNC"_s},
                                  {u"range"_s, QJsonArray{0, 99}},
                                  {u"items"_s, QJsonArray{QJsonObject{{u"member"_s, bare}}}}}}},
          {u"groups"_s, QJsonArray{QJsonObject{{u"id"_s, u"online"_s}, {u"count"_s, 1}}}}}},
        {u"PRESENCE_UPDATE"_s,
         json(R"({"guild_id":"10","user":{"id":"2"},"status":"idle","activities":[]})")},
        {u"TYPING_START"_s,
         {{u"channel_id"_s, u"11"_s},
          {u"guild_id"_s, u"10"_s},
          {u"user_id"_s, u"2"_s},
          {u"member"_s, bare}}},
        {u"MESSAGE_DELETE"_s, json(R"({"id":"200","channel_id":"11"})")},
        {u"MESSAGE_DELETE_BULK"_s, json(R"({"ids":["200","201"],"channel_id":"11"})")},
        {u"MESSAGE_REACTION_REMOVE_ALL"_s, json(R"({"channel_id":"11","message_id":"200"})")},
        {u"MESSAGE_ACK"_s, json(R"({"channel_id":"11","message_id":"200"})")},
    };
    add(all, {"MESSAGE_CREATE", "MESSAGE_UPDATE"}, message);
    add(all, {"GUILD_ROLE_CREATE", "GUILD_ROLE_UPDATE", "GUILD_ROLE_DELETE"}, role);
    add(all, {"CHANNEL_CREATE", "CHANNEL_UPDATE", "CHANNEL_DELETE"}, placed);
    add(all, {"THREAD_CREATE", "THREAD_UPDATE", "THREAD_DELETE"}, placed);
    add(all, {"GUILD_MEMBER_ADD", "GUILD_MEMBER_UPDATE"}, member);
    add(all, {"MESSAGE_REACTION_ADD", "MESSAGE_REACTION_REMOVE"}, reaction);
    add(all, {"MESSAGE_REACTION_REMOVE_EMOJI"}, reaction);
    return all;
}

}  // namespace guildhall::client::testing
