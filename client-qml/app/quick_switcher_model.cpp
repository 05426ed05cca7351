#include "client-qml/app/quick_switcher_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kHitsMax = 30;

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

}  // namespace

int fit(const QString& name, const QString& query) {
    const QString plain = folded(name), wanted = folded(query);
    if (plain == wanted) return 0;
    if (plain.startsWith(wanted)) return 1;
    const qsizetype at = plain.indexOf(wanted);
    if (at > 0) return plain.at(at - 1).isLetterOrNumber() ? 3 : 2;
    return holds_in_order(plain, wanted) ? 4 : -1;
}

void QuickSwitcherModel::setQuery(const QString& query) {
    query_ = query;
    beginResetModel();
    find();
    endResetModel();
    emit changed();
}

void QuickSwitcherModel::find() {
    hits_.clear();
    if (!account_) return;
    const State& state = account_->state();
    const QChar only = query_.isEmpty() ? QChar() : query_.front();
    const bool marked = only == u'#' || only == u'*' || only == u'@';
    const QString wanted = (marked ? query_.mid(1) : query_).trimmed();
    const auto offer = [&](Hit hit) {
        hit.rank = wanted.isEmpty() ? (hit.unread ? 0 : 5) : fit(hit.name, wanted);
        if (hit.rank >= 0) hits_.push_back(std::move(hit));
    };
    for (const CachedGuild& guild : state.guilds()) {
        const QString place = text::safe_name(guild.name);
        if (!marked || only == u'*') {
            offer({u"guild"_s,
                   place,
                   {},
                   guild_icon_address(guild.id, guild.icon),
                   guild.id,
                   state.guild_unread(guild.id).any});
        }
        if (marked && only != u'#') continue;
        for (const Channel* channel : visible_channels(state, guild.id)) {
            offer({u"channel"_s,
                   text::safe_name(channel->name),
                   place,
                   {},
                   channel->id,
                   state.read_states().unread(channel->id).any});
        }
    }
    if (!marked || only == u'@') {
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
    }
    std::ranges::stable_sort(hits_, std::less(), &Hit::rank);
    if (hits_.size() > kHitsMax) hits_.resize(kHitsMax);
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
