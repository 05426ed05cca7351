// Files and pictures of messages as people reach them: the viewer by pointer and keyboard, saving
// with its line of progress, what is copied.

#include "client-qml/core/images/cdn_provider.h"
#include "client-qml/core/models/file_saver.h"
#include "tests/qml/core/images/image_server.h"
#include "tests/qml/timeline/view.h"

#include <QAccessible>
#include <QClipboard>
#include <QDir>
#include <QFile>
#include <QGuiApplication>
#include <QSignalSpy>
#include <QStyleHints>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_TimelinePlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;

namespace {

QJsonObject file(int id, const QString& name, const QString& url, const QString& type) {
    return {{u"id"_s, QString::number(id)},
            {u"filename"_s, name},
            {u"url"_s, url},
            {u"content_type"_s, type},
            {u"size"_s, 5},
            {u"width"_s, type.startsWith(u"image"_s) ? 300 : 0},
            {u"height"_s, type.startsWith(u"image"_s) ? 200 : 0}};
}

QJsonObject with_files(int n, const QJsonArray& files) {
    QJsonObject message = message_json(nth(n), u"files"_s);
    message[u"attachments"_s] = files;
    return message;
}

/// Three pictures, of which the second is hidden, and then a message with none.
std::vector<QJsonObject> three_pictures() {
    const auto one = [](int id, const QString& name) {
        return file(id, name, u"http://127.0.0.1:9/cdn/"_s + name, u"image/png"_s);
    };
    return {with_files(3, {one(1, u"a.png"_s), one(2, u"SPOILER_b.png"_s), one(3, u"c.png"_s)}),
            message_json(nth(6), u"after"_s)};
}

/// Two frames of one pixel, red and blue, without end.
QByteArray moving_gif() {
    return QByteArray::fromHex(
        "47494638396101000100800000ff00000000ff21ff0b4e45545343415045322e30030100000021f90400050000"
        "002c000000000100010000020244010021f904000500000000"
        "2c00000000010001000002024c01003b");
}

struct FilesView : View {
    using View::View;
    QObject* viewer() const { return timeline->findChild<QObject*>(u"imageViewer"_s); }
    bool is_open() const { return viewer() && viewer()->property("opened").toBool(); }
    int at() const { return viewer()->property("at").toInt(); }
    QQuickItem* picture() const { return viewer_part(u"ViewerPicture"_s); }
    double zoom() const { return picture()->property("zoom").toDouble(); }
    QQuickItem* viewer_part(const QString& type) const {
        auto* content = viewer()->property("contentItem").value<QQuickItem*>();
        for (QQuickItem* child : content->childItems()) {
            if (QString::fromLatin1(child->metaObject()->className()).startsWith(type))
                return child;
        }
        return nullptr;
    }
    void focus_row(int row) {
        QMetaObject::invokeMethod(timeline, "focusMessages");
        for (int i = 0; i < row; ++i) stage.key(Qt::Key_Up);
    }
    void open_by_keyboard() {
        focus_row(1);
        stage.key(Qt::Key_Return);  // what is hidden in the message is shown
        stage.key(Qt::Key_Return);
        QTRY_VERIFY(is_open());
    }
    void click(QQuickItem* item, Qt::MouseButton button = Qt::LeftButton) {
        const QPointF middle(item->width() / 2, item->height() / 2);
        QTest::mouseClick(&stage.window, button, {}, item->mapToScene(middle).toPoint());
        stage.settle();
    }
    void wheel(int delta, QPoint at) {
        QWheelEvent event(at,
                          stage.window.mapToGlobal(at),
                          {},
                          {0, delta},
                          Qt::NoButton,
                          Qt::NoModifier,
                          Qt::NoScrollPhase,
                          false);
        QCoreApplication::sendEvent(&stage.window, &event);
        stage.settle();
    }
    FileSaver* saver() const { return timeline->findChild<FileSaver*>(); }
};

}  // namespace

class TimelineFilesTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watch_warnings(); }
    void the_viewer_opens_by_keyboard_and_gives_the_focus_back();
    void the_viewer_opens_by_pointer_on_the_picture_that_was_pressed();
    void the_viewer_zooms_and_moves();
    void what_is_hidden_is_not_shown_by_going_past_it();
    void pictures_that_move_keep_still_where_motion_is_reduced();
    void a_picture_is_copied();
    void a_file_is_saved_by_the_keyboard();
    void a_file_is_saved_where_one_says();
    void a_question_comes_before_a_foreign_host_is_asked();
    void what_failed_stays_and_says_why();
    void a_menu_lists_what_can_be_saved();
    void nothing_below_is_pressed_through_the_viewer();
    void a_file_has_one_menu();
};

