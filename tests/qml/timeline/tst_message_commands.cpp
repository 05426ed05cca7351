// What people do with messages, by their ids: reactions, edits, deletions and where they go.

#include "tests/qml/timeline/bench.h"

using namespace guildhall::client;
using namespace guildhall::client::testing;

class MessageCommandsTest : public QObject {
    Q_OBJECT

  private slots:
    void counts_reactions_once();
    void takes_back_a_reaction_that_the_node_refuses();
    void asks_once_who_reacted();
    void deletes_where_it_was_asked_for();
    void edits_ones_newest_message_wherever_one_reads();
};

void MessageCommandsTest::counts_reactions_once() {
    Bench bench(1);
    bench.open();
    const auto reaction = [&](const QString& type, Snowflake user) {
        bench.scene.apply(type,
                          {{u"channel_id"_s, id_text(kChannel)},
                           {u"message_id"_s, id_text(nth(1))},
                           {u"user_id"_s, id_text(user)},
                           {u"emoji"_s, QJsonObject{{u"id"_s, {}}, {u"name"_s, u"👍"_s}}}});
    };
    const auto count = [&] {
        const QVariantList all = bench.at(0, TimelineModel::ReactionsRole).toList();
        return all.isEmpty() ? 0 : all[0].toMap()[u"count"_s].toInt();
    };
    reaction(u"MESSAGE_REACTION_ADD"_s, kAda);
    QCOMPARE(count(), 1);
    bench.model.commands()->react(id_text(nth(1)), u"👍"_s);
    QCOMPARE(count(), 2);
    reaction(u"MESSAGE_REACTION_ADD"_s, kMe);  // the node tells of what is shown already
    QCOMPARE(count(), 2);
    bench.model.commands()->react(id_text(nth(1)), u"👍"_s);
    reaction(u"MESSAGE_REACTION_REMOVE"_s, kMe);
    QCOMPARE(count(), 1);
    reaction(u"MESSAGE_REACTION_REMOVE"_s, kAda);
    QCOMPARE(count(), 0);
}

void MessageCommandsTest::takes_back_a_reaction_that_the_node_refuses() {
    Bench bench(1);
    bench.open();
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (seen.method != "PUT") return std::nullopt;
        return say(403, R"({"code":50013,"message":"Missing Permissions"})");
    };
    QSignalSpy noticed(&bench.model, &TimelineModel::noticed);
    bench.model.commands()->react(id_text(nth(1)), u"👍"_s);
    QTRY_COMPARE(bench.at(0, TimelineModel::ReactionsRole).toList().size(), 1);
    QTRY_COMPARE(noticed.count(), 1);
    QTRY_COMPARE(bench.at(0, TimelineModel::ReactionsRole).toList().size(), 0);
}

void MessageCommandsTest::asks_once_who_reacted() {
    Bench bench(1);
    bench.scene.script = [](const Seen& seen) -> std::optional<Said> {
        if (!seen.path.contains("/reactions/")) return std::nullopt;
        return say(200, R"([{"id":"12","username":"ada"}])");
    };
    bench.open();
    const auto asked = [&] {
        return std::ranges::count_if(bench.scene.node.seen, [](const Seen& one) {
            return one.method == "GET" && one.path.contains("/reactions/");
        });
    };
    QSignalSpy told(bench.model.commands(), &MessageCommands::reactors);
    const auto ask = [&] { bench.model.commands()->askReactors(id_text(nth(1)), u"👍"_s); };
    ask();
    ask();  // while it is under way
    QTRY_COMPARE(told.count(), 1);
    ask();
    QCOMPARE(told.count(), 2);
    QCOMPARE(told[1][2].toString(), u"ada"_s);
    QCOMPARE(asked(), 1);
    bench.scene.apply(u"MESSAGE_REACTION_ADD"_s,
                      {{u"channel_id"_s, id_text(kChannel)},
                       {u"message_id"_s, id_text(nth(1))},
                       {u"user_id"_s, id_text(kAda)},
                       {u"emoji"_s, QJsonObject{{u"id"_s, {}}, {u"name"_s, u"👍"_s}}}});
    ask();
    QTRY_COMPARE(told.count(), 3);
    QCOMPARE(asked(), 2);
}

void MessageCommandsTest::edits_ones_newest_message_wherever_one_reads() {
    Bench bench(500);
    bench.scene.history[99] = message_json(nth(100), u"long ago"_s, kMe);
    bench.scene.history[489] = message_json(nth(490), u"just now"_s, kMe);
    bench.open();
    bench.scene.account.cache().flush();
    QSignalSpy edits(bench.model.commands(), &MessageCommands::editChosen);
    bench.model.commands()->editLast();
    QCOMPARE(edits.count(), 1);
    QCOMPARE(edits[0][1].toString(), u"just now"_s);
    bench.model.jumpTo(id_text(nth(100)));
    bench.settle();
    QVERIFY(!bench.model.atPresent());
    bench.model.commands()->editLast();
    QCOMPARE(edits.count(), 2);
    QCOMPARE(edits[1][1].toString(), u"just now"_s);
}

void MessageCommandsTest::deletes_where_it_was_asked_for() {
    Bench bench(3);
    bench.open();
    const QString channel = bench.model.channelId();
    bench.model.setChannelId(id_text(kOther));  // the question is answered late
    bench.settle();
    bench.model.commands()->remove(channel, id_text(nth(2)));
    const auto is_removal = [](const Seen& one) { return one.method == "DELETE"; };
    const auto& seen = bench.scene.node.seen;
    QTRY_VERIFY(std::ranges::any_of(seen, is_removal));
    const auto removal = std::ranges::find_if(seen, is_removal);
    QVERIFY2(removal->path.contains("/channels/" + channel.toLatin1() + "/"), removal->path);
}

QTEST_MAIN(MessageCommandsTest)
#include "tst_message_commands.moc"
