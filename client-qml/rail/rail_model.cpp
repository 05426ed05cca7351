#include "client-qml/rail/rail_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {

constexpr qsizetype kEntriesMax = 1'000;
constexpr int kFolderNameMax = 64, kTotalsMs = 50;

QString plain_name(const CachedGuild& guild) {
    return text::safe_name(guild.name, id_text(guild.id));
}

}  // namespace

RailModel::RailModel(QObject* parent) : QAbstractListModel(parent) {
    // A flood of messages changes the sums over all guilds once in a while, not at each message.
    totals_.setSingleShot(true);
    totals_.setInterval(kTotalsMs);
    connect(&totals_, &QTimer::timeout, this, &RailModel::totalsChanged);
}

void RailModel::setAccount(Account* account) {
    if (account == account_) return;
    if (account_) account_->state().disconnect(this);
    account_ = account;
    if (account) {
        State* state = &account->state();
        connect(state, &State::reset, this, &RailModel::read);
        connect(state, &State::guild_added, this, &RailModel::read);
        connect(state, &State::guild_removed, this, &RailModel::read);
        connect(state, &State::guild_changed, this, &RailModel::tell_badges);
        connect(state, &State::channels_changed, this, &RailModel::tell_badges);
        connect(state, &State::unread_changed, this, [this](quint64 channel) {
            if (const Channel* one = account_->state().channel(channel)) tell_badges(one->guild);
        });
    }
    read();
    emit accountChanged();
}

void RailModel::read() {
    entries_.clear();
    QSet<int> folders;
    const QJsonArray kept =
        account_ ? account_->cache().setting(u"rail"_s).toArray() : QJsonArray();
    for (qsizetype i = 0; i < std::min(kept.size(), kEntriesMax); ++i) {
        const QJsonObject object = kept.at(i).toObject();
        Entry entry;
        entry.folder = int(number_of(object, "folder"_L1, 0, 1 << 30));
        // A damaged setting: guilds of a folder that is there already come back as new ones.
        if (entry.folder != 0 && folders.contains(entry.folder)) continue;
        folders.insert(entry.folder);
        entry.name = text_of(object, "name"_L1, kFolderNameMax);
        entry.color = text_of(object, "color"_L1, 7);
        entry.open = flag_of(object, "open"_L1);
        entry.guilds = ids_of(object, "guilds"_L1, entry.folder == 0 ? 1 : kEntriesMax);
        entries_.push_back(std::move(entry));
    }
    take_new_guilds();
    rebuild();
}

/// Guilds that were left go; those that no entry names come first, the newest on top.
void RailModel::take_new_guilds() {
    QSet<Snowflake> there;
    if (account_) {
        for (const CachedGuild& one : account_->state().guilds()) there.insert(one.id);
    }
    for (Entry& entry : entries_) {
        std::erase_if(entry.guilds, [&](Snowflake id) { return !there.remove(id); });
    }
    std::erase_if(entries_, [](const Entry& entry) { return entry.guilds.empty(); });
    if (!account_) return;
    for (const CachedGuild& one : account_->state().guilds()) {
        if (there.contains(one.id))
            entries_.insert(entries_.begin(), Entry{0, {}, {}, false, {one.id}});
    }
}

void RailModel::write() {
    if (!account_) return;
    QJsonArray kept;
    for (const Entry& entry : entries_) {
        QJsonArray guilds;
        for (const Snowflake id : entry.guilds) guilds.append(id_text(id));
        QJsonObject object{{u"guilds"_s, guilds}};
        if (entry.folder != 0) {
            object[u"folder"_s] = entry.folder;
            object[u"name"_s] = entry.name;
            object[u"color"_s] = entry.color;
            object[u"open"_s] = entry.open;
        }
        kept.append(object);
    }
    account_->cache().put_setting(u"rail"_s, kept);
}

