#include "client-qml/composer/completion_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/emoji/emoji_table.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {

constexpr int kWordMax = 40, kCommandMax = 100, kAskMembers = 8, kAskMs = 250;

bool begins(const QString& name, const QString& wanted) {
    return name.startsWith(wanted, Qt::CaseInsensitive) ||
           name.contains(u' ' + wanted, Qt::CaseInsensitive);
}

/// The word that ends at the cursor, from its sign on; empty where none is being written.
QString word_before(const QString& text, int cursor) {
    const int from = std::max(0, cursor - kWordMax);
    for (int i = cursor - 1; i >= from; --i) {
        const QChar c = text[i];
        if (c.isSpace()) return {};
        if (c != u'@' && c != u'#' && c != u':') continue;
        const bool alone = i == 0 || !text[i - 1].isLetterOrNumber();
        return alone ? text.mid(i, cursor - i) : QString();
    }
    return {};
}

}  // namespace

CompletionModel::CompletionModel(QObject* parent) : QAbstractListModel(parent) {
    ask_.setSingleShot(true);
    ask_.setInterval(kAskMs);
    connect(&ask_, &QTimer::timeout, this, &CompletionModel::ask_node);
}

void CompletionModel::setAccount(Account* account) {
    if (account_) account_->state().disconnect(this);
    account_ = account;
    if (account_) {
        connect(&account_->state(), &State::dispatched, this, [this](const Dispatch& dispatch) {
            if (dispatch.type == u"GUILD_MEMBERS_CHUNK"_s && word_.startsWith(u'@')) fill();
        });
    }
    clear();
}

void CompletionModel::setChannelId(const QString& channel) {
    channel_ = snowflake(QStringView(channel));
    clear();
}

void CompletionModel::clear() {
    word_.clear();
    fill();
}

void CompletionModel::look(const QString& text, int cursor) {
    cursor = std::clamp(cursor, 0, int(text.size()));
    word_ = word_before(text, cursor);
    start_ = cursor - int(word_.size());
    if (commands_ && text.startsWith(u'/') && !commands_->find(text.left(cursor))) {
        word_ = text.left(std::min(cursor, kCommandMax));
        start_ = 0;
    }
    fill();
    if (word_.size() > 1 && word_[0] == u'@') ask_.start();
}

void CompletionModel::fill() {
    beginResetModel();
    items_.clear();
    const Channel* channel = account_ ? account_->state().channel(channel_) : nullptr;
    guild_ = channel ? channel->guild : 0;
    const QString wanted = word_.mid(1);
    if (channel && !word_.isEmpty()) {
        if (word_[0] == u'/') {
            add_commands();
        } else if (word_[0] == u'@') {
            add_people(wanted);
            add_roles(wanted);
        } else if (word_[0] == u'#') {
            add_channels(wanted);
        } else if (wanted.size() >= 2 && !wanted.contains(u':')) {
            add_emoji(wanted);
        }
    }
    endResetModel();
    emit changed();
}

void CompletionModel::add_commands() {
    for (const SlashCommand& one : commands_->commands()) {
        if (is_full() || !one.path.startsWith(word_.mid(1), Qt::CaseInsensitive)) continue;
        QString shown = u'/' + one.path;
        for (const CommandOption& option : one.options) {
            if (option.required) shown += u' ' + option.name + u':';
        }
        items_.push_back({shown, {}, one.description, {}, u'/' + one.path, u"terminal"_s});
    }
}

void CompletionModel::add_people(const QString& wanted) {
    const State& state = account_->state();
    const auto add = [&](const User& user, const QString& picture) {
        const QString name = state.display_name(guild_, user);
        if (is_full() || !(begins(name, wanted) || begins(user.username, wanted))) return;
        items_.push_back({u'@' + name,
                          u"<@%1>"_s.arg(user.id),
                          text::safe_name(user.username),
                          picture,
                          name,
                          {}});
    };
    if (guild_ == 0) {
        const Channel* channel = state.channel(channel_);
        for (const User& user : channel->recipients) add(user, avatar_address(user));
        return;
    }
    for (const Member* member : state.members(guild_)) {
        if (is_full()) break;
        add(member->user, member_avatar_address(*member));
    }
    std::ranges::sort(items_, {}, &Item::text);
}

