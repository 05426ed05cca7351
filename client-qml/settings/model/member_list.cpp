#include "client-qml/settings/model/member_list.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr std::size_t kShownMax = 500;  // more are found by searching
constexpr qsizetype kPage = 100, kFoundMax = 5'000;
constexpr int kTypingMs = 250;  // after the last key, the node is asked
}  // namespace

MemberList::MemberList(QObject* parent)
    : GuildView(parent),
      rows_(new RowList({"key",
                         "name",
                         "username",
                         "avatar",
                         "roles",
                         "joined",
                         "timeout",
                         "isOwner",
                         "isSelf",
                         "below"},
                        this)),
      roles_(new RowList({"key", "name"}, this)) {
    typing_.setSingleShot(true);
    typing_.setInterval(kTypingMs);
    connect(&typing_, &QTimer::timeout, this, &MemberList::ask_node);
}

void MemberList::setSearch(const QString& search) {
    if (search == search_) return;
    search_ = search;
    emit searchChanged();
    refresh();
    typing_.start();
}

void MemberList::setOrder(const QString& order) {
    if (order == order_) return;
    order_ = order;
    emit searchChanged();
    refresh();
}

void MemberList::setRoleId(const QString& role) {
    role_id_ = snowflake(QStringView(role));
    emit searchChanged();
    refresh();
}

void MemberList::load() {
    found_.clear();
    ask_node();
}

void MemberList::ask_node() {
    if (!guild()) return;
    const QString wanted = search_.trimmed();
    Request request =
        request_of("GET", guild_path(wanted.isEmpty() ? u"/members"_s : u"/members/search"_s));
    if (!wanted.isEmpty())
        request.query.addQueryItem(u"query"_s,
                                   QString::fromLatin1(QUrl::toPercentEncoding(wanted)));
    request.query.addQueryItem(u"limit"_s, QString::number(kPage));
    ask(std::move(request), [this](const Answer& answer) { learn(answer); });
}

void MemberList::learn(const Answer& answer) {
    // Listing all may be kept to bots and moderators; what State knows is shown all the same.
    if (!answer.ok()) return;
    const QJsonArray all = answer.body.toArray();
    for (qsizetype i = 0; i < std::min(all.size(), kPage); ++i) {
        const auto member = parse_member(guild_id(), all[i].toObject());
        if (member && found_.size() < kFoundMax) found_[member->user.id] = *member;
    }
    refresh();
}

bool MemberList::matches(const Member& member) const {
    if (role_id_ != 0 && std::ranges::find(member.roles, role_id_) == member.roles.end()) {
        return false;
    }
    const QString wanted = search_.trimmed();
    return wanted.isEmpty() || member.display_name().contains(wanted, Qt::CaseInsensitive) ||
           member.user.username.contains(wanted, Qt::CaseInsensitive) ||
           id_text(member.user.id) == wanted;
}

QVariantMap MemberList::row_of(const Member& member) const {
    const Snowflake id = member.user.id;
    QStringList roles;
    for (const Snowflake role_id : member.roles) {
        const Role* role = guild()->role(role_id);
        if (role) roles.append(text::safe_name(role->name, id_text(role_id)));
    }
    const bool is_self = id == state()->self().id;
    const bool in_timeout = member.timeout_until_ms > state()->clock().now_ms();
    const QLocale locale;
    const auto when = [&](qint64 ms, QLocale::FormatType format) {
        return locale.toString(QDateTime::fromMSecsSinceEpoch(ms), format);
    };
    return {
        {u"key"_s, id_text(id)},
        {u"name"_s, text::safe_name(member.display_name(), member.user.username)},
        {u"username"_s, text::safe_name(member.user.username, id_text(id))},
        {u"avatar"_s, member_avatar_address(member)},
        {u"roles"_s, roles.join(u", "_s)},
        {u"joined"_s,
         locale.toString(QDateTime::fromMSecsSinceEpoch(member.joined_ms).date(),
                         QLocale::ShortFormat)},
        {u"timeout"_s,
         in_timeout ? when(member.timeout_until_ms, QLocale::ShortFormat) : QString()},
        {u"isOwner"_s, id == guild()->owner},
        {u"isSelf"_s, is_self},
        {u"below"_s, !is_self && outranks(*guild(), state()->me(guild_id()), Subject::of(member))}};
}

void MemberList::refresh() {
    if (!guild()) return rows_->set({});
    show_roles();
    std::vector<const Member*> shown;
    for (const Member* member : state()->members(guild_id())) {
        if (matches(*member)) shown.push_back(member);
    }
    for (const Member& member : found_) {
        if (!state()->member(guild_id(), member.user.id) && matches(member))
            shown.push_back(&member);
    }
    const auto before = [this](const Member* a, const Member* b) {
        if (order_ == "newest"_L1) return a->joined_ms > b->joined_ms;
        if (order_ == "oldest"_L1) return a->joined_ms < b->joined_ms;
        const int compared = a->display_name().compare(b->display_name(), Qt::CaseInsensitive);
        return compared != 0 ? compared < 0 : a->user.id < b->user.id;
    };
    const std::size_t count = std::min(shown.size(), kShownMax);
    std::ranges::partial_sort(shown, shown.begin() + std::ptrdiff_t(count), before);
    std::vector<QVariantMap> rows;
    for (std::size_t i = 0; i < count; ++i) rows.push_back(row_of(*shown[i]));
    rows_->set(std::move(rows));
}

void MemberList::show_roles() {
    std::vector<QVariantMap> rows{{{u"key"_s, QString()}, {u"name"_s, tr("Everybody")}}};
    for (const Role& role : guild()->roles) {
        if (role.id == guild_id()) continue;
        rows.push_back({{u"key"_s, id_text(role.id)},
                        {u"name"_s, text::safe_name(role.name, id_text(role.id))}});
    }
    roles_->set(std::move(rows));
}

}  // namespace guildhall::client
