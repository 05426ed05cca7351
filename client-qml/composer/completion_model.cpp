#include "client-qml/composer/completion_model.h"

#include "client-qml/core/images/addresses.h"
#include "client-qml/core/state/channel_order.h"
#include "client-qml/core/text/bidi.h"
#include "client-qml/core/text/emoji.h"

namespace guildhall::client {

using namespace Qt::StringLiterals;
namespace bits = protocol::permissions;

namespace {

constexpr int kWordMax = 40, kCommandMax = 100;

bool is_full(const std::vector<Suggestion>& items) {
    return items.size() >= std::size_t(SuggestionModel::kShownMax);
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

void CompletionModel::setAccount(Account* account) {
    if (account_) account_->state().disconnect(this);
    account_ = account;
    if (account_) {
        connect(&account_->state(), &State::dispatched, this, [this](const Dispatch& dispatch) {
            const bool is_ours = dispatch.type == u"GUILD_MEMBERS_CHUNK"_s && guild_ != 0 &&
                                 id_of(dispatch.data, "guild_id"_L1) == guild_;
            if (!is_ours || !word_.startsWith(u'@')) return;
            add_items(people_named(account_->state(), guild_, channel_, word_.mid(1)));
        });
    }
    clear();
    emit placed();
}

void CompletionModel::setChannelId(const QString& channel) {
    channel_ = snowflake(QStringView(channel));
    clear();
    emit placed();
}

void CompletionModel::setCommands(CommandBook* commands) {
    if (commands_) commands_->disconnect(this);
    commands_ = commands;
    if (commands_) {
        connect(commands_, &CommandBook::changed, this, [this] {
            if (word_.startsWith(u'/')) fill();
        });
    }
    emit placed();
}

void CompletionModel::clear() {
    word_.clear();
    SuggestionModel::clear();
}

void CompletionModel::look(const QString& text, int cursor) {
    cursor = std::clamp(cursor, 0, int(text.size()));
    word_ = word_before(text, cursor);
    start_ = cursor - int(word_.size());
    // What stands behind the cursor is no part of a command, and must not go with it.
    if (commands_ && text.startsWith(u'/') && cursor == text.size()) {
        word_ = text.left(std::min(cursor, kCommandMax));
        start_ = 0;
    }
    fill();
    if (word_.size() > 1 && word_[0] == u'@') ask_members(account_, guild_, word_.mid(1));
}

void CompletionModel::fill() {
    std::vector<Suggestion> items;
    const Channel* channel = account_ ? account_->state().channel(channel_) : nullptr;
    guild_ = channel ? channel->guild : 0;
    const QString wanted = word_.mid(1);
    if (channel && !word_.isEmpty()) {
        if (word_[0] == u'/') {
            items = commands_named();
        } else if (word_[0] == u'@') {
            items = people_named(account_->state(), guild_, channel_, wanted);
            add_roles(wanted, items);
        } else if (word_[0] == u'#') {
            add_channels(wanted, items);
        } else if (wanted.size() >= 2 && !wanted.contains(u':')) {
            add_emoji(wanted, items);
        }
    }
    set_items(std::move(items));
}

std::vector<Suggestion> CompletionModel::commands_named() const {
    std::vector<Suggestion> items;
    const QString wanted = word_.mid(1);
    for (const SlashCommand& one : commands_->commands()) {
        if (is_full(items)) break;
        const bool fits = one.label.startsWith(wanted, Qt::CaseInsensitive) ||
                          one.path.startsWith(wanted, Qt::CaseInsensitive);
        if (!fits) continue;
        const QString name = u'/' + one.label;
        QString detail = one.description;
        if (!one.bot.isEmpty()) detail += u" · "_s + one.bot;
        items.push_back({name, one.key(), detail, {}, name, u"terminal"_s});
    }
    return items;
}

void CompletionModel::add_roles(const QString& wanted, std::vector<Suggestion>& items) const {
    const Guild* guild = account_->state().guild(guild_);
    if (!guild) return;
    const bool may_all = account_->state().permissions(channel_).has(bits::kMentionEveryone);
    const auto everyone = [&](const QString& name, const QString& detail) {
        if (!is_full(items) && may_all && name_begins(name, wanted)) {
            items.push_back({u'@' + name, {}, detail, {}, name, u"megaphone"_s});
        }
    };
    everyone(u"everyone"_s, tr("Notify everybody who can see this channel"));
    everyone(u"here"_s, tr("Notify everybody who is online"));
    for (const client::Role& role : guild->roles) {
        const bool may = role.id != guild->id && (role.mentionable || may_all);
        if (is_full(items) || !may || !name_begins(text::safe_name(role.name), wanted)) continue;
        items.push_back(role_row(role));
    }
}

void CompletionModel::add_channels(const QString& wanted, std::vector<Suggestion>& items) const {
    for (const Channel* one : visible_channels(account_->state(), guild_)) {
        const QString name = text::safe_name(one->name);
        if (is_full(items) || !name.contains(wanted, Qt::CaseInsensitive)) continue;
        items.push_back(channel_row(*one));
    }
}

void CompletionModel::add_emoji(const QString& wanted, std::vector<Suggestion>& items) const {
    const Guild* guild = account_->state().guild(guild_);
    if (guild) {
        for (const Emoji& one : guild->emojis) {
            if (is_full(items) || !one.name.contains(wanted, Qt::CaseInsensitive)) continue;
            const QString shown = u':' + one.name + u':';
            items.push_back({shown, one.code(), {}, emoji_address(one), shown, {}});
        }
    }
    const text::EmojiTable& table = text::unicode_emoji();
    for (const int at : table.complete(wanted, kShownMax)) {
        if (is_full(items)) break;
        const QString emoji = table.text(at);
        items.push_back({emoji, {}, u':' + table.shortcode(at) + u':', {}, emoji, {}});
    }
}

}  // namespace guildhall::client
