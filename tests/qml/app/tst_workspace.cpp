// The window as a whole: where the keyboard is, what opens over it, what is said and where.

#include "tests/qml/app/workspace_stage.h"

#include <QtQml/QQmlExtensionPlugin>

#include <ctime>

Q_IMPORT_QML_PLUGIN(Guildhall_AppPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ChannelsPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ComposerPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_FederationPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_LoginPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_MembersPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_RailPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_SettingsPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_TimelinePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {
constexpr QSize kPhone{390, 844};
}

class TestWorkspace final : public QObject {
    Q_OBJECT

  private slots:
    void a_link_that_leads_nowhere_is_answered() {
        WorkspaceStage stage;
        QVERIFY2(stage.window(), qPrintable(stage.stage->errors()));
        QVERIFY(stage.shows("general"));
        stage.navigator.open_from_system(u"guildhall:///channels/77/78"_s);
        QVERIFY(stage.shows("This link leads to a guild that you are not in."));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void a_channel_for_adults_is_shown_to_who_wants_it() {
        WorkspaceStage stage;
        QVERIFY(stage.shows("Message general"));
        stage.apply(stage.first,
                    "CHANNEL_UPDATE",
                    json(R"({"id":"20","guild_id":"10","type":0,"name":"general","nsfw":true})"));
        QVERIFY(stage.shows("This channel is for adults"));
        QVERIFY(stage.hides("Message general"));
        stage.press("Show it");
        QVERIFY(stage.shows("Message general"));
        QVERIFY(stage.hides("This channel is for adults"));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void people_are_gone_to_by_keys() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        stage.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(stage.shows("Where to?"));
        stage.type(u"@bram"_s);
        QVERIFY(stage.shows("bram"));
        stage.key(Qt::Key_Return);
        QVERIFY(stage.hides("Where to?"));
        QVERIFY(stage.shows("Close"));
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.hides("Close"));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void a_press_on_a_phone_reaches_the_switcher() {
        WorkspaceStage stage(kPhone);
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        stage.press("Guilds and channels");
        QVERIFY(stage.shows("Go to a guild, channel or person"));
        stage.press("Go to a guild, channel or person");
        QVERIFY(stage.shows("Where to?"));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void a_new_place_is_written_to() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QVERIFY(stage.shows("general"));
        stage.press("Create or join a guild");
        QVERIFY(stage.focuses("Name"));
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.hides("New guild"));
        stage.type(u"hi"_s);  // on the button that had opened it
        QVERIFY(stage.focuses("Message general"));
        QVERIFY(!stage.named("New guild"));
        stage.named("Create or join a guild")->forceActiveFocus();
        stage.key(Qt::Key_Down, Qt::AltModifier);
        QVERIFY(stage.focuses("Message tools"));
        stage.key(Qt::Key_K, Qt::ControlModifier);
        QVERIFY(stage.shows("Where to?"));
        stage.type(u"general"_s);
        stage.key(Qt::Key_Return);
        QVERIFY(stage.hides("Where to?"));
        QVERIFY(stage.focuses("Message general"));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void escape_closes_the_drawer_of_a_phone() {
        WorkspaceStage stage(kPhone);
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        auto* workspace = stage.window()->findChild<QQuickItem*>(u"workspace"_s);
        QVERIFY(workspace);
        for (const bool is_left : {true, false}) {
            if (is_left) stage.press("Guilds and channels");
            if (!is_left) QMetaObject::invokeMethod(workspace, "act", Q_ARG(QString, u"members"_s));
            QTRY_VERIFY(stage.panels_place() != 0);
            stage.key(Qt::Key_Escape);
            QTRY_COMPARE(stage.panels_place(), 0);
        }
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    /// Asked for in the zone of a device, here one that is west of Greenwich.
    void a_date_is_gone_to_on_a_phone_too() {
        qputenv("TZ", "America/Los_Angeles");
        tzset();
        WorkspaceStage stage(kPhone);
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        for (int time = 0; time < 2; ++time) {
            stage.press("More about this channel");
            QVERIFY(stage.shows("Go to a date"));
            stage.press("Go to a date");
            QVERIFY(stage.shows("Date"));
            stage.type(u"2026-01-31"_s);
            QVERIFY(!stage.named("That is no date."));
            stage.key(Qt::Key_Return);
            QVERIFY(stage.hides("Date"));
        }
        const qint64 begins = QDate(2026, 1, 31).startOfDay().toMSecsSinceEpoch();
        const QByteArray wanted = "around=" + QByteArray::number(first_of(begins));
        QTRY_VERIFY(std::ranges::any_of(
            stage.http.seen, [&](const Seen& one) { return one.path.contains(wanted); }));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
