// Where one is: after a switch of accounts, after everything changed, and by links.

#include "client-qml/core/account/navigator.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace Qt::StringLiterals;
namespace fake = guildhall::client::testing;

namespace {

struct Bench {
    QTemporaryDir folder;
    SystemClock clock;
    SystemRng rng;
    Accounts accounts{folder.path(), false, clock, rng};
    Navigator navigator{accounts};

    Account* add(const QString& user, const char* node) {
        AccountRecord record{
            user + u"@test"_s, QUrl(QLatin1StringView(node)), u"home"_s, u"aa"_s, user, user};
        return accounts.add(record, QString());
    }
    static QJsonObject guild(int id, const QString& owner) {
        return fake::json(
            qPrintable(uR"({"id":"%1","name":"g","owner_id":"%2","members":[],
                "roles":[{"id":"%1","name":"@everyone","permissions":"1024"}],
                "channels":[{"id":"%10","type":0,"name":"a","position":0},
                {"id":"%11","type":0,"name":"b","position":1}]})"_s
                           .replace(u"%10"_s, QString::number(id * 10))
                           .replace(u"%11"_s, QString::number(id * 10 + 1))
                           .arg(id)
                           .arg(owner)));
    }
    /// READY with guilds `first`..`last`; guild N has the channels 10 N and 10 N + 1.
    static void ready(Account* account, int first, int last) {
        QJsonArray guilds;
        for (int i = first; i <= last; ++i) guilds.append(guild(i, account->userId()));
        account->state().apply({Dispatch{
            u"READY"_s,
            {{u"user"_s, QJsonObject{{u"id"_s, account->userId()}, {u"username"_s, u"m"_s}}},
             {u"session_id"_s, u"s"_s},
             {u"guilds"_s, guilds}},
            1}});
    }
};

}  // namespace

class TestNavigator final : public QObject {
    Q_OBJECT

