// What a cache remembers besides pages: guilds, members, words, drafts, unsent messages; its
// bounds; and what it costs with 200 guilds and 100,000 messages.

#include "client-qml/core/store/cache.h"
#include "tests/qml/core/store/store_test.h"

#include <QElapsedTimer>
#include <QFileInfo>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace guildhall::client::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Snowflake kChannel = 1'000;

QJsonObject guild(const QString& name) {
    const QJsonArray channels{QJsonObject{{u"id"_s, u"5"_s}, {u"name"_s, u"general"_s}}};
    return {{u"name"_s, name},
            {u"icon"_s, u"abc"_s},
            {u"channels"_s, channels},
            {u"members"_s, QJsonArray{1, 2, 3}}};
}

std::vector<Snowflake> found(const Cache& cache,
                             const QString& words,
                             const std::vector<Snowflake>& channels = {},
                             Snowflake author = 0,
                             Snowflake below = 0) {
    std::vector<Snowflake> ids;
    for (const CachedHit& hit : cache.search(words, channels, author, below, 25)) {
        ids.push_back(hit.message.id);
    }
    return ids;
}

using Ids = std::vector<Snowflake>;

void fill(Cache& cache, Snowflake channel, Snowflake first, int count) {
    for (int at = 0; at < count; at += 100) {
        QJsonArray messages;
        for (int i = at; i < std::min(at + 100, count); ++i) {
            messages.append(message(channel,
                                    first + Snowflake(i),
                                    u"message number %1 about the weather and lunch"_s.arg(i)));
        }
        cache.put_page(
            channel, first + Snowflake(at), first + Snowflake(at + messages.size() - 1), messages);
    }
}

}  // namespace

class TestCache final : public QObject {
    Q_OBJECT

  private slots:
    void guilds_are_kept_without_their_members() {
        QTemporaryDir folder;
        {
            Cache cache(folder.path());
            cache.put_self({{u"id"_s, u"3"_s}});
            cache.put_guild(20, guild(u"Second"_s));
            cache.put_guild(10, guild(u"First"_s));
            cache.put_guild(30, guild(u"Third"_s));
            cache.remove_guild(30);
            cache.put_private_channel(77, {{u"id"_s, u"77"_s}});
            QCOMPARE(cache.guilds().size(), std::size_t(2));
        }
        const Cache cache(folder.path());
        QCOMPARE(cache.self()[u"id"_s].toString(), u"3"_s);
        QCOMPARE(cache.guilds()[0].name, u"First"_s);
        QCOMPARE(cache.guilds()[1].icon, u"abc"_s);
        QCOMPARE(cache.guild(20)[u"channels"_s].toArray().size(), 1);
        QVERIFY(!cache.guild(20).contains(u"members"_s));
        QVERIFY(cache.guild(99).isEmpty());
        QCOMPARE(cache.private_channels().size(), std::size_t(1));
    }

    void members_seen_last_come_first_and_are_bounded() {
        QTemporaryDir folder;
        CacheLimits limits;
        limits.guild_members = 10;
        Cache cache(folder.path(), limits);
        for (int i = 1; i <= 35; ++i) cache.put_member(5, Snowflake(i), {{u"n"_s, i}});
        cache.put_member(5, 30, {{u"n"_s, 300}});
        cache.remove_member(5, 35);
        const auto members = cache.members(5, 3);
        QCOMPARE(members.size(), std::size_t(3));
        QCOMPARE(members[0][u"n"_s].toInt(), 300);
        QCOMPARE(members[1][u"n"_s].toInt(), 34);
        cache.trim();
        cache.put_member(5, 40, {});
        QVERIFY(cache.members(5, 100).size() <= 11);
    }

