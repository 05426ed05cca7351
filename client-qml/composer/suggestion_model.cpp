#include "client-qml/composer/suggestion_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/text/bidi.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kAskMs = 250;
}

SuggestionModel::SuggestionModel(QObject* parent) : QAbstractListModel(parent) {
    ask_.setSingleShot(true);
    ask_.setInterval(kAskMs);
    connect(&ask_, &QTimer::timeout, this, [this] {
        if (!ask_account_ || wanted_ == asked_ || !ask_account_->state().is_live()) return;
        if (rowCount() >= kShownMax) return;
        asked_ = wanted_;
        ask_account_->gateway().send(opcode::kAskMembers,
                                     QJsonObject{{u"guild_id"_s, id_text(ask_guild_)},
                                                 {u"query"_s, wanted_},
                                                 {u"limit"_s, kShownMax}});
    });
}

void SuggestionModel::ask_members(Account* account, Snowflake guild, const QString& wanted) {
    if (!account || guild == 0 || wanted.isEmpty()) return;
    ask_account_ = account;
    ask_guild_ = guild;
    wanted_ = wanted;
    ask_.start();
}

void SuggestionModel::clear() { set_items({}); }

void SuggestionModel::set_items(std::vector<Suggestion> items) {
    if (items.empty() && items_.empty()) return;
    beginResetModel();
    items_ = std::move(items);
    endResetModel();
    emit changed();
}

void SuggestionModel::add_items(std::vector<Suggestion> items) {
    std::erase_if(items, [this](const Suggestion& one) {
        return std::ranges::find(items_, one.code, &Suggestion::code) != items_.end();
    });
    const std::size_t room =
        std::size_t(kShownMax) - std::min(items_.size(), std::size_t(kShownMax));
    if (items.size() > room) items.resize(room);
    if (items.empty()) return;
    if (items_.empty()) return set_items(std::move(items));  // the first one is the chosen one
    beginInsertRows({}, rowCount(), rowCount() + int(items.size()) - 1);
    std::ranges::move(items, std::back_inserter(items_));
    endInsertRows();
    emit changed();
}

const Suggestion* SuggestionModel::at(int row) const {
    return row < 0 || row >= rowCount() ? nullptr : &items_[std::size_t(row)];
}

QString SuggestionModel::shown(int row) const { return at(row) ? at(row)->shown : QString(); }

QString SuggestionModel::code(int row) const { return at(row) ? at(row)->code : QString(); }

int SuggestionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(items_.size());
}

QVariant SuggestionModel::data(const QModelIndex& index, int role) const {
    const Suggestion* item = at(index.row());
    if (!item) return {};
    switch (role) {
        case ShownRole:
            return item->shown;
        case DetailRole:
            return item->detail;
        case PictureRole:
            return item->picture;
        case TextRole:
            return item->text;
        case IconRole:
            return item->icon;
        default:
            return {};
    }
}

QHash<int, QByteArray> SuggestionModel::roleNames() const {
    return {{ShownRole, "shown"},
            {DetailRole, "detail"},
            {PictureRole, "picture"},
            {TextRole, "label"},
            {IconRole, "icon"}};
}

bool name_begins(const QString& name, const QString& wanted) {
    return name.startsWith(wanted, Qt::CaseInsensitive) ||
           name.contains(u' ' + wanted, Qt::CaseInsensitive);
}

std::vector<Suggestion> people_named(const State& state,
                                     Snowflake guild,
                                     Snowflake channel,
                                     const QString& wanted) {
    std::vector<Suggestion> found;
    const auto add = [&](const User& user, const QString& picture) {
        const QString name = state.display_name(guild, user);
        if (found.size() >= std::size_t(SuggestionModel::kShownMax)) return;
        if (!name_begins(name, wanted) && !name_begins(user.username, wanted)) return;
        found.push_back({u'@' + name,
                         u"<@%1>"_s.arg(user.id),
                         text::safe_name(user.username),
                         picture,
                         name,
                         {},
                         id_text(user.id)});
    };
    if (guild == 0) {
        const Channel* known = state.channel(channel);
        if (!known) return found;
        for (const User& user : known->recipients) add(user, avatar_address(user));
        return found;
    }
    for (const Member* member : state.members(guild)) {
        if (found.size() >= std::size_t(SuggestionModel::kShownMax)) break;
        add(member->user, member_avatar_address(*member));
    }
    std::ranges::sort(found, {}, &Suggestion::text);
    return found;
}

Suggestion role_row(const client::Role& role) {
    const QString name = text::safe_name(role.name);
    return {u'@' + name,
            u"<@&%1>"_s.arg(role.id),
            SuggestionModel::tr("Role"),
            {},
            name,
            u"users"_s,
            id_text(role.id)};
}

Suggestion channel_row(const Channel& channel) {
    const QString name = text::safe_name(channel.name);
    return {u'#' + name,
            u"<#%1>"_s.arg(channel.id),
            text::safe_name(channel.topic, {}, 80),
            {},
            name,
            u"hash"_s,
            id_text(channel.id)};
}

}  // namespace guildhall::client
