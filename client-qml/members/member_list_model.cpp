#include "client-qml/members/member_list_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/models/row_steps.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;
using Kind = MemberListRow::Kind;

namespace {

constexpr std::size_t kAskedAtOnce = 100;  // that a node takes
constexpr qsizetype kAskedMax = 2'000;     // of those that nobody looks at
constexpr int kLaterMs = 150;              // a storm of changes makes one rebuild
constexpr int kLaterLargeMs = 1'000;
constexpr int kLookMs = 100;  // who scrolls past does not look
constexpr std::size_t kLarge = 2'000;
constexpr std::size_t kBlocksMax = 5;  // that a node takes

struct Key {
    Snowflake id = 0;
    Kind kind = Kind::group;
    bool operator==(const Key&) const = default;
};
struct KeyHash {
    std::size_t operator()(const Key& key) const { return qHash(key.id, std::size_t(key.kind)); }
};

std::vector<Key> keys_of(const std::vector<MemberListRow>& rows) {
    std::vector<Key> keys;
    keys.reserve(rows.size());
    for (const MemberListRow& row : rows) {
        keys.push_back({row.kind == Kind::member ? row.user : row.group, row.kind});
    }
    return keys;
}

}  // namespace

MemberListModel::MemberListModel(QObject* parent) : QAbstractListModel(parent) {
    later_.setSingleShot(true);
    connect(&later_, &QTimer::timeout, this, &MemberListModel::rebuild);
    looking_.setSingleShot(true);
    looking_.setInterval(kLookMs);
    connect(&looking_, &QTimer::timeout, this, &MemberListModel::ask_for_what_is_looked_at);
}

MemberListModel::~MemberListModel() { unsubscribe(); }

void MemberListModel::setAccount(Account* account) {
    if (account == account_) return;
    unsubscribe();
    if (account_) account_->state().disconnect(this);
    account_ = account;
    follow();
    begin_again();
    emit accountChanged();
}

void MemberListModel::follow() {
    if (!account_) return;
    State* state = &account_->state();
    const auto on_member = [this](quint64 guild, quint64 user) {
        if (guild != guild_) return;
        touched_.insert(user);
        later();
    };
    const auto on_guild = [this](quint64 guild) {
        if (guild != guild_) return;
        for (const MemberListRow& row : rows_) touched_.insert(row.user);
        later();
    };
    connect(state, &State::reset, this, [this] {
        asked_.clear();
        rebuild();
        subscribe();
        confirm();
    });
    connect(state, &State::member_changed, this, on_member);
    connect(state, &State::member_removed, this, on_member);
    connect(state, &State::guild_changed, this, on_guild);
    connect(state, &State::channels_changed, this, on_guild);
    connect(state, &State::channel_changed, this, [this](quint64 channel) {
        if (channel == channel_) later();
    });
    connect(state, &State::guild_added, this, [this](quint64 guild) {
        if (guild == guild_) begin_again();
    });
    connect(state, &State::guild_removed, this, [this](quint64 guild) {
        if (guild == guild_) rebuild();
    });
    connect(state, &State::presence_changed, this, &MemberListModel::on_presence);
    connect(state, &State::dispatched, this, &MemberListModel::on_dispatch);
}

void MemberListModel::setGuildId(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    if (id == guild_) return;
    unsubscribe();
    guild_ = id;
    asked_.clear();
    begin_again();
    emit placeChanged();
}

void MemberListModel::setChannelId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == channel_) return;
    unsubscribe();
    channel_ = id;
    begin_again();
    emit placeChanged();
}

void MemberListModel::setFilter(const QString& filter) {
    if (filter == filter_) return;
    filter_ = filter;
    rebuild();
    emit placeChanged();
}

void MemberListModel::begin_again() {
    said_.clear();
    blocks_ = {0};
    had_ = {0};
    looked_at_ = {};
    rebuild();
    subscribe();
    confirm();
}

