// The rail: guilds in the order and the folders that people gave them.

#include "client-qml/rail/rail_model.h"
#include "tests/qml/support/scripted_account.h"

#include <QRandomGenerator>
#include <QSignalSpy>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;
using Model = RailModel;

namespace {

QJsonArray guilds(int count) {
    QJsonArray found;
    for (int i = 1; i <= count; ++i) {
        found.append(QJsonObject{{u"id"_s, QString::number(i)},
                                 {u"name"_s, u"G%1"_s.arg(i)},
                                 {u"owner_id"_s, i == 1 ? u"1"_s : u"9"_s},
                                 {u"roles"_s, QJsonArray()},
                                 {u"channels"_s, QJsonArray()},
                                 {u"members"_s, QJsonArray()}});
    }
    return found;
}

/// "1 [2 3] 4": folders in brackets, closed ones with what the model does not show left out.
QString shown(const Model& model) {
    QStringList words;
    bool inside = false;
    for (int i = 0; i < model.rowCount(); ++i) {
        const QModelIndex row = model.index(i);
        const bool is_folder = row.data(Model::KindRole).toString() == u"folder"_s;
        const bool in_folder = !row.data(Model::FolderRole).toString().isEmpty();
        if (inside && !in_folder) words.push_back(u"]"_s);
        inside = in_folder || is_folder;
        words.push_back(is_folder ? u"["_s : row.data(Model::IdRole).toString());
    }
    if (inside) words.push_back(u"]"_s);
    return words.join(u' ');
}

struct Bench {
    ScriptedAccount node;
    Model model;
    QAbstractItemModelTester tester{&model, QAbstractItemModelTester::FailureReportingMode::QtTest};

    explicit Bench(int count = 5) {
        node.ready(guilds(count));
        model.setAccount(node.account.get());
        for (int i = count; i > 0; --i) {  // Ascending, whatever the node said.
            model.move(model.rowOf(QString::number(i)), 0);
        }
    }
    int row(int guild) const { return model.rowOf(QString::number(guild)); }
};

}  // namespace

class TestRailModel final : public QObject {
    Q_OBJECT

