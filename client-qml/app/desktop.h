#pragma once
// Desktop: what the desktop around the window offers. Asked once, without waiting. Owned by QML;
// GUI thread.

#include <QObject>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

class Desktop : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(bool hasTray READ hasTray NOTIFY changed)

  public:
    explicit Desktop(QObject* parent = nullptr);
    bool hasTray() const { return has_tray_; }
    /// As the key of that name: keyboards without it have Shift+F10, which Qt knows not.
    Q_INVOKABLE void pressMenuKey() const;

  signals:
    void changed();

  private:
    bool has_tray_ = false;
};

}  // namespace guildhall::client