void CompletionModel::add_roles(const QString& wanted) {
    const Guild* guild = account_->state().guild(guild_);
    if (!guild) return;
    const bool may_all = account_->state().permissions(channel_).has(bits::kMentionEveryone);
    const auto everyone = [&](const QString& name, const QString& detail) {
        if (!is_full() && may_all && begins(name, wanted)) {
            items_.push_back({u'@' + name, {}, detail, {}, name, u"megaphone"_s});
        }
    };
    everyone(u"everyone"_s, tr("Notify everybody who can see this channel"));
    everyone(u"here"_s, tr("Notify everybody who is online"));
    for (const client::Role& role : guild->roles) {
        const QString name = text::safe_name(role.name);
        const bool may = role.id != guild->id && (role.mentionable || may_all);
        if (is_full() || !may || !begins(name, wanted)) continue;
        items_.push_back({u'@' + name, u"<@&%1>"_s.arg(role.id), tr("Role"), {}, name, u"users"_s});
    }
}

void CompletionModel::add_channels(const QString& wanted) {
    for (const Channel* one : visible_channels(account_->state(), guild_)) {
        const QString name = text::safe_name(one->name);
        if (is_full() || !name.contains(wanted, Qt::CaseInsensitive)) continue;
        items_.push_back({u'#' + name,
                          u"<#%1>"_s.arg(one->id),
                          text::safe_name(one->topic, {}, 80),
                          {},
                          name,
                          u"hash"_s});
    }
}

void CompletionModel::add_emoji(const QString& wanted) {
    const Guild* guild = account_->state().guild(guild_);
    if (guild) {
        for (const Emoji& one : guild->emojis) {
            if (is_full() || !one.name.contains(wanted, Qt::CaseInsensitive)) continue;
            const QString shown = u':' + one.name + u':';
            const QString code =
                u"<%1:%2:%3>"_s.arg(one.animated ? u"a"_s : QString(), one.name, id_text(one.id));
            items_.push_back({shown, code, {}, emoji_address(one), shown, {}});
        }
    }
    for (const EmojiEntry* one : search_emoji(wanted, kShownMax)) {
        if (is_full()) break;
        items_.push_back({one->text, {}, u':' + one->names.value(0) + u':', {}, one->text, {}});
    }
}

/// Members whom no message or list named yet.
void CompletionModel::ask_node() {
    const QString wanted = word_.mid(1);
    if (!account_ || guild_ == 0 || wanted.isEmpty() || wanted == asked_) return;
    if (!account_->state().is_live() || is_full()) return;
    asked_ = wanted;
    account_->gateway().send(
        kAskMembers,
        QJsonObject{
            {u"guild_id"_s, id_text(guild_)}, {u"query"_s, wanted}, {u"limit"_s, kShownMax}});
}

QString CompletionModel::shown(int row) const {
    return row < 0 || row >= rowCount() ? QString() : items_[std::size_t(row)].shown;
}

QString CompletionModel::code(int row) const {
    return row < 0 || row >= rowCount() ? QString() : items_[std::size_t(row)].code;
}

int CompletionModel::rowCount(const QModelIndex& parent) const {
    return parent.isValid() ? 0 : int(items_.size());
}

QVariant CompletionModel::data(const QModelIndex& index, int role) const {
    if (index.row() < 0 || index.row() >= rowCount()) return {};
    const Item& item = items_[std::size_t(index.row())];
    switch (role) {
        case ShownRole:
            return item.shown;
        case DetailRole:
            return item.detail;
        case PictureRole:
            return item.picture;
        case TextRole:
            return item.text;
        case IconRole:
            return item.icon;
        default:
            return {};
    }
}

QHash<int, QByteArray> CompletionModel::roleNames() const {
    return {{ShownRole, "shown"},
            {DetailRole, "detail"},
            {PictureRole, "picture"},
            {TextRole, "label"},
            {IconRole, "icon"}};
}

}  // namespace guildhall::client
