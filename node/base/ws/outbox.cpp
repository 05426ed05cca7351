#include "node/base/ws/outbox.h"

#include "node/base/ws/session.h"

#include <algorithm>
#include <utility>

namespace guildhall::base::ws {
namespace {

constexpr Nanos kTrimEvery = std::chrono::seconds(1);
/// An outbox that a burst has grown beyond this is not kept.
constexpr std::size_t kKeepHeadBytes = 4096;
constexpr std::size_t kKeepItems = 64;

}  // namespace

void Outbox::push(std::size_t head_bytes, SharedBytes body) {
    items.push_back({static_cast<std::uint32_t>(head_bytes), std::move(body)});
}

std::size_t Outbox::gather(std::span<iovec> parts) const {
    std::size_t count = 0;
    std::size_t skip = written;
    std::size_t head_at = heads_at;
    const auto add = [&](const char* data, std::size_t bytes) {
        const auto skipped = std::min(skip, bytes);
        skip -= skipped;
        if (skipped == bytes) return;
        parts[count++] = {const_cast<char*>(data + skipped), bytes - skipped};
    };
    for (std::size_t i = first; i < items.size() && count + 2 <= parts.size(); ++i) {
        add(heads.data() + head_at, items[i].head_bytes);
        head_at += items[i].head_bytes;
        add(items[i].body.view().data(), items[i].body.size());
    }
    return count;
}

void Outbox::consume(std::size_t bytes) {
    written += bytes;
    while (first < items.size()) {
        Item& item = items[first];
        const std::size_t item_bytes = item.head_bytes + item.body.size();
        if (written < item_bytes) return;
        written -= item_bytes;
        heads_at += item.head_bytes;
        item.body = {};
        ++first;
    }
    heads.clear();
    items.clear();
    first = heads_at = written = 0;
}

OutboxPool::~OutboxPool() {
    shard_.forget_turn_end(*this);
    shard_.timers().cancel(trim_timer_);
}

void OutboxPool::enlist(Session& session) {
    enlisted_.push_back(&session);
    shard_.at_turn_end(*this);
}

void OutboxPool::forget(Session& session) {
    std::replace(enlisted_.begin(), enlisted_.end(), &session, static_cast<Session*>(nullptr));
    std::replace(running_.begin(), running_.end(), &session, static_cast<Session*>(nullptr));
}

void OutboxPool::on_turn_end() {
    running_.swap(enlisted_);
    const std::size_t count = running_.size();
    // Since a session was told to send, a thousand others were: by now little of it is in a cache.
    // Each write takes microseconds, in which what later ones need comes, one pointer a step.
    for (std::size_t i = 0; i < count; ++i) {
        if (i + 3 < count) __builtin_prefetch(running_[i + 3], 1);
        if (i + 2 < count && running_[i + 2]) running_[i + 2]->prefetch();
        if (i + 1 < count && running_[i + 1]) running_[i + 1]->prefetch_output();
        if (Session* session = std::exchange(running_[i], nullptr)) session->on_turn_end();
    }
    running_.clear();
}

std::unique_ptr<Outbox> OutboxPool::take() {
    if (spare_.empty()) {
        spare_min_ = 0;
        return std::make_unique<Outbox>();
    }
    auto outbox = std::move(spare_.back());
    spare_.pop_back();
    spare_min_ = std::min(spare_min_, spare_.size());
    return outbox;
}

void OutboxPool::give(std::unique_ptr<Outbox> outbox) {
    if (outbox->heads.capacity() > kKeepHeadBytes || outbox->items.capacity() > kKeepItems) return;
    spare_.push_back(std::move(outbox));
    if (!trim_timer_) trim_timer_ = shard_.timers().schedule_after(kTrimEvery, [this] { trim(); });
}

void OutboxPool::trim() {
    trim_timer_ = {};
    spare_.resize(spare_.size() - spare_min_);
    spare_min_ = spare_.size();
    if (spare_.empty()) {
        spare_.shrink_to_fit();
        return;
    }
    trim_timer_ = shard_.timers().schedule_after(kTrimEvery, [this] { trim(); });
}

}  // namespace guildhall::base::ws
