// Where people write: drafts, replies, edits, files, what is sent and what is not, the keyboard.

#include "client-qml/composer/completion_model.h"
#include "client-qml/core/text/emoji.h"
#include "tests/qml/composer/desk.h"

#include <QClipboard>
#include <QDropEvent>
#include <QGuiApplication>
#include <QMimeData>
#include <QSignalSpy>
#include <QTemporaryFile>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ComposerPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;

class ComposerTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watch_warnings(); }
    void is_shown_in_every_theme_without_a_warning();
    void sends_on_enter_and_breaks_lines_on_shift_enter();
    void keeps_a_draft_for_each_channel();
    void keeps_what_was_begun_in_a_channel();
    void keeps_what_is_typed_while_a_change_is_saved();
    void sends_emoji_for_their_names();
    void is_left_by_tab();
    void tells_two_people_of_one_name_apart();
    void attaches_what_the_dialog_chose();
    void asks_for_the_last_message_on_arrow_up();
    void changes_a_message_and_can_leave_it();
    void replies_with_or_without_a_ping();
    void says_why_one_cannot_write();
    void refuses_what_is_too_long();
    void waits_in_slow_mode();
    void takes_files_and_refuses_what_it_cannot_read();
    void sends_codes_for_the_names_that_it_shows();
    void tells_that_somebody_types_at_most_every_eight_seconds();
    void bears_a_huge_paste();
    void completes_names_channels_and_emoji();
    void keeps_the_chosen_row_when_more_people_are_found();
    void picks_an_emoji_by_keyboard();
    void takes_pictures_and_files_from_the_clipboard();
    void takes_what_is_dropped_on_the_window();
    void says_that_what_is_written_waits_for_the_host();
};

void ComposerTest::is_shown_in_every_theme_without_a_warning() {
    for (const QString& scheme : {u"light"_s, u"dark"_s, u"contrast"_s}) {
        for (const int width : {700, 390}) {
            Desk desk(width);
            QVERIFY(desk.composer);
            desk.stage.theme(u"scheme"_s, scheme);
            desk.stage.theme(u"windowWidth"_s, width);
            desk.model->reply(id_text(nth(1)), u"ada"_s, u"hello"_s);
            const QString folder = qEnvironmentVariable("GUILDHALL_SHOTS");
            desk.stage.settle();
            if (!folder.isEmpty()) {
                desk.stage.window.grabWindow().save(
                    u"%1/composer-%2-%3.png"_s.arg(folder, scheme).arg(width));
            }
            QCOMPARE(warnings(), QStringList());
        }
    }
    Desk desk;
    desk.stage.theme(u"windowWidth"_s, 1280);
    desk.stage.theme(u"scheme"_s, u"dark"_s);
}

