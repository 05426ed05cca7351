#pragma once
// Clipboard: puts text there. QML has no type for it. Owned by QML; GUI thread.

#include <QClipboard>
#include <QGuiApplication>
#include <QtQml/qqmlregistration.h>

namespace guildhall::client {

class Clipboard : public QObject {
    Q_OBJECT
    QML_ELEMENT

  public:
    using QObject::QObject;
    Q_INVOKABLE void copy(const QString& text) { QGuiApplication::clipboard()->setText(text); }
};

}  // namespace guildhall::client
