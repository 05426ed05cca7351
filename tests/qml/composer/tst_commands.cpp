// Slash commands: their fields, what is offered for them, errors in plain words, how a run goes.

#include "client-qml/composer/command_text.h"
#include "client-qml/composer/completion_model.h"
#include "tests/qml/composer/desk.h"

#include <QAbstractItemModelTester>
#include <QAccessible>
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

namespace {

QJsonObject parsed(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }

/// Two bots; "/weather" has a field of each kind, "/poll close" and "/poll vote up" are parts.
QJsonObject index() {
    return parsed(R"({"applications":[{"id":"500","name":"Sky"}],"application_commands":[7,{},
      {"id":"501","application_id":"500","version":"9","name":"weather","type":1,
       "description":"Tells the weather","options":[
        {"type":3,"name":"city","description":"Where","required":true,"autocomplete":true},
        {"type":4,"name":"days","description":"How many days","required":true,
         "min_value":1,"max_value":7},
        {"type":3,"name":"unit","description":"Of heat","choices":[
         {"name":"Celsius","value":"c"},{"name":"Fahrenheit","value":"f"},{"name":9}]},
        {"type":5,"name":"wind","description":"With the wind"},
        {"type":10,"name":"height","description":"In metres"},
        {"type":6,"name":"who","description":"For whom"},
        {"type":7,"name":"where","description":"To tell it in","channel_types":[0]},
        {"type":8,"name":"group","description":"To be told"},
        {"type":9,"name":"other","description":"Somebody"},
        {"type":11,"name":"map","description":"A picture"}]},
      {"id":"502","application_id":"500","name":"poll","description":"Asks all","options":[
        {"type":1,"name":"close","description":"Ends it"},
        {"type":2,"name":"vote","description":"Votes","options":[
         {"type":1,"name":"up","description":"For it","options":[
          {"type":3,"name":"why","description":"The reason","min_length":3,"max_length":5}]}]}]},
      {"id":"503","application_id":"500","name":"Look","type":2},
      {"id":"504","application_id":"500","name":"capital","description":"Of a country",
       "name_localizations":{"en":"hauptstadt","en-US":"hauptstadt"},"options":[
        {"type":3,"name":"country","description":"Which"}]},
      {"id":"505","application_id":"500","name":"distance","description":"Between two",
       "name_localizations":{"en":"far","en-US":"far"},"options":[
        {"type":3,"name":"from","description":"Where it begins"}]}]})");
}

struct Desk2 : Desk {
    explicit Desk2(int width = 700) : Desk(width) {
        stage.scene.script = [this](const Seen& seen) -> std::optional<Said> {
            if (seen.path.contains("application-command-index"))
                return say(200, QJsonDocument(book).toJson());
            if (seen.path.endsWith("/interactions") && answer) return answer(seen);
            return std::nullopt;
        };
        form = model->form();
        tester = std::make_unique<QAbstractItemModelTester>(
            form, QAbstractItemModelTester::FailureReportingMode::QtTest);
        if (width < 700) stage.theme(u"windowWidth"_s, width);
    }
    ~Desk2() { stage.theme(u"windowWidth"_s, 1280); }

    /// By the keyboard, as people do.
    bool open(const QString& name) {
        stage.type(u"/"_s);
        const auto known = [this] { return !model->commands()->commands().empty(); };
        if (!QTest::qWaitFor(known)) return false;
        stage.type(name);
        const bool offered = QTest::qWaitFor([this] { return words()->rowCount() > 0; });
        stage.key(Qt::Key_Return);
        return offered && QTest::qWaitFor([this] { return form->is_active(); });
    }
    CompletionModel* words() const { return composer->findChild<CompletionModel*>(); }
    int row(const QString& label) const {
        for (int i = 0; i < form->rowCount(); ++i) {
            if (form->index(i).data(CommandForm::LabelRole).toString() == label) return i;
        }
        return -1;
    }
    QString shown(const QString& label) const {
        return form->index(row(label)).data(CommandForm::ShownRole).toString();
    }
    QString error(const QString& label) const {
        return form->index(row(label)).data(CommandForm::ErrorRole).toString();
    }
    /// What is read out of the control that has the keyboard.
    QString focused() const {
        QQuickItem* item = stage.window.activeFocusItem();
        const QAccessibleInterface* one = QAccessible::queryAccessibleInterface(item);
        return one ? one->text(QAccessible::Name) : QString();
    }
    std::vector<QJsonObject> sent(int type) const {
        std::vector<QJsonObject> found;
        for (const Seen& one : stage.scene.node.seen) {
            if (!one.path.endsWith("/interactions")) continue;
            QByteArray body = one.body;
            if (!body.startsWith('{')) body = body.mid(body.indexOf("\r\n\r\n") + 4);
            if (!body.startsWith('{')) body = body.mid(body.indexOf('{'));
            if (!one.body.startsWith('{')) body = body.left(body.indexOf("\r\n--"));
            const QJsonObject object = parsed(body);
            if (object["type"_L1].toInt() == type) found.push_back(object);
        }
        return found;
    }
    void tell(const QString& event, const QJsonObject& about, QJsonObject more = {}) {
        more[u"nonce"_s] = about["nonce"_L1];
        stage.scene.apply(event, more);
        stage.settle();
    }
    static QJsonArray options(const QJsonObject& body) {
        return body["data"_L1]["options"_L1].toArray();
    }

    /// Another channel, and back again.
    void go_and_come_back() {
        composer->setProperty("channelId", id_text(kOther));
        stage.settle();
        composer->setProperty("channelId", id_text(kChannel));
        stage.settle();
    }
    QString draft() { return stage.scene.account.cache().draft(kChannel); }
    void fill_in() {
        form->setText(row(u"city"_s), u"Oslo"_s);
        form->setText(row(u"days"_s), u"3"_s);
    }
    /// Whatever has the keyboard, until it is in the field.
    void tab_to(const QString& label) {
        for (int i = 0; i < 20 && !focused().startsWith(label); ++i) stage.key(Qt::Key_Tab);
    }
    void find_member(Snowflake id, const QString& name) {
        const QJsonObject member{{u"user"_s, user_json(id, name)}, {u"roles"_s, QJsonArray()}};
        stage.scene.apply(u"GUILD_MEMBERS_CHUNK"_s,
                          {{u"guild_id"_s, id_text(kGuild)}, {u"members"_s, QJsonArray{member}}});
        stage.settle();
    }

    QJsonObject book = index();
    std::function<Said(const Seen&)> answer;
    CommandForm* form = nullptr;
    std::unique_ptr<QAbstractItemModelTester> tester;
};

}  // namespace

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
    void does_not_bring_back_what_was_delivered();
    void says_when_a_command_that_was_left_is_refused();
    void takes_only_exact_names();
    void keeps_the_chosen_person_when_more_are_found();
    void is_rid_of_a_command_by_escape();
    void keeps_a_half_filled_command_over_an_edit();
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

void CommandsTest::does_not_bring_back_what_was_delivered() {
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

void CommandsTest::says_when_a_command_that_was_left_is_refused() {
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

void CommandsTest::takes_only_exact_names() {
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

void CommandsTest::keeps_the_chosen_person_when_more_are_found() {
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

void CommandsTest::is_rid_of_a_command_by_escape() {
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

void CommandsTest::keeps_a_half_filled_command_over_an_edit() {
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
