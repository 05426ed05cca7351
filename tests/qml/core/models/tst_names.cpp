// Mentions by name: in the timeline, in what was searched or pinned, in notifications.

#include "client-qml/core/models/names.h"

#include <QJsonDocument>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {

constexpr char kReady[] = R"({
  "user": {"id": "2", "username": "me"},
  "guilds": [{"id": "10", "name": "Chess", "owner_id": "1",
    "roles": [{"id": "10", "name": "@everyone", "permissions": "1024"},
              {"id": "11", "name": "Crew", "permissions": "0"}],
    "channels": [{"id": "101", "type": 0, "name": "general"},
                 {"id": "102", "type": 0, "name": "secret", "permission_overwrites": [
                    {"id": "10", "type": 0, "allow": "0", "deny": "1024"}]}],
    "members": [{"user": {"id": "2", "username": "me"}, "nick": "Myself", "roles": ["11"]},
                {"user": {"id": "3", "username": "anna"}, "nick": "<b>Anna</b>", "roles": []}]}]})";

struct Bench {
    Bench() { state.apply({{u"READY"_s, QJsonDocument::fromJson(kReady).object(), 1}}); }

    QString words(const QString& content) {
        Message message;
        message.content = content;
        User far;
        far.id = 7;
        far.username = u"far@other.example"_s;
        message.mentions.push_back(far);
        // Names stand apart from the direction of what is around them.
        return plain_words(state, 10, message).remove(QChar(0x2068)).remove(QChar(0x2069));
    }

    QTemporaryDir folder;
    Cache cache{folder.path()};
    SystemClock clock;
    State state{cache, clock};
};

}  // namespace

class TestNames final : public QObject {
    Q_OBJECT

  private slots:
    void what_is_known_here_is_called_by_name() {
        Bench bench;
        QCOMPARE(bench.words(u"<@3> see <#101>, <@&11>"_s), u"@<b>Anna</b> see #general, @Crew"_s);
    }
    void who_is_named_by_the_message_needs_not_be_known() {
        Bench bench;
        QCOMPARE(bench.words(u"hi <@7>"_s), u"hi @far"_s);
        QVERIFY(!bench.words(u"hi <@8>"_s).contains(u'8'));
    }
    void a_channel_that_one_may_not_see_has_no_name() {
        Bench bench;
        QVERIFY(!bench.words(u"<#102>"_s).contains(u"secret"_s));
    }
    void only_what_calls_oneself_does() {
        Bench bench;
        const Names names(bench.state, 10);
        QVERIFY(names.mention(text::MentionKind::user, 2).is_me);
        QVERIFY(!names.mention(text::MentionKind::user, 3).is_me);
        QVERIFY(names.mention(text::MentionKind::role, 11).is_me);
        QVERIFY(names.mention(text::MentionKind::everyone, 0).is_me);
    }
};

QTEST_GUILESS_MAIN(TestNames)
#include "tst_names.moc"
