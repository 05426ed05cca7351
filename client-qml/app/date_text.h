#pragma once
// DateText: a day that somebody types: 2026-01-31, or as the language of the client writes dates.
// Owned by QML; GUI thread.

#include <QDateTime>
#include <QLocale>
#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

class DateText : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString text MEMBER text_ NOTIFY changed)
    Q_PROPERTY(bool valid READ valid NOTIFY changed)
    /// Noon of that day here: QML makes midnight UTC of a QDate, the day before in half the world.
    Q_PROPERTY(QDateTime noon READ noon NOTIFY changed)
    /// Today, as it would be typed.
    Q_PROPERTY(QString example READ example NOTIFY changed)

  public:
    using QObject::QObject;

    bool valid() const;
    QDateTime noon() const;
    QString example() const;

  signals:
    void changed();

  private:
    QString text_;
};

/// No date for anything that is not a whole one: "5", "31", a year alone.
QDate read_date(const QString& text, const QLocale& locale, QDate today);

}  // namespace guildhall::client
