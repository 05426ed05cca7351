#include "client-qml/core/text/relative_time.h"

#include <QCoreApplication>
#include <QDateTime>

#include <array>
#include <cstdlib>
#include <limits>

namespace guildhall::client::text {

namespace {

constexpr std::int64_t kSecond = 1'000, kMinute = 60 * kSecond, kHour = 60 * kMinute,
                       kDay = 24 * kHour, kMonth = 30 * kDay, kYear = 365 * kDay;

struct Unit {
    std::int64_t ms;
    const char* past;
    const char* future;
};

// From the largest; each is used from 1 of it.
constexpr std::array kUnits{
    Unit{kYear,
         QT_TRANSLATE_N_NOOP("RelativeTime", "%n year(s) ago"),
         QT_TRANSLATE_N_NOOP("RelativeTime", "in %n year(s)")},
    Unit{kMonth,
         QT_TRANSLATE_N_NOOP("RelativeTime", "%n month(s) ago"),
         QT_TRANSLATE_N_NOOP("RelativeTime", "in %n month(s)")},
    Unit{kDay,
         QT_TRANSLATE_N_NOOP("RelativeTime", "%n day(s) ago"),
         QT_TRANSLATE_N_NOOP("RelativeTime", "in %n day(s)")},
    Unit{kHour,
         QT_TRANSLATE_N_NOOP("RelativeTime", "%n hour(s) ago"),
         QT_TRANSLATE_N_NOOP("RelativeTime", "in %n hour(s)")},
    Unit{kMinute,
         QT_TRANSLATE_N_NOOP("RelativeTime", "%n minute(s) ago"),
         QT_TRANSLATE_N_NOOP("RelativeTime", "in %n minute(s)")},
    Unit{kSecond,
         QT_TRANSLATE_N_NOOP("RelativeTime", "%n second(s) ago"),
         QT_TRANSLATE_N_NOOP("RelativeTime", "in %n second(s)")},
};

QString translated(const char* text, int n = -1) {
    return QCoreApplication::translate("RelativeTime", text, nullptr, n);
}

QString dated(const QString& date, const QString& time) {
    //: A date and a time of day, both already written out.
    return translated(QT_TRANSLATE_NOOP("RelativeTime", "%1 %2")).arg(date, time);
}

// Without a translation, Qt leaves "(s)" in the text: English is a language too.
QString counted(const char* text, int n) {
    auto said = translated(text, n);
    return said.replace(QStringLiteral("(s)"), n == 1 ? QString() : QStringLiteral("s"));
}

// Beyond what QDateTime can hold there is no moment.
constexpr std::int64_t kMsMax = 8'640'000'000'000'000;
bool is_representable(std::int64_t ms) { return ms >= -kMsMax && ms <= kMsMax; }

QDateTime local(std::int64_t ms) { return QDateTime::fromMSecsSinceEpoch(ms); }

// The month and day as the locale writes long dates, without the weekday and the year.
QString without_year(const QDate& day, const QLocale& locale) {
    auto format = locale.dateFormat(QLocale::LongFormat);
    auto year = format.indexOf(QStringLiteral("yyyy"));
    if (year < 0) return locale.toString(day, QLocale::LongFormat);
    auto begin = year, end = year + 4;
    while (begin > 0 && !format[begin - 1].isLetterOrNumber() && format[begin - 1] != u'\'' &&
           format[begin - 1] != u'.') {
        --begin;
    }
    if (begin == 0) {
        while (end < format.size() && !format[end].isLetterOrNumber() && format[end] != u'\'')
            ++end;
    }
    return locale.toString(day, format.remove(begin, end - begin));
}

}  // namespace

QString day_line(const QDate& day, const QDate& today, const QLocale& locale) {
    if (!day.isValid()) return {};
    if (day == today) return translated(QT_TRANSLATE_NOOP("RelativeTime", "Today"));
    if (day.addDays(1) == today) return translated(QT_TRANSLATE_NOOP("RelativeTime", "Yesterday"));
    if (day.year() == today.year()) return without_year(day, locale);
    return locale.toString(day, QLocale::LongFormat);
}

QString clock_time(std::int64_t at_ms, const QLocale& locale) {
    if (!is_representable(at_ms)) return {};
    return locale.toString(local(at_ms).time(), QLocale::ShortFormat);
}

QString message_time(std::int64_t at_ms, std::int64_t now_ms, const QLocale& locale) {
    if (!is_representable(at_ms)) return {};
    auto day = local(at_ms).date(), today = local(now_ms).date();
    auto time = clock_time(at_ms, locale);
    if (day == today) return time;
    if (day.addDays(1) == today) return dated(day_line(day, today, locale), time);
    return dated(locale.toString(day, QLocale::ShortFormat), time);
}

QString full_moment(std::int64_t at_ms, const QLocale& locale) {
    if (!is_representable(at_ms)) return {};
    auto at = local(at_ms);
    return dated(locale.toString(at.date(), QLocale::LongFormat),
                 locale.toString(at.time(), QLocale::ShortFormat));
}

QString relative(std::int64_t at_ms, std::int64_t now_ms) {
    if (!is_representable(at_ms) || !is_representable(now_ms)) return {};
    auto distance = at_ms - now_ms;
    for (const auto& unit : kUnits) {
        auto count = std::llabs(distance) / unit.ms;
        if (count == 0 || count > std::numeric_limits<int>::max()) continue;
        return counted(distance < 0 ? unit.past : unit.future, static_cast<int>(count));
    }
    return translated(QT_TRANSLATE_NOOP("RelativeTime", "now"));
}

std::int64_t relative_holds_ms(std::int64_t at_ms, std::int64_t now_ms) {
    if (!is_representable(at_ms) || !is_representable(now_ms)) return kDay;
    auto distance = std::llabs(at_ms - now_ms);
    for (const auto& unit : kUnits) {
        if (distance < unit.ms) continue;
        return at_ms > now_ms ? distance % unit.ms + 1 : unit.ms - distance % unit.ms;
    }
    return kSecond;
}

MomentForm moment_form(char16_t letter) {
    switch (letter) {
        case u't':
            return MomentForm::short_time;
        case u'T':
            return MomentForm::long_time;
        case u'd':
            return MomentForm::short_date;
        case u'D':
            return MomentForm::long_date;
        case u'F':
            return MomentForm::full_date_time;
        case u'R':
            return MomentForm::relative;
        case u's':
            return MomentForm::short_date_time;
        case u'S':
            return MomentForm::medium_date_time;
        default:
            return MomentForm::long_date_time;
    }
}

QString moment(std::int64_t seconds, MomentForm form, std::int64_t now_ms, const QLocale& locale) {
    // Whole milliseconds of no overflow, whatever was written.
    if (seconds < -kMsMax / kSecond || seconds > kMsMax / kSecond) return {};
    auto at_ms = seconds * kSecond;
    auto at = local(at_ms);
    auto time = locale.toString(at.time(), QLocale::ShortFormat);
    auto seconds_time = locale.toString(at.time(), QStringLiteral("HH:mm:ss"));
    auto short_date = locale.toString(at.date(), QLocale::ShortFormat);
    auto long_date = locale.toString(at.date(), QStringLiteral("d MMMM yyyy"));
    switch (form) {
        case MomentForm::short_time:
            return time;
        case MomentForm::long_time:
            return seconds_time;
        case MomentForm::short_date:
            return short_date;
        case MomentForm::long_date:
            return long_date;
        case MomentForm::long_date_time:
            return dated(long_date, time);
        case MomentForm::full_date_time:
            return full_moment(at_ms, locale);
        case MomentForm::relative:
            return relative(at_ms, now_ms);
        case MomentForm::short_date_time:
            return dated(short_date, time);
        case MomentForm::medium_date_time:
            return dated(short_date, seconds_time);
    }
    return {};
}

}  // namespace guildhall::client::text
