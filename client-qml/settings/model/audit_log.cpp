#include "client-qml/settings/model/audit_log.h"

#include "client-qml/core/text/bidi.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPage = 50;
constexpr int kRowsMax = 1'000;

struct Action {
    int number;
    const char* words;
};
constexpr Action kActions[] = {
    {1, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed the guild")},
    {10, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Created a channel")},
    {11, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed a channel")},
    {12, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Deleted a channel")},
    {13, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Added permissions to a channel")},
    {14, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed permissions of a channel")},
    {15, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Removed permissions from a channel")},
    {20, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Kicked")},
    {21, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Removed inactive members")},
    {22, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Banned")},
    {23, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Unbanned")},
    {24, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed a member")},
    {25, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed roles of a member")},
    {28, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Added a bot")},
    {30, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Created a role")},
    {31, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed a role")},
    {32, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Deleted a role")},
    {40, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Created an invite")},
    {42, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Revoked an invite")},
    {50, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Created a webhook")},
    {51, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed a webhook")},
    {52, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Deleted a webhook")},
    {60, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Added an emoji")},
    {61, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Changed an emoji")},
    {62, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Deleted an emoji")},
    {72, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Deleted messages")},
    {73, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Deleted many messages")},
    {74, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Pinned a message")},
    {75, QT_TRANSLATE_NOOP("guildhall::client::AuditLog", "Unpinned a message")},
};

}  // namespace

QString audit_words(int action) {
    const auto* at = std::ranges::find(kActions, action, &Action::number);
    return at == std::end(kActions) ? AuditLog::tr("Action %1").arg(action)
                                    : AuditLog::tr(at->words);
}

AuditLog::AuditLog(QObject* parent)
    : GuildView(parent),
      rows_(new RowList({"key", "who", "what", "target", "when", "reason"}, this)) {}

void AuditLog::load() {
    rows_->set({});
    offered_ = more_ = false;
    emit offeredChanged();
    if (!may(protocol::permissions::kViewAuditLog)) return;
    more_ = true;
    loadMore();
}

void AuditLog::loadMore() {
    if (!guild() || !more_ || busy()) return;
    Request request = request_of("GET", guild_path(u"/audit-logs"_s));
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (rows_->rowCount() > 0) {
        request.query.addQueryItem(u"before"_s, rows_->rows().back()[u"key"_s].toString());
    }
    call(std::move(request), [this](const Answer& answer) {
        // A node without one answers 404, and its section is not shown.
        if (!offered_) dismiss();
        more_ = answer.ok();
        offered_ = offered_ || answer.ok();
        if (answer.ok()) take(answer.body.toObject());
        emit offeredChanged();
    });
}

QString AuditLog::name_of(Snowflake id) const {
    const auto known = users_.find(id);
    if (known != users_.end()) return state()->display_name(guild_id(), *known);
    if (const User* user = state()->user(id)) return state()->display_name(guild_id(), *user);
    if (const Role* role = guild()->role(id)) return text::safe_name(role->name, id_text(id));
    const Channel* channel = guild()->channel(id);
    return channel ? u'#' + text::safe_name(channel->name, id_text(id)) : QString();
}

void AuditLog::take(const QJsonObject& page) {
    for (const User& user : list_of(page, "users"_L1, kPage * 2, parse_user)) {
        users_[user.id] = user;
    }
    std::vector<QVariantMap> rows = rows_->rows();
    const QJsonArray entries = page["audit_log_entries"_L1].toArray();
    for (qsizetype i = 0; i < std::min(entries.size(), kPage); ++i) {
        const QJsonObject entry = entries[i].toObject();
        const Snowflake id = id_of(entry, "id"_L1);
        if (id == 0) continue;
        const QDateTime made = QDateTime::fromMSecsSinceEpoch(made_at_ms(id));
        rows.push_back(
            {{u"key"_s, id_text(id)},
             {u"who"_s, name_of(id_of(entry, "user_id"_L1))},
             {u"what"_s, audit_words(int(number_of(entry, "action_type"_L1, 0, 10'000)))},
             {u"target"_s, name_of(id_of(entry, "target_id"_L1))},
             {u"when"_s, QLocale().toString(made, QLocale::ShortFormat)},
             {u"reason"_s, text::safe_name(text_of(entry, "reason"_L1, 512), {}, 512)}});
    }
    more_ = entries.size() >= kPage && int(rows.size()) < kRowsMax;
    rows_->set(std::move(rows));
}

}  // namespace guildhall::client
