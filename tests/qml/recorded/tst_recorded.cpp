// What a real node told a client, recorded by record.mjs: after all of it the client knows what the
// node's own REST API says of the same guild, and shows it in every look.

#include "client-qml/core/account/accounts.h"
#include "client-qml/core/data/message.h"
#include "tests/qml/support/page_stage.h"
#include "tests/qml/support/scripted_account.h"

#include <QFile>
#include <QtQml/QQmlExtensionPlugin>

Q_IMPORT_QML_PLUGIN(Guildhall_CorePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_UiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_EmojiPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_TimelinePlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_MembersPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_RailPlugin)
Q_IMPORT_QML_PLUGIN(Guildhall_ChannelsPlugin)

using namespace guildhall::client;
using namespace guildhall::client::testing;
using namespace Qt::StringLiterals;

namespace {

QJsonObject recording() {
    QFile file(QStringLiteral(GUILDHALL_TEST_DATA "/session.json"));
    if (!file.open(QIODevice::ReadOnly)) qFatal("no recording");
    return json(file.readAll());
}

/// What two sides say of one thing, as lines that can be compared.
QStringList sorted(QStringList lines) {
    lines.sort();
    return lines;
}

QString line(const Channel& channel) {
    QStringList overwrites;
    for (const Overwrite& one : channel.overwrites) {
        overwrites.push_back(u"%1:%2:%3"_s.arg(one.id).arg(one.allow).arg(one.deny));
    }
    return u"%1 %2 in %3 at %4 %5 “%6” [%7]"_s.arg(channel.id)
        .arg(int(channel.type))
        .arg(channel.parent)
        .arg(channel.position)
        .arg(channel.name, channel.topic, overwrites.join(u' '));
}

QString line(const Role& role) {
    return u"%1 %2 %3 at %4 may %5 %6"_s.arg(role.id)
        .arg(role.name)
        .arg(role.color)
        .arg(role.position)
        .arg(role.permissions)
        .arg(role.hoist);
}

QString line(const Member& member) {
    QStringList roles;
    for (const Snowflake role : member.roles) roles.push_back(QString::number(role));
    return u"%1 %2 “%3” [%4]"_s.arg(member.user.id)
        .arg(member.user.username, member.display_name(), sorted(roles).join(u' '));
}

QString line(const Message& message) {
    QStringList parts;
    for (const Reaction& one : message.reactions) {
        parts.push_back(
            u"%1x%2%3"_s.arg(one.emoji.name).arg(one.count).arg(one.mine ? u" mine"_s : QString()));
    }
    for (const Attachment& one : message.attachments) parts.push_back(one.name);
    for (const Embed& one : message.embeds) parts.push_back(one.title);
    return u"%1 by %2: %3 %4 [%5]"_s.arg(message.id)
        .arg(message.author.id)
        .arg(
            message.content, message.edited_ms != 0 ? u"edited"_s : QString(), parts.join(u", "_s));
}

template <class Parse>
QStringList lines_of(const QJsonArray& array, const Parse& parse) {
    QStringList all;
    for (const QJsonValue& one : array) all.push_back(line(*parse(one.toObject())));
    return sorted(all);
}

}  // namespace

class TestRecorded final : public QObject {
    Q_OBJECT

  private slots:
    void initTestCase() {
        QAccessible::setActive(true);
        engine_.addImportPath(u"qrc:/qt/qml"_s);
        accounts_.use_in(engine_);
        told_ = recording();
        guild_ = snowflake(QStringView(told_[u"guild"_s].toString()));
        channel_ = snowflake(QStringView(told_[u"channel"_s].toString()));
        const QJsonObject answers = told_[u"answers"_s].toObject();
        for (auto it = answers.begin(); it != answers.end(); ++it) {
            const QJsonDocument body =
                it->isArray() ? QJsonDocument(it->toArray()) : QJsonDocument(it->toObject());
            node_.answers[it.key().toUtf8()] = say(200, body.toJson(QJsonDocument::Compact));
        }
        QVERIFY(node_.connect());
        for (const QJsonValue& one : told_[u"dispatches"_s].toArray()) {
            const QByteArray type = one[u"t"_s].toString().toUtf8();
            if (type == "READY") began_after_ = last_message(one[u"d"_s].toObject());
            node_.apply(type.constData(), one[u"d"_s].toObject());
        }
    }

    void the_guild_is_as_the_node_says() {
        const Guild* guild = node_.state().guild(guild_);
        QVERIFY(guild);
        const QJsonObject said = answer("GET /guilds/%1").toObject();
        QCOMPARE(guild->name, said[u"name"_s].toString());
        QCOMPARE(guild->description, said[u"description"_s].toString());
        QStringList roles, channels;
        for (const Role& role : guild->roles) roles.push_back(line(role));
        QCOMPARE(sorted(roles), lines_of(said[u"roles"_s].toArray(), parse_role));
        for (const Channel& channel : guild->channels) channels.push_back(line(channel));
        QCOMPARE(sorted(channels),
                 lines_of(answer("GET /guilds/%1/channels").toArray(),
                          [&](const QJsonObject& one) { return parse_channel(one, guild_); }));
    }