/// Tells the node which part of which channel's list is looked at; it answers and goes on telling.
void MemberListModel::subscribe() {
    if (!account_ || guild_ == 0 || channel_ == 0) return;
    const Channel* channel = account_->state().channel(channel_);
    if (!channel || channel->guild != guild_) return;  // One of the two is still on its way.
    QJsonArray ranges;
    for (const int block : blocks_) {
        ranges.append(QJsonArray{block * kBlockRows, (block + 1) * kBlockRows - 1});
    }
    account_->gateway().send(
        opcode::kSubscribe,
        QJsonObject{{u"guild_id"_s, id_text(guild_)},
                    {u"typing"_s, true},
                    {u"channels"_s, QJsonObject{{id_text(channel_), ranges}}}});
}

void MemberListModel::unsubscribe() {
    if (!account_ || guild_ == 0 || channel_ == 0) return;
    const QJsonObject none{{id_text(channel_), QJsonArray()}};
    account_->gateway().send(opcode::kSubscribe,
                             QJsonObject{{u"guild_id"_s, id_text(guild_)}, {u"channels"_s, none}});
}

void MemberListModel::look(int first, int last) {
    if (first < 0 || !filter_.isEmpty()) return;
    looked_at_ = {first, last < first ? rowCount() - 1 : last};
    if (!looking_.isActive()) looking_.start();
}

/// A large guild is never listed whole: who left while this device was away is known once the node
/// is asked for them by name. Those that are looked at come first; the answer asks for more.
void MemberListModel::confirm() {
    if (!account_ || guild_ == 0 || !account_->state().is_live()) return;
    const State& state = account_->state();
    QJsonArray ids;
    const auto ask = [&](Snowflake user) {
        if (ids.size() >= qsizetype(kAskedAtOnce) || asked_.contains(user)) return;
        asked_.insert(user);
        ids.append(id_text(user));
    };
    for (int i = looked_at_.first; i <= looked_at_.second && i < rowCount(); ++i) {
        const Snowflake user = rows_[std::size_t(i)].user;
        if (user != 0 && state.is_doubted(guild_, user)) ask(user);
    }
    if (asked_.size() < kAskedMax) {
        for (const Snowflake user : state.doubted_members(guild_, kAskedMax)) ask(user);
    }
    if (ids.isEmpty()) return;
    account_->gateway().send(
        opcode::kAskMembers,
        QJsonObject{{u"guild_id"_s, id_text(guild_)}, {u"user_ids"_s, ids}, {u"limit"_s, 0}});
}

void MemberListModel::ask_for_what_is_looked_at() {
    confirm();
    std::vector<int> blocks = blocks_of(rows_, looked_at_.first, looked_at_.second, had_);
    if (std::ranges::find(blocks, 0) == blocks.end()) blocks.insert(blocks.begin(), 0);
    if (blocks.size() > kBlocksMax) blocks.resize(kBlocksMax);
    if (blocks == blocks_) return;
    for (const int block : blocks) had_.insert(block);
    blocks_ = std::move(blocks);
    subscribe();
}

int MemberListModel::personFrom(int row, int step) const {
    const int way = step < 0 ? -1 : 1;
    for (int i = row + way; i >= 0 && i < rowCount(); i += way) {
        if (rows_[std::size_t(i)].kind == Kind::member) return i;
    }
    return -1;
}

void MemberListModel::later() {
    if (later_.isActive()) return;
    later_.start(rows_.size() > kLarge ? kLaterLargeMs : kLaterMs);
}

/// Most presences move nobody to another group.
void MemberListModel::on_presence(Snowflake user) {
    const Guild* guild = account_->state().guild(guild_);
    const Member* member = guild ? account_->state().member(guild_, user) : nullptr;
    if (!member) return;
    const auto at = std::ranges::find(rows_, user, &MemberListRow::user);
    if (at != rows_.end() && at->group == group_of(account_->state(), *guild, *member)) {
        const QModelIndex row = index(int(at - rows_.begin()));
        emit dataChanged(row, row);
    } else {
        touched_.insert(user);
        later();
    }
}

void MemberListModel::on_dispatch(const Dispatch& dispatch) {
    const bool is_list = dispatch.type == "GUILD_MEMBER_LIST_UPDATE"_L1;
    if (!is_list && dispatch.type != "GUILD_MEMBERS_CHUNK"_L1) return;
    if (id_of(dispatch.data, "guild_id"_L1) != guild_) return;
    if (!is_list) return confirm();
    said_ = parse_group_counts(dispatch.data);
    rebuild_as_told();
}

