#pragma once
// GuildLeaver: leaves a guild. The guild goes from the rail when the gateway says so. Owned by QML;
// GUI thread.

#include "client-qml/core/account/account.h"

namespace guildhall::client {

class GuildLeaver : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::Account* account MEMBER account_ NOTIFY accountChanged)

  public:
    using QObject::QObject;
    Q_INVOKABLE void leave(const QString& guild);

  signals:
    void accountChanged();
    void left(const QString& guild);
    void failed(const QString& why);

  private:
    QPointer<Account> account_;
};

}  // namespace guildhall::client
