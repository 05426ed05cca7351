// One list of rows becomes another by steps that a view can follow.

#include "client-qml/core/models/row_steps.h"

#include <QRandomGenerator>
#include <QTest>

using namespace guildhall::client;
using Keys = std::vector<int>;

namespace {

Keys done(Keys rows, const Keys& next, const std::vector<RowStep>& steps) {
    for (const RowStep& step : steps) {
        const auto at = rows.begin() + step.first;
        if (step.kind == RowStep::Kind::remove) {
            rows.erase(at, rows.begin() + step.last + 1);
        } else if (step.kind == RowStep::Kind::insert) {
            rows.insert(at, next.begin() + step.first, next.begin() + step.last + 1);
        } else {
            const int moved = *at;
            rows.erase(at);
            rows.insert(rows.begin() + step.to, moved);
        }
    }
    return rows;
}

}  // namespace

class TestRowSteps final : public QObject {
    Q_OBJECT

  private slots:
    void any_list_becomes_any_other() {
        QRandomGenerator chance(7);
        int resets = 0;
        for (int round = 0; round < 2'000; ++round) {
            Keys all(30);
            for (int i = 0; i < 30; ++i) all[std::size_t(i)] = i;
            const auto some = [&] {
                Keys keys = all;
                std::shuffle(keys.begin(), keys.end(), chance);
                keys.resize(chance.bounded(31u));
                if (chance.bounded(2)) std::ranges::sort(keys);
                return keys;
            };
            const Keys old = some(), next = some();
            const auto steps = row_steps(old, next);
            if (!steps) ++resets;
            if (steps) QVERIFY(done(old, next, *steps) == next);
        }
        QVERIFY(resets == 0);
    }
    void one_that_moves_is_one_step() {
        const auto steps = row_steps(Keys{1, 2, 3, 4, 5}, Keys{2, 3, 4, 5, 1});
        QCOMPARE(steps->size(), 1u);
        QVERIFY(steps->front().kind == RowStep::Kind::move);
    }
    void neighbours_come_and_go_together() {
        QCOMPARE(row_steps(Keys{1, 2, 3, 4}, Keys{1, 4})->size(), 1u);
        QCOMPARE(row_steps(Keys{1, 4}, Keys{1, 2, 3, 4})->size(), 1u);
        QCOMPARE(row_steps(Keys{1, 4}, Keys{1, 4})->size(), 0u);
    }
    void what_would_take_too_many_steps_is_none() {
        Keys up(1'000), down(1'000);
        for (int i = 0; i < 1'000; ++i) {
            up[std::size_t(i)] = i;
            down[std::size_t(i)] = -i;
        }
        Keys back(up.rbegin(), up.rend());
        QVERIFY(!row_steps(up, back));
        QVERIFY(row_steps(up, down));
    }
};

QTEST_MAIN(TestRowSteps)
#include "tst_row_steps.moc"
