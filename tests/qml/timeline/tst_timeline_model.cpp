// The timeline's window over a scripted node: pages, jumps, floods, local echo, edits, hostile
// messages.

#include "tests/qml/timeline/bench.h"

#include <QElapsedTimer>

using namespace guildhall::client;
using namespace guildhall::client::testing;

class TimelineModelTest : public QObject {
    Q_OBJECT

  private slots:
    void shows_the_newest_page_and_where_the_channel_begins();
    void opens_from_the_cache_within_a_frame();
    void loads_older_pages_when_the_view_comes_near();
    void reads_on_in_the_cache_while_the_node_is_silent();
    void says_what_could_not_be_loaded_and_tries_again();
    void jumps_to_a_message_and_back_to_the_present();
    void jumps_to_a_date();
    void loses_no_row_of_a_flood();
    void keeps_the_place_of_a_reader_in_a_flood();
    void bounds_the_window_whatever_comes();
    void turns_the_echo_into_the_message_in_place();
    void shows_what_was_refused_and_sends_it_again();
    void applies_edits_and_deletions();
    void shows_what_others_pin();
    void colours_change_without_new_rows();
    void marks_where_the_new_ones_begin();
    void groups_by_author_and_day();
    void bears_hostile_messages();
    void counts_what_others_wrote();
    void says_another_day_after_midnight();
    void parses_a_row_once();
};

void TimelineModelTest::shows_the_newest_page_and_where_the_channel_begins() {
    Bench bench(3);
    bench.open();
    QTRY_COMPARE(bench.texts(), QStringList({u"message 3"_s, u"message 2"_s, u"message 1"_s}));
    QTRY_COMPARE(bench.edge(), u"start"_s);
}

void TimelineModelTest::opens_from_the_cache_within_a_frame() {
    Bench bench(200);
    bench.open();
    bench.model.setChannelId(id_text(kOther));
    bench.settle();
    bench.scene.account.cache().flush();
    QElapsedTimer timer;
    timer.start();
    bench.model.setChannelId(id_text(kChannel));
    const qint64 took = timer.elapsed();
    QTRY_COMPARE(bench.messages(), 50);
    qInfo("a channel of 50 cached messages opened in %lld ms", took);
    bench.settle();
    QTRY_COMPARE(bench.messages(), 50);
}

void TimelineModelTest::loads_older_pages_when_the_view_comes_near() {
    Bench bench(180);
    bench.open();
    QTRY_COMPARE(bench.messages(), 50);
    for (int i = 0; i < 6; ++i) {
        bench.model.viewed(bench.model.rowCount() - 10, bench.model.rowCount() - 1);
        bench.settle();
    }
    QTRY_COMPARE(bench.messages(), 180);
    QTRY_COMPARE(bench.texts().last(), u"message 1"_s);
    QTRY_COMPARE(bench.edge(), u"start"_s);
}

void TimelineModelTest::reads_on_in_the_cache_while_the_node_is_silent() {
    Bench bench(180);
    bench.open();
    for (int i = 0; i < 6; ++i) {
        bench.model.viewed(bench.model.rowCount() - 10, bench.model.rowCount() - 1);
        bench.settle();
    }
    bench.model.setChannelId(id_text(kOther));
    bench.settle();
    bench.scene.account.cache().flush();
    bench.scene.script = [](const Seen&) { return silence(); };
    bench.model.setChannelId(id_text(kChannel));
    bench.settle();
    // The request for what is new never ends; what is old needs none.
    for (int i = 0; i < 6; ++i) {
        bench.model.viewed(bench.model.rowCount() - 10, bench.model.rowCount() - 1);
        bench.settle();
    }
    QCOMPARE(bench.messages(), 180);
}

void TimelineModelTest::says_what_could_not_be_loaded_and_tries_again() {
    Bench bench(80);
    bench.open();
    bench.scene.fails = 1;
    bench.model.viewed(40, bench.model.rowCount() - 1);
    QTRY_COMPARE(bench.edge(), u"failed"_s);
    bench.model.activate(bench.model.rowCount() - 1);
    QTRY_COMPARE(bench.messages(), 80);
}

