// Slash commands: their fields, what is offered for them, errors in plain words, how a run goes.

#include "client-qml/composer/command_text.h"
#include "tests/qml/composer/command_desk.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ComposerPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using Stage_ = CommandForm::Stage;

class CommandsTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watch_warnings(); }
    void has_a_field_for_each_option();
    void is_shown_in_every_theme_and_size();
    void goes_through_fields_by_tab_and_leaves_by_escape();
    void reads_texts_as_options_take_them();
    void says_what_is_missing_or_wrong_under_the_field();
    void picks_people_roles_channels_and_choices();
    void runs_it_and_ends_when_the_bot_has_answered();
    void asks_the_bot_what_fits();
    void nests_parts_of_commands();
    void sends_files_of_a_command();
    void takes_a_pasted_picture();
    void says_when_the_bot_does_not_answer();
    void says_why_it_was_refused_and_tries_again();
    void stops_a_run_on_escape();
    void keeps_the_draft_of_a_command();
    void bears_nonsense();
};

void CommandsTest::has_a_field_for_each_option() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    QCOMPARE(desk.form->title(), u"/weather"_s);
    QCOMPARE(desk.form->bot(), u"Sky"_s);
    QCOMPARE(desk.form->rowCount(), 10);
    const QModelIndex days = desk.form->index(desk.row(u"days"_s));
    QCOMPARE(days.data(CommandForm::NeededRole).toBool(), true);
    QCOMPARE(days.data(CommandForm::KindRole).toString(), u"Whole number"_s);
    QCOMPARE(days.data(CommandForm::HintRole).toString(), u"How many days · From 1 to 7."_s);
    QVERIFY(desk.form->index(desk.row(u"map"_s)).data(CommandForm::TakesFileRole).toBool());
    QCOMPARE(desk.text(), QString());
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::is_shown_in_every_theme_and_size() {
    for (const QString& scheme : {u"light"_s, u"dark"_s, u"contrast"_s}) {
        for (const int width : {700, 390}) {
            Desk2 desk(width);
            desk.stage.theme(u"scheme"_s, scheme);
            desk.composer->setY(desk.stage.window.height() - desk.composer->height());
            QVERIFY(desk.open(u"wea"_s));
            desk.form->run();
            desk.form->enter(desk.row(u"unit"_s));
            desk.stage.settle();
            const QString folder = qEnvironmentVariable("GUILDHALL_SHOTS");
            if (!folder.isEmpty()) {
                desk.composer->setY(desk.stage.window.height() - desk.composer->height());
                desk.stage.settle();
                desk.stage.window.grabWindow().save(
                    u"%1/command-%2-%3.png"_s.arg(folder, scheme).arg(width));
            }
            QCOMPARE(warnings(), QStringList());
            desk.stage.theme(u"scheme"_s, u"dark"_s);
        }
    }
}

