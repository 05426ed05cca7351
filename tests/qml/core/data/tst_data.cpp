// What a node says, right or wrong, becomes bounded values.

#include "client-qml/core/data/message.h"

#include <QJsonDocument>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

namespace {
QJsonObject json(const char* text) { return QJsonDocument::fromJson(text).object(); }

constexpr char kWrongTypes[] =
    R"({"id":"1","channel_id":"2","author":{"id":"3","username":9},"content":[1],)"
    R"("reactions":{"a":1},"embeds":[1,"x",{}],)"
    R"("attachments":[{"id":"4","url":"file:///etc/passwd"}],"flags":"many","timestamp":17})";

constexpr char kReplies[] =
    R"({"id":"3","channel_id":"2","type":19,"author":{"id":"3"},)"
    R"("message_reference":{"message_id":"2"},)"
    R"("referenced_message":{"id":"2","channel_id":"2","type":19,"author":{"id":"4"},)"
    R"("message_reference":{"message_id":"1"},)"
    R"("referenced_message":{"id":"1","channel_id":"2","author":{"id":"4"}}}})";
}  // namespace

class TestData final : public QObject {
    Q_OBJECT

  private slots:
    void ids_survive_beyond_a_double() {
        QCOMPARE(snowflake(QJsonValue(u"1574427652581483929"_s)), 1574427652581483929ull);
        QCOMPARE(snowflake(QJsonValue(u"99999999999999999999999"_s)), 0ull);
        QCOMPARE(snowflake(QJsonValue(u"-1"_s)), 0ull);
        QCOMPARE(snowflake(QJsonValue(QJsonObject())), 0ull);
    }

    void a_message_without_author_is_none() {
        QVERIFY(!parse_message(json(R"({"id":"1","channel_id":"2"})")));
        QVERIFY(!parse_message(json(R"({"id":[],"channel_id":{},"author":7})")));
    }

    void wrong_types_are_left_out() {
        const auto message = parse_message(json(kWrongTypes));
        QVERIFY(message);
        QVERIFY(message->content.isEmpty());
        QVERIFY(message->reactions.empty());
        QVERIFY(message->embeds.empty());
        QVERIFY(message->attachments.empty());
        QCOMPARE(message->time_ms, made_at_ms(1));
    }

    void ten_thousand_reactions_are_cut() {
        QJsonArray reactions;
        for (int i = 0; i < 10'000; ++i) {
            reactions.append(
                QJsonObject{{u"count"_s, 1}, {u"emoji"_s, QJsonObject{{u"name"_s, u"a"_s}}}});
        }
        QJsonObject object = json(R"({"id":"1","channel_id":"2","author":{"id":"3"}})");
        object[u"reactions"_s] = reactions;
        QCOMPARE(qsizetype(parse_message(object)->reactions.size()), kReactionsMax);
    }

    void a_reply_shows_one_level() {
        const auto message = parse_message(json(kReplies));
        QVERIFY(message && message->reply && message->reply->shown);
        QCOMPARE(message->reply->shown->id, 2ull);
        QVERIFY(!message->reply->shown->reply->shown);
    }

    void a_cut_never_splits_a_pair() {
        QJsonObject object{{u"name"_s, u"a\U0001F600"_s}};
        QCOMPARE(text_of(object, "name"_L1, 2), u"a"_s);
    }
};

QTEST_GUILESS_MAIN(TestData)
#include "tst_data.moc"
