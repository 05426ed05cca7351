#include "client-qml/composer/command_book.h"

#include "client-qml/core/text/bidi.h"

#include <QLocale>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kCommandsMax = 1'000;
constexpr qsizetype kOptionsMax = 25, kListedMax = 500, kTypesMax = 16;
constexpr qint64 kFreshMs = 30'000, kAgainMs = 5'000;  // after an answer, after none

/// What fits the language of the window, where the bot gave one; else the plain text.
QString localized(const QJsonObject& object,
                  QLatin1StringView key,
                  QLatin1StringView by_language,
                  int most) {
    const QJsonObject all = object_of(object, by_language);
    const QString locale = QLocale().bcp47Name();
    const QString language = locale.section(u'-', 0, 0);
    for (const QString& one : {locale, language}) {
        if (all[one].isString()) return all[one].toString().left(most);
    }
    for (auto it = all.begin(); it != all.end(); ++it) {
        if (it.key().section(u'-', 0, 0) == language && it->isString())
            return it->toString().left(most);
    }
    return text_of(object, key, most);
}

QString label_of(const QJsonObject& object) {
    return text::safe_name(localized(object, "name"_L1, "name_localizations"_L1, 32));
}

QString description_of(const QJsonObject& object) {
    return text::safe_name(
        localized(object, "description"_L1, "description_localizations"_L1, 100));
}

std::optional<OptionChoice> parse_choice(const QJsonObject& object) {
    const QJsonValue value = object["value"_L1];
    const QString name = localized(object, "name"_L1, "name_localizations"_L1, 100);
    const bool fits = value.isDouble() || (value.isString() && value.toString().size() <= 6'000);
    if (name.isEmpty() || !fits) return std::nullopt;
    return OptionChoice{text::safe_name(name), value};
}

std::optional<double> bound_of(const QJsonObject& object, QLatin1StringView key) {
    const QJsonValue value = object[key];
    return value.isDouble() ? std::optional(value.toDouble()) : std::nullopt;
}

std::optional<CommandOption> parse_option(const QJsonObject& object) {
    CommandOption option;
    option.name = text_of(object, "name"_L1, 32);
    option.label = label_of(object);
    option.description = description_of(object);
    const qint64 type = number_of(object, "type"_L1, 3, 11, 0);
    if (option.name.isEmpty() || type == 0) return std::nullopt;
    option.type = OptionType(type);
    option.required = flag_of(object, "required"_L1);
    option.autocomplete = flag_of(object, "autocomplete"_L1);
    option.choices = list_of(object, "choices"_L1, kOptionsMax, parse_choice);
    const QJsonArray types = object["channel_types"_L1].toArray();
    for (qsizetype i = 0; i < std::min(types.size(), kTypesMax); ++i) {
        option.channel_types.push_back(types.at(i).toInt(-1));
    }
    option.least = bound_of(object, "min_value"_L1);
    option.most = bound_of(object, "max_value"_L1);
    option.shortest = int(number_of(object, "min_length"_L1, 0, kOptionLengthMax, 0));
    option.longest = int(number_of(object, "max_length"_L1, 1, kOptionLengthMax, kOptionLengthMax));
    return option;
}

QHash<Snowflake, QString> bot_names(const QJsonObject& index) {
    QHash<Snowflake, QString> names;
    const QJsonArray all = index["applications"_L1].toArray();
    for (qsizetype i = 0; i < std::min(all.size(), kListedMax); ++i) {
        const QJsonObject one = all.at(i).toObject();
        names[id_of(one, "id"_L1)] = text::safe_name(text_of(one, "name"_L1, 100));
    }
    return names;
}

}  // namespace

bool CommandOption::is_entity() const {
    return type >= OptionType::person && type <= OptionType::person_or_role;
}

bool CommandOption::is_listed() const {
    return is_entity() || type == OptionType::yes_or_no || !choices.empty();
}

