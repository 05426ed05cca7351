#include "client-qml/composer/command_text.h"

#include <QLocale>

#include <cmath>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {

// What JavaScript can count with, which is what bots are written in.
constexpr qint64 kWholeMax = 9'007'199'254'740'991;

/// As the window's language writes numbers, or as programs do.
std::optional<double> number_in(const QString& text) {
    bool ok = false;
    double number = text.toDouble(&ok);
    if (!ok) number = QLocale().toDouble(text, &ok);
    return ok && std::isfinite(number) ? std::optional(number) : std::nullopt;
}

std::optional<qint64> whole_in(const QString& text) {
    bool ok = false;
    qint64 number = text.toLongLong(&ok);
    if (!ok) number = QLocale().toLongLong(text, &ok);
    const bool fits = ok && number >= -kWholeMax && number <= kWholeMax;
    return fits ? std::optional(number) : std::nullopt;
}

QString shown_number(double number) { return QLocale().toString(number, 'g', 15); }

}  // namespace

CommandText::Read CommandText::read(const CommandOption& option, const QString& text) {
    if (option.type == OptionType::yes_or_no) {
        const QString said = text.trimmed().toLower();
        if (said == yes().toLower() || said == u"true"_s) return {true, {}};
        if (said == no().toLower() || said == u"false"_s) return {false, {}};
        return {QJsonValue::Undefined, tr("Answer with yes or no.")};
    }
    if (!option.choices.empty()) {
        for (const OptionChoice& choice : option.choices) {
            if (choice.name.compare(text.trimmed(), Qt::CaseInsensitive) == 0)
                return {choice.value, {}};
        }
        return {QJsonValue::Undefined, tr("Choose one from the list.")};
    }
    if (option.type != OptionType::text) return read_number(option, text.trimmed());
    const qsizetype length = text.toUcs4().size();
    if (length < option.shortest)
        return {QJsonValue::Undefined,
                tr("Too short: at least %n character(s).", nullptr, option.shortest)};
    if (length > option.longest)
        return {QJsonValue::Undefined,
                tr("Too long: at most %n character(s).", nullptr, option.longest)};
    return {text, {}};
}

CommandText::Read CommandText::read_number(const CommandOption& option, const QString& text) {
    QJsonValue value(QJsonValue::Undefined);
    double number = 0;
    if (option.type == OptionType::whole_number) {
        const auto whole = whole_in(text);
        if (!whole) return {value, tr("Write a whole number, such as 3.")};
        value = *whole;
        number = double(*whole);
    } else {
        const auto real = number_in(text);
        if (!real) return {value, tr("Write a number, such as %1.").arg(shown_number(2.5))};
        value = *real;
        number = *real;
    }
    const bool fits =
        (!option.least || number >= *option.least) && (!option.most || number <= *option.most);
    if (!fits) return {QJsonValue::Undefined, bounds(option)};
    return {value, {}};
}

QString CommandText::bounds(const CommandOption& option) {
    if (option.least && option.most)
        return tr("From %1 to %2.").arg(shown_number(*option.least), shown_number(*option.most));
    if (option.least) return tr("At least %1.").arg(shown_number(*option.least));
    if (option.most) return tr("At most %1.").arg(shown_number(*option.most));
    return {};
}

QString CommandText::kind(const CommandOption& option) {
    if (!option.choices.empty()) return tr("Choose one");
    switch (option.type) {
        case OptionType::whole_number:
            return tr("Whole number");
        case OptionType::yes_or_no:
            return tr("Yes or no");
        case OptionType::person:
            return tr("Person");
        case OptionType::channel:
            return tr("Channel");
        case OptionType::role:
            return tr("Role");
        case OptionType::person_or_role:
            return tr("Person or role");
        case OptionType::number:
            return tr("Number");
        case OptionType::file:
            return tr("File");
        case OptionType::text:
            break;
    }
    return tr("Text");
}

QString CommandText::hint(const CommandOption& option) {
    QStringList parts;
    if (!option.description.isEmpty()) parts += option.description;
    if (!bounds(option).isEmpty()) parts += bounds(option);
    if (option.type == OptionType::text && option.shortest > 0)
        parts += tr("At least %n character(s).", nullptr, option.shortest);
    if (option.type == OptionType::text && option.longest < kOptionLengthMax)
        parts += tr("At most %n character(s).", nullptr, option.longest);
    return parts.join(u" · "_s);
}

QString CommandText::pick_one(const CommandOption& option) {
    switch (option.type) {
        case OptionType::person:
            return tr("Nobody here is called that. Choose from the list.");
        case OptionType::channel:
            return tr("No channel of that name fits. Choose from the list.");
        case OptionType::role:
            return tr("No role is called that. Choose from the list.");
        default:
            return tr("Choose one from the list.");
    }
}

QHash<QString, QString> CommandText::split(const SlashCommand& command, const QString& text) {
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
    if (places.empty() && !command.options.empty() && !text.trimmed().isEmpty()) {
        found[command.options.front().name] = text.trimmed();
    }
    return found;
}

}  // namespace guildhall::client
