// What is pinned, and who somebody is: the models of the pins' panel and of the profile card.

#include "client-qml/members/pins_model.h"
#include "client-qml/members/profile.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

// Oneself (1) may manage messages and roles and kick, by the role Crew, which stands above Low.
constexpr const char* kGuild = R"({"id":"10","name":"G","owner_id":"9","member_count":5,
    "roles":[{"id":"10","name":"@everyone","permissions":"1024","position":0},
             {"id":"11","name":"Crew","position":3,"color":255,"permissions":"402662402"},
             {"id":"12","name":"Low","position":1,"permissions":"0"},
             {"id":"13","name":"Top","position":5,"permissions":"0"}],
    "channels":[{"id":"20","type":0,"name":"general"},{"id":"21","type":0,"name":"tools"}],
    "members":[{"user":{"id":"1","username":"me"},"roles":["11"]},
               {"user":{"id":"2","username":"anna","global_name":"A"},"nick":"Anna",
                "roles":["12","11"],"joined_at":"2026-01-02T03:04:05Z"},
               {"user":{"id":"3","username":"bob@far.example"},"roles":["12"]},
               {"user":{"id":"4","username":"boss"},"roles":["13"]},
               {"user":{"id":"9","username":"owner"},"roles":[]}],
    "presences":[{"user":{"id":"2"},"status":"idle","activities":[
        {"type":4,"name":"Custom Status","state":"<i>gone</i> fishing"}]}]})";

QByteArray pin(const char* id, const char* text) {
    return QByteArray(R"({"id":")") + id + R"(","channel_id":"20","content":")" + text +
           R"(","timestamp":"2026-01-02T03:04:05Z","author":{"id":"2","username":"anna"}})";
}

struct PinBench {
    ScriptedAccount node;
    PinsModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    PinBench() {
        node.ready({json(kGuild)});
        // Requests need a token.
        node.account->rest().set_token(u"token"_s);
    }
    void open() {
        model.setAccount(node.account.get());
        model.setChannelId(u"20"_s);
    }
    QString ids() const { return column(model, PinsModel::IdRole).join(u' '); }
};

struct ProfileBench {
    ScriptedAccount node;
    Profile who;

    explicit ProfileBench(const QString& user, const char* guild = kGuild) {
        node.ready({json(guild)});
        who.setAccount(node.account.get());
        who.setGuildId(u"10"_s);
        who.setUserId(user);
    }
};

}  // namespace

class TestPeopleModels final : public QObject {
    Q_OBJECT

