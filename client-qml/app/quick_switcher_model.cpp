#include "client-qml/app/quick_switcher_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kHitsMax = 30;
constexpr int kReadAtOnce = 4;  // guilds from the disk between two frames

QString folded(const QString& text) {
    QString plain;
    for (const QChar c : text.normalized(QString::NormalizationForm_KD)) {
        if (c.category() != QChar::Mark_NonSpacing) plain.append(c.toCaseFolded());
    }
    return plain;
}

bool holds_in_order(const QString& name, const QString& query) {
    qsizetype at = 0;
    for (const QChar c : query) {
        at = name.indexOf(c, at);
        if (at < 0) return false;
        ++at;
    }
    return true;
}

/// As fit(), of texts that are folded already.
int fit_folded(const QString& plain, const QString& wanted) {
    if (plain == wanted) return 0;
    if (plain.startsWith(wanted)) return 1;
    const qsizetype at = plain.indexOf(wanted);
    if (at > 0) return plain.at(at - 1).isLetterOrNumber() ? 3 : 2;
    return holds_in_order(plain, wanted) ? 4 : -1;
}

}  // namespace

int fit(const QString& name, const QString& query) {
    return fit_folded(folded(name), folded(query));
}

QuickSwitcherModel::QuickSwitcherModel(QObject* parent) : QAbstractListModel(parent) {
    connect(&more_, &QTimer::timeout, this, &QuickSwitcherModel::read_more);
}

void QuickSwitcherModel::setQuery(const QString& query) {
    if (query.isEmpty() || all_.empty()) read();
    query_ = query;
    show();
}

void QuickSwitcherModel::setAccount(Account* account) {
    if (account == account_) return;
    account_ = account;
    all_.clear();
    unread_guilds_.clear();
    more_.stop();
    show();
}

void QuickSwitcherModel::show() {
    beginResetModel();
    find();
    endResetModel();
    emit changed();
}

void QuickSwitcherModel::offer(Hit hit) {
    hit.plain = folded(hit.name);
    all_.push_back(std::move(hit));
}

/// Once for each opening. Guilds that lie on the disk still follow, a few at a time.
void QuickSwitcherModel::read() {
    all_.clear();
    unread_guilds_.clear();
    more_.stop();
    if (!account_) return;
    const State& state = account_->state();
    for (const CachedGuild& guild : state.guilds()) {
        offer({u"guild"_s,
               text::safe_name(guild.name),
               {},
               guild_icon_address(guild.id, guild.icon),
               guild.id,
               state.guild_unread(guild.id).any});
        if (state.is_parsed(guild.id)) {
            read_channels(guild);
        } else {
            unread_guilds_.push_back(guild.id);
        }
    }
    for (const Channel* channel : state.private_channels()) {
        if (channel->recipients.empty()) continue;
        const User& user = channel->recipients.front();
        offer({u"direct"_s,
               text::safe_name(user.display_name(), user.username),
               user.username,
               avatar_address(user),
               channel->id,
               state.read_states().unread(channel->id).any});
    }
    if (!unread_guilds_.empty()) more_.start();
}

void QuickSwitcherModel::read_more() {
    if (!account_) return more_.stop();
    for (int i = 0; i < kReadAtOnce && !unread_guilds_.empty(); ++i) {
        const Snowflake id = unread_guilds_.back();
        unread_guilds_.pop_back();
        const auto& guilds = account_->state().guilds();
        const auto at = std::ranges::find(guilds, id, &CachedGuild::id);
        if (at != guilds.end()) read_channels(*at);
    }
    if (!unread_guilds_.empty()) return;
    more_.stop();
    show();
}

void QuickSwitcherModel::read_channels(const CachedGuild& guild) {
    const State& state = account_->state();
    const QString place = text::safe_name(guild.name);
    for (const Channel* channel : visible_channels(state, guild.id)) {
        offer({u"channel"_s,
               text::safe_name(channel->name),
               place,
               {},
               channel->id,
               state.read_states().unread(channel->id).any});
    }
}

void QuickSwitcherModel::find() {
    hits_.clear();
    if (!account_) return;
    const QChar only = query_.isEmpty() ? QChar() : query_.front();
    const bool marked = only == u'#' || only == u'*' || only == u'@';
    const QString kind = only == u'#' ? u"channel"_s : only == u'*' ? u"guild"_s : u"direct"_s;
    const QString wanted = folded((marked ? query_.mid(1) : query_).trimmed());
    std::vector<std::pair<int, const Hit*>> found;
    for (const Hit& hit : all_) {
        if (marked && hit.kind != kind) continue;
        const int rank = wanted.isEmpty() ? (hit.unread ? 0 : 5) : fit_folded(hit.plain, wanted);
        if (rank >= 0) found.emplace_back(rank, &hit);
    }
    std::ranges::sort(found);  // Equal ranks stay as they were gathered.
    if (found.size() > kHitsMax) found.resize(kHitsMax);
    for (const auto& [rank, hit] : found) hits_.push_back(*hit);
}

QString QuickSwitcherModel::kindAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : hits_[std::size_t(row)].kind;
}

QString QuickSwitcherModel::idAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : id_text(hits_[std::size_t(row)].id);
}

int QuickSwitcherModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(hits_.size());
}

QVariant QuickSwitcherModel::data(const QModelIndex& index, int role) const {
    if (!index.isValid() || index.row() >= rowCount()) return {};
    const Hit& hit = hits_[std::size_t(index.row())];
    switch (role) {
        case KindRole:
            return hit.kind;
        case IdRole:
            return id_text(hit.id);
        case NameRole:
            return hit.name;
        case PlaceRole:
            return hit.place;
        case IconRole:
            return hit.icon;
        case UnreadRole:
            return hit.unread;
        default:
            return {};
    }
}

QHash<int, QByteArray> QuickSwitcherModel::roleNames() const {
    return {{KindRole, "kind"},
            {IdRole, "id"},
            {NameRole, "name"},
            {PlaceRole, "place"},
            {IconRole, "picture"},
            {UnreadRole, "unread"}};
}

}  // namespace guildhall::client
