// Pages of cached messages: what is known of a channel, against a model that holds a flag for each
// id, and the cases that people meet.

#include "client-qml/core/store/cache.h"
#include "tests/qml/core/store/store_test.h"

#include <QTemporaryDir>
#include <QTest>

#include <map>
#include <random>
#include <set>

using namespace guildhall::client;
using namespace guildhall::client::test;
using namespace Qt::StringLiterals;

namespace {

constexpr Snowflake kChannel = 1'000, kIds = 60;

std::vector<Snowflake> ids_of(const CachedPage& page) {
    std::vector<Snowflake> ids;
    for (const Message& message : page.messages) ids.push_back(message.id);
    return ids;
}

QByteArray shown(const CachedPage& page) {
    QByteArray text;
    for (const Snowflake id : ids_of(page)) text += QByteArray::number(id) + ' ';
    return text + (page.reaches_newest ? "top " : "") + (page.gap_before ? "before " : "") +
           (page.gap_after ? "after " : "") + QByteArray::number(page.oldest_known) + '-' +
           QByteArray::number(page.newest_known);
}

/// Which ids are covered, and which of them are messages.
struct Model {
    std::set<Snowflake> covered, messages;

    void put_page(Snowflake oldest, Snowflake newest, const std::set<Snowflake>& page) {
        for (Snowflake id = oldest; id <= newest; ++id) {
            covered.insert(id);
            messages.erase(id);
        }
        messages.insert(page.begin(), page.end());
    }

    void put_message(Snowflake id, bool continues) {
        const Snowflake last = covered.empty() ? id : *covered.rbegin();
        for (Snowflake i = continues && last < id ? last : id; i <= id; ++i) covered.insert(i);
        messages.insert(id);
    }

    /// The run of covered ids around one; none: nothing is known there.
    std::optional<std::pair<Snowflake, Snowflake>> run(Snowflake id) const {
        if (!covered.contains(id)) return std::nullopt;
        Snowflake oldest = id, newest = id;
        while (oldest > 0 && covered.contains(oldest - 1)) --oldest;
        while (covered.contains(newest + 1)) ++newest;
        return std::pair(oldest, newest);
    }

    CachedPage ends(CachedPage page, std::pair<Snowflake, Snowflake> range) const {
        page.oldest_known = range.first;
        page.newest_known = range.second;
        const bool last = range.second == *covered.rbegin();
        page.gap_before = page.gap_before && range.first > 0;
        page.reaches_newest = page.gap_after && last;
        page.gap_after = page.gap_after && !last;
        return page;
    }

    static void add(CachedPage& page, Snowflake id) {
        Message message;
        message.id = id;
        page.messages.push_back(message);
    }

    /// Downwards from `top`; returns whether more follow.
    bool take(CachedPage& page, Snowflake top, Snowflake oldest, int limit) const {
        for (Snowflake id = top; id + 1 > oldest + 0 && id + 1 != 0; --id) {
            if (id < oldest) break;
            if (messages.contains(id)) {
                if (limit-- == 0) return true;
                add(page, id);
            }
            if (id == 0) break;
        }
        return false;
    }

    CachedPage newest(int limit) const {
        CachedPage page;
        if (covered.empty()) return page;
        const auto range = *run(*covered.rbegin());
        page.gap_before = !take(page, range.second, range.first, limit);
        return ends(page, range);
    }

    CachedPage before(Snowflake from, int limit) const {
        CachedPage page;
        const auto range = from == 0 ? std::nullopt : run(from - 1);
        if (!range) return page;
        page.gap_before = !take(page, from - 1, range->first, limit);
        page.gap_after = !covered.contains(from);
        page = ends(page, *range);
        page.gap_after = false;
        return page;
    }

    CachedPage after(Snowflake from, int limit) const {
        CachedPage page;
        const auto range = run(from) ? run(from) : run(from + 1);
        if (!range) return page;
        std::vector<Snowflake> up;
        for (Snowflake id = from + 1; id <= range->second; ++id) {
            if (messages.contains(id)) up.push_back(id);
        }
        page.gap_after = int(up.size()) <= limit;
        if (int(up.size()) > limit) up.resize(std::size_t(limit));
        for (auto i = up.rbegin(); i != up.rend(); ++i) add(page, *i);
        page = ends(page, *range);
        page.gap_before = false;
        return page;
    }
};

void check(const CachedPage& found, const CachedPage& wanted) {
    QCOMPARE(shown(found), shown(wanted));
}

}  // namespace

