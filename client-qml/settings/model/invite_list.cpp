#include "client-qml/settings/model/invite_list.h"

#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

#include <QClipboard>
#include <QGuiApplication>
#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kInvitesMax = 1'000;
constexpr int kAges[] = {1'800, 3'600, 21'600, 43'200, 86'400, 604'800, 0};  // seconds
constexpr int kUses[] = {0, 1, 5, 10, 25, 50, 100};

QString age_name(int seconds) {
    if (seconds == 0) return InviteList::tr("Never");
    if (seconds < 3'600) return InviteList::tr("%n minute(s)", nullptr, seconds / 60);
    if (seconds < 86'400) return InviteList::tr("%n hour(s)", nullptr, seconds / 3'600);
    return InviteList::tr("%n day(s)", nullptr, seconds / 86'400);
}

QString uses_name(int uses) {
    return uses == 0 ? InviteList::tr("No limit") : InviteList::tr("%n use(s)", nullptr, uses);
}

}  // namespace

InviteList::InviteList(QObject* parent)
    : GuildView(parent),
      rows_(new RowList(
          {"key", "channel", "inviter", "uses", "expires", "temporary", "link", "remote"}, this)),
      channels_(new RowList({"key", "name"}, this)),
      ages_(new RowList({"key", "name"}, this)),
      limits_(new RowList({"key", "name"}, this)) {
    std::vector<QVariantMap> ages, uses;
    for (const int one : kAges) {
        ages.push_back({{u"key"_s, QString::number(one)}, {u"name"_s, age_name(one)}});
    }
    for (const int one : kUses) {
        uses.push_back({{u"key"_s, QString::number(one)}, {u"name"_s, uses_name(one)}});
    }
    ages_->set(std::move(ages));
    limits_->set(std::move(uses));
}

bool InviteList::canList() const { return may(protocol::permissions::kManageGuild); }

void InviteList::load() {
    rows_->set({});
    made_.clear();
    emit madeChanged();
    if (!canList()) return;
    call(request_of("GET", guild_path(u"/invites"_s)), [this](const Answer& answer) {
        std::vector<QVariantMap> rows;
        const QJsonArray all = answer.body.toArray();
        for (qsizetype i = 0; i < std::min(all.size(), kInvitesMax); ++i) {
            QVariantMap row = row_of(all[i].toObject());
            if (!row.isEmpty()) rows.push_back(std::move(row));
        }
        if (answer.ok()) rows_->set(std::move(rows));
    });
}

void InviteList::refresh() {
    std::vector<QVariantMap> rows;
    reason_ = why_not(protocol::permissions::kCreateInstantInvite);
    if (!guild()) return;
    for (const ChannelSection& section : channel_sections(*state(), guild_id())) {
        for (const Channel* channel : section.channels) {
            if (!may(protocol::permissions::kCreateInstantInvite, channel->id)) continue;
            const QString id = id_text(channel->id);
            rows.push_back({{u"key"_s, id}, {u"name"_s, text::safe_name(channel->name, id)}});
        }
    }
    if (!rows.empty()) reason_.clear();
    channels_->set(std::move(rows));
}

QVariantMap InviteList::row_of(const QJsonObject& invite) const {
    const QString code = text_of(invite, "code"_L1, 64);
    if (code.isEmpty() || !guild()) return {};
    const Channel* channel = guild()->channel(id_of(object_of(invite, "channel"_L1), "id"_L1));
    const auto inviter = parse_user(object_of(invite, "inviter"_L1));
    const int most = int(number_of(invite, "max_uses"_L1, 0, 1'000'000));
    const QString uses = QLocale().toString(number_of(invite, "uses"_L1, 0, 1'000'000'000));
    const qint64 expires = time_of(invite, "expires_at"_L1);
    const QUrl node = account()->record().node;
    QUrl link = node;
    link.setPath(u"/i/"_s + code);
    const QString host = node.host() + (node.port() < 0 ? u""_s : u":%1"_s.arg(node.port()));
    return {{u"key"_s, code},
            {u"channel"_s, channel ? text::safe_name(channel->name, id_text(channel->id)) : u""_s},
            {u"inviter"_s, inviter ? state()->display_name(guild_id(), *inviter) : u""_s},
            {u"uses"_s, most == 0 ? uses : u"%1 / %2"_s.arg(uses).arg(most)},
            {u"expires"_s,
             expires == 0 ? tr("Never")
                          : QLocale().toString(QDateTime::fromMSecsSinceEpoch(expires),
                                               QLocale::ShortFormat)},
            {u"temporary"_s, flag_of(invite, "temporary"_L1)},
            {u"link"_s, link.toString()},
            {u"remote"_s, code.contains(u'@') ? code : code + u'@' + host}};
}

void InviteList::create(const QString& channel, int maxAge, int maxUses, bool temporary) {
    if (snowflake(QStringView(channel)) == 0 || busy()) return;
    const QJsonObject body{{u"max_age"_s, maxAge},
                           {u"max_uses"_s, maxUses},
                           {u"temporary"_s, temporary},
                           {u"unique"_s, true}};
    const QString path = u"/channels/%1/invites"_s.arg(channel);
    call(request_of("POST", path, body), [this](const Answer& answer) {
        if (!answer.ok()) return;
        made_ = row_of(answer.body.toObject());
        std::vector<QVariantMap> rows = rows_->rows();
        if (!made_.isEmpty()) rows.insert(rows.begin(), made_);
        rows_->set(std::move(rows));
        emit madeChanged();
    });
}

void InviteList::revoke(const QString& code) {
    const QString path = u"/invites/"_s + QString::fromLatin1(QUrl::toPercentEncoding(code));
    call(request_of("DELETE", path), [this, code](const Answer& answer) {
        if (!answer.ok()) return;
        std::vector<QVariantMap> rows = rows_->rows();
        std::erase_if(rows, [&](const QVariantMap& row) { return row[u"key"_s] == code; });
        rows_->set(std::move(rows));
    });
}

void InviteList::copy(const QString& text) { QGuiApplication::clipboard()->setText(text); }

}  // namespace guildhall::client
