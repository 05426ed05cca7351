#pragma once
// Languages: the translations that the program carries, and the one in use. A change shows at
// once. QML's singleton; GUI thread.

#include "client-qml/core/account/preferences.h"

#include <QTranslator>

namespace guildhall::client {

class Languages final : public QObject {
    Q_OBJECT
    QML_ELEMENT
    QML_SINGLETON
    Q_PROPERTY(bool rightToLeft READ rightToLeft NOTIFY changed)

  public:
    explicit Languages(Preferences& preferences, QObject* parent = nullptr);
    static Languages* create(QQmlEngine* engine, QJSEngine*);
    void use_in(QQmlEngine& engine);
    bool rightToLeft() const;

  signals:
    void changed();

  private:
    void load();

    Preferences& preferences_;
    QTranslator ours_;
};

}  // namespace guildhall::client