void CommandsTest::goes_through_fields_by_tab_and_leaves_by_escape() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    QCOMPARE(desk.focused(), u"city, needed: Text"_s);
    desk.stage.key(Qt::Key_Tab);
    QCOMPARE(desk.focused(), u"days, needed: Whole number"_s);
    desk.stage.key(Qt::Key_Tab);
    QCOMPARE(desk.focused(), u"unit, optional: Choose one"_s);
    desk.stage.key(Qt::Key_Backtab, Qt::ShiftModifier);
    QCOMPARE(desk.focused(), u"days, needed: Whole number"_s);
    desk.stage.key(Qt::Key_Escape);
    QVERIFY(!desk.form->is_active());
    desk.stage.type(u"hello"_s);
    QCOMPARE(desk.text(), u"hello"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::reads_texts_as_options_take_them() {
    CommandOption option;
    option.type = OptionType::whole_number;
    option.least = -2;
    QCOMPARE(CommandText::read(option, u" 12 "_s).value, QJsonValue(12));
    for (const QString& bad : {u"1.5"_s, u"x"_s, u"-3"_s, u"99999999999999999999"_s}) {
        QVERIFY(CommandText::read(option, bad).value.isUndefined());
        QVERIFY(!CommandText::read(option, bad).error.isEmpty());
    }
    option.type = OptionType::number;
    option.least.reset();
    QCOMPARE(CommandText::read(option, u"1.5"_s).value, QJsonValue(1.5));
    for (const QString& bad : {u"nan"_s, u"inf"_s, u"1e999"_s, u"--1"_s})
        QVERIFY(CommandText::read(option, bad).value.isUndefined());
    option.type = OptionType::yes_or_no;
    QCOMPARE(CommandText::read(option, u"Yes"_s).value, QJsonValue(true));
    QVERIFY(CommandText::read(option, u"perhaps"_s).value.isUndefined());
    option.type = OptionType::text;
    option.shortest = 2;
    option.longest = 3;
    QVERIFY(CommandText::read(option, u"a"_s).value.isUndefined());
    QCOMPARE(CommandText::read(option, u"ab😀"_s).value, QJsonValue(u"ab😀"_s));
    QVERIFY(CommandText::read(option, u"abcd"_s).value.isUndefined());
}

void CommandsTest::says_what_is_missing_or_wrong_under_the_field() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.error(u"city"_s), u"This is needed."_s);
    QCOMPARE(desk.error(u"days"_s), u"This is needed."_s);
    QVERIFY(desk.error(u"unit"_s).isEmpty());
    desk.stage.type(u"Oslo"_s);
    QVERIFY(desk.error(u"city"_s).isEmpty());
    desk.stage.key(Qt::Key_Tab);
    desk.stage.type(u"8"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.error(u"days"_s), u"From 1 to 7."_s);
    QCOMPARE(desk.focused(), u"days, needed: Whole number"_s);
    desk.stage.key(Qt::Key_Tab);
    desk.stage.type(u"kelvin"_s);
    desk.stage.key(Qt::Key_Tab);
    QCOMPARE(desk.error(u"unit"_s), u"Choose one from the list."_s);
    QVERIFY(desk.sent(2).empty());
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::picks_people_roles_channels_and_choices() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    const auto go = [&](const QString& label) {
        while (desk.stage.window.activeFocusItem() && !desk.focused().startsWith(label))
            desk.stage.key(Qt::Key_Tab);
    };
    go(u"unit"_s);
    QTRY_COMPARE(desk.form->choices()->rowCount(), 2);
    desk.stage.key(Qt::Key_Down);
    desk.stage.key(Qt::Key_Down);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"unit"_s), u"Fahrenheit"_s);
    QCOMPARE(desk.focused(), u"wind, optional: Yes or no"_s);
    desk.stage.type(u"n"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"wind"_s), u"no"_s);
    go(u"who"_s);
    desk.stage.type(u"@ad"_s);
    QTRY_COMPARE(desk.form->choices()->rowCount(), 1);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"who"_s), u"@ada"_s);
    desk.stage.type(u"#oth"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"where"_s), u"#other"_s);
    desk.stage.type(u"Red"_s);
    desk.stage.key(Qt::Key_Tab);
    desk.stage.type(u"nobody"_s);
    desk.stage.key(Qt::Key_Tab);
    QCOMPARE(desk.error(u"other"_s), u"Choose one from the list."_s);
    desk.form->setText(desk.row(u"other"_s), u"<@11>"_s);
    desk.form->setText(desk.row(u"city"_s), u"Oslo"_s);
    desk.form->setText(desk.row(u"days"_s), u"3"_s);
    desk.form->run();
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(1));
    const QJsonArray options = Desk2::options(desk.sent(2)[0]);
    QStringList values;
    for (const QJsonValue& one : options)
        values += one["name"_L1].toString() + u'=' + one["value"_L1].toVariant().toString();
    QCOMPARE(values,
             QStringList({u"city=Oslo"_s,
                          u"days=3"_s,
                          u"unit=f"_s,
                          u"wind=false"_s,
                          u"who=12"_s,
                          u"where=2001"_s,
                          u"group=3000"_s,
                          u"other=11"_s}));
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::runs_it_and_ends_when_the_bot_has_answered() {
    Desk2 desk;
    QSignalSpy sent(desk.composer, SIGNAL(sent()));
    QVERIFY(desk.open(u"wea"_s));
    desk.stage.type(u"Oslo"_s);
    desk.stage.key(Qt::Key_Tab);
    desk.stage.type(u"3"_s);
    desk.stage.key(Qt::Key_Return);
    QVERIFY(desk.form->is_busy());
    QTRY_COMPARE(desk.form->stage(), Stage_::Waiting);
    QCOMPARE(desk.form->message(), u"Waiting for Sky"_s);
    QVERIFY(!desk.model->canSend());
    const QJsonObject body = desk.sent(2)[0];
    QCOMPARE(body["application_id"_L1].toString(), u"500"_s);
    QCOMPARE(body["guild_id"_L1].toString(), id_text(kGuild));
    QCOMPARE(body["data"_L1]["version"_L1].toString(), u"9"_s);
    desk.tell(u"INTERACTION_CREATE"_s, body);
    desk.tell(u"INTERACTION_SUCCESS"_s, parsed(R"({"nonce":"another"})"));
    QVERIFY(desk.form->is_active());
    desk.tell(u"INTERACTION_SUCCESS"_s, body);
    QVERIFY(!desk.form->is_active());
    QCOMPARE(sent.count(), 1);
    desk.stage.type(u"ok"_s);
    QCOMPARE(desk.text(), u"ok"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::asks_the_bot_what_fits() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    desk.form->setText(desk.row(u"days"_s), u"3"_s);
    desk.stage.type(u"Os"_s);
    QTRY_VERIFY(!desk.sent(4).empty() &&
                Desk2::options(desk.sent(4).back())[0]["value"_L1].toString() == u"Os"_s);
    const QJsonObject asked = desk.sent(4).back();
    QCOMPARE(Desk2::options(asked)[0]["focused"_L1].toBool(), true);
    QCOMPARE(Desk2::options(asked)[1]["value"_L1].toInt(), 3);
    const QString event = u"APPLICATION_COMMAND_AUTOCOMPLETE_RESPONSE"_s;
    QCOMPARE(desk.form->message(), u"Asking Sky what fits"_s);
    desk.tell(
        event, asked, parsed(R"({"choices":[{"name":"Oslo, Norway","value":"osl"},{"name":"\u202e",
                  "value":{}},{"name":"Osaka","value":"osa"},3]})"));
    QCOMPARE(desk.form->choices()->rowCount(), 2);
    // An answer to what was asked before changes nothing.
    desk.tell(event, asked, parsed(R"({"choices":[]})"));
    QCOMPARE(desk.form->choices()->rowCount(), 2);
    desk.stage.key(Qt::Key_Down);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.shown(u"city"_s), u"Oslo, Norway"_s);
    desk.form->run();
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(1));
    QCOMPARE(Desk2::options(desk.sent(2)[0])[0]["value"_L1].toString(), u"osl"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::nests_parts_of_commands() {
    Desk2 desk;
    QVERIFY(desk.open(u"poll v"_s));
    QCOMPARE(desk.form->title(), u"/poll vote up"_s);
    desk.stage.type(u"ye"_s);
    desk.stage.key(Qt::Key_Return);
    QCOMPARE(desk.error(u"why"_s), u"Too short: at least 3 character(s)."_s);
    desk.stage.type(u"s"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(1));
    const QJsonValue group = Desk2::options(desk.sent(2)[0])[0];
    QCOMPARE(group["name"_L1].toString(), u"vote"_s);
    QCOMPARE(group["type"_L1].toInt(), 2);
    const QJsonValue part = group["options"_L1][0];
    QCOMPARE(part["name"_L1].toString(), u"up"_s);
    QCOMPARE(part["type"_L1].toInt(), 1);
    QCOMPARE(part["options"_L1][0]["value"_L1].toString(), u"yes"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::sends_files_of_a_command() {
    Desk2 desk;
    QTemporaryDir folder;
    QFile file(folder.filePath(u"map.txt"_s));
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write("here be dragons");
    file.close();
    QVERIFY(desk.open(u"wea"_s));
    desk.form->setText(desk.row(u"city"_s), u"Oslo"_s);
    desk.form->setText(desk.row(u"days"_s), u"3"_s);
    desk.model->attach({QUrl::fromLocalFile(folder.path())});
    QVERIFY(!desk.error(u"map"_s).isEmpty());
    desk.model->attach({QUrl::fromLocalFile(file.fileName())});
    QCOMPARE(desk.shown(u"map"_s), u"map.txt"_s);
    QVERIFY(desk.error(u"map"_s).isEmpty());
    desk.form->run();
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(1));
    const QByteArray body = desk.stage.scene.node.seen.back().body;
    QVERIFY(body.contains("name=\"files[0]\""));
    QVERIFY(body.contains("here be dragons"));
    QCOMPARE(Desk2::options(desk.sent(2)[0])[2]["value"_L1].toInt(-1), 0);
    QCOMPARE(desk.model->files()->rowCount(), 0);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::takes_a_pasted_picture() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    QImage picture(3, 2, QImage::Format_RGB32);
    picture.fill(Qt::red);
    QGuiApplication::clipboard()->setImage(picture);
    for (int i = 0; i < 9; ++i) desk.stage.key(Qt::Key_Tab);
    QCOMPARE(desk.focused(), u"map: Choose a file"_s);
    desk.stage.key(Qt::Key_V, Qt::ControlModifier);
    QVERIFY(desk.shown(u"map"_s).endsWith(u".png"_s));
    QCOMPARE(desk.model->files()->rowCount(), 0);
    desk.form->removeFile(desk.row(u"map"_s));
    QCOMPARE(desk.shown(u"map"_s), QString());
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::says_when_the_bot_does_not_answer() {
    Desk2 desk;
    desk.form->set_patience(50);
    QVERIFY(desk.open(u"poll c"_s));
    desk.stage.key(Qt::Key_Return);  // the button has the keyboard where there are no fields
    if (!desk.form->is_busy()) desk.stage.key(Qt::Key_Space);
    QTRY_COMPARE(desk.form->stage(), Stage_::Unanswered);
    QCOMPARE(desk.form->message(), u"Sky did not answer."_s);
    QVERIFY(desk.stage.find_named(u"Try again"_s));
    desk.form->set_patience(10'000);
    desk.form->run();
    QTRY_COMPARE(desk.form->stage(), Stage_::Waiting);
    QCOMPARE(desk.sent(2).size(), std::size_t(2));
    desk.tell(u"INTERACTION_FAILURE"_s, desk.sent(2)[1]);
    QCOMPARE(desk.form->stage(), Stage_::Unanswered);
    desk.form->run();
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(3));
    desk.tell(u"INTERACTION_MODAL_CREATE"_s, desk.sent(2)[2]);
    QCOMPARE(desk.form->stage(), Stage_::Failed);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::says_why_it_was_refused_and_tries_again() {
    Desk2 desk;
    desk.answer = [](const Seen&) {
        return say(400, R"({"code":50035,"message":"Invalid Form Body","errors":{"data":{"options":
            {"1":{"value":{"_errors":[{"code":"X","message":"No forecast for that."}]}}}}}})");
    };
    QVERIFY(desk.open(u"wea"_s));
    desk.stage.type(u"Oslo"_s);
    desk.stage.key(Qt::Key_Tab);
    desk.stage.type(u"3"_s);
    desk.stage.key(Qt::Key_Return);
    QTRY_COMPARE(desk.form->stage(), Stage_::Failed);
    QCOMPARE(desk.error(u"days"_s), u"No forecast for that."_s);
    QCOMPARE(desk.form->message(), u"Not run: No forecast for that."_s);
    QCOMPARE(desk.focused(), u"days, needed: Whole number"_s);
    desk.answer = [](const Seen&) { return say(503, R"({"code":130000,"message":"Host away"})"); };
    desk.form->run();
    QTRY_COMPARE(desk.form->message(), u"Not run: the guild's host cannot be reached."_s);
    desk.answer = {};
    desk.form->run();
    QTRY_COMPARE(desk.form->stage(), Stage_::Waiting);
    desk.tell(u"INTERACTION_SUCCESS"_s, desk.sent(2).back());
    QVERIFY(!desk.form->is_active());
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::stops_a_run_on_escape() {
    Desk2 desk;
    desk.answer = [](const Seen&) { return silence(); };
    QVERIFY(desk.open(u"poll c"_s));
    desk.form->run();
    QTRY_COMPARE(desk.sent(2).size(), std::size_t(1));
    desk.stage.key(Qt::Key_Escape);
    QVERIFY(!desk.form->is_active());
    desk.tell(u"INTERACTION_SUCCESS"_s, desk.sent(2)[0]);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::keeps_the_draft_of_a_command() {
    Desk2 desk;
    QVERIFY(desk.open(u"wea"_s));
    desk.stage.type(u"New York"_s);
    desk.form->setText(desk.row(u"who"_s), u"@ada"_s);
    desk.form->left(desk.row(u"who"_s));
    desk.composer->setProperty("channelId", id_text(kOther));
    QVERIFY(!desk.form->is_active());
    QCOMPARE(desk.text(), QString());
    desk.composer->setProperty("channelId", id_text(kChannel));
    QVERIFY(desk.form->is_active());
    QCOMPARE(desk.shown(u"city"_s), u"New York"_s);
    QCOMPARE(desk.shown(u"who"_s), u"@ada"_s);
    desk.form->leave();
    // What is pasted or written to its end is a command too.
    desk.write(u"/poll vote up why: yes"_s);
    QVERIFY(desk.form->is_active());
    QCOMPARE(desk.shown(u"why"_s), u"yes"_s);
    QCOMPARE(warnings(), QStringList());
}

void CommandsTest::bears_nonsense() {
    CommandBook book;
    QJsonArray deep;
    for (int i = 0; i < 2'000; ++i)
        deep.append(QJsonObject{{u"id"_s, QString::number(i + 1)},
                                {u"application_id"_s, u"5"_s},
                                {u"name"_s, u"x"_s},
                                {u"options"_s, QJsonArray{7, u"a"_s, QJsonObject()}}});
    book.take({{u"application_commands"_s, deep}, {u"applications"_s, 7}});
    QVERIFY(book.commands().size() <= 500);
    QCOMPARE(book.find(u"/x"_s)->options.size(), std::size_t(0));
    QVERIFY(!book.find(u"x"_s));
    book.take({{u"application_commands"_s, u"no"_s}});
    QVERIFY(book.commands().empty());
}

QTEST_MAIN(CommandsTest)
#include "tst_commands.moc"
