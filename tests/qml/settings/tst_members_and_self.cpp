// What who runs a guild does about people, what is explained, and one's own account.

#include "client-qml/settings/model/access_view.h"
#include "client-qml/settings/model/account_form.h"
#include "client-qml/settings/model/audit_log.h"
#include "client-qml/settings/model/ban_list.h"
#include "client-qml/settings/model/emoji_list.h"
#include "client-qml/settings/model/guild_rights.h"
#include "client-qml/settings/model/image_cropper.h"
#include "client-qml/settings/model/member_actions.h"
#include "client-qml/settings/model/member_list.h"
#include "client-qml/settings/model/notify_settings.h"
#include "client-qml/settings/model/session_list.h"
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

QStringList keys(const RowList* rows) {
    QStringList all;
    for (const QVariantMap& row : rows->rows()) all.append(row[u"key"_s].toString());
    return all;
}

}  // namespace

class TestMembersAndSelf final : public QObject {
    Q_OBJECT

  private slots:
    void members_are_found_by_name_and_role() {
        SettingsBench bench;
        MemberList list;
        place(list, bench);
        QAbstractItemModelTester tester(list.rows());
        QCOMPARE(keys(list.rows()), (QStringList{u"3"_s, u"2"_s, u"1"_s}));
        list.setSearch(u"bo"_s);
        QCOMPARE(keys(list.rows()), QStringList{u"3"_s});
        QTRY_VERIFY(bench.asked("GET", "/members/search?query=bo&limit=100"));
        list.setSearch(u""_s);
        list.setRoleId(u"40"_s);
        QCOMPARE(keys(list.rows()), QStringList{u"1"_s});
        list.setRoleId(u""_s);
        list.setOrder(u"newest"_s);
        QCOMPARE(keys(list.rows()), (QStringList{u"3"_s, u"2"_s, u"1"_s}));
        QVERIFY(list.rows()->find(u"3"_s)[u"below"_s].toBool());
        QVERIFY(!list.rows()->find(u"1"_s)[u"below"_s].toBool());
    }

    void each_role_of_a_member_is_a_call_of_its_own() {
        SettingsBench bench;
        MemberActions form;
        place(form, bench);
        form.setUserId(u"3"_s);
        QVERIFY(form.roles()->find(u"30"_s)[u"has"_s].toBool());
        QVERIFY(form.roles()->find(u"40"_s)[u"locked"_s].toBool());
        form.set(u"30"_s, false);
        form.set(u"nick"_s, u"Bobby"_s);
        form.save();
        QVERIFY(bench.wait_writes(2));
        QStringList writes = bench.writes();
        writes.sort();
        QCOMPARE(writes,
                 lines({"DELETE /guilds/10/members/3/roles/30",
                        R"(PATCH /guilds/10/members/3 {"nick":"Bobby"})"}));
    }

    void a_timeout_ends_after_its_minutes() {
        SettingsBench bench;
        MemberActions form;
        place(form, bench);
        form.setUserId(u"3"_s);
        QCOMPARE(form.noTimeout(), QString());
        QSignalSpy done(&form, &MemberActions::done);
        const qint64 before = bench.state().clock().now_ms();
        form.timeout(10, u"spam"_s);
        QTRY_COMPARE(done.size(), 1);
        const Seen& seen = bench.http().seen.back();
        QCOMPARE(seen.headers.value("x-audit-log-reason"), "spam");
        const QJsonObject body = QJsonDocument::fromJson(seen.body).object();
        const qint64 end = time_of(body, "communication_disabled_until"_L1);
        QVERIFY(end >= before + 600'000 && end < before + 660'000);
        form.timeout(0, {});
        QTRY_COMPARE(done.size(), 2);
        QCOMPARE(bench.writes().back(),
                 lines({R"(PATCH /guilds/10/members/3 {"communication_disabled_until":null})"})[0]);
    }

