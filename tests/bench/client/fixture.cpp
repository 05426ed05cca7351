// guildhall_client_fixture FOLDER [GUILDS] [MESSAGES]: writes the data folder of a client that has
// been in use for long: one account, many guilds, messages in every channel. The same arguments
// give the same contents. Nobody answers at the account's node, so the client stays with its cache.

#include "client-qml/core/store/cache.h"
#include "client-qml/core/store/secrets.h"

#include <QCoreApplication>
#include <QDir>
#include <QFile>
#include <QJsonDocument>

#include <cstdio>

using namespace Qt::StringLiterals;
namespace client = guildhall::client;

namespace {

constexpr char kKey[] = "1000@127.0.0.1_9";  // the port "discard": refused at once
constexpr client::Snowflake kSelf = 1000, kFirstUser = 2000, kFirstGuild = 1'000'000;
constexpr int kUsers = 400, kChannels = 5, kLongChannel = 4'000, kMembers = 40, kPage = 100;
constexpr qint64 kBeginMs = 1'767'225'600'000, kStepMs = 20'000;  // of 2026

const QString kWords[] = {u"harbour"_s, u"lantern"_s,  u"the"_s,     u"we"_s,     u"tomorrow"_s,
                          u"build"_s,   u"and"_s,      u"ship"_s,    u"slowly"_s, u"release"_s,
                          u"a"_s,       u"question"_s, u"morning"_s, u"with"_s,   u"coffee"_s,
                          u"network"_s, u"to"_s,       u"märz"_s,    u"café"_s,   u"tested"_s};

/// xorshift: the same everywhere.
class Dice final {
  public:
    quint32 below(quint32 n) {
        state_ ^= state_ << 13;
        state_ ^= state_ >> 7;
        state_ ^= state_ << 17;
        return quint32(state_ >> 33) % n;
    }

