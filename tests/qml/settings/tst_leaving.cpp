// Ways out of the pages of settings by Escape and by Android's Back key, on the desktop and on a
// phone: the focus is never lost, and what was changed and not saved is not dropped without a
// question.

#include "client-qml/core/account/navigator.h"
#include "client-qml/core/account/preferences.h"
#include "tests/qml/settings/settings_bench.h"
#include "tests/qml/support/page_stage.h"

#include <QSignalSpy>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_SettingsPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr QSize kDesktop(1280, 800), kPhone(390, 844);

/// A window with a page or a dialog in it, and the keyboard.
class Desk {
  public:
    Desk(QQmlEngine& engine, SettingsBench& bench, QSize size, const QString& page)
        : stage_(engine,
                 &bench.account(),
                 {u"light"_s, size},
                 u"import QtQuick.Templates\nimport Guildhall.Settings"_s,
                 u"property int closings: 0; property var popup: made; "_s + page) {}

    bool opens() {
        if (!window()) qWarning("%s", qPrintable(stage_.errors()));
        if (!window()) return false;
        window()->requestActivate();
        return QTest::qWaitForWindowActive(window());
    }
    QQuickWindow* window() { return stage_.window(); }
    QObject* popup() { return qvariant_cast<QObject*>(window()->property("popup")); }
    PageStage& stage() { return stage_; }
    void key(Qt::Key key, Qt::KeyboardModifiers with = Qt::NoModifier) {
        QTest::keyClick(window(), key, with);
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCoreApplication::processEvents();
    }
    int closings() { return window()->property("closings").toInt(); }
    bool shows(const QString& name) { return stage_.named(name) != nullptr; }
    /// Whether what has the focus is shown and within what is open.
    bool is_focused() {
        const QQuickItem* item = window()->activeFocusItem();
        return item && item->isVisible() && item != window()->contentItem();
    }
    QString focused_name() { return PageStage::name_of(window()->activeFocusItem()); }
    /// Changes something by its view-model, as its controls do.
    bool change() {
        const auto pages = stage_.all([](QQuickItem* item) {
            return qvariant_cast<QObject*>(item->property("form")) != nullptr;
        });
        for (QQuickItem* page : pages) {
            auto* form = qvariant_cast<QObject*>(page->property("form"));
            QMetaObject::invokeMethod(
                form, "set", Q_ARG(QString, u"changed"_s), Q_ARG(QVariant, u"by a test"_s));
            if (form->property("dirty").toBool()) return true;
        }
        return false;
    }

  private:
    PageStage stage_;
};

QString framed(const QString& type, const QString& more, bool is_dialog) {
    return u"%1 { id: made; %2 account: stage.account; %3; onClosed: stage.closings++ } %4"_s.arg(
        type,
        is_dialog ? QString() : u"anchors.fill: parent; focus: true;"_s,
        more,
        is_dialog ? u"Timer { running: true; interval: 1; onTriggered: made.open() }"_s
                  : QString());
}

}  // namespace

