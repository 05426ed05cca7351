#include "client-qml/timeline/message_target.h"

namespace guildhall::client {

void MessageTarget::setTimeline(TimelineModel* timeline) {
    if (timeline == timeline_) return;
    if (timeline_) timeline_->disconnect(this);
    timeline_ = timeline;
    if (timeline_) {
        connect(timeline_, &QAbstractItemModel::rowsRemoved, this, &MessageTarget::look);
        connect(timeline_, &QAbstractItemModel::modelReset, this, &MessageTarget::look);
        connect(timeline_, &QAbstractItemModel::dataChanged, this, &MessageTarget::look);
        connect(timeline_, &TimelineModel::rightsChanged, this, &MessageTarget::look);
    }
    emit timelineChanged();
    look();
}

void MessageTarget::setKey(const QString& key) {
    const bool is_other = key != key_;
    key_ = key;
    if (is_other) emit keyChanged();
    look();
    QVariantList links;
    if (timeline_ && !key.isEmpty()) links = timeline_->commands()->links(key);
    if (links == links_) return;
    links_ = std::move(links);
    emit linksChanged();
}

void MessageTarget::look() {
    QVariantMap rights;
    if (timeline_ && !key_.isEmpty()) rights = timeline_->commands()->rights(key_);
    if (rights == rights_) return;
    const bool was_there = !rights_.isEmpty();
    rights_ = std::move(rights);
    emit rightsChanged();
    if (was_there && rights_.isEmpty() && !key_.isEmpty()) emit gone();
}

}  // namespace guildhall::client
