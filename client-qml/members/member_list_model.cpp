#include "client-qml/members/member_list_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

#include <map>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSubscribe = 14;  // the opcode
constexpr int kBlock = 100;     // members are asked for by blocks
constexpr int kLaterMs = 150;   // a storm of presences makes one rebuild
constexpr std::size_t kRowsMax = 20'000;

QJsonArray ranges(int last) {
    QJsonArray list;
    for (int first = 0; first <= last && list.size() < 5; first += kBlock) {
        list.append(QJsonArray{first, first + kBlock - 1});
    }
    return list;
}

}  // namespace

MemberListModel::MemberListModel(QObject* parent) : QAbstractListModel(parent) {
    later_.setSingleShot(true);
    later_.setInterval(kLaterMs);
    connect(&later_, &QTimer::timeout, this, &MemberListModel::rebuild);
}

void MemberListModel::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) {
        account_->state().disconnect(this);
        account_->disconnect(this);
    }
    account_ = account;
    if (account) {
        State* state = &account->state();
        const auto here = [this](quint64 guild) {
            if (guild == guild_) later();
        };
        connect(state, &State::reset, this, &MemberListModel::subscribe);
        connect(state, &State::member_changed, this, here);
        connect(state, &State::member_removed, this, here);
        connect(state, &State::guild_changed, this, here);
        connect(state, &State::presence_changed, this, &MemberListModel::later);
    }
    subscribe();
    emit accountChanged();
}

void MemberListModel::setGuildId(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    if (id == guild_) return;
    guild_ = id;
    asked_to_ = 0;
    rebuild();
    emit placeChanged();
}

void MemberListModel::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_) return;
    channel_ = id;
    asked_to_ = 0;
    subscribe();
    emit placeChanged();
}

void MemberListModel::setFilter(const QString& filter) {
    if (filter == filter_) return;
    filter_ = filter;
    rebuild();
    emit placeChanged();
}

void MemberListModel::later() {
    if (!later_.isActive()) later_.start();
}

/// Tells the node which part of which channel's list is looked at; it answers and goes on telling.
void MemberListModel::subscribe() {
    rebuild();
    if (!account_ || guild_ == 0 || channel_ == 0) return;
    account_->gateway().send(
        kSubscribe,
        QJsonObject{{u"guild_id"_s, id_text(guild_)},
                    {u"typing"_s, true},
                    {u"channels"_s, QJsonObject{{id_text(channel_), ranges(asked_to_)}}}});
}

void MemberListModel::look(int, int last) {
    const int wanted = (last / kBlock) * kBlock;
    if (wanted <= asked_to_ || !filter_.isEmpty()) return;
    asked_to_ = wanted;
    subscribe();
}

Snowflake MemberListModel::group_of(const Member& member) const {
    const State& state = account_->state();
    if (state.presence(member.user.id).status == Status::offline) return kOffline;
    const Guild* guild = state.guild(guild_);
    const client::Role* best = nullptr;
    for (const Snowflake id : member.roles) {
        const client::Role* role = guild->role(id);
        if (role && role->hoist && (!best || role->position > best->position)) best = role;
    }
    return best ? best->id : kOnline;
}

QString MemberListModel::group_name(Snowflake group) const {
    if (group == kOnline) return tr("Online");
    if (group == kOffline) return account_->state().is_live() ? tr("Offline") : tr("Members");
    const client::Role* role = account_->state().guild(guild_)->role(group);
    return role ? text::safe_name(role->name) : QString();
}

void MemberListModel::rebuild() {
    later_.stop();
    std::vector<Row> next;
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    if (guild) {
        const State& state = account_->state();
        const QString wanted = filter_.trimmed().toCaseFolded();
        std::map<Snowflake, std::vector<std::pair<QString, Snowflake>>> groups;
        for (const Member* member : state.members(guild_)) {
            const QString name = state.display_name(guild_, member->user).toCaseFolded();
            const bool fits = wanted.isEmpty() || name.contains(wanted) ||
                              member->user.username.toCaseFolded().contains(wanted);
            if (fits) groups[group_of(*member)].emplace_back(name, member->user.id);
        }
        std::vector<std::pair<int, Snowflake>> order;
        for (const auto& [group, people] : groups) {
            const client::Role* role = guild->role(group);
            order.emplace_back(role ? -role->position - 10 : int(group), group);
        }
        std::ranges::sort(order);
        for (const auto& [rank, group] : order) {
            auto& people = groups[group];
            std::ranges::sort(people);
            next.push_back({0, group, int(people.size())});
            for (const auto& [name, user] : people) {
                if (next.size() < kRowsMax) next.push_back({user, group, 0});
            }
        }
    }
    beginResetModel();
    rows_ = std::move(next);
    endResetModel();
    emit countChanged();
}

int MemberListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant MemberListModel::data(const QModelIndex& index, int role) const {
    if (!account_ || !index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[std::size_t(index.row())];
    if (row.user != 0) return member_data(row.user, role);
    switch (role) {
        case KindRole:
            return u"group"_s;
        case IdRole:
            return QString::number(row.group);
        case NameRole:
            return group_name(row.group);
        case CountRole:
            return row.count;
        case BotRole:
        case OwnerRole:
            return false;
        default:
            return QString();
    }
}

QVariant MemberListModel::member_data(Snowflake user, int role) const {
    const State& state = account_->state();
    const Member* member = state.member(guild_, user);
    if (!member)
        return role == BotRole || role == OwnerRole ? QVariant(false) : QVariant(QString());
    const Presence presence = state.presence(user);
    switch (role) {
        case KindRole:
            return u"member"_s;
        case IdRole:
            return id_text(user);
        case NameRole:
            return state.display_name(guild_, member->user);
        case CountRole:
            return 0;
        case AvatarRole:
            return member_avatar_address(*member);
        case StatusRole:
            return status_text(presence.status);
        case ColorRole: {
            const int color = state.color(guild_, user);
            return color == 0 ? QString() : u"#%1"_s.arg(color, 6, 16, QChar(u'0'));
        }
        case NoteRole:
            return text::safe_name(presence.custom_status.isEmpty() ? presence.activity
                                                                    : presence.custom_status);
        case BotRole:
            return member->user.bot;
        case NodeRole:
            return text::safe_name(member->user.node());
        case OwnerRole:
            return state.guild(guild_)->owner == user;
        default:
            return {};
    }
}

QHash<int, QByteArray> MemberListModel::roleNames() const {
    return {{KindRole, "kind"},
            {IdRole, "id"},
            {NameRole, "name"},
            {CountRole, "count"},
            {AvatarRole, "avatar"},
            {StatusRole, "status"},
            {ColorRole, "ink"},
            {NoteRole, "note"},
            {BotRole, "bot"},
            {NodeRole, "node"},
            {OwnerRole, "owner"}};
}

}  // namespace guildhall::client