void TimelineFilesTest::the_viewer_opens_by_keyboard_and_gives_the_focus_back() {
    FilesView view(three_pictures());
    view.open_by_keyboard();
    QCOMPARE(view.at(), 0);
    view.stage.key(Qt::Key_Right);
    QCOMPARE(view.at(), 1);
    view.stage.key(Qt::Key_End);
    QCOMPARE(view.at(), 2);
    view.stage.key(Qt::Key_Right);  // there is no more
    QCOMPARE(view.at(), 2);
    view.stage.key(Qt::Key_Left);
    view.stage.key(Qt::Key_Home);
    view.stage.key(Qt::Key_Left);
    QCOMPARE(view.at(), 0);
    QAccessibleInterface* said = QAccessible::queryAccessibleInterface(
        view.viewer()->property("contentItem").value<QQuickItem*>());
    QCOMPARE(said->text(QAccessible::Name), u"Picture 1 of 3"_s);
    view.stage.key(Qt::Key_Escape);
    QTRY_VERIFY(!view.is_open());
    QVERIFY(view.list->hasActiveFocus());
    QCOMPARE(view.current(), 1);
    // The row is where it was left, and its keys mean what they did.
    view.stage.key(Qt::Key_Return);
    QTRY_VERIFY(view.is_open());
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::the_viewer_opens_by_pointer_on_the_picture_that_was_pressed() {
    FilesView view(three_pictures(), 800, 1'200);
    QList<QQuickItem*> tiles;
    const auto collect = [&](auto self, QQuickItem* from) -> void {
        if (QByteArray(from->metaObject()->className()).startsWith("PictureTile")) tiles += from;
        for (QQuickItem* child : from->childItems()) self(self, child);
    };
    collect(collect, view.row(1));
    QCOMPARE(tiles.size(), 3);
    view.click(tiles[2]);
    QTRY_VERIFY(view.is_open());
    QCOMPARE(view.at(), 2);
    view.stage.key(Qt::Key_Escape);
    QTRY_VERIFY(!view.is_open());
    QVERIFY(view.list->hasActiveFocus());
    QCOMPARE(view.current(), 1);
    // One that is hidden is first shown where it is.
    view.click(tiles[1]);
    QVERIFY(!view.is_open());
    QVERIFY(!view.model->files(view.model->keyOf(1))[1].toMap()[u"covered"_s].toBool());
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::the_viewer_zooms_and_moves() {
    FilesView view(three_pictures());
    view.open_by_keyboard();
    view.wheel(120, {400, 300});
    QVERIFY(view.zoom() > 1);
    for (int i = 0; i < 40; ++i) view.wheel(120, {400, 300});
    QCOMPARE(view.zoom(), 8.0);
    const double x = view.picture()->property("contentX").toDouble();
    QVERIFY(x > 0);
    view.stage.key(Qt::Key_Right, Qt::ShiftModifier);
    QVERIFY(view.picture()->property("contentX").toDouble() > x);
    const double y = view.picture()->property("contentY").toDouble();
    view.stage.key(Qt::Key_Down);
    QVERIFY(view.picture()->property("contentY").toDouble() > y);
    QCOMPARE(view.at(), 0);
    // Dragged with the mouse.
    const double before = view.picture()->property("contentX").toDouble();
    QTest::mousePress(&view.stage.window, Qt::LeftButton, {}, {400, 300});
    for (int step = 1; step <= 10; ++step)
        QTest::mouseMove(&view.stage.window, {400 + 20 * step, 300}, 10);
    QTest::mouseRelease(&view.stage.window, Qt::LeftButton, {}, {600, 300});
    QTRY_VERIFY(view.picture()->property("contentX").toDouble() < before);
    for (int i = 0; i < 60; ++i) view.wheel(-120, {400, 300});
    QCOMPARE(view.zoom(), 1.0);
    QCOMPARE(view.picture()->property("contentX").toDouble(), 0.0);
    view.stage.key(Qt::Key_Plus);
    QVERIFY(view.zoom() > 1);
    // The next one is seen whole.
    view.stage.key(Qt::Key_Right);
    QCOMPARE(view.zoom(), 1.0);
    QTest::mouseDClick(&view.stage.window, Qt::LeftButton, {}, {300, 300});
    QTRY_COMPARE(view.zoom(), 2.0);
    view.stage.key(Qt::Key_0);
    QCOMPARE(view.zoom(), 1.0);
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::what_is_hidden_is_not_shown_by_going_past_it() {
    FilesView view(three_pictures(), 800, 1'200);
    QMetaObject::invokeMethod(view.timeline, "focusMessages");
    // The first picture is opened by itself: the second stays hidden.
    emit view.model->pictureChosen(id_text(nth(3)), u"http://127.0.0.1:9/cdn/a.png"_s);
    QTRY_VERIFY(view.is_open());
    view.stage.key(Qt::Key_Right);
    QVERIFY(view.picture()->property("covered").toBool());
    QCOMPARE(view.picture()->property("source").toString(), QString());
    const QString before = QGuiApplication::clipboard()->text();
    view.stage.key(Qt::Key_C);  // nor copied
    view.stage.key(Qt::Key_Space);
    QVERIFY(!view.picture()->property("covered").toBool());
    QVERIFY(!view.picture()->property("source").toString().isEmpty());
    view.stage.key(Qt::Key_Left);
    view.stage.key(Qt::Key_Right);
    QVERIFY(!view.picture()->property("covered").toBool());
    QVERIFY(!view.model->files(view.model->keyOf(1))[1].toMap()[u"covered"_s].toBool());
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::pictures_that_move_keep_still_where_motion_is_reduced() {
    test::ImageServer server;
    server.files[u"/cdn/a.gif"_s] = moving_gif();
    FilesView view({with_files(
        3, {file(1, u"a.gif"_s, server.url().toString() + u"/cdn/a.gif"_s, u"image/gif"_s)})});
    const auto places = std::make_shared<ImagePlaces>();
    places->set({server.url()}, false);
    view.stage.engine.removeImageProvider(u"cdn"_s);
    view.stage.engine.addImageProvider(
        u"cdn"_s, new CdnProvider(places, view.stage.scene.folder.path() + u"/images"_s));
    const auto movie = [&] { return view.picture()->findChild<QObject*>(u"movie"_s); };
    const auto is_playing = [&] { return movie() && movie()->property("playing").toBool(); };
    view.focus_row(0);
    view.stage.key(Qt::Key_Return);
    QTRY_VERIFY(view.is_open());
    QTRY_VERIFY(is_playing());
    view.stage.key(Qt::Key_Space);
    QVERIFY(!is_playing());
    view.stage.key(Qt::Key_Escape);
    QTRY_VERIFY(!view.is_open());
    view.stage.theme(u"reducedMotion"_s, true);
    view.stage.key(Qt::Key_Return);
    QTRY_VERIFY(view.is_open());
    QTRY_VERIFY(movie());
    QVERIFY(!is_playing());
    view.stage.key(Qt::Key_Space);  // one may still ask for it
    QVERIFY(is_playing());
    view.stage.theme(u"reducedMotion"_s, false);
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::a_picture_is_copied() {
    test::ImageServer server;
    server.files[u"/cdn/a.png"_s] = test::picture(30, 20);
    FilesView view({with_files(
        3, {file(1, u"a.png"_s, server.url().toString() + u"/cdn/a.png"_s, u"image/png"_s)})});
    const auto places = std::make_shared<ImagePlaces>();
    places->set({server.url()}, false);
    view.stage.engine.removeImageProvider(u"cdn"_s);
    view.stage.engine.addImageProvider(
        u"cdn"_s, new CdnProvider(places, view.stage.scene.folder.path() + u"/images"_s));
    QSignalSpy said(view.timeline, SIGNAL(noticed(QString)));
    view.focus_row(0);
    view.stage.key(Qt::Key_Return);
    QTRY_VERIFY(view.is_open());
    view.stage.key(Qt::Key_C);
    QTRY_COMPARE(said.count(), 1);
    QCOMPARE(said[0][0].toString(), u"Picture copied"_s);
    QCOMPARE(QGuiApplication::clipboard()->image().size(), QSize(30, 20));
    view.stage.key(Qt::Key_L);
    QVERIFY(QGuiApplication::clipboard()->text().endsWith(u"/cdn/a.png"_s));
    // What is not there says so.
    server.files.clear();
    view.model->copyPicture(u"image://cdn/http%3A%2F%2F127.0.0.1%3A9%2Fcdn%2Fnone.png"_s);
    QTRY_COMPARE(said.count(), 3);
    QCOMPARE(said[2][0].toString(), u"The picture could not be copied."_s);
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::a_file_is_saved_by_the_keyboard() {
    FilesView view(plain(1));
    const QString url = view.stage.scene.node.url().toString() + u"/cdn/attachments/1/2/a.txt"_s;
    view.stage.scene.script = [](const Seen& seen) {
        const bool is_file = seen.path.startsWith("/cdn/");
        return is_file ? std::optional(say(200, "bytes")) : std::nullopt;
    };
    view.stage.scene.apply(u"MESSAGE_CREATE"_s,
                           with_files(900, {file(1, u"../a\u202e.txt"_s, url, u"text/plain"_s)}));
    view.stage.theme(u"windowWidth"_s, 390);  // a phone: the place is not asked for
    QTemporaryDir folder;
    view.saver()->setFolder(folder.path());
    QSignalSpy said(view.timeline, SIGNAL(noticed(QString)));
    view.stage.settle();
    view.focus_row(0);
    view.stage.key(Qt::Key_S);
    QTRY_COMPARE(said.count(), 1);
    QVERIFY(QFile::exists(folder.filePath(u"a.txt"_s)));
    QQuickItem* line = view.stage.find(u"SaveLine"_s);
    QVERIFY(line);
    QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(line);
    QVERIFY(accessible->text(QAccessible::Name).startsWith(u"a.txt: Saved in "_s));
    view.stage.theme(u"windowWidth"_s, 1280);
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::a_file_is_saved_where_one_says() {
    FilesView view(plain(1));
    const QString url = view.stage.scene.node.url().toString() + u"/cdn/attachments/1/2/a.txt"_s;
    view.stage.scene.script = [](const Seen& seen) {
        const bool is_file = seen.path.startsWith("/cdn/");
        return is_file ? std::optional(say(200, "bytes")) : std::nullopt;
    };
    view.stage.scene.apply(u"MESSAGE_CREATE"_s,
                           with_files(900, {file(1, u"/etc/con.txt"_s, url, u"text/plain"_s)}));
    QTemporaryDir folder;
    view.saver()->setFolder(folder.path());
    view.stage.settle();
    view.focus_row(0);
    view.stage.key(Qt::Key_S);
    QObject* place = nullptr;
    QTRY_VERIFY(place = view.timeline->findChild<QObject*>(u"savePlace"_s));
    QCOMPARE(place->property("suggested").toUrl(),
             QUrl::fromLocalFile(folder.filePath(u"_con.txt"_s)));
    QMetaObject::invokeMethod(place, "dismiss");
    view.stage.settle();
    QVERIFY(view.list->hasActiveFocus());
    const QUrl chosen = QUrl::fromLocalFile(folder.filePath(u"b.txt"_s));
    view.stage.key(Qt::Key_S);
    QTRY_VERIFY(place = view.timeline->findChild<QObject*>(u"savePlace"_s));
    QMetaObject::invokeMethod(place, "chosen", Q_ARG(QUrl, chosen));
    QTRY_VERIFY(QFile::exists(folder.filePath(u"b.txt"_s)));
    // The timeline went on following though the line below it takes room.
    QVERIFY(view.model->following());
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::a_question_comes_before_a_foreign_host_is_asked() {
    FakeHttp other([](const Seen&) { return say(200, "bytes"); });
    FilesView view({with_files(
        3, {file(1, u"a.txt"_s, other.url().toString() + u"/a.txt"_s, u"text/plain"_s)})});
    view.focus_row(0);
    view.stage.key(Qt::Key_S);
    QQuickItem* yes = nullptr;
    QTRY_VERIFY(yes = view.stage.find_shown(u"GButton"_s, u"Save"_s));
    view.stage.settle();
    view.stage.key(Qt::Key_Escape);
    view.stage.settle();
    QVERIFY(view.list->hasActiveFocus());
    QVERIFY(other.seen.empty());
    QCOMPARE(view.saver()->count(), 0);
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::what_failed_stays_and_says_why() {
    FilesView view(plain(1));
    const QString url = view.stage.scene.node.url().toString() + u"/cdn/attachments/1/2/a.txt"_s;
    view.stage.scene.script = [](const Seen& seen) {
        const bool is_file = seen.path.startsWith("/cdn/");
        return is_file ? std::optional(say(404, "{}")) : std::nullopt;
    };
    view.stage.scene.apply(u"MESSAGE_CREATE"_s,
                           with_files(900, {file(1, u"a.txt"_s, url, u"text/plain"_s)}));
    QTemporaryDir folder;
    view.saver()->setFolder(folder.path());
    view.saver()->setAsksWhere(false);
    view.stage.settle();
    view.saver()->save(view.model->files(view.model->keyOf(0))[0].toMap());
    QQuickItem* line = nullptr;
    QTRY_VERIFY((line = view.stage.find(u"SaveLine"_s)) && line->property("failed").toBool());
    QCOMPARE(line->property("said").toString(), u"The file is no longer there."_s);
    QVERIFY(QDir(folder.path()).isEmpty());
    QQuickItem* dismiss = view.stage.find_named(u"Dismiss"_s);
    QVERIFY(dismiss);
    view.click(dismiss);
    QCOMPARE(view.saver()->count(), 0);
    QCOMPARE(warnings(), QStringList());
}

void TimelineFilesTest::a_menu_lists_what_can_be_saved() {
    FilesView view(three_pictures());
    view.focus_row(1);
    view.stage.key(Qt::Key_S);  // more than one: the menu
    QTRY_VERIFY(view.shown(u"Save a.png…"_s));
    QVERIFY(view.shown(u"Save b.png…"_s));
    QVERIFY(view.shown(u"Save c.png…"_s));
    view.stage.key(Qt::Key_Escape);
    view.stage.settle();
    // A message without files offers none, and its letter goes to the composer.
    QSignalSpy typed(view.timeline, SIGNAL(composerRequested(QString)));
    view.focus_row(0);
    view.stage.key(Qt::Key_Down);
    view.focus_row(0);
    view.stage.key(Qt::Key_End);
    view.stage.key(Qt::Key_S);
    QCOMPARE(typed.last()[0].toString(), u"s"_s);
    QCOMPARE(warnings(), QStringList());
}

/// Handlers below are told of what is pressed above them, unless somebody sees to it.
void TimelineFilesTest::nothing_below_is_pressed_through_the_viewer() {
    FilesView view(three_pictures(), 800, 1'200);
    QSignalSpy profile(view.timeline, SIGNAL(profileRequested(QString, QQuickItem*)));
    view.open_by_keyboard();
    view.stage.key(Qt::Key_Right);
    for (int y = 60; y < 1'190; y += 24) {
        for (int x = 4; x < 800; x += 24) {
            QTest::mouseClick(&view.stage.window, Qt::LeftButton, {}, {x, y});
            QTest::mouseDClick(&view.stage.window, Qt::LeftButton, {}, {x, y});
        }
    }
    view.stage.settle();
    QCOMPARE(view.at(), 1);
    QCOMPARE(profile.count(), 0);
    QVERIFY(view.is_open());
    QCOMPARE(warnings(), QStringList());
}

/// By the right button and by a finger that stays, on a picture and on a card; beside
/// them it is the message's.
void TimelineFilesTest::a_file_has_one_menu() {
    FilesView view(
        {with_files(3,
                    {file(1, u"a.png"_s, u"http://127.0.0.1:9/cdn/a.png"_s, u"image/png"_s),
                     file(2, u"b.txt"_s, u"http://127.0.0.1:9/cdn/b.txt"_s, u"text/plain"_s)})},
        800,
        1'200);
    const std::unique_ptr<QPointingDevice> finger(QTest::createTouchDevice());
    QGuiApplication::styleHints()->setMousePressAndHoldInterval(100);
    const auto opened = [&] {
        QStringList menus;
        for (QObject* one : view.timeline->findChildren<QObject*>()) {
            const QString type = QString::fromLatin1(one->metaObject()->className());
            const QString name = type.section(u'_', 0, 0);
            const bool is_menu = name == "MessageMenu"_L1 || name == "FileMenu"_L1;
            if (is_menu && one->property("visible").toBool()) menus += name;
        }
        return menus;
    };
    const auto middle = [](QQuickItem* item) {
        return item->mapToScene({item->width() / 2, item->height() / 2}).toPoint();
    };
    for (const auto& [type, menu] : {std::pair{u"PictureTile"_s, u"FileMenu"_s},
                                     std::pair{u"FileCard"_s, u"FileMenu"_s},
                                     std::pair{u"MessageRow"_s, u"MessageMenu"_s}}) {
        QQuickItem* part = type == "MessageRow"_L1 ? view.row(0) : view.stage.find(type);
        QVERIFY(part);
        view.click(part, Qt::RightButton);
        QTRY_COMPARE(opened(), QStringList{menu});
        view.stage.key(Qt::Key_Escape);
        QTRY_COMPARE(opened(), QStringList());
        QTest::touchEvent(&view.stage.window, finger.get()).press(0, middle(part));
        QTRY_VERIFY(!opened().isEmpty());
        view.stage.settle();  // the other handler's time is over too
        QTest::touchEvent(&view.stage.window, finger.get()).release(0, middle(part));
        QCOMPARE(opened(), QStringList{menu});
        view.stage.key(Qt::Key_Escape);
        QTRY_COMPARE(opened(), QStringList());
    }
    QGuiApplication::styleHints()->setMousePressAndHoldInterval(-1);
    QCOMPARE(warnings(), QStringList());
}

QTEST_MAIN(TimelineFilesTest)
#include "tst_timeline_files.moc"