class TestLeaving final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QAccessible::setActive(true);
        engine_.addImportPath(u"qrc:/qt/qml"_s);
        accounts_.use_in(engine_);
        navigator_.use_in(engine_);
        preferences_.use_in(engine_);
    }
    void init() { console_.take(); }
    void cleanup() {
        const QStringList said = console_.take();
        QVERIFY2(said.isEmpty(), qPrintable(said.join(u'\n')));
    }

    void a_phone_goes_back_page_by_page_data() {
        QTest::addColumn<int>("key");
        QTest::newRow("Escape") << int(Qt::Key_Escape);
        QTest::newRow("Back") << int(Qt::Key_Back);
    }

    void a_phone_goes_back_page_by_page() {
        QFETCH(int, key);
        SettingsBench bench;
        Desk desk(engine_, bench, kPhone, framed(u"UserSettingsPage"_s, u"section: \"\""_s, false));
        QVERIFY(desk.opens());
        for (const QString& name : {u"Language"_s, u"Storage"_s, u"My account"_s, u"About"_s}) {
            QQuickItem* row = desk.stage().named(name);
            QVERIFY2(row, qPrintable(name));
            row->forceActiveFocus(Qt::TabFocusReason);
            desk.key(Qt::Key_Return);
            QVERIFY2(desk.is_focused(), qPrintable(name));
            QVERIFY(!desk.shows(u"Notifications"_s) || name == u"Notifications"_s);
            desk.key(Qt::Key_Tab);
            desk.key(Qt::Key(key));
            QCOMPARE(desk.closings(), 0);
            QVERIFY(desk.shows(u"Notifications"_s));
            QCOMPARE(desk.focused_name(), name);
        }
        desk.key(Qt::Key(key));
        QCOMPARE(desk.closings(), 1);
    }

    void a_role_on_a_phone_is_left_for_the_roles_first() {
        SettingsBench bench;
        Desk desk(engine_,
                  bench,
                  kPhone,
                  framed(u"GuildSettingsPage"_s, u"guildId: \"10\"; section: \"roles\""_s, false));
        QVERIFY(desk.opens());
        QQuickItem* row = desk.stage().named(u"Guests"_s);
        QVERIFY(row);
        row->forceActiveFocus(Qt::TabFocusReason);
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(desk.shows(u"All roles"_s));
        desk.key(Qt::Key_Tab);
        desk.key(Qt::Key_Escape);
        QVERIFY(desk.shows(u"Create role"_s));
        QVERIFY(desk.is_focused());
        desk.key(Qt::Key_Escape);
        QVERIFY(desk.shows(u"Audit log"_s) || desk.shows(u"Members"_s));
        desk.key(Qt::Key_Escape);
        QCOMPARE(desk.closings(), 1);
    }

    void a_channel_of_guild_settings_is_left_for_the_channels() {
        for (const QSize size : {kDesktop, kPhone}) {
            SettingsBench bench;
            const bool is_dialog = size == kDesktop;
            Desk desk(engine_,
                      bench,
                      size,
                      framed(is_dialog ? u"GuildSettingsDialog"_s : u"GuildSettingsPage"_s,
                             u"guildId: \"10\"; section: \"channels\""_s,
                             is_dialog));
            QVERIFY(desk.opens());
            QTRY_VERIFY(desk.stage().named(u"general"_s));
            desk.stage().named(u"general"_s)->forceActiveFocus(Qt::TabFocusReason);
            desk.key(Qt::Key_Return);
            QTRY_VERIFY(desk.shows(u"Permissions"_s));
            desk.key(Qt::Key_Escape);
            QVERIFY(desk.is_focused());
            QTRY_VERIFY(!desk.shows(u"Permissions"_s));
            QCOMPARE(desk.closings(), 0);
            desk.key(Qt::Key_Escape);
            if (!is_dialog) desk.key(Qt::Key_Escape);
            QTRY_COMPARE(desk.closings(), 1);
        }
    }

    void unsaved_changes_are_asked_about_data() {
        QTest::addColumn<QString>("type");
        QTest::addColumn<QString>("more");
        const QString guild = u"guildId: \"10\""_s, channel = guild + u"; channelId: \"101\""_s;
        const auto add = [](const char* name, const QString& type, const QString& more) {
            QTest::newRow(name) << type << more;
        };
        add("overview", u"GuildSettings"_s, guild + u"; section: \"overview\""_s);
        add("channels", u"GuildSettings"_s, guild + u"; section: \"channels\""_s);
        add("roles", u"GuildSettings"_s, guild + u"; section: \"roles\""_s);
        add("channel", u"ChannelSettings"_s, channel + u"; section: \"overview\""_s);
        add("permissions", u"ChannelSettings"_s, channel + u"; section: \"permissions\""_s);
        add("account", u"UserSettings"_s, u"section: \"account\""_s);
        add("member", u"MemberActions"_s, guild + u"; userId: \"3\"; action: \"roles\""_s);
    }

    void unsaved_changes_are_asked_about() {
        QFETCH(QString, type);
        QFETCH(QString, more);
        for (const Qt::Key key : {Qt::Key_Escape, Qt::Key_Back}) {
            for (const QSize size : {kDesktop, kPhone}) {
                SettingsBench bench;
                const bool is_dialog = size == kDesktop;
                Desk desk(engine_,
                          bench,
                          size,
                          framed(type + (is_dialog ? u"Dialog"_s : u"Page"_s), more, is_dialog));
                QVERIFY(desk.opens());
                QTRY_VERIFY(desk.change());
                leave_twice(desk, key, is_dialog || type == u"MemberActions"_s);
            }
        }
    }

    void a_screen_reader_stays_in_the_uppermost_dialog() {
        SettingsBench bench;
        const QString behind =
            u"HidingScope { anchors.fill: parent; overlay: Overlay.overlay; "
            "Accessible.role: Accessible.Pane; GButton { text: \"Behind\" } } "_s;
        Desk desk(engine_,
                  bench,
                  kDesktop,
                  behind + framed(u"UserSettingsDialog"_s, u"section: \"account\""_s, true));
        QVERIFY(desk.opens());
        QTRY_VERIFY(spoken(desk).contains(u"Appearance"_s));
        QTRY_VERIFY(!spoken(desk).contains(u"Behind"_s));
        QVERIFY(desk.change());
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY(spoken(desk).contains(u"Keep editing"_s));
        QTRY_VERIFY(!spoken(desk).contains(u"Appearance"_s));
        desk.key(Qt::Key_Escape);
        QTRY_VERIFY(spoken(desk).contains(u"Appearance"_s));
        QVERIFY(!spoken(desk).contains(u"Behind"_s));
        QMetaObject::invokeMethod(desk.popup(), "close");
        QTRY_VERIFY(spoken(desk).contains(u"Behind"_s));
        QVERIFY(!spoken(desk).contains(u"Appearance"_s));
    }

  private:
    static void speak(QAccessibleInterface* of, QStringList& said) {
        if (!of || of->state().invisible) return;
        said.append(of->text(QAccessible::Name));
        for (int i = 0; i < of->childCount(); ++i) speak(of->child(i), said);
    }
    /// The names of all that is shown, as a screen reader walks it.
    static QStringList spoken(Desk& desk) {
        QStringList said;
        speak(QAccessible::queryAccessibleInterface(desk.window()), said);
        return said;
    }
    /// Kept at first, then dropped; on a phone settings go back to their list.
    void leave_twice(Desk& desk, Qt::Key key, bool closes) {
        // Nobody has the focus but the popup itself, as after a click beside all controls.
        if (QQuickItem* item = desk.window()->activeFocusItem()) item->setFocus(false);
        desk.key(key);
        QCOMPARE(desk.closings(), 0);
        QVERIFY(desk.shows(u"Leave without saving?"_s));
        desk.key(key);
        QTRY_VERIFY(!desk.shows(u"Leave without saving?"_s));
        QCOMPARE(desk.closings(), 0);
        QVERIFY(desk.is_focused());
        desk.key(key);
        QVERIFY(desk.shows(u"Leave without saving?"_s));
        desk.stage().named(u"Discard changes"_s)->forceActiveFocus(Qt::TabFocusReason);
        desk.key(Qt::Key_Return);
        QTRY_VERIFY(!desk.shows(u"Leave without saving?"_s));
        if (closes) {
            QTRY_COMPARE(desk.closings(), 1);
            return;
        }
        QTRY_VERIFY(!desk.shows(u"Save"_s));
        QVERIFY(desk.is_focused());
        desk.key(key);
        QCOMPARE(desk.closings(), 1);
    }

    Console console_;
    QTemporaryDir folder_;
    SystemClock clock_;
    SystemRng rng_;
    Accounts accounts_{folder_.path(), false, clock_, rng_};
    Navigator navigator_{accounts_};
    Preferences preferences_{folder_.filePath(u"preferences.ini"_s)};
    QQmlEngine engine_;
};

QTEST_MAIN(TestLeaving)
#include "tst_leaving.moc"