void TimelineModelTest::jumps_to_a_message_and_back_to_the_present() {
    Bench bench(500);
    bench.open();
    QSignalSpy located(&bench.model, &TimelineModel::located);
    bench.model.jumpTo(id_text(nth(100)));
    QTRY_COMPARE(located.count(), 1);
    const int row = located[0][0].toInt();
    QTRY_COMPARE(bench.at(row, TimelineModel::HtmlRole), u"message 100"_s);
    QVERIFY(!bench.model.atPresent());
    QTRY_COMPARE(bench.at(0, TimelineModel::KindRole), TimelineModel::EdgeKind);
    bench.scene.create(501, u"while away"_s);
    bench.settle();
    QVERIFY(!bench.texts().contains(u"while away"_s));
    // Down again, page by page, without a hole.
    bench.scene.history.push_back(message_json(nth(501), u"while away"_s));
    for (int i = 0; i < 20 && !bench.model.atPresent(); ++i) {
        bench.model.viewed(0, 10);
        bench.settle();
    }
    QVERIFY(bench.model.atPresent());
    QTRY_COMPARE(bench.texts().first(), u"while away"_s);
    bench.model.jumpTo(id_text(nth(100)));
    bench.settle();
    bench.model.jumpToPresent();
    bench.settle();
    QTRY_COMPARE(bench.texts().first(), u"while away"_s);
}

