// Links from outside: what opens something, and what does not.

#include "client-qml/core/account/navigator.h"

#include <QTest>

using namespace guildhall::client;
using namespace Qt::StringLiterals;

class TestLink final : public QObject {
    Q_OBJECT

  private slots:
    void links_data() {
        QTest::addColumn<QString>("text");
        QTest::addColumn<int>("kind");
        QTest::addColumn<QString>("rest");
        using Kind = Link::Kind;
        const auto row = [](const char* text, Kind kind, const char* rest) {
            QTest::newRow(text) << QString::fromUtf8(text) << int(kind) << QString::fromUtf8(rest);
        };
        row("https://chat.example/channels/1/2/3", Kind::message, "chat.example 1 2 3");
        row("https://chat.example/channels/1/2", Kind::channel, "chat.example 1 2 0");
        row("https://chat.example:8443/channels/1", Kind::guild, "chat.example:8443 1 0 0");
        row("http://localhost:8080/channels/@me/2", Kind::channel, "localhost:8080 0 2 0");
        row("guildhall:///channels/1/2", Kind::channel, " 1 2 0");
        row("guildhall://chat.example/i/h7Xk2q", Kind::invite, "chat.example h7Xk2q");
        row("https://chat.example/i/h7Xk2q", Kind::invite, "chat.example h7Xk2q");
        row("h7Xk2q@chat.example~9f3a41c2", Kind::invite, " h7Xk2q@chat.example~9f3a41c2");
        row("h7Xk2q@[::1]:8447", Kind::invite, " h7Xk2q@[::1]:8447");
        row("", Kind::none, "");
        row("h7Xk2q", Kind::none, "");
        row("https://chat.example/", Kind::none, "");
        row("https://chat.example/channels", Kind::none, "");
        row("https://chat.example/channels/x/2", Kind::none, "");
        row("https://chat.example/channels/1/2/3/4", Kind::none, "");
        row("https://chat.example/channels/1/0", Kind::none, "");
        row("https://chat.example/channels/99999999999999999999999", Kind::none, "");
        row("https://chat.example/i/../../etc", Kind::none, "");
        row("https://chat.example/i/a b", Kind::none, "");
        row("javascript:alert(1)", Kind::none, "");
        row("file:///channels/1/2", Kind::none, "");
        row("somebody@example.org<script>", Kind::none, "");
    }

    void links() {
        QFETCH(QString, text);
        QFETCH(int, kind);
        QFETCH(QString, rest);
        const Link link = parse_link(text);
        QCOMPARE(int(link.kind), kind);
        if (link.kind == Link::Kind::none) return;
        const QString found = link.kind == Link::Kind::invite ? link.node + u' ' + link.code
                                                              : u"%1 %2 %3 %4"_s.arg(link.node)
                                                                    .arg(link.guild)
                                                                    .arg(link.channel)
                                                                    .arg(link.message);
        QCOMPARE(found, rest);
    }

    void a_megabyte_is_no_link() {
        QCOMPARE(int(parse_link(u"https://a/i/"_s + QString(1 << 20, u'a')).kind), 0);
    }
};

QTEST_GUILESS_MAIN(TestLink)
#include "tst_link.moc"