class TestPages final : public QObject {
    Q_OBJECT

  private slots:
    void random_changes_read_as_a_brute_force_model_says_data() {
        QTest::addColumn<int>("seed");
        for (int seed = 1; seed <= 12; ++seed) QTest::addRow("seed %d", seed) << seed;
    }

    void random_changes_read_as_a_brute_force_model_says() {
        QFETCH(int, seed);
        std::mt19937 random{quint32(seed)};
        const auto below = [&](quint64 n) { return quint64(random()) % n; };
        QTemporaryDir folder;
        Cache cache(folder.path());
        Model model;
        for (int step = 0; step < 150; ++step) {
            change(cache, model, below);
            const int limit = 1 + int(below(8));
            const Snowflake at = below(kIds + 2);
            check(cache.newest(kChannel, limit), model.newest(limit));
            check(cache.before(kChannel, at, limit), model.before(at, limit));
            check(cache.after(kChannel, at, limit), model.after(at, limit));
            if (QTest::currentTestFailed()) return;
        }
        QCOMPARE(cache.complaint(), QString());
    }

    void what_was_put_is_read_at_once_and_after_a_restart() {
        QTemporaryDir folder;
        {
            Cache cache(folder.path());
            cache.put_page(kChannel, 10, 30, page(kChannel, {10, 20, 30}));
            QCOMPARE(ids_of(cache.newest(kChannel, 50)), (std::vector<Snowflake>{30, 20, 10}));
        }
        const Cache cache(folder.path());
        const CachedPage newest = cache.newest(kChannel, 2);
        QCOMPARE(ids_of(newest), (std::vector<Snowflake>{30, 20}));
        QVERIFY(newest.reaches_newest && !newest.gap_before && !newest.gap_after);
        QVERIFY(cache.before(kChannel, 20, 10).gap_before);
        QCOMPARE(newest.messages[0].content, u"hello"_s);
        QCOMPARE(newest.messages[0].author.username, u"user"_s);
    }

