// Rows as they are met: messages on their way, by name and by key; and what hostile people put into
// a message, which stays within its row.

#include "tests/qml/timeline/view.h"

#include <QAccessible>
#include <QSignalSpy>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_TimelinePlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;

namespace {

struct RowsView : View {
    using View::View;
    QString name(QQuickItem* item) const {
        QAccessibleInterface* accessible = QAccessible::queryAccessibleInterface(item);
        return accessible ? accessible->text(QAccessible::Name) : QString();
    }
    QStringList shown_texts(int index) const {
        QStringList all;
        collect(row(index), [&](QQuickItem* item) {
            const QString text = item->property("text").toString();
            if (item->isVisible() && !text.isEmpty()) all += text;
        });
        return all;
    }
    static void collect(QQuickItem* from, const std::function<void(QQuickItem*)>& each) {
        each(from);
        for (QQuickItem* child : from->childItems()) collect(child, each);
    }
    static int count(QQuickItem* from, const char* type = "") {
        int found = 0;
        collect(from, [&](QQuickItem* item) {
            found += QByteArray(item->metaObject()->className()).startsWith(type);
        });
        return found;
    }
    int stage_of(int index) const {
        return model->data(model->index(index), TimelineModel::StageRole).toInt();
    }
    void focus_newest() {
        QMetaObject::invokeMethod(timeline, "focusMessages");
        stage.key(Qt::Key_End);
    }
    void put(const QString& content) {
        stage.scene.account.outbox().put({.channel = kChannel, .content = content});
        stage.settle();
    }
};

QJsonObject reaction(int n) {
    return {{u"count"_s, n}, {u"emoji"_s, QJsonObject{{u"name"_s, u"e%1"_s.arg(n)}}}};
}

/// Everything that an embed may hold, far too much of it.
QJsonObject monstrous_embed() {
    const QString long_text = u"\u202eevil\u202c <b>x</b> <img src=\"http://127.0.0.1:9/x\"> "_s +
                              QString(20'000, u'w') + QString(500, u'\n') + u"```\n"_s;
    QJsonArray fields;
    for (int i = 0; i < 1'000; ++i) {
        fields.append(
            QJsonObject{{u"name"_s, long_text}, {u"value"_s, long_text}, {u"inline"_s, true}});
    }
    const QJsonObject picture{{u"url"_s, u"http://127.0.0.1:9/i.png"_s},
                              {u"width"_s, 1'000'000'000},
                              {u"height"_s, 1e300}};
    return {{u"title"_s, long_text},
            {u"description"_s, long_text},
            {u"url"_s, u"javascript:alert(1)"_s},
            {u"color"_s, -5},
            {u"timestamp"_s, u"never"_s},
            {u"author"_s, QJsonObject{{u"name"_s, long_text}, {u"url"_s, u"file:///etc"_s}}},
            {u"footer"_s, QJsonObject{{u"text"_s, long_text}}},
            {u"provider"_s, QJsonObject{{u"name"_s, long_text}}},
            {u"image"_s, picture},
            {u"fields"_s, fields}};
}

}  // namespace

class TimelineRowsTest : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() { watch_warnings(); }
    void says_how_it_stands_with_what_was_written();
    void what_failed_is_sent_again_by_enter();
    void what_was_not_sent_is_deleted_by_key_when_one_means_it();
    void ten_thousand_reactions_are_a_few();
    void an_embed_stays_in_its_row();
    void spoilers_hide_from_readers_too();
    void code_of_any_kind_stays_in_its_box();
};

void TimelineRowsTest::says_how_it_stands_with_what_was_written() {
    RowsView view(plain(3));
    // Nobody resumed the queue: it waits for the network.
    view.put(u"first"_s);
    QVERIFY2(view.name(view.row(0)).endsWith(u"first, waiting to be sent"_s),
             qPrintable(view.name(view.row(0))));
    QVERIFY(view.shown_texts(0).contains(u"Waiting to be sent"_s));
    QVERIFY(view.shown_texts(0).contains(u"Cancel"_s));
    view.stage.scene.script = [](const Seen& seen) {
        return seen.method == "POST" ? std::optional(silence()) : std::nullopt;
    };
    view.stage.scene.account.outbox().resume();
    QTRY_VERIFY2(view.name(view.row(0)).endsWith(u"first, sending"_s),
                 qPrintable(view.name(view.row(0))));
    QVERIFY(view.shown_texts(0).contains(u"Sending"_s));
    QCOMPARE(warnings(), QStringList());
}

void TimelineRowsTest::what_failed_is_sent_again_by_enter() {
    RowsView view(plain(3));
    bool refuses = true;
    view.stage.scene.script = [&](const Seen& seen) -> std::optional<Said> {
        if (!refuses || seen.method != "POST") return std::nullopt;
        return say(403, R"({"code":50013,"message":"Missing Permissions"})");
    };
    view.stage.scene.account.outbox().resume();
    view.put(u"again"_s);
    QTRY_COMPARE(view.stage_of(0), 4);
    view.stage.settle();
    QVERIFY2(view.name(view.row(0)).endsWith(u"again, not sent, Missing Permissions"_s),
             qPrintable(view.name(view.row(0))));
    QVERIFY(view.shown_texts(0).contains(u"Not sent: Missing Permissions"_s));
    QVERIFY(view.shown_texts(0).contains(u"Try again"_s));
    QVERIFY(view.shown_texts(0).contains(u"Delete"_s));
    refuses = false;
    view.focus_newest();
    view.stage.key(Qt::Key_Return);
    QTRY_COMPARE(view.stage_of(0), 0);
    QCOMPARE(view.stage.scene.history.back()[u"content"_s].toString(), u"again"_s);
    // By the menu, too.
    refuses = true;
    view.put(u"more"_s);
    QTRY_COMPARE(view.stage_of(0), 4);
    view.focus_newest();
    view.open_menu(0);
    refuses = false;
    view.choose(u"Try again"_s);
    QTRY_COMPARE(view.stage_of(0), 0);
    QCOMPARE(warnings(), QStringList());
}

void TimelineRowsTest::what_was_not_sent_is_deleted_by_key_when_one_means_it() {
    RowsView view(plain(3));
    const int before = view.model->rowCount();
    view.put(u"one"_s);
    view.put(u"two"_s);
    QCOMPARE(view.model->rowCount(), before + 2);
    view.focus_newest();
    view.stage.key(Qt::Key_Delete);
    view.stage.settle();
    QVERIFY(view.stage.find_shown(u"GText"_s, u"Delete this message?"_s));
    view.stage.key(Qt::Key_Escape);
    view.stage.settle();
    QCOMPARE(view.model->rowCount(), before + 2);
    view.stage.key(Qt::Key_Delete);
    view.stage.settle();
    QMetaObject::invokeMethod(view.stage.find_shown(u"GButton"_s, u"Delete"_s), "clicked");
    QTRY_COMPARE(view.model->rowCount(), before + 1);
    view.stage.settle();
    view.focus_newest();
    view.stage.key(Qt::Key_Delete, Qt::ShiftModifier);
    QTRY_COMPARE(view.model->rowCount(), before);
    QVERIFY(view.stage.scene.account.outbox().is_empty());
    QCOMPARE(warnings(), QStringList());
}

void TimelineRowsTest::ten_thousand_reactions_are_a_few() {
    QJsonObject message = message_json(nth(1), u"loved"_s);
    QJsonArray all;
    for (int n = 1; n <= 10'000; ++n) all.append(reaction(n));
    message[u"reactions"_s] = all;
    RowsView view({message}, 390, 1'200);
    QVERIFY(RowsView::count(view.row(0), "ReactionRow") == 1);
    const int items = RowsView::count(view.row(0));
    QVERIFY2(items < 60 * kReactionsMax, qPrintable(QString::number(items)));
    // As many again, one by one.
    for (int n = 10'001; n <= 20'000; ++n) {
        QJsonObject one = reaction(n);
        one[u"channel_id"_s] = id_text(kChannel);
        one[u"message_id"_s] = id_text(nth(1));
        one[u"user_id"_s] = id_text(kAda);
        view.stage.scene.apply(u"MESSAGE_REACTION_ADD"_s, one);
    }
    view.stage.settle();
    const QVariant shown = view.model->data(view.model->index(0), TimelineModel::ReactionsRole);
    QCOMPARE(shown.toList().size(), kReactionsMax);
    QVERIFY(RowsView::count(view.row(0)) <= items + 8);
    for (const QVariant& one : shown.toList())
        QVERIFY(one.toMap()[u"name"_s].toString().size() <= 41);
    QCOMPARE(warnings(), QStringList());
}

void TimelineRowsTest::an_embed_stays_in_its_row() {
    QJsonObject message = message_json(nth(1), u"embeds"_s);
    QJsonArray embeds;
    for (int i = 0; i < 3; ++i) embeds.append(monstrous_embed());
    message[u"embeds"_s] = embeds;
    for (const int width : {390, 800}) {
        RowsView view({message}, width, 900);
        QQuickItem* row = view.row(0);
        QVERIFY(row);
        QVERIFY(row->height() > 0 && row->height() < 500'000);
        RowsView::collect(row, [&](QQuickItem* item) {
            if (!QByteArray(item->metaObject()->className()).startsWith("EmbedCard")) return;
            QVERIFY(item->mapToItem(row, {item->width(), 0}).x() <= row->width());
            RowsView::collect(item, [&](QQuickItem* part) {
                const double right = part->mapToItem(item, {part->width(), 0}).x();
                QVERIFY2(right <= item->width() + 1, part->metaObject()->className());
                // Markup is ours or none: no picture is fetched by a text.
                const QString text = part->property("text").toString();
                const bool is_plain = part->property("textFormat").toInt() == Qt::PlainText;
                QVERIFY2(is_plain || !text.contains(u"<img src=\"http"_s), qPrintable(text));
            });
        });
        const QVariant list = view.model->data(view.model->index(0), TimelineModel::EmbedsRole);
        for (const QVariant& one : list.toList()) {
            QCOMPARE(one.toMap()[u"url"_s].toString(), QString());
            QCOMPARE(one.toMap()[u"authorUrl"_s].toString(), QString());
            QVERIFY(one.toMap()[u"fields"_s].toList().size() <= 25);
            QVERIFY(!one.toMap()[u"title"_s].toString().contains(QChar(0x202e)));
        }
    }
    QCOMPARE(warnings(), QStringList());
}

void TimelineRowsTest::spoilers_hide_from_readers_too() {
    QString many;
    for (int i = 0; i < 300; ++i) many += u"||secret%1|| "_s.arg(i);
    QJsonObject reply = message_json(nth(3), u"see above"_s);
    reply[u"type"_s] = 19;
    reply[u"message_reference"_s] = QJsonObject{{u"message_id"_s, id_text(nth(1))}};
    reply[u"referenced_message"_s] = message_json(nth(1), u"||secret|| seen"_s);
    RowsView view({message_json(nth(1), u"||secret|| seen"_s), message_json(nth(2), many), reply},
                  800,
                  2'000);
    for (int row = 0; row < 3; ++row) {
        QVERIFY2(!view.name(view.row(row)).contains(u"secret"_s),
                 qPrintable(view.name(view.row(row))));
        for (const QString& text : view.shown_texts(row)) QVERIFY(!text.contains(u"secret"_s));
    }
    view.model->reveal(2, 0);
    view.stage.settle();
    QVERIFY(view.shown_texts(2).join(u' ').contains(u"secret"_s));
    // Numbers that nobody made open nothing and end nothing.
    for (const char* href : {"spoiler:-1", "spoiler:99999999999999", "spoiler:", "spoiler:x"})
        view.model->follow(1, QString::fromLatin1(href), nullptr);
    view.stage.settle();
    QVERIFY(!view.shown_texts(1).join(u' ').contains(u"secret"_s));
    QCOMPARE(warnings(), QStringList());
}

void TimelineRowsTest::code_of_any_kind_stays_in_its_box() {
    std::vector<QJsonObject> all;
    const QString body = u"</font><img src=\"http://127.0.0.1:9/x\"> \u202e \"unclosed /* "_s +
                         QString(9'000, u'x') + u'\n' + QString(2'000, u'{');
    int n = 0;
    for (const char* language : {"cpp", "json", "html", "no-such", "<b>", ""}) {
        all.push_back(message_json(nth(++n * 10),
                                   u"```%1\n%2\n```"_s.arg(QString::fromLatin1(language), body)));
    }
    RowsView view(all, 390, 900);
    for (int row = 0; row < n; ++row) {
        QQuickItem* item = view.row(row);
        if (!item) continue;
        QVERIFY(item->height() > 0);
        RowsView::collect(item, [&](QQuickItem* part) {
            if (QByteArray(part->metaObject()->className()).startsWith("CodeBlock"))
                QVERIFY(part->mapToItem(item, {part->width(), 0}).x() <= item->width());
        });
        for (const QVariant& block :
             view.model->data(view.model->index(row), TimelineModel::BlocksRole).toList()) {
            QVERIFY(!block.toMap()[u"html"_s].toString().contains(u"<img"_s));
        }
    }
    QCOMPARE(warnings(), QStringList());
}

QTEST_MAIN(TimelineRowsTest)
#include "tst_timeline_rows.moc"
