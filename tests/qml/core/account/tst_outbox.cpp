// What people wrote reaches the node once and in order, or stays until it does.

#include "client-qml/core/account/outbox.h"
#include "tests/qml/core/api/fake_http.h"

#include <QJsonDocument>
#include <QSignalSpy>
#include <QTemporaryDir>
#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;
namespace fake = guildhall::client::testing;

namespace {

/// Time that a test moves.
struct MovedClock final : Clock {
    SystemClock real;
    qint64 ahead_ms = 0;
    qint64 now_ms() const override { return real.now_ms() + ahead_ms; }
    qint64 steady_ms() const override { return real.steady_ms() + ahead_ms; }
};

/// Rest, cache and outbox of one account over a scripted node.
struct Bench {
    QTemporaryDir folder;
    std::function<fake::Said(const fake::Seen&)> script;
    fake::FakeHttp http{[this](const fake::Seen& seen) { return script(seen); }};
    MovedClock clock;
    SystemRng rng;
    Rest rest{http.url(), clock, rng};
    Cache cache{folder.path()};
    Outbox outbox{rest, cache, clock, rng};

    Bench() {
        rest.set_token(u"token"_s);
        outbox.load();
    }

    /// Posts what nobody answers; its nonce.
    QString lose(const QString& text) {
        RestLimits once;
        once.tries_max = 1;
        rest.set_limits(once);
        script = [](const fake::Seen&) { return fake::cut(); };
        Draft made;
        made.channel = 7;
        made.content = text;
        const QString nonce = outbox.put(made).value_or(QString());
        outbox.resume();
        const auto is_lost = [&] { return outbox.find(nonce)->lost_ms != 0; };
        if (!QTest::qWaitFor(is_lost, 10'000)) qFatal("not lost");
        outbox.pause();
        return nonce;
    }
};

/// The newest messages of channel 7: `others` of user 6 at `others_min`, and "MINUTES WORDS" of
/// user 5.
QByteArray page_of(const QByteArray& there,
                   int others,
                   qint64 tried_ms,
                   const QString& nonce,
                   int others_min = 1) {
    if (there == "nonsense") return R"({"id":"1"})";
    const auto message = [&](qint64 at_ms, int number, const QString& user, const QString& text) {
        return QJsonObject{{u"id"_s, QString::number(first_of(at_ms) + quint64(number))},
                           {u"channel_id"_s, u"7"_s},
                           {u"content"_s, text},
                           {u"author"_s, QJsonObject{{u"id"_s, user}, {u"username"_s, u"x"_s}}}};
    };
    QJsonArray page;
    for (int i = 0; i < others; ++i) {
        page.append(message(tried_ms + others_min * 60'000, others - i, u"6"_s, u"once"_s));
    }
    const QList<QByteArray> words = there.split(' ');
    if (words.size() == 2) {
        const qint64 at_ms = tried_ms + words[0].toInt() * 60'000;
        const bool is_theirs = words[1] == "theirs", is_nonce = words[1] == "nonce";
        QJsonObject one =
            message(at_ms,
                    0,
                    is_theirs ? u"6"_s : u"5"_s,
                    is_theirs || is_nonce ? u"once"_s : QString::fromLatin1(words[1]));
        if (is_nonce) one[u"nonce"_s] = nonce;
        page.append(one);
    }
    return QJsonDocument(page).toJson(QJsonDocument::Compact);
}

Draft draft(const QString& text) {
    Draft made;
    made.channel = 7;
    made.content = text;
    return made;
}

QJsonObject body_of(const fake::Seen& seen) { return QJsonDocument::fromJson(seen.body).object(); }

fake::Said accept(const fake::Seen&) { return fake::say(200, R"({"id":"1","channel_id":"7"})"); }

}  // namespace

class TestOutbox final : public QObject {
    Q_OBJECT

  private slots:
    void messages_leave_one_by_one_in_order() {
        Bench bench;
        bench.script = accept;
        for (int i = 0; i < 5; ++i) QVERIFY(bench.outbox.put(draft(QString::number(i))));
        QVERIFY(bench.http.seen.empty());  // There is no line yet.
        bench.outbox.resume();
        QTRY_COMPARE(bench.http.seen.size(), 5u);
        for (int i = 0; i < 5; ++i) {
            const QJsonObject body = body_of(bench.http.seen[std::size_t(i)]);
            QCOMPARE(body["content"_L1].toString(), QString::number(i));
            QVERIFY(body["enforce_nonce"_L1].toBool());
            QVERIFY(body["nonce"_L1].toString().size() <= 25);
        }
        QTRY_VERIFY(bench.outbox.items(7).empty());
        QVERIFY(bench.cache.unsent().empty());
    }

    void what_waits_survives_a_restart() {
        QTemporaryDir folder;
        QString nonce;
        SystemClock clock;
        SystemRng rng;
        Rest rest(QUrl(u"http://127.0.0.1:9"_s), clock, rng);
        {
            Cache cache(folder.path());
            Outbox outbox(rest, cache, clock, rng);
            nonce = outbox.put(draft(u"kept"_s)).value_or(QString());
        }
        Cache cache(folder.path());
        Outbox outbox(rest, cache, clock, rng);
        outbox.load();
        QCOMPARE(outbox.items(7).size(), 1u);
        QCOMPARE(outbox.items(7).front().unsent.nonce, nonce);
        QCOMPARE(outbox.items(7).front().unsent.body["content"_L1].toString(), u"kept"_s);
    }

    void the_same_nonce_is_used_again() {
        Bench bench;
        int calls = 0;
        bench.script = [&](const fake::Seen& seen) {
            return ++calls == 1 ? fake::say(503, R"({"code":130000,"message":"away"})")
                                : accept(seen);
        };
        bench.outbox.resume();
        QVERIFY(bench.outbox.put(draft(u"once"_s)));
        QTRY_VERIFY(!bench.outbox.items(7).empty() &&
                    bench.outbox.items(7).front().stage == Outbox::Stage::host_away);
        bench.outbox.resume();
        QTRY_VERIFY(bench.outbox.items(7).empty());
        QCOMPARE(body_of(bench.http.seen.front())["nonce"_L1],
                 body_of(bench.http.seen.back())["nonce"_L1]);
    }

    void all_of_a_channel_wait_for_its_host() {
        Bench bench;
        bench.script = [](const fake::Seen&) {
            return fake::say(503, R"({"code":130000,"message":"away"})");
        };
        bench.outbox.resume();
        QVERIFY(bench.outbox.put(draft(u"one"_s)) && bench.outbox.put(draft(u"two"_s)));
        const auto wait = [&] {
            const auto items = bench.outbox.items(7);
            return std::ranges::count_if(items, &Outbox::Item::host_away);
        };
        QTRY_COMPARE(wait(), 2);
        QVERIFY(bench.outbox.put(draft(u"three"_s)));
        QCOMPARE(wait(), 3);
        bench.outbox.resume();  // While it is tried again it is still the host that is waited for.
        QCOMPARE(wait(), 3);
        bench.outbox.pause();
        QCOMPARE(wait(), 0);
        bench.script = accept;
        bench.outbox.resume();
        QTRY_VERIFY(bench.outbox.items(7).empty());
    }

    void a_file_on_its_way_says_how_far_it_is_and_can_be_taken_back() {
        Bench bench;
        bench.script = accept;
        QFile file(bench.folder.filePath(u"large.bin"_s));
        QVERIFY(file.open(QIODevice::WriteOnly) && file.resize(48 << 20));
        file.close();
        bench.http.hold(true);
        bench.outbox.resume();
        Draft large = draft(u"large"_s);
        large.files.push_back({.path = file.fileName(), .name = u"large.bin"_s});
        const auto nonce = bench.outbox.put(large);
        QVERIFY(nonce && bench.outbox.put(draft(u"behind"_s)));
        const auto progress = [&] { return bench.outbox.find(*nonce)->progress; };
        QTRY_VERIFY(progress() > 0);
        QVERIFY(progress() < 1);
        QVERIFY(bench.http.seen.empty());
        bench.outbox.remove(*nonce);
        QVERIFY(!bench.outbox.find(*nonce));
        bench.http.hold(false);
        QTRY_VERIFY(bench.outbox.items(7).empty());  // What was behind it goes at once.
        QCOMPARE(bench.http.seen.size(), 1u);
        QCOMPARE(body_of(bench.http.seen[0])["content"_L1].toString(), u"behind"_s);
        QTRY_VERIFY(bench.http.closed > 0);
        QVERIFY(bench.cache.unsent().empty());
    }

    void a_refused_message_waits_for_people_and_lets_others_pass() {
        Bench bench;
        bench.script = [](const fake::Seen& seen) {
            return body_of(seen)["content"_L1] == "bad"_L1
                       ? fake::say(403, R"({"code":50013,"message":"Missing Permissions"})")
                       : accept(seen);
        };
        bench.outbox.resume();
        const auto bad = bench.outbox.put(draft(u"bad"_s));
        QVERIFY(bad && bench.outbox.put(draft(u"good"_s)));
        QTRY_COMPARE(bench.outbox.items(7).size(), 1u);
        QCOMPARE(bench.outbox.items(7).front().stage, Outbox::Stage::failed);
        QCOMPARE(bench.outbox.items(7).front().unsent.error, u"Missing Permissions"_s);
        bench.script = accept;
        bench.outbox.retry(*bad);
        QTRY_VERIFY(bench.outbox.items(7).empty());
    }

    void a_message_can_be_taken_back() {
        Bench bench;
        bench.script = [](const fake::Seen&) { return fake::silence(); };
        bench.outbox.resume();
        const auto nonce = bench.outbox.put(draft(u"oops"_s));
        QVERIFY(nonce);
        bench.outbox.remove(*nonce);
        QVERIFY(bench.outbox.items(7).empty());
        QVERIFY(bench.cache.unsent().empty());
    }

    void a_message_that_the_gateway_tells_of_is_not_posted_again() {
        Bench bench;
        bench.script = [](const fake::Seen&) { return fake::silence(); };  // the answer is lost
        QSignalSpy sent(&bench.outbox, &Outbox::sent);
        bench.outbox.resume();
        const auto nonce = bench.outbox.put(draft(u"once"_s));
        QVERIFY(nonce);
        QTRY_COMPARE(bench.http.seen.size(), 1u);
        bench.outbox.pause();
        bench.outbox.heard({{u"id"_s, u"1"_s}, {u"channel_id"_s, u"8"_s}, {u"nonce"_s, *nonce}});
        QVERIFY(bench.outbox.find(*nonce));  // that was in another channel
        bench.outbox.heard({{u"id"_s, u"1"_s}, {u"channel_id"_s, u"7"_s}, {u"nonce"_s, *nonce}});
        QVERIFY(!bench.outbox.find(*nonce));
        QCOMPARE(sent.size(), 1);
        QVERIFY(bench.cache.unsent().empty());
    }

    // What the channel shows after the node has forgotten the nonce, and what becomes of the item.
    void what_the_node_has_forgotten_is_looked_for_data() {
        QTest::addColumn<QByteArray>("there");  // in the channel: minutes after the try, and words
        QTest::addColumn<int>("others");
        QTest::addColumn<QString>("outcome");
        QTest::newRow("by its nonce") << QByteArray("0 nonce") << 3 << u"sent"_s;
        // Our clock may be ahead of the node's, by a zone's hours.
        QTest::newRow("by its nonce long before") << QByteArray("-60 nonce") << 3 << u"sent"_s;
        QTest::newRow("by its words") << QByteArray("0 once") << 3 << u"sent"_s;
        QTest::newRow("on a full page") << QByteArray("0 once") << 99 << u"sent"_s;
        QTest::newRow("not there") << QByteArray("") << 3 << u"again"_s;
        QTest::newRow("of somebody else") << QByteArray("0 theirs") << 3 << u"again"_s;
        QTest::newRow("long before") << QByteArray("-60 once") << 3 << u"unclear"_s;
        QTest::newRow("days before") << QByteArray("-4000 once") << 3 << u"unclear"_s;
        QTest::newRow("others days before") << QByteArray("-4000 other") << 99 << u"again"_s;
        QTest::newRow("perhaps further back") << QByteArray("") << 100 << u"unclear"_s;
        QTest::newRow("perhaps another") << QByteArray("-5 once") << 3 << u"unclear"_s;
        QTest::newRow("no list") << QByteArray("nonsense") << 0 << u"unclear"_s;
    }

    void what_the_node_has_forgotten_is_looked_for() {
        QFETCH(QByteArray, there);
        QFETCH(int, others);
        QFETCH(QString, outcome);
        Bench bench;
        const QString nonce = bench.lose(u"once"_s);
        const qint64 tried_ms = bench.outbox.find(nonce)->lost_ms;
        bench.clock.ahead_ms = 11 * 60'000;
        const QByteArray page = page_of(there, others, tried_ms, nonce);
        int posts = 0;
        bench.script = [&](const fake::Seen& seen) {
            if (seen.method == "GET") return fake::say(200, page);
            ++posts;
            return fake::say(200, R"({"id":"1","channel_id":"7"})");
        };
        Outbox restarted(bench.rest, bench.cache, bench.clock, bench.rng);
        restarted.set_self(5);
        QSignalSpy sent(&restarted, &Outbox::sent);
        restarted.load();
        restarted.resume();
        if (outcome == "unclear"_L1) {
            QTRY_COMPARE(restarted.find(nonce)->stage, Outbox::Stage::failed);
            QVERIFY(!restarted.find(nonce)->unsent.error.isEmpty());
            QCOMPARE(posts, 0);
            restarted.retry(nonce);  // people looked, and want it
        }
        QTRY_VERIFY(!restarted.find(nonce));
        QCOMPARE(posts, outcome == "sent"_L1 ? 0 : 1);
        QCOMPARE(sent.size(), 1);
        QVERIFY(bench.cache.unsent().empty());
    }

    void one_message_is_the_outcome_of_one_item() {
        Bench bench;
        bench.outbox.set_self(5);
        const QByteArray page = page_of("0 ok", 0, bench.clock.now_ms(), {});
        bench.script = [&](const fake::Seen&) {
            QJsonObject said = QJsonDocument::fromJson(page).array()[0].toObject();
            return fake::say(200, QJsonDocument(said).toJson(QJsonDocument::Compact));
        };
        bench.outbox.resume();
        const auto first = bench.outbox.put(draft(u"ok"_s));
        QTRY_VERIFY(first && !bench.outbox.find(*first));
        const QString second = bench.lose(u"ok"_s);
        bench.clock.ahead_ms = 11 * 60'000;
        int posts = 0;
        bench.script = [&](const fake::Seen& seen) {
            if (seen.method == "GET") return fake::say(200, page);
            ++posts;
            return fake::say(200, R"({"id":"1","channel_id":"7"})");
        };
        bench.outbox.resume();
        QTRY_VERIFY(!bench.outbox.find(second));
        QCOMPARE(posts, 1);  // what is there is the first one
    }

    void one_message_is_the_outcome_of_one_item_after_a_restart_too() {
        Bench bench;
        const QByteArray page = page_of("0 ok", 0, bench.clock.now_ms(), {});
        const QJsonObject said = QJsonDocument::fromJson(page).array()[0].toObject();
        const QByteArray one = QJsonDocument(said).toJson(QJsonDocument::Compact);
        bench.script = [&](const fake::Seen&) { return fake::say(200, one); };
        bench.outbox.resume();
        const auto first = bench.outbox.put(draft(u"ok"_s));
        QTRY_VERIFY(first && !bench.outbox.find(*first));
        const QString second = bench.lose(u"ok"_s);
        bench.clock.ahead_ms = 11 * 60'000;
        int posts = 0;
        bench.script = [&](const fake::Seen& seen) {
            if (seen.method == "GET") return fake::say(200, page);
            ++posts;
            return fake::say(200, R"({"id":"1","channel_id":"7"})");
        };
        Outbox restarted(bench.rest, bench.cache, bench.clock, bench.rng);
        restarted.set_self(5);
        restarted.load();
        restarted.resume();
        QTRY_VERIFY(!restarted.find(second));
        QCOMPARE(posts, 1);  // what is there is the first one
    }

    // A clock that is half an hour ahead: what looks like long before may be after it.
    void a_full_page_of_shortly_before_says_nothing() {
        Bench bench;
        bench.outbox.set_self(5);
        const QString nonce = bench.lose(u"once"_s);
        const qint64 tried_ms = bench.outbox.find(nonce)->lost_ms;
        bench.clock.ahead_ms = 11 * 60'000;
        const QByteArray page = page_of("", 100, tried_ms, nonce, -20);
        bench.script = [&](const fake::Seen&) { return fake::say(200, page); };
        bench.outbox.resume();
        const auto is_unclear = [&] {
            const Outbox::Item* one = bench.outbox.find(nonce);
            return one && one->stage == Outbox::Stage::failed;
        };
        QTRY_VERIFY(is_unclear());
    }

    void a_look_that_gets_no_answer_is_repeated() {
        Bench bench;
        bench.outbox.set_self(5);
        const QString nonce = bench.lose(u"once"_s);
        bench.clock.ahead_ms = 11 * 60'000;
        bench.outbox.resume();  // still cut
        QTRY_COMPARE(bench.outbox.find(nonce)->stage, Outbox::Stage::waiting);
        QVERIFY(bench.outbox.find(nonce)->lost_ms != 0);
        bench.script = [](const fake::Seen& seen) {
            return seen.method == "GET" ? fake::say(403, R"({"code":50001,"message":"No"})")
                                        : fake::cut();
        };
        bench.outbox.resume();
        QTRY_COMPARE(bench.outbox.find(nonce)->stage, Outbox::Stage::failed);
    }

    void what_was_never_sent_may_be_as_old_as_it_likes() {
        Bench bench;
        bench.script = accept;
        QVERIFY(bench.outbox.put(draft(u"old"_s)));
        bench.clock.ahead_ms = 24 * 3'600'000;
        bench.outbox.resume();
        QTRY_VERIFY(bench.outbox.items(7).empty());
    }

    void a_void_token_fails_no_message() {
        Bench bench;
        connect(&bench.rest, &Rest::unauthorized, &bench.outbox, &Outbox::pause);
        bench.script = [](const fake::Seen&) {
            return fake::say(401, R"({"code":0,"message":"401: Unauthorized"})");
        };
        bench.outbox.resume();
        QVERIFY(bench.outbox.put(draft(u"first"_s)) && bench.outbox.put(draft(u"second"_s)));
        QTRY_COMPARE(bench.http.seen.size(), 1u);
        QTRY_COMPARE(bench.outbox.items(7).front().stage, Outbox::Stage::waiting);
        QCOMPARE(bench.cache.unsent().front().error, QString());
        bench.script = accept;
        bench.outbox.resume();
        QTRY_VERIFY(bench.outbox.items(7).empty());
        QCOMPARE(body_of(bench.http.seen[1])["content"_L1].toString(), u"first"_s);
        QCOMPARE(body_of(bench.http.seen[2])["content"_L1].toString(), u"second"_s);
    }

    void a_node_that_stumbles_over_one_message_lets_the_others_pass() {
        Bench bench;
        bench.script = [](const fake::Seen& seen) {
            return body_of(seen)["content"_L1] == "bad"_L1
                       ? fake::say(500, R"({"code":0,"message":"500"})")
                       : accept(seen);
        };
        bench.outbox.resume();
        const auto bad = bench.outbox.put(draft(u"bad"_s));
        QVERIFY(bad && bench.outbox.put(draft(u"good"_s)));
        for (std::size_t i = 1; i <= 5; ++i) {
            QTRY_VERIFY(bench.http.seen.size() >= i && bench.outbox.find(*bad)->call == 0);
            bench.outbox.resume();
        }
        QTRY_COMPARE(bench.outbox.items(7).size(), 1u);
        QCOMPARE(bench.outbox.find(*bad)->stage, Outbox::Stage::failed);
    }

    void as_many_files_as_a_message_takes_are_listed_once_data() {
        QTest::addColumn<int>("count");
        for (const int count : {1, 5, 6, 10}) QTest::addRow("%d files", count) << count;
    }

    void as_many_files_as_a_message_takes_are_listed_once() {
        QFETCH(int, count);
        Bench bench;
        bench.script = accept;
        Draft made = draft(u"files"_s);
        for (int i = 0; i < count; ++i) {
            UploadFile file;
            file.path = bench.folder.filePath(u"f%1"_s.arg(i));
            file.name = u"picture%1.png"_s.arg(i);
            file.description = u"what %1 shows"_s.arg(i);
            file.spoiler = i == 0;
            QFile on_disk(file.path);
            QVERIFY(on_disk.open(QFile::WriteOnly) && on_disk.write("x") == 1);
            made.files.push_back(std::move(file));
        }
        QVERIFY(bench.outbox.put(made));
        bench.outbox.resume();
        QTRY_COMPARE(bench.http.seen.size(), 1u);
        const QByteArray& sent = bench.http.seen.front().body;
        const auto from = sent.indexOf('{');
        const auto to = sent.indexOf("\r\n", from);
        const QJsonArray listed =
            QJsonDocument::fromJson(sent.mid(from, to - from)).object()["attachments"_L1].toArray();
        QCOMPARE(listed.size(), count);
        for (int i = 0; i < count; ++i) {
            const QJsonObject one = listed[i].toObject();
            QCOMPARE(one["id"_L1].toInt(-1), i);
            QCOMPARE(one["description"_L1].toString(), u"what %1 shows"_s.arg(i));
            QCOMPARE(one["filename"_L1].toString(),
                     (i == 0 ? u"SPOILER_"_s : QString()) + u"picture%1.png"_s.arg(i));
        }
    }

    void what_was_pasted_goes_with_its_message() {
        Bench bench;
        bench.script = accept;
        const QDir pasted(bench.folder.filePath(u"pasted"_s));
        QVERIFY(pasted.mkpath(u"."_s));
        const auto write = [](const QString& path) {
            QFile file(path);
            return file.open(QFile::WriteOnly) && file.write("x") == 1;
        };
        const QString sent = pasted.filePath(u"sent.png"_s), taken = pasted.filePath(u"off.png"_s),
                      left = pasted.filePath(u"left.png"_s), own = bench.folder.filePath(u"own"_s);
        for (const QString& one : {sent, taken, left, own}) QVERIFY(write(one));
        bench.outbox.set_pasted_folder(pasted.path());
        Draft first = draft(u"first"_s), second = draft(u"second"_s);
        first.files = {{.path = sent, .name = u"a.png"_s}, {.path = own, .name = u"own"_s}};
        second.files = {{.path = taken, .name = u"b.png"_s}};
        const auto one = bench.outbox.put(first), other = bench.outbox.put(second);
        QVERIFY(one && other);
        Outbox restarted(bench.rest, bench.cache, bench.clock, bench.rng);
        restarted.set_pasted_folder(pasted.path());
        restarted.load();  // what was begun and never sent goes, what waits does not
        QVERIFY(!QFile::exists(left) && QFile::exists(sent) && QFile::exists(taken));
        restarted.remove(*other);
        QVERIFY(!QFile::exists(taken));
        restarted.resume();
        QTRY_VERIFY(!restarted.find(*one));
        QVERIFY(!QFile::exists(sent) && QFile::exists(own));
    }

    void the_queue_has_an_end() {
        Bench bench;
        int taken = 0;
        while (taken < 600 && bench.outbox.put(draft(u"x"_s))) ++taken;
        QCOMPARE(taken, 500);
    }
};

QTEST_GUILESS_MAIN(TestOutbox)
#include "tst_outbox.moc"
