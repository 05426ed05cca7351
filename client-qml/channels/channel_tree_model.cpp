#include "client-qml/channels/channel_tree_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/models/notification_rules.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {

constexpr qsizetype kKeptMax = 2'000;  // closed categories

QString kind_of(ChannelType type) {
    switch (type) {
        case ChannelType::category:
            return u"category"_s;
        case ChannelType::voice:
        case ChannelType::stage:
            return u"voice"_s;
        case ChannelType::announcement:
            return u"announcement"_s;
        case ChannelType::forum:
        case ChannelType::media:
            return u"forum"_s;
        case ChannelType::direct:
            return u"direct"_s;
        case ChannelType::group:
            return u"group"_s;
        default:
            return u"text"_s;
    }
}

QString direct_name(const Channel& channel) {
    if (!channel.name.isEmpty()) return text::safe_name(channel.name);
    QStringList names;
    for (const User& user : channel.recipients) {
        names.push_back(text::safe_name(user.display_name(), user.username));
    }
    return names.join(u", "_s);
}

bool hidden_from_everyone(const Channel& channel) {
    return std::ranges::any_of(channel.overwrites, [&](const Overwrite& one) {
        return one.id == channel.guild && Permissions(one.deny).has(bits::kViewChannel);
    });
}

}  // namespace

ChannelTreeModel::ChannelTreeModel(QObject* parent) : QAbstractListModel(parent) {}

void ChannelTreeModel::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) account_->state().disconnect(this);
    account_ = account;
    closed_ = read_set(u"closed_categories"_s);
    if (account) {
        State* state = &account->state();
        const auto all = [this] {
            rebuild();
            emit guildDetailsChanged();
        };
        const auto here = [this, all](quint64 guild) {
            if (guild == guild_) all();
        };
        connect(state, &State::reset, this, all);
        connect(state, &State::guild_changed, this, here);
        connect(state, &State::guild_added, this, here);
        connect(state, &State::guild_removed, this, here);
        connect(state, &State::channels_changed, this, here);
        connect(state, &State::member_changed, this, [this](quint64 guild, quint64 user) {
            if (guild == guild_ && user == account_->state().self().id) emit guildDetailsChanged();
        });
        connect(state, &State::channel_changed, this, &ChannelTreeModel::tell);
        connect(state, &State::typing_changed, this, &ChannelTreeModel::tell);
        connect(state, &State::unread_changed, this, &ChannelTreeModel::tell);
        connect(state, &State::setting_changed, this, &ChannelTreeModel::on_setting);
    }
    rebuild();
    emit accountChanged();
    emit guildDetailsChanged();
}

void ChannelTreeModel::setGuildId(const QString& guild) {
    const Snowflake id = snowflake(QStringView(guild));
    if (id == guild_) return;
    guild_ = id;
    rebuild();
    emit guildChanged();
    emit guildDetailsChanged();
}

void ChannelTreeModel::setCurrentId(const QString& channel) {
    const Snowflake id = snowflake(QStringView(channel));
    if (id == current_) return;
    const Snowflake old = std::exchange(current_, id);
    // What is open is a row also in a closed category; elsewhere no row comes or goes.
    if (is_in_closed(old) || is_in_closed(id)) rebuild();
    emit currentChanged();
}

bool ChannelTreeModel::is_in_closed(Snowflake id) const {
    const Channel* channel = account_ ? account_->state().channel(id) : nullptr;
    return channel && closed_.contains(channel->parent);
}

bool ChannelTreeModel::is_muted(Snowflake channel) const {
    return NotificationRules(account_->state()).is_muted(channel);
}

QSet<Snowflake> ChannelTreeModel::read_set(const QString& setting) const {
    QSet<Snowflake> found;
    if (!account_) return found;
    const QJsonArray kept = account_->cache().setting(setting).toArray();
    for (const QJsonValue& id : kept) found.insert(snowflake(id));
    return found;
}

void ChannelTreeModel::write_set(const QString& setting, const QSet<Snowflake>& ids) {
    QJsonArray kept;
    for (const Snowflake id : ids) {
        if (kept.size() < kKeptMax) kept.append(id_text(id));
    }
    account_->cache().put_setting(setting, kept);
}

bool ChannelTreeModel::is_shown_when_closed(Snowflake channel) const {
    if (channel == current_) return true;
    const Unread unread = account_->state().read_states().unread(channel);
    return unread.mentions > 0 || (unread.any && !is_muted(channel));
}

std::vector<Snowflake> ChannelTreeModel::wanted() const {
    std::vector<Snowflake> found;
    if (!account_) return found;
    if (guild_ == 0) {
        for (const Channel* one : account_->state().private_channels()) found.push_back(one->id);
        return found;
    }
    for (const ChannelSection& section : channel_sections(account_->state(), guild_)) {
        if (section.category) found.push_back(section.category->id);
        const bool closed = section.category && closed_.contains(section.category->id);
        for (const Channel* channel : section.channels) {
            if (!closed || is_shown_when_closed(channel->id)) found.push_back(channel->id);
        }
    }
    return found;
}

