#include "client-qml/composer/command_book.h"

#include "client-qml/core/text/bidi.h"

#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

constexpr std::size_t kCommandsMax = 1'000;
constexpr qsizetype kOptionsMax = 25, kListedMax = 500;

std::optional<CommandOption> parse_option(const QJsonObject& object) {
    CommandOption option;
    option.name = text_of(object, "name"_L1, 32);
    option.description = text_of(object, "description"_L1, 100);
    option.type = int(number_of(object, "type"_L1, 1, 11, 3));
    option.required = flag_of(object, "required"_L1);
    if (option.name.isEmpty()) return std::nullopt;
    const QJsonArray choices = object["choices"_L1].toArray();
    for (qsizetype i = 0; i < std::min(choices.size(), kOptionsMax); ++i) {
        const QJsonObject one = choices.at(i).toObject();
        option.choices.emplace_back(text_of(one, "name"_L1, 100), one["value"_L1]);
    }
    return option;
}

QString type_name(int type) {
    switch (type) {
        case 4:
            return CommandBook::tr("a whole number");
        case 5:
            return CommandBook::tr("yes or no");
        case 6:
            return CommandBook::tr("a person: @name");
        case 7:
            return CommandBook::tr("a channel: #name");
        case 8:
            return CommandBook::tr("a role: @name");
        case 9:
            return CommandBook::tr("a person or role: @name");
        case 10:
            return CommandBook::tr("a number");
        case 11:
            return CommandBook::tr("a file, which this program cannot give yet");
        default:
            return CommandBook::tr("text");
    }
}

/// Undefined where the text is no such value.
QJsonValue value_of(const CommandOption& option, const QString& text) {
    if (!option.choices.empty()) {
        for (const auto& [name, value] : option.choices) {
            if (name.compare(text, Qt::CaseInsensitive) == 0) return value;
        }
        return QJsonValue(QJsonValue::Undefined);
    }
    static const QRegularExpression mention(u"^<(@!?|@&|#)([0-9]{1,20})>$"_s);
    const auto match = mention.match(text);
    const QString sign = match.captured(1);
    const bool is_user = sign == u"@"_s || sign == u"@!"_s;
    bool ok = false;
    switch (option.type) {
        case 3:
            return text;
        case 4: {
            const qint64 number = text.toLongLong(&ok);
            if (ok) return number;
            break;
        }
        case 5:
            if (text == CommandBook::tr("yes") || text == u"true"_s) return true;
            if (text == CommandBook::tr("no") || text == u"false"_s) return false;
            break;
        case 6:
            if (is_user) return match.captured(2);
            break;
        case 7:
            if (sign == u"#"_s) return match.captured(2);
            break;
        case 8:
            if (sign == u"@&"_s) return match.captured(2);
            break;
        case 9:
            if (is_user || sign == u"@&"_s) return match.captured(2);
            break;
        case 10: {
            const double number = text.toDouble(&ok);
            if (ok && qIsFinite(number)) return number;
            break;
        }
        default:
            break;
    }
    return QJsonValue(QJsonValue::Undefined);
}

/// "city: Oslo days: 3" by the names that the command has; a single one may go without its name.
QHash<QString, QString> split(const SlashCommand& command, const QString& text) {
    QHash<QString, QString> found;
    std::vector<std::pair<qsizetype, const CommandOption*>> places;
    for (const CommandOption& option : command.options) {
        const QString sign = option.name + u':';
        for (qsizetype at = text.indexOf(sign); at >= 0; at = text.indexOf(sign, at + 1)) {
            if (at > 0 && !text[at - 1].isSpace()) continue;
            places.emplace_back(at, &option);
            break;
        }
    }
    std::ranges::sort(places);
    for (std::size_t i = 0; i < places.size(); ++i) {
        const qsizetype from = places[i].first + places[i].second->name.size() + 1;
        const qsizetype to = i + 1 < places.size() ? places[i + 1].first : text.size();
        found[places[i].second->name] = text.mid(from, to - from).trimmed();
    }
    if (places.empty() && !command.options.empty() && !text.isEmpty()) {
        found[command.options.front().name] = text;
    }
    return found;
}

}  // namespace

void CommandBook::load(Account* account, Snowflake guild, Snowflake channel) {
    if (!account || (guild != 0 && guild == guild_)) return;
    guild_ = guild;
    commands_.clear();
    Request request;
    request.path = guild != 0 ? u"/guilds/%1/application-command-index"_s.arg(id_text(guild))
                              : u"/channels/%1/application-command-index"_s.arg(id_text(channel));
    account->rest().send(std::move(request), this, [this, guild](const Answer& answer) {
        if (guild != guild_) return;
        if (answer.ok()) take(answer.body.toObject());
        if (!answer.ok()) guild_ = 0;  // asked again when "/" is written again
    });
}

void CommandBook::take(const QJsonObject& index) {
    commands_.clear();
    const QJsonArray all = index["application_commands"_L1].toArray();
    for (qsizetype i = 0; i < std::min(all.size(), kListedMax); ++i) {
        const QJsonObject object = all.at(i).toObject();
        SlashCommand base;
        base.id = id_of(object, "id"_L1);
        base.application = id_of(object, "application_id"_L1);
        base.version = text_of(object, "version"_L1, 32);
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
    command.description = text::safe_text(text_of(object, "description"_L1, 100));
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
    const SlashCommand* best = nullptr;
    for (const SlashCommand& one : commands_) {
        const QString written = QStringView(text).sliced(1).left(one.path.size()).toString();
        const qsizetype end = one.path.size() + 1;
        const bool ends = text.size() == end || (text.size() > end && text[end].isSpace());
        if (written != one.path || !ends) continue;
        if (!best || one.path.size() > best->path.size()) best = &one;
    }
    return best;
}

CommandBook::Filled CommandBook::fill(const SlashCommand& command, const QString& text) {
    Filled filled;
    const auto given = split(command, text.mid(command.path.size() + 1).trimmed());
    for (const CommandOption& option : command.options) {
        const QString written = given.value(option.name);
        if (written.isEmpty()) {
            if (!option.required) continue;
            filled.error = tr("%1 is needed.").arg(option.name);
            return filled;
        }
        const QJsonValue value = value_of(option, written);
        if (value.isUndefined()) {
            filled.error = option.choices.empty()
                               ? tr("%1: this must be %2.").arg(option.name, type_name(option.type))
                               : tr("%1: this is not one of the choices.").arg(option.name);
            return filled;
        }
        filled.options.append(
            QJsonObject{{u"type"_s, option.type}, {u"name"_s, option.name}, {u"value"_s, value}});
    }
    return filled;
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

QString CommandBook::hint(const SlashCommand& command) {
    QStringList parts;
    for (const CommandOption& option : command.options) {
        QString one = text::safe_name(option.name) + u": "_s;
        QStringList choices;
        for (const auto& choice : option.choices) choices += text::safe_name(choice.first);
        one += choices.isEmpty() ? type_name(option.type) : choices.join(u" / "_s);
        parts += option.required ? tr("%1 (needed)").arg(one) : one;
    }
    return parts.isEmpty() ? command.description : parts.join(u" · "_s);
}

}  // namespace guildhall::client