void CommandBook::load(Account* account, Snowflake guild, Snowflake channel) {
    if (!account) return;
    const Snowflake place = guild != 0 ? guild : channel;
    const qint64 now = account->state().clock().steady_ms();
    if (place == place_ && asked_ms_ != 0 && now - asked_ms_ < kFreshMs) return;
    if (place != place_) commands_.clear();
    place_ = place;
    asked_ms_ = std::max<qint64>(1, now);
    Request request;
    request.path = guild != 0 ? u"/guilds/%1/application-command-index"_s.arg(id_text(guild))
                              : u"/channels/%1/application-command-index"_s.arg(id_text(channel));
    account->rest().send(std::move(request), this, [this, place, now](const Answer& answer) {
        if (place != place_) return;
        if (answer.ok()) return take(answer.body.toObject());
        asked_ms_ = std::max<qint64>(1, now - kFreshMs + kAgainMs);
    });
}

void CommandBook::take(const QJsonObject& index) {
    commands_.clear();
    const QHash<Snowflake, QString> names = bot_names(index);
    const QJsonArray all = index["application_commands"_L1].toArray();
    for (qsizetype i = 0; i < std::min(all.size(), kListedMax); ++i) {
        const QJsonObject object = all.at(i).toObject();
        SlashCommand base;
        base.id = id_of(object, "id"_L1);
        base.application = id_of(object, "application_id"_L1);
        base.version = text_of(object, "version"_L1, 32);
        base.bot = names.value(base.application);
        const bool is_slash = number_of(object, "type"_L1, 1, 10, 1) == 1;
        if (base.id != 0 && base.application != 0 && is_slash) add(object, base, 0);
    }
    emit changed();
}

void CommandBook::add(const QJsonObject& object, const SlashCommand& base, int depth) {
    SlashCommand command = base;
    const QString name = text_of(object, "name"_L1, 32);
    if (name.isEmpty() || commands_.size() >= kCommandsMax) return;
    command.path = base.path.isEmpty() ? name : base.path + u' ' + name;
    command.label = base.label.isEmpty() ? label_of(object) : base.label + u' ' + label_of(object);
    command.description = description_of(object);
    const QJsonArray options = object["options"_L1].toArray();
    bool has_parts = false;
    for (qsizetype i = 0; i < std::min(options.size(), kOptionsMax); ++i) {
        const QJsonObject one = options.at(i).toObject();
        const qint64 type = number_of(one, "type"_L1, 1, 11, 3);
        if (type <= 2 && depth < 2) {
            has_parts = true;
            add(one, command, depth + 1);
        }
    }
    if (has_parts) return;
    command.options = list_of(object, "options"_L1, kOptionsMax, parse_option);
    commands_.push_back(std::move(command));
}

const SlashCommand* CommandBook::find(const QString& text) const {
    if (!text.startsWith(u'/')) return nullptr;
    const auto begins = [&](const QString& name) {
        const qsizetype end = name.size() + 1;
        return QStringView(text).sliced(1).startsWith(name) &&
               (text.size() == end || text[end].isSpace());
    };
    const SlashCommand* best = nullptr;
    for (const SlashCommand& one : commands_) {
        if (!begins(one.path) && !begins(one.label)) continue;
        if (!best || one.path.size() > best->path.size()) best = &one;
    }
    return best;
}

const SlashCommand* CommandBook::by_key(const QString& key) const {
    const auto at =
        std::ranges::find_if(commands_, [&](const SlashCommand& one) { return one.key() == key; });
    return at == commands_.end() ? nullptr : &*at;
}

QJsonObject CommandBook::body(const SlashCommand& command, const QJsonArray& options) {
    QStringList parts = command.path.split(u' ');
    const QString name = parts.takeFirst();
    QJsonArray inner = options;
    for (qsizetype i = parts.size() - 1; i >= 0; --i) {
        // The last part is the subcommand, what stands before it its group.
        inner = QJsonArray{QJsonObject{{u"type"_s, i + 1 == parts.size() ? 1 : 2},
                                       {u"name"_s, parts[i]},
                                       {u"options"_s, inner}}};
    }
    return {{u"id"_s, id_text(command.id)},
            {u"name"_s, name},
            {u"type"_s, 1},
            {u"version"_s, command.version},
            {u"options"_s, inner}};
}

}  // namespace guildhall::client
