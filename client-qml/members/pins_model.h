#pragma once
// PinsModel: what is pinned in a channel, kept up to date. Owned by QML; GUI thread.

#include "client-qml/members/found_messages.h"

namespace guildhall::client {

class PinsModel : public FoundMessages {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY channelChanged)
    Q_PROPERTY(bool canUnpin READ canUnpin NOTIFY changed)

  public:
    using FoundMessages::FoundMessages;

    QString channelId() const { return id_text(channel_); }
    void setChannelId(const QString& channel);
    bool canUnpin() const;
    Q_INVOKABLE void refresh();
    Q_INVOKABLE void unpin(const QString& message);

  signals:
    void channelChanged();

  protected:
    void follow() override;

  private:
    void ask(const QString& route);
    Snowflake channel_ = 0;
};

}  // namespace guildhall::client
