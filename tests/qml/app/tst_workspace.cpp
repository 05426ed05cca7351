// The window as a whole: where the keyboard is, what opens over it, what is said and where.

#include "client-qml/core/models/notification_rules.h"
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
constexpr qint64 kHourMs = 3'600'000;
}  // namespace

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

    void what_is_closed_gives_the_focus_to_the_field() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QVERIFY(stage.shows("Message general"));
        stage.named("Message general")->forceActiveFocus(Qt::TabFocusReason);
        QVERIFY(stage.focuses("Message "));
        stage.key(Qt::Key_P, Qt::ControlModifier);
        QVERIFY(stage.shows("Pinned messages"));
        QVERIFY(!stage.focuses_now("Message "));
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.focuses("Message "));
        stage.key(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(!stage.focuses_now("Message "));
        stage.type(u"word"_s);  // goes into the search: Escape empties it, and then closes
        stage.key(Qt::Key_Escape);
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.focuses("Message "));
        stage.key(Qt::Key_F, Qt::ControlModifier);
        stage.key(Qt::Key_F, Qt::ControlModifier);
        QVERIFY(stage.focuses("Message "));
    }
    void f6_goes_round_what_is_shown() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QVERIFY(stage.shows("Message general"));
        stage.named("Message general")->forceActiveFocus(Qt::TabFocusReason);
        QVERIFY(stage.focuses("Message "));
        stage.preferences.setShowMembers(false);
        QVERIFY(stage.hides("Members,"));
        for (const Qt::KeyboardModifiers with : {Qt::NoModifier, Qt::ShiftModifier}) {
            QSet<QQuickItem*> places;
            for (int step = 0; step < 8; ++step) {
                stage.key(Qt::Key_F6, with);
                QQuickItem* item = stage.window()->activeFocusItem();
                QVERIFY(item && item->isVisible());
                places.insert(item);
            }
            QVERIFY(places.size() >= 3 && places.size() <= 4);
        }
    }
    void shift_f10_opens_the_menu_of_a_row() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        stage.named("general")->forceActiveFocus(Qt::TabFocusReason);
        stage.key(Qt::Key_F10, Qt::ShiftModifier);
        QVERIFY(stage.shows("Mark as read"));
        stage.key(Qt::Key_Escape);
        QVERIFY(stage.hides("Mark as read"));
        stage.named("Garden")->forceActiveFocus(Qt::TabFocusReason);
        stage.key(Qt::Key_F10, Qt::ShiftModifier);
        QVERIFY(stage.shows("Mark as read"));
        stage.key(Qt::Key_Escape);
    }
    void why_not_is_asked_in_the_channels_menu() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        stage.named("tools")->forceActiveFocus(Qt::TabFocusReason);
        stage.key(Qt::Key_Menu);
        QVERIFY(stage.shows("Why can't I"));
        stage.press("Why can't I");
        QVERIFY(stage.shows("You in #tools"));
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void a_channel_is_muted_from_its_menu() {
        WorkspaceStage stage;
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        stage.named("tools")->forceActiveFocus(Qt::TabFocusReason);
        stage.key(Qt::Key_Menu);
        QVERIFY(stage.shows("Notifications"));
        stage.press("Notifications");
        for (const char* entry : {"As usual",
                                  "All messages",
                                  "Only mentions",
                                  "Nothing",
                                  "Mute: 15 minute",
                                  "Mute: 1 hour",
                                  "Mute: 8 hour",
                                  "Mute: 1 day",
                                  "Mute: Until I end it"}) {
            QVERIFY2(stage.shows(entry), entry);
        }
        stage.press("Mute: 1 hour");
        QVERIFY(stage.shows("tools, muted"));
        const NotificationRules rules(stage.first->state());
        const qint64 left = rules.rule(21).muted_until_ms - stage.clock.now_ms();
        QVERIFY(left > kHourMs / 2 && left <= kHourMs);
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void accounts_stand_in_order_and_say_who_was_mentioned() {
        WorkspaceStage stage;
        Account* second = stage.add("9");
        WorkspaceStage::ready(second, {json(kGarden)});
        stage.accounts.select(stage.first->key());
        WorkspaceStage::apply(
            second, "MESSAGE_CREATE", json(R"({"id":"900","channel_id":"20","guild_id":"10",
            "content":"<@9>","author":{"id":"2","username":"bram"},
            "mentions":[{"id":"9","username":"person9"}]})"));
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QTRY_COMPARE(stage.accounts.otherMentions(), 1);
        QVERIFY(stage.shows("person1, "));
        QTRY_VERIFY(PageStage::name_of(stage.named("person1, ")).contains(u"1 mention"_s));
        stage.press("person1, ");
        QVERIFY(stage.shows("Add an account"));
        const auto y = [&](const char* name) { return stage.named(name)->mapToScene({}).y(); };
        QVERIFY(stage.shows("person9 at home.example: log in again, 1 mention"));
        QTRY_VERIFY(y("Copy my name") < y("person1 at"));
        QTRY_VERIFY(y("person1 at") < y("person9 at"));
        QTRY_VERIFY(y("person9 at") < y("Add an account"));
        stage.press("person9 at");
        QTRY_COMPARE(stage.accounts.current(), second);
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
    void a_session_that_ends_takes_nobody_away() {
        WorkspaceStage stage(QSize{});
        QVERIFY2(stage.window(), qPrintable(stage.stage->errors()));
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        // It never had a token: the window is theirs all the same.
        QVERIFY(stage.shows("Message general"));
        stage.named("Message general")->forceActiveFocus(Qt::TabFocusReason);
        QVERIFY(stage.focuses("Message "));
        QVERIFY(stage.shows("Your session at home.example has ended."));
        QVERIFY(stage.shows("person1, session ended"));
        emit stage.first->loggedOut();
        QVERIFY(stage.focuses_now("Message "));
        QVERIFY(!stage.named("Log in again"));
        // The banners are laid out anew meanwhile: one presses until it is met.
        QTRY_VERIFY((stage.press("Log in"), stage.named("Log in again")));
    }
    void zoom_is_of_everything() {
        WorkspaceStage stage(QSize{});
        QVERIFY(QTest::qWaitForWindowActive(stage.window()));
        QVERIFY(stage.shows("Garden"));
        const qreal tile = stage.named("Garden")->width();
        const qreal row = stage.named("general")->width();
        stage.preferences.setZoom(1.5);
        QTRY_COMPARE(stage.named("Garden")->width(), tile * 1.5);
        QTRY_COMPARE(stage.named("general")->width(), row * 1.5);
        QCOMPARE(stage.preferences.sidebarWidth(), 240.0);  // is kept without zoom
        stage.preferences.setZoom(9);
        QCOMPARE(stage.preferences.zoom(), 3.0);
        stage.preferences.setZoom(0.1);
        QCOMPARE(stage.preferences.zoom(), 0.5);
        QTRY_COMPARE(stage.named("Garden")->width(), tile / 2);
        QCOMPARE(stage.console.take().join(u'\n'), QString());
    }
};

QTEST_MAIN(TestWorkspace)
#include "tst_workspace.moc"
