// Slash commands: what is kept of one that was begun, and what is never taken for another.

#include "tests/qml/composer/command_desk.h"

#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ComposerPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using Stage_ = CommandForm::Stage;

class CommandsKeptTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watch_warnings(); }
    void does_not_bring_back_what_was_delivered();
    void says_when_a_command_that_was_left_is_refused();
    void takes_only_exact_names();
    void keeps_the_chosen_person_when_more_are_found();
    void takes_no_text_along_that_stands_behind();
    void is_rid_of_a_command_by_escape();
    void keeps_a_half_filled_command_over_an_edit();
};

void CommandsKeptTest::does_not_bring_back_what_was_delivered() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    desk.fill_in();
    desk.go_and_come_back();
    QVERIFY(desk.form->is_active());
    desk.form->run();
    QTRY_COMPARE(desk.form->stage(), Stage_::Waiting);
    QCOMPARE(desk.draft(), QString());
    desk.go_and_come_back();
    QVERIFY(!desk.form->is_active());
    QCOMPARE(desk.text(), QString());
    // Neither does one that is left before the node said that it has it.
    desk.write(u"/weather city: Oslo days: 3"_s);
    QVERIFY(desk.form->is_active());
    desk.form->run();
    QCOMPARE(desk.form->stage(), Stage_::Sending);
    desk.go_and_come_back();
    QVERIFY(!desk.form->is_active());
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(2));
    QCOMPARE(desk.draft(), QString());
    QCOMPARE(warnings(), QStringList());
}

void CommandsKeptTest::says_when_a_command_that_was_left_is_refused() {
    Desk2 desk;
    desk.answer = [](const Seen&) { return say(400, R"({"code":1,"message":"No."})"); };
    QSignalSpy noticed(desk.composer, SIGNAL(noticed(QString)));
    QVERIFY(desk.open(u"wea"_s));
    desk.fill_in();
    desk.form->run();
    QCOMPARE(desk.form->stage(), Stage_::Sending);
    desk.composer->setProperty("channelId", id_text(kOther));
    QTRY_COMPARE(noticed.count(), 1);
    QVERIFY(noticed[0][0].toString().startsWith(u"/weather was not run"_s));
    QCOMPARE(desk.draft(), u"/weather city: Oslo days: 3 "_s);
    desk.composer->setProperty("channelId", id_text(kChannel));
    QCOMPARE(desk.shown(u"city"_s), u"Oslo"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsKeptTest::takes_only_exact_names() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    const auto leave = [&](const QString& label, const QString& text) {
        desk.form->setText(desk.row(label), text);
        desk.form->left(desk.row(label));
        return desk.shown(label);
    };
    // Another Ad may be meant, whom this device was not told of.
    QCOMPARE(leave(u"who"_s, u"ad"_s), u"ad"_s);
    QVERIFY(!desk.error(u"who"_s).isEmpty());
    QCOMPARE(leave(u"group"_s, u"Re"_s), u"Re"_s);
    QCOMPARE(leave(u"where"_s, u"oth"_s), u"oth"_s);
    QCOMPARE(leave(u"other"_s, u"ad"_s), u"ad"_s);
    desk.fill_in();
    desk.form->run();
    QVERIFY(!desk.form->is_busy());
    desk.stage.settle();
    QCOMPARE(desk.focused(), u"who, optional: Person"_s);
    QCOMPARE(desk.form->choices()->shown(0), u"@ada"_s);
    QCOMPARE(leave(u"who"_s, u"ADA"_s), u"@ada"_s);
    QCOMPARE(leave(u"group"_s, u"red"_s), u"@Red"_s);
    QCOMPARE(leave(u"where"_s, u"#other"_s), u"#other"_s);
    QVERIFY(desk.sent(2).empty());
    QCOMPARE(warnings(), QStringList());
}

void CommandsKeptTest::keeps_the_chosen_person_when_more_are_found() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    desk.tab_to(u"who"_s);
    desk.stage.type(u"a"_s);
    desk.find_member(71, u"aaron"_s);
    QTRY_COMPARE(desk.form->choices()->rowCount(), 2);
    const QString second = desk.form->choices()->shown(1);
    desk.stage.key(Qt::Key_Down);
    desk.find_member(72, u"aabel"_s);
    desk.find_member(73, u"zoe"_s);
    QCOMPARE(desk.form->choices()->rowCount(), 3);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"who"_s), second);
    // The first one that is found is the chosen one, as always.
    desk.tab_to(u"other"_s);
    desk.stage.type(u"qu"_s);
    QCOMPARE(desk.form->choices()->rowCount(), 0);
    desk.find_member(74, u"quinn"_s);
    QCOMPARE(desk.form->choices()->rowCount(), 1);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"other"_s), u"@quinn"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsKeptTest::takes_no_text_along_that_stands_behind() {
    Desk2 desk;
    desk.model->commands()->load(&desk.stage.scene.account, kGuild, kChannel);
    auto* words = desk.composer->findChild<CompletionModel*>();
    desk.write(u" and a whole paragraph"_s);
    desk.stage.find(u"QQuickTextArea"_s)->setProperty("cursorPosition", 0);
    desk.stage.type(u"/wea"_s);
    desk.stage.settle();
    QCOMPARE(words->rowCount(), 0);
    QCOMPARE(desk.text(), u"/wea and a whole paragraph"_s);
    // A command that takes nothing takes nothing of what is pasted with it.
    desk.model->setText(u"/poll close the window"_s);
    QVERIFY(!desk.form->is_active());
    QCOMPARE(desk.model->text(), u"/poll close the window"_s);
}

void CommandsKeptTest::is_rid_of_a_command_by_escape() {
    Desk2 desk;
    for (const bool by_key : {true, false}) {
        QVERIFY(desk.open(u"wea"_s));
        desk.stage.type(u"New York"_s);
        desk.go_and_come_back();
        QVERIFY(desk.form->is_active());
        QMetaObject::invokeMethod(desk.composer, "focusText", Q_ARG(QString, QString()));
        if (by_key)
            desk.stage.key(Qt::Key_Escape);
        else
            QMetaObject::invokeMethod(desk.stage.find_named(u"Leave the command"_s), "clicked");
        QVERIFY(!desk.form->is_active());
        QCOMPARE(desk.draft(), QString());
        desk.go_and_come_back();
        QVERIFY(!desk.form->is_active());
    }
    QCOMPARE(warnings(), QStringList());
}

void CommandsKeptTest::keeps_a_half_filled_command_over_an_edit() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    desk.form->setText(desk.row(u"city"_s), u"Oslo"_s);
    desk.model->edit(id_text(nth(1)), u"old"_s);
    QCOMPARE(desk.text(), u"old"_s);
    QCOMPARE(desk.draft(), u"/weather city: Oslo "_s);
    desk.go_and_come_back();
    QCOMPARE(desk.text(), u"old"_s);
    desk.model->cancel();
    QVERIFY(desk.form->is_active());
    QCOMPARE(desk.shown(u"city"_s), u"Oslo"_s);
    QCOMPARE(warnings(), QStringList());
}

QTEST_MAIN(CommandsKeptTest)
#include "tst_commands_kept.moc"
