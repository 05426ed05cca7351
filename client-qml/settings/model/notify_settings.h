#pragma once
// NotifySettings: what notifies, guild by guild and, for the chosen one, channel by channel; mute
// for a time. GUI thread.

#include "client-qml/core/models/notification_rules.h"
#include "client-qml/settings/model/guild_view.h"

namespace guildhall::client {

class NotifySettings : public guildhall::client::GuildView {
    Q_OBJECT
    QML_ELEMENT
    /// {key, name, level ("" is as around it), muted (until when), glyph}: guilds, or, where a
    /// guild is chosen, its channels.
    Q_PROPERTY(guildhall::client::RowList* rows READ rows CONSTANT)
    /// {key, name}: "", "all", "mentions", "none".
    Q_PROPERTY(guildhall::client::RowList* levels READ levels CONSTANT)
    /// {key: minutes, name}; -1: until it is ended.
    Q_PROPERTY(guildhall::client::RowList* mutes READ mutes CONSTANT)

  public:
    explicit NotifySettings(QObject* parent = nullptr);

    RowList* rows() const { return rows_; }
    RowList* levels() const { return levels_; }
    RowList* mutes() const { return mutes_; }

    Q_INVOKABLE void setLevel(const QString& place, const QString& level);
    /// 0 minutes ends it, -1 lasts for good.
    Q_INVOKABLE void mute(const QString& place, int minutes);
    /// Of one place: {level, muted}.
    Q_INVOKABLE QVariantMap rule(const QString& place) const;

  protected:
    void refresh() override;

  private:
    QVariantMap row_of(Snowflake place, const QString& name, const QString& glyph) const;

    RowList *rows_, *levels_, *mutes_;
};

}  // namespace guildhall::client
