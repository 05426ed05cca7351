// What a node says of where a guild lives, read as if it lied, and said in plain words.

#include "client-qml/federation/host_status.h"
#include "client-qml/federation/node_bans.h"
#include "client-qml/federation/node_facts.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

constexpr const char* kAway = R"({"role":"mirror","votes":1,"takeover_delay":90000,
    "host":{"name":"far.example","uid":"aa","verified":true,"reachable":false,
            "away_since":"2026-01-02T03:04:05Z"},
    "verified":{"entries":1204,"at":"2026-01-02T03:04:05Z","behind":3},"frozen":null,
    "successors":[]})";

}  // namespace

class TestHosting final : public QObject {
    Q_OBJECT

  private slots:
    void hostile_answers_are_read_within_bounds_data() {
        QTest::addColumn<QByteArray>("text");
        QTest::addColumn<bool>("known");
        const auto row = [](const char* text, bool known) {
            QTest::newRow(text) << QByteArray(text) << known;
        };
        row("{}", false);
        row(R"({"host":null})", false);
        row(R"({"host":"far.example"})", false);
        row(R"({"host":[]})", false);
        row(R"({"host":{}})", true);
        row(R"({"host":{"name":5,"uid":[],"reachable":"yes"}})", true);
        row(R"({"host":{},"votes":-1,"takeover_delay":-5})", true);
        row(R"({"host":{},"votes":1e300,"takeover_delay":1e300})", true);
        row(R"({"host":{},"successors":{"a":1},"verified":7,"frozen":[]})", true);
        row(R"({"host":{},"successors":[null,1,{},{"uid":""},{"name":"\u202Ex"}]})", true);
        row(R"({"host":{"away_since":"never"},"verified":{"entries":-9,"at":1}})", true);
    }
    void hostile_answers_are_read_within_bounds() {
        QFETCH(QByteArray, text);
        QFETCH(bool, known);
        const auto hosting = parse_hosting(json(text.constData()));
        QCOMPARE(hosting.has_value(), known);
        if (!hosting) return;
        QVERIFY(hosting->votes >= 0 && hosting->votes <= 1'000);
        QVERIFY(hosting->takeover_delay_s >= 0);
        QVERIFY(hosting->successors.size() <= 1);
        QVERIFY(!node_text(hosting->host).isEmpty());
        for (const Successor& one : hosting->successors)
            QVERIFY(!node_text(one.node).contains(QChar(0x202E)));
        long_note(*hosting);
        short_note(*hosting);
    }
    void a_thousand_successors_are_cut() {
        QJsonArray many;
        for (int i = 0; i < 1'000; ++i) many.append(QJsonObject{{u"uid"_s, QString::number(i)}});
        const QJsonObject told{{u"host"_s, QJsonObject()}, {u"successors"_s, many}};
        QCOMPARE(parse_hosting(told)->successors.size(), 64u);
    }
    void delays_are_said_in_days_and_hours() {
        QCOMPARE(duration_text(0), u"at once"_s);
        QCOMPARE(duration_text(1), u"1 hour"_s);
        QCOMPARE(duration_text(7'200), u"2 hours"_s);
        QCOMPARE(duration_text(86'400), u"1 day"_s);
        QCOMPARE(duration_text(90'000), u"1 day and 1 hour"_s);
        QCOMPARE(duration_text(3 * 86'400 + 7'200), u"3 days and 2 hours"_s);
        QCOMPARE(duration_text(-5), u"at once"_s);
        QVERIFY(!duration_text(std::numeric_limits<qint64>::max() / 2).isEmpty());
    }
    void all_well_is_no_note() {
        const auto well = parse_hosting(json(R"({"host":{"name":"a.example","reachable":true}})"));
        QVERIFY(short_note(*well).isEmpty() && long_note(*well).isEmpty());
        const auto own = parse_hosting(json(R"({"host":{"own":true,"reachable":false}})"));
        QVERIFY(long_note(*own).isEmpty());
    }
    void a_host_that_is_away_is_named() {
        const auto away = parse_hosting(json(kAway));
        QVERIFY(long_note(*away).contains(u"far.example"_s));
        QVERIFY(short_note(*away).startsWith(u"Read-only"_s));
    }
    void every_finding_has_words_of_its_own() {
        QSet<QString> words;
        for (const char* kind :
             {"split_heads", "rewritten_log", "broken_receipt", "forged_origin", "something_new"}) {
            Hosting hosting;
            hosting.frozen_kind = QString::fromLatin1(kind);
            QVERIFY(hosting.frozen());
            words.insert(long_note(hosting));
        }
        QCOMPARE(words.size(), 5);
    }

    void the_shown_guild_is_asked_for_and_forgotten() {
        ScriptedAccount node;
        node.answers["GET /guilds/10/hosting"] = say(200, kAway);
        QVERIFY(node.connect());
        node.ready({json(R"({"id":"10","name":"G","owner_id":"1","roles":[],"channels":[]})")});
        HostStatus host;
        host.setAccount(node.account.get());
        host.setGuildId(u"10"_s);
        QTRY_VERIFY(host.known());
        QVERIFY(host.readOnly() && !host.own() && host.owner());
        QCOMPARE(host.delayText(), u"1 day and 1 hour"_s);
        QVERIFY(host.history().contains(u"204"_s));
        QSignalSpy changed(&host, &HostStatus::changed);
        host.refresh();
        QTest::qWait(100);
        QCOMPARE(changed.size(), 0);  // The same answer is no change.
        host.setGuildId({});
        QVERIFY(!host.known() && host.note().isEmpty());
    }
    // As docs/COMPAT.md has it: rows for guilds of other nodes, an event when one changes.
    void what_the_gateway_tells_is_shown_without_asking_again_and_again() {
        constexpr const char* kThere = R"({"role":"mirror","host":{"name":"far.example","uid":"aa",
            "verified":true,"reachable":true},"frozen":null,"successors":[]})";
        ScriptedAccount node;
        node.answers["GET /guilds/10/hosting"] = say(200, kThere);
        QVERIFY(node.connect());
        const auto ready = json(R"({"user":{"id":"1","username":"me"},"session_id":"s",
            "guilds":[{"id":"10","name":"G","roles":[],"channels":[]},
                      {"id":"11","name":"H","roles":[],"channels":[]}],
            "guild_hosting":[{"guild_id":"10","host":"aa","own":false,"reachable":true,
                              "frozen":false,"epoch":0},null,7,{"host":"bb"}]})");
        node.apply("READY", ready);
        QVERIFY(node.state().tells_hosting());
        QVERIFY(!node.state().hosting(11));
        HostStatus host;
        host.setAccount(node.account.get());
        host.setGuildId(u"10"_s);
        QTRY_VERIFY(host.known() && !host.readOnly());
        QVERIFY(!host.is_asking_again());
        QSignalSpy changed(&host, &HostStatus::changed);
        const auto update = [&](bool reachable, bool frozen) {
            node.apply("GUILD_HOSTING_UPDATE",
                       {{u"guild_id"_s, u"10"_s},
                        {u"host"_s, u"aa"_s},
                        {u"own"_s, false},
                        {u"reachable"_s, reachable},
                        {u"frozen"_s, frozen},
                        {u"epoch"_s, 0}});
        };
        const auto asked = [&] { return node.seen_of("GET /guilds/10/hosting").size(); };
        const std::size_t before = asked();
        node.answers["GET /guilds/10/hosting"] = say(200, kAway);
        update(false, false);
        QVERIFY(host.readOnly());  // before any answer
        QVERIFY(host.shortNote().startsWith(u"Read-only"_s));
        QTRY_VERIFY(host.history().contains(u"204"_s));  // the answer brings the rest
        QVERIFY(host.readOnly() && !host.is_asking_again());
        // An answer that is older than what was told changes nothing.
        update(true, false);
        QVERIFY(!host.readOnly() && host.shortNote().isEmpty());
        QTRY_COMPARE(asked(), before + 2);
        QTest::qWait(50);
        QVERIFY(!host.readOnly());
        update(true, true);
        QVERIFY(host.readOnly() && host.frozen());
        update(true, false);
        QVERIFY(!host.readOnly());
        // The next guild is at home; nothing is told of it and nothing hangs on from this one.
        host.setGuildId(u"11"_s);
        QVERIFY(!host.readOnly());
        QVERIFY(changed.size() > 0);
    }
    void what_waits_for_a_host_is_sent_when_the_node_says_that_it_is_back() {
        ScriptedAccount node;
        node.answers["POST /channels/12/messages"] =
            say(503, R"({"code":130000,"message":"The host of this guild cannot be reached"})");
        QVERIFY(node.connect());
        node.ready({json(R"({"id":"10","name":"G","owner_id":"1","roles":[],
                             "channels":[{"id":"12","type":0}]})")});
        Outbox& outbox = node.account->outbox();
        Draft words;
        words.channel = 12;
        words.content = u"waits"_s;
        const auto nonce = outbox.put(words);
        QVERIFY(nonce);
        QTRY_COMPARE(outbox.find(*nonce)->stage, Outbox::Stage::host_away);
        node.answers["POST /channels/12/messages"] = say(200, R"({"id":"99","channel_id":"12"})");
        node.apply("GUILD_HOSTING_UPDATE",
                   R"({"guild_id":"10","host":"aa","reachable":true,"own":false,"frozen":false})");
        QCOMPARE(outbox.find(*nonce)->stage, Outbox::Stage::sending);  // no timer was waited for
        QTRY_VERIFY(!outbox.find(*nonce));
    }
    void an_account_that_goes_takes_its_questions_along() {
        HostStatus host;
        NodeFacts facts;
        {
            ScriptedAccount gone;
            gone.answers["GET /guilds/10/hosting"] = silence();
            gone.answers["GET /node"] = silence();
            QVERIFY(gone.connect());
            host.setAccount(gone.account.get());
            facts.setAccount(gone.account.get());
            host.setGuildId(u"10"_s);
            host.handOver(u"b.example"_s);
            QTRY_COMPARE(gone.seen_of("GET /guilds/10/hosting").size(), 1u);
            host.setAccount(nullptr);
            facts.setAccount(nullptr);
        }
        QVERIFY(!host.busy());
        ScriptedAccount node;
        node.answers["GET /guilds/10/hosting"] = say(200, kAway);
        QVERIFY(node.connect());
        host.setAccount(node.account.get());
        QTRY_VERIFY(host.known());
    }
    void a_node_without_hosting_shows_nothing() {
        ScriptedAccount node;
        QVERIFY(node.connect());
        HostStatus host;
        host.setAccount(node.account.get());
        host.setGuildId(u"10"_s);
        QTRY_COMPARE(node.seen_of("GET /guilds/10/hosting").size(), 1u);
        QTest::qWait(50);
        QVERIFY(!host.known() && host.shortNote().isEmpty());
    }
    void what_the_owner_decides_is_sent_and_refused_aloud() {
        ScriptedAccount node;
        node.answers["GET /guilds/10/hosting"] = say(200, kAway);
        node.answers["PATCH /guilds/10/hosting"] =
            say(400, R"({"code":50035,"message":"Invalid Form Body","errors":{"successors":{"0":
                {"_errors":[{"code":"X","message":"No such node"}]}}}})");
        QVERIFY(node.connect());
        HostStatus host;
        host.setAccount(node.account.get());
        host.setGuildId(u"10"_s);
        host.decide({u"b.example"_s}, 2, 30);
        QTRY_COMPARE(host.error(), u"No such node"_s);
        const QByteArray body = node.seen_of("PATCH /guilds/10/hosting")[0].body;
        const QJsonObject sent = QJsonDocument::fromJson(body).object();
        QCOMPARE(sent["takeover_delay"_L1].toInt(), 108'000);
        QCOMPARE(sent["votes"_L1].toInt(), 2);
    }

    void nodes_are_kept_out_where_the_node_can_and_one_may() {
        ScriptedAccount node;
        NodeBans bans;
        QAbstractItemModelTester tester(&bans);
        node.answers["GET /node"] = say(200, R"({"features":["node_bans"]})");
        node.answers["GET /guilds/10/node-bans"] =
            say(200, R"([{"node_uid":"dd","name":"bad.example"},{"name":"no uid"},null,7])");
        node.answers["PUT /guilds/10/node-bans/worse.example"] = say(204, "");
        QVERIFY(node.connect());
        node.ready({json(R"({"id":"10","name":"G","owner_id":"1","roles":[],"channels":[]})"),
                    json(R"({"id":"11","name":"H","owner_id":"9","roles":[],"channels":[]})")});
        bans.setAccount(node.account.get());
        bans.setGuildId(u"10"_s);
        QTRY_COMPARE(bans.rowCount(), 1);
        QVERIFY(bans.available());
        for (const char* name : {"", " ", "..", "."}) bans.ban(QString::fromLatin1(name));
        QVERIFY(!bans.busy());
        bans.ban(u" worse.example "_s);
        QTRY_COMPARE(node.seen_of("PUT /guilds/10/node-bans/worse.example").size(), 1u);
        bans.setGuildId(u"11"_s);
        QVERIFY(!bans.available());
        QCOMPARE(bans.rowCount(), 0);
    }

    void the_nodes_of_a_node_are_rows() {
        ScriptedAccount node;
        node.answers["GET /node"] = say(200, R"({"name":"home.example","uid":"aabbccdd",
            "registration":"closed","federation":true,"features":["node_peers"]})");
        node.answers["GET /node/peers"] = say(200, R"([{"name":"a.example","uid":"1","guilds":2},
            null,{"name":"b.example","guilds":-4,"last_seen":"x"}])");
        QVERIFY(node.connect());
        NodeFacts facts;
        QAbstractItemModelTester tester(&facts);
        facts.setAccount(node.account.get());
        QTRY_COMPARE(facts.rowCount(), 3);
        QCOMPARE(facts.fingerprint(), u"aabb ccdd"_s);
        QVERIFY(!facts.registration().isEmpty());
        facts.setAccount(nullptr);
        QCOMPARE(facts.rowCount(), 0);
    }
};

QTEST_MAIN(TestHosting)
#include "tst_hosting.moc"
