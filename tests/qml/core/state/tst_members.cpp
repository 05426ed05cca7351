// Who is known in a guild: bounds that hold against a hostile node, and who left while this device
// was away.

#include "client-qml/core/state/member_table.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

using Ids = std::vector<Snowflake>;

QJsonObject member_json(Snowflake user) {
    return {{u"user"_s,
             QJsonObject{{u"id"_s, QString::number(user)}, {u"username"_s, u"u%1"_s.arg(user)}}},
            {u"roles"_s, QJsonArray()}};
}

QJsonArray members_json(Snowflake first, int count) {
    QJsonArray all;
    for (int i = 0; i < count; ++i) all.append(member_json(first + Snowflake(i)));
    return all;
}

/// As READY lists a guild of which it does not list everybody.
QJsonObject large_guild(const char* id = "10") {
    return {{u"id"_s, QString::fromLatin1(id)},
            {u"name"_s, u"Large"_s},
            {u"owner_id"_s, u"9"_s},
            {u"large"_s, true},
            {u"member_count"_s, 1'000'000},
            {u"roles"_s,
             QJsonArray{QJsonObject{{u"id"_s, QString::fromLatin1(id)},
                                    {u"name"_s, u"@everyone"_s},
                                    {u"permissions"_s, u"1024"_s}}}},
            {u"channels"_s,
             QJsonArray{QJsonObject{
                 {u"id"_s, QString::fromLatin1(id) + u'1'}, {u"type"_s, 0}, {u"name"_s, u"a"_s}}}},
            {u"members"_s, QJsonArray{member_json(1)}}};
}

Member member_of(Snowflake guild, Snowflake user) {
    return *parse_member(guild, member_json(user));
}

}  // namespace

class TestMembers final : public QObject {
    Q_OBJECT

