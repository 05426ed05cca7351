// A node that sends nonsense: every event with every wrong type in every place, far too much of
// everything, names that turn the window around. What comes is left out or bounded, and the next
// event that makes sense is understood.

#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"
#include "tests/qml/core/state/sensible_events.h"
#include "tests/qml/support/scripted_account.h"

#include <QSignalSpy>

#include <random>

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

QJsonArray wrong_values() {
    QJsonArray deep;
    for (int i = 0; i < 50; ++i) deep = {deep};
    return {QJsonValue(),
            true,
            -1,
            1e300,
            0.5,
            QString(),
            u"x"_s,
            u"-5"_s,
            u"18446744073709551615"_s,
            u"99999999999999999999999"_s,
            QString(5'000, QChar(0x202E)),
            QJsonArray(),
            QJsonArray{QJsonValue(), 1, u"x"_s, QJsonObject()},
            deep,
            QJsonObject(),
            QJsonObject{{u"id"_s, QJsonObject()}},
            QJsonObject{{u"id"_s, u"10"_s}}};
}

/// Calls `with` for the value with each of its parts replaced by `wrong`, the whole included.
void each_place(const QJsonValue& value,
                const QJsonValue& wrong,
                const std::function<void(const QJsonValue&)>& with) {
    with(wrong);
    if (value.isObject()) {
        const QJsonObject object = value.toObject();
        for (auto at = object.begin(); at != object.end(); ++at) {
            each_place(at.value(), wrong, [&](const QJsonValue& part) {
                QJsonObject changed = object;
                changed[at.key()] = part;
                with(changed);
            });
            QJsonObject without = object;
            without.remove(at.key());
            with(without);
        }
    } else if (value.isArray() && !value.toArray().isEmpty()) {
        each_place(value.toArray().first(), wrong, [&](const QJsonValue& part) {
            QJsonArray changed = value.toArray();
            changed[0] = part;
            with(changed);
        });
    }
}

/// What the window asks of the state when something changed.
void look_at(State& state) {
    for (const CachedGuild& one : state.guilds()) {
        state.guild_unread(one.id);
        state.visible(one.id);
        state.guild_permissions(one.id);
        visible_channels(state, one.id);
        for (const Member* member : state.members(one.id)) {
            state.color(one.id, member->user.id);
            const QString name = state.display_name(one.id, member->user);
            QVERIFY(!name.isEmpty() && name.size() <= 128 && !name.contains(QChar(0x202E)));
            state.presence(member->user.id);
        }
    }
    state.private_channels();
    state.typing(11);
    state.permissions(11);
    QVERIFY(state.guilds().size() <= 50u);
}

}  // namespace

class TestHostile final : public QObject {
    Q_OBJECT

  private slots:
    void every_event_has_a_payload_here() {
        const QHash<QString, QJsonObject> all = sensible_events();
        for (const QString& name : State::events()) QVERIFY2(all.contains(name), qPrintable(name));
    }

    void any_part_of_any_event_may_be_nonsense_data() {
        QTest::addColumn<QString>("event");
        for (const QString& name : State::events()) QTest::newRow(qPrintable(name)) << name;
    }

    void any_part_of_any_event_may_be_nonsense() {
        QFETCH(QString, event);
        ScriptedAccount node;
        const QHash<QString, QJsonObject> all = sensible_events();
        const QByteArray type = event.toLatin1();
        node.apply("READY", all[u"READY"_s]);
        int tried = 0;
        for (const QJsonValue wrong : wrong_values()) {
            each_place(all[event], wrong, [&](const QJsonValue& data) {
                node.apply(type.constData(), data.toObject());
                if (++tried % 50 == 0) look_at(node.state());
            });
        }
        look_at(node.state());
        // It still understands, and keeps.
        node.apply("READY", all[u"READY"_s]);
        node.apply("MESSAGE_CREATE", all[u"MESSAGE_CREATE"_s]);
        QSignalSpy created(&node.state(), &State::message_created);
        QJsonObject next = all[u"MESSAGE_CREATE"_s];
        next[u"id"_s] = u"4000000000000000000"_s;
        node.apply("MESSAGE_CREATE", next);
        QCOMPARE(created.size(), 1);
        QCOMPARE(node.state().channel(11)->name, u"quay"_s);
        QCOMPARE(node.account->cache().newest(11, 1).messages.size(), std::size_t(1));
        QCOMPARE(node.account->cache().complaint(), QString());
        // What lies on the disk is read again without harm.
        State again(node.account->cache(), node.clock);
        again.load();
        look_at(again);
    }

