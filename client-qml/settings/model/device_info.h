#pragma once
// DeviceInfo: what is kept on this device, and what this program is made of. GUI thread.

#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class DeviceInfo : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString cacheSize READ cacheSize NOTIFY refreshed)
    Q_PROPERTY(QString cacheFolder READ cacheFolder NOTIFY placeChanged)
    Q_PROPERTY(QString version READ version CONSTANT)
    Q_PROPERTY(QString qtVersion READ qtVersion CONSTANT)
    /// {key, name, licence, address}.
    Q_PROPERTY(guildhall::client::RowList* parts READ parts CONSTANT)

  public:
    explicit DeviceInfo(QObject* parent = nullptr);

    QString cacheSize() const { return size_; }
    QString cacheFolder() const { return account() ? account()->folder() : QString(); }
    QString version() const;
    QString qtVersion() const;
    RowList* parts() const { return parts_; }

    /// Messages that were read before; drafts and unsent ones stay.
    Q_INVOKABLE void clearMessages();

  protected:
    void refresh() override;

  private:
    RowList* parts_;
    QString size_;
};

}  // namespace guildhall::client
