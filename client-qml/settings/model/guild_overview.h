#pragma once
// GuildOverview: what a guild is called, looks like and expects of newcomers; leaving, deleting and
// handing it over. Fields: name, icon (a data URI, null for none), description, system_channel_id,
// default_message_notifications, verification_level. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class GuildOverview : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString name READ name NOTIFY refreshed)
    Q_PROPERTY(bool isOwner READ isOwner NOTIFY refreshed)
    /// Of the picture that is shown: what was chosen here, else what the node has.
    Q_PROPERTY(QString iconSource READ iconSource NOTIFY fieldsChanged)
    /// Where news may be posted: {key, name}, the first one is "nowhere".
    Q_PROPERTY(guildhall::client::RowList* textChannels READ textChannels CONSTANT)

  public:
    explicit GuildOverview(QObject* parent = nullptr);

    QString name() const;
    bool isOwner() const;
    QString iconSource() const;
    RowList* textChannels() const { return channels_; }

    /// Whether the text that somebody typed to confirm is the guild's name.
    Q_INVOKABLE bool confirms(const QString& typed) const;
    Q_INVOKABLE void leave();
    Q_INVOKABLE void remove();

  signals:
    /// One is no longer in it.
    void gone();

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;

  private:
    QJsonObject known() const;

    RowList* channels_;
    Snowflake shown_ = 0;
};

}  // namespace guildhall::client
