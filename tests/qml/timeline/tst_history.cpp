// What a channel shows is of one piece: late pages, lost lines, jumps that fail.

#include "tests/qml/timeline/bench.h"

using namespace guildhall::client;
using namespace guildhall::client::testing;

class HistoryTest : public QObject {
    Q_OBJECT

  private slots:
    void leaves_no_hole_where_a_page_comes_late();
    void leaves_no_hole_where_the_window_moved_on();
    void asks_for_what_was_missed_though_a_scroll_hangs();
    void leaves_no_hole_after_a_lost_line();
    void leaves_no_hole_after_a_lost_line_above_the_end();
    void asks_again_for_what_could_not_be_had();
    void bears_a_newest_page_of_nonsense();
    void shows_the_channel_where_a_jump_into_it_fails();
    void stays_where_one_reads_in_a_conversation();
};

void HistoryTest::leaves_no_hole_where_a_page_comes_late() {
    Bench bench(500);
    bench.open();
    bench.model.jumpTo(id_text(nth(100)));
    bench.settle();
    QVERIFY(!bench.model.atPresent());
    bool jumped = false;
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (seen.path.contains("before=") && !std::exchange(jumped, true)) {
            bench.model.jumpToPresent();
        }
        return std::nullopt;
    };
    bench.model.viewed(bench.model.rowCount() - 10, bench.model.rowCount() - 1);
    QTRY_VERIFY(jumped);
    bench.settle();
    QCOMPARE(bench.texts().first(), u"message 500"_s);
    QCOMPARE(bench.texts(), bench.down_from(500));
}

void HistoryTest::leaves_no_hole_where_the_window_moved_on() {
    Bench bench(500);
    bench.open();
    bool flooded = false;
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!seen.path.contains("before=") || std::exchange(flooded, true)) return std::nullopt;
        for (int n = 501; n <= 801; ++n) bench.scene.create(n, u"message %1"_s.arg(n));
        bench.scene.apply(u"MESSAGE_UPDATE"_s,
                          {{u"id"_s, u"1"_s}, {u"channel_id"_s, id_text(kChannel)}});
        return std::nullopt;
    };
    bench.model.viewed(40, bench.model.rowCount() - 1);
    QTRY_VERIFY(flooded);
    bench.settle();
    QCOMPARE(bench.texts(), bench.down_from(801));
}

void HistoryTest::asks_for_what_was_missed_though_a_scroll_hangs() {
    Bench bench(80);
    bench.open();
    bench.scene.script = [](const Seen& seen) -> std::optional<Said> {
        if (seen.path.contains("before=")) return silence();
        return std::nullopt;
    };
    bench.model.viewed(40, bench.model.rowCount() - 1);
    bench.settle();
    bench.scene.history.push_back(message_json(nth(81), u"message 81"_s));
    bench.scene.apply(u"READY"_s, Scene::ready());
    QTRY_COMPARE(bench.texts().first(), u"message 81"_s);
    bench.scene.script = {};
    bench.scene.apply(u"READY"_s, Scene::ready());
    QTRY_COMPARE(bench.messages(), 81);  // and the scroll is taken up again
    QCOMPARE(bench.texts(), bench.down_from(81));
}

void HistoryTest::leaves_no_hole_after_a_lost_line() {
    Bench bench(60);
    bench.open();
    for (int n = 61; n <= 200; ++n) {
        bench.scene.history.push_back(message_json(nth(n), u"message %1"_s.arg(n)));
    }
    bool told = false;
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        // While the page is on its way, the gateway tells of the next one.
        if (seen.path.contains("/messages?") && !std::exchange(told, true)) {
            bench.scene.create(201, u"message 201"_s);
        }
        return std::nullopt;
    };
    bench.scene.apply(u"READY"_s, Scene::ready());
    QTRY_VERIFY(told);
    bench.settle();
    QCOMPARE(bench.texts(), bench.down_from(201));
}

