// Members, federation, login, rail and channels as people see them: every page in every scheme,
// size and direction without a word on the console and with a name for every control; and what the
// mouse and the keyboard do.

#include "client-qml/core/account/accounts.h"
#include "tests/qml/support/page_stage.h"
#include "tests/qml/support/scripted_account.h"

#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_MembersPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_FederationPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_LoginPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_RailPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ChannelsPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* kGuild = R"({"id":"10","name":"Garden","owner_id":"1","member_count":4,
    "roles":[{"id":"10","name":"@everyone","permissions":"1024","position":0},
             {"id":"11","name":"Crew","hoist":true,"position":2,"color":255,"permissions":"0"}],
    "channels":[{"id":"20","type":0,"name":"general","topic":"All"},
                {"id":"30","type":4,"name":"Rooms"},
                {"id":"31","type":0,"name":"tools","parent_id":"30"},
                {"id":"32","type":2,"name":"talk","parent_id":"30"}],
    "members":[{"user":{"id":"1","username":"me"},"roles":[],"joined_at":"2026-01-02T03:04:05Z"},
               {"user":{"id":"2","username":"anna"},"roles":["11"]},
               {"user":{"id":"3","username":"bob@far.example"},"roles":[]},
               {"user":{"id":"4","username":"bot","bot":true},"roles":[]}],
    "presences":[{"user":{"id":"2"},"status":"online"}]})";

constexpr const char* kHosting =
    R"({"role":"host","votes":2,"takeover_delay":108000,
    "host":{"name":"home.example","uid":"aa","own":true,"verified":true,"reachable":true},
    "verified":null,"frozen":null,"successors":[
      {"name":"far.example","uid":"bb","verified":true,"reachable":true,
       "held_entries":3,"entries":9},
      {"name":"","uid":"cccccccccccc","reachable":false}]})";

constexpr const char* kNode = R"({"name":"home.example","uid":"aabbccdd","version":"1.0",
    "software":"guildhall","registration":"invite","federation":true,
    "features":["node_bans","node_peers","guild_hosting"]})";

/// The same JSON with names and words that turn what is around them.
QJsonValue tricky(const QJsonValue& value, const QString& key = {}) {
    static const QSet<QString> names{u"name"_s,
                                     u"username"_s,
                                     u"global_name"_s,
                                     u"nick"_s,
                                     u"topic"_s,
                                     u"content"_s,
                                     u"state"_s,
                                     u"description"_s,
                                     u"reason"_s,
                                     u"filename"_s,
                                     u"title"_s};
    if (value.isArray()) {
        QJsonArray list;
        for (const QJsonValue one : value.toArray()) list.append(tricky(one));
        return list;
    }
    if (value.isObject()) {
        QJsonObject object = value.toObject();
        for (auto at = object.begin(); at != object.end(); ++at) {
            at.value() = tricky(at.value(), at.key());
        }
        return object;
    }
    if (!value.isString() || !names.contains(key)) return value;
    const QString text = value.toString();
    const qsizetype at = text.lastIndexOf(u'@');
    const QString trick = QString(QChar(0x202E)) + QChar(0x2066) + QChar(7) + QChar(0x202A);
    return at < 0 ? trick + text + trick : trick + text.left(at) + u'@' + text.mid(at + 1) + trick;
}

QByteArray tricky(const char* text) {
    const QJsonDocument document = QJsonDocument::fromJson(text);
    const QJsonValue value =
        document.isArray() ? QJsonValue(document.array()) : QJsonValue(document.object());
    const QJsonValue made = tricky(value);
    return made.isArray() ? QJsonDocument(made.toArray()).toJson()
                          : QJsonDocument(made.toObject()).toJson();
}

struct Page {
    const char* name;
    const char* imports;
    const char* text;
};

