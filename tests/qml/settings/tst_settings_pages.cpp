// Every page of settings in every scheme, on the desktop and on a phone, left to right and right to
// left: none warns, and nothing that takes the focus is without a name for screen readers.
// GUILDHALL_SHOTS=FOLDER keeps a picture of each.

#include "client-qml/core/account/navigator.h"
#include "client-qml/core/account/preferences.h"
#include "tests/qml/settings/settings_bench.h"

#include <QAccessible>
#include <QDir>
#include <QFont>
#include <QQmlComponent>
#include <QQmlEngine>
#include <QQuickItem>
#include <QQuickWindow>
#include <QRegularExpression>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_SettingsPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

QStringList warnings;

void note(QtMsgType type, const QMessageLogContext&, const QString& text) {
    if (type != QtDebugMsg && type != QtInfoMsg) warnings.append(text);
    fprintf(stderr, "%s\n", qPrintable(text));
}

constexpr char kFrame[] = R"(
pragma ComponentBehavior: Bound

import QtQuick
import Guildhall.Core
import Guildhall.Settings
import Guildhall.Ui

GWindow {
    id: root

    required property Account account
    required property string scheme

    visible: true
    Component.onCompleted: Theme.scheme = scheme
    Component.onDestruction: Theme.scheme = "dark"

    PAGE
}
)";

struct Look {
    const char* scheme;
    QSize size;
    bool mirrored;
};
constexpr QSize kDesktop(1280, 800), kPhone(390, 844);

/// Every scheme in every size, each of them in both directions.
constexpr Look kLooks[] = {
    {"dark", kDesktop, false},
    {"dark", kPhone, true},
    {"light", kDesktop, true},
    {"light", kPhone, false},
    {"contrast", kDesktop, false},
    {"contrast", kPhone, true},
};

/// Items that take the focus by Tab, or are clicked, and have no name.
void find_nameless(QQuickItem* item, QStringList& found) {
    if (!item->isVisible()) return;
    QAccessibleInterface* spoken = QAccessible::queryAccessibleInterface(item);
    const bool acts = item->activeFocusOnTab() && !item->isFocusScope();
    const bool is_button = item->inherits("QQuickAbstractButton");
    // Qt 6.4 keeps the name of a password's field to itself, whatever it is set to.
    const bool is_named =
        spoken && (spoken->state().passwordEdit || !spoken->text(QAccessible::Name).isEmpty());
    if ((acts || is_button) && !is_named)
        found.append(QString::fromLatin1(item->metaObject()->className()));
    for (QQuickItem* child : item->childItems()) find_nameless(child, found);
}

}  // namespace

