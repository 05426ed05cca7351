// What Ctrl+K finds: guilds, channels and people, the best first, and how much it looks through.

#include "client-qml/app/quick_switcher_model.h"
#include "tests/qml/support/scripted_account.h"

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Model = QuickSwitcherModel;

namespace {

constexpr int kCrowd = 3'000;

QJsonObject guild(int id, const char* name, const QJsonArray& members) {
    QJsonObject made =
        json(qPrintable(uR"({"id":"%1","owner_id":"9",
        "roles":[{"id":"%1","permissions":"1024"}],
        "channels":[{"id":"%10","type":0,"name":"general"},
                    {"id":"%11","type":0,"name":"bramble"}]})"_s
                            .replace(u"%10"_s, QString::number(id * 10))
                            .replace(u"%11"_s, QString::number(id * 10 + 1))
                            .arg(id)));
    made[u"name"_s] = QString::fromUtf8(name);
    made[u"members"_s] = members;
    return made;
}

QJsonObject person(int id, const QString& username, const QString& nick = {}) {
    return {{u"user"_s, QJsonObject{{u"id"_s, QString::number(id)}, {u"username"_s, username}}},
            {u"nick"_s, nick},
            {u"roles"_s, QJsonArray()}};
}

/// 200 guilds of 100 channels.
QJsonArray many_guilds() {
    QJsonArray all;
    for (int i = 1; i <= 200; ++i) {
        QJsonObject one = guild(i * 1'000, "G", {person(1, u"me"_s)});
        QJsonArray channels;
        for (int j = 1; j <= 100; ++j) {
            channels.append(QJsonObject{{u"id"_s, QString::number(i * 1'000 + j)},
                                        {u"type"_s, 0},
                                        {u"name"_s, u"room-%1-%2"_s.arg(i).arg(j)}});
        }
        one[u"channels"_s] = channels;
        all.append(one);
    }
    return all;
}

struct Bench {
    ScriptedAccount node;
    Model model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit Bench(const QJsonArray& members = {person(2, u"bram@far.example"_s),
                                                person(3, u"x1"_s, u"Ébène"_s),
                                                person(4, u"abram"_s)}) {
        node.ready({guild(50, "Brass band", members),
                    guild(60, "Other", {person(2, u"bram@far.example"_s), person(5, u"ann"_s)})});
        model.setAccount(node.account.get());
        model.setGuildId(u"50"_s);
    }
    QStringList find(const QString& query) {
        model.setQuery({});
        model.setQuery(query);
        // Guilds other than the open one follow between two frames.
        (void)QTest::qWaitFor([&] { return model.isSettled(); });
        return shown();
    }
    QStringList shown() const {
        QStringList rows;
        for (int i = 0; i < model.rowCount(); ++i) {
            rows << model.kindAt(i) + u' ' + model.index(i).data(Model::NameRole).toString();
        }
        return rows;
    }
};

}  // namespace

class TestQuickSwitcher final : public QObject {
    Q_OBJECT

  private slots:
    void a_name_fits_better_or_worse_data() {
        QTest::addColumn<QString>("name");
        QTest::addColumn<QString>("query");
        QTest::addColumn<int>("rank");
        QTest::newRow("the same") << u"Bram"_s << u"bram"_s << 0;
        QTest::newRow("accents") << u"Ébène"_s << u"ebene"_s << 0;
        QTest::newRow("begins") << u"Bramble"_s << u"bram"_s << 1;
        QTest::newRow("a word begins") << u"old-bram"_s << u"bram"_s << 2;
        QTest::newRow("within") << u"abram"_s << u"bram"_s << 3;
        QTest::newRow("in order") << u"b-r-a-m"_s << u"bram"_s << 4;
        QTest::newRow("not") << u"marb"_s << u"bram"_s << -1;
    }
    void a_name_fits_better_or_worse() {
        QFETCH(QString, name);
        QFETCH(QString, query);
        QTEST(fit(name, query), "rank");
    }
    void people_are_found_and_the_best_comes_first() {
        Bench bench;
        QCOMPARE(bench.find(u"@bram"_s), QStringList({u"person bram"_s, u"person abram"_s}));
        QCOMPARE(bench.model.idAt(0), u"2"_s);
        QCOMPARE(bench.model.guildAt(0), u"50"_s);  // once, though two guilds have him
        QCOMPARE(bench.find(u"@ebene"_s), QStringList({u"person Ébène"_s}));
        QCOMPARE(bench.find(u"@x1"_s), QStringList({u"person Ébène"_s}));  // by how one logs in
    }
    void people_of_other_guilds_follow() {
        Bench bench;
        QCOMPARE(bench.find(u"@ann"_s), QStringList({u"person ann"_s}));
        QCOMPARE(bench.model.guildAt(0), u"60"_s);
    }
    void signs_choose_what_is_looked_for() {
        Bench bench;
        QCOMPARE(bench.find(u"*br"_s), QStringList({u"guild Brass band"_s}));
        for (const QString& row : bench.find(u"#br"_s)) QVERIFY(row.startsWith(u"channel "_s));
        QCOMPARE(bench.find(u"bram"_s).size(), 4);
        QVERIFY(bench.find(u"@"_s).first().startsWith(u"person "_s));
        QVERIFY(bench.find(u"nothing of that name"_s).isEmpty());
        QCOMPARE(bench.model.idAt(-1), QString());
        QCOMPARE(bench.model.guildAt(99), QString());
    }
    void every_channel_of_the_largest_account_is_found_and_a_key_computes_no_rights() {
        ScriptedAccount node;
        node.ready(many_guilds());
        Model model;
        model.setAccount(node.account.get());
        model.setQuery({});
        QVERIFY(QTest::qWaitFor([&] { return model.isSettled(); }));
        const quint64 before = node.state().rights_computed();
        for (const QString& name : {u"room-1-1"_s, u"room-150-7"_s, u"room-200-100"_s}) {
            QString typed;
            for (const QChar c : name) model.setQuery(typed += c);
            QCOMPARE(model.index(0).data(Model::NameRole).toString(), name);
            QVERIFY(model.rowCount() <= 30);
        }
        QCOMPARE(node.state().rights_computed(), before);
    }
    void a_crowd_is_bounded() {
        QJsonArray members;
        for (int i = 0; i < kCrowd; ++i) members.append(person(1'000 + i, u"user%1"_s.arg(i)));
        Bench bench(members);
        QCOMPARE(bench.find(u"@user"_s).size(), 30);
        QVERIFY(bench.model.offered() <= 1'100);
        bench.model.setQuery(QString(100'000, u'x'));
        QVERIFY(bench.model.query().size() <= 100);
    }
    void who_is_not_known_here_is_asked_for() {
        Bench bench;
        QVERIFY(bench.node.connect());
        bench.node.ready({guild(50, "Brass band", {})});
        bench.model.setQuery({});
        bench.model.setQuery(u"@zo"_s);
        QVERIFY(bench.shown().isEmpty());
        QTRY_COMPARE(bench.node.gateway.count(8), 1);
        QCOMPARE(bench.node.gateway.last(8)[u"query"_s].toString(), u"zo"_s);
        QCOMPARE(bench.node.gateway.last(8)[u"guild_id"_s].toString(), u"50"_s);
        bench.node.apply("GUILD_MEMBERS_CHUNK",
                         QJsonObject{{u"guild_id"_s, u"50"_s},
                                     {u"members"_s, QJsonArray{person(70, u"zoe"_s)}}});
        QCOMPARE(bench.shown(), QStringList({u"person zoe"_s}));
    }
    /// Enter opens what was chosen, however well somebody fits who is told of meanwhile.
    void rows_do_not_move_under_the_chosen_one() {
        Bench bench;
        QVERIFY(bench.node.connect());
        bench.node.ready({guild(50, "Brass band", {person(4, u"abram"_s)})});
        bench.model.setQuery({});
        bench.model.setQuery(u"@bram"_s);
        QVERIFY(QTest::qWaitFor([&] { return bench.model.isSettled(); }));
        QCOMPARE(bench.shown(), QStringList({u"person abram"_s}));
        QTRY_COMPARE(bench.node.gateway.count(8), 1);
        const QPersistentModelIndex chosen = bench.model.index(0);
        bench.node.apply("GUILD_MEMBERS_CHUNK",
                         QJsonObject{{u"guild_id"_s, u"50"_s},
                                     {u"members"_s, QJsonArray{person(70, u"bram"_s)}}});
        QCOMPARE(bench.shown(), QStringList({u"person abram"_s, u"person bram"_s}));
        QVERIFY(chosen.isValid());
        QCOMPARE(bench.model.idAt(chosen.row()), u"4"_s);
        // The next key puts the best first again.
        bench.model.setQuery(u"@bra"_s);
        QCOMPARE(bench.shown(), QStringList({u"person bram"_s, u"person abram"_s}));
    }
};

QTEST_GUILESS_MAIN(TestQuickSwitcher)
#include "tst_quick_switcher.moc"