  private slots:
    void pins_are_shown_with_names_for_mentions() {
        PinBench bench;
        bench.node.answers["GET /channels/20/pins"] =
            say(200, "[" + pin("500", "ask <@2> in <#21>") + "," + pin("400", "old") + "]");
        bench.open();
        QTRY_COMPARE(bench.ids(), u"500 400"_s);
        QString shown = bench.model.index(0).data(PinsModel::TextRole).toString();
        shown.remove(QChar(0x2068)).remove(QChar(0x2069));
        QCOMPARE(shown, u"ask @Anna in #tools"_s);
        QCOMPARE(bench.model.index(0).data(PinsModel::AuthorRole).toString(), u"Anna"_s);
        QVERIFY(bench.model.canUnpin());
    }
    void a_node_with_the_newer_route_alone_is_asked_there() {
        PinBench bench;
        bench.node.answers["GET /channels/20/messages/pins"] =
            say(200, R"({"items":[{"pinned_at":"x","message":)" + pin("500", "new") + "}]}");
        bench.open();
        QTRY_COMPARE(bench.ids(), u"500"_s);
        QVERIFY(!bench.model.busy());
    }
    void a_change_is_asked_for_and_rows_that_stay_stay() {
        PinBench bench;
        bench.node.answers["GET /channels/20/pins"] =
            say(200, "[" + pin("500", "a") + "," + pin("400", "b") + "]");
        bench.open();
        QTRY_COMPARE(bench.ids(), u"500 400"_s);
        const QPersistentModelIndex stays = bench.model.index(1);
        bench.node.answers["GET /channels/20/pins"] =
            say(200, "[" + pin("600", "c") + "," + pin("400", "b") + "]");
        bench.node.apply("CHANNEL_PINS_UPDATE", R"({"guild_id":"10","channel_id":"21"})");
        bench.node.apply("CHANNEL_PINS_UPDATE", R"({"guild_id":"10","channel_id":"20"})");
        QTRY_COMPARE(bench.ids(), u"600 400"_s);
        QVERIFY(stays.isValid());
        QCOMPARE(bench.node.seen_of("GET /channels/20/pins").size(), std::size_t(2));
    }
    void a_pin_is_taken_away_once_the_node_says_so() {
        PinBench bench;
        bench.node.answers["GET /channels/20/pins"] = say(200, "[" + pin("500", "a") + "]");
        bench.open();
        QTRY_COMPARE(bench.ids(), u"500"_s);
        bench.model.unpin(u"500"_s);  // 404.
        QTRY_VERIFY(!bench.model.error().isEmpty());
        QCOMPARE(bench.ids(), u"500"_s);
        bench.node.answers["DELETE /channels/20/pins/500"] = say(204, "");
        bench.model.unpin(u"500"_s);
        QTRY_COMPARE(bench.ids(), QString());
    }
    void nonsense_of_a_node_is_left_out() {
        for (const char* body : {"{}", "7", R"([null,{},{"id":"x"},[]])", R"({"items":[{}]})"}) {
            PinBench bench;
            bench.node.answers["GET /channels/20/pins"] = say(200, body);
            bench.open();
            QTRY_VERIFY(!bench.model.busy());
            QCOMPARE(bench.ids(), QString());
        }
        PinBench bench;
        QByteArray many = "[";
        for (int i = 1; i <= 1'000; ++i) many += pin(QByteArray::number(i), "x") + ",";
        bench.node.answers["GET /channels/20/pins"] = say(200, many + pin("9999", "x") + "]");
        bench.open();
        QTRY_COMPARE(bench.model.rowCount(), 250);
    }
    void an_answer_about_another_channel_is_not_shown() {
        PinBench bench;
        bench.node.answers["GET /channels/20/pins"] = say(200, "[" + pin("500", "a") + "]");
        bench.node.answers["GET /channels/21/pins"] = say(200, "[]");
        bench.open();
        bench.model.setChannelId(u"21"_s);
        QTRY_COMPARE(bench.node.seen_of("GET /channels/21/pins").size(), std::size_t(1));
        QTRY_VERIFY(!bench.model.busy());
        QCOMPARE(bench.ids(), QString());
    }

    void a_card_says_who_somebody_is() {
        ProfileBench bench(u"2"_s);
        QVERIFY(bench.who.known());
        QCOMPARE(bench.who.name(), u"Anna"_s);
        QCOMPARE(bench.who.username(), u"anna"_s);
        QCOMPARE(bench.who.status(), u"idle"_s);
        QCOMPARE(bench.who.statusText(), u"<i>gone</i> fishing"_s);
        QVERIFY(!bench.who.joined().isEmpty());
        QCOMPARE(bench.who.node(), QString());
        QStringList roles;
        for (const QVariant& one : bench.who.roles()) roles += one.toMap()[u"name"_s].toString();
        QCOMPARE(roles, (QStringList{u"Crew"_s, u"Low"_s}));
    }
    void of_other_nodes_it_says_which_and_what_is_known_of_it() {
        ProfileBench bench(u"3"_s);
        QCOMPARE(bench.who.node(), u"far.example"_s);
        QVERIFY(bench.who.nodeText().contains(u"far.example"_s));
        QVERIFY(!bench.who.nodeVerified());
    }
    void one_may_do_to_those_below_what_ones_roles_say() {
        ProfileBench bench(u"3"_s);
        QVERIFY(bench.who.canKick() && bench.who.canRoles());
        QVERIFY(!bench.who.canBan() && !bench.who.canMakeOwner());
        bench.who.setUserId(u"2"_s);  // As high as oneself.
        QVERIFY(!bench.who.canKick());
        bench.who.setUserId(u"4"_s);
        QVERIFY(!bench.who.canKick());
        bench.who.setUserId(u"9"_s);  // The owner.
        QVERIFY(!bench.who.canKick());
        bench.who.setUserId(u"1"_s);
        QVERIFY(bench.who.self() && !bench.who.canKick());
    }
    void who_is_not_known_is_no_crash() {
        ProfileBench bench(u"777"_s);
        QVERIFY(!bench.who.known());
        QCOMPARE(bench.who.name(), QString());
        QVERIFY(!bench.who.canKick() && bench.who.roles().isEmpty());
        bench.who.setUserId(u"nonsense"_s);
        QVERIFY(!bench.who.known());
        bench.who.setAccount(nullptr);
        QCOMPARE(bench.who.note(), QString());
        bench.who.setNote(u"x"_s);
    }
    void a_change_of_the_person_is_told_others_are_not() {
        ProfileBench bench(u"2"_s);
        QSignalSpy changed(&bench.who, &Profile::changed);
        bench.node.apply("PRESENCE_UPDATE",
                         R"({"guild_id":"10","user":{"id":"3"},"status":"online"})");
        QCOMPARE(changed.size(), 0);
        bench.node.apply("GUILD_MEMBER_UPDATE",
                         R"({"guild_id":"10","user":{"id":"2","username":"anna"},
                             "nick":"Annette","roles":[]})");
        QCOMPARE(changed.size(), 1);
        QCOMPARE(bench.who.name(), u"Annette"_s);
        bench.node.apply("GUILD_MEMBER_REMOVE", R"({"guild_id":"10","user":{"id":"2"}})");
        QVERIFY(changed.size() > 1);
        QCOMPARE(bench.who.joined(), QString());
    }
    void a_note_is_kept_for_the_person_and_cut_where_it_is_long() {
        ProfileBench bench(u"2"_s);
        bench.who.setNote(u"met at chess"_s);
        bench.who.setUserId(u"3"_s);
        QCOMPARE(bench.who.note(), QString());
        bench.who.setNote(QString(10'000, u'x'));
        QCOMPARE(bench.who.note().size(), 500);
        bench.who.setUserId(u"2"_s);
        QCOMPARE(bench.who.note(), u"met at chess"_s);
        QVERIFY(bench.node.account->cache().setting(u"note_2"_s).isUndefined());
    }
};

QTEST_MAIN(TestPeopleModels)
#include "tst_people_models.moc"
