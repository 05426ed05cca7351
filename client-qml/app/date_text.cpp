#include "client-qml/app/date_text.h"

#include <QRegularExpression>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr int kTextMax = 64, kFirstYear = 1970, kLastYear = 9'999, kCentury = 100;

bool is_sensible(QDate date) {
    return date.isValid() && date.year() >= kFirstYear && date.year() <= kLastYear;
}
}  // namespace

QDate read_date(const QString& text, const QLocale& locale, QDate today) {
    const QString typed = text.trimmed();
    if (typed.isEmpty() || typed.size() > kTextMax) return {};
    static const QRegularExpression iso(uR"(\A([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})\z)"_s);
    if (const auto parts = iso.match(typed); parts.hasMatch()) {
        const QDate date(
            parts.captured(1).toInt(), parts.captured(2).toInt(), parts.captured(3).toInt());
        return is_sensible(date) ? date : QDate();
    }
    for (const auto format : {QLocale::ShortFormat, QLocale::LongFormat}) {
        // Short formats write two digits of a year, which Qt takes for the century before.
        const QString shape = locale.dateFormat(format);
        QString whole = shape;
        if (!whole.contains("yyyy"_L1)) whole.replace("yy"_L1, "yyyy"_L1);
        if (const QDate date = locale.toDate(typed, whole); is_sensible(date)) return date;
        QDate date = locale.toDate(typed, shape);
        if (date.isValid() && date.addYears(kCentury) <= today) date = date.addYears(kCentury);
        if (is_sensible(date)) return date;
    }
    return {};
}

bool DateText::valid() const { return read_date(text_, QLocale(), QDate::currentDate()).isValid(); }

QDateTime DateText::noon() const {
    return QDateTime(read_date(text_, QLocale(), QDate::currentDate()), QTime(12, 0));
}

QString DateText::example() const {
    return QLocale().toString(QDate::currentDate(), QLocale::ShortFormat);
}

}  // namespace guildhall::client
