#include "client-qml/settings/model/ban_list.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kPage = 1'000;
constexpr std::size_t kBansMax = 20'000;

QVariantMap row_of(const QJsonObject& ban) {
    const auto user = parse_user(object_of(ban, "user"_L1));
    if (!user) return {};
    const QString id = id_text(user->id);
    return {{u"key"_s, id},
            {u"name"_s, text::safe_name(user->display_name(), user->username)},
            {u"username"_s, text::safe_name(user->username, id)},
            {u"avatar"_s, avatar_address(*user)},
            {u"reason"_s, text::safe_name(text_of(ban, "reason"_L1, 512), {}, 512)}};
}

}  // namespace

BanList::BanList(QObject* parent)
    : GuildView(parent),
      rows_(new RowList({"key", "name", "username", "avatar", "reason"}, this)) {}

void BanList::load() {
    all_.clear();
    more_ = true;
    show();
    loadMore();
}

void BanList::loadMore() {
    if (!guild() || !more_ || busy() || !reason().isEmpty()) return;
    Request request = request_of("GET", guild_path(u"/bans"_s));
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    if (!all_.empty()) request.query.addQueryItem(u"after"_s, all_.back()[u"key"_s].toString());
    call(std::move(request), [this](const Answer& answer) {
        const QJsonArray page = answer.body.toArray();
        more_ = answer.ok() && page.size() >= kPage && all_.size() < kBansMax;
        for (qsizetype i = 0; i < std::min(page.size(), kPage); ++i) {
            QVariantMap row = row_of(page[i].toObject());
            if (!row.isEmpty()) all_.push_back(std::move(row));
        }
        show();
        emit loaded();
    });
}

void BanList::setSearch(const QString& search) {
    if (search == search_) return;
    search_ = search;
    emit searchChanged();
    show();
}

void BanList::show() {
    std::vector<QVariantMap> rows;
    const QString wanted = search_.trimmed();
    for (const QVariantMap& row : all_) {
        const auto has = [&](const QString& name) {
            return row[name].toString().contains(wanted, Qt::CaseInsensitive);
        };
        if (has(u"name"_s) || has(u"username"_s) || row[u"key"_s] == wanted) rows.push_back(row);
    }
    rows_->set(std::move(rows));
}

void BanList::unban(const QString& userId) {
    if (snowflake(QStringView(userId)) == 0) return;
    call(request_of("DELETE", guild_path(u"/bans/"_s + userId)),
         [this, userId](const Answer& answer) {
             if (!answer.ok()) return;
             std::erase_if(all_, [&](const QVariantMap& row) { return row[u"key"_s] == userId; });
             show();
         });
}

bool BanList::add(const QString& userId, const QString& reason) {
    const Snowflake id = snowflake(QStringView(userId.trimmed()));
    if (id == 0) return false;
    Request request = request_of("PUT", guild_path(u"/bans/"_s + id_text(id)), QJsonObject());
    request.reason = reason;
    call(std::move(request), [this](const Answer& answer) {
        if (!answer.ok()) return;
        emit banned();
        load();
    });
    return true;
}

}  // namespace guildhall::client