  private slots:
    void a_guild_has_at_most_so_many() {
        MemberTable table;
        for (Snowflake user = 1; user <= Snowflake(kMembersMax); ++user)
            QVERIFY(table.put(member_of(10, user), 7));
        QVERIFY(!table.put(member_of(10, 999'999), 7));
        QVERIFY(table.put(member_of(10, 5), 7));  // Who is known may change.
        QCOMPARE(table.count(), kMembersMax);
    }

    void all_guilds_together_have_at_most_so_many() {
        MemberTable table;
        QVERIFY(table.put(member_of(10, 7), 7));
        for (const Snowflake guild : {10, 11, 12}) {
            for (Snowflake user = 100; user < 100 + Snowflake(kMembersMax) - 1; ++user)
                table.put(member_of(guild, user), 7);
            QVERIFY(table.count() <= kAllMembersMax);
        }
        // The third pushed out the first, the largest, but for oneself.
        QCOMPARE(table.of(10).size(), std::size_t(1));
        QVERIFY(table.find(10, 7));
        QVERIFY(table.find(12, 100));
        // What comes from the disk pushes out nobody.
        for (Snowflake user = 100; table.put_remembered(member_of(13, user)); ++user) {
        }
        QCOMPARE(table.count(), kAllMembersMax);
        QVERIFY(table.find(11, 100));
    }

    void who_is_remembered_is_doubted_until_the_node_speaks_of_them() {
        MemberTable table;
        QVERIFY(table.put_remembered(member_of(10, 3)));
        QVERIFY(table.put_remembered(member_of(10, 2)));
        QVERIFY(table.put(member_of(10, 4), 1));
        QCOMPARE(table.doubted(10, 9), (Ids{2, 3}));
        QCOMPARE(table.doubted(10, 1), (Ids{2}));
        QVERIFY(!table.put_remembered(member_of(10, 4)));
        QVERIFY(!table.is_doubted(10, 4));
        table.put(member_of(10, 3), 1);
        table.remove(10, 2);
        QCOMPARE(table.doubted(10, 9), Ids());
        table.put(member_of(11, 9), 1);
        table.doubt(10);
        QCOMPARE(table.doubted(10, 9), (Ids{3, 4}));
        QCOMPARE(table.doubted(11, 9), Ids());
        table.replace(10, {{5, member_of(10, 5)}}, 1);
        QCOMPARE(table.doubted(10, 9), Ids());
        QCOMPARE(table.count(), 2);
    }

    void a_small_guild_is_listed_whole_and_who_is_not_in_it_has_left() {
        ScriptedAccount node;
        QJsonObject guild = large_guild();
        guild[u"member_count"_s] = 3;
        guild[u"members"_s] = QJsonArray{member_json(1), member_json(2), member_json(3)};
        node.ready({guild});
        QVERIFY(node.state().member(10, 3));
        guild[u"member_count"_s] = 2;
        guild[u"members"_s] = QJsonArray{member_json(1), member_json(2)};
        node.ready({guild});
        QVERIFY(!node.state().member(10, 3));
        QCOMPARE(node.state().doubted_members(10, 9), Ids());
    }

    void of_a_large_one_the_node_is_believed_when_it_was_asked() {
        ScriptedAccount node;
        node.ready({large_guild()});
        node.apply("GUILD_MEMBERS_CHUNK",
                   {{u"guild_id"_s, u"10"_s}, {u"members"_s, members_json(100, 3)}});
        QCOMPARE(node.state().doubted_members(10, 9), Ids());
        node.ready({large_guild()});  // The line was away for long.
        QCOMPARE(node.state().doubted_members(10, 9), (Ids{100, 101, 102}));
        QSignalSpy removed(&node.state(), &State::member_removed);
        node.apply("GUILD_MEMBERS_CHUNK",
                   {{u"guild_id"_s, u"10"_s},
                    {u"members"_s, members_json(100, 1)},
                    {u"not_found"_s, QJsonArray{u"101"_s, u"1"_s, u"777"_s, 5, QJsonValue()}}});
        QCOMPARE(removed.size(), 1);  // Neither oneself nor who is not known.
        QVERIFY(!node.state().member(10, 101));
        QVERIFY(node.state().member(10, 1));
        QCOMPARE(node.state().doubted_members(10, 9), (Ids{102}));
    }

    void chunks_of_a_million_end_at_the_bounds() {
        ScriptedAccount node;
        node.ready({large_guild("10"), large_guild("20"), large_guild("30")});
        for (const char* guild : {"10", "20", "30"}) {
            for (int i = 0; i < 70; ++i) {
                node.apply("GUILD_MEMBERS_CHUNK",
                           {{u"guild_id"_s, QString::fromLatin1(guild)},
                            {u"members"_s, members_json(1'000 + Snowflake(i) * 1'000, 1'000)}});
            }
        }
        qsizetype all = 0;
        for (const Snowflake guild : {10, 20, 30}) {
            const auto known = qsizetype(node.state().members(guild).size());
            QVERIFY(known <= kMembersMax);
            QVERIFY(node.state().member(guild, 1));
            all += known;
        }
        QVERIFY(all <= kAllMembersMax);
        // One chunk of more than a node may send.
        node.ready({large_guild("40")});
        node.apply("GUILD_MEMBERS_CHUNK",
                   {{u"guild_id"_s, u"40"_s}, {u"members"_s, members_json(1'000, 20'000)}});
        QVERIFY(node.state().members(40).size() <= 1'001);
    }

    void a_list_update_is_bounded_however_it_is_nested() {
        ScriptedAccount node;
        node.ready({large_guild()});
        QJsonArray ops;
        Snowflake next = 1'000;
        for (int i = 0; i < 100; ++i) {
            QJsonArray items;
            for (int j = 0; j < 100; ++j)
                items.append(QJsonObject{{u"member"_s, member_json(next++)}});
            ops.append(QJsonObject{{u"op"_s, u"SYNC"_s}, {u"items"_s, items}});
        }
        node.apply("GUILD_MEMBER_LIST_UPDATE",
                   {{u"guild_id"_s, u"10"_s}, {u"id"_s, u"everyone"_s}, {u"ops"_s, ops}});
        QVERIFY(node.state().members(10).size() > 900);
        QVERIFY(node.state().members(10).size() <= 1'001);
    }
};

QTEST_GUILESS_MAIN(TestMembers)
#include "tst_members.moc"