    void a_page_from_the_beginning_has_no_gap_before() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 0, 30, page(kChannel, {10, 20, 30}));
        QVERIFY(!cache.newest(kChannel, 50).gap_before);
        QVERIFY(!cache.around(kChannel, 20, 50).gap_before);
    }

    void around_has_half_to_each_side() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 1, 9, page(kChannel, {1, 2, 3, 4, 5, 6, 7, 8, 9}));
        const CachedPage middle = cache.around(kChannel, 5, 4);
        QCOMPARE(ids_of(middle), (std::vector<Snowflake>{6, 5, 4, 3}));
        QVERIFY(!middle.gap_before && !middle.gap_after && !middle.reaches_newest);
        QVERIFY(cache.around(kChannel, 12, 4).messages.empty());
    }

    void a_page_without_end_ends_with_its_newest_message() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 10, ~Snowflake(0), page(kChannel, {10, 20}));
        QCOMPARE(cache.newest(kChannel, 5).newest_known, Snowflake(20));
        cache.put_message(kChannel, message(kChannel, 40), true);
        QCOMPARE(cache.newest(kChannel, 5).newest_known, Snowflake(40));
        QCOMPARE(ids_of(cache.newest(kChannel, 5)), (std::vector<Snowflake>{40, 20, 10}));
    }

    void a_message_after_a_break_begins_a_range_of_its_own() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 10, 20, page(kChannel, {10, 20}));
        cache.put_message(kChannel, message(kChannel, 40), false);
        QCOMPARE(ids_of(cache.newest(kChannel, 5)), (std::vector<Snowflake>{40}));
        QVERIFY(cache.newest(kChannel, 5).gap_before);
        QVERIFY(cache.after(kChannel, 20, 5).gap_after);
    }

    void a_message_continues_a_range_that_reaches_the_one_before_it() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 10, 20, page(kChannel, {10, 20}));
        cache.put_next_message(kChannel, message(kChannel, 40), 20);
        QCOMPARE(ids_of(cache.newest(kChannel, 5)), (std::vector<Snowflake>{40, 20, 10}));
        // 50 came while nobody listened.
        cache.put_next_message(kChannel, message(kChannel, 60), 50);
        QCOMPARE(ids_of(cache.newest(kChannel, 5)), (std::vector<Snowflake>{60}));
        cache.put_next_message(kChannel, message(kChannel, 70), 60);
        QCOMPARE(ids_of(cache.newest(kChannel, 5)), (std::vector<Snowflake>{70, 60}));
        cache.put_next_message(kChannel, message(kChannel, 80), 0);
        QCOMPARE(ids_of(cache.newest(kChannel, 5)), (std::vector<Snowflake>{80}));
    }

    void edits_change_only_what_is_cached() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        cache.put_page(kChannel, 10, 20, page(kChannel, {10, 20}));
        cache.update_message(kChannel, message(kChannel, 20, u"edited"_s));
        cache.update_message(kChannel, message(kChannel, 15, u"unknown"_s));
        const CachedPage newest = cache.newest(kChannel, 5);
        QCOMPARE(ids_of(newest), (std::vector<Snowflake>{20, 10}));
        QCOMPARE(newest.messages[0].content, u"edited"_s);
        cache.forget_channel(kChannel);
        QVERIFY(cache.newest(kChannel, 5).messages.empty());
        QCOMPARE(cache.newest(kChannel, 5).newest_known, Snowflake(0));
    }

    void messages_that_are_none_are_left_out() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        QJsonArray hostile = page(kChannel, {10});
        hostile.append(u"text"_s);
        hostile.append(QJsonObject{{u"id"_s, u"11"_s}});
        hostile.append(message(kChannel + 1, 12));  // of another channel
        hostile.append(message(kChannel, 99));      // outside of the page
        cache.put_page(kChannel, 10, 20, hostile);
        cache.put_page(0, 1, 2, page(0, {1}));
        cache.put_page(~Snowflake(0), 1, 2, page(~Snowflake(0), {1}));
        cache.put_page(kChannel, 30, 20, {});
        QCOMPARE(ids_of(cache.newest(kChannel, 9)), (std::vector<Snowflake>{10}));
        QCOMPARE(cache.complaint(), QString());
    }

    void a_message_of_a_megabyte_is_kept_without_what_is_large() {
        QTemporaryDir folder;
        Cache cache(folder.path());
        QJsonObject large = message(kChannel, 10, QString(1 << 20, u'x'));
        large[u"embeds"_s] = QJsonArray{QJsonObject{{u"title"_s, QString(1 << 20, u'\u20ac')}}};
        large[u"author"_s] =
            QJsonObject{{u"id"_s, u"7"_s}, {u"username"_s, QString(1 << 20, u'n')}};
        cache.put_message(kChannel, large, false);
        const CachedPage found = cache.newest(kChannel, 1);
        QCOMPARE(found.messages.size(), std::size_t(1));
        QCOMPARE(found.messages[0].content.size(), kContentMax);
    }

  private:
    template <class Below>
    void change(Cache& cache, Model& model, const Below& below) {
        const Snowflake a = 1 + below(kIds), b = a + below(12);
        switch (below(6)) {
            case 0:
            case 1: {
                std::set<Snowflake> ids;
                for (Snowflake id = a; id <= b; ++id) {
                    if (below(2) == 0) ids.insert(id);
                }
                const Snowflake oldest = below(20) == 0 ? 0 : a;
                cache.put_page(kChannel, oldest, b, page(kChannel, {ids.begin(), ids.end()}));
                model.put_page(oldest, b, ids);
                break;
            }
            case 2:
            case 3: {
                const bool continues = below(2) == 0;
                cache.put_message(kChannel, message(kChannel, a), continues);
                model.put_message(a, continues);
                break;
            }
            case 4:
                cache.remove_messages(kChannel, {a, b});
                model.messages.erase(a);
                model.messages.erase(b);
                break;
            default:
                if (below(30) == 0) {
                    cache.forget_channel(kChannel);
                    model = {};
                }
        }
    }
};

QTEST_GUILESS_MAIN(TestPages)
#include "tst_pages.moc"
