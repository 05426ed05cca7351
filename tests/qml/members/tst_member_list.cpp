// The list of members: who stands where, what is asked for, and that rows stay where they are.

#include "client-qml/members/member_list_model.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Model = MemberListModel;

namespace {

constexpr const char* kGuild = R"({"id":"10","name":"G","owner_id":"1","member_count":5,
    "roles":[{"id":"10","name":"@everyone","permissions":"1024","position":0},
             {"id":"11","name":"Crew","hoist":true,"position":2,"color":255,"permissions":"0"},
             {"id":"12","name":"Low","hoist":true,"position":1,"permissions":"0"}],
    "channels":[{"id":"20","type":0,"name":"general"},
        {"id":"21","type":0,"name":"crew","permission_overwrites":[
            {"id":"10","type":0,"allow":"0","deny":"1024"},
            {"id":"11","type":0,"allow":"1024","deny":"0"}]}],
    "members":[{"user":{"id":"1","username":"me"},"roles":[]},
               {"user":{"id":"2","username":"anna"},"roles":["11","12"]},
               {"user":{"id":"3","username":"bob"},"roles":["12"]},
               {"user":{"id":"4","username":"carl@far.example"},"roles":[]},
               {"user":{"id":"5","username":"dora","bot":true},"roles":["11"]}],
    "presences":[{"user":{"id":"1"},"status":"online"},{"user":{"id":"2"},"status":"idle"},
                 {"user":{"id":"3"},"status":"dnd"}]})";

QJsonArray blocks(const std::vector<int>& wanted) {
    QJsonArray ranges;
    for (const int block : wanted) ranges.append(QJsonArray{block * 100, block * 100 + 99});
    return ranges;
}

struct Bench {
    ScriptedAccount node;
    Model model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit Bench(const QString& channel = u"20"_s) {
        node.ready({json(kGuild)});
        model.setAccount(node.account.get());
        model.setGuildId(u"10"_s);
        model.setChannelId(channel);
    }
    QString names() const { return column(model, Model::NameRole).join(u' '); }
    QString counts() const { return column(model, Model::CountRole).join(u' '); }
    void presence(const char* user, const char* status) {
        node.apply("PRESENCE_UPDATE",
                   json(QByteArray(R"({"guild_id":"10","user":{"id":")")
                            .append(user)
                            .append(R"("},"status":")")
                            .append(status)
                            .append(R"("})")
                            .constData()));
    }
    void told(const char* groups) {
        node.apply("GUILD_MEMBER_LIST_UPDATE",
                   json(QByteArray(R"({"guild_id":"10","id":"everyone","ops":[],"groups":)")
                            .append(groups)
                            .append("}")
                            .constData()));
    }
};

}  // namespace

class TestMemberList final : public QObject {
    Q_OBJECT