void HistoryTest::leaves_no_hole_after_a_lost_line_above_the_end() {
    Bench bench(60);
    bench.open();
    bench.model.setFollowing(false);
    for (int n = 61; n <= 200; ++n) {
        bench.scene.history.push_back(message_json(nth(n), u"message %1"_s.arg(n)));
    }
    bench.scene.apply(u"READY"_s, Scene::ready());
    bench.scene.create(201, u"message 201"_s);
    bench.scene.history.push_back(message_json(nth(201), u"message 201"_s));
    bench.settle();
    QVERIFY(!bench.model.atPresent());
    for (int i = 0; i < 20 && !bench.model.atPresent(); ++i) {
        bench.model.viewed(0, 10);
        bench.settle();
    }
    QCOMPARE(bench.texts(), bench.down_from(201));
}

void HistoryTest::asks_again_for_what_could_not_be_had() {
    Bench bench(60);
    RestLimits limits;
    limits.tries_max = 1;
    bench.scene.account.rest().set_limits(limits);
    bench.open();
    bench.scene.history.push_back(message_json(nth(61), u"message 61"_s));
    bench.scene.history.push_back(message_json(nth(62), u"message 62"_s));
    bool fails = true;
    bench.scene.script = [&](const Seen&) -> std::optional<Said> {
        if (fails) return say(500, R"({"code":0,"message":"Broken"})");
        return std::nullopt;
    };
    bench.scene.apply(u"READY"_s, Scene::ready());
    bench.settle();
    fails = false;
    bench.scene.create(62, u"message 62"_s);
    bench.settle();
    QCOMPARE(bench.texts(), bench.down_from(62));
}

void HistoryTest::bears_a_newest_page_of_nonsense() {
    Bench bench(60);
    bench.open();
    const QStringList before = bench.texts();
    int asked = 0;
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!seen.path.contains("/messages")) return std::nullopt;
        ++asked;
        QJsonArray page;
        for (int i = 0; i < 50; ++i) page.append(QJsonObject{{u"id"_s, u"none"_s}});
        return say(200, QJsonDocument(page).toJson(QJsonDocument::Compact));
    };
    bench.scene.apply(u"READY"_s, Scene::ready());
    QTRY_VERIFY(asked > 0);
    bench.settle();
    QCOMPARE(bench.texts(), before);
}

void HistoryTest::shows_the_channel_where_a_jump_into_it_fails() {
    Bench bench(3);
    bench.scene.script = [](const Seen& seen) -> std::optional<Said> {
        if (!seen.path.contains("around=")) return std::nullopt;
        return say(404, R"({"code":10008,"message":"Unknown Message"})");
    };
    bench.model.setChannelId(id_text(kChannel));
    QSignalSpy noticed(&bench.model, &TimelineModel::noticed);
    bench.model.jumpTo(id_text(nth(77)));
    QTRY_COMPARE(noticed.count(), 1);
    QTRY_COMPARE(bench.messages(), 3);
}

void HistoryTest::stays_where_one_reads_in_a_conversation() {
    Bench bench(80);
    for (QJsonObject& one : bench.scene.history) {
        one[u"channel_id"_s] = id_text(kTalk);
        one.remove(u"guild_id"_s);
    }
    bench.model.setChannelId(id_text(kTalk));
    bench.settle();
    QCOMPARE(bench.messages(), 50);
    bench.model.viewed(bench.model.rowCount() - 10, bench.model.rowCount() - 1);
    bench.settle();
    QCOMPARE(bench.messages(), 80);
    bench.model.setFollowing(false);
    QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
    bench.scene.apply(u"READY"_s, Scene::ready());
    bench.settle();
    QCOMPARE(reset.count(), 0);
    QVERIFY(!bench.model.following());
    QCOMPARE(bench.messages(), 80);
}

QTEST_MAIN(HistoryTest)
#include "tst_history.moc"