    void a_ban_says_what_it_deletes_and_why() {
        SettingsBench bench;
        MemberActions form;
        place(form, bench);
        form.setUserId(u"3"_s);
        form.ban(1, u"rude"_s);
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(),
                 lines({R"(PUT /guilds/10/bans/3 {"delete_message_seconds":86400})"}));
    }

    void who_stands_above_cannot_be_acted_on() {
        SettingsBench bench;
        MemberActions form;
        place(form, bench);
        form.setUserId(u"1"_s);
        QVERIFY(!form.noKick().isEmpty());
        form.kick({});
        form.setUserId(u"2"_s);
        QCOMPARE(form.noBan(), u"This is you."_s);
        form.ban(0, {});
        QVERIFY(!form.canTransfer());
        form.transfer();
        QTest::qWait(20);
        QVERIFY(bench.writes().isEmpty());
    }

    void the_owner_hands_the_guild_over() {
        SettingsBench bench(0, true);
        MemberActions form;
        place(form, bench);
        form.setUserId(u"3"_s);
        QVERIFY(form.canTransfer());
        form.transfer();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(), lines({R"(PATCH /guilds/10 {"owner_id":"3"})"}));
    }

    void bans_are_listed_searched_and_lifted() {
        SettingsBench bench;
        bench.reply({"GET",
                     "/bans?limit=1000",
                     200,
                     R"([{"reason":"spam","user":{"id":"7","username":"eve"}},)"
                     R"({"user":{"id":"8","username":"mal"}},{"user":3}])"});
        BanList list;
        place(list, bench);
        QTRY_COMPARE(keys(list.rows()), (QStringList{u"7"_s, u"8"_s}));
        list.setSearch(u"EV"_s);
        QCOMPARE(keys(list.rows()), QStringList{u"7"_s});
        list.unban(u"7"_s);
        QTRY_COMPARE(list.rows()->rowCount(), 0);
        QVERIFY(!list.add(u"eve"_s, {}));
        QCOMPARE(bench.writes(), lines({"DELETE /guilds/10/bans/7"}));
    }

    void rights_follow_the_roles() {
        SettingsBench bench(bits::kBanMembers.bits);
        GuildRights rights;
        place(rights, bench);
        QVERIFY(rights.canBan() && !rights.canKick() && rights.opensSettings());
        bench.dispatch(u"GUILD_ROLE_UPDATE"_s,
                       R"({"guild_id":"10","role":{"id":"20","name":"Mods","permissions":"0"}})");
        QTRY_VERIFY(!rights.canBan() && !rights.opensSettings());
    }

    void what_decided_is_said_in_words_data() {
        QTest::addColumn<QString>("channel");
        QTest::addColumn<QString>("role");
        QTest::addColumn<int>("bit");
        QTest::addColumn<bool>("allowed");
        QTest::addColumn<QString>("why");
        QTest::newRow("own, denied by an overwrite")
            << u"101"_s << u""_s << 11 << false << u"#general denies it for the role Guests."_s;
        QTest::newRow("own, by nothing")
            << u"102"_s << u""_s << 13 << false << u"No role of yours grants it."_s;
        QTest::newRow("everyone sees")
            << u"102"_s << kGuild << 10 << true << u"Everybody in this guild has it."_s;
        QTest::newRow("a role of administrators")
            << u"101"_s << u"40"_s << 11 << true
            << u"The role Chiefs makes administrators, who may do everything."_s;
        QTest::newRow("as guests")
            << u"101"_s << u"30"_s << 11 << false << u"#general denies it for the role Guests."_s;
    }
    void what_decided_is_said_in_words() {
        QFETCH(QString, channel);
        QFETCH(QString, role);
        QFETCH(int, bit);
        SettingsBench bench(bits::kSendMessages.bits);
        AccessView view;
        place(view, bench);
        view.setChannelId(channel);
        view.setRoleId(role);
        view.setBit(bit);
        const QVariantMap row = view.permissions()->at(0);
        QCOMPARE(row[u"key"_s].toInt(), bit);
        QTEST(row[u"allowed"_s].toBool(), "allowed");
        QTEST(row[u"why"_s].toString(), "why");
    }

    void a_role_sees_the_channels_it_may_see() {
        SettingsBench bench;
        AccessView view;
        place(view, bench);
        view.setRoleId(u"30"_s);
        QCOMPARE(keys(view.channels()),
                 (QStringList{u"101"_s, u"102"_s, u"110"_s, u"111"_s, u"112"_s, u"120"_s}));
        QVERIFY(view.channels()->find(u"101"_s)[u"canSee"_s].toBool());
        QVERIFY(!view.channels()->find(u"110"_s)[u"canSee"_s].toBool());
    }

    void what_a_node_does_not_offer_is_not_shown() {
        SettingsBench bench;
        bench.reply({"GET", "/emojis", 404, R"({"code":0,"message":"404: Not Found"})"});
        bench.reply({"GET", "/audit-logs?limit=50", 404, R"({"code":0,"message":"Not Found"})"});
        EmojiList emojis;
        place(emojis, bench);
        AuditLog log;
        place(log, bench);
        QTRY_VERIFY(!emojis.busy() && !log.busy());
        QVERIFY(!emojis.offered() && !log.offered());
        QVERIFY(emojis.complaint().isEmpty() && log.complaint().isEmpty());
    }

    void a_log_says_who_did_what() {
        SettingsBench bench;
        bench.reply(
            {"GET",
             "/audit-logs?limit=50",
             200,
             R"({"users":[{"id":"1","username":"olga"}],"audit_log_entries":[)"
             R"({"id":"99","user_id":"1","target_id":"30","action_type":31,"reason":"tidy"},)"
             R"({"id":"98","user_id":"x","action_type":"y"}]})"});
        AuditLog log;
        place(log, bench);
        QTRY_VERIFY(log.offered());
        const QVariantMap row = log.rows()->at(0);
        QCOMPARE(row[u"who"_s].toString(), u"olga"_s);
        QCOMPARE(row[u"what"_s].toString(), u"Changed a role"_s);
        QCOMPARE(row[u"target"_s].toString(), u"Guests"_s);
        QVERIFY(!log.more());
    }

    void an_emojis_name_is_made_of_what_is_allowed() {
        QCOMPARE(emoji_name(u"party parrot!.png"_s), u"party_parrot_"_s);
        QCOMPARE(emoji_name(u"ü.png"_s), u"__"_s);
        QCOMPARE(emoji_name(QString(100, u'a')).size(), 32);
    }

    void a_name_of_ones_own_is_changed_alone() {
        SettingsBench bench;
        AccountForm form;
        form.setAccount(&bench.account());
        form.set(u"global_name"_s, u""_s);
        form.save();
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(), lines({R"(PATCH /users/@me {"global_name":null})"}));
    }

    void a_password_is_checked_before_it_is_sent() {
        SettingsBench bench;
        PasswordForm form;
        form.setAccount(&bench.account());
        form.change(u""_s, u"short"_s, u"other"_s);
        QVERIFY(!form.oldError().isEmpty() && !form.newError().isEmpty());
        QVERIFY(!form.repeatError().isEmpty());
        QVERIFY(bench.writes().isEmpty());
        bench.reply({"PATCH",
                     "/users/@me",
                     400,
                     R"({"code":50035,"message":"x","errors":{"password":{"_errors":)"
                     R"([{"message":"Password does not match."}]}}})"});
        form.change(u"wrong-one"_s, u"long enough"_s, u"long enough"_s);
        QTRY_COMPARE(form.oldError(), u"Password does not match."_s);
        QSignalSpy changed(&form, &PasswordForm::changed);
        form.change(u"right-one"_s, u"long enough"_s, u"long enough"_s);
        QTRY_COMPARE(changed.size(), 1);
        QVERIFY(form.oldError().isEmpty());
    }

    void all_sessions_but_this_one_can_be_ended() {
        SettingsBench bench;
        bench.dispatch(u"READY"_s,
                       R"({"user":{"id":"2","username":"me"},"auth_session_id_hash":"mine"})");
        bench.reply({"GET",
                     "/auth/sessions",
                     200,
                     R"({"user_sessions":[{"id_hash":"a","client_info":{"platform":"Web"}},)"
                     R"({"id_hash":"mine","client_info":{}},{"id_hash":7}]})"});
        SessionList list;
        list.setAccount(&bench.account());
        QTRY_COMPARE(keys(list.rows()), (QStringList{u"mine"_s, u"a"_s}));
        QVERIFY(list.knowsThis());
        list.endOthers();
        QTRY_COMPARE(keys(list.rows()), QStringList{u"mine"_s});
        QCOMPARE(bench.writes(),
                 lines({R"(POST /auth/sessions/logout {"session_id_hashes":["a"]})"}));
    }

    void a_recovery_phrase_is_shown_once() {
        SettingsBench bench;
        bench.reply(
            {"POST", "/users/@me/recovery", 200, R"({"phrase":"oak elm","backup":"QUJD"})"});
        RecoveryForm form;
        form.setAccount(&bench.account());
        form.make(u"secret"_s);
        QTRY_COMPARE(form.phrase(), u"oak elm"_s);
        QTemporaryDir folder;
        const QString path = folder.filePath(u"backup"_s);
        form.saveBackup(QUrl::fromLocalFile(path));
        QFile file(path);
        QVERIFY(form.saved() && file.open(QIODevice::ReadOnly));
        QCOMPARE(file.readAll(), "QUJD");
        QVERIFY(!(file.permissions() & (QFile::ReadGroup | QFile::ReadOther)));
        form.forget();
        QVERIFY(form.phrase().isEmpty());
    }

    void notifications_are_set_by_guild_and_channel() {
        SettingsBench bench;
        NotifySettings settings;
        settings.setAccount(&bench.account());
        QCOMPARE(keys(settings.rows()), QStringList{kGuild});
        settings.setLevel(kGuild, u"none"_s);
        settings.mute(kGuild, -1);
        QCOMPARE(settings.rows()->at(0)[u"level"_s].toString(), u"none"_s);
        QVERIFY(!settings.rows()->at(0)[u"muted"_s].toString().isEmpty());
        settings.mute(kGuild, 0);
        settings.setLevel(kGuild, u""_s);
        QVERIFY(bench.account().cache().setting(u"notify_rules"_s).toObject().isEmpty());
        settings.setGuildId(kGuild);
        QVERIFY(settings.rows()->indexOf(u"101"_s) >= 0);
    }

    void two_pages_of_the_same_rule_agree() {
        SettingsBench bench;
        NotifySettings one, other;
        one.setAccount(&bench.account());
        other.setAccount(&bench.account());
        one.mute(kGuild, -1);
        QTRY_VERIFY(!other.rows()->at(0)[u"muted"_s].toString().isEmpty());
        other.setLevel(kGuild, u"none"_s);
        QTRY_COMPARE(one.rows()->at(0)[u"level"_s].toString(), u"none"_s);
        other.mute(kGuild, 0);
        QTRY_COMPARE(one.rows()->at(0)[u"muted"_s].toString(), QString());
    }

    void a_picture_is_cut_to_a_square_and_made_small() {
        QTemporaryDir folder;
        const QString path = folder.filePath(u"wide.png"_s);
        QImage wide(1'600, 800, QImage::Format_RGB32);
        wide.fill(Qt::red);
        for (int y = 0; y < 800; ++y) {
            for (int x = 800; x < 1'600; ++x) wide.setPixel(x, y, qRgb(0, 0, 255));
        }
        QVERIFY(wide.save(path));
        ImageCropper cropper;
        cropper.setSource(QUrl::fromLocalFile(path));
        QVERIFY(cropper.ready());
        QCOMPARE(cropper.kept(), QRectF(0.25, 0, 0.5, 1));
        cropper.pan(10, 0);
        QCOMPARE(cropper.kept().right(), 1.0);
        const QByteArray uri = cropper.result().toLatin1();
        QVERIFY(uri.startsWith("data:image/png;base64,"));
        const QImage cut = QImage::fromData(QByteArray::fromBase64(uri.mid(uri.indexOf(',') + 1)));
        QCOMPARE(cut.size(), QSize(512, 512));
        QCOMPARE(cut.pixelColor(256, 256), QColor(Qt::blue));
    }

    void what_is_no_picture_is_refused() {
        QTemporaryDir folder;
        QFile file(folder.filePath(u"evil.png"_s));
        QVERIFY(file.open(QIODevice::WriteOnly));
        file.write("<svg onload=alert(1)>");
        file.close();
        ImageCropper cropper;
        cropper.setSource(QUrl::fromLocalFile(file.fileName()));
        QVERIFY(!cropper.ready());
        QVERIFY(!cropper.error().isEmpty());
    }
};

QTEST_MAIN(TestMembersAndSelf)
#include "tst_members_and_self.moc"
