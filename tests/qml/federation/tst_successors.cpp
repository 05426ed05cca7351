// The page of a guild's home as its owner sees it: what it proposes, what it refuses and how it
// says so, what goes to the node.

#include "tests/qml/support/page_stage.h"
#include "tests/qml/support/scripted_account.h"

#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_FederationPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {
constexpr const char* kOwn = R"({"role":"host","votes":0,"takeover_delay":0,
    "host":{"name":"home.example","uid":"aa","own":true,"verified":true,"reachable":true},
    "successors":[]})";
constexpr const char* kDecided = R"({"role":"host","votes":1,"takeover_delay":86400,
    "host":{"name":"home.example","uid":"aa","own":true,"verified":true,"reachable":true},
    "successors":[{"name":"b.example","uid":"bb","verified":true,"reachable":true}]})";
}  // namespace

class TestSuccessors final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QAccessible::setActive(true);
        engine_.addImportPath(u"qrc:/qt/qml"_s);
    }

    void a_delay_is_proposed_and_nonsense_is_not_sent() {
        Console console;
        ScriptedAccount node;
        node.answers["GET /guilds/10/hosting"] = say(200, kOwn);
        node.answers["PATCH /guilds/10/hosting"] = say(200, kOwn);
        QVERIFY(node.connect());
        node.ready({json(R"({"id":"10","name":"G","owner_id":"1","roles":[],"channels":[]})")});
        PageStage stage(engine_,
                        node.account.get(),
                        {u"light"_s, {600, 800}},
                        u"import Guildhall.Federation"_s,
                        u"HostingContent { anchors.fill: parent; account: stage.account; "
                        "guildId: \"10\" }"_s);
        QVERIFY2(stage.window(), qPrintable(stage.errors()));
        QTRY_VERIFY(stage.named(u"Nodes that may take over"_s));
        QVERIFY(!stage.named(u"After how many hours"_s));
        QVERIFY(!save(stage)->isEnabled());
        write(stage, u"Nodes that may take over"_s, u"b.example, c.example"_s);
        QTRY_COMPARE(text(stage, u"After how many hours"_s), u"48"_s);
        QVERIFY(save(stage)->isEnabled());
        write(stage, u"After how many hours"_s, u"0"_s);
        QVERIFY(!save(stage)->isEnabled());
        QVERIFY(said(stage, u"After how many hours"_s).contains(u"1 hour"_s));
        write(stage, u"After how many hours"_s, u"24"_s);
        for (const char* votes : {"0", "3", "", "x", "1e9", "-1"}) {
            write(stage, u"How many must agree"_s, QString::fromLatin1(votes));
            QVERIFY2(!save(stage)->isEnabled(), votes);
        }
        write(stage, u"How many must agree"_s, u"2"_s);
        QVERIFY(save(stage)->isEnabled());
        save(stage)->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Return);
        QTRY_COMPARE(node.seen_of("PATCH /guilds/10/hosting").size(), std::size_t(1));
        const QByteArray body = node.seen_of("PATCH /guilds/10/hosting")[0].body;
        QCOMPARE(QJsonDocument::fromJson(body).object(),
                 json(R"({"successors":["b.example","c.example"],"takeover_delay":86400,
                          "votes":2})"));
        QCOMPARE(console.take().join(u'\n'), QString());
    }

    void nobody_is_removed_without_a_question() {
        ScriptedAccount node;
        node.answers["GET /guilds/10/hosting"] = say(200, kDecided);
        node.answers["PATCH /guilds/10/hosting"] = say(200, kOwn);
        QVERIFY(node.connect());
        node.ready({json(R"({"id":"10","name":"G","owner_id":"1","roles":[],"channels":[]})")});
        PageStage stage(engine_,
                        node.account.get(),
                        {u"light"_s, {600, 800}},
                        u"import Guildhall.Federation"_s,
                        u"HostingContent { anchors.fill: parent; account: stage.account; "
                        "guildId: \"10\" }"_s);
        QVERIFY2(stage.window(), qPrintable(stage.errors()));
        const QString names = u"Nodes that may take over"_s;
        QTRY_COMPARE(text(stage, names), u"b.example"_s);
        const auto sent = [&] { return node.seen_of("PATCH /guilds/10/hosting").size(); };
        // Enter where nothing was changed, and where all were taken out.
        QMetaObject::invokeMethod(stage.named(names), "accepted");
        QVERIFY(!stage.named(u"Remove all"_s));
        write(stage, names, QString());
        QMetaObject::invokeMethod(stage.named(names), "accepted");
        QTRY_VERIFY(stage.named(u"Remove all"_s));
        QCOMPARE(sent(), std::size_t(0));
        QMetaObject::invokeMethod(stage.named(u"Remove all"_s), "clicked");
        QTRY_COMPARE(sent(), std::size_t(1));
        const QByteArray body = node.seen_of("PATCH /guilds/10/hosting")[0].body;
        QVERIFY(json(body.constData())["successors"_L1].toArray().isEmpty());
    }

  private:
    static QQuickItem* save(PageStage& stage) { return stage.named(u"Save"_s); }
    static void write(PageStage& stage, const QString& name, const QString& text) {
        QQuickItem* field = stage.named(name);
        field->setProperty("text", text);
        QCoreApplication::processEvents();
    }
    static QString text(PageStage& stage, const QString& name) {
        QQuickItem* field = stage.named(name);
        return field ? field->property("text").toString() : QString();
    }
    static QString said(PageStage& stage, const QString& name) {
        return stage.named(name)->property("error").toString();
    }

    QQmlEngine engine_;
};

QTEST_MAIN(TestSuccessors)
#include "tst_successors.moc"
