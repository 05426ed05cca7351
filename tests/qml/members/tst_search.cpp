// The search: what is typed taken apart and offered to go on with, what this device finds in
// thousands of messages, and a node that can search, cannot, or lies.

#include "client-qml/members/search_hints.h"
#include "client-qml/members/search_model.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Model = SearchModel;

namespace {

constexpr const char* kGarden = R"({"id":"10","name":"Garden","owner_id":"9","member_count":3,
    "roles":[{"id":"10","name":"@everyone","permissions":"1024"}],
    "channels":[{"id":"20","type":0,"name":"general","position":0},
        {"id":"21","type":0,"name":"tools","position":1},
        {"id":"22","type":0,"name":"secret","permission_overwrites":[
            {"id":"10","type":0,"allow":"0","deny":"1024"}]}],
    "members":[{"user":{"id":"1","username":"me"},"roles":[]},
               {"user":{"id":"2","username":"anna"},"nick":"Anna Rose","roles":[]},
               {"user":{"id":"3","username":"bob@far.example"},"roles":[]}]})";
constexpr const char* kOther = R"({"id":"40","name":"Chess","owner_id":"9","member_count":1,
    "roles":[{"id":"40","name":"@everyone","permissions":"1024"}],
    "channels":[{"id":"50","type":0,"name":"general"}],
    "members":[{"user":{"id":"1","username":"me"},"roles":[]}]})";

const QDate kFirstDay(2026, 1, 1);