constexpr Page kPages[] = {
    {"members",
     "import Guildhall.Members",
     "MembersPanel { anchors.fill: parent; account: stage.account; guildId: '10'; channelId: '20' "
     "}"},
    {"pins",
     "import Guildhall.Members",
     "PinsPanel { anchors.fill: parent; account: stage.account; channelId: '20' }"},
    {"search",
     "import Guildhall.Members",
     "SearchPanel { anchors.fill: parent; account: stage.account; guildId: '10'; channelId: '20' "
     "}"},
    {"profile",
     "import Guildhall.Members",
     "Item { id: near; x: 1000; y: 700; width: 100; height: 40 }\n"
     "ProfileCard { id: card; account: stage.account; guildId: '10'; userId: '3';"
     " Component.onCompleted: openAt(near) }"},
    {"hosting dialog",
     "import Guildhall.Federation",
     "HostingDialog { account: stage.account; guildId: '10'; Component.onCompleted: open() }"},
    {"hosting page",
     "import Guildhall.Federation",
     "HostingPage { account: stage.account; guildId: '10' }"},
    {"node dialog",
     "import Guildhall.Federation",
     "NodeDialog { account: stage.account; Component.onCompleted: open() }"},
    {"node page", "import Guildhall.Federation", "NodePage { account: stage.account }"},
    {"login",
     "import Guildhall.Login",
     "LoginPage { anchors.fill: parent; cancellable: true; startNode: 'chat.example' }"},
    {"login again",
     "import Guildhall.Login",
     "LoginPage { anchors.fill: parent; expired: stage.account; startNode: stage.account.nodeUrl "
     "}"},
    {"rail",
     "import Guildhall.Rail",
     "Rail { height: parent.height; account: stage.account; currentGuild: '10'; hasDirect: true }"},
    {"channels",
     "import Guildhall.Channels",
     "ChannelTree { anchors.fill: parent; account: stage.account; guildId: '10';"
     " currentChannel: '20'; hostNote: 'Read-only: its home is away' }"},
};

}  // namespace

