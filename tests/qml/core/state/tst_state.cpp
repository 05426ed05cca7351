// What one account knows: kept by dispatches, over restarts, and what a message costs.

#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

QJsonObject guild(int number, int channels, const QJsonArray& members, int member_count = 0) {
    const QString id = QString::number(number * 1'000);
    QJsonArray list;
    for (int i = 1; i <= channels; ++i) {
        list.append(QJsonObject{{u"id"_s, QString::number(number * 1'000 + i)},
                                {u"type"_s, 0},
                                {u"name"_s, u"c%1"_s.arg(i)},
                                {u"last_message_id"_s, u"100"_s}});
    }
    const QJsonObject everyone{
        {u"id"_s, id}, {u"name"_s, u"@everyone"_s}, {u"permissions"_s, u"1024"_s}};
    return {{u"id"_s, id},
            {u"name"_s, u"G"_s},
            {u"owner_id"_s, u"9"_s},
            {u"roles"_s, QJsonArray{everyone}},
            {u"channels"_s, list},
            {u"members"_s, members},
            {u"member_count"_s, member_count}};
}

QJsonObject member(int user) {
    return {{u"user"_s, QJsonObject{{u"id"_s, QString::number(user)}, {u"username"_s, u"u"_s}}},
            {u"roles"_s, QJsonArray()}};
}

QJsonObject message(int channel, int id, int flags = 0) {
    return {{u"id"_s, QString::number(id)},
            {u"channel_id"_s, QString::number(channel)},
            {u"guild_id"_s, QString::number(channel / 1'000 * 1'000)},
            {u"content"_s, u"hello"_s},
            {u"flags"_s, flags},
            {u"author"_s, QJsonObject{{u"id"_s, u"2"_s}, {u"username"_s, u"x"_s}}}};
}

}  // namespace

class TestState final : public QObject {
    Q_OBJECT

  private slots:
    void a_message_computes_no_rights_of_other_channels() {
        ScriptedAccount node;
        QJsonArray guilds;
        for (int i = 1; i <= 200; ++i) guilds.append(guild(i, 100, {member(1)}, 1));
        node.ready(guilds);
        State& state = node.state();
        const auto all = [&] {
            for (const CachedGuild& one : state.guilds()) state.guild_unread(one.id);
        };
        QSignalSpy told(&state, &State::unread_changed);
        for (int i = 0; i < 200; ++i)
            node.apply("MESSAGE_CREATE", message((i + 1) * 1'000 + 1, 200));
        all();
        const quint64 before = state.rights_computed();
        QVERIFY(before <= 200 * 100);
        for (int i = 0; i < 1'000; ++i) {
            node.apply("MESSAGE_CREATE", message((i % 200 + 1) * 1'000 + 1, 300 + i));
            all();
        }
        QCOMPARE(state.rights_computed(), before);
        QCOMPARE(told.size(), 200);  // Read channels became unread once each.
        QVERIFY(state.guild_unread(1'000).any);
    }
    void what_is_unread_survives_a_restart_without_a_look_at_the_guild() {
        ScriptedAccount node;
        node.ready({guild(1, 2, {member(1)}, 1)});
        QJsonObject ping = message(1'001, 200);
        ping[u"mentions"_s] = QJsonArray{QJsonObject{{u"id"_s, u"1"_s}}};
        node.apply("MESSAGE_CREATE", ping);
        State again(node.account->cache(), node.clock);
        again.load();
        QCOMPARE(again.guild_unread(1'000).mentions, 1);
        QVERIFY(again.guild_unread(1'000).any);
        QVERIFY(!again.is_parsed(1'000));
        again.mark_read(1'001, 200);
        QVERIFY(!again.guild_unread(1'000).any);
    }
    void a_channel_that_ready_lacks_is_forgotten() {
        ScriptedAccount node;
        node.ready({guild(1, 2, {member(1)}, 1), guild(2, 1, {member(1)}, 1)});
        node.apply("MESSAGE_CREATE", message(1'002, 200));
        QCOMPARE(node.account->cache().newest(1'002, 10).messages.size(), std::size_t(1));
        QSignalSpy gone(&node.state(), &State::channel_removed);
        QSignalSpy left(&node.state(), &State::guild_removed);
        node.ready({guild(1, 1, {member(1)}, 1)});
        QCOMPARE(gone.size(), 1);
        QCOMPARE(gone.first().first().toULongLong(), 1'002ULL);
        QCOMPARE(left.size(), 1);
        QVERIFY(!node.state().channel(1'002));
        QVERIFY(node.account->cache().newest(1'002, 10).messages.empty());
        QVERIFY(!node.state().guild_unread(1'000).any);
        for (const CachedReadState& one : node.account->cache().read_states())
            QCOMPARE(one.channel, Snowflake(1'001));
    }
    void who_left_meanwhile_is_no_member() {
        ScriptedAccount node;
        node.ready({guild(1, 1, {member(1), member(2), member(3)}, 3)});
        node.ready({guild(1, 1, {member(1), member(3)}, 2)});
        QVERIFY(!node.state().member(1'000, 2));
        QVERIFY(node.state().member(1'000, 3));
        QCOMPARE(node.account->cache().members(1'000, 10).size(), std::size_t(2));
    }
    // The work of the GUI thread is per guild and channel, whatever they hold; the longest time
    // that its loop stood still is printed.
    void a_large_ready_is_parsed_elsewhere() {
        constexpr int kGuilds = 200, kChannels = 50, kPeople = 250;
        QJsonArray guilds;
        for (int i = 1; i <= kGuilds; ++i) {
            QJsonArray members{member(1)};
            for (int user = 1; user < kPeople; ++user) members.append(member(i * 1'000 + user));
            guilds.append(guild(i, kChannels, members, kPeople));
        }
        const QJsonObject data{
            {u"user"_s, QJsonObject{{u"id"_s, u"1"_s}, {u"username"_s, u"me"_s}}},
            {u"session_id"_s, u"t"_s},
            {u"guilds"_s, guilds}};
        const QByteArray text = QJsonDocument(data).toJson(QJsonDocument::Compact);
        ScriptedAccount node;
        QVERIFY(node.connect());
        State& state = node.state();
        for (const int seq : {2, 3}) {  // the second one finds everything there
            QSignalSpy reset(&state, &State::reset);
            const quint64 steps = state.steps_taken();
            const quint64 changes = node.account->cache().changes_put();
            QElapsedTimer since;
            qint64 longest = 0;
            QTimer beat;
            connect(&beat, &QTimer::timeout, &beat, [&] {
                longest = std::max(longest, since.isValid() ? since.restart() : 0);
            });
            node.gateway.dispatch("READY", seq, text);
            since.start();
            beat.start(0);
            QTRY_COMPARE_WITH_TIMEOUT(reset.size(), 1, 60'000);
            QTest::qWait(50);
            qInfo("READY of %d MB: the loop stood still for %d ms at most",
                  int(text.size() >> 20),
                  int(longest));
            QCOMPARE(state.steps_taken() - steps, quint64(kGuilds * (1 + kChannels)));
            // Oneself, each guild with its members, and all read states.
            QVERIFY(node.account->cache().changes_put() - changes <= kGuilds + 2);
        }
        QCOMPARE(state.guilds().size(), std::size_t(kGuilds));
        QCOMPARE(state.members(200'000).size(), std::size_t(kPeople));
        QVERIFY(state.user(200'249));
        node.account->cache().flush();
        QCOMPARE(node.account->cache().members(200'000, 1'000).size(), std::size_t(kPeople));
        QVERIFY(!node.account->cache().guild(200'000).contains("members"_L1));
    }
    void who_is_met_later_is_known_as_then() {
        ScriptedAccount node;
        const auto named = [](const QString& name) {
            QJsonObject one = member(2);
            one[u"user"_s] = QJsonObject{{u"id"_s, u"2"_s}, {u"username"_s, name}};
            return one;
        };
        node.ready({guild(1, 1, {member(1), named(u"old"_s)}, 2)});
        QCOMPARE(node.state().user(2)->username, u"old"_s);
        node.apply("MESSAGE_CREATE", message(1'001, 200));
        QCOMPARE(node.state().user(2)->username, u"x"_s);
        node.ready({guild(1, 1, {member(1), named(u"new"_s)}, 2)});
        QCOMPARE(node.state().user(2)->username, u"new"_s);
    }
    void nobody_is_online_without_a_line() {
        ScriptedAccount node;
        node.ready({guild(1, 1, {member(1), member(2)}, 2)});
        node.apply("PRESENCE_UPDATE", R"({"user":{"id":"2"},"status":"online","guild_id":"1000"})");
        QCOMPARE(node.state().presence(2).status, Status::online);
        QSignalSpy told(&node.state(), &State::live_changed);
        node.state().set_live(false);
        QCOMPARE(node.state().presence(2).status, Status::offline);
        QCOMPARE(told.size(), 1);
        // A resumed line goes on with the range of messages.
        node.apply("MESSAGE_CREATE", message(1'001, 200));
        node.apply("MESSAGE_CREATE", message(1'001, 300));
        QCOMPARE(node.account->cache().newest(1'001, 10).messages.size(), std::size_t(2));
        node.state().set_live(true);
        QCOMPARE(node.state().presence(2).status, Status::online);
    }
    void what_only_oneself_sees_is_shown_and_not_kept() {
        ScriptedAccount node;
        node.ready({guild(1, 1, {member(1)}, 1)});
        QSignalSpy shown(&node.state(), &State::message_created);
        node.apply("MESSAGE_CREATE", message(1'001, 200, 64));
        QCOMPARE(shown.size(), 1);
        QVERIFY(!node.state().guild_unread(1'000).any);
        QVERIFY(node.account->cache().newest(1'001, 10).messages.empty());
    }
    void reactions_reach_the_cache() {
        ScriptedAccount node;
        node.ready({guild(1, 1, {member(1)}, 1)});
        node.apply("MESSAGE_CREATE", message(1'001, 200));
        const auto react = [&](const char* event, int user, const QString& name) {
            node.apply(event,
                       {{u"channel_id"_s, u"1001"_s},
                        {u"message_id"_s, u"200"_s},
                        {u"user_id"_s, QString::number(user)},
                        {u"emoji"_s, QJsonObject{{u"id"_s, QJsonValue()}, {u"name"_s, name}}}});
        };
        const auto kept = [&] {
            return node.account->cache().newest(1'001, 1).messages.at(0).reactions;
        };
        for (const int user : {1, 1, 2}) react("MESSAGE_REACTION_ADD", user, u"x"_s);
        react("MESSAGE_REACTION_ADD", 2, u"y"_s);
        QCOMPARE(kept().size(), std::size_t(2));
        QCOMPARE(kept()[0].count, 2);
        QVERIFY(kept()[0].mine);
        react("MESSAGE_REACTION_REMOVE", 1, u"x"_s);
        QCOMPARE(kept()[0].count, 1);
        react("MESSAGE_REACTION_REMOVE", 2, u"x"_s);
        QCOMPARE(kept().size(), std::size_t(1));
        node.apply("MESSAGE_REACTION_REMOVE_ALL", R"({"channel_id":"1001","message_id":"200"})");
        QVERIFY(kept().empty());
    }
    void ids_from_nowhere_make_nothing() {
        ScriptedAccount node;
        node.ready({guild(1, 1, {member(1)}, 1)});
        for (int i = 5'000; i < 5'100; ++i) {
            node.apply("MESSAGE_ACK",
                       {{u"channel_id"_s, QString::number(i)}, {u"message_id"_s, u"7"_s}});
        }
        QCOMPARE(node.account->cache().read_states().size(), std::size_t(1));
        QJsonObject huge = message(1'001, 1);
        huge[u"id"_s] = u"18446744073709551615"_s;
        node.apply("MESSAGE_CREATE", huge);
        QVERIFY(!node.state().guild_unread(1'000).any);
        node.apply("MESSAGE_CREATE", message(1'001, 200));
        QVERIFY(node.state().guild_unread(1'000).any);
    }
    void a_changed_role_is_kept_and_seen() {
        ScriptedAccount node;
        node.ready({guild(1, 1, {member(1)}, 1)});
        QVERIFY(node.state().visible(1'000).contains(1'001));
        node.apply("GUILD_ROLE_UPDATE",
                   R"({"guild_id":"1000","role":{"id":"1000","permissions":"0"}})");
        QVERIFY(node.state().visible(1'000).isEmpty());
        const QJsonArray roles = node.account->cache().guild(1'000)["roles"_L1].toArray();
        QCOMPARE(roles.size(), 1);
        QCOMPARE(roles[0]["permissions"_L1].toString(), u"0"_s);
    }
};

QTEST_MAIN(TestState)
#include "tst_state.moc"
