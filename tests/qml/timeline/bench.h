#pragma once
// Bench: a timeline's model over a scripted node. Owned by a test; the test's thread.

#include "client-qml/timeline/timeline_model.h"
#include "tests/qml/timeline/scene.h"

#include <QAbstractItemModelTester>
#include <QSignalSpy>

namespace guildhall::client::testing {

struct Bench {
    explicit Bench(int history = 0) {
        scene.fill(history);
        model.setAccount(&scene.account);
    }
    void open() {
        model.setChannelId(id_text(kChannel));
        settle();
    }
    /// Until nothing is under way.
    void settle() {
        std::size_t before = 0;
        do {
            before = scene.node.seen.size();
            QTest::qWait(80);
        } while (before != scene.node.seen.size());
    }
    QVariant at(int row, int role) const { return model.data(model.index(row), role); }
    QStringList texts() const {
        QStringList found;
        for (int row = 0; row < model.rowCount(); ++row) {
            if (at(row, TimelineModel::KindRole) != TimelineModel::EdgeKind) {
                found += at(row, TimelineModel::HtmlRole).toString();
            }
        }
        return found;
    }
    int messages() const { return int(texts().size()); }
    /// What the rows say if nothing is missing.
    QStringList down_from(int newest) const {
        QStringList expected;
        for (int i = 0; i < messages(); ++i) expected += u"message %1"_s.arg(newest - i);
        return expected;
    }
    QString edge() const { return at(model.rowCount() - 1, TimelineModel::EdgeRole).toString(); }

    Scene scene;
    TimelineModel model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};
};

}  // namespace guildhall::client::testing