/// Rows that stay keep their delegates, and with them the focus.
void RailModel::rebuild() {
    std::vector<Row> next;
    for (int i = 0; i < int(entries_.size()); ++i) {
        const Entry& entry = entries_[std::size_t(i)];
        if (entry.folder != 0) next.push_back({i, entry.folder, 0});
        if (entry.folder != 0 && !entry.open) continue;
        for (const Snowflake id : entry.guilds) next.push_back({i, entry.folder, id});
    }
    renumber(next);
    const auto steps = row_steps<Key, KeyHash>(keys_of(rows_), keys_of(next));
    if (!steps) {
        beginResetModel();
        rows_ = next;
        endResetModel();
    } else {
        for (const RowStep& step : *steps) take(step, next);
        rows_ = next;
        if (!rows_.empty()) emit dataChanged(index(0), index(rowCount() - 1));
    }
    emit countChanged();
    emit totalsChanged();
}

std::vector<RailModel::Key> RailModel::keys_of(const std::vector<Row>& rows) {
    std::vector<Key> keys;
    for (const Row& row : rows) {
        const bool is_folder = row.guild == 0;
        keys.push_back({is_folder ? Snowflake(row.folder) : row.guild, is_folder});
    }
    return keys;
}

void RailModel::take(const RowStep& step, const std::vector<Row>& next) {
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
        const Row moved = *at;
        rows_.erase(at);
        rows_.insert(rows_.begin() + step.to, moved);
        endMoveRows();
    }
}

/// While rows change, views read them: they point to where the entries are by now.
void RailModel::renumber(const std::vector<Row>& next) {
    for (Row& row : rows_) {
        const auto now = std::ranges::find_if(next, [&](const Row& one) {
            return one.guild == row.guild && (one.guild != 0 || one.folder == row.folder);
        });
        if (now != next.end()) row = *now;
    }
}

void RailModel::tell_badges(Snowflake guild) {
    for (int i = 0; i < rowCount(); ++i) {
        const Row& row = rows_[std::size_t(i)];
        const Entry& entry = entries_[std::size_t(row.entry)];
        const bool holds =
            row.guild == 0 && std::ranges::find(entry.guilds, guild) != entry.guilds.end();
        if (row.guild == guild || holds) emit dataChanged(index(i), index(i));
    }
    if (!totals_.isActive()) totals_.start();
}

Unread RailModel::unread_of(const Row& row) const {
    const State& state = account_->state();
    if (row.guild != 0) return state.guild_unread(row.guild);
    Unread sum;
    for (const Snowflake id : entries_[std::size_t(row.entry)].guilds) {
        const Unread one = state.guild_unread(id);
        sum.any = sum.any || one.any;
        sum.mentions += one.mentions;
    }
    return sum;
}

int RailModel::mentions() const {
    int sum = directMentions();
    for (const Entry& entry : entries_) {
        for (const Snowflake id : entry.guilds) sum += account_->state().guild_unread(id).mentions;
    }
    return sum;
}

int RailModel::directMentions() const {
    return account_ ? account_->state().guild_unread(0).mentions : 0;
}

bool RailModel::directUnread() const { return account_ && account_->state().guild_unread(0).any; }

bool RailModel::unread() const {
    return directUnread() || std::ranges::any_of(entries_, [&](const Entry& entry) {
               return std::ranges::any_of(entry.guilds, [&](Snowflake id) {
                   return account_->state().guild_unread(id).any;
               });
           });
}

int RailModel::next_folder() const {
    int most = 0;
    for (const Entry& entry : entries_) most = std::max(most, entry.folder);
    return most + 1;
}

void RailModel::remove_from(int entry, Snowflake guild) {
    Entry& from = entries_[std::size_t(entry)];
    std::erase(from.guilds, guild);
    if (from.guilds.empty()) entries_.erase(entries_.begin() + entry);
}

