#pragma once
// ChannelForm: one channel's name, topic, slow mode, and so on. Fields: name, topic, nsfw,
// rate_limit_per_user, parent_id. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class ChannelForm : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    Q_PROPERTY(QString title READ title NOTIFY refreshed)
    Q_PROPERTY(bool isText READ isText NOTIFY refreshed)
    Q_PROPERTY(bool isCategory READ isCategory NOTIFY refreshed)
    /// Seconds that slow mode offers, with their names: {key, name}.
    Q_PROPERTY(guildhall::client::RowList* slowModes READ slowModes CONSTANT)

  public:
    explicit ChannelForm(QObject* parent = nullptr);

    QString channelId() const { return id_text(channel_id_); }
    void setChannelId(const QString& channel);
    QString title() const;
    bool isText() const;
    bool isCategory() const;
    RowList* slowModes() const { return slow_modes_; }

    Q_INVOKABLE void remove();

  signals:
    /// It was deleted, here or elsewhere.
    void gone();

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;

  private:
    const Channel* channel() const;

    RowList* slow_modes_;
    Snowflake channel_id_ = 0, shown_ = 0;
};

}  // namespace guildhall::client
