// The channels of a guild: what is muted, and what a switch of channels costs.

#include "client-qml/channels/channel_tree_model.h"
#include "client-qml/core/models/notification_rules.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Model = ChannelTreeModel;

namespace {

struct Bench {
    ScriptedAccount node;
    Model model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    Bench() {
        node.ready({json(R"({"id":"50","name":"G","owner_id":"9","member_count":1,
            "roles":[{"id":"50","permissions":"1024"}],"members":[{"user":{"id":"1"},"roles":[]}],
            "channels":[{"id":"51","type":0,"name":"a","position":1},
                {"id":"60","type":4,"name":"C"},
                {"id":"61","type":0,"name":"b","parent_id":"60","position":2},
                {"id":"62","type":0,"name":"c","parent_id":"60","position":3}]})")});
        model.setAccount(node.account.get());
        model.setGuildId(u"50"_s);
    }
    QStringList rows() const { return column(model, Model::IdRole); }
};

}  // namespace

class TestChannelTreeModel final : public QObject {
    Q_OBJECT

  private slots:
    void mute_is_what_the_notification_rules_say() {
        Bench bench;
        NotificationRules rules(bench.node.state());
        rules.put(60, {{}, kMutedForGood});
        QVERIFY(rules.is_muted(61));
        QVERIFY(bench.model.index(bench.model.rowOf(u"61"_s)).data(Model::MutedRole).toBool());
        QVERIFY(!bench.model.index(bench.model.rowOf(u"51"_s)).data(Model::MutedRole).toBool());
        rules.put(60, {});
        QVERIFY(!rules.is_muted(61));
    }
    void a_mute_on_another_page_is_seen_here() {
        Bench bench;
        QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
        NotificationRules(bench.node.state()).put(60, {{}, kMutedForGood});
        QVERIFY(!changed.isEmpty());
        QVERIFY(bench.model.index(bench.model.rowOf(u"61"_s)).data(Model::MutedRole).toBool());
        NotificationRules(bench.node.state()).put(60, {});
        QVERIFY(!bench.model.index(bench.model.rowOf(u"61"_s)).data(Model::MutedRole).toBool());
    }
    void a_category_is_read_with_all_that_is_in_it() {
        Bench bench;
        for (const int channel : {51, 61, 62}) {
            bench.node.apply(
                "MESSAGE_CREATE",
                {{u"id"_s, QString::number(channel * 100)},
                 {u"channel_id"_s, QString::number(channel)},
                 {u"guild_id"_s, u"50"_s},
                 {u"content"_s, u"x"_s},
                 {u"author"_s, QJsonObject{{u"id"_s, u"2"_s}, {u"username"_s, u"x"_s}}}});
        }
        bench.model.markRead(u"60"_s);
        const auto is_unread = [&](const QString& id) {
            return bench.model.index(bench.model.rowOf(id)).data(Model::UnreadRole).toBool();
        };
        QVERIFY(is_unread(u"51"_s) && !is_unread(u"61"_s) && !is_unread(u"62"_s));
        bench.model.markRead(u"51"_s);
        QVERIFY(!is_unread(u"51"_s));
    }
    void a_switch_of_channels_computes_no_rights() {
        Bench bench;
        const quint64 before = bench.node.state().rights_computed();
        QSignalSpy changed(&bench.model, &QAbstractItemModel::dataChanged);
        bench.model.setCurrentId(u"51"_s);
        bench.model.setCurrentId(u"61"_s);
        QCOMPARE(bench.node.state().rights_computed(), before);
        QCOMPARE(changed.size(), 0);
    }
    void the_open_channel_stays_in_a_closed_category() {
        Bench bench;
        bench.model.setCurrentId(u"61"_s);
        bench.model.toggleCategory(u"60"_s);
        QCOMPARE(bench.rows(), (QStringList{u"51"_s, u"60"_s, u"61"_s}));
        bench.model.setCurrentId(u"62"_s);
        QCOMPARE(bench.rows(), (QStringList{u"51"_s, u"60"_s, u"62"_s}));
        bench.model.setCurrentId(u"51"_s);
        QCOMPARE(bench.rows(), (QStringList{u"51"_s, u"60"_s}));
    }
};

QTEST_MAIN(TestChannelTreeModel)
#include "tst_channel_tree_model.moc"