Snowflake id_at(int minute) {
    return first_of(kFirstDay.startOfDay().toMSecsSinceEpoch() + minute * 60'000LL);
}

QJsonObject message(Snowflake channel, int minute, const QString& text, int author = 2) {
    const QDateTime time = kFirstDay.startOfDay().addSecs(minute * 60LL);
    return {
        {u"id"_s, QString::number(id_at(minute))},
        {u"channel_id"_s, QString::number(channel)},
        {u"content"_s, text},
        {u"timestamp"_s, time.toUTC().toString(Qt::ISODateWithMs)},
        {u"author"_s, QJsonObject{{u"id"_s, QString::number(author)}, {u"username"_s, u"anna"_s}}}};
}

/// Minute by minute from `first`; of every tenth message a file.
QJsonArray talk(Snowflake channel, int first, int count) {
    QJsonArray page;
    for (int i = first + count - 1; i >= first; --i) {
        QJsonObject one = message(channel, i, u"number %1 of the café"_s.arg(i), 2 + i % 2);
        if (i % 10 == 0) {
            one[u"attachments"_s] =
                QJsonArray{QJsonObject{{u"id"_s, u"5"_s},
                                       {u"filename"_s, u"a.txt"_s},
                                       {u"size"_s, 3},
                                       {u"url"_s, u"https://x.example/a.txt"_s}}};
        }
        page.append(one);
    }
    return page;
}

struct Bench {
    ScriptedAccount node;
    Model model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    /// `many`: messages in "general".
    explicit Bench(int many = 300) : many_(many) {
        begin();
        model.setAccount(node.account.get());
        model.setProperty("guildId", u"10"_s);
        model.setProperty("channelId", u"20"_s);
    }
    void begin() {
        node.ready({json(kGarden), json(kOther)});
        for (int i = 3'000 - many_; i < 3'000; i += 100) put(20, talk(20, i, 100));
        put(21, talk(21, 10'000, 300));
        put(22, talk(22, 20'000, 300));
        put(50, talk(50, 30'000, 300));
    }
    /// The gateway's own READY knows no guild, and with them went what was cached of them.
    bool connect() {
        const bool is_there = node.connect();
        begin();
        return is_there;
    }
    void put(Snowflake channel, const QJsonArray& page) {
        const auto end = [&](const QJsonValue& one) { return id_of(one.toObject(), "id"_L1); };
        node.account->cache().put_page(channel, end(page.last()), end(page.first()), page);
    }
    int ask(const QString& query) {
        model.setQuery(query);
        model.find();
        const bool ends = QTest::qWaitFor([&] { return !model.searching(); }, 20'000);
        return ends ? model.rowCount() : -1;
    }
    /// Of the first row, without what keeps names and spaces apart.
    QString first(int role) {
        QString text = model.index(0).data(role).toString();
        return text.replace(u"&nbsp;"_s, u" "_s).remove(QChar(0x2068)).remove(QChar(0x2069));
    }
    QStringList channels() {
        QStringList found = column(model, Model::ChannelRole);
        found.erase(std::unique(found.begin(), found.end()), found.end());
        return found;
    }
    int many_ = 0;
    QStringList labels(const QString& text) {
        QStringList found;
        for (const QVariant& one : search_hints(node.state(), 10, text))
            found.push_back(one.toMap()[u"label"_s].toString());
        return found;
    }
    QString chosen(const QString& text, int hint) {
        const QVariantList hints = search_hints(node.state(), 10, text);
        return hints.value(hint).toMap()[u"query"_s].toString();
    }
};

}  // namespace

class TestSearch final : public QObject {
    Q_OBJECT

  private slots:
    void what_is_typed_is_taken_apart() {
        const SearchQuery one = parse_query(
            u"old from:anna words IN:general has:file has:image before:2026-02-01 "
            "after:2026-01-01"_s);
        QCOMPARE(one.words, u"old words"_s);
        QCOMPARE(one.from, u"anna"_s);
        QCOMPARE(one.in, u"general"_s);
        QVERIFY(one.has == (std::vector{Holding::file, Holding::image}));
        QCOMPARE(one.before, QDate(2026, 2, 1));
        QCOMPARE(one.after, QDate(2026, 1, 1));
        QCOMPARE(parse_query(u"from:\"Anna Rose\" hi"_s).from, u"Anna Rose"_s);
        QCOMPARE(parse_query(u"from:\"Anna Ro"_s).from, u"Anna Ro"_s);
    }
    void what_is_no_filter_is_a_word() {
        QCOMPARE(parse_query(u"has:cheese before:soon to:me"_s).words,
                 u"has:cheese before:soon to:me"_s);
        QVERIFY(!parse_query(u"from: in: has: before: after:  "_s).asks());
        QVERIFY(!parse_query(QString()).asks());
        parse_query(QString(100'000, u'"'));
        QVERIFY(parse_query(QString(100'000, u'a')).words.size() <= 500);
        QVERIFY(parse_query(u"before:-999999999-01-01"_s).asks());
    }

    void what_could_follow_is_offered() {
        Bench bench;
        QCOMPARE(bench.labels({}).size(), 5);
        QCOMPARE(bench.labels(u"be"_s), QStringList{u"Before a day"_s});
        QCOMPARE(bench.chosen(u"words be"_s, 0), u"words before:"_s);
        QCOMPARE(bench.labels(u"x from:AN"_s), QStringList{u"Anna Rose"_s});
        QCOMPARE(bench.chosen(u"x from:AN"_s, 0), u"x from:anna "_s);
        QCOMPARE(bench.labels(u"from:anna "_s).size(), 5);  // The next filter.
        QCOMPARE(bench.labels(u"from:anna"_s), QStringList());
        QCOMPARE(bench.labels(u"in:"_s), (QStringList{u"#general"_s, u"#tools"_s}));
        QCOMPARE(bench.chosen(u"in:t"_s, 0), u"in:tools "_s);
        QCOMPARE(bench.labels(u"has:f"_s), QStringList{u"A file"_s});
        QCOMPARE(bench.labels(u"before:"_s).size(), 5);
        QVERIFY(parse_query(bench.chosen(u"before:"_s, 2)).before.isValid());
        QCOMPARE(bench.labels(u"hello"_s), QStringList());
    }
    void of_many_people_a_few_are_offered() {
        Bench bench;
        QJsonArray members;
        for (int i = 0; i < 1'000; ++i) {
            const QJsonObject user{{u"id"_s, QString::number(100 + i)},
                                   {u"username"_s, u"zed%1"_s.arg(i)}};
            members.append(QJsonObject{{u"user"_s, user}, {u"roles"_s, QJsonArray()}});
        }
        bench.node.apply("GUILD_MEMBERS_CHUNK",
                         {{u"guild_id"_s, u"10"_s}, {u"members"_s, members}});
        QCOMPARE(bench.labels(u"from:zed"_s).size(), qsizetype(kHintsMax));
        QCOMPARE(bench.labels(u"from:zed"_s)[0], u"zed0"_s);
    }

    void hits_stand_by_channel_and_the_words_are_marked() {
        Bench bench;
        QCOMPARE(bench.ask(u"CAFE"_s), 200);  // The bound.
        QCOMPARE(bench.channels(), QStringList{u"21"_s});
        QCOMPARE(bench.ask(u"2999"_s), 1);
        QCOMPARE(bench.first(Model::MarkedRole), u"number <b>2999</b> of the café"_s);
        bench.ask(u"cafe 10005"_s);
        QCOMPARE(bench.first(Model::MarkedRole), u"number <b>10005</b> of the <b>café</b>"_s);
        QCOMPARE(bench.model.placeOf(u"20"_s, false), u"#general"_s);
        QCOMPARE(bench.model.placeOf(u"50"_s, true), u"#general · Chess"_s);
        QCOMPARE(bench.model.placeOf(u"999"_s, true), QString());
    }
    void mentions_read_as_names() {
        Bench bench;
        bench.put(20, {message(20, 5, u"where <@2> is: <#21> <b>bold</b>"_s)});
        QCOMPARE(bench.ask(u"where"_s), 1);
        QCOMPARE(bench.first(Model::TextRole), u"where @Anna Rose is: #tools <b>bold</b>"_s);
        QCOMPARE(bench.first(Model::MarkedRole),
                 u"<b>where</b> @Anna Rose is: #tools &lt;b&gt;bold&lt;/b&gt;"_s);
    }
    void a_place_is_chosen_by_the_scope_or_the_filter() {
        Bench bench;
        bench.model.setScope(u"all"_s);
        bench.ask(u"cafe in:general"_s);
        QCOMPARE(bench.channels(), QStringList{u"50"_s});  // The newest 200.
        bench.ask(u"2999 in:general"_s);
        QCOMPARE(bench.channels(), QStringList{u"20"_s});
        bench.model.setScope(u"channel"_s);
        bench.ask(u"cafe"_s);
        QCOMPARE(bench.channels(), QStringList{u"20"_s});
        bench.ask(u"cafe in:#tools"_s);
        QCOMPARE(bench.channels(), QStringList{u"21"_s});
        QCOMPARE(bench.ask(u"cafe in:secret"_s), 0);  // One may not see it.
        QVERIFY(bench.model.puzzle().contains(u"secret"_s));
        QCOMPARE(bench.ask(u"cafe"_s), 200);
        QCOMPARE(bench.model.puzzle(), QString());
        bench.model.setProperty("channelId", QString());
        QCOMPARE(bench.ask(u"cafe"_s), 0);
    }
    void what_one_may_not_see_is_not_found() {
        Bench bench;
        bench.model.setScope(u"all"_s);
        bench.ask(u"20100"_s);
        QCOMPARE(bench.model.rowCount(), 0);
    }
    void filters_alone_go_through_thousands_of_messages() {
        Bench bench(3'000);
        bench.model.setScope(u"channel"_s);
        QCOMPARE(bench.ask(u"has:file"_s), 200);
        QCOMPARE(bench.ask(u"has:file after:2026-01-02"_s), 12);  // Minutes 2,880 to 2,999.
        QCOMPARE(bench.ask(u"has:file before:2026-01-02"_s), 144);
        QCOMPARE(bench.ask(u"has:image"_s), 0);
        QCOMPARE(bench.ask(u"before:2026-01-01"_s), 0);
        QCOMPARE(bench.ask(u"number 7 before:2026-01-02"_s) > 0, true);
        QCOMPARE(bench.ask(u"from:anna has:file after:2026-01-02"_s), 12);
        QCOMPARE(bench.ask(u"from:bob@far.example has:file"_s), 0);  // Odd numbers.
        QCOMPARE(bench.ask(u"from:nobody"_s), 0);
        QVERIFY(bench.model.puzzle().contains(u"nobody"_s));
    }
    void rows_that_are_found_again_stay_where_they_are() {
        Bench bench;
        bench.ask(u"number 2999"_s);
        const QPersistentModelIndex row = bench.model.index(0);
        QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
        bench.ask(u"2999 cafe"_s);
        QVERIFY(row.isValid());
        QCOMPARE(reset.size(), 0);
    }
    void a_guild_on_the_disk_that_nobody_looked_at_is_searched_too() {
        Bench bench;
        bench.node.account->cache().flush();
        AccountRecord record = bench.node.account->record();
        Account later(record, bench.node.folder.path(), bench.node.clock, bench.node.rng);
        later.show_cache();
        Model model;
        model.setAccount(&later);
        model.setProperty("guildId", u"10"_s);
        model.setScope(u"all"_s);
        model.setQuery(u"30100"_s);
        QTRY_COMPARE(model.rowCount(), 1);
        QCOMPARE(model.index(0).data(Model::PlaceRole).toString(), u"#general"_s);
    }

    void a_node_that_can_search_is_asked_and_its_hits_join() {
        Bench bench;
        const QJsonObject hit = message(21, 50'000, u"an old fence"_s);
        QJsonObject marked = hit;
        marked[u"hit"_s] = true;
        const QJsonObject answer{{u"total_results"_s, 60},
                                 {u"messages"_s,
                                  QJsonArray{QJsonArray{message(21, 49'999, u"before"_s), marked},
                                             QJsonArray{message(22, 49'998, u"secret fence"_s)},
                                             QJsonArray{message(50, 49'997, u"of another guild"_s)},
                                             QJsonArray(),
                                             7}}};
        bench.node.answers["GET /guilds/10/messages/search"] =
            say(200, QJsonDocument(answer).toJson());
        QVERIFY(bench.connect());
        bench.model.setQuery(u"fence has:link"_s);
        QTest::qWait(300);
        bench.model.setQuery(u"fence from:anna after:2026-01-02 in:tools"_s);
        QTRY_COMPARE(bench.model.rowCount(), 1);
        QCOMPARE(bench.model.index(0).data(Model::IdRole).toString(), hit[u"id"_s].toString());
        QVERIFY(bench.model.reach().contains(u"node"_s));
        QVERIFY(!bench.model.canLookFurther());
        const auto seen = bench.node.seen_of("GET /guilds/10/messages/search");
        QCOMPARE(seen.size(), std::size_t(2));
        QVERIFY(seen[0].path.contains("has=link"));
        for (const char* part : {"content=fence", "author_id=2", "channel_id=21", "min_id="})
            QVERIFY2(seen[1].path.contains(part), part);
        QVERIFY(!seen[1].path.contains("offset"));
        // It has more, and is asked for them once.
        QVERIFY(bench.model.canAskMore());
        bench.model.askMore();
        QVERIFY(!bench.model.canAskMore());
        QTRY_COMPARE(bench.node.seen_of("GET /guilds/10/messages/search").size(), std::size_t(3));
        QVERIFY(bench.node.seen_of("GET /guilds/10/messages/search")[2].path.contains("offset=5"));
    }
    void a_node_that_cannot_is_asked_once_and_nothing_shows_it() {
        Bench bench;
        QVERIFY(bench.connect());
        QVERIFY(bench.ask(u"cafe"_s) > 0);
        QTRY_COMPARE(bench.node.seen_of("GET /guilds/10/messages/search").size(), std::size_t(1));
        QTest::qWait(50);
        QVERIFY(bench.ask(u"number"_s) > 0);
        QCOMPARE(bench.node.seen_of("GET /guilds/10/messages/search").size(), std::size_t(1));
        QVERIFY(!bench.model.canAskMore());
        QVERIFY(!bench.model.reach().contains(u"node"_s));
        QCOMPARE(bench.model.error(), QString());
        QVERIFY(!bench.model.busy());
    }
    void a_node_that_says_what_it_offers_is_believed() {
        Bench bench;
        bench.node.answers["GET /node"] = say(200, R"({"features":["threads"]})");
        QVERIFY(bench.connect());
        QTRY_VERIFY(!bench.node.seen_of("GET /node").empty());
        QTest::qWait(100);
        QVERIFY(bench.ask(u"cafe"_s) > 0);
        QTest::qWait(100);
        QVERIFY(bench.node.seen_of("GET /guilds/10/messages/search").empty());
    }
    void a_node_that_makes_its_index_is_asked_again_a_few_times() {
        Bench bench;
        bench.node.answers["GET /guilds/10/messages/search"] =
            say(202, R"({"code":110000,"retry_after":0})");
        QVERIFY(bench.connect());
        QVERIFY(bench.ask(u"cafe"_s) > 0);
        QTRY_COMPARE_WITH_TIMEOUT(
            bench.node.seen_of("GET /guilds/10/messages/search").size(), std::size_t(4), 20'000);
        QTest::qWait(1'200);
        QCOMPARE(bench.node.seen_of("GET /guilds/10/messages/search").size(), std::size_t(4));
        QVERIFY(!bench.model.canAskMore());
    }
    void nonsense_of_a_node_changes_nothing() {
        for (const char* body : {"[]",
                                 "7",
                                 "{}",
                                 R"({"messages":{}})",
                                 R"({"total_results":"x","messages":[null,[null],[[]],[{}]]})",
                                 R"({"total_results":-5,"messages":[[{"id":"1"}]]})"}) {
            Bench bench;
            bench.node.answers["GET /guilds/10/messages/search"] = say(200, body);
            QVERIFY(bench.connect());
            QCOMPARE(bench.ask(u"2999"_s), 1);
            QTRY_VERIFY(!bench.node.seen_of("GET /guilds/10/messages/search").empty());
            QTest::qWait(30);
            QCOMPARE(bench.model.rowCount(), 1);
            QVERIFY(!bench.model.canAskMore());
        }
    }
    void another_question_ends_the_wait_for_more() {
        Bench bench;
        QJsonObject hit = message(21, 50'000, u"an old fence"_s);
        const QJsonObject answer{{u"total_results"_s, 60},
                                 {u"messages"_s, QJsonArray{QJsonArray{hit}}}};
        bench.node.answers["GET /guilds/10/messages/search"] =
            say(200, QJsonDocument(answer).toJson());
        QVERIFY(bench.connect());
        bench.ask(u"fence"_s);
        QTRY_VERIFY(bench.model.canAskMore());
        bench.model.askMore();
        QVERIFY(bench.model.busy());
        bench.model.setScope(u"all"_s);  // the node is not asked for that
        QVERIFY(!bench.model.busy());
        QVERIFY(bench.model.canLookFurther());
        // The two waits know nothing of each other.
        bench.model.setScope(u"guild"_s);
        QTRY_VERIFY(bench.model.canAskMore());
        bench.model.askMore();
        QVERIFY(bench.model.busy());
        QTRY_VERIFY(!bench.model.busy());
        QVERIFY(bench.model.canAskMore());
    }
    void looking_further_is_busy_until_that_is_answered() {
        Bench bench;
        bench.node.answers["GET /channels/20/messages"] = say(200, "[]");
        QVERIFY(bench.connect());
        bench.ask(u"cafe"_s);
        QTRY_VERIFY(bench.model.canLookFurther());
        bench.model.lookFurther();
        QVERIFY(bench.model.busy());
        bench.model.setScope(u"all"_s);
        QVERIFY(bench.model.busy());
        QVERIFY(!bench.model.canLookFurther());
        QTRY_VERIFY(!bench.model.busy());
    }
    void an_account_that_goes_leaves_nothing() {
        Bench bench;
        bench.ask(u"cafe"_s);
        bench.model.setAccount(nullptr);
        QCOMPARE(bench.model.rowCount(), 0);
        QCOMPARE(bench.model.hints(), QVariantList());
        bench.model.askMore();
        bench.model.lookFurther();
    }
};

QTEST_MAIN(TestSearch)
#include "tst_search.moc"