    void its_members_are_as_the_node_says() {
        QStringList members;
        for (const Member* one : node_.state().members(guild_)) members.push_back(line(*one));
        QCOMPARE(sorted(members),
                 lines_of(answer("GET /guilds/%1/members").toArray(),
                          [&](const QJsonObject& one) { return parse_member(guild_, one); }));
        QCOMPARE(node_.state().self().display_name(), u"Ada Lindqvist"_s);
    }

    void its_messages_are_kept_as_the_node_says() {
        QStringList kept, said;
        for (const Message& one : node_.state().cache().newest(channel_, 100).messages) {
            kept.push_back(line(one));
        }
        const QJsonArray page = answer("GET /channels/%2/messages").toArray();
        for (const QJsonValue& one : page) {
            const auto message = parse_message(one.toObject());
            QVERIFY(message);
            if (message->id > began_after_) said.push_back(line(*message));
        }
        QVERIFY(said.size() > 5);
        QCOMPARE(kept, said);
    }

    void pages_show_it_in_every_look_data() {
        QTest::addColumn<int>("look");
        const std::vector<Look> looks = all_looks();
        for (int look = 0; look < int(looks.size()); ++look) {
            QTest::addRow("%s", qPrintable(looks[std::size_t(look)].name())) << look;
        }
    }
    void pages_show_it_in_every_look() {
        QFETCH(int, look);
        Console console;
        {
            PageStage stage(
                engine_,
                node_.account.get(),
                all_looks()[std::size_t(look)],
                u"import Guildhall.Timeline\nimport Guildhall.Members\nimport Guildhall.Rail\n"
                u"import Guildhall.Channels\nimport QtQuick.Layouts"_s,
                page().arg(guild_).arg(channel_));
            QVERIFY2(stage.window(), qPrintable(stage.errors()));
            for (const QString& text : {u"Bram of the tower"_s, u"plans"_s, u"Ada Lindqvist"_s}) {
                QTRY_VERIFY2(shows(stage, text), qPrintable(text));
            }
            QTRY_VERIFY(shows(stage, u"the last of all"_s));
            QVERIFY(!shows(stage, u"wrong channel"_s));
            QVERIFY(!shows(stage, u"short-lived"_s));
            QCOMPARE(stage.nameless().join(u' '), QString());
            stage.window()->grabWindow();
        }
        QCoreApplication::sendPostedEvents(nullptr, QEvent::DeferredDelete);
        QCOMPARE(console.take().join(u'\n'), QString());
    }

  private:
    /// Everything that shows a guild, side by side.
    static QString page() {
        return u"Item { anchors.fill: parent\n"
               "Rail { id: rail; height: parent.height; account: stage.account; currentGuild: '%1' "
               "}\n"
               "ChannelTree { id: tree; x: 72; width: 200; height: parent.height;"
               " account: stage.account; guildId: '%1'; currentChannel: '%2' }\n"
               "Timeline { x: 272; width: Math.max(300, parent.width - 512); height: parent.height;"
               " account: stage.account; channelId: '%2' }\n"
               "MembersPanel { x: Math.max(572, parent.width - 240); width: 240;"
               " height: parent.height; account: stage.account; guildId: '%1'; channelId: '%2' }\n"
               "}"_s;
    }
    static bool shows(const PageStage& stage, const QString& text) {
        return !stage.all([&](QQuickItem* item) { return PageStage::name_of(item).contains(text); })
                    .isEmpty();
    }
    QJsonValue answer(const char* route) const {
        QString key = QString::fromLatin1(route);
        key = key.contains(u"%2"_s) ? key.replace(u"%2"_s, QString::number(channel_))
                                    : key.arg(guild_);
        return told_[u"answers"_s][key];
    }
    Snowflake last_message(const QJsonObject& ready) const {
        for (const QJsonValue& one : ready[u"guilds"_s][0][u"channels"_s].toArray()) {
            const auto channel = parse_channel(one.toObject(), guild_);
            if (channel && channel->id == channel_) return channel->last_message;
        }
        return 0;
    }

    QJsonObject told_;
    Snowflake guild_ = 0, channel_ = 0, began_after_ = 0;
    ScriptedAccount node_;
    SystemClock clock_;
    SystemRng rng_;
    QTemporaryDir folder_;
    Accounts accounts_{folder_.path(), false, clock_, rng_};
    QQmlEngine engine_;
};

QTEST_MAIN(TestRecorded)
#include "tst_recorded.moc"