    void events_shuffled_together_do_no_harm() {
        ScriptedAccount node;
        const QHash<QString, QJsonObject> all = sensible_events();
        QStringList names = State::events();
        names.sort();
        const QJsonArray wrong = wrong_values();
        std::mt19937 random{7};
        std::vector<QJsonObject> parts;
        for (const QString& name : names) {
            each_place(all[name],
                       wrong.at(qsizetype(random() % quint32(wrong.size()))),
                       [&](auto& v) { parts.push_back(v.toObject()); });
        }
        for (int i = 0; i < 5'000; ++i) {
            const QString& name = names[qsizetype(random() % quint32(names.size()))];
            node.apply(name.toLatin1().constData(), parts[random() % parts.size()]);
            if (i % 100 == 0) look_at(node.state());
        }
    }

    void a_million_members_are_bounded() {
        ScriptedAccount node;
        QJsonObject guild = sensible_guild();
        guild[u"member_count"_s] = 1'000'000;
        QJsonArray many;
        const auto person = [](int id) {
            return QJsonObject{
                {u"user"_s, QJsonObject{{u"id"_s, QString::number(id)}, {u"username"_s, u"u"_s}}}};
        };
        for (int i = 0; i < 20'000; ++i) many.append(person(1'000 + i));
        guild[u"members"_s] = many;
        node.ready({guild});
        QVERIFY(node.state().members(10).size() <= 1'000u);
        // By chunks, 1,000 in each, and one that has more.
        for (int chunk = 0; chunk < 60; ++chunk) {
            QJsonArray members;
            for (int i = 0; i < (chunk == 0 ? 5'000 : 1'000); ++i) {
                members.append(person(100'000 + chunk * 5'000 + i));
            }
            node.apply("GUILD_MEMBERS_CHUNK", {{u"guild_id"_s, u"10"_s}, {u"members"_s, members}});
        }
        QVERIFY(node.state().members(10).size() <= std::size_t(kMembersMax));
        QVERIFY(node.state().members(10).size() > 40'000u);
        // Who is known still changes.
        QJsonObject known = person(100'001);
        known[u"guild_id"_s] = u"10"_s;
        known[u"nick"_s] = u"new"_s;
        node.apply("GUILD_MEMBER_UPDATE", known);
        QCOMPARE(node.state().member(10, 100'001)->nick, u"new"_s);
        node.account->cache().flush();
        QVERIFY(node.account->cache().members(10, 10'000).size() <= 3'000u);
    }

    void ten_thousand_reactions_are_bounded() {
        ScriptedAccount node;
        node.ready({sensible_guild()});
        QJsonObject message = sensible_message();
        QJsonArray reactions;
        for (int i = 0; i < 10'000; ++i) {
            reactions.append(QJsonObject{
                {u"emoji"_s, QJsonObject{{u"id"_s, QString::number(i + 1)}, {u"name"_s, u"x"_s}}},
                {u"count"_s, 2'000'000'000}});
        }
        message[u"reactions"_s] = reactions;
        node.apply("MESSAGE_CREATE", message);
        for (int i = 0; i < 500; ++i) {
            node.apply(
                "MESSAGE_REACTION_ADD",
                {{u"channel_id"_s, u"11"_s},
                 {u"message_id"_s, u"200"_s},
                 {u"user_id"_s, u"2"_s},
                 {u"emoji"_s,
                  QJsonObject{{u"id"_s, QString::number(20'000 + i)}, {u"name"_s, u"y"_s}}}});
        }
        const CachedPage page = node.account->cache().newest(11, 1);
        QCOMPARE(page.messages.size(), std::size_t(1));
        QVERIFY(page.messages[0].reactions.size() <= std::size_t(kReactionsMax));
    }

    void names_cannot_turn_what_is_around_them() {
        const QString trick = u"\u202Eevil\u2066\u200F\u0007\n"_s;
        const auto is_safe = [](const QString& name) {
            return !name.isEmpty() && std::ranges::none_of(name, [](QChar c) {
                const char16_t u = c.unicode();
                return u < 32 || (u >= 0x202A && u <= 0x202E) || (u >= 0x2066 && u <= 0x2069);
            });
        };
        ScriptedAccount node;
        QJsonObject guild = sensible_guild();
        guild[u"members"_s] = QJsonArray{
            QJsonObject{{u"user"_s, QJsonObject{{u"id"_s, u"2"_s}, {u"username"_s, trick}}},
                        {u"nick"_s, trick}}};
        node.apply(
            "READY",
            QJsonObject{
                {u"user"_s,
                 QJsonObject{{u"id"_s, u"1"_s}, {u"username"_s, trick}, {u"global_name"_s, trick}}},
                {u"session_id"_s, u"s"_s},
                {u"guilds"_s, QJsonArray{guild}}});
        QVERIFY(is_safe(node.account->displayName()));
        QVERIFY(is_safe(node.account->username()));
        QVERIFY(is_safe(node.state().display_name(10, *node.state().user(2))));
        QVERIFY(is_safe(node.state().display_name(0, *node.state().user(2))));
    }
};

QTEST_MAIN(TestHostile)
#include "tst_hostile.moc"
