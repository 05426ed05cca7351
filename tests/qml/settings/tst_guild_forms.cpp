// Editing a guild, its channels and roles: what is sent is what changed, errors land at their
// fields, and who may not edit is told why.

#include "client-qml/settings/model/channel_form.h"
#include "client-qml/settings/model/guild_create.h"
#include "client-qml/settings/model/guild_overview.h"
#include "client-qml/settings/model/overwrites.h"
#include "client-qml/settings/model/permission_rows.h"
#include "client-qml/settings/model/role_form.h"
#include "client-qml/settings/model/role_list.h"
#include "tests/qml/settings/settings_bench.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

namespace bits = guildhall::protocol::permissions;

template <class View>
void place(View& view, SettingsBench& bench) {
    view.setAccount(&bench.account());
    view.setGuildId(kGuild);
}

}  // namespace

class TestGuildForms final : public QObject {
    Q_OBJECT

  private slots:
    void only_what_changed_is_sent() {
        SettingsBench bench;
        GuildOverview form;
        place(form, bench);
        QCOMPARE(form.fields()[u"name"_s].toString(), u"Chess club"_s);
        QVERIFY(!form.dirty());
        form.set(u"name"_s, u"Go club"_s);
        form.set(u"system_channel_id"_s, u""_s);
        QVERIFY(form.dirty());
        QSignalSpy saved(&form, &Form::saved);
        form.save();
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(bench.writes(),
                 lines({R"(PATCH /guilds/10 {"name":"Go club","system_channel_id":null})"}));
        QVERIFY(!form.dirty());
    }

    void an_edit_that_is_taken_back_is_none() {
        SettingsBench bench;
        GuildOverview form;
        place(form, bench);
        form.set(u"name"_s, u"x"_s);
        form.set(u"name"_s, u"Chess club"_s);
        QVERIFY(!form.dirty());
        form.save();
        QTest::qWait(20);
        QVERIFY(bench.writes().isEmpty());
    }

    void what_others_change_shows_up_where_nothing_was_typed() {
        SettingsBench bench;
        GuildOverview form;
        place(form, bench);
        form.set(u"name"_s, u"Go club"_s);
        bench.dispatch(u"GUILD_UPDATE"_s,
                       R"({"id":"10","name":"Bridge club","description":"Cards.","owner_id":"1"})");
        QTRY_COMPARE(form.fields()[u"description"_s].toString(), u"Cards."_s);
        QCOMPARE(form.fields()[u"name"_s].toString(), u"Go club"_s);
        QVERIFY(form.dirty());
        QVERIFY2(form.overtaken(), "saving would undo the other's name");
        form.reset();
        QCOMPARE(form.fields()[u"name"_s].toString(), u"Bridge club"_s);
        QVERIFY(!form.overtaken());
    }

