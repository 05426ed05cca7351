#pragma once
// WorkspaceStage: the window as people have it - rail, channels, messages, members - over accounts
// whose nodes are scripts. Owned by a test; its thread.

#include "client-qml/app/languages.h"
#include "client-qml/core/account/accounts.h"
#include "client-qml/core/account/navigator.h"
#include "client-qml/core/account/preferences.h"
#include "tests/qml/core/api/fake_http.h"
#include "tests/qml/support/page_stage.h"
#include "tests/qml/support/scripted_account.h"

namespace guildhall::client::testing {

inline constexpr const char* kGarden = R"({"id":"10","name":"Garden","owner_id":"1",
    "member_count":3,
    "roles":[{"id":"10","name":"@everyone","permissions":"3072","position":0}],
    "channels":[{"id":"20","type":0,"name":"general","position":0},
                {"id":"21","type":0,"name":"tools","position":1}],
    "members":[{"user":{"id":"1","username":"me"},"roles":[]},
               {"user":{"id":"2","username":"bram"},"roles":[]},
               {"user":{"id":"3","username":"cleo"},"roles":[]}]})";

class WorkspaceStage {
  public:
    /// With the program's own window where no size is given.
    explicit WorkspaceStage(QSize size = {1280, 800}) {
        QAccessible::setActive(true);
        engine.addImportPath(QStringLiteral("qrc:/qt/qml"));
        preferences.use_in(engine);
        languages.use_in(engine);
        accounts.use_in(engine);
        navigator.use_in(engine);
        first = add("1");
        ready(first, {json(kGarden)});
        accounts.select(first->key());
        if (!size.isValid()) {
            const QUrl main(QStringLiteral("qrc:/qt/qml/Guildhall/App/Main.qml"));
            stage = std::make_unique<PageStage>(engine, main);
            return;
        }
        stage = std::make_unique<PageStage>(
            engine,
            first,
            Look{QStringLiteral("dark"), size},
            QStringLiteral("import Guildhall.App\n"),
            QStringLiteral(
                "Workspace { objectName: 'workspace'; anchors.fill: parent; focus: true; "
                "account: Accounts.current }"));
    }

    /// Another person at the same node.
    Account* add(const char* name) {
        const QString user = QString::fromLatin1(name);
        AccountRecord record;
        record.key = user + QStringLiteral("@test");
        record.node = http.url();
        record.node_name = QStringLiteral("home.example");
        record.user_id = user;
        record.user_name = QStringLiteral("person") + user;
        return accounts.add(record, {});
    }
    static void apply(Account* account, const char* type, const QJsonObject& data) {
        account->state().apply({Dispatch{QString::fromLatin1(type), data, 1}});
    }
    static void ready(Account* account, const QJsonArray& guilds) {
        apply(account,
              "READY",
              {{QStringLiteral("user"),
                QJsonObject{{QStringLiteral("id"), account->userId()},
                            {QStringLiteral("username"), account->record().user_name}}},
               {QStringLiteral("session_id"), QStringLiteral("s")},
               {QStringLiteral("guilds"), guilds}});
    }

    QQuickWindow* window() const { return stage->window(); }
    QQuickItem* named(const char* name) const { return stage->named(QString::fromUtf8(name)); }
    bool shows(const char* name) const {
        return QTest::qWaitFor([&] { return named(name) != nullptr; });
    }
    bool hides(const char* name) const {
        return QTest::qWaitFor([&] { return named(name) == nullptr; });
    }
    void press(const char* name) const {
        QQuickItem* item = named(name);
        if (!item) return;
        window()->grabWindow();  // everything is where it will be
        const QPointF middle = item->mapToScene({item->width() / 2, item->height() / 2});
        QTest::mouseClick(window(), Qt::LeftButton, {}, middle.toPoint());
    }
    void key(Qt::Key key, Qt::KeyboardModifiers with = {}) const {
        QTest::keyClick(window(), key, with);
    }
    void type(const QString& text) const {
        for (const QChar c : text) QTest::sendKeyEvent(QTest::Click, window(), Qt::Key(0), c, {});
    }
    /// Which column of a phone is shown: -1, 0 or 1.
    int panels_place() const {
        for (const QQuickItem* item : window()->findChildren<QQuickItem*>()) {
            if (item->property("drawer").isValid()) return item->property("place").toInt();
        }
        return 0;
    }
    /// What has the focus says its name.
    QString focus() const {
        QQuickItem* item = window()->activeFocusItem();
        return item ? PageStage::name_of(item) : QString();
    }
    bool focuses_now(const char* name) const { return focus().startsWith(QString::fromUtf8(name)); }
    bool focuses(const char* name) const {
        return QTest::qWaitFor([&] { return focuses_now(name); });
    }

    Console console;
    QTemporaryDir folder;
    SystemClock clock;
    SystemRng rng;
    QHash<QByteArray, Said> answers{{"GET /channels/20/messages", say(200, "[]")},
                                    {"GET /channels/21/messages", say(200, "[]")},
                                    {"GET /channels/20/pins", say(200, "[]")}};
    FakeHttp http{[this](const Seen& seen) {
        QByteArray path = seen.path.split('?').first();
        if (path.startsWith("/api/v10")) path = path.mid(8);
        return answers.value(seen.method + ' ' + path, say(404, R"({"message":"Not Found"})"));
    }};
    Preferences preferences{folder.filePath(QStringLiteral("preferences.ini"))};
    Languages languages{preferences};
    Accounts accounts{folder.path(), false, clock, rng};
    Navigator navigator{accounts};
    Account* first = nullptr;
    QQmlEngine engine;
    std::unique_ptr<PageStage> stage;
};

}  // namespace guildhall::client::testing
