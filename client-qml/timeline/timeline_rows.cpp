// Rows come and go: runs of messages are inserted together, the window is trimmed on the side that
// is out of view, and neighbours whose day line or grouping changed are told of.

#include "client-qml/timeline/shift.h"

namespace guildhall::client {

namespace {

/// Roles that depend on the row above.
const QList<int>& neighbour_roles() {
    static const QList<int> roles{
        TimelineModel::ContinuationRole, TimelineModel::DayRole, TimelineModel::UnreadLineRole};
    return roles;
}

constexpr int kBuffered = 40;  // rows that a ListView keeps beside those in view

bool same(const Message& a, const Message& b) {
    const auto counts = [](const Message& one) {
        qint64 sum = 0;
        for (const Reaction& reaction : one.reactions)
            sum = sum * 3 + reaction.count * 2 + reaction.mine;
        return sum;
    };
    return a.content == b.content && a.edited_ms == b.edited_ms && a.pinned == b.pinned &&
           a.embeds.size() == b.embeds.size() && a.attachments.size() == b.attachments.size() &&
           a.reactions.size() == b.reactions.size() && counts(a) == counts(b) &&
           a.author.username == b.author.username && a.author.avatar == b.author.avatar &&
           a.author.global_name == b.author.global_name;
}

}  // namespace

int TimelineModel::row_of_message(std::size_t at) const {
    return newer_edge() + int(pending_.size()) + int(at);
}

const Row* TimelineModel::row_at(int row) const {
    const int at = row - newer_edge();
    if (at < 0) return nullptr;
    if (at < int(pending_.size())) return &pending_[std::size_t(at)];
    const std::size_t message = std::size_t(at) - pending_.size();
    return message < messages_.size() ? &messages_[message] : nullptr;
}

Row* TimelineModel::row_at(int row) { return const_cast<Row*>(std::as_const(*this).row_at(row)); }

/// How many messages of the window are newer.
std::size_t TimelineModel::lower(Snowflake message) const {
    const auto at = std::ranges::partition_point(
        messages_, [message](const Row& row) { return row.message.id > message; });
    return std::size_t(at - messages_.begin());
}

int TimelineModel::find(Snowflake message) const {
    const std::size_t at = lower(message);
    const bool here = at < messages_.size() && messages_[at].message.id == message;
    return here ? int(at) : -1;
}

void TimelineModel::touch(int row, const QList<int>& roles) {
    if (row < 0 || row >= rowCount()) return;
    if (row >= first_in_view_) {
        emit dataChanged(index(row), index(row), roles);
        return;
    }
    const Shift shift(*this);
    emit dataChanged(index(row), index(row), roles);
}

/// What many rows share: only those that a view holds are asked again, in one signal.
void TimelineModel::touch_shared(const QList<int>& roles) {
    const int first = std::max(0, first_in_view_ - kBuffered);
    const int last = std::min(rowCount() - 1, last_in_view_ + kBuffered);
    if (first <= last) emit dataChanged(index(first), index(last), roles);
}

void TimelineModel::absorb(std::vector<Message> fresh) {
    auto from = fresh.begin();
    while (from != fresh.end()) {
        const std::size_t at = lower(from->id);
        if (at < messages_.size() && messages_[at].message.id == from->id) {
            if (!same(messages_[at].message, *from)) replace(at, std::move(*from));
            ++from;
            continue;
        }
        const Snowflake below = at < messages_.size() ? messages_[at].message.id : 0;
        const auto to = std::find_if(
            from, fresh.end(), [below](const Message& one) { return one.id <= below; });
        insert_run(at, from, to);
        from = to;
    }
}

void TimelineModel::insert_run(std::size_t at,
                               std::vector<Message>::iterator from,
                               std::vector<Message>::iterator to) {
    std::vector<Row> rows;
    for (auto one = from; one != to; ++one) rows.push_back({.message = std::move(*one)});
    const bool was_blank = blank();
    const int row = row_of_message(at);
    beginInsertRows({}, row, row + int(rows.size()) - 1);
    messages_.insert(messages_.begin() + std::ptrdiff_t(at),
                     std::make_move_iterator(rows.begin()),
                     std::make_move_iterator(rows.end()));
    endInsertRows();
    if (row > 0) touch(row - 1, neighbour_roles());
    // Where the view stands, if it does not follow, is now further up.
    if (row <= first_in_view_ && !following_) {
        first_in_view_ += int(rows.size());
        last_in_view_ += int(rows.size());
    }
    if (was_blank) emit edgesChanged();
}

void TimelineModel::replace(std::size_t at, Message message) {
    Row& row = messages_[at];
    const bool same_text = row.message.content == message.content;
    row.message = std::move(message);
    row.text = {};
    if (!same_text) row.revealed.clear();
    touch(row_of_message(at));
}

void TimelineModel::erase(std::size_t at, std::size_t count) {
    if (count == 0) return;
    const int row = row_of_message(at);
    beginRemoveRows({}, row, row + int(count) - 1);
    messages_.erase(messages_.begin() + std::ptrdiff_t(at),
                    messages_.begin() + std::ptrdiff_t(at + count));
    endRemoveRows();
    if (row > 0) touch(row - 1, neighbour_roles());
    if (row < first_in_view_) {
        first_in_view_ = std::max(row, first_in_view_ - int(count));
        last_in_view_ = std::max(first_in_view_, last_in_view_ - int(count));
    }
}

/// Messages that the window holds and the node, within what it told of, no longer has.
void TimelineModel::forget_absent(const History::Page& page) {
    for (std::size_t at = messages_.size(); at-- > 0;) {
        const Snowflake id = messages_[at].message.id;
        if (id < page.low || id > page.high) continue;
        const auto here = std::ranges::lower_bound(page.messages, id, std::greater(), &Message::id);
        if (here == page.messages.end() || here->id != id) erase(at, 1);
    }
}

void TimelineModel::replace_all(std::vector<Message> fresh) {
    history_.forget();
    beginResetModel();
    messages_.clear();
    pending_.clear();
    for (Message& one : fresh) messages_.push_back({.message = std::move(one)});
    older_ = newer_ = Edge::idle;
    begins_ = false;
    first_in_view_ = last_in_view_ = 0;
    joint_ = 0;
    endResetModel();
    emit edgesChanged();
    emit unreadChanged();
}

void TimelineModel::trim() {
    if (messages_.size() <= kRowsMax) return;
    const int above = rowCount() - last_in_view_;
    if (following_ || above > first_in_view_) {
        // At the older end, unless that is near to what is read.
        const std::size_t least = std::size_t(std::max(0, last_in_view_ + 2 * kFromView));
        const std::size_t keep = following_ ? kRowsKept : std::max<std::size_t>(kRowsKept, least);
        if (keep >= messages_.size()) return;
        erase(keep, messages_.size() - keep);
        begins_ = false;
        set_edge(false, Edge::idle);
        emit edgesChanged();
    } else {
        const std::size_t spare = messages_.size() - kRowsKept;
        trim_newest(std::min(spare, std::size_t(std::max(0, first_in_view_ - 2 * kFromView))));
    }
}

void TimelineModel::trim_newest(std::size_t count) {
    if (count == 0) return;
    erase(0, count);
    set_newer_beyond(true);
}

/// What is on its way is newer than all: it is shown where the newest are.
void TimelineModel::hide_pending() {
    if (pending_.empty()) return;
    const int count = int(pending_.size());
    beginRemoveRows({}, newer_edge(), newer_edge() + count - 1);
    pending_.clear();
    endRemoveRows();
    first_in_view_ = std::max(0, first_in_view_ - count);
    last_in_view_ = std::max(0, last_in_view_ - count);
}

void TimelineModel::set_newer_beyond(bool beyond) {
    if (beyond == newer_beyond_) return;
    if (beyond) {
        hide_pending();
        beginInsertRows({}, 0, 0);
        newer_beyond_ = true;
        endInsertRows();
    } else {
        beginRemoveRows({}, 0, 0);
        newer_beyond_ = false;
        endRemoveRows();
    }
    newer_ = Edge::idle;
    const int step = beyond ? 1 : -1;
    first_in_view_ = std::max(0, first_in_view_ + step);
    last_in_view_ = std::max(0, last_in_view_ + step);
    emit edgesChanged();
}

void TimelineModel::set_edge(bool newer, Edge edge) {
    Edge& one = newer ? newer_ : older_;
    if (one == edge) return;
    one = edge;
    emit edgesChanged();
    if (!newer || newer_beyond_) touch(newer ? 0 : rowCount() - 1, {EdgeRole});
}

}  // namespace guildhall::client
