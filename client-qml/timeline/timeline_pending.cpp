// Messages on their way: the Outbox's items of this channel as rows below the others, and the
// moment at which such a row becomes the message that the node made of it, without moving.

#include "client-qml/timeline/shift.h"

#include <QFileInfo>

namespace guildhall::client {

using namespace Qt::StringLiterals;

namespace {
constexpr qsizetype kAcknowledgedMax = 1'000;

/// While a host is away each message is tried now and then, one after the other: nobody wants to
/// see that.
Outbox::Stage shown_stage(const Outbox::Item& item) {
    const bool waits = item.host_away && item.stage != Outbox::Stage::failed;
    return waits ? Outbox::Stage::host_away : item.stage;
}

}  // namespace

Row TimelineModel::pending_row(const Outbox::Item& item) const {
    Row row;
    row.nonce = item.unsent.nonce;
    row.stage = shown_stage(item);
    row.progress = item.progress;
    row.error = item.unsent.error;
    for (const QString& path : item.unsent.files) row.files += QFileInfo(path).fileName();
    Message& message = row.message;
    message.channel = channel_;
    message.guild = guild_;
    message.author = state().self();
    message.content = text_of(item.unsent.body, "content"_L1, kContentMax);
    message.time_ms = item.unsent.made_ms;
    const Snowflake answered =
        id_of(object_of(item.unsent.body, "message_reference"_L1), "message_id"_L1);
    if (answered == 0) return row;
    message.type = 19;
    message.reply = Reply{.message = answered};
    const int at = find(answered);
    if (at >= 0) {
        message.reply->shown = std::make_shared<const Message>(messages_[std::size_t(at)].message);
    }
    return row;
}

void TimelineModel::sync_pending() {
    if (!account_ || newer_beyond_) return;
    const Shift shift(*this);
    std::vector<Outbox::Item> items = account_->outbox().items(channel_);
    std::erase_if(items, [this](const Outbox::Item& item) {
        return acknowledged_.contains(item.unsent.nonce);
    });
    const auto is_kept = [&](const Row& row) {
        return std::ranges::any_of(
            items, [&](const Outbox::Item& item) { return item.unsent.nonce == row.nonce; });
    };
    for (std::size_t at = pending_.size(); at-- > 0;) {
        if (is_kept(pending_[at])) continue;
        beginRemoveRows({}, int(at), int(at));
        pending_.erase(pending_.begin() + std::ptrdiff_t(at));
        endRemoveRows();
    }
    bool grew = false;
    for (const Outbox::Item& item : items) {
        const auto here = std::ranges::find(pending_, item.unsent.nonce, &Row::nonce);
        if (here == pending_.end()) {
            beginInsertRows({}, 0, 0);
            pending_.insert(pending_.begin(), pending_row(item));
            endInsertRows();
            grew = true;
            continue;
        }
        here->stage = shown_stage(item);
        here->progress = item.progress;
        here->error = item.unsent.error;
        touch(int(here - pending_.begin()), {StageRole, ProgressRole, ErrorRole, SpokenRole});
    }
    if (grew) emit advanced();
}

void TimelineModel::confirm(const QString& nonce, Message message) {
    take_incoming();
    const Shift shift(*this);
    message.guild = guild_;
    if (acknowledged_.size() >= kAcknowledgedMax) acknowledged_.clear();
    acknowledged_.insert(nonce);
    const auto row = std::ranges::find(pending_, nonce, &Row::nonce);
    const bool is_known = find(message.id) >= 0;
    const bool is_next = row != pending_.end() && row + 1 == pending_.end() && !is_known &&
                         (messages_.empty() || messages_.front().message.id < message.id);
    if (is_next) {
        // The row stays where it is: it only becomes the newest message.
        Row made = std::move(*row);
        pending_.pop_back();
        made.message = std::move(message);
        made.text = {};
        messages_.push_front(std::move(made));
        touch(row_of_message(0));
    } else {
        if (row != pending_.end()) {
            const int at = newer_edge() + int(row - pending_.begin());
            beginRemoveRows({}, at, at);
            pending_.erase(row);
            endRemoveRows();
        }
        if (!newer_beyond_) {
            std::vector<Message> one;
            one.push_back(std::move(message));
            absorb(std::move(one));
        }
    }
    trim();
    mark_seen();
}

}  // namespace guildhall::client