void RailModel::move(int from, int to) {
    if (from < 0 || from >= rowCount() || to < 0 || to > rowCount() || to == from) return;
    const Row moved = rows_[std::size_t(from)];
    const bool at_end = to == rowCount();
    const Row target = at_end ? Row{int(entries_.size()), 0} : rows_[std::size_t(to)];
    const Entry source = entries_[std::size_t(moved.entry)];
    const bool whole = source.folder == 0 || moved.guild == 0;  // a lone guild, or a folder
    if (!at_end && target.entry == moved.entry && whole) return;
    const bool into_folder = !at_end && target.guild != 0 && moved.guild != 0 &&
                             entries_[std::size_t(target.entry)].folder != 0;
    if (into_folder) {
        Entry& folder = entries_[std::size_t(target.entry)];
        std::erase(folder.guilds, moved.guild);
        folder.guilds.insert(std::ranges::find(folder.guilds, target.guild), moved.guild);
        if (target.entry != moved.entry) remove_from(moved.entry, moved.guild);
    } else {
        const Entry piece = whole ? source : Entry{0, {}, {}, false, {moved.guild}};
        // A mark keeps the place while the piece is taken from where it was.
        entries_.insert(entries_.begin() + target.entry, piece);
        const int old = moved.entry + (moved.entry >= target.entry ? 1 : 0);
        if (whole) {
            entries_.erase(entries_.begin() + old);
        } else {
            remove_from(old, moved.guild);
        }
    }
    write();
    rebuild();
}

void RailModel::join(int from, int onto) {
    if (from == onto || from < 0 || onto < 0 || from >= rowCount() || onto >= rowCount()) return;
    const Row moved = rows_[std::size_t(from)], target = rows_[std::size_t(onto)];
    if (moved.guild == 0 || moved.entry == target.entry) return;
    Entry& folder = entries_[std::size_t(target.entry)];
    if (folder.folder == 0) {
        folder.folder = next_folder();
        folder.open = true;
    }
    folder.guilds.push_back(moved.guild);
    remove_from(moved.entry, moved.guild);  // Which may move `folder`.
    write();
    rebuild();
}

void RailModel::leaveFolder(int row) {
    if (row < 0 || row >= rowCount()) return;
    const Row one = rows_[std::size_t(row)];
    if (one.guild == 0 || entries_[std::size_t(one.entry)].folder == 0) return;
    take_out(one, true);
}

void RailModel::toggleFolder(const QString& folder) {
    for (Entry& entry : entries_) {
        if (entry.folder != 0 && QString::number(entry.folder) == folder) entry.open = !entry.open;
    }
    write();
    rebuild();
}

void RailModel::editFolder(const QString& folder, const QString& name, const QString& color) {
    for (Entry& entry : entries_) {
        if (entry.folder == 0 || QString::number(entry.folder) != folder) continue;
        entry.name = name.left(kFolderNameMax).trimmed();
        entry.color = color.left(7);
    }
    write();
    rebuild();
}

void RailModel::markFolderRead(const QString& folder) {
    for (const Entry& entry : entries_) {
        if (entry.folder == 0 || QString::number(entry.folder) != folder) continue;
        const std::vector<Snowflake> guilds = entry.guilds;
        for (const Snowflake id : guilds) markRead(id_text(id));
        return;
    }
}

void RailModel::markRead(const QString& guild) {
    if (!account_) return;
    State& state = account_->state();
    const Guild* here = state.guild(snowflake(QStringView(guild)));
    if (!here) return;
    std::vector<Snowflake> channels;
    for (const Channel& channel : here->channels) channels.push_back(channel.id);
    for (const Snowflake id : channels) state.mark_read(id, state.read_states().last_message(id));
}

QString RailModel::guildAfter(const QString& guild, int step) const {
    std::vector<Snowflake> all;
    for (const Entry& entry : entries_) std::ranges::copy(entry.guilds, std::back_inserter(all));
    if (all.empty()) return {};
    const auto at = std::ranges::find(all, snowflake(QStringView(guild)));
    const int count = int(all.size());
    if (at == all.end()) return id_text(step > 0 ? all.front() : all.back());
    return id_text(all[std::size_t(((int(at - all.begin()) + step) % count + count) % count)]);
}