    void two_people_change_the_permissions_of_a_role() {
        SettingsBench bench;
        RoleForm form;
        place(form, bench);
        form.setRoleId(u"30"_s);
        const auto mask = [&] { return form.fields()[u"permissions"_s].toString(); };
        const auto others = [&](const char* permissions) {
            bench.dispatch(u"GUILD_ROLE_UPDATE"_s,
                           R"({"guild_id":"10","role":{"id":"30","name":"Guests","permissions":")" +
                               QByteArray(permissions) + R"("}})");
        };
        others("8");
        QTRY_COMPARE(mask(), u"8"_s);
        form.setPermission(u"14"_s, true);
        QCOMPARE(mask(), u"16392"_s);
        // Somebody else takes Administrator away: saving must not give it back.
        others("0");
        QTRY_COMPARE(mask(), u"16384"_s);
        QVERIFY(form.dirty() && !form.overtaken());
        form.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(), lines({R"(PATCH /guilds/10/roles/30 {"permissions":"16384"})"}));
    }

    void changes_of_the_same_permissions_are_joined_by_their_bits() {
        using B = PermissionBits;
        QCOMPARE(joined_bits(B{1, 2}, B{5, 2}, B{0, 2}), (B{4, 2}));
        QCOMPARE(joined_bits(B{0, 0}, B{1, 0}, B{0, 1}), (B{1, 0}));
        QCOMPARE(joined_bits(B{1, 0}, B{0, 0}, B{1, 8}), (B{0, 8}));
        QCOMPARE(joined_bits(B{3, 0}, B{3, 0}, B{0, 3}), (B{0, 3}));
    }

    void what_is_typed_while_it_is_saved_is_kept() {
        SettingsBench bench;
        GuildOverview form;
        place(form, bench);
        form.set(u"name"_s, u"Go club"_s);
        QSignalSpy saved(&form, &Form::saved);
        form.save();
        form.set(u"name"_s, u"Chess club"_s);
        QTRY_COMPARE(saved.size(), 1);
        QCOMPARE(form.fields()[u"name"_s].toString(), u"Chess club"_s);
        QVERIFY(form.dirty());
    }

    void errors_land_at_their_fields() {
        SettingsBench bench;
        bench.reply({"PATCH",
                     "/guilds/10",
                     400,
                     R"({"code":50035,"message":"Invalid Form Body","errors":{"name":{"_errors":)"
                     R"([{"code":"X","message":"Must be 2 to 100 characters."}]}}})"});
        GuildOverview form;
        place(form, bench);
        form.set(u"name"_s, u"G"_s);
        form.save();
        QTRY_COMPARE(form.errors()[u"name"_s].toString(), u"Must be 2 to 100 characters."_s);
        QVERIFY(form.dirty());
        QVERIFY(!form.complaint().isEmpty());
        form.set(u"name"_s, u"Go"_s);
        QVERIFY(form.errors().isEmpty());
    }

    void a_host_that_is_away_is_said_in_words() {
        SettingsBench bench;
        bench.reply({"PATCH", "/guilds/10", 503, R"({"code":130000,"message":"away"})"});
        GuildOverview form;
        place(form, bench);
        form.set(u"name"_s, u"Go club"_s);
        form.save();
        QTRY_VERIFY(form.complaint().contains(u"host cannot be reached"_s));
        QVERIFY(form.dirty());
    }

    void without_permission_nothing_can_be_saved_and_the_reason_is_said() {
        SettingsBench bench(0);
        GuildOverview form;
        place(form, bench);
        QVERIFY(!form.editable());
        QVERIFY2(form.reason().contains(u"No role of yours grants it."_s),
                 qPrintable(form.reason()));
        form.set(u"name"_s, u"x"_s);
        form.save();
        QTest::qWait(20);
        QVERIFY(bench.writes().isEmpty());
        // A role that grants it arrives while the page is open.
        bench.dispatch(u"GUILD_ROLE_UPDATE"_s,
                       R"({"guild_id":"10","role":{"id":"20","name":"Mods","permissions":"32"}})");
        QTRY_VERIFY(form.editable());
    }

    void a_guild_is_deleted_only_with_its_name_typed() {
        SettingsBench bench(0, true);
        GuildOverview form;
        place(form, bench);
        QVERIFY(form.isOwner());
        QVERIFY(!form.confirms(u"chess club"_s));
        QVERIFY(form.confirms(u" Chess club "_s));
        QSignalSpy gone(&form, &GuildOverview::gone);
        form.remove();
        QTRY_COMPARE(gone.size(), 1);
        QCOMPARE(bench.writes(), lines({"DELETE /guilds/10"}));
    }

    void a_guild_is_created_with_its_picture() {
        SettingsBench bench;
        bench.reply({"POST", "/guilds", 201, R"({"id":"77"})"});
        GuildCreate create;
        create.setAccount(&bench.account());
        create.setProperty("name", u" Go club "_s);
        create.setProperty("icon", u"data:image/png;base64,AA"_s);
        QVERIFY(create.canCreate());
        QSignalSpy entered(&create, &GuildCreate::entered);
        create.create();
        QTRY_COMPARE(entered.size(), 1);
        QCOMPARE(entered[0][0].toString(), u"77"_s);
        QCOMPARE(bench.writes(),
                 lines({R"(POST /guilds {"icon":"data:image/png;base64,AA","name":"Go club"})"}));
    }

    void an_invite_leads_to_its_channel() {
        SettingsBench bench;
        bench.reply(
            {"POST", "/invites/abc", 200, R"({"guild":{"id":"77"},"channel":{"id":"78"}})"});
        GuildCreate create;
        create.setAccount(&bench.account());
        create.setInvite(u"abc"_s);
        QSignalSpy entered(&create, &GuildCreate::entered);
        create.join();
        QTRY_COMPARE(entered.size(), 1);
        QCOMPARE(entered[0], QVariantList({u"77"_s, u"78"_s}));
    }

    void an_invite_is_understood_in_any_shape_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<QString>("code");
        QTest::newRow("a code") << u" aBc123 "_s << u"aBc123"_s;
        QTest::newRow("of another node") << u"abc@far.example:8080"_s << u"abc@far.example:8080"_s;
        QTest::newRow("pinned") << u"abc@far.example~0a1b"_s << u"abc@far.example~0a1b"_s;
        QTest::newRow("a sentence") << u"come to my guild"_s << u""_s;
        QTest::newRow("a path") << u"abc/../../users/@me"_s << u""_s;
        QTest::newRow("nothing") << u""_s << u""_s;
    }
    void an_invite_is_understood_in_any_shape() {
        QFETCH(QString, text);
        QFETCH(QString, code);
        QCOMPARE(invite_code(text), code);
    }

    void slow_mode_of_a_channel_is_sent_alone() {
        SettingsBench bench;
        ChannelForm form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        QCOMPARE(form.fields()[u"topic"_s].toString(), u"All"_s);
        form.set(u"rate_limit_per_user"_s, 30);
        form.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(), lines({R"(PATCH /channels/101 {"rate_limit_per_user":30})"}));
    }

    void a_channel_that_is_deleted_elsewhere_closes_its_page() {
        SettingsBench bench;
        ChannelForm form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        QSignalSpy gone(&form, &ChannelForm::gone);
        bench.dispatch(u"CHANNEL_DELETE"_s, R"({"id":"101","guild_id":"10","type":0})");
        QTRY_COMPARE(gone.size(), 1);
    }

    void a_permission_is_given_by_its_bit() {
        SettingsBench bench((bits::kManageRoles | bits::kSendMessages).bits);
        RoleForm form;
        place(form, bench);
        form.setRoleId(u"30"_s);
        QAbstractItemModelTester tester(form.permissions());
        QVERIFY(form.editable());
        form.setPermission(u"11"_s, true);
        form.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(), lines({R"(PATCH /guilds/10/roles/30 {"permissions":"2048"})"}));
    }

    void nobody_gives_what_they_lack() {
        SettingsBench bench(bits::kManageRoles.bits);
        RoleForm form;
        place(form, bench);
        form.setRoleId(u"30"_s);
        QVERIFY(form.permissions()->find(u"2"_s)[u"locked"_s].toBool());
        form.setPermission(u"2"_s, true);
        QVERIFY(!form.dirty());
        // A role above one's own is not edited at all.
        form.setRoleId(u"40"_s);
        QVERIFY(!form.editable());
    }

    void each_target_of_overwrites_is_sent_by_itself() {
        SettingsBench bench;
        Overwrites form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        QAbstractItemModelTester tester(form.permissions());
        QCOMPARE(form.target(), kGuild);
        QCOMPARE(form.targets()->rowCount(), 2);
        form.setState(u"11"_s, -1);
        form.setTarget(u"30"_s);
        QCOMPARE(form.permissions()->find(u"11"_s)[u"choice"_s].toInt(), -1);
        form.setState(u"11"_s, 1);
        QVERIFY(form.dirty());
        form.save();
        QVERIFY(bench.wait_writes(2));
        QStringList writes = bench.writes();
        writes.sort();
        QCOMPARE(
            writes,
            lines({R"(PUT /channels/101/permissions/10 {"allow":"0","deny":"2048","type":0})",
                   R"(PUT /channels/101/permissions/30 {"allow":"2048","deny":"0","type":0})"}));
        QTRY_VERIFY(!form.dirty());
    }

    void two_people_change_what_a_channel_denies() {
        SettingsBench bench;
        Overwrites form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        form.setTarget(u"30"_s);
        form.setState(u"14"_s, 1);
        bench.dispatch(
            u"CHANNEL_UPDATE"_s,
            R"({"id":"101","guild_id":"10","type":0,"name":"general",)"
            R"("permission_overwrites":[{"id":"30","type":0,"allow":"0","deny":"8192"}]})");
        const auto choice = [&](const char* bit) {
            return form.permissions()->find(QString::fromLatin1(bit))[u"choice"_s].toInt();
        };
        QTRY_COMPARE(choice("13"), -1);
        QCOMPARE(choice("14"), 1);
        QCOMPARE(choice("11"), 0);
        QVERIFY(!form.overtaken());
    }

    void a_target_that_is_added_and_taken_off_again_is_no_edit() {
        SettingsBench bench;
        Overwrites form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        form.add(u"3"_s);
        QVERIFY(form.dirty());
        form.remove(u"3"_s);
        QVERIFY(!form.dirty());
    }

    void what_failed_is_said_though_another_part_was_taken() {
        SettingsBench bench;
        bench.reply(
            {"PUT", "/channels/101/permissions/10", 403, R"({"code":50013,"message":"No."})"});
        Overwrites form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        form.setState(u"11"_s, -1);
        form.setTarget(u"30"_s);
        form.setState(u"11"_s, 1);
        form.save();
        QVERIFY(bench.wait_writes(2));
        QTRY_VERIFY(!form.saving());
        QCOMPARE(form.complaint(), u"No."_s);
        QCOMPARE(form.fields().contains(u"10"_s), true);
        QVERIFY(form.dirty());
    }

    void an_answer_for_one_role_leaves_the_next_alone() {
        SettingsBench bench;
        RoleForm form;
        place(form, bench);
        form.setRoleId(u"30"_s);
        form.setPermission(u"14"_s, true);
        form.save();
        QVERIFY(form.saving());
        form.setRoleId(u"10"_s);
        QVERIFY(!form.saving());
        QVERIFY(bench.wait_writes(1));
        QTRY_VERIFY(!form.busy());
        QCOMPARE(form.fields()[u"permissions"_s].toString(), u"1024"_s);
        QVERIFY(!form.dirty());
    }

    void a_role_is_made_once_however_often_it_is_pressed() {
        SettingsBench bench;
        bench.reply({"POST", "/guilds/10/roles", 200, R"({"id":"50"})"});
        RoleList list;
        place(list, bench);
        QTRY_VERIFY(!list.busy());
        QSignalSpy created(&list, &RoleList::created);
        list.create();
        list.create();
        QTRY_COMPARE(created.size(), 1);
        QTRY_VERIFY(!list.busy());
        QCOMPARE(bench.writes().size(), 1);
    }

    void a_channel_takes_over_what_its_category_says() {
        SettingsBench bench;
        Overwrites form;
        place(form, bench);
        form.setChannelId(u"111"_s);
        QCOMPARE(form.categoryName(), u"Games"_s);
        QVERIFY(!form.inSync());
        form.sync();
        QVERIFY(form.inSync());
        form.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(
            bench.writes(),
            lines({R"(PUT /channels/111/permissions/30 {"allow":"0","deny":"1024","type":0})"}));
    }

    void a_target_is_added_and_taken_off() {
        SettingsBench bench;
        Overwrites form;
        place(form, bench);
        form.setChannelId(u"101"_s);
        form.setFilter(u"bob"_s);
        QCOMPARE(form.others()->rowCount(), 1);
        form.add(u"3"_s);
        QCOMPARE(form.target(), u"3"_s);
        form.setState(u"11"_s, 1);
        form.remove(u"30"_s);
        form.save();
        QVERIFY(bench.wait_writes(2));
        QStringList writes = bench.writes();
        writes.sort();
        QCOMPARE(
            writes,
            lines({"DELETE /channels/101/permissions/30",
                   R"(PUT /channels/101/permissions/3 {"allow":"2048","deny":"0","type":1})"}));
    }
};

QTEST_MAIN(TestGuildForms)
#include "tst_guild_forms.moc"
