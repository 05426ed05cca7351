#pragma once
// Overwrites: what a channel allows and denies by role and by member, beyond what their roles say.
// Every target has a field, {is_member, allow, deny} by its id, null where the channel says
// nothing: saving sends one call for each target that changed. GUI thread.

#include "client-qml/settings/model/form.h"

namespace guildhall::client {

class Overwrites : public guildhall::client::Form {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(QString channelId READ channelId WRITE setChannelId NOTIFY placeChanged)
    /// The role or member whose permissions `permissions` lists.
    Q_PROPERTY(QString target READ target WRITE setTarget NOTIFY targetChanged)
    Q_PROPERTY(QString targetName READ targetName NOTIFY targetChanged)
    /// Of whom the channel says something, @everyone first: {key, name, isMember, color, changed}.
    Q_PROPERTY(guildhall::client::RowList* targets READ targets CONSTANT)
    /// Of whom it does not: {key, name, isMember, color}.
    Q_PROPERTY(guildhall::client::RowList* others READ others CONSTANT)
    /// See permission_rows.h.
    Q_PROPERTY(guildhall::client::RowList* permissions READ permissions CONSTANT)
    Q_PROPERTY(QString filter READ filter WRITE setFilter NOTIFY filterChanged)
    /// The category, where the channel is in one.
    Q_PROPERTY(QString categoryName READ categoryName NOTIFY refreshed)
    Q_PROPERTY(bool inSync READ inSync NOTIFY fieldsChanged)

  public:
    explicit Overwrites(QObject* parent = nullptr);

    QString channelId() const { return id_text(channel_id_); }
    void setChannelId(const QString& channel);
    QString target() const { return target_; }
    void setTarget(const QString& target);
    QString targetName() const;
    RowList* targets() const { return targets_; }
    RowList* others() const { return others_; }
    RowList* permissions() const { return permissions_; }
    QString filter() const { return filter_; }
    void setFilter(const QString& filter);
    QString categoryName() const;
    bool inSync() const;

    /// 1 allow, 0 neutral, -1 deny.
    Q_INVOKABLE void setState(const QString& bit, int state);
    Q_INVOKABLE void add(const QString& target);
    Q_INVOKABLE void remove(const QString& target);
    /// The same as the category's from now on.
    Q_INVOKABLE void sync();

  signals:
    void targetChanged();
    void filterChanged();

  protected:
    void load() override;
    void refresh() override;
    std::vector<Part> parts(const QJsonObject& changed) override;
    std::optional<QJsonValue> joined(const QString& target,
                                     const QJsonValue& was,
                                     const QJsonValue& mine,
                                     const QJsonValue& now) const override;

  private:
    const Channel* channel() const;
    const Channel* category() const;
    QString name_of(Snowflake id) const;
    QVariantMap row_of(Snowflake id, bool is_member) const;
    void show();
    void show_others();
    void show_permissions();

    RowList *targets_, *others_, *permissions_;
    Snowflake channel_id_ = 0, shown_ = 0;
    QString target_, filter_;
};

}  // namespace guildhall::client
