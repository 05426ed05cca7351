#pragma once
// MessageTarget: the one message that a menu or a toolbar is about, and what one may do with it.
// It stays with its message while rows move, hears when rights change, and tells when the message
// is gone. Owned by QML; GUI thread.

#include "client-qml/timeline/timeline_model.h"

#include <QObject>

namespace guildhall::client {

class MessageTarget : public QObject {
    Q_OBJECT
    QML_ELEMENT
    Q_PROPERTY(guildhall::client::TimelineModel* timeline READ timeline WRITE setTimeline NOTIFY
                   timelineChanged)
    /// See TimelineModel::keyOf; empty: of no message.
    Q_PROPERTY(QString key READ key WRITE setKey NOTIFY keyChanged)
    Q_PROPERTY(QVariantMap rights READ rights NOTIFY rightsChanged)
    /// What of it can be opened, as it was when the key was set.
    Q_PROPERTY(QVariantList links READ links NOTIFY linksChanged)

  public:
    using QObject::QObject;

    TimelineModel* timeline() const { return timeline_; }
    void setTimeline(TimelineModel* timeline);
    QString key() const { return key_; }
    void setKey(const QString& key);
    QVariantMap rights() const { return rights_; }
    QVariantList links() const { return links_; }

  signals:
    void timelineChanged();
    void keyChanged();
    void rightsChanged();
    void linksChanged();
    void gone();

  private:
    void look();

    QPointer<TimelineModel> timeline_;
    QString key_;
    QVariantMap rights_;
    QVariantList links_;
};

}  // namespace guildhall::client
