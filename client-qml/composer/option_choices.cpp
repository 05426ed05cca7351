#include "client-qml/composer/option_choices.h"

#include "client-qml/composer/command_text.h"
#include "client-qml/core/text/bidi.h"

#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kOfferedMax = 25;

bool takes_people(const CommandOption& option) {
    return option.type == OptionType::person || option.type == OptionType::person_or_role;
}

bool takes_roles(const CommandOption& option) {
    return option.type == OptionType::role || option.type == OptionType::person_or_role;
}

/// Without the sign that people may write before it.
QString bare(const QString& text) {
    const QString name = text.trimmed();
    return name.startsWith(u'@') || name.startsWith(u'#') ? name.mid(1) : name;
}

Suggestion plain_row(const QString& name, const QJsonValue& value) {
    return {name, {}, {}, {}, name, {}, value};
}

}  // namespace

void OptionChoices::set_place(Account* account, Snowflake guild, Snowflake channel) {
    account_ = account;
    guild_ = guild;
    channel_ = channel;
    clear();
}

void OptionChoices::look(const CommandOption& option, const QString& text) {
    // An empty field that may stay empty is no reason to take the first row.
    set_eager(!text.trimmed().isEmpty());
    set_items(fitting(option, text));
    if (takes_people(option)) ask_members(account_, guild_, bare(text));
}

void OptionChoices::look_again(const CommandOption& option, const QString& text) {
    add_items(fitting(option, text));
}

void OptionChoices::offer(const CommandOption& option, const QJsonArray& choices) {
    std::vector<Suggestion> found;
    for (qsizetype i = 0; i < std::min(choices.size(), kOfferedMax); ++i) {
        const QJsonObject one = choices.at(i).toObject();
        const QString name = text::safe_name(text_of(one, "name"_L1, 100));
        const QJsonValue value = one["value"_L1];
        const bool is_text = option.type == OptionType::text;
        const bool fits = is_text ? value.isString() && value.toString().size() <= kOptionLengthMax
                                  : value.isDouble();
        if (!name.isEmpty() && fits) found.push_back(plain_row(name, value));
    }
    set_eager(false);  // what was written may be meant as it is
    set_items(std::move(found));
}

std::vector<Suggestion> OptionChoices::fitting(const CommandOption& option,
                                               const QString& text) const {
    std::vector<Suggestion> found;
    const QString wanted = bare(text);
    if (option.type == OptionType::yes_or_no) {
        for (const bool value : {true, false}) {
            const QString name = value ? CommandText::yes() : CommandText::no();
            if (name_begins(name, wanted)) found.push_back(plain_row(name, value));
        }
    }
    for (const OptionChoice& choice : option.choices) {
        if (choice.name.contains(text.trimmed(), Qt::CaseInsensitive))
            found.push_back(plain_row(choice.name, choice.value));
    }
    if (!account_ || !option.is_entity()) return found;
    if (takes_people(option)) found = people_named(account_->state(), guild_, channel_, wanted);
    if (takes_roles(option)) add_roles(wanted, found);
    if (option.type == OptionType::channel) add_channels(option, wanted, found);
    return found;
}

void OptionChoices::add_roles(const QString& wanted, std::vector<Suggestion>& found) const {
    const Guild* guild = account_->state().guild(guild_);
    if (!guild) return;
    for (const client::Role& role : guild->roles) {
        if (found.size() >= std::size_t(kShownMax)) return;
        if (!name_begins(bare(text::safe_name(role.name)), wanted)) continue;
        found.push_back(role_row(role));
        if (role.id == guild->id) found.back().shown = found.back().text;  // "@everyone" has its @
    }
}

void OptionChoices::add_channels(const CommandOption& option,
                                 const QString& wanted,
                                 std::vector<Suggestion>& found) const {
    const Guild* guild = account_->state().guild(guild_);
    if (!guild) return;
    for (const Channel& channel : guild->channels) {
        if (found.size() >= std::size_t(kShownMax)) return;
        const bool fits = option.channel_types.empty() ||
                          std::ranges::count(option.channel_types, int(channel.type)) > 0;
        if (!fits || !account_->state().can_view(channel)) continue;
        if (text::safe_name(channel.name).contains(wanted, Qt::CaseInsensitive))
            found.push_back(channel_row(channel));
    }
}

std::optional<Suggestion> OptionChoices::by_code(const CommandOption& option,
                                                 const QString& code) const {
    static const QRegularExpression mention(u"^<(@!?|@&|#)([0-9]{1,20})>$"_s);
    const auto match = mention.match(code);
    if (!match.hasMatch() || !account_) return std::nullopt;
    const State& state = account_->state();
    const Snowflake id = snowflake(QStringView(match.captured(2)));
    const QString sign = match.captured(1);
    if (sign == u"#"_s) {
        const Channel* channel = state.channel(id);
        const bool fits = channel && option.type == OptionType::channel;
        return fits ? std::optional(channel_row(*channel)) : std::nullopt;
    }
    if (sign == u"@&"_s) {
        const Guild* guild = state.guild(guild_);
        const client::Role* role = guild ? guild->role(id) : nullptr;
        return role && takes_roles(option) ? std::optional(role_row(*role)) : std::nullopt;
    }
    const User* user = state.user(id);
    if (!user || !takes_people(option)) return std::nullopt;
    const QString name = state.display_name(guild_, *user);
    return Suggestion{u'@' + name, u"<@%1>"_s.arg(id), {}, {}, name, {}, id_text(id)};
}

std::optional<Suggestion> OptionChoices::resolve(const CommandOption& option,
                                                 const QString& text) const {
    if (const auto known = by_code(option, text.trimmed())) return known;
    const std::vector<Suggestion> found = fitting(option, text);
    const QString wanted = bare(text);
    std::optional<Suggestion> same;
    for (const Suggestion& one : found) {
        // The name of an account is as good as the one that people see.
        const bool is_person = one.code.startsWith(u"<@"_s) && !one.code.startsWith(u"<@&"_s);
        const bool fits = bare(one.text).compare(wanted, Qt::CaseInsensitive) == 0 ||
                          (is_person && one.detail.compare(wanted, Qt::CaseInsensitive) == 0);
        if (!fits) continue;
        if (same) return std::nullopt;  // two of one name: people decide
        same = one;
    }
    if (same || option.is_entity()) return same;  // somebody unknown may be meant
    return found.size() == 1 ? std::optional(found.front()) : std::nullopt;
}

}  // namespace guildhall::client
