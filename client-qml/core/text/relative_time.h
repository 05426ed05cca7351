// Moments in words: day lines of the timeline, times of messages, <t:...> in their text. Every
// function is given the present, the zone is the machine's. Plain functions; any thread.
#pragma once

#include <QDate>
#include <QLocale>
#include <QString>

#include <cstdint>

namespace guildhall::client::text {

// "Today", "Yesterday", or the date in words; the year only where it is not the present one.
QString day_line(const QDate& day, const QDate& today, const QLocale& locale);

// "14:05" for today, "Yesterday 14:05", and with a short date before that.
QString message_time(std::int64_t at_ms, std::int64_t now_ms, const QLocale& locale);

QString clock_time(std::int64_t at_ms, const QLocale& locale);   // "14:05"
QString full_moment(std::int64_t at_ms, const QLocale& locale);  // For tooltips: date and time.

// "5 minutes ago", "in 2 hours": whole units of the largest that fits.
QString relative(std::int64_t at_ms, std::int64_t now_ms);

// How long that text holds: the time until it could read otherwise.
std::int64_t relative_holds_ms(std::int64_t at_ms, std::int64_t now_ms);

// The style letters of <t:SECONDS:LETTER>.
enum class MomentForm {
    short_time,       // t
    long_time,        // T
    short_date,       // d
    long_date,        // D
    long_date_time,   // f, and where no letter is
    full_date_time,   // F
    relative,         // R
    short_date_time,  // s
    medium_date_time  // S
};
MomentForm moment_form(char16_t letter);
QString moment(std::int64_t seconds, MomentForm form, std::int64_t now_ms, const QLocale& locale);

}  // namespace guildhall::client::text