/// By the keyboard: one place on, past a whole neighbour; out of a folder at its ends.
void RailModel::shift(int row, int step) {
    if (row < 0 || row >= rowCount()) return;
    const Row here = rows_[std::size_t(row)];
    const int way = step < 0 ? -1 : 1;
    if (here.guild == 0 || here.folder == 0) {
        const int other = here.entry + way;
        if (other < 0 || other >= int(entries_.size())) return;
        std::swap(entries_[std::size_t(here.entry)], entries_[std::size_t(other)]);
    } else {
        std::vector<Snowflake>& guilds = entries_[std::size_t(here.entry)].guilds;
        const int at = int(std::ranges::find(guilds, here.guild) - guilds.begin());
        const int other = at + way;
        if (other >= 0 && other < int(guilds.size())) {
            std::swap(guilds[std::size_t(at)], guilds[std::size_t(other)]);
        } else {
            return take_out(here, way > 0);
        }
    }
    write();
    rebuild();
}

void RailModel::take_out(const Row& row, bool below) {
    const Entry alone{0, {}, {}, false, {row.guild}};
    const int at = row.entry + (below ? 1 : 0);
    entries_.insert(entries_.begin() + at, alone);
    remove_from(row.entry + (below ? 0 : 1), row.guild);
    write();
    rebuild();
}

bool RailModel::isOwner(const QString& guild) const {
    const Guild* here = account_ ? account_->state().guild(snowflake(QStringView(guild))) : nullptr;
    return here && here->owner == account_->state().self().id;
}

bool RailModel::may(const QString& guild, Permissions any) const {
    const Snowflake id = snowflake(QStringView(guild));
    return account_ && id != 0 && account_->state().guild_permissions(id).has_any(any);
}

bool RailModel::canManage(const QString& guild) const {
    return may(guild, bits::kManageGuild | bits::kManageRoles | bits::kManageChannels);
}

bool RailModel::canInvite(const QString& guild) const {
    return may(guild, bits::kCreateInstantInvite);
}

int RailModel::rowOf(const QString& guild) const {
    const Snowflake id = snowflake(QStringView(guild));
    const auto at = std::ranges::find(rows_, id, &Row::guild);
    return id == 0 || at == rows_.end() ? -1 : int(at - rows_.begin());
}

QString RailModel::idAt(int row) const {
    return row < 0 || row >= rowCount() ? QString() : id_text(rows_[std::size_t(row)].guild);
}

int RailModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(rows_.size());
}

QVariant RailModel::data(const QModelIndex& index, int role) const {
    if (!account_ || !index.isValid() || index.row() >= rowCount()) return {};
    const Row& row = rows_[std::size_t(index.row())];
    if (row.entry >= int(entries_.size())) return {};  // About to go.
    const Entry& entry = entries_[std::size_t(row.entry)];
    const bool folder = row.guild == 0;
    const auto& all = account_->state().guilds();
    const auto guild = std::ranges::find(all, row.guild, &CachedGuild::id);
    if (!folder && guild == all.end()) return {};
    switch (role) {
        case KindRole:
            return folder ? u"folder"_s : u"guild"_s;
        case IdRole:
            return folder ? QString::number(entry.folder) : id_text(row.guild);
        case NameRole:
            return folder ? entry.name : plain_name(*guild);
        case IconRole:
            return folder ? QString() : guild_icon_address(row.guild, guild->icon);
        case UnreadRole:
            return unread_of(row).any;
        case MentionsRole:
            return unread_of(row).mentions;
        case UnavailableRole:
            return !folder && guild->unavailable;
        case FolderRole:
            return entry.folder == 0 || folder ? QString() : QString::number(entry.folder);
        case OpenRole:
            return entry.open;
        case ColorRole:
            return entry.color;
        default:
            return {};
    }
}

QHash<int, QByteArray> RailModel::roleNames() const {
    return {{KindRole, "kind"},
            {IdRole, "id"},
            {NameRole, "name"},
            {IconRole, "picture"},
            {UnreadRole, "unread"},
            {MentionsRole, "mentions"},
            {UnavailableRole, "unavailable"},
            {FolderRole, "folder"},
            {OpenRole, "open"},
            {ColorRole, "tint"}};
}

}  // namespace guildhall::client
