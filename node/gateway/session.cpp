#include "node/gateway/session.h"

#include <algorithm>
#include <utility>

namespace guildhall::gateway {

/// Sends what the ring holds from one place on; then RESUMED, to a client that was away.
class ReplayPump final : public Pump {
  public:
    explicit ReplayPump(std::string resumed = {}) : resumed_(std::move(resumed)) {}

    bool step(Session& session) override {
        std::uint64_t& next = session.replay_next_;
        if (next > session.ring_.last()) {
            session.replaying_ = false;
            if (!resumed_.empty())
                session.dispatch(make_record("RESUMED", resumed_, RecordKind::ephemeral));
            return false;
        }
        // More came in than the ring holds, or than bodies are kept of, while the client took its
        // time.
        if (next < session.ring_.first() || session.ring_.at(next)->is_missing()) {
            session.give_up();
            return false;
        }
        // What went cold and may be skipped has no body; its number is not given to anything else.
        const RecordRef record = session.ring_.at(next);
        if (!record->is_cold()) session.outlet_->dispatch(*record, next);
        ++next;
        return true;
    }

  private:
    std::string resumed_;
};

void Session::dispatch(const RecordRef& record) {
    if (held_) {
        held_->push_back(record);
        return;
    }
    const std::uint64_t s = ring_.push(record);
    if (!outlet_) return;
    if (replaying_) {
        // A client that does not read at all is not waited for until it does.
        if (replay_next_ < ring_.first()) give_up();
    } else if (outlet_->queued_bytes() < limits::kBehindBytes) {
        outlet_->dispatch(*record, s);
    } else {
        fall_behind(s);
    }
}

void Session::fall_behind(std::uint64_t s) {
    replaying_ = true;
    replay_next_ = s;
    // Before what is long already: that is numbered when it is sent.
    pumps_.insert(pumps_.begin(), std::make_unique<ReplayPump>());
    outlet_->pump_when_drained();
}

void Session::give_up() { outlet_->close(close_code::kUnknownError, "Fell behind"); }

void Session::dispatch_own(std::string_view name, std::string_view d) {
    if (replaying_) return dispatch(make_record(name, d, RecordKind::derived));
    const std::uint64_t s = ring_.skip();
    if (outlet_) outlet_->dispatch_own(name, s, d);
}

bool Session::detach(std::chrono::nanoseconds now) {
    const bool whole = !has_essential_pump();
    pumps_.clear();
    waits_for_turn = false;
    looked_at = 0;
    replaying_ = false;
    outlet_ = nullptr;
    detached_at_ = now;
    return whole;
}

bool Session::is_expired(std::chrono::nanoseconds now) const {
    return !outlet_ && !held_ && now - detached_at_ > limits::kResumeWindow;
}

bool Session::is_away(std::chrono::nanoseconds now) const {
    return !outlet_ && !held_ && now - detached_at_ > limits::kAwayAfter;
}

bool Session::has_essential_pump() const {
    return std::any_of(
        pumps_.begin(), pumps_.end(), [](const auto& pump) { return pump->is_essential(); });
}

bool Session::is_searching() const {
    return outlet_ && !pumps_.empty() && looked_at >= limits::kMembersPerStep &&
           outlet_->queued_bytes() < limits::kPumpBytes;
}

void Session::add_pump(std::unique_ptr<Pump> pump) {
    pumps_.push_back(std::move(pump));
    if (outlet_) outlet_->pump_when_drained();
}

void Session::pump() {
    if (pumping_) return;
    pumping_ = true;
    while (outlet_ && !pumps_.empty() && outlet_->queued_bytes() < limits::kPumpBytes) {
        const Pump* first = pumps_.front().get();
        if (!pumps_.front()->step(*this)) {
            std::erase_if(pumps_, [&](const auto& pump) { return pump.get() == first; });
        }
        if (is_searching()) break;
    }
    if (pumps_.empty()) {
        pumps_.shrink_to_fit();
    } else if (outlet_) {
        outlet_->pump_when_drained();
    }
    pumping_ = false;
}

void Session::replay_after(std::uint64_t s, std::string resumed) {
    replaying_ = true;
    replay_next_ = s + 1;
    add_pump(std::make_unique<ReplayPump>(std::move(resumed)));
    pump();
}

std::vector<RecordRef> Session::release() {
    std::vector<RecordRef> out = held_ ? std::move(*held_) : std::vector<RecordRef>();
    held_.reset();
    return out;
}

bool Session::is_subscribed(protocol::GuildId guild) const {
    return std::binary_search(subscribed.begin(), subscribed.end(), guild);
}

}  // namespace guildhall::gateway