void ComposerTest::sends_on_enter_and_breaks_lines_on_shift_enter() {
    Desk desk;
    QSignalSpy sent(desk.composer, SIGNAL(sent()));
    desk.stage.type(u"one"_s);
    desk.stage.key(Qt::Key_Return, Qt::ShiftModifier);
    desk.stage.type(u"two"_s);
    QCOMPARE(desk.text(), u"one\ntwo"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.text(), QString());
    QCOMPARE(sent.count(), 1);
    QTRY_COMPARE(desk.posted(), QStringList(u"one\ntwo"_s));
    desk.stage.type(u"   "_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(sent.count(), 1);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::keeps_a_draft_for_each_channel() {
    Desk desk;
    desk.stage.type(u"for general"_s);
    desk.composer->setProperty("channelId", id_text(kOther));
    QCOMPARE(desk.text(), QString());
    desk.stage.type(u"for other"_s);
    desk.composer->setProperty("channelId", id_text(kChannel));
    QCOMPARE(desk.text(), u"for general"_s);
    QCOMPARE(desk.stage.scene.account.cache().draft(kOther), u"for other"_s);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::keeps_what_was_begun_in_a_channel() {
    Desk desk;
    const auto go = [&](Snowflake channel) {
        desk.composer->setProperty("channelId", id_text(channel));
    };
    QTemporaryFile file;
    QVERIFY(file.open());
    desk.model->files()->add({QUrl::fromLocalFile(file.fileName())});
    desk.model->files()->describe(0, u"a note"_s);
    desk.model->reply(id_text(nth(1)), u"ada"_s, u"hello"_s);
    go(kOther);
    QCOMPARE(desk.model->files()->rowCount(), 0);
    QCOMPARE(desk.model->replyId(), QString());
    desk.model->edit(id_text(nth(2)), u"hello <@12>"_s);
    desk.stage.type(u" again"_s);
    go(kChannel);
    QCOMPARE(desk.model->editId(), QString());
    QCOMPARE(desk.model->replyAuthor(), u"ada"_s);
    QCOMPARE(desk.model->files()->index(0, 0).data(AttachmentList::DescriptionRole), u"a note"_s);
    go(kOther);
    QCOMPARE(desk.model->editId(), id_text(nth(2)));
    QCOMPARE(desk.text(), u"hello @ada again"_s);
    desk.stage.key(Qt::Key_Escape);
    QCOMPARE(desk.text(), QString());
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::keeps_what_is_typed_while_a_change_is_saved() {
    Desk desk;
    desk.model->edit(id_text(nth(1)), u"hello"_s);
    desk.stage.type(u"!"_s);
    desk.model->send();
    desk.write(u" and more"_s);
    QVERIFY(desk.model->busy());
    QTRY_VERIFY(!desk.model->busy());
    QCOMPARE(desk.text(), u"hello! and more"_s);
    QCOMPARE(desk.model->editId(), id_text(nth(1)));
    // An answer to the first leaves the second alone.
    const std::size_t before = desk.stage.scene.node.seen.size();
    desk.model->send();
    desk.model->edit(id_text(nth(2)), u"second"_s);
    QVERIFY(!desk.model->busy());
    QTRY_VERIFY(desk.stage.scene.node.seen.size() > before);
    desk.stage.settle();
    QCOMPARE(desk.model->editId(), id_text(nth(2)));
    QCOMPARE(desk.text(), u"second"_s);
    QVERIFY(desk.model->canSend());
}

void ComposerTest::sends_emoji_for_their_names() {
    Desk desk;
    desk.write(u"well :tada: `:tada:` at 10:20:30"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.posted(), QStringList(u"well 🎉 `:tada:` at 10:20:30"_s));
}

void ComposerTest::tells_two_people_of_one_name_apart() {
    Desk desk;
    QCOMPARE(desk.model->remember(u"@sam"_s, u"<@21>"_s), u"@sam"_s);
    QCOMPARE(desk.model->remember(u"@sam"_s, u"<@22>"_s), u"@sam~1"_s);
    QCOMPARE(desk.model->remember(u"@sam"_s, u"<@21>"_s), u"@sam"_s);
    QCOMPARE(desk.model->remember(u":wave:"_s, u"<:wave:31>"_s), u":wave:"_s);
    QCOMPARE(desk.model->remember(u":wave:"_s, u"<:wave:32>"_s), u":wave~1:"_s);
    desk.write(u"@sam @sam~1 :wave: :wave~1:"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.posted(), QStringList(u"<@21> <@22> <:wave:31> <:wave:32>"_s));
}

void ComposerTest::attaches_what_the_dialog_chose() {
    Desk desk;
    QTemporaryDir folder;
    QFile file(folder.filePath(u"note.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    file.close();
    for (int time = 1; time <= 2; ++time) {
        QMetaObject::invokeMethod(desk.composer, "askFiles");
        auto* dialog = desk.composer->findChild<QObject*>(u"attachDialog"_s);
        QVERIFY(dialog);
        QTRY_VERIFY(dialog->property("visible").toBool());
        dialog->setProperty("currentFolder", QUrl::fromLocalFile(folder.path()));
        // The list of files is filled by a thread: the first key that finds it chooses.
        const auto chosen = [&] {
            desk.stage.key(Qt::Key_Down);
            desk.stage.key(Qt::Key_Return);
            return desk.model->files()->rowCount() == time;
        };
        QTRY_VERIFY(chosen());
        QTRY_VERIFY(!dialog->property("visible").toBool());
    }
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::is_left_by_tab() {
    Desk desk;
    desk.stage.type(u"x"_s);
    desk.stage.key(Qt::Key_Tab);
    QCOMPARE(desk.text(), u"x"_s);
    QVERIFY(desk.stage.window.activeFocusItem());
    QVERIFY(!desk.stage.find(u"QQuickTextArea"_s)->hasActiveFocus());
}

void ComposerTest::asks_for_the_last_message_on_arrow_up() {
    Desk desk;
    QSignalSpy asked(desk.composer, SIGNAL(editLastRequested()));
    desk.stage.key(Qt::Key_Up);
    QCOMPARE(asked.count(), 1);
    desk.stage.type(u"x"_s);
    desk.stage.key(Qt::Key_Up);
    QCOMPARE(asked.count(), 1);
}

void ComposerTest::changes_a_message_and_can_leave_it() {
    Desk desk;
    desk.stage.type(u"draft"_s);
    desk.model->edit(id_text(nth(1)), u"hello <@12>"_s);
    QCOMPARE(desk.text(), u"hello @ada"_s);
    desk.stage.key(Qt::Key_Escape);
    QCOMPARE(desk.text(), u"draft"_s);
    desk.model->edit(id_text(nth(1)), u"hello <@12>"_s);
    desk.stage.type(u"!"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.model->editId(), QString());
    const Seen& seen = desk.stage.scene.node.seen.back();
    QCOMPARE(seen.method, QByteArray("PATCH"));
    QCOMPARE(QJsonDocument::fromJson(seen.body)["content"_L1].toString(), u"hello <@12>!"_s);
    QCOMPARE(desk.text(), u"draft"_s);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::replies_with_or_without_a_ping() {
    Desk desk;
    desk.model->reply(id_text(nth(1)), u"ada"_s, u"hello"_s);
    desk.model->setPings(false);
    desk.stage.type(u"yes"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.posted().size(), 1);
    const QJsonDocument body = QJsonDocument::fromJson(desk.stage.scene.node.seen.back().body);
    QCOMPARE(body["message_reference"_L1]["message_id"_L1].toString(), id_text(nth(1)));
    QCOMPARE(body["allowed_mentions"_L1]["replied_user"_L1].toBool(true), false);
    QCOMPARE(desk.model->replyId(), QString());
}

void ComposerTest::says_why_one_cannot_write() {
    Desk desk;
    QVERIFY(desk.model->reason().isEmpty());
    desk.stage.scene.apply(u"GUILD_ROLE_UPDATE"_s,
                           {{u"guild_id"_s, id_text(kGuild)},
                            {u"role"_s,
                             QJsonObject{{u"id"_s, id_text(kGuild)},
                                         {u"name"_s, u"@everyone"_s},
                                         {u"permissions"_s, u"66560"_s}}}});
    desk.stage.settle();
    QVERIFY(!desk.model->reason().isEmpty());
    QVERIFY(!desk.model->mayAttach());
    desk.model->setText(u"x"_s);
    QVERIFY(!desk.model->canSend());
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::refuses_what_is_too_long() {
    Desk desk;
    desk.write(QString(2'001, u'x'));
    QCOMPARE(desk.model->left(), -1);
    desk.stage.key(Qt::Key_Return);
    desk.stage.settle();
    QCOMPARE(desk.posted(), QStringList());
    desk.stage.key(Qt::Key_Backspace);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.posted().size(), 1);
}

void ComposerTest::waits_in_slow_mode() {
    Desk desk;
    desk.stage.scene.apply(u"GUILD_ROLE_UPDATE"_s,
                           {{u"guild_id"_s, id_text(kGuild)},
                            {u"role"_s,
                             QJsonObject{{u"id"_s, id_text(kGuild)},
                                         {u"name"_s, u"@everyone"_s},
                                         {u"permissions"_s, u"68608"_s}}}});
    desk.stage.scene.apply(u"CHANNEL_UPDATE"_s,
                           {{u"id"_s, id_text(kChannel)},
                            {u"guild_id"_s, id_text(kGuild)},
                            {u"type"_s, 0},
                            {u"name"_s, u"general"_s},
                            {u"rate_limit_per_user"_s, 30}});
    desk.stage.type(u"one"_s);
    desk.stage.key(Qt::Key_Return);
    desk.stage.type(u"two"_s);
    QVERIFY(desk.model->slowLeft() > 0);
    QVERIFY(!desk.model->canSend());
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::takes_files_and_refuses_what_it_cannot_read() {
    Desk desk;
    QSignalSpy noticed(desk.composer, SIGNAL(noticed(QString)));
    QTemporaryDir folder;
    QFile file(folder.filePath(u"note.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("hello");
    file.close();
    desk.model->files()->add({QUrl::fromLocalFile(file.fileName()),
                              QUrl::fromLocalFile(folder.path()),
                              QUrl(u"https://example.org/x"_s)});
    desk.stage.settle();
    QCOMPARE(desk.model->files()->rowCount(), 1);
    QCOMPARE(noticed.count(), 2);
    desk.model->files()->setSpoiler(0, true);
    desk.model->files()->describe(0, u"a note"_s);
    desk.stage.key(Qt::Key_Return);
    const auto posted = [&] {
        QByteArray all;
        for (const Seen& one : desk.stage.scene.node.seen) all += one.body;
        return all;
    };
    QTRY_VERIFY(posted().contains("SPOILER_note.txt"));
    QVERIFY(posted().contains("a note"));
    QCOMPARE(desk.model->files()->rowCount(), 0);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::sends_codes_for_the_names_that_it_shows() {
    MentionBook book;
    book.add(u"@Ada"_s, u"<@1>"_s);
    book.add(u"@Ada Lovelace"_s, u"<@2>"_s);
    book.add(u":party:"_s, u"<:party:7>"_s);
    QCOMPARE(book.to_codes(u"@Ada Lovelace and @Ada, not @Adam nor x@Ada :party::party:"_s),
             u"<@2> and <@1>, not @Adam nor x@Ada <:party:7><:party:7>"_s);
    Desk desk;
    desk.model->remember(u"@ada"_s, u"<@12>"_s);
    desk.write(u"hi @ada"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.posted(), QStringList(u"hi <@12>"_s));
}

void ComposerTest::tells_that_somebody_types_at_most_every_eight_seconds() {
    Desk desk;
    desk.stage.type(u"hello there"_s);
    desk.stage.settle();
    const auto count = std::ranges::count_if(
        desk.stage.scene.node.seen, [](const Seen& one) { return one.path.endsWith("/typing"); });
    QCOMPARE(count, 1);
}

void ComposerTest::bears_a_huge_paste() {
    Desk desk;
    QSignalSpy noticed(desk.composer, SIGNAL(noticed(QString)));
    desk.write(QString(300'000, u'y'));
    desk.stage.settle();
    QVERIFY(desk.text().size() <= ComposerModel::kTextMax);
    QCOMPARE(noticed.count(), 1);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::completes_names_channels_and_emoji() {
    Desk desk;
    CompletionModel* words = desk.composer->findChild<CompletionModel*>();
    QVERIFY(words);
    desk.stage.type(u"hi @ad"_s);
    QTRY_VERIFY(words->rowCount() > 0);
    QCOMPARE(words->shown(0), u"@ada"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.text(), u"hi @ada "_s);
    desk.stage.type(u"in #oth"_s);
    QTRY_COMPARE(words->rowCount(), 1);
    desk.stage.key(Qt::Key_Tab);
    desk.stage.type(u":thumbsu"_s);
    QTRY_VERIFY(words->rowCount() > 0);
    desk.stage.key(Qt::Key_Return);
    desk.stage.type(u"x@ada"_s);
    desk.stage.settle();
    QCOMPARE(words->rowCount(), 0);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.posted(), QStringList(u"hi <@12> in <#2001> 👍 x@ada"_s));
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::keeps_the_chosen_row_when_more_people_are_found() {
    Desk desk;
    auto* words = desk.composer->findChild<CompletionModel*>();
    desk.stage.type(u"@a"_s);
    QTRY_COMPARE(words->rowCount(), 1);
    QSignalSpy reset(words, &QAbstractItemModel::modelReset);
    Snowflake id = kGuild + 5;
    const auto chunk = [&](Snowflake guild, const QString& name) {
        const QJsonObject member{{u"user"_s, user_json(++id, name)}, {u"roles"_s, QJsonArray()}};
        desk.stage.scene.apply(
            u"GUILD_MEMBERS_CHUNK"_s,
            {{u"guild_id"_s, id_text(guild)}, {u"members"_s, QJsonArray{member}}});
    };
    chunk(kGuild, u"aaron"_s);
    QCOMPARE(words->rowCount(), 2);
    QCOMPARE(words->shown(0), u"@ada"_s);
    QCOMPARE(words->shown(1), u"@aaron"_s);
    chunk(kGuild + 1, u"abel"_s);
    QCOMPARE(words->rowCount(), 2);
    desk.stage.key(Qt::Key_Down);
    chunk(kGuild, u"aabel"_s);
    desk.stage.settle();
    QCOMPARE(words->rowCount(), 3);
    QCOMPARE(reset.count(), 0);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.text(), u"@aaron "_s);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::picks_an_emoji_by_keyboard() {
    Desk desk;
    QVERIFY(text::unicode_emoji().size() > 1'500);
    QQuickItem* smile = desk.stage.find_named(u"Emoji"_s);
    QVERIFY(smile);
    const QPointF middle = smile->mapToScene(QPointF(smile->width() / 2, smile->height() / 2));
    QTest::mouseClick(&desk.stage.window, Qt::LeftButton, {}, middle.toPoint());
    desk.stage.settle();
    desk.stage.type(u"tada"_s);
    desk.stage.settle();
    desk.stage.key(Qt::Key_Return);
    desk.stage.settle();
    QCOMPARE(desk.text(), u"🎉"_s);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::takes_pictures_and_files_from_the_clipboard() {
    Desk desk;
    QTemporaryDir folder;
    QList<QUrl> many;
    for (int i = 0; i < AttachmentList::kFilesMax + 2; ++i) {
        QFile file(folder.filePath(u"%1.txt"_s.arg(i)));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
        many += QUrl::fromLocalFile(file.fileName());
    }
    AttachmentList* files = desk.model->files();
    QImage picture(30, 20, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QMimeData one;
    one.setImageData(picture);
    QVERIFY(desk.model->paste(one));
    QCOMPARE(files->rowCount(), 1);
    const QUrl kept = files->index(0).data(AttachmentList::PictureRole).toUrl();
    QCOMPARE(QImage(kept.toLocalFile()).size(), picture.size());
    // With all else of the account, so that it goes with it.
    QVERIFY(kept.toLocalFile().startsWith(desk.stage.scene.account.folder() + u"/pasted/"_s));
    // Office programs offer a picture of every text, browsers the address of a picture.
    one.setText(u"words"_s);
    QVERIFY(!desk.model->paste(one));
    QMimeData address;
    address.setUrls({QUrl(u"https://example.org/x.png"_s)});
    QVERIFY(!desk.model->paste(address));
    QMimeData empty;
    empty.setImageData(QImage());
    QVERIFY(!desk.model->paste(empty));
    QSignalSpy noticed(desk.composer, SIGNAL(noticed(QString)));
    QMimeData list;
    list.setUrls(many);
    QVERIFY(desk.model->paste(list));
    QCOMPARE(files->rowCount(), AttachmentList::kFilesMax);
    QCOMPARE(noticed.count(), 1);
    // By the keyboard, from the clipboard itself.
    while (files->rowCount() > 0) files->remove(0);
    QVERIFY(!QFile::exists(kept.toLocalFile()));         // only here: taken off, it is gone
    QVERIFY(QFile::exists(many.front().toLocalFile()));  // somebody's own
    QGuiApplication::clipboard()->setImage(picture);
    desk.stage.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(files->rowCount(), 1);
    QGuiApplication::clipboard()->setText(u"only words"_s);
    desk.stage.key(Qt::Key_V, Qt::ControlModifier);
    QCOMPARE(desk.text(), u"only words"_s);
    QCOMPARE(files->rowCount(), 1);
    desk.stage.settle();
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::takes_what_is_dropped_on_the_window() {
    Desk desk;
    QQmlComponent component(&desk.stage.engine);
    component.setData("import Guildhall.Composer\nDropZone { }", QUrl(u"qrc:/zone.qml"_s));
    const std::unique_ptr<QObject> zone(component.createWithInitialProperties(
        {{u"composer"_s, QVariant::fromValue(desk.composer)},
         {u"parent"_s, QVariant::fromValue(desk.stage.window.contentItem())},
         {u"width"_s, 700},
         {u"height"_s, 400}}));
    QVERIFY2(zone, qPrintable(component.errorString()));
    QTemporaryDir folder;
    QFile file(folder.filePath(u"note.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly) && file.write("x") == 1);
    file.close();
    QMimeData data;
    data.setUrls({QUrl::fromLocalFile(file.fileName())});
    const auto drop = [&] {
        QDragEnterEvent enter({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&desk.stage.window, &enter);
        const bool shown = zone->property("containsDrag").toBool();
        QDropEvent dropped({10, 10}, Qt::CopyAction, &data, Qt::LeftButton, {});
        QCoreApplication::sendEvent(&desk.stage.window, &dropped);
        desk.stage.settle();
        return shown;
    };
    QVERIFY(drop());
    QCOMPARE(desk.model->files()->rowCount(), 1);
    QVERIFY(!zone->property("containsDrag").toBool());
    QSignalSpy noticed(desk.composer, SIGNAL(noticed(QString)));
    desk.model->edit(id_text(nth(1)), u"hello"_s);
    QVERIFY(drop());
    QCOMPARE(noticed.count(), 1);
    desk.model->cancel();
    QMimeData words;
    words.setText(u"no file"_s);
    QDragEnterEvent enter({10, 10}, Qt::CopyAction, &words, Qt::LeftButton, {});
    QCoreApplication::sendEvent(&desk.stage.window, &enter);
    QVERIFY(!zone->property("containsDrag").toBool());
    QCOMPARE(desk.model->files()->rowCount(), 1);
    QCOMPARE(warnings(), QStringList());
}

void ComposerTest::says_that_what_is_written_waits_for_the_host() {
    Desk desk;
    bool away = true;
    desk.stage.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!away || !seen.path.endsWith("/messages")) return std::nullopt;
        return say(503, R"({"code":130000,"message":"away"})");
    };
    QVERIFY(desk.model->hostText().isEmpty());
    desk.composer->setProperty("hostAway", u"one.example"_s);
    QCOMPARE(desk.model->hostText(),
             u"Read-only: host away. What you write waits here and is sent when one.example is "
             u"back."_s);
    QQuickItem* line = desk.stage.find(u"HostAwayLine"_s);
    QVERIFY(line && line->isVisible() && line->height() > 0);
    desk.stage.type(u"later"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.text(), QString());
    const Outbox& outbox = desk.stage.scene.account.outbox();
    QTRY_VERIFY(outbox.items(kChannel).size() == 1 && outbox.items(kChannel)[0].host_away);
    // The outbox may hear of it before anybody else does.
    desk.composer->setProperty("hostAway", QString());
    QVERIFY(desk.model->hostText().contains(u"when the host is back"_s));
    away = false;
    desk.stage.scene.account.outbox().resume();
    QTRY_COMPARE(desk.posted().last(), u"later"_s);
    QTRY_VERIFY(desk.model->hostText().isEmpty());
    QTRY_VERIFY(!line->isVisible());
    QCOMPARE(warnings(), QStringList());
}

QTEST_MAIN(ComposerTest)
#include "tst_composer.moc"
