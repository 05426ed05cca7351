// Whether a message notifies, as a table of what is set and what is written.

#include "client-qml/core/models/notification_rules.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

constexpr Snowflake kGuild = 10, kText = 101, kCategory = 110, kInside = 111, kDirect = 900;

struct FixedClock final : Clock {
    qint64 now_ms() const override { return 1'000'000; }
    qint64 steady_ms() const override { return 1'000'000; }
};

constexpr char kReady[] = R"({
  "user": {"id": "2", "username": "me"},
  "private_channels": [{"id": "900", "type": 1, "recipients": [{"id": "3", "username": "bob"}]}],
  "guilds": [{"id": "10", "name": "Chess", "owner_id": "1", "default_message_notifications": QUIET,
    "roles": [{"id": "10", "name": "@everyone", "permissions": "3072"}],
    "channels": [{"id": "101", "type": 0, "name": "general"},
                 {"id": "110", "type": 4, "name": "Games"},
                 {"id": "111", "type": 0, "name": "openings", "parent_id": "110"}],
    "members": [{"user": {"id": "2", "username": "me"}, "roles": []}]}]})";

struct Bench {
    explicit Bench(bool quiet) {
        QByteArray json(kReady);
        json.replace("QUIET", quiet ? "1" : "0");
        state.apply({{u"READY"_s, QJsonDocument::fromJson(json).object(), 1}});
    }
    QTemporaryDir folder;
    Cache cache{folder.path()};
    FixedClock clock;
    State state{cache, clock};
    NotificationRules rules{state};
};

Message message(Snowflake channel, bool mention, Snowflake author = 3) {
    Message made;
    made.id = 5'000;
    made.channel = channel;
    made.guild = channel == kDirect ? 0 : kGuild;
    made.author.id = author;
    if (mention) made.mentions.push_back({.id = 2});
    return made;
}

using Rules = std::vector<std::pair<Snowflake, NotifyRule>>;
constexpr auto kAll = NotifyLevel::all;
constexpr auto kMentions = NotifyLevel::mentions;
constexpr auto kNone = NotifyLevel::none;

}  // namespace

Q_DECLARE_METATYPE(Rules)

class TestNotificationRules final : public QObject {
    Q_OBJECT

  private slots:
    void a_message_notifies_as_the_nearest_rule_says_data() {
        QTest::addColumn<Rules>("rules");
        QTest::addColumn<int>("otherwise");
        QTest::addColumn<bool>("quiet");
        QTest::addColumn<quint64>("channel");
        QTest::addColumn<bool>("plain");       // whether a message without a mention notifies
        QTest::addColumn<bool>("mentioning");  // and one with
        const auto row = [](const char* name,
                            const Rules& rules,
                            NotifyLevel otherwise,
                            bool quiet,
                            Snowflake channel,
                            bool plain,
                            bool mentioning) {
            QTest::newRow(name) << rules << int(otherwise) << quiet << channel << plain
                                << mentioning;
        };
        row("all wanted", {}, kAll, false, kText, true, true);
        row("only mentions wanted", {}, kMentions, false, kText, false, true);
        row("nothing wanted", {}, kNone, false, kText, false, false);
        row("a guild asks for quiet", {}, kAll, true, kText, false, true);
        row("the guild is chosen loud", {{kGuild, {kAll}}}, kMentions, true, kText, true, true);
        row("the channel beats the guild",
            {{kGuild, {kAll}}, {kText, {kNone}}},
            kAll,
            false,
            kText,
            false,
            false);
        row("the category beats the guild",
            {{kGuild, {kAll}}, {kCategory, {kMentions}}},
            kAll,
            false,
            kInside,
            false,
            true);
        row("the category is not of other channels",
            {{kCategory, {kNone}}},
            kAll,
            false,
            kText,
            true,
            true);
        row("muted", {{kText, {{}, 1'000'001}}}, kAll, false, kText, false, false);
        row("muted until just now", {{kText, {{}, 1'000'000}}}, kAll, false, kText, true, true);
        row("a muted guild", {{kGuild, {{}, kMutedForGood}}}, kAll, false, kInside, false, false);
        row("a direct message", {}, kMentions, false, kDirect, true, true);
        row("a muted person", {{kDirect, {{}, kMutedForGood}}}, kAll, false, kDirect, false, false);
        row("nothing at all", {}, kNone, false, kDirect, false, false);
    }

    void a_message_notifies_as_the_nearest_rule_says() {
        QFETCH(Rules, rules);
        QFETCH(int, otherwise);
        QFETCH(bool, quiet);
        QFETCH(quint64, channel);
        Bench bench(quiet);
        for (const auto& [place, rule] : rules) bench.rules.put(place, rule);
        const auto notifies = [&](bool mention) {
            return bench.rules.notifies(message(channel, mention), NotifyLevel(otherwise), false);
        };
        QTEST(notifies(false), "plain");
        QTEST(notifies(true), "mentioning");
    }

    void nobody_is_notified_of_themselves_or_while_busy() {
        Bench bench(false);
        QVERIFY(!bench.rules.notifies(message(kText, true, 2), kAll, false));
        QVERIFY(!bench.rules.notifies(message(kText, true), kAll, true));
    }

    void a_rule_that_says_nothing_is_forgotten() {
        Bench bench(false);
        bench.rules.put(kText, {kNone, 7});
        QCOMPARE(bench.rules.rule(kText).muted_until_ms, 7);
        bench.rules.put(kText, {});
        QVERIFY(bench.cache.setting(u"notify_rules"_s).toObject().isEmpty());
    }

    void a_change_is_told_once_and_only_where_something_changed() {
        Bench bench(false);
        QSignalSpy told(&bench.state, &State::setting_changed);
        bench.rules.put(kText, {kNone});
        QCOMPARE(told.size(), 1);
        QCOMPARE(told[0][0].toString(), QString(NotificationRules::kSetting));
        bench.rules.put(kText, {kNone});
        bench.rules.put(kInside, {});
        QCOMPARE(told.size(), 1);
    }

    void rules_that_make_no_sense_are_none() {
        Bench bench(false);
        bench.cache.put_setting(
            u"notify_rules"_s, QJsonObject{{u"101"_s, 7}, {u"10"_s, QJsonObject{{u"level"_s, 3}}}});
        QVERIFY(bench.rules.rule(kText).says_nothing());
        QVERIFY(bench.rules.rule(kGuild).says_nothing());
    }
};

QTEST_GUILESS_MAIN(TestNotificationRules)
#include "tst_notification_rules.moc"