  private slots:
    void members_stand_by_their_highest_role_that_is_shown_apart() {
        Bench bench;
        QCOMPARE(bench.names(), u"Crew anna Low bob Online me Offline carl dora"_s);
        QCOMPARE(bench.counts(), u"1 0 1 0 1 0 2 0 0"_s);
    }
    void a_member_knows_what_to_say_of_itself() {
        Bench bench;
        const QModelIndex anna = bench.model.index(1);
        QCOMPARE(anna.data(Model::ColorRole).toString(), u"#0000ff"_s);
        QCOMPARE(anna.data(Model::StatusRole).toString(), u"idle"_s);
        QVERIFY(bench.model.index(5).data(Model::OwnerRole).toBool());
        QCOMPARE(bench.model.index(7).data(Model::NodeRole).toString(), u"far.example"_s);
        QVERIFY(bench.model.index(8).data(Model::BotRole).toBool());
    }
    void only_who_may_see_the_channel_is_in_its_list() {
        Bench bench(u"21"_s);
        QCOMPARE(bench.names(), u"Crew anna Online me Offline dora"_s);
    }
    void a_presence_that_moves_nobody_changes_one_row() {
        Bench bench;
        QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
        QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
        bench.presence("2", "dnd");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(changed[0][0].toModelIndex().row(), 1);
        QTest::qWait(200);
        QCOMPARE(reset.size(), 0);
    }
    void who_goes_offline_moves_and_keeps_the_row() {
        Bench bench;
        const QPersistentModelIndex bob = bench.model.index(3);
        QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
        bench.presence("3", "offline");
        QTRY_COMPARE(bench.names(), u"Crew anna Online me Offline bob carl dora"_s);
        QVERIFY(bob.isValid());
        QCOMPARE(bob.row(), 5);
        QCOMPARE(reset.size(), 0);
    }
    void names_are_searched() {
        Bench bench;
        bench.model.setFilter(u" OR"_s);
        QCOMPARE(bench.names(), u"Offline dora"_s);
        bench.model.setFilter({});
        QCOMPARE(bench.model.rowCount(), 9);
    }
    void those_who_are_not_known_are_counted() {
        Bench bench;
        bench.told(R"([{"id":"11","count":3},{"id":"12","count":1},{"id":"online","count":1},
                       {"id":"offline","count":2000},{"id":"99","count":7},{"id":"x","count":1}])");
        QCOMPARE(bench.names(), u"Crew anna Crew Low bob Online me Offline carl dora Offline"_s);
        QCOMPARE(bench.counts(), u"3 0 2 1 0 1 0 2000 0 0 1998"_s);
        QCOMPARE(bench.model.index(2).data(Model::KindRole).toString(), u"more"_s);
        // Who moves takes the count along.
        bench.presence("3", "offline");
        QTRY_COMPARE(bench.counts(), u"3 0 2 1 0 2001 0 0 0 1998"_s);
    }
    void nonsense_of_a_node_breaks_nothing() {
        Bench bench;
        for (const char* groups : {"[]",
                                   "{}",
                                   "null",
                                   "[null,1,[],{}]",
                                   R"([{"id":"online","count":-5},{"id":"offline","count":1e300}])",
                                   R"([{"id":11,"count":"x"},{"id":"0","count":9}])"}) {
            bench.told(groups);
        }
        QVERIFY(bench.model.rowCount() >= 9);
    }
    void people_are_stepped_through_past_the_headings() {
        Bench bench;
        QCOMPARE(bench.model.personFrom(-1, 1), 1);
        QCOMPARE(bench.model.personFrom(1, 1), 3);
        QCOMPARE(bench.model.personFrom(1, -1), -1);
        QCOMPARE(bench.model.personFrom(9, -1), 8);
    }
    void what_is_looked_at_is_asked_for() {
        Bench bench;
        QVERIFY(bench.node.connect());
        bench.node.ready({json(kGuild)});
        const auto ranges = [&] {
            return bench.node.gateway.last(14)["channels"_L1].toObject()["20"_L1].toArray();
        };
        QTRY_COMPARE(ranges(), blocks({0}));
        bench.told(R"([{"id":"online","count":500},{"id":"offline","count":9000}])");
        QCOMPARE(bench.model.index(6).data(Model::KindRole).toString(), u"more"_s);
        bench.model.look(0, 6);  // Ends at the people online who are not known.
        QTRY_COMPARE(ranges(), blocks({0, 1}));
        bench.model.look(0, 1);
        QTRY_COMPARE(ranges(), blocks({0}));
        bench.model.look(0, 6);
        QTRY_COMPARE(ranges(), blocks({0, 2}));
        bench.model.setChannelId(u"21"_s);
        QTRY_VERIFY(bench.node.gateway.last(14)["channels"_L1].toObject().contains("21"_L1));
    }
    void a_large_guild_is_one_reset_and_then_small_steps() {
        Bench bench;
        QJsonArray members;
        for (int i = 100; i < 1'100; ++i) {
            const QJsonObject user{{u"id"_s, QString::number(i)}, {u"username"_s, u"u%1"_s.arg(i)}};
            members.append(QJsonObject{{u"user"_s, user}, {u"roles"_s, QJsonArray()}});
        }
        bench.node.apply("GUILD_MEMBERS_CHUNK",
                         {{u"guild_id"_s, u"10"_s}, {u"members"_s, members}});
        QTRY_COMPARE(bench.model.rowCount(), 1'009);
        QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
        QSignalSpy moved(&bench.model, &QAbstractItemModel::rowsMoved);
        bench.presence("600", "online");
        QTRY_COMPARE(moved.size(), 1);
        QCOMPARE(reset.size(), 0);
    }
    void who_left_a_large_guild_meanwhile_goes_when_the_list_is_opened() {
        QJsonObject large = json(kGuild);
        large[u"member_count"_s] = 90'000;
        const QJsonArray all = large[u"members"_s].toArray();
        Bench bench;
        QVERIFY(bench.node.connect());
        bench.node.ready({large});
        QTRY_COMPARE(bench.names(), u"Crew anna Low bob Online me Offline carl dora"_s);
        // Another session: of the five the node lists oneself alone.
        large[u"members"_s] = QJsonArray{all[0]};
        bench.node.ready({large});
        const auto asked = [&] {
            return bench.node.gateway.last(8)["user_ids"_L1].toVariant().toStringList().join(u' ');
        };
        QTRY_COMPARE(asked(), u"2 3 4 5"_s);
        QCOMPARE(bench.node.gateway.last(8)["guild_id"_L1].toString(), u"10"_s);
        bench.node.apply("GUILD_MEMBERS_CHUNK",
                         {{u"guild_id"_s, u"10"_s},
                          {u"members"_s, QJsonArray{all[1], all[3]}},
                          {u"not_found"_s, QJsonArray{u"3"_s, u"5"_s}}});
        QTRY_COMPARE(bench.names(), u"Crew anna Online me Offline carl"_s);
        QTest::qWait(200);
        QCOMPARE(bench.node.gateway.count(8), 1);  // Everybody is settled.
    }
    void nobody_is_asked_for_twice_however_the_node_answers() {
        QJsonObject large = json(kGuild);
        large[u"member_count"_s] = 90'000;
        Bench bench;
        QVERIFY(bench.node.connect());
        bench.node.ready({large});
        QJsonArray many;
        for (int i = 100; i < 450; ++i) {
            const QJsonObject user{{u"id"_s, QString::number(i)}, {u"username"_s, u"u%1"_s.arg(i)}};
            many.append(QJsonObject{{u"user"_s, user}, {u"roles"_s, QJsonArray()}});
        }
        bench.node.apply("GUILD_MEMBERS_CHUNK", {{u"guild_id"_s, u"10"_s}, {u"members"_s, many}});
        large[u"members"_s] = QJsonArray{large[u"members"_s].toArray()[0]};
        bench.node.ready({large});
        // A node that says nothing of whom it was asked for.
        for (int i = 0; i < 10; ++i) {
            QTest::qWait(20);
            bench.node.apply("GUILD_MEMBERS_CHUNK", R"({"guild_id":"10","members":[]})");
        }
        QTRY_COMPARE(bench.node.gateway.count(8), 4);  // 354 people, a hundred at once.
        QSet<QString> ids;
        for (const Frame& frame : bench.node.gateway.got) {
            if (frame.op != 8) continue;
            for (const auto& id : frame.data.toObject()["user_ids"_L1].toArray()) {
                QVERIFY(!ids.contains(id.toString()));
                ids.insert(id.toString());
            }
        }
        QCOMPARE(ids.size(), 354);
    }
    void a_million_members_end_at_the_bounds_of_the_list() {
        Bench bench;
        QJsonObject large = json(kGuild);
        large[u"member_count"_s] = 1'000'000;
        bench.node.ready({large});
        QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
        for (int i = 0; i < 60; ++i) {
            QJsonArray members;
            for (int j = 0; j < 1'000; ++j) {
                const QString id = QString::number(1'000 + i * 1'000 + j);
                members.append(QJsonObject{
                    {u"user"_s, QJsonObject{{u"id"_s, id}, {u"username"_s, u"u"_s + id}}},
                    {u"roles"_s, QJsonArray()}});
            }
            bench.node.apply("GUILD_MEMBERS_CHUNK",
                             {{u"guild_id"_s, u"10"_s}, {u"members"_s, members}});
        }
        QTRY_VERIFY(bench.model.rowCount() > 19'000);
        QVERIFY(reset.size() <= 2);  // A flood is one change.
        bench.told(R"([{"id":"11","count":2},{"id":"online","count":1},
                       {"id":"offline","count":999997}])");
        QVERIFY(bench.model.rowCount() <= int(kMemberRowsMax) + 10);
        const int last = bench.model.rowCount() - 1;
        QCOMPARE(bench.model.index(last).data(Model::KindRole).toString(), u"more"_s);
        int shown = 0;
        for (int i = last - 1; bench.model.index(i).data(Model::KindRole) == u"member"_s; --i)
            ++shown;
        QCOMPARE(bench.model.index(last).data(Model::CountRole).toInt() + shown, 999'997);
    }
    void a_guild_that_goes_leaves_nothing() {
        Bench bench;
        bench.node.apply("GUILD_DELETE", R"({"id":"10"})");
        QTRY_COMPARE(bench.model.rowCount(), 0);
        bench.model.setAccount(nullptr);
        QCOMPARE(bench.model.rowCount(), 0);
    }
};

QTEST_MAIN(TestMemberList)
#include "tst_member_list.moc"