void TimelineModelTest::jumps_to_a_date() {
    Bench bench(5'000);
    bench.open();
    QSignalSpy located(&bench.model, &TimelineModel::located);
    const QDate day = QDateTime::fromMSecsSinceEpoch(made_at_ms(nth(2'500))).date();
    bench.model.jumpToDate(day);
    QTRY_COMPARE(located.count(), 1);
    const QString id = bench.at(located[0][0].toInt(), TimelineModel::MessageIdRole).toString();
    const qint64 ms = made_at_ms(snowflake(QStringView(id)));
    QCOMPARE(QDateTime::fromMSecsSinceEpoch(ms).date(), day);
}

void TimelineModelTest::loses_no_row_of_a_flood() {
    Bench bench;
    bench.open();
    QSet<QString> shown;
    connect(&bench.model,
            &QAbstractItemModel::rowsInserted,
            &bench.model,
            [&](const QModelIndex&, int from, int to) {
                for (int row = from; row <= to; ++row)
                    shown.insert(bench.at(row, TimelineModel::MessageIdRole).toString());
            });
    QElapsedTimer timer;
    timer.start();
    for (int n = 1; n <= 5'000; ++n) {
        bench.scene.create(n, u"flood %1"_s.arg(n));
        if (n % 50 == 0) QCoreApplication::processEvents();
    }
    bench.settle();
    qInfo("5,000 messages in %lld ms", timer.elapsed());
    QVERIFY(shown.size() >= 5'000);
    QTRY_COMPARE(bench.texts().first(), u"flood 5000"_s);
    QVERIFY(bench.model.rowCount() <= TimelineModel::kRowsMax + 2);
}

void TimelineModelTest::keeps_the_place_of_a_reader_in_a_flood() {
    Bench bench(50);
    bench.open();
    bench.model.setFollowing(false);
    for (int n = 51; n <= 1'050; ++n) {
        bench.scene.create(n, u"message %1"_s.arg(n));
        bench.scene.history.push_back(message_json(nth(n), u"message %1"_s.arg(n)));
        if (n % 20 == 0) QCoreApplication::processEvents();
    }
    bench.settle();
    QTRY_COMPARE(bench.model.unreadCount(), 1'000);
    QVERIFY(bench.texts().contains(u"message 1"_s));  // what was read is still there
    QVERIFY(!bench.model.atPresent());
    for (int i = 0; i < 60 && !bench.model.atPresent(); ++i) {
        bench.model.viewed(0, 10);
        bench.settle();
    }
    QTRY_COMPARE(bench.texts().first(), u"message 1050"_s);
    QStringList expected;
    for (int i = 0; i < bench.messages(); ++i) expected += u"message %1"_s.arg(1'050 - i);
    QTRY_COMPARE(bench.texts(), expected);
}

void TimelineModelTest::bounds_the_window_whatever_comes() {
    Bench bench(2'000);
    bench.open();
    for (int i = 0; i < 15; ++i) {
        const int last = bench.model.rowCount() - 1;
        bench.model.setFollowing(false);
        bench.model.viewed(last - 10, last);
        bench.settle();
        QVERIFY(bench.model.rowCount() <= TimelineModel::kRowsMax + 52);
    }
    QVERIFY(!bench.model.atPresent());
}

void TimelineModelTest::turns_the_echo_into_the_message_in_place() {
    Bench bench(2);
    bench.open();
    bench.scene.account.outbox().resume();
    QSignalSpy removed(&bench.model, &QAbstractItemModel::rowsRemoved);
    QSignalSpy inserted(&bench.model, &QAbstractItemModel::rowsInserted);
    bench.scene.account.outbox().put({.channel = kChannel, .content = u"hello"_s});
    QTRY_COMPARE(bench.at(0, TimelineModel::KindRole), TimelineModel::PendingKind);
    QTRY_COMPARE(bench.at(0, TimelineModel::KindRole), TimelineModel::MessageKind);
    QJsonObject echo = bench.scene.history.back();
    bench.scene.apply(u"MESSAGE_CREATE"_s, echo);
    bench.settle();
    QTRY_COMPARE(bench.texts(), QStringList({u"hello"_s, u"message 2"_s, u"message 1"_s}));
    QCOMPARE(inserted.count(), 1);
    QCOMPARE(removed.count(), 0);
}

void TimelineModelTest::shows_what_was_refused_and_sends_it_again() {
    Bench bench(1);
    bench.open();
    bool refuses = true;
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!refuses || seen.method != "POST") return std::nullopt;
        return say(403, R"({"code":50013,"message":"Missing Permissions"})");
    };
    bench.scene.account.outbox().resume();
    bench.scene.account.outbox().put({.channel = kChannel, .content = u"hello"_s});
    QTRY_COMPARE(bench.at(0, TimelineModel::StageRole), 4);
    QTRY_COMPARE(bench.at(0, TimelineModel::ErrorRole), u"Missing Permissions"_s);
    refuses = false;
    bench.model.commands()->retry(bench.model.keyOf(0));
    QTRY_COMPARE(bench.at(0, TimelineModel::KindRole), TimelineModel::MessageKind);
    refuses = true;
    bench.scene.account.outbox().put({.channel = kChannel, .content = u"again"_s});
    QTRY_COMPARE(bench.at(0, TimelineModel::StageRole), 4);
    bench.model.commands()->discard(bench.model.keyOf(0));
    QTRY_COMPARE(bench.texts(), QStringList({u"hello"_s, u"message 1"_s}));
}

void TimelineModelTest::applies_edits_and_deletions() {
    Bench bench(3);
    bench.open();
    bench.scene.apply(u"MESSAGE_UPDATE"_s,
                      {{u"id"_s, id_text(nth(2))},
                       {u"channel_id"_s, id_text(kChannel)},
                       {u"content"_s, u"changed"_s},
                       {u"edited_timestamp"_s, u"2024-01-01T00:00:00+00:00"_s}});
    QTRY_COMPARE(bench.texts()[1], u"changed"_s);
    QVERIFY(!bench.at(1, TimelineModel::EditedRole).toString().isEmpty());
    bench.scene.apply(u"MESSAGE_DELETE"_s,
                      {{u"id"_s, id_text(nth(2))}, {u"channel_id"_s, id_text(kChannel)}});
    QTRY_COMPARE(bench.texts(), QStringList({u"message 3"_s, u"message 1"_s}));
}

void TimelineModelTest::shows_what_others_pin() {
    Bench bench(3);
    bench.open();
    QStringList pinned{id_text(nth(2))};
    bench.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!seen.path.endsWith("/pins")) return std::nullopt;
        QJsonArray all;
        for (const QString& id : pinned) all.append(QJsonObject{{u"id"_s, id}});
        return say(200, QJsonDocument(all).toJson(QJsonDocument::Compact));
    };
    const auto marks = [&] {
        QList<bool> all;
        for (int row = 0; row < 3; ++row) {
            all += bench.at(row, TimelineModel::PinnedRole).toBool();
        }
        return all;
    };
    const auto told = [&] {
        bench.scene.apply(u"CHANNEL_PINS_UPDATE"_s, {{u"channel_id"_s, id_text(kChannel)}});
    };
    told();
    QTRY_COMPARE(marks(), QList<bool>({false, true, false}));
    pinned = {id_text(nth(1))};
    told();
    QTRY_COMPARE(marks(), QList<bool>({false, false, true}));
}

void TimelineModelTest::colours_change_without_new_rows() {
    Bench bench(60);
    bench.open();
    bench.model.viewed(0, 10);
    bench.settle();
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
    bench.scene.apply(u"GUILD_MEMBER_UPDATE"_s,
                      {{u"guild_id"_s, id_text(kGuild)},
                       {u"user"_s, user_json(kAda, u"ada"_s)},
                       {u"roles"_s, QJsonArray{id_text(kRole)}}});
    QCOMPARE(changed.count(), 1);
    QCOMPARE(reset.count(), 0);
    QVERIFY(changed[0][1].toModelIndex().row() <= 10 + 40);
    QVERIFY(!bench.at(0, TimelineModel::AuthorColorRole).toString().isEmpty());
}

void TimelineModelTest::marks_where_the_new_ones_begin() {
    Bench bench(10);
    bench.open();
    bench.model.setActive(true);
    bench.settle();
    bench.model.setActive(false);
    bench.model.setChannelId(id_text(kOther));
    bench.scene.create(11, u"new one"_s);
    bench.scene.create(12, u"new two"_s);
    bench.scene.history.push_back(message_json(nth(11), u"new one"_s));
    bench.scene.history.push_back(message_json(nth(12), u"new two"_s));
    bench.open();
    QTRY_COMPARE(bench.model.newCount(), 2);
    QTRY_COMPARE(bench.model.newRow(), 1);
    QVERIFY(bench.at(1, TimelineModel::UnreadLineRole).toBool());
    bench.model.setActive(true);
    QVERIFY(bench.at(1, TimelineModel::UnreadLineRole).toBool());  // stays while one reads
    QVERIFY(!bench.scene.account.state().read_states().unread(kChannel).any);
    bench.model.markUnread(id_text(nth(5)));
    QTRY_COMPARE(bench.model.newCount(), 8);
    QVERIFY(bench.scene.account.state().read_states().unread(kChannel).any);
}

void TimelineModelTest::groups_by_author_and_day() {
    Bench bench;
    for (int n : {1, 2, 3, 30, 31}) {
        bench.scene.history.push_back(message_json(nth(n), u"m"_s, n == 3 ? kMe : kAda));
    }
    bench.open();
    const auto continues_at = [&](int row) {
        return bench.at(row, TimelineModel::ContinuationRole).toBool();
    };
    QVERIFY(continues_at(0));   // 31 after 30
    QVERIFY(!continues_at(1));  // 30: long after
    QVERIFY(!continues_at(2));  // 3: another author
    QVERIFY(continues_at(3));   // 2 after 1
    QVERIFY(!continues_at(4));
    QVERIFY(!bench.at(4, TimelineModel::DayRole).toString().isEmpty());
    QVERIFY(bench.at(3, TimelineModel::DayRole).toString().isEmpty());
}

void TimelineModelTest::bears_hostile_messages() {
    Bench bench;
    QJsonArray reactions;
    for (int i = 0; i < 10'000; ++i) {
        reactions.append(QJsonObject{{u"count"_s, i},
                                     {u"emoji"_s, QJsonObject{{u"name"_s, QString::number(i)}}}});
    }
    QJsonObject many =
        message_json(nth(1), u"<b>not bold</b> \u202Eright to left\u202C <img src=x>"_s);
    many[u"reactions"_s] = reactions;
    QJsonArray embeds;
    for (int i = 0; i < 100; ++i) embeds.append(QJsonObject{{u"type"_s, u"rich"_s}});
    many[u"embeds"_s] = embeds;
    bench.scene.history.push_back(many);
    bench.scene.history.push_back(message_json(nth(2), QString(1 << 20, u'a')));
    bench.scene.history.push_back(message_json(nth(3), u"z"_s + QString(5'000, QChar(0x0301))));
    QJsonObject nonsense = message_json(nth(4), u"x"_s);
    nonsense[u"attachments"_s] = u"none"_s;
    nonsense[u"type"_s] = 999;
    nonsense[u"mentions"_s] = 7;
    bench.scene.history.push_back(nonsense);
    bench.open();
    QTRY_COMPARE(bench.model.rowCount(), 5);
    for (int row = 0; row < bench.model.rowCount(); ++row) {
        for (int role = TimelineModel::KindRole; role <= TimelineModel::SpokenRole; ++role) {
            QVERIFY(bench.at(row, role).isValid());
        }
    }
    QVERIFY(bench.at(3, TimelineModel::ReactionsRole).toList().size() <= kReactionsMax);
    QVERIFY(!bench.at(3, TimelineModel::HtmlRole).toString().contains(u"<img"_s) ||
            bench.at(3, TimelineModel::FormatRole) == Qt::PlainText);
    QVERIFY(bench.at(2, TimelineModel::HtmlRole).toString().size() < 200'000);
}

void TimelineModelTest::counts_what_others_wrote() {
    Bench bench(10);
    bench.open();
    bench.model.setFollowing(false);
    bench.scene.create(11, u"theirs"_s);
    bench.scene.create(12, u"mine, from elsewhere"_s, kMe);
    bench.scene.create(13, u"theirs too"_s);
    QTRY_COMPARE(bench.model.unreadCount(), 2);
    QCOMPARE(bench.model.newCount(), 2);
    QCOMPARE(bench.model.newRow(), 2);  // the line is above all that is new
    bench.scene.apply(u"MESSAGE_DELETE"_s,
                      {{u"id"_s, id_text(nth(13))}, {u"channel_id"_s, id_text(kChannel)}});
    QTRY_COMPARE(bench.model.unreadCount(), 1);
}

void TimelineModelTest::says_another_day_after_midnight() {
    Bench bench;
    const QDateTime now = QDateTime::currentDateTime();
    const qint64 midnight = now.date().addDays(1).startOfDay().toMSecsSinceEpoch();
    bench.scene.clock.moved_ms = midnight - 400 - now.toMSecsSinceEpoch();
    const Snowflake today = Snowflake(midnight - 3'600'000 - kEpochMs) << 22;
    bench.scene.history.push_back(message_json(today, u"late"_s));
    bench.open();
    const QString before = bench.at(0, TimelineModel::DayRole).toString();
    QVERIFY(!before.isEmpty());
    QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
    QTRY_VERIFY(std::ranges::any_of(changed, [](const QVariantList& one) {
        return one[2].value<QList<int>>().contains(int(TimelineModel::DayRole));
    }));
    QVERIFY(bench.at(0, TimelineModel::DayRole).toString() != before);
}

void TimelineModelTest::parses_a_row_once() {
    Bench bench;
    QJsonObject rich = message_json(nth(1), u"**said**"_s);
    rich[u"embeds"_s] = QJsonArray{QJsonObject{{u"title"_s, u"one"_s}}};
    bench.scene.history.push_back(rich);
    bench.open();
    const auto embeds = [&] { return bench.at(0, TimelineModel::EmbedsRole).toList(); };
    const QVariantList first = embeds(), second = embeds();
    QCOMPARE(first.size(), 1);
    QVERIFY(first.constData() == second.constData());  // shared: made once
    QVERIFY(bench.at(0, TimelineModel::SpokenRole).toString().contains(u"said"_s));
    // A preview of a link comes later, with the same text.
    bench.scene.apply(
        u"MESSAGE_UPDATE"_s,
        {{u"id"_s, id_text(nth(1))},
         {u"channel_id"_s, id_text(kChannel)},
         {u"embeds"_s,
          QJsonArray{QJsonObject{{u"title"_s, u"one"_s}}, QJsonObject{{u"title"_s, u"two"_s}}}}});
    QTRY_COMPARE(embeds().size(), 2);
    bench.scene.apply(u"MESSAGE_UPDATE"_s,
                      {{u"id"_s, id_text(nth(1))},
                       {u"channel_id"_s, id_text(kChannel)},
                       {u"content"_s, u"corrected"_s}});
    QTRY_VERIFY(bench.at(0, TimelineModel::SpokenRole).toString().contains(u"corrected"_s));
}

QTEST_MAIN(TimelineModelTest)
#include "tst_timeline_model.moc"
