#pragma once
// Desk2: a Desk whose node knows the slash commands of a bot, and what tests do with their forms.
// Owned by a test; GUI thread.

#include "client-qml/composer/completion_model.h"
#include "tests/qml/composer/desk.h"

#include <QAbstractItemModelTester>
#include <QAccessible>

namespace guildhall::client::testing {

using namespace Qt::StringLiterals;

inline QJsonObject parsed(const QByteArray& text) { return QJsonDocument::fromJson(text).object(); }

/// Two bots; "/weather" has a field of each kind, "/poll close" and "/poll vote up" are parts.
inline QJsonObject index() {
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

}  // namespace guildhall::client::testing