/// The node tells how many there are when it is asked; in between, who is seen to move is counted.
void MemberListModel::count_moves() {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    if (said_.isEmpty() || !guild) return;
    for (const MemberListRow& row : rows_) {
        if (row.user == 0 || !touched_.contains(row.user)) continue;
        const Member* member = account_->state().member(guild_, row.user);
        const Snowflake group = member ? group_of(account_->state(), *guild, *member) : 0;
        if (group == row.group) continue;
        said_[row.group] = std::max(0, said_.value(row.group) - 1);
        if (group != 0) said_[group] += 1;
    }
}

void MemberListModel::rebuild() {
    count_moves();
    rebuild_as_told();
}

void MemberListModel::rebuild_as_told() {
    later_.stop();
    if (!account_) return become({});
    become(member_rows(account_->state(), guild_, channel_, filter_, said_));
}

void MemberListModel::become(std::vector<MemberListRow> next) {
    const std::size_t before = rows_.size();
    const auto steps = row_steps<Key, KeyHash>(keys_of(rows_), keys_of(next));
    if (!steps) {
        beginResetModel();
        rows_ = std::move(next);
        endResetModel();
    } else {
        for (const RowStep& step : *steps) {
            const auto at = rows_.begin() + step.first;
            if (step.kind == RowStep::Kind::remove) {
                beginRemoveRows({}, step.first, step.last);
                rows_.erase(at, rows_.begin() + step.last + 1);
                endRemoveRows();
            } else if (step.kind == RowStep::Kind::insert) {
                beginInsertRows({}, step.first, step.last);
                rows_.insert(at, next.begin() + step.first, next.begin() + step.last + 1);
                endInsertRows();
            } else {
                const int below = step.to > step.first ? step.to + 1 : step.to;
                beginMoveRows({}, step.first, step.first, {}, below);
                const MemberListRow moved = *at;
                rows_.erase(at);
                rows_.insert(rows_.begin() + step.to, moved);
                endMoveRows();
            }
        }
        tell_changes(next);
    }
    touched_.clear();
    if (rows_.size() != before) emit countChanged();
}

/// Neighbours as one: a flood is a few changes, not one for each member.
void MemberListModel::tell_changes(const std::vector<MemberListRow>& next) {
    int first = -1;
    for (int i = 0; i <= rowCount(); ++i) {
        bool changed = false;
        if (i < rowCount()) {
            MemberListRow& row = rows_[std::size_t(i)];
            changed = row != next[std::size_t(i)] || (row.user != 0 && touched_.contains(row.user));
            row = next[std::size_t(i)];
        }
        if (changed && first < 0) first = i;
        if (!changed && first >= 0) emit dataChanged(index(std::exchange(first, -1)), index(i - 1));
    }
}

QString MemberListModel::group_name(Snowflake group) const {
    if (group == kOnlineGroup) return tr("Online");
    if (group == kOfflineGroup) return account_->state().is_live() ? tr("Offline") : tr("Members");
    const Guild* guild = account_->state().guild(guild_);
    const client::Role* role = guild ? guild->role(group) : nullptr;
    return role ? text::safe_name(role->name) : QString();
}

int MemberListModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant MemberListModel::data(const QModelIndex& index, int role) const {
    const bool ours = role >= KindRole && role <= OwnerRole;
    if (!account_ || !ours || !index.isValid() || index.row() >= rowCount()) return {};
    const MemberListRow& row = rows_[std::size_t(index.row())];
    if (row.kind == Kind::member) return member_data(row.user, role);
    switch (role) {
        case KindRole:
            return row.kind == Kind::group ? u"group"_s : u"more"_s;
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
    const Guild* guild = state.guild(guild_);
    if (role == KindRole) return u"member"_s;
    if (role == IdRole) return id_text(user);
    if (role == CountRole) return 0;
    if (role == OwnerRole) return guild && guild->owner == user;
    if (role == BotRole) return member && member->user.bot;
    if (!member) return QString();  // Gone, and the next rebuild says so.
    const Presence presence = state.presence(user);
    switch (role) {
        case NameRole:
            return state.display_name(guild_, member->user);
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
        case NodeRole:
            return text::safe_name(member->user.node());
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
