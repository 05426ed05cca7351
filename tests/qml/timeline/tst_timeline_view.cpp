// The timeline as people see and drive it: every kind of row in every theme without a warning,
// places that do not move, the keyboard, what a screen reader hears.

#include "tests/qml/timeline/view.h"

#include <QAccessible>
#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_TimelinePlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;

namespace {

/// One message of each kind.
std::vector<QJsonObject> all_kinds() {
    std::vector<QJsonObject> all;
    int n = 0;
    const auto add = [&](const QString& content) -> QJsonObject& {
        ++n;
        all.push_back(message_json(nth(n * 10), content, n % 2 == 0 ? kMe : kAda));
        return all.back();
    };
    add(u"plain"_s);
    add(u"**bold** _it_ `code` https://example.org [x](https://example.com) <@11> ||hidden||"_s);
    add(u"# Heading\n> quote\n> more\n- one\n  - two\n1. three\n-# small\n"_s +
        u"```cpp\nint main() {}\n```\n||```js\nlet a\n```||"_s);
    add(u"🎉🎉"_s);
    add(u"مرحبا بالعالم"_s);
    add(u"edited"_s)[u"edited_timestamp"_s] = u"2024-01-01T00:00:00+00:00"_s;
    add(u"pinned"_s)[u"pinned"_s] = true;
    add(u"calls me"_s)[u"mention_everyone"_s] = true;
    QJsonObject& reply = add(u"a reply"_s);
    reply[u"type"_s] = 19;
    reply[u"message_reference"_s] = QJsonObject{{u"message_id"_s, id_text(nth(10))}};
    reply[u"referenced_message"_s] = all.front();
    QJsonObject& lost = add(u"a reply to nothing"_s);
    lost[u"type"_s] = 19;
    lost[u"message_reference"_s] = QJsonObject{{u"message_id"_s, u"5"_s}};
    lost[u"referenced_message"_s] = QJsonValue();
    for (int type : {1, 2, 3, 4, 5, 6, 7, 8, 12, 18, 21, 24, 77}) add(u"x"_s)[u"type"_s] = type;
    add(u"files"_s)[u"attachments"_s] =
        QJsonArray{QJsonObject{{u"id"_s, u"1"_s},
                               {u"filename"_s, u"a.png"_s},
                               {u"url"_s, u"http://127.0.0.1:9/a.png"_s},
                               {u"content_type"_s, u"image/png"_s},
                               {u"width"_s, 800},
                               {u"height"_s, 600}},
                   QJsonObject{{u"id"_s, u"2"_s},
                               {u"filename"_s, u"SPOILER_b.png"_s},
                               {u"url"_s, u"http://127.0.0.1:9/b.png"_s},
                               {u"content_type"_s, u"image/png"_s},
                               {u"width"_s, 100'000},
                               {u"height"_s, 1}},
                   QJsonObject{{u"id"_s, u"3"_s},
                               {u"filename"_s, u"c.zip"_s},
                               {u"url"_s, u"http://127.0.0.1:9/c.zip"_s},
                               {u"size"_s, 12'345}}};
    add(u""_s)[u"embeds"_s] = QJsonArray{
        QJsonObject{{u"type"_s, u"rich"_s}},
        QJsonObject{{u"title"_s, u"Title"_s},
                    {u"description"_s, u"**text**"_s},
                    {u"color"_s, 0x00ff00},
                    {u"url"_s, u"https://example.org"_s},
                    {u"image"_s, QJsonObject{{u"url"_s, u"http://127.0.0.1:9/i.png"_s}}},
                    {u"footer"_s, QJsonObject{{u"text"_s, u"foot"_s}}},
                    {u"fields"_s,
                     QJsonArray{QJsonObject{
                         {u"name"_s, u"a"_s}, {u"value"_s, u"b"_s}, {u"inline"_s, true}}}}}};
    add(u"reactions"_s)[u"reactions"_s] = QJsonArray{
        QJsonObject{
            {u"count"_s, 3}, {u"me"_s, true}, {u"emoji"_s, QJsonObject{{u"name"_s, u"👍"_s}}}},
        QJsonObject{{u"count"_s, 1},
                    {u"emoji"_s, QJsonObject{{u"name"_s, u"own"_s}, {u"id"_s, u"77"_s}}}}};
    add(u"of another node"_s)[u"author"_s] = user_json(99, u"bob@far.example"_s);
    QJsonObject bot = user_json(98, u"robot"_s);
    bot[u"bot"_s] = true;
    add(u"of a bot"_s)[u"author"_s] = bot;
    return all;
}

}  // namespace

class TimelineViewTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watch_warnings(); }
    void shows_every_kind_of_row_in_every_theme_data();
    void shows_every_kind_of_row_in_every_theme();
    void follows_new_messages_at_its_end();
    void goes_on_following_when_it_becomes_smaller();
    void holds_its_place_while_rows_come_and_go();
    void jumps_to_where_a_message_is();
    void marks_the_message_that_a_jump_went_to();
    void is_driven_by_the_keyboard();
    void acts_on_the_message_that_the_menu_was_opened_for();
    void closes_the_menu_of_a_message_that_is_gone();
    void reaches_all_of_a_message_by_the_keyboard();
    void goes_to_what_is_new_by_the_keyboard();
    void pins_nothing_where_somebody_types();
    void says_each_row_to_a_screen_reader();
    void tells_what_is_new();
    void says_that_rows_wait_for_the_host();
    void shows_how_far_a_file_is_and_takes_it_back();
};

void TimelineViewTest::shows_every_kind_of_row_in_every_theme_data() {
    QTest::addColumn<QString>("scheme");
    QTest::addColumn<bool>("mirrored");
    QTest::addColumn<int>("width");
    for (const char* scheme : {"light", "dark", "contrast"}) {
        for (const bool mirrored : {false, true}) {
            for (const int width : {800, 390}) {
                QTest::addRow("%s %s %d", scheme, mirrored ? "mirrored" : "straight", width)
                    << QString::fromLatin1(scheme) << mirrored << width;
            }
        }
    }
}

void TimelineViewTest::shows_every_kind_of_row_in_every_theme() {
    QFETCH(QString, scheme);
    QFETCH(bool, mirrored);
    QFETCH(int, width);
    View view(all_kinds(), width, 4'000);
    QVERIFY(view.list);
    view.stage.theme(u"scheme"_s, scheme);
    view.stage.theme(u"windowWidth"_s, width);
    QQmlProperty(view.timeline, u"LayoutMirroring.enabled"_s, qmlContext(view.timeline))
        .write(mirrored);
    view.stage.settle();
    for (int row = 0; row < view.model->rowCount(); ++row) {
        QQuickItem* item = view.row(row);
        if (item) QVERIFY2(item->height() > 0, qPrintable(QString::number(row)));
    }
    const QImage picture = view.stage.window.grabWindow();
    const QString folder = qEnvironmentVariable("GUILDHALL_SHOTS");
    if (!folder.isEmpty()) {
        picture.save(
            u"%1/timeline-%2-%3-%4.png"_s.arg(folder, scheme, mirrored ? u"rtl"_s : u"ltr"_s)
                .arg(width));
    }
    view.stage.theme(u"windowWidth"_s, 1280);
    view.stage.theme(u"scheme"_s, u"dark"_s);
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::follows_new_messages_at_its_end() {
    View view(plain(40));
    QVERIFY(view.model->following());
    for (int n = 200; n < 260; ++n) {
        view.stage.scene.create(n, u"new %1"_s.arg(n));
        QCoreApplication::processEvents();
    }
    view.stage.settle();
    QVERIFY(view.model->following());
    QVERIFY(view.row(0));
    QVERIFY(view.top(view.row(0)) < view.list->height());
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::goes_on_following_when_it_becomes_smaller() {
    View view(plain(80));
    // A banner comes and goes, then the field below grows.
    for (const int height : {520, 600, 380}) {
        view.stage.item->setHeight(height);
        view.stage.settle();
        QVERIFY(view.model->following());
        QQuickItem* newest = view.row(0);
        QVERIFY(newest);
        QVERIFY(view.top(newest) + newest->height() <= view.list->height());
    }
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::holds_its_place_while_rows_come_and_go() {
    View view(plain(400));
    view.model->jumpTo(id_text(nth(200 * 3)));
    view.stage.settle();
    QVERIFY(!view.model->following());
    QQuickItem* anchor = view.row(view.model->rowOf(id_text(nth(200 * 3))));
    QVERIFY(anchor);
    const double before = view.top(anchor);
    // Older and newer pages, new messages, deletions outside of the view.
    for (int i = 0; i < 4; ++i) {
        view.model->viewed(0, 10);
        view.stage.settle();
        view.model->viewed(view.model->rowCount() - 10, view.model->rowCount() - 1);
        view.stage.settle();
        view.stage.scene.create(2'000 + i, u"new"_s);
        view.stage.scene.apply(
            u"MESSAGE_DELETE"_s,
            {{u"id"_s, id_text(nth((170 + i) * 3))}, {u"channel_id"_s, id_text(kChannel)}});
        view.stage.scene.apply(
            u"MESSAGE_DELETE"_s,
            {{u"id"_s, id_text(nth((230 + i) * 3))}, {u"channel_id"_s, id_text(kChannel)}});
        view.stage.settle();
        anchor = view.row(view.model->rowOf(id_text(nth(200 * 3))));
        QVERIFY(anchor);
        QCOMPARE(view.top(anchor), before);
    }
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::jumps_to_where_a_message_is() {
    View view(plain(1'000));
    for (const int n : {500, 30, 900, 700}) {
        view.model->jumpTo(id_text(nth(n * 3)));
        view.stage.settle();
        QQuickItem* row = view.row(view.model->rowOf(id_text(nth(n * 3))));
        QVERIFY(row);
        const double middle = view.top(row) + row->height() / 2;
        QVERIFY2(qAbs(middle - view.list->height() / 2) < 4,
                 qPrintable(u"%1: %2"_s.arg(n).arg(middle)));
    }
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::marks_the_message_that_a_jump_went_to() {
    View view(plain(40));
    view.stage.settle();
    const auto marked = [&] {
        QStringList found;
        for (int at = 0; at < view.model->rowCount(); ++at) {
            const QQuickItem* row = view.row(at);
            if (row && row->property("flashing").toBool())
                found += row->property("messageId").toString();
        }
        return found;
    };
    const QString wanted = id_text(nth(30 * 3));
    view.model->jumpTo(wanted);
    QTRY_COMPARE(marked(), QStringList(wanted));
    view.stage.scene.create(500, u"new"_s);
    QCoreApplication::processEvents();
    QCOMPARE(view.model->rowOf(wanted), 11);
    QCOMPARE(marked(), QStringList(wanted));
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::is_driven_by_the_keyboard() {
    View view(plain(60));
    QSignalSpy replies(view.timeline, SIGNAL(replyRequested(QString, QString, QString)));
    QSignalSpy edits(view.timeline, SIGNAL(editRequested(QString, QString)));
    QSignalSpy composer(view.timeline, SIGNAL(composerRequested(QString)));
    QMetaObject::invokeMethod(view.timeline, "focusMessages");
    view.stage.settle();
    QCOMPARE(view.current(), 0);
    view.stage.key(Qt::Key_Up);
    view.stage.key(Qt::Key_Up);
    QCOMPARE(view.current(), 2);
    view.stage.key(Qt::Key_R);
    QCOMPARE(replies.count(), 1);
    QCOMPARE(replies[0][0].toString(), view.model->keyOf(2));
    view.stage.key(Qt::Key_Down);
    view.stage.key(Qt::Key_Down);
    view.stage.key(Qt::Key_E);  // message 60 is one's own
    QCOMPARE(edits.count(), 1);
    view.stage.key(Qt::Key_C, Qt::ControlModifier);
    QCOMPARE(QGuiApplication::clipboard()->text(),
             view.model->commands()->text(view.model->keyOf(0)));
    view.stage.key(Qt::Key_PageUp);
    QVERIFY(view.current() > 3);
    view.stage.key(Qt::Key_Home);
    QCOMPARE(view.current(), view.model->rowCount() - 1);
    view.stage.key(Qt::Key_End);
    QCOMPARE(view.current(), 0);
    view.stage.key(Qt::Key_Delete, Qt::ShiftModifier);
    QTRY_COMPARE(view.model->commands()->content(id_text(nth(180))), QString());
    view.stage.key(Qt::Key_X);
    QCOMPARE(composer.last()[0].toString(), u"x"_s);
    view.stage.key(Qt::Key_Escape);
    QCOMPARE(composer.last()[0].toString(), QString());
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::acts_on_the_message_that_the_menu_was_opened_for() {
    View view(plain(40));
    QSignalSpy replies(view.timeline, SIGNAL(replyRequested(QString, QString, QString)));
    for (int n = 0; n < 3; ++n) {
        view.open_menu(4);
        const QString meant = view.row(4)->property("messageId").toString();
        view.stage.scene.create(500 + 2 * n, u"new"_s);
        view.stage.scene.create(501 + 2 * n, u"newer"_s);
        QTRY_COMPARE(view.row(6)->property("messageId").toString(), meant);
        view.choose(u"Reply"_s);
        QCOMPARE(replies.count(), n + 1);
        QCOMPARE(replies[n][0].toString(), meant);
    }
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::closes_the_menu_of_a_message_that_is_gone() {
    View view(plain(40));
    view.open_menu(4);
    QVERIFY(view.shown(u"Reply"_s));
    view.stage.scene.apply(u"MESSAGE_DELETE"_s,
                           {{u"id"_s, view.row(4)->property("messageId").toString()},
                            {u"channel_id"_s, id_text(kChannel)}});
    QTRY_VERIFY(!view.shown(u"Reply"_s));
    // Rights that are taken away while it is open.
    view.open_menu(4);
    QVERIFY(view.shown(u"Add a reaction"_s));
    view.stage.scene.apply(u"GUILD_ROLE_UPDATE"_s,
                           {{u"guild_id"_s, id_text(kGuild)},
                            {u"role"_s,
                             QJsonObject{{u"id"_s, id_text(kGuild)},
                                         {u"name"_s, u"@everyone"_s},
                                         {u"permissions"_s, u"68608"_s}}}});
    QTRY_VERIFY(!view.shown(u"Add a reaction"_s));
    QVERIFY(view.shown(u"Reply"_s));
    view.model->setChannelId(id_text(kOther));
    QTRY_VERIFY(!view.shown(u"Reply"_s));
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::reaches_all_of_a_message_by_the_keyboard() {
    QJsonObject rich = message_json(
        nth(2), u"see https://example.org/a and <@11>, [here](https://example.net/b)"_s);
    rich[u"attachments"_s] = QJsonArray{QJsonObject{{u"id"_s, u"3"_s},
                                                    {u"filename"_s, u"c.zip"_s},
                                                    {u"url"_s, u"http://127.0.0.1:9/c.zip"_s}},
                                        QJsonObject{{u"id"_s, u"4"_s},
                                                    {u"filename"_s, u"d.png"_s},
                                                    {u"content_type"_s, u"image/png"_s},
                                                    {u"width"_s, 8},
                                                    {u"height"_s, 6},
                                                    {u"url"_s, u"http://127.0.0.1:9/d.png"_s}}};
    rich[u"embeds"_s] = QJsonArray{QJsonObject{{u"title"_s, u"Title"_s},
                                               {u"url"_s, u"https://example.org/e"_s},
                                               {u"description"_s, u"https://example.org/f"_s}}};
    View view({message_json(nth(1), u"plain"_s), rich});
    QSignalSpy links(view.model, &TimelineModel::linkPressed);
    QSignalSpy profiles(view.timeline, SIGNAL(profileRequested(QString, QQuickItem*)));
    view.open_menu(0);
    for (const char* entry : {"Open https://example.org/a",
                              "Open here",
                              "Profile of me",
                              "Open c.zip",
                              "Save c.zip…",
                              "Show the picture d.png",
                              "Open Title",
                              "Open https://example.org/f",
                              "Profile of ada"}) {
        QVERIFY2(view.shown(QString::fromUtf8(entry)), entry);
    }
    view.choose(u"Profile of me"_s);
    QCOMPARE(profiles.count(), 1);
    QCOMPARE(profiles[0][0].toString(), id_text(kMe));
    view.open_menu(0);
    view.choose(u"Open here"_s);
    QCOMPARE(links.count(), 1);
    QCOMPARE(links[0][0].toString(), u"https://example.net/b"_s);
    QVERIFY(links[0][2].toBool());  // another address than what is written: people are asked
    view.stage.key(Qt::Key_Escape);
    view.stage.settle();
    // The next message's menu has only its own.
    QMetaObject::invokeMethod(view.timeline, "focusMessages");
    view.stage.key(Qt::Key_Up);
    view.stage.key(Qt::Key_Return);
    view.stage.settle();
    QTRY_VERIFY(view.shown(u"Profile of ada"_s));
    QVERIFY(!view.shown(u"Open c.zip"_s));
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::goes_to_what_is_new_by_the_keyboard() {
    View view(plain(40));
    view.model->markUnread(id_text(nth(5 * 3)));
    view.stage.settle();
    QVERIFY(view.model->newOutOfView());
    QQuickItem* bar = view.stage.find(u"NewBar"_s);
    QVERIFY(bar && bar->isVisible());
    QVERIFY(bar->activeFocusOnTab());
    bar->forceActiveFocus(Qt::TabFocusReason);
    view.stage.key(Qt::Key_Return);
    view.stage.settle();
    QCOMPARE(view.current(), view.model->rowOf(id_text(nth(5 * 3))));
    QVERIFY(!view.model->newOutOfView());
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::pins_nothing_where_somebody_types() {
    View view(plain(40));
    QSignalSpy composer(view.timeline, SIGNAL(composerRequested(QString)));
    const auto calls = [&](const QByteArray& method) {
        return std::ranges::count(view.stage.scene.node.seen, method, &Seen::method);
    };
    QMetaObject::invokeMethod(view.timeline, "focusMessages");
    view.stage.key(Qt::Key_P);
    QCOMPARE(composer.count(), 1);
    QCOMPARE(composer[0][0].toString(), u"p"_s);
    view.stage.key(Qt::Key_R, Qt::ShiftModifier);  // how a sentence begins
    QCOMPARE(composer.count(), 2);
    view.stage.settle();
    QCOMPARE(calls("PUT"), 0);
    view.stage.key(Qt::Key_P, Qt::ControlModifier | Qt::ShiftModifier);
    QTRY_COMPARE(calls("PUT"), 1);
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::says_each_row_to_a_screen_reader() {
    View view({message_json(nth(1), u"hello **there**"_s)});
    QQuickItem* row = view.row(0);
    QVERIFY(row);
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(row);
    QVERIFY(accessible);
    QCOMPARE(accessible->role(), QAccessible::ListItem);
    const QString name = accessible->text(QAccessible::Name);
    QVERIFY2(name.contains(u"ada"_s) && name.contains(u"hello there"_s), qPrintable(name));
}

void TimelineViewTest::tells_what_is_new() {
    View view(plain(40));
    view.stage.scene.apply(u"TYPING_START"_s,
                           {{u"channel_id"_s, id_text(kChannel)}, {u"user_id"_s, id_text(kAda)}});
    QVERIFY(view.model->typingText().contains(u"ada"_s));
    view.list->setProperty("contentY", view.list->property("originY").toDouble());
    view.stage.settle();
    QVERIFY(!view.model->following());
    view.stage.scene.create(500, u"new"_s);
    view.stage.settle();
    QCOMPARE(view.timeline->property("unreadCount").toInt(), 1);
    QMetaObject::invokeMethod(view.timeline, "jumpToPresent");
    view.stage.settle();
    QCOMPARE(view.timeline->property("unreadCount").toInt(), 0);
    QVERIFY(view.model->following());
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::says_that_rows_wait_for_the_host() {
    View view(plain(1));
    bool away = true;
    view.stage.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!away || seen.method != "POST") return std::nullopt;
        return say(503, R"({"code":130000,"message":"away"})");
    };
    Outbox& outbox = view.stage.scene.account.outbox();
    outbox.resume();
    outbox.put({.channel = kChannel, .content = u"one"_s});
    outbox.put({.channel = kChannel, .content = u"two"_s});
    const auto stage = [&](int row) {
        return view.model->index(row).data(TimelineModel::StageRole).toInt();
    };
    for (int row : {0, 1}) QTRY_COMPARE(stage(row), 3);
    const QString spoken = view.model->index(0).data(TimelineModel::SpokenRole).toString();
    QVERIFY(spoken.contains(u"guild's host"_s));
    outbox.resume();  // tried again, and people see no flicker
    for (int row : {0, 1}) QCOMPARE(stage(row), 3);
    view.stage.settle();
    const QString line = u"Waiting for the guild's host: it is sent when that is back"_s;
    QVERIFY(view.stage.find_named(line));
    away = false;
    outbox.resume();
    for (int row : {0, 1}) QTRY_COMPARE(stage(row), 0);
    QCOMPARE(warnings(), QStringList());
}

void TimelineViewTest::shows_how_far_a_file_is_and_takes_it_back() {
    View view(plain(1));
    QFile file(view.stage.scene.folder.filePath(u"large.bin"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(48 << 20));
    file.close();
    view.stage.settle();
    view.stage.scene.node.hold(true);
    Outbox& outbox = view.stage.scene.account.outbox();
    outbox.resume();
    outbox.put({.channel = kChannel,
                .content = u"large"_s,
                .files = {{.path = file.fileName(), .name = u"large.bin"_s}}});
    const auto progress = [&] {
        return view.model->index(0).data(TimelineModel::ProgressRole).toDouble();
    };
    QTRY_VERIFY(progress() > 0);
    QVERIFY(progress() < 1);
    view.stage.settle();
    QVERIFY(view.stage.find_named(u"Sending, %1 %"_s.arg(qRound(progress() * 100))));
    QQuickItem* cancel = view.stage.find_named(u"Cancel"_s);
    QVERIFY(cancel && cancel->isVisible());
    QVERIFY(QMetaObject::invokeMethod(cancel, "clicked"));
    QTRY_VERIFY(outbox.items(kChannel).empty());
    view.stage.scene.node.hold(false);
    QTRY_VERIFY(view.stage.scene.node.closed > 0);
    QTRY_COMPARE(view.model->index(0).data(TimelineModel::StageRole).toInt(), 0);
    QCOMPARE(warnings(), QStringList());
}

QTEST_MAIN(TimelineViewTest)
#include "tst_timeline_view.moc"