  private:
    quint64 state_ = 0x9E3779B97F4A7C15;
};

QString id(client::Snowflake number) { return QString::number(number); }

QJsonObject user(client::Snowflake number) {
    return {{u"id"_s, id(number)},
            {u"username"_s, u"person%1"_s.arg(number)},
            {u"global_name"_s, u"Person %1"_s.arg(number)}};
}

QString words(Dice& dice, quint32 count) {
    QStringList said;
    for (quint32 i = 0; i < count; ++i) said << kWords[dice.below(std::size(kWords))];
    return said.join(u' ');
}

/// Mostly short, as people write; some of everything that a row can hold.
QString content(Dice& dice) {
    switch (dice.below(20)) {
        case 0:
            return u"```cpp\nint main() {\n    return %1;  // %2\n}\n```"_s.arg(dice.below(99))
                .arg(words(dice, 4));
        case 1:
            return u"> %1\n**%2** <@%3>"_s.arg(words(dice, 6), words(dice, 3))
                .arg(kFirstUser + dice.below(kUsers));
        case 2:
            return words(dice, 60 + dice.below(60));
        case 3:
            return u"%1 https://example.org/%2 `%3`"_s.arg(words(dice, 4))
                .arg(dice.below(9'999))
                .arg(words(dice, 1));
        default:
            return words(dice, 2 + dice.below(16));
    }
}

QJsonObject message(Dice& dice, client::Snowflake number, client::Snowflake channel) {
    QJsonObject made{{u"id"_s, id(number)},
                     {u"channel_id"_s, id(channel)},
                     {u"type"_s, 0},
                     {u"author"_s, user(kFirstUser + dice.below(kMembers))},
                     {u"content"_s, content(dice)}};
    if (dice.below(10) == 0) {
        made[u"reactions"_s] = QJsonArray{
            QJsonObject{{u"emoji"_s, QJsonObject{{u"id"_s, QJsonValue()}, {u"name"_s, u"👍"_s}}},
                        {u"count"_s, int(1 + dice.below(20))},
                        {u"me"_s, dice.below(2) == 0}}};
    }
    if (dice.below(40) == 0) {
        made[u"embeds"_s] = QJsonArray{QJsonObject{{u"type"_s, u"rich"_s},
                                                   {u"title"_s, words(dice, 4)},
                                                   {u"description"_s, words(dice, 30)}}};
    }
    return made;
}

class Fixture final {
  public:
    Fixture(const QString& folder, int guilds, int messages)
        : cache_(folder), guilds_(guilds), messages_(messages) {}

    void write() {
        cache_.put_self(user(kSelf));
        const int others = guilds_ * kChannels - 1;
        const int each = (messages_ - kLongChannel) / others;
        for (int i = 0; i < guilds_; ++i) {
            const client::Snowflake guild = kFirstGuild * client::Snowflake(i + 1);
            put_guild(guild, i);
            for (int k = 0; k < kChannels; ++k) {
                const bool is_long = i == 0 && k == 0;
                put_messages(guild + 1 + client::Snowflake(k),
                             is_long ? messages_ - each * others : each);
            }
        }
        cache_.put_setting(u"last_guild"_s, id(kFirstGuild));
        cache_.flush();
    }

    int written() const { return written_; }

  private:
    void put_guild(client::Snowflake guild, int number) {
        QJsonArray channels, roles;
        for (int k = 0; k < kChannels; ++k) {
            channels.append(QJsonObject{{u"id"_s, id(guild + 1 + client::Snowflake(k))},
                                        {u"type"_s, 0},
                                        {u"position"_s, k},
                                        {u"name"_s, u"channel-%1"_s.arg(k)},
                                        {u"topic"_s, words(dice_, 8)}});
        }
        // 0x400 | 0x10000 | 0x800: see, read, write.
        roles.append(QJsonObject{
            {u"id"_s, id(guild)}, {u"name"_s, u"@everyone"_s}, {u"permissions"_s, u"68608"_s}});
        for (int k = 1; k < 6; ++k) {
            roles.append(QJsonObject{{u"id"_s, id(guild + 100 + client::Snowflake(k))},
                                     {u"name"_s, u"Role %1"_s.arg(k)},
                                     {u"position"_s, k},
                                     {u"hoist"_s, true},
                                     {u"color"_s, 0x206694 + k * 0x1F2F}});
        }
        cache_.put_guild(guild,
                         {{u"id"_s, id(guild)},
                          {u"name"_s, u"Guild %1"_s.arg(number)},
                          {u"owner_id"_s, id(kFirstUser)},
                          {u"member_count"_s, kMembers + 1},
                          {u"roles"_s, roles},
                          {u"channels"_s, channels}});
        put_member(guild, kSelf, 0);
        for (int k = 0; k < kMembers; ++k) {
            put_member(guild, kFirstUser + client::Snowflake(k), k % 6);
        }
    }

    void put_member(client::Snowflake guild, client::Snowflake who, int role) {
        const QJsonArray roles =
            role == 0 ? QJsonArray() : QJsonArray{id(guild + 100 + client::Snowflake(role))};
        cache_.put_member(guild, who, {{u"user"_s, user(who)}, {u"roles"_s, roles}});
    }

    /// Pages as a node answers them: the newest first, the oldest page begins the channel.
    void put_messages(client::Snowflake channel, int count) {
        client::Snowflake known = 0;
        for (int begin = 0; begin < count; begin += kPage) {
            QJsonArray page;
            client::Snowflake last = 0;
            for (int i = begin; i < std::min(count, begin + kPage); ++i) {
                last = client::first_of(kBeginMs + i * kStepMs) + client::Snowflake(channels_);
                page.prepend(message(dice_, last, channel));
                ++written_;
            }
            cache_.put_page(channel, known, last, page);
            known = last + 1;
        }
        cache_.put_read_state({channel, known - 1, 0});
        ++channels_;  // ids of messages differ by it
    }

    client::Cache cache_;
    Dice dice_;
    int guilds_, messages_, written_ = 0, channels_ = 0;
};

bool write_accounts(const QString& folder) {
    const QJsonObject account{{u"key"_s, QString::fromLatin1(kKey)},
                              {u"node"_s, u"http://127.0.0.1:9"_s},
                              {u"node_name"_s, u"bench.localhost"_s},
                              {u"node_fingerprint"_s, QString(64, u'0')},
                              {u"user_id"_s, id(kSelf)},
                              {u"user_name"_s, u"person1000"_s}};
    QFile file(folder + u"/accounts.json"_s);
    if (!file.open(QIODevice::WriteOnly)) return false;
    file.write(QJsonDocument(QJsonObject{{u"accounts"_s, QJsonArray{account}},
                                         {u"current"_s, QString::fromLatin1(kKey)}})
                   .toJson());
    client::Secrets(folder, false).write(QString::fromLatin1(kKey), u"no.real.token"_s);
    return file.flush();
}

}  // namespace

int main(int argc, char** argv) {
    const QCoreApplication app(argc, argv);
    const QStringList words = QCoreApplication::arguments();
    if (words.size() < 2) {
        std::fputs("usage: guildhall_client_fixture FOLDER [GUILDS] [MESSAGES]\n", stderr);
        return 2;
    }
    const QString folder = QDir(words[1]).absolutePath();
    const int guilds = words.value(2, u"200"_s).toInt();
    const int messages = words.value(3, u"100000"_s).toInt();
    if (guilds < 1 || messages < kLongChannel || !QDir().mkpath(folder)) return 2;
    const QString own =
        folder + u'/' + QString::fromLatin1(QUrl::toPercentEncoding(QString::fromLatin1(kKey)));
    Fixture fixture(own, guilds, messages);
    fixture.write();
    if (!write_accounts(folder)) return 1;
    std::printf("{\"guilds\":%d,\"messages\":%d}\n", guilds, fixture.written());
}