class TestPeoplePages final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QAccessible::setActive(true);
        engine_.addImportPath(u"qrc:/qt/qml"_s);
        accounts_.use_in(engine_);
        node_.answers = {
            {"GET /guilds/10/hosting", say(200, kHosting)},
            {"GET /node", say(200, kNode)},
            {"GET /guilds/10/node-bans",
             say(200, R"([{"node_uid":"dd","name":"bad.example","by":"1"}])")},
            {"GET /node/peers", say(200, R"([{"name":"far.example","uid":"bb","reachable":true,
                                        "verified":true,"last_seen":null,"guilds":2}])")},
            {"GET /channels/20/pins",
             say(200, R"([{"id":"500","channel_id":"20","content":"<b>pinned</b>",
                                        "timestamp":"2026-01-02T03:04:05Z",
                                        "author":{"id":"2","username":"anna"}}])")}};
        QVERIFY(node_.connect());
        node_.ready({json(kGuild),
                     json(R"({"id":"40","name":"Two","owner_id":"9","roles":[],
            "channels":[],"members":[]})"),
                     json(R"({"id":"41","name":"Three","owner_id":"9",
            "roles":[],"channels":[],"members":[]})")});
    }

    void every_page_is_quiet_and_names_its_controls_data() {
        QTest::addColumn<int>("page");
        QTest::addColumn<int>("look");
        const std::vector<Look> looks = all_looks();
        for (int page = 0; page < int(std::size(kPages)); ++page) {
            for (int look = 0; look < int(looks.size()); ++look) {
                QTest::addRow(
                    "%s %s", kPages[page].name, qPrintable(looks[std::size_t(look)].name()))
                    << page << look;
            }
        }
    }
    void every_page_is_quiet_and_names_its_controls() {
        QFETCH(int, page);
        QFETCH(int, look);
        Console console;
        {
            const Page& one = kPages[page];
            PageStage stage(engine_,
                            node_.account.get(),
                            all_looks()[std::size_t(look)],
                            QString::fromLatin1(one.imports),
                            QString::fromLatin1(one.text));
            QVERIFY2(stage.window(), qPrintable(stage.errors()));
            QTest::qWait(60);
            QCOMPARE(stage.nameless().join(u' '), QString());
            stage.window()->grabWindow();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(console.take().join(u'\n'), QString());
    }

    void no_name_turns_what_is_around_it_data() {
        QTest::addColumn<int>("page");
        for (int page = 0; page < int(std::size(kPages)); ++page) {
            QTest::newRow(kPages[page].name) << page;
        }
    }
    void no_name_turns_what_is_around_it() {
        QFETCH(int, page);
        ScriptedAccount node;
        node.answers = node_.answers;
        for (const char* asked : {"GET /guilds/10/hosting", "GET /node"}) {
            const QByteArray said = node_.answers.value(asked).bytes;
            node.answers[asked] =
                say(200, tricky(said.mid(said.indexOf("\r\n\r\n") + 4).constData()));
        }
        node.answers["GET /node/peers"] =
            say(200, tricky(R"([{"name":"far.example","uid":"bb","reachable":true}])"));
        node.answers["GET /guilds/10/node-bans"] =
            say(200, tricky(R"([{"node_uid":"dd","name":"bad.example"}])"));
        node.answers["GET /channels/20/pins"] =
            say(200, tricky(R"([{"id":"500","channel_id":"20","content":"pinned",
                    "attachments":[{"id":"1","filename":"f","url":"x"}],
                    "timestamp":"2026-01-02T03:04:05Z","author":{"id":"2","username":"anna"}}])"));
        QVERIFY(node.connect());
        node.apply("READY",
                   tricky(QJsonObject{{u"user"_s, json(R"({"id":"1","username":"me"})")},
                                      {u"session_id"_s, u"s"_s},
                                      {u"guilds"_s, QJsonArray{json(kGuild)}}})
                       .toObject());
        const Page& one = kPages[page];
        PageStage stage(engine_,
                        node.account.get(),
                        {u"dark"_s, {1280, 800}},
                        QString::fromLatin1(one.imports),
                        QString::fromLatin1(one.text));
        QVERIFY2(stage.window(), qPrintable(stage.errors()));
        QTest::qWait(200);
        QVERIFY(!stage.all([](QQuickItem*) { return true; }).isEmpty());
        QStringList shown;
        for (const QString& text : stage.turning())
            shown.push_back(QString::fromLatin1(text.toUtf8().toPercentEncoding()));
        QCOMPARE(shown.join(u'\n'), QString());
    }

    void a_profile_stands_beside_what_was_pressed_and_inside_the_window() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Members"_s,
                        QString::fromLatin1(kPages[3].text));
        QQuickItem* close = nullptr;
        QTRY_VERIFY((close = stage.named(u"Close"_s)));
        const QRectF at = close->mapRectToScene(QRectF(0, 0, close->width(), close->height()));
        QVERIFY(at.right() < 1000);  // Left of the item, which is at the right.
        QVERIFY(at.right() > 900);
        QVERIFY(at.y() >= 0 && at.y() < 700);  // Above the lower edge, where the item is.
    }

    void hits_are_jumped_to_by_pointer_and_keys_and_again_once_it_was_closed() {
        talk(20, 1'000, u"a hedge in the garden"_s);
        talk(31, 2'000, u"a hedge shear"_s);
        PageStage stage(
            engine_,
            node_.account.get(),
            {u"dark"_s, {390, 844}},
            u"import Guildhall.Members"_s,
            u"property string jumped: ''\n property bool shown: true\n"
            "Loader { anchors.fill: parent; focus: true; active: stage.shown\n"
            " sourceComponent: SearchPanel { focus: true; account: stage.account; guildId: '10';"
            " channelId: '20'; onClosed: stage.shown = false\n"
            " onJumpRequested: (channel, message) => stage.jumped = channel + '/' + message } }"_s);
        QQuickWindow* window = stage.window();
        QVERIFY2(window, qPrintable(stage.errors()));
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        for (int round = 0; round < 2; ++round) {
            type(window, u"hedge"_s);
            QTRY_VERIFY(stage.named(u"#tools"_s) && stage.named(u"#general"_s));
            QQuickItem* hit = stage.named(u"anna, #general"_s);
            QVERIFY(hit);
            QTest::mouseClick(window, Qt::LeftButton, {}, hit->mapToScene({80, 20}).toPoint());
            QTRY_COMPARE(window->property("jumped").toString(), u"20/1000"_s);
            // By keys: into the list, the first, the second.
            stage
                .all([](QQuickItem* item) {
                    return item->inherits("QQuickTextInput") && item->isEnabled();
                })
                .front()
                ->forceActiveFocus(Qt::TabFocusReason);
            QTest::keyClick(window, Qt::Key_Down);
            QTest::keyClick(window, Qt::Key_Return);
            QTRY_COMPARE(window->property("jumped").toString(), u"31/2000"_s);
            QTest::keyClick(window, Qt::Key_Down);
            QTest::keyClick(window, Qt::Key_Return);
            QTRY_COMPARE(window->property("jumped").toString(), u"20/1000"_s);
            QTest::keyClick(window, Qt::Key_Escape);
            QTRY_VERIFY(!window->property("shown").toBool());
            window->setProperty("shown", true);
            QTRY_VERIFY(stage.named(u"From a person"_s));
        }
    }

    void a_suggestion_is_pressed_instead_of_typed() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Members"_s,
                        QString::fromLatin1(kPages[2].text));
        QQuickWindow* window = stage.window();
        window->requestActivate();
        QVERIFY(QTest::qWaitForWindowActive(window));
        QQuickItem* field = window->activeFocusItem();
        QTRY_VERIFY((field = window->activeFocusItem()) && field->inherits("QQuickTextInput"));
        const auto press = [&](const QString& name) {
            QQuickItem* chip = stage.named(name);
            if (chip)
                QAccessible::queryAccessibleInterface(chip)->actionInterface()->doAction(
                    QAccessibleActionInterface::pressAction());
            return chip != nullptr;
        };
        QVERIFY(press(u"From a person"_s));
        QTRY_COMPARE(field->property("text").toString(), u"from:"_s);
        type(window, u"ann"_s);  // The field has the focus, at its end.
        QVERIFY(press(u"anna"_s));
        QTRY_COMPARE(field->property("text").toString(), u"from:anna "_s);
        type(window, u"has:"_s);
        QVERIFY(press(u"A picture"_s));
        QTRY_COMPARE(field->property("text").toString(), u"from:anna has:image "_s);
    }

    void tiles_are_dragged_by_the_mouse() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Rail"_s,
                        u"Rail { height: parent.height; account: stage.account }"_s);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window()));
        const QStringList before = tiles(stage);
        QCOMPARE(before.size(), 3);
        drag(stage, before[0], before[2], 22);  // Below the third.
        QTRY_COMPARE(tiles(stage), QStringList({before[1], before[2], before[0]}));
        drag(stage, before[0], before[1], -22);  // Above the first.
        QTRY_COMPARE(tiles(stage), QStringList({before[0], before[1], before[2]}));
        drag(stage, before[2], before[0], 0);  // Onto the first: a folder.
        QTRY_COMPARE(tiles(stage), QStringList({u"Folder"_s, before[0], before[2], before[1]}));
    }

    void folders_are_dragged_whole_and_guilds_in_and_out_of_them() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Rail"_s,
                        u"Rail { height: parent.height; account: stage.account }"_s);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window()));
        begin_without_folders(stage);
        QStringList names = tiles(stage);
        drag(stage, names[1], names[0], 0);
        QTRY_COMPARE(tiles(stage), QStringList({u"Folder"_s, names[0], names[1], names[2]}));
        drag(stage, u"Folder"_s, names[2], 22);  // Below the last: both come along.
        QTRY_COMPARE(tiles(stage), QStringList({names[2], u"Folder"_s, names[0], names[1]}));
        drag(stage, names[2], names[1], -22);  // Between the two.
        QTRY_COMPARE(tiles(stage), QStringList({u"Folder"_s, names[0], names[2], names[1]}));
        drag(stage, names[1], u"Folder"_s, -22);  // Above it, out of it.
        QTRY_COMPARE(tiles(stage), QStringList({names[1], u"Folder"_s, names[0], names[2]}));
        // A press that does not move opens, and moves nothing.
        QQuickItem* folder = stage.named(u"Folder"_s);
        QTest::mouseClick(
            stage.window(), Qt::LeftButton, {}, folder->mapToScene({36, 26}).toPoint());
        QTRY_COMPARE(tiles(stage), QStringList({names[1], u"Folder"_s}));
        QTest::mouseClick(
            stage.window(), Qt::LeftButton, {}, folder->mapToScene({36, 26}).toPoint());
        QTRY_COMPARE(tiles(stage).size(), 4);
    }

    void a_tile_that_is_let_go_where_it_was_stays() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Rail"_s,
                        u"Rail { height: parent.height; account: stage.account }"_s);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window()));
        begin_without_folders(stage);
        const QStringList names = tiles(stage);
        drag(stage, names[1], names[1], 15);
        drag(stage, names[1], names[1], -15);
        QTest::qWait(30);
        QCOMPARE(tiles(stage), names);
    }

    void tiles_are_moved_by_the_keyboard_and_keep_the_focus() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Rail"_s,
                        u"Rail { height: parent.height; account: stage.account }"_s);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window()));
        begin_without_folders(stage);
        const QStringList names = tiles(stage);
        stage.named(names[0])->forceActiveFocus(Qt::TabFocusReason);
        const auto focused = [&] { return PageStage::name_of(stage.window()->activeFocusItem()); };
        QTest::keyClick(stage.window(), Qt::Key_Up, Qt::AltModifier);  // It is the first.
        QCOMPARE(tiles(stage), names);
        QTest::keyClick(stage.window(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(tiles(stage), QStringList({names[1], names[0], names[2]}));
        QCOMPARE(focused(), names[0]);
        QTest::keyClick(stage.window(), Qt::Key_Down, Qt::AltModifier);
        QTRY_COMPARE(tiles(stage), QStringList({names[1], names[2], names[0]}));
        QCOMPARE(focused(), names[0]);
        QTest::keyClick(stage.window(), Qt::Key_Up);  // Then on from where it is.
        QCOMPARE(focused(), names[2]);
        QTest::keyClick(stage.window(), Qt::Key_Menu);
        QTRY_VERIFY(stage.named(u"Move down"_s));
    }

    void the_rail_is_walked_by_arrows() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Rail"_s,
                        u"Rail { height: parent.height; account: stage.account }"_s);
        QVERIFY(QTest::qWaitForWindowExposed(stage.window()));
        const QStringList names = tiles(stage);
        stage.named(names[0])->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QCOMPARE(PageStage::name_of(stage.window()->activeFocusItem()), names[1]);
        QTest::keyClick(stage.window(), Qt::Key_End);
        QCOMPARE(PageStage::name_of(stage.window()->activeFocusItem()), names.last());
        QTest::keyClick(stage.window(), Qt::Key_Home);
        QCOMPARE(PageStage::name_of(stage.window()->activeFocusItem()), names[0]);
    }

    void the_tree_is_walked_and_folded_by_keys() {
        PageStage stage(engine_,
                        node_.account.get(),
                        {u"dark"_s, {1280, 800}},
                        u"import Guildhall.Channels"_s,
                        QString::fromLatin1(kPages[11].text));
        QVERIFY(QTest::qWaitForWindowExposed(stage.window()));
        QQuickItem* general = nullptr;
        QTRY_VERIFY((general = stage.named(u"general"_s)));
        general->forceActiveFocus(Qt::TabFocusReason);
        QTest::keyClick(stage.window(), Qt::Key_Down);
        QCOMPARE(PageStage::name_of(stage.window()->activeFocusItem()), u"Category Rooms"_s);
        QTest::keyClick(stage.window(), Qt::Key_Left);
        QTRY_VERIFY(stage.named(u"Category Rooms, closed"_s));
        QTest::keyClick(stage.window(), Qt::Key_Right);
        QTRY_VERIFY(!stage.named(u"Category Rooms, closed"_s));
        QTest::keyClick(stage.window(), Qt::Key_Menu);
        QTRY_VERIFY(stage.named(u"Mark as read"_s));
    }

  private:
    static void type(QQuickWindow* window, const QString& text) {
        for (const QChar c : text) QTest::keyClick(window, c.toLatin1());
    }
    void talk(Snowflake channel, int id, const QString& text) {
        const QJsonObject message{{u"id"_s, QString::number(id)},
                                  {u"channel_id"_s, QString::number(channel)},
                                  {u"content"_s, text},
                                  {u"timestamp"_s, u"2026-01-02T03:04:05Z"_s},
                                  {u"author"_s, json(R"({"id":"2","username":"anna"})")}};
        node_.account->cache().put_page(channel, 0, Snowflake(id), {message});
    }
    /// Other tests leave folders: all guilds stand by themselves again.
    void begin_without_folders(const PageStage& stage) {
        node_.account->cache().put_setting(u"rail"_s, QJsonArray());
        emit node_.state().reset();
        QTRY_COMPARE(tiles(stage).size(), 3);
    }
    /// The names of the tiles from top to bottom.
    static QStringList tiles(const PageStage& stage) {
        QList<QQuickItem*> found = stage.all([](QQuickItem* item) {
            return QByteArray(item->metaObject()->className()).startsWith("GuildTile");
        });
        std::ranges::sort(found, {}, [](QQuickItem* item) { return item->y(); });
        QStringList names;
        for (QQuickItem* item : found) names.push_back(PageStage::name_of(item));
        return names;
    }
    static void drag(const PageStage& stage, const QString& what, const QString& onto, int dy) {
        QQuickItem* from = stage.named(what);
        QQuickItem* to = stage.named(onto);
        const QPoint start = from->mapToScene({36, 26}).toPoint();
        const QPoint end = to->mapToScene({36, 26.0 + dy}).toPoint();
        QTest::mousePress(stage.window(), Qt::LeftButton, {}, start);
        for (int i = 1; i <= 10; ++i) {
            QTest::mouseMove(stage.window(), start + (end - start) * i / 10);
            QTest::qWait(5);
        }
        QTest::mouseRelease(stage.window(), Qt::LeftButton, {}, end);
    }

    QTemporaryDir folder_;
    SystemClock clock_;
    SystemRng rng_;
    ScriptedAccount node_;
    Accounts accounts_{folder_.path(), false, clock_, rng_};
    QQmlEngine engine_;
};

QTEST_MAIN(TestPeoplePages)
#include "tst_people_pages.moc"
