// Channels and roles in their order, and invites.

#include "client-qml/settings/model/channel_list.h"
#include "client-qml/settings/model/invite_list.h"
#include "client-qml/settings/model/role_list.h"
#include "tests/qml/settings/settings_bench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

QStringList keys(const RowList* rows) {
    QStringList all;
    for (const QVariantMap& row : rows->rows()) all.append(row[u"key"_s].toString());
    return all;
}

template <class View>
void place(View& view, SettingsBench& bench) {
    view.setAccount(&bench.account());
    view.setGuildId(kGuild);
}

}  // namespace

class TestGuildLists final : public QObject {
    Q_OBJECT

  private slots:
    void as_few_numbers_change_as_can_be() {
        const std::vector<Ordered> items{{1, 3}, {2, 5}, {3, 9}};
        QCOMPARE(reordered(items, 0, 1, 0), (std::vector<Ordered>{{2, 3}, {1, 5}, {3, 9}}));
        // Equal ones are counted anew.
        QCOMPARE(reordered({{1, 0}, {2, 0}, {3, 0}}, 2, 0, 1),
                 (std::vector<Ordered>{{3, 1}, {1, 2}, {2, 3}}));
        QCOMPARE(inserted(items, 7, 1, 0), (std::vector<Ordered>{{1, 3}, {7, 5}, {2, 9}, {3, 10}}));
        QCOMPARE(inserted({}, 7, 5, 1), (std::vector<Ordered>{{7, 1}}));
    }

    void channels_stand_as_the_channel_list_shows_them() {
        SettingsBench bench;
        ChannelList list;
        place(list, bench);
        QAbstractItemModelTester tester(list.rows());
        QCOMPARE(keys(list.rows()),
                 (QStringList{u"101"_s, u"102"_s, u"110"_s, u"111"_s, u"112"_s, u"120"_s}));
        QCOMPARE(keys(list.categories()), (QStringList{u""_s, u"110"_s, u"120"_s}));
    }

    void a_step_down_swaps_two_channels() {
        SettingsBench bench;
        ChannelList list;
        place(list, bench);
        QAbstractItemModelTester tester(list.rows());
        list.step(u"101"_s, 1);
        QCOMPARE(keys(list.rows()).mid(0, 2), (QStringList{u"102"_s, u"101"_s}));
        QVERIFY(list.dirty());
        list.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(),
                 lines({R"(PATCH /guilds/10/channels )"
                        R"([{"id":"101","position":1},{"id":"102","position":0}])"}));
    }

    void a_step_over_the_border_goes_into_the_category() {
        SettingsBench bench;
        ChannelList list;
        place(list, bench);
        list.step(u"102"_s, 1);
        QCOMPARE(list.rows()->find(u"102"_s)[u"parentId"_s].toString(), u"110"_s);
        QCOMPARE(keys(list.rows()),
                 (QStringList{u"101"_s, u"110"_s, u"102"_s, u"111"_s, u"112"_s, u"120"_s}));
        list.step(u"102"_s, -1);
        QCOMPARE(list.rows()->find(u"102"_s)[u"parentId"_s].toString(), u""_s);
    }

    void a_drop_below_a_category_goes_into_it() {
        SettingsBench bench;
        ChannelList list;
        place(list, bench);
        list.moveTo(u"111"_s, 5);
        QCOMPARE(list.rows()->find(u"111"_s)[u"parentId"_s].toString(), u"120"_s);
        list.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(),
                 lines({R"(PATCH /guilds/10/channels )"
                        R"([{"id":"111","parent_id":"120","position":0}])"}));
    }

    void a_category_moves_with_all_of_its_channels() {
        SettingsBench bench;
        ChannelList list;
        place(list, bench);
        list.step(u"110"_s, 1);
        QCOMPARE(keys(list.rows()),
                 (QStringList{u"101"_s, u"102"_s, u"120"_s, u"110"_s, u"111"_s, u"112"_s}));
    }

    void who_may_not_manage_channels_moves_none() {
        SettingsBench bench(0);
        ChannelList list;
        place(list, bench);
        list.step(u"101"_s, 1);
        list.moveTo(u"101"_s, 4);
        QVERIFY(!list.dirty());
        QVERIFY(!list.reason().isEmpty());
    }

    void a_channel_is_created_in_its_category() {
        SettingsBench bench;
        bench.reply({"POST", "/guilds/10/channels", 201, R"({"id":"130"})"});
        ChannelList list;
        place(list, bench);
        QSignalSpy created(&list, &ChannelList::created);
        list.create(u"endgames"_s, u"text"_s, u"110"_s);
        QTRY_COMPARE(created.size(), 1);
        QCOMPARE(bench.writes(),
                 lines({R"(POST /guilds/10/channels )"
                        R"({"name":"endgames","parent_id":"110","type":0})"}));
    }

    void roles_below_ones_own_can_be_moved() {
        SettingsBench bench(0, true);
        RoleList list;
        place(list, bench);
        QAbstractItemModelTester tester(list.rows());
        QCOMPARE(keys(list.rows()), (QStringList{u"40"_s, u"20"_s, u"30"_s, u"10"_s}));
        list.step(u"30"_s, -1);
        QCOMPARE(keys(list.rows()), (QStringList{u"40"_s, u"30"_s, u"20"_s, u"10"_s}));
        list.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(),
                 lines({R"(PATCH /guilds/10/roles )"
                        R"([{"id":"20","position":1},{"id":"30","position":2}])"}));
    }

    void nothing_moves_past_ones_own_highest_role() {
        SettingsBench bench(guildhall::protocol::permissions::kManageRoles.bits);
        RoleList list;
        place(list, bench);
        QVERIFY(!list.rows()->find(u"20"_s)[u"movable"_s].toBool());
        QVERIFY(list.rows()->find(u"30"_s)[u"movable"_s].toBool());
        list.step(u"30"_s, -1);
        list.step(u"10"_s, -1);
        QVERIFY(!list.dirty());
    }

    void an_invite_has_a_link_and_a_name_for_other_nodes() {
        SettingsBench bench;
        bench.reply({"GET",
                     "/guilds/10/invites",
                     200,
                     R"([{"code":"old","uses":3,"max_uses":5,"channel":{"id":"101"},)"
                     R"("inviter":{"id":"1","username":"olga"}}, 7, {"code":[]}])"});
        bench.reply(
            {"POST", "/channels/101/invites", 200, R"({"code":"new","channel":{"id":"101"}})"});
        InviteList list;
        place(list, bench);
        QTRY_COMPARE(keys(list.rows()), QStringList{u"old"_s});
        QCOMPARE(list.rows()->at(0)[u"uses"_s].toString(), u"3 / 5"_s);
        list.create(u"101"_s, 3600, 1, true);
        QTRY_COMPARE(keys(list.rows()), (QStringList{u"new"_s, u"old"_s}));
        const QString node = bench.http().url().authority();
        QCOMPARE(list.made()[u"link"_s].toString(), u"http://"_s + node + u"/i/new"_s);
        QCOMPARE(list.made()[u"remote"_s].toString(), u"new@"_s + node);
        QCOMPARE(bench.writes(),
                 lines({R"(POST /channels/101/invites )"
                        R"({"max_age":3600,"max_uses":1,"temporary":true,"unique":true})"}));
        list.revoke(u"old"_s);
        QTRY_COMPARE(keys(list.rows()), QStringList{u"new"_s});
    }
};

QTEST_MAIN(TestGuildLists)
#include "tst_guild_lists.moc"