  private slots:
    void a_switch_of_accounts_leads_to_where_one_was() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        Bench::ready(one, 1, 2);
        bench.navigator.openChannel(u"21"_s);
        Account* two = bench.add(u"2"_s, "https://two.example");
        Bench::ready(two, 3, 3);
        QCOMPARE(bench.navigator.channelId(), u"30"_s);
        bench.accounts.selectNext();
        QCOMPARE(bench.accounts.current(), one);
        QCOMPARE(bench.navigator.channelId(), u"21"_s);
    }

    /// What is read from the disk is read late: the channel is known only with its guild.
    void a_restart_leads_to_where_one_was() {
        QTemporaryDir folder;
        SystemClock clock;
        SystemRng rng;
        const AccountRecord record{
            u"1@test"_s, QUrl(u"https://one.example"_s), u"home"_s, u"aa"_s, u"1"_s, u"1"_s};
        {
            Accounts accounts(folder.path(), false, clock, rng);
            Navigator navigator(accounts);
            Bench::ready(accounts.add(record, QString()), 1, 3);
            navigator.openChannel(u"21"_s);
        }
        Accounts accounts(folder.path(), false, clock, rng);
        Navigator navigator(accounts);
        accounts.load();
        QVERIFY(accounts.current());
        QTRY_COMPARE(navigator.guildId(), u"2"_s);
        QCOMPARE(navigator.channelId(), u"21"_s);
    }

    void what_went_while_one_was_away_is_left() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        Bench::ready(one, 1, 2);
        bench.navigator.openChannel(u"10"_s);
        bench.navigator.openChannel(u"21"_s);
        Bench::ready(one, 1, 1);
        QCOMPARE(bench.navigator.guildId(), u"1"_s);
        QCOMPARE(bench.navigator.channelId(), u"10"_s);
        while (bench.navigator.canGoBack()) {
            bench.navigator.back();
            QCOMPARE(bench.navigator.guildId(), u"1"_s);
        }
    }

    void a_new_ready_leaves_one_where_one_is() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        Bench::ready(one, 1, 2);
        bench.navigator.openChannel(u"21"_s);
        Bench::ready(one, 1, 2);
        QCOMPARE(bench.navigator.channelId(), u"21"_s);
        bench.navigator.openGuild(QString());  // direct messages
        Bench::ready(one, 1, 2);
        QCOMPARE(bench.navigator.guildId(), QString());
    }

    void links_of_ones_own_nodes_are_opened_and_no_others() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        Bench::ready(one, 1, 2);
        Account* two = bench.add(u"2"_s, "https://two.example:8443");
        Bench::ready(two, 3, 3);
        QSignalSpy invites(&bench.navigator, &Navigator::inviteOpened);
        QVERIFY(!bench.navigator.openLink(u"https://imgur.example/i/abc"_s));
        QVERIFY(!bench.navigator.openLink(u"https://elsewhere.example/channels/3/30/5"_s));
        QVERIFY(!bench.navigator.openLink(u"https://two.example/channels/3/31"_s));
        QCOMPARE(bench.navigator.channelId(), u"30"_s);
        QVERIFY(bench.navigator.openLink(u"https://two.example:8443/channels/3/31"_s));
        QCOMPARE(bench.navigator.channelId(), u"31"_s);
        QVERIFY(bench.navigator.openLink(u"https://one.example:443/channels/2/21"_s));
        QCOMPARE(bench.accounts.current(), one);
        QCOMPARE(bench.navigator.channelId(), u"21"_s);
        QCOMPARE(invites.size(), 0);
    }

    void invites_keep_their_node() {
        Bench bench;
        Bench::ready(bench.add(u"1"_s, "https://one.example"), 1, 1);
        QSignalSpy invites(&bench.navigator, &Navigator::inviteOpened);
        QVERIFY(bench.navigator.openLink(u"https://one.example/i/abc"_s));
        QCOMPARE(invites.takeFirst().first().toString(), u"abc"_s);
        QVERIFY(bench.navigator.openLink(u"guildhall://other.example:81/i/abc"_s));
        QCOMPARE(invites.takeFirst().first().toString(), u"abc@other.example:81"_s);
        QVERIFY(bench.navigator.openLink(u"abc@other.example~9f"_s));
        QCOMPARE(invites.takeFirst().first().toString(), u"abc@other.example~9f"_s);
        bench.navigator.open_from_system(u"https://other.example/i/abc"_s);
        QCOMPARE(invites.takeFirst().first().toString(), u"abc@other.example"_s);
    }

    void a_link_of_a_cold_start_waits_for_the_node() {
        Bench bench;
        bench.navigator.open_from_system(u"https://one.example/channels/2/21"_s);
        Account* one = bench.add(u"1"_s, "https://one.example");
        QCOMPARE(bench.navigator.channelId(), QString());
        Bench::ready(one, 1, 2);
        QCOMPARE(bench.navigator.channelId(), u"21"_s);
        bench.navigator.openChannel(u"10"_s);
        Bench::ready(one, 1, 2);
        QCOMPARE(bench.navigator.channelId(), u"10"_s);  // once
    }

    void an_invite_of_a_first_run_waits_until_somebody_is_logged_in() {
        Bench bench;
        QSignalSpy invites(&bench.navigator, &Navigator::inviteOpened);
        bench.navigator.open_from_system(u"guildhall://one.example/i/abc"_s);
        QCOMPARE(invites.size(), 0);
        QCOMPARE(bench.navigator.pendingInvite(), u"abc"_s);
        QCOMPARE(bench.navigator.pendingNode(), u"one.example"_s);
        Bench::ready(bench.add(u"1"_s, "https://one.example"), 1, 1);
        QCOMPARE(invites.size(), 1);
        QCOMPARE(bench.navigator.pendingInvite(), QString());
    }

    void a_link_that_leads_nowhere_says_why() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        QSignalSpy refused(&bench.navigator, &Navigator::linkRefused);
        const auto last = [&] {
            return refused.isEmpty() ? QString() : refused.takeLast()[0].toString();
        };
        Bench::ready(one, 1, 2);
        const Snowflake before = bench.navigator.channel();
        bench.navigator.open_from_system(u"guildhall:///channels/77/78"_s);
        QVERIFY(last().contains(u"guild that you are not in"_s));
        bench.navigator.open_from_system(u"guildhall:///channels/2/78/79"_s);
        QVERIFY(last().contains(u"cannot see"_s));
        bench.navigator.open_from_system(u"guildhall://far.example/channels/2/21"_s);
        QVERIFY(last().contains(u"far.example"_s));
        bench.navigator.open_from_system(u"mailto:somebody"_s);
        QVERIFY(!last().isEmpty());
        // The same of a link in a message, which else would open a browser on nothing.
        QVERIFY(bench.navigator.openLink(u"https://one.example/channels/2/78"_s));
        QVERIFY(last().contains(u"cannot see"_s));
        QVERIFY(bench.navigator.openLink(u"https://one.example/channels/77"_s));
        QVERIFY(!last().isEmpty());
        QCOMPARE(bench.navigator.channel(), before);
    }

    void a_hidden_channel_is_refused_as_if_it_were_none() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        QSignalSpy refused(&bench.navigator, &Navigator::linkRefused);
        one->state().apply(
            {Dispatch{u"READY"_s,
                      fake::json(R"({"user":{"id":"1","username":"m"},"session_id":"s","guilds":[
                {"id":"5","name":"g","owner_id":"9","members":[],
                 "roles":[{"id":"5","name":"@everyone","permissions":"1024"}],
                 "channels":[{"id":"50","type":0,"name":"a","position":0},
                  {"id":"51","type":0,"name":"secret","position":1,"permission_overwrites":
                   [{"id":"5","type":0,"allow":"0","deny":"1024"}]}]}]})"),
                      1}});
        QVERIFY(bench.navigator.openLink(u"https://one.example/channels/5/51"_s));
        QCOMPARE(refused.size(), 1);
        QCOMPARE(bench.navigator.channelId(), u"50"_s);
    }

    void an_invite_leads_to_its_channel_as_soon_as_the_guild_is_told_of() {
        Bench bench;
        Account* one = bench.add(u"1"_s, "https://one.example");
        Bench::ready(one, 1, 1);
        bench.navigator.openGuildAt(u"2"_s, u"21"_s);
        QCOMPARE(bench.navigator.guildId(), u"1"_s);
        one->state().apply({Dispatch{u"GUILD_CREATE"_s, Bench::guild(2, one->userId()), 2}});
        QCOMPARE(bench.navigator.channelId(), u"21"_s);
        // And at once in a guild that is known; a channel that is not is the guild's first.
        bench.navigator.openGuildAt(u"1"_s, u"11"_s);
        QCOMPARE(bench.navigator.channelId(), u"11"_s);
        bench.navigator.openGuildAt(u"2"_s, u"999"_s);
        QCOMPARE(bench.navigator.channelId(), u"21"_s);
    }
};

QTEST_GUILESS_MAIN(TestNavigator)
#include "tst_navigator.moc"