    void words_are_found_newest_first_and_the_last_may_go_on() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_message(kChannel, message(kChannel, 1, u"The café opens at nine"_s), false);
        cache.put_message(kChannel, message(kChannel, 2, u"nine cats, one dog"_s, 8), true);
        cache.put_message(2'000, message(2'000, 3, u"a Cafeteria"_s), false);
        QCOMPARE(found(cache, u"cafe"_s), (Ids{3, 1}));
        QCOMPARE(found(cache, u"NINE"_s), (Ids{2, 1}));
        QCOMPARE(found(cache, u"nine caf"_s), (Ids{1}));
        QCOMPARE(found(cache, u"caf nine"_s), (Ids{}));
        QCOMPARE(found(cache, u"nine"_s, {2'000}), (Ids{}));
        QCOMPARE(found(cache, u"cafe"_s, {kChannel, 5}), (Ids{1}));
        QCOMPARE(found(cache, u"nine"_s, {}, 8), (Ids{2}));
        QCOMPARE(found(cache, u"nine"_s, {}, 0, 2), (Ids{1}));
        QCOMPARE(found(cache, u""_s, {}, 7), (Ids{3, 1}));
        QCOMPARE(found(cache, u""_s), (Ids{3, 2, 1}));
        QCOMPARE(found(cache, u""_s, {kChannel, 9}), (Ids{2, 1}));
        QCOMPARE(found(cache, u""_s, {kChannel, 2'000}, 0, 3), (Ids{2, 1}));
        QCOMPARE(found(cache, u"!?"_s), (Ids{}));  // Nothing that could be a word.
    }

    void words_follow_edits_and_removals() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 1, 2, page(kChannel, {1, 2}));
        cache.update_message(kChannel, message(kChannel, 2, u"goodbye"_s));
        QCOMPARE(found(cache, u"hello"_s), (Ids{1}));
        QCOMPARE(found(cache, u"goodbye"_s), (Ids{2}));
        cache.remove_messages(kChannel, {1});
        QCOMPARE(found(cache, u"hello"_s), (Ids{}));
        cache.forget_channel(kChannel);
        QCOMPARE(found(cache, u"goodbye"_s), (Ids{}));
    }

    void what_people_type_is_no_query_language() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_message(
            kChannel, message(kChannel, 1, u"NEAR the don't-ask \"quoted\" x*y"_s), false);
        for (const QString& hostile : {u"\""_s,
                                       u"\"\"\""_s,
                                       u"NEAR("_s,
                                       u"a AND"_s,
                                       u"text:x"_s,
                                       u"*"_s,
                                       u"x' OR 1=1 --"_s,
                                       u"\U0001F600"_s,
                                       QString(QChar(0xD83D)),
                                       QString(100'000, u'"'),
                                       QString(QChar(0)) + u"a"_s,
                                       QString(100'000, u'a'),
                                       u"^a"_s,
                                       u"-a"_s}) {
            found(cache, hostile);
        }
        QCOMPARE(found(cache, u"don't \"quoted\""_s), (Ids{1}));
        QCOMPARE(found(cache, u"near"_s), (Ids{1}));
        QCOMPARE(cache.complaint(), QString());
    }

    void drafts_settings_and_unsent_messages_survive() {
        QTemporaryDir folder;
        qint64 second = 0;
        {
            Cache cache(folder.path());
            cache.put_draft(kChannel, u"unfinish\u00e9d"_s);
            cache.put_draft(kChannel + 1, u"x"_s);
            cache.put_draft(kChannel + 1, {});
            cache.put_setting(u"folders"_s, QJsonArray{1, 2});
            cache.put_read_state({kChannel, 55, 2});
            const qint64 first = cache.put_unsent(
                {0, kChannel, u"n1"_s, {{u"content"_s, u"hi"_s}}, {u"/a b"_s}, {}, 5});
            second = cache.put_unsent({0, kChannel, u"n2"_s, {{u"content"_s, u"ho"_s}}, {}, {}, 6});
            const qint64 third = cache.put_unsent({0, kChannel, u"n3"_s, {}, {}, {}, 7});
            QVERIFY(first > 0 && first < second && second < third);
            cache.fail_unsent(second, u"forbidden"_s);
            cache.remove_unsent(third);
        }
        const Cache cache(folder.path());
        QCOMPARE(cache.draft(kChannel), u"unfinish\u00e9d"_s);
        QCOMPARE(cache.drafts(), (Ids{kChannel}));
        QCOMPARE(cache.setting(u"folders"_s).toArray(), (QJsonArray{1, 2}));
        QVERIFY(cache.setting(u"none"_s).isUndefined());
        QCOMPARE(cache.read_states().size(), std::size_t(1));
        QCOMPARE(cache.read_states()[0].last_read, Snowflake(55));
        const auto unsent = cache.unsent();
        QCOMPARE(unsent.size(), std::size_t(2));
        QCOMPARE(unsent[0].files, QStringList{u"/a b"_s});
        QCOMPARE(unsent[0].body[u"content"_s].toString(), u"hi"_s);
        QCOMPARE(unsent[1].key, second);
        QCOMPARE(unsent[1].error, u"forbidden"_s);
        QCOMPARE(cache.complaint(), QString());
    }

    void the_unsent_queue_is_bounded() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        const QJsonObject huge{{u"content"_s, QString(2 << 20, u'x')}};
        QCOMPARE(cache.put_unsent({0, kChannel, {}, huge, {}, {}, 0}), 0);
        QCOMPARE(cache.put_unsent({0, 0, {}, {}, {}, {}, 0}), 0);
        QVERIFY(cache.unsent().empty());
    }

    void a_channel_keeps_its_newest_messages() {
        QTemporaryDir folder;
        CacheLimits limits;
        limits.channel_messages = 500;
        Cache cache(folder.path(), limits);
        fill(cache, kChannel, 1, 900);
        cache.trim();
        const CachedPage newest = cache.newest(kChannel, 500);
        QCOMPARE(newest.messages.size(), std::size_t(500));
        QCOMPARE(newest.messages.back().id, Snowflake(401));
        QVERIFY(newest.gap_before);
        QCOMPARE(newest.oldest_known, Snowflake(401));
        QVERIFY(cache.before(kChannel, 300, 5).messages.empty());
        QCOMPARE(found(cache, u"number 100"_s), (Ids{}));
    }

    void channels_long_not_opened_are_trimmed_first() {
        QTemporaryDir folder;
        CacheLimits limits;
        limits.messages = 3'000;
        limits.old_channel_messages = 10;
        Cache cache(folder.path(), limits);
        for (Snowflake channel = 1; channel <= 40; ++channel) {
            fill(cache, 10'000 + channel, channel * 1'000, 100);
            cache.newest(10'000 + channel, 1);
        }
        cache.trim();
        QCOMPARE(cache.newest(10'001, 200).messages.size(), std::size_t(10));
        QCOMPARE(cache.newest(10'040, 200).messages.size(), std::size_t(100));
        QVERIFY(cache.newest(10'001, 200).gap_before);
    }

    void a_hundred_thousand_messages_open_and_read_quickly() {
        QTemporaryDir folder;
        QElapsedTimer timer;
        timer.start();
        {
            Cache cache(folder.path());
            for (Snowflake i = 1; i <= 200; ++i) {
                cache.put_guild(i << 20, guild(u"Guild %1"_s.arg(i)));
                fill(cache, (i << 20) + 1, i << 40, 500);
            }
            cache.flush();
            qInfo("write 200 guilds and 100,000 messages: %lld ms, file %lld MiB",
                  timer.elapsed(),
                  QFileInfo(folder.path() + u"/cache.sqlite"_s).size() >> 20);
        }
        for (int round = 0; round < 3; ++round) measure(folder.path());
    }

  private:
    static void measure(const QString& folder) {
        QElapsedTimer timer;
        const auto us = [&timer] {
            const qint64 time = timer.nsecsElapsed() / 1'000;
            timer.restart();
            return time;
        };
        timer.start();
        const Cache cache(folder);
        const qint64 open = us();
        QCOMPARE(cache.guilds().size(), std::size_t(200));
        const qint64 guilds = us();
        QCOMPARE(cache.newest((100 << 20) + 1, 50).messages.size(), std::size_t(50));
        const qint64 first = us();
        QCOMPARE(cache.newest((101 << 20) + 1, 50).messages.size(), std::size_t(50));
        const qint64 page = us();
        QCOMPARE(cache.search(u"lunch weather"_s, {}, 0, 0, 25).size(), std::size_t(25));
        const qint64 common = us();
        QCOMPARE(cache.search(u"number 499"_s, {(7 << 20) + 1}, 0, 0, 25).size(), std::size_t(1));
        qInfo(
            "open %lld us, guilds %lld us, first page %lld us, page of 50 %lld us, search for "
            "common words %lld us, in one channel %lld us",
            open,
            guilds,
            first,
            page,
            common,
            us());
    }
};

QTEST_GUILESS_MAIN(TestCache)
#include "tst_cache.moc"