/// Rows that stay keep their delegates: the list neither jumps nor loses the focus.
void ChannelTreeModel::rebuild() {
    const std::vector<Snowflake> next = wanted();
    const QSet<Snowflake> keep(next.begin(), next.end());
    for (int i = rowCount() - 1; i >= 0; --i) {
        if (keep.contains(rows_[std::size_t(i)])) continue;
        beginRemoveRows({}, i, i);
        rows_.erase(rows_.begin() + i);
        endRemoveRows();
    }
    for (int i = 0; i < int(next.size()); ++i) {
        const Snowflake id = next[std::size_t(i)];
        const auto at = std::find(rows_.begin() + i, rows_.end(), id);
        const int from = int(at - rows_.begin());
        if (at == rows_.end()) {
            beginInsertRows({}, i, i);
            rows_.insert(rows_.begin() + i, id);
            endInsertRows();
        } else if (from != i) {
            beginMoveRows({}, from, from, {}, i);
            rows_.erase(at);
            rows_.insert(rows_.begin() + i, id);
            endMoveRows();
        }
    }
    if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
    emit countChanged();
}

void ChannelTreeModel::tell(Snowflake channel) {
    const auto at = std::ranges::find(rows_, channel);
    if (at != rows_.end()) {
        const QModelIndex row = index(int(at - rows_.begin()));
        emit dataChanged(row, row);
    } else if (const Channel* hidden = account_->state().channel(channel);
               hidden && hidden->guild == guild_ && is_shown_when_closed(channel)) {
        rebuild();
    }
}

bool ChannelTreeModel::may(Permissions bit) const {
    return account_ && guild_ != 0 && account_->state().guild_permissions(guild_).has(bit);
}

QString ChannelTreeModel::guildName() const {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    return guild ? text::safe_name(guild->name, id_text(guild->id)) : QString();
}

bool ChannelTreeModel::canManage() const { return may(bits::kManageChannels); }
bool ChannelTreeModel::canInvite() const { return may(bits::kCreateInstantInvite); }
bool ChannelTreeModel::canManageGuild() const {
    return account_ && guild_ != 0 &&
           account_->state().guild_permissions(guild_).has_any(
               bits::kManageGuild | bits::kManageRoles | bits::kManageChannels | bits::kBanMembers |
               bits::kViewAuditLog);
}

bool ChannelTreeModel::isOwner() const {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    return guild && guild->owner == account_->state().self().id;
}

bool ChannelTreeModel::unavailable() const {
    const Guild* guild = account_ ? account_->state().guild(guild_) : nullptr;
    return guild && guild->unavailable;
}

void ChannelTreeModel::toggleCategory(const QString& category) {
    const Snowflake id = snowflake(QStringView(category));
    if (!closed_.remove(id)) closed_.insert(id);
    write_set(u"closed_categories"_s, closed_);
    rebuild();
}

void ChannelTreeModel::markRead(const QString& channel) {
    if (!account_) return;
    State& state = account_->state();
    const Snowflake id = snowflake(QStringView(channel));
    const Channel* here = state.channel(id);
    std::vector<Snowflake> ids{id};
    const Guild* guild =
        here && here->type == ChannelType::category ? state.guild(guild_) : nullptr;
    for (std::size_t i = 0; guild && i < guild->channels.size(); ++i) {
        if (guild->channels[i].parent == id) ids.push_back(guild->channels[i].id);
    }
    for (const Snowflake one : ids) state.mark_read(one, state.read_states().last_message(one));
}

/// Here or on another page: a category mutes what is in it, and what is muted hides when closed.
void ChannelTreeModel::on_setting(const QString& name) {
    if (name != NotificationRules::kSetting) return;
    rebuild();
    if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1), {MutedRole});
}

int ChannelTreeModel::rowOf(const QString& channel) const {
    const auto at = std::ranges::find(rows_, snowflake(QStringView(channel)));
    return at == rows_.end() ? -1 : int(at - rows_.begin());
}

int ChannelTreeModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant ChannelTreeModel::data(const QModelIndex& index, int role) const {
    if (!account_ || !index.isValid() || index.row() >= rowCount()) return {};
    const Channel* channel = account_->state().channel(rows_[std::size_t(index.row())]);
    return channel ? channel_data(*channel, role) : QVariant();
}

QVariant ChannelTreeModel::channel_data(const Channel& channel, int role) const {
    const State& state = account_->state();
    const bool direct = channel.guild == 0;
    switch (role) {
        case KindRole:
            return kind_of(channel.type);
        case IdRole:
            return id_text(channel.id);
        case NameRole:
            return direct ? direct_name(channel)
                          : text::safe_name(channel.name, id_text(channel.id));
        case TopicRole:
            return text::safe_name(channel.topic);
        case UnreadRole:
            return state.read_states().unread(channel.id).any;
        case MentionsRole:
            return state.read_states().unread(channel.id).mentions;
        case OpenRole:
            return !closed_.contains(channel.id);
        case LockedRole:
            return hidden_from_everyone(channel);
        case MutedRole:
            return is_muted(channel.id);
        case AvatarRole:
            return channel.recipients.empty() ? QString()
                                              : avatar_address(channel.recipients.front());
        case TypingRole:
            return !state.typing(channel.id).empty();
        default:
            return {};
    }
}

QHash<int, QByteArray> ChannelTreeModel::roleNames() const {
    return {{KindRole, "kind"},
            {IdRole, "id"},
            {NameRole, "name"},
            {TopicRole, "topic"},
            {UnreadRole, "unread"},
            {MentionsRole, "mentions"},
            {OpenRole, "open"},
            {LockedRole, "locked"},
            {MutedRole, "muted"},
            {AvatarRole, "avatar"},
            {TypingRole, "typing"}};
}

}  // namespace guildhall::client