class TestSettingsPages final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QFont font;
        font.setFamilies({u"Inter"_s, u"Noto Sans"_s, u"Noto Color Emoji"_s, u"DejaVu Sans"_s});
        QGuiApplication::setFont(font);
        QAccessible::setActive(true);
        qInstallMessageHandler(note);
        engine_.addImportPath(u"qrc:/qt/qml"_s);
        accounts_.use_in(engine_);
        navigator_.use_in(engine_);
        preferences_.use_in(engine_);
    }

    void a_page_works_in_every_look_data() {
        QTest::addColumn<QString>("page");
        const auto add = [](const QString& type, const QString& section, const QString& more) {
            QString page =
                u"%1 { anchors.fill: parent; account: root.account; %2 "_s.arg(type, more);
            if (!section.isEmpty()) page += u"section: \"%1\" "_s.arg(section);
            QTest::newRow(
                qPrintable(type + section +
                           more.section(u"action"_s, 1).remove(QRegularExpression(u"[^a-z]"_s))))
                << page + u'}';
        };
        const QString guild = u"guildId: \"10\";"_s, channel = guild + u"channelId: \"101\";"_s;
        for (const char* section : {"overview",
                                    "channels",
                                    "roles",
                                    "members",
                                    "invites",
                                    "bans",
                                    "emojis",
                                    "audit",
                                    "viewas",
                                    "why"}) {
            add(u"GuildSettingsContent"_s, QString::fromLatin1(section), guild);
        }
        add(u"GuildSettingsPage"_s, {}, guild);
        add(u"GuildSettingsContent"_s, {}, channel);
        for (const char* section : {"overview", "permissions", "invites"}) {
            add(u"ChannelSettingsContent"_s, QString::fromLatin1(section), channel);
        }
        for (const char* section : {"account",
                                    "appearance",
                                    "language",
                                    "notifications",
                                    "privacy",
                                    "storage",
                                    "shortcuts",
                                    "about"}) {
            add(u"UserSettingsContent"_s,
                QString::fromLatin1(section),
                u"shortcuts: [{keys: \"Ctrl+K\", text: \"Go to\", group: \"\"}];"_s);
        }
        add(u"UserSettingsPage"_s, {}, {});
        add(u"ExplainPage"_s, {}, channel + u"bit: 11;"_s);
        add(u"NotificationsSection"_s, {}, guild);
        for (const char* action : {"roles", "timeout", "kick", "ban", "owner"}) {
            add(u"MemberActionsPage"_s,
                {},
                guild + u"userId: \"3\"; action: \"%1\";"_s.arg(QString::fromLatin1(action)));
        }
        add(u"RolesSection"_s, {}, guild + u"roleId: \"30\";"_s);
        add(u"GuildCreatePage"_s, {}, {});
        add(u"ChannelCreatePage"_s, {}, guild);
        add(u"InvitePage"_s, {}, channel);
    }

    void a_page_works_in_every_look() {
        QFETCH(QString, page);
        SettingsBench bench;
        for (const Look& look : kLooks) {
            warnings.clear();
            show(bench, QString::fromLatin1(kFrame).replace(QLatin1StringView("PAGE"), page), look);
            QVERIFY2(warnings.isEmpty(),
                     qPrintable(QString::fromLatin1(look.scheme) + u": "_s + warnings.join(u'\n')));
        }
    }

    void a_dialog_opens_and_closes_data() {
        QTest::addColumn<QString>("dialog");
        const QString guild = u"guildId: \"10\""_s;
        QTest::newRow("create") << u"GuildCreateDialog { id: popup; account: root.account }"_s;
        QTest::newRow("guild")
            << u"GuildSettingsDialog { id: popup; account: root.account; %1 }"_s.arg(guild);
        QTest::newRow("another feature's section")
            << u"Component { id: more; GText { text: root.scheme } } "
               "GuildSettingsDialog { id: popup; account: root.account; %1; section: \"more\"; "
               "extraSections: [{key: \"more\", title: \"More\", component: more}] }"_s.arg(guild);
        QTest::newRow("channel")
            << u"ChannelSettingsDialog { id: popup; account: root.account; %1; "
               "channelId: \"101\" }"_s.arg(guild);
        QTest::newRow("user") << u"UserSettingsDialog { id: popup; account: root.account }"_s;
        QTest::newRow("explain") << u"ExplainDialog { id: popup; account: root.account; %1 }"_s.arg(
            guild);
        QTest::newRow("invite") << u"InviteDialog { id: popup; account: root.account; %1 }"_s.arg(
            guild);
    }

    void a_dialog_opens_and_closes() {
        QFETCH(QString, dialog);
        SettingsBench bench;
        const QString opener =
            u"\nTimer { running: true; interval: 1; onTriggered: popup.open() }"_s;
        for (const QSize size : {kDesktop, kPhone}) {
            warnings.clear();
            const QString page = QString::fromLatin1(kFrame).replace(u"PAGE"_s, dialog + opener);
            show(bench, page, {"dark", size, false});
            QVERIFY2(warnings.isEmpty(), qPrintable(warnings.join(u'\n')));
        }
    }

    void alt_and_down_moves_a_channel_and_keeps_the_focus() {
        SettingsBench bench;
        const QString page =
            u"property Item list: ChannelsSection { parent: root.contentItem; anchors.fill: "
            u"parent; "
            "account: root.account; guildId: \"10\" }"_s;
        const auto made = make(bench,
                               QString::fromLatin1(kFrame).replace(QLatin1StringView("PAGE"), page),
                               {"dark", kDesktop, false});
        auto* window = qobject_cast<QQuickWindow*>(made.get());
        QVERIFY(window);
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        QQuickItem* row = find_titled(window->contentItem(), u"general"_s);
        QVERIFY(row);
        row->forceActiveFocus(Qt::TabFocusReason);
        const qreal before = row->y();
        QTest::keyClick(window, Qt::Key_Down, Qt::AltModifier);
        QTRY_VERIFY(row->y() > before);
        QVERIFY(row->hasActiveFocus());
        QTest::keyClick(window, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(),
                 lines({R"(PATCH /guilds/10/channels )"
                        R"([{"id":"101","position":1},{"id":"102","position":0}])"}));
        QTest::keyClick(window, Qt::Key_Up, Qt::AltModifier);
        QTRY_COMPARE(row->y(), before);
    }

    void a_channel_is_dragged_by_its_grip() {
        SettingsBench bench;
        const QString page =
            u"property Item list: ChannelsSection { parent: root.contentItem; anchors.fill: "
            u"parent; "
            "account: root.account; guildId: \"10\" }"_s;
        const auto made = make(bench,
                               QString::fromLatin1(kFrame).replace(QLatin1StringView("PAGE"), page),
                               {"dark", kDesktop, false});
        auto* window = qobject_cast<QQuickWindow*>(made.get());
        QVERIFY(window);
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        QQuickItem* row = find_titled(window->contentItem(), u"general"_s);
        QVERIFY(row);
        const qreal before = row->y();
        const auto drag = [&](qreal rows) {
            QQuickItem* grip = find_grip(row);
            const QPoint start =
                grip->mapToScene({grip->width() / 2, grip->height() / 2}).toPoint();
            const QPoint end = start + QPoint(0, qRound(rows * row->height()));
            QTest::mousePress(window, Qt::LeftButton, {}, start);
            for (int i = 1; i <= 10; ++i) {
                QTest::mouseMove(window, start + (end - start) * i / 10);
                QTest::qWait(5);
            }
            QTest::mouseRelease(window, Qt::LeftButton, {}, end);
        };
        QVERIFY(find_grip(row));
        drag(0.3);  // Not as far as the next place.
        QTest::qWait(20);
        QCOMPARE(row->y(), before);
        drag(1.1);
        QTRY_VERIFY(row->y() > before);
        QVERIFY(row->hasActiveFocus());  // Keys go on with it.
        QTest::keyClick(window, Qt::Key_S, Qt::ControlModifier);
        QVERIFY(bench.wait_writes(1));
        QCOMPARE(bench.writes(),
                 lines({R"(PATCH /guilds/10/channels )"
                        R"([{"id":"101","position":1},{"id":"102","position":0}])"}));
        drag(-1.1);
        QTRY_COMPARE(row->y(), before);
    }

    void three_states_are_chosen_by_keyboard() {
        SettingsBench bench;
        const QString page =
            u"property int chosen: 9; TriState { parent: root.contentItem; about: \"Speak\"; "
            "onChosen: value => root.chosen = value }"_s;
        const auto made = make(bench,
                               QString::fromLatin1(kFrame).replace(QLatin1StringView("PAGE"), page),
                               {"dark", kDesktop, false});
        auto* window = qobject_cast<QQuickWindow*>(made.get());
        QVERIFY(window);
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        QTest::keyClick(window, Qt::Key_Tab);
        QTest::keyClick(window, Qt::Key_Right);
        QTest::keyClick(window, Qt::Key_Right);
        QTest::keyClick(window, Qt::Key_Space);
        QCOMPARE(made->property("chosen").toInt(), 1);
    }

  private:
    static QQuickItem* find_titled(QQuickItem* item, const QString& title) {
        if (item->property("title").toString() == title) return item;
        for (QQuickItem* child : item->childItems()) {
            if (QQuickItem* found = find_titled(child, title)) return found;
        }
        return nullptr;
    }

    static QQuickItem* find_grip(QQuickItem* item) {
        if (item->property("name").toString() == u"grip-vertical"_s) return item;
        for (QQuickItem* child : item->childItems()) {
            if (QQuickItem* found = find_grip(child)) return found;
        }
        return nullptr;
    }

    std::unique_ptr<QObject> make(SettingsBench& bench, const QString& source, const Look& look) {
        QQmlComponent component(&engine_);
        component.setData(source.toUtf8(), QUrl(u"qrc:/test.qml"_s));
        if (!component.isReady()) qWarning("%s", qPrintable(component.errorString()));
        if (!component.isReady()) return nullptr;
        return std::unique_ptr<QObject>(component.createWithInitialProperties(
            {{u"account"_s, QVariant::fromValue(&bench.account())},
             {u"scheme"_s, QString::fromLatin1(look.scheme)},
             {u"width"_s, look.size.width()},
             {u"height"_s, look.size.height()},
             {u"mirror"_s, look.mirrored}}));
    }

    void show(SettingsBench& bench, const QString& source, const Look& look) {
        const std::unique_ptr<QObject> made = make(bench, source, look);
        QVERIFY(made);
        auto* window = qobject_cast<QQuickWindow*>(made.get());
        QTest::qWait(10);
        const QImage picture = window->grabWindow();
        const QString shots = qEnvironmentVariable("GUILDHALL_SHOTS");
        if (!shots.isEmpty()) {
            const QString name = QString::fromLatin1(QTest::currentDataTag()).remove(u' ');
            picture.save(u"%1/%2-%3-%4%5.png"_s.arg(shots, name, QString::fromLatin1(look.scheme))
                             .arg(look.size.width())
                             .arg(look.mirrored ? u"-rtl"_s : u""_s));
        }
        QStringList nameless;
        find_nameless(window->contentItem(), nameless);
        QVERIFY2(nameless.isEmpty(), qPrintable(nameless.join(u", "_s)));
    }

    QTemporaryDir folder_;
    SystemClock clock_;
    SystemRng rng_;
    Accounts accounts_{folder_.path(), false, clock_, rng_};
    Navigator navigator_{accounts_};
    Preferences preferences_{folder_.filePath(u"preferences.ini"_s)};
    QQmlEngine engine_;
};

QTEST_MAIN(TestSettingsPages)
#include "tst_settings_pages.moc"