  private slots:
    void a_guild_is_moved_up_down_and_to_the_end() {
        Bench bench;
        QCOMPARE(shown(bench.model), u"1 2 3 4 5"_s);
        bench.model.move(0, 3);
        QCOMPARE(shown(bench.model), u"2 3 1 4 5"_s);
        bench.model.move(4, 0);
        QCOMPARE(shown(bench.model), u"5 2 3 1 4"_s);
        bench.model.move(0, 5);
        QCOMPARE(shown(bench.model), u"2 3 1 4 5"_s);
        for (const auto& [from, to] : {std::pair(-1, 2), {9, 0}, {0, 9}, {2, 2}, {0, -1}}) {
            bench.model.move(from, to);
        }
        QCOMPARE(shown(bench.model), u"2 3 1 4 5"_s);
    }
    void two_guilds_make_a_folder_and_leave_it_again() {
        Bench bench;
        bench.model.join(bench.row(4), bench.row(2));
        QCOMPARE(shown(bench.model), u"1 [ 2 4 ] 3 5"_s);
        bench.model.join(bench.row(5), 1);  // Onto the folder itself.
        QCOMPARE(shown(bench.model), u"1 [ 2 4 5 ] 3"_s);
        bench.model.move(bench.row(3), bench.row(4));
        QCOMPARE(shown(bench.model), u"1 [ 2 3 4 5 ]"_s);
        bench.model.leaveFolder(bench.row(2));
        QCOMPARE(shown(bench.model), u"1 [ 3 4 5 ] 2"_s);
        for (const int guild : {3, 4, 5}) bench.model.leaveFolder(bench.row(guild));
        QCOMPARE(shown(bench.model), u"1 5 4 3 2"_s);
    }
    void a_whole_folder_is_moved() {
        Bench bench;
        bench.model.join(bench.row(2), bench.row(1));
        bench.model.move(0, bench.model.rowCount());
        QCOMPARE(shown(bench.model), u"3 4 5 [ 1 2 ]"_s);
    }
    void the_keyboard_moves_by_one_place() {
        Bench bench;
        bench.model.join(bench.row(3), bench.row(2));
        QCOMPARE(shown(bench.model), u"1 [ 2 3 ] 4 5"_s);
        bench.model.shift(bench.row(1), 1);
        QCOMPARE(shown(bench.model), u"[ 2 3 ] 1 4 5"_s);
        bench.model.shift(bench.row(2), 1);
        QCOMPARE(shown(bench.model), u"[ 3 2 ] 1 4 5"_s);
        bench.model.shift(bench.row(2), 1);
        QCOMPARE(shown(bench.model), u"[ 3 ] 2 1 4 5"_s);
        bench.model.shift(0, 1);
        QCOMPARE(shown(bench.model), u"2 [ 3 ] 1 4 5"_s);
        bench.model.shift(0, -1);
        bench.model.shift(bench.row(5), 1);
        bench.model.shift(-1, 1);
        bench.model.shift(99, 1);
        QCOMPARE(shown(bench.model), u"2 [ 3 ] 1 4 5"_s);
    }
    void a_closed_folder_hides_its_guilds_and_steps_still_find_them() {
        Bench bench;
        bench.model.join(bench.row(3), bench.row(2));
        bench.model.toggleFolder(bench.model.index(1).data(Model::IdRole).toString());
        QCOMPARE(shown(bench.model), u"1 [ ] 4 5"_s);
        QCOMPARE(bench.model.guildAfter(u"1"_s, 1), u"2"_s);
        QCOMPARE(bench.model.guildAfter(u"1"_s, -1), u"5"_s);
        QCOMPARE(bench.model.guildAfter(u"5"_s, 1), u"1"_s);
        QCOMPARE(bench.model.guildAfter({}, 1), u"1"_s);
        QCOMPARE(Model().guildAfter(u"1"_s, 1), QString());
    }
    void order_and_folders_are_kept() {
        Bench bench;
        bench.model.join(bench.row(3), bench.row(2));
        bench.model.editFolder(u"1"_s, u"  Games  "_s, u"#112233"_s);
        Model again;
        again.setAccount(bench.node.account.get());
        QCOMPARE(shown(again), shown(bench.model));
        QCOMPARE(again.index(1).data(Model::NameRole).toString(), u"Games"_s);
    }
    void a_guild_comes_and_goes_without_a_reset() {
        Bench bench;
        QSignalSpy reset(&bench.model, &QAbstractItemModel::modelReset);
        const QPersistentModelIndex three = bench.model.index(bench.row(3));
        QJsonObject six = guilds(6).last().toObject();
        bench.node.apply("GUILD_CREATE", six);
        QCOMPARE(bench.model.rowCount(), 6);
        bench.node.apply("GUILD_DELETE", R"({"id":"1"})");
        QCOMPARE(bench.model.rowCount(), 5);
        QVERIFY(three.isValid());
        QCOMPARE(three.data(Model::IdRole).toString(), u"3"_s);
        QCOMPARE(reset.size(), 0);
    }
    void a_damaged_setting_loses_no_guild_and_shows_none_twice() {
        ScriptedAccount node;
        node.ready(guilds(4));
        const QJsonArray damaged =
            json(R"({"a":[1,null,{"guilds":["1","1","77","x"]},{"folder":3,"guilds":["2","3"]},
                          {"folder":3,"guilds":["4"]},{"folder":-1,"guilds":"x"},
                          {"folder":5,"guilds":[]},{"guilds":["3","2"]}]})")["a"_L1]
                .toArray();
        node.account->cache().put_setting(u"rail"_s, damaged);
        Model model;
        QAbstractItemModelTester tester(&model);
        model.setAccount(node.account.get());
        QSet<QString> seen;
        model.toggleFolder(u"3"_s);
        for (int i = 0; i < model.rowCount(); ++i) {
            if (model.index(i).data(Model::KindRole).toString() == u"guild"_s)
                seen.insert(model.idAt(i));
        }
        QCOMPARE(seen.size(), 4);
        QCOMPARE(model.rowCount(), 5);
    }
    void any_moves_keep_every_guild_once() {
        Bench bench(8);
        QRandomGenerator chance(3);
        for (int round = 0; round < 1'500; ++round) {
            const int rows = bench.model.rowCount();
            const int a = int(chance.bounded(rows + 1)), b = int(chance.bounded(rows + 1));
            switch (chance.bounded(6)) {
                case 0:
                    bench.model.move(a, b);
                    break;
                case 1:
                    bench.model.join(a, b);
                    break;
                case 2:
                    bench.model.leaveFolder(a);
                    break;
                case 3:
                    bench.model.shift(a, b % 2 == 0 ? 1 : -1);
                    break;
                case 4:
                    bench.model.move(a, rows);
                    break;
                default: {
                    const QModelIndex one = bench.model.index(a % rows);
                    if (one.data(Model::KindRole) == u"folder"_s)
                        bench.model.toggleFolder(one.data(Model::IdRole).toString());
                }
            }
            QSet<QString> all;
            QString at;
            for (int i = 0; i < 8; ++i) all.insert(at = bench.model.guildAfter(at, 1));
            QCOMPARE(all.size(), 8);
            QVERIFY(bench.model.rowCount() <= 8 + 4 + 8);
        }
        Model again;
        again.setAccount(bench.node.account.get());
        QCOMPARE(shown(again), shown(bench.model));
    }
    void direct_messages_count_too() {
        Bench bench(0);
        bench.node.apply("CHANNEL_CREATE",
                         R"({"id":"70","type":1,"recipients":[{"id":"2","username":"x"}]})");
        QVERIFY(!bench.model.unread());
        QSignalSpy totals(&bench.model, &Model::totalsChanged);
        bench.node.apply("MESSAGE_CREATE",
                         R"({"id":"200","channel_id":"70","content":"hi",
                             "author":{"id":"2","username":"x"},"mentions":[{"id":"1"}]})");
        QVERIFY(bench.model.directUnread() && bench.model.unread());
        QCOMPARE(bench.model.directMentions(), 1);
        QCOMPARE(bench.model.mentions(), 1);
        QTRY_COMPARE(totals.size(), 1);
    }
    void what_is_unread_is_summed() {
        Bench bench(0);
        const char* guild = R"({"id":"50","name":"G","owner_id":"1","roles":[
            {"id":"50","permissions":"1024"}],"channels":[{"id":"51","type":0,"name":"a",
            "last_message_id":"100"}],"members":[{"user":{"id":"1"},"roles":[]}]})";
        bench.node.apply("GUILD_CREATE", guild);
        QCOMPARE(bench.model.unread(), false);
        bench.node.apply("MESSAGE_CREATE",
                         R"({"id":"200","channel_id":"51","guild_id":"50","content":"<@1>",
                             "author":{"id":"2","username":"x"},"mentions":[{"id":"1"}]})");
        QCOMPARE(bench.model.unread(), true);
        QCOMPARE(bench.model.mentions(), 1);
        QCOMPARE(bench.model.index(0).data(Model::MentionsRole).toInt(), 1);
        bench.model.markRead(u"50"_s);
        QCOMPARE(bench.model.mentions(), 0);
        QVERIFY(bench.model.isOwner(u"50"_s));
        QVERIFY(bench.model.canManage(u"50"_s));
    }
};

QTEST_MAIN(TestRailModel)
#include "tst_rail_model.moc"
