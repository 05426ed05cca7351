// The life of a link: states, deadlines, what goes out. link_receive.cpp has what comes in.
#include "federation/link.h"

#include "federation/link_handshake.h"

#include <algorithm>
#include <utility>

namespace guildhall::federation {

Link::Link(LinkStart start)
    : role_(start.role),
      identity_(*start.identity),
      hello_(std::move(start.hello)),
      expected_uid_(start.expected_uid),
      rekey_records_(start.rekey_records),
      handshake_(std::make_unique<Handshake>(start.ephemeral)),
      handshake_deadline_(start.now + limits::kHandshakeTimeMax),
      last_received_(start.now),
      last_byte_(start.now),
      backlog_at_(start.now),
      free_frames_at_(start.now) {
    secure_wipe(start.ephemeral.data(), start.ephemeral.size());
    reader_.set_bounds(kFirstMessageBytes, kFirstMessageBytes);
    if (role_ == LinkRole::dialer) {
        handshake_->begin(true, identity_, expected_uid_);
        reader_.set_bounds(kSecondMessageBytesMin, kHandshakeMessageBytesMax);
        write_handshake();
    }
}

Link::~Link() = default;

void Link::tick(Nanos now) {
    if (state_ == LinkState::closed) return;
    if (state_ == LinkState::handshaking) {
        if (now >= handshake_deadline_) fail(ProblemCode::timeout, "the handshake took too long");
        return;
    }
    if (now >= last_received_ + limits::kDeadAfter) {
        return fail(ProblemCode::timeout, "nothing was heard for too long");
    }
    if (state_ == LinkState::draining) {
        if (now < drain_deadline_) return;
        sending_.clear();
        queue_goodbye();
        const Problem mine = my_goodbye_.value_or(Problem{});
        return finish({peer_goodbye_.value_or(mine), peer_goodbye_.has_value(), false});
    }
    if (now >= renew_at_) return close({ProblemCode::renew, "the keys are old"}, now);
    if (now >= ping_at_) ping(now);
    const auto probe = probe_deadline();
    if (!probe || now < *probe) return;
    if (alive_until_) {
        return fail(ProblemCode::timeout, "no sign of life while an answer was awaited");
    }
    ping(now);
    pass_backlog(now);
    alive_until_ =
        now + limits::kProbeTime + std::chrono::seconds(backlog_ / limits::kSlowLineBytes);
}

void Link::ping(Nanos now) {
    queue_link_frame(frames::Ping{++pings_});
    ping_sent_ = now;
    ping_at_ = now + limits::kPingAfter;
}

/// When the next thing is to be done about an answer that does not come.
std::optional<Nanos> Link::probe_deadline() const {
    if (alive_until_ || !awaiting_since_) return alive_until_;
    return std::max(*awaiting_since_, last_byte_) + limits::kDoubtAfter;
}

void Link::set_awaiting(bool awaits, Nanos now) {
    if (!awaits) {
        // A ping that is under way is still to be answered.
        awaiting_since_.reset();
    } else if (!awaiting_since_) {
        awaiting_since_ = now;
    }
}

void Link::note_progress(Nanos now) {
    last_byte_ = now;
    if (alive_until_) alive_until_ = std::max(*alive_until_, now + limits::kProbeTime);
}

/// What a slow line has carried meanwhile. Who counts no time (tests) loses nothing.
void Link::pass_backlog(Nanos now) {
    if (now <= backlog_at_) return;
    const double seconds = std::chrono::duration<double>(now - backlog_at_).count();
    const double carried = seconds * static_cast<double>(limits::kSlowLineBytes);
    backlog_ = carried >= static_cast<double>(backlog_)
                   ? 0
                   : backlog_ - static_cast<std::uint64_t>(carried);
    backlog_at_ = now;
}

std::optional<Nanos> Link::next_deadline() const {
    switch (state_) {
        case LinkState::handshaking:
            return handshake_deadline_;
        case LinkState::open:
            return std::min({ping_at_,
                             renew_at_,
                             last_received_ + limits::kDeadAfter,
                             probe_deadline().value_or(Nanos::max())});
        case LinkState::draining:
            return std::min(drain_deadline_, last_received_ + limits::kDeadAfter);
        case LinkState::closed:
            break;
    }
    return std::nullopt;
}

SendResult Link::send(const Frame& frame) {
    if (state_ != LinkState::open) return SendResult::not_open;
    const TrafficClass traffic_class = class_of(frame);
    std::string bytes = encode(frame);
    if (bytes.size() > limits_of(traffic_class).frame) return SendResult::too_large;
    return sending_.push(traffic_class, std::move(bytes)) ? SendResult::queued : SendResult::full;
}

void Link::close(Problem why, Nanos now) {
    if (state_ == LinkState::closed || my_goodbye_) return;
    if (state_ == LinkState::handshaking) return finish({std::move(why), false, false});
    my_goodbye_ = std::move(why);
    start_draining(now);
}

void Link::start_draining(Nanos now) {
    state_ = LinkState::draining;
    drain_deadline_ = now + limits::kDrainTimeMax;
}

bool Link::has_output() const {
    if (!output_.empty()) return true;
    if (!has_transport() || state_ == LinkState::closed) return false;
    return !link_parts_.empty() || pong_due_ || receiving_.has_credit() || sending_.has_part() ||
           (state_ == LinkState::draining && !goodbye_queued_ && sending_.empty());
}

std::string Link::take_output(Nanos now) {
    pass_backlog(now);
    std::string out = next_output();
    backlog_ += out.size();
    return out;
}

std::string Link::next_output() {
    if (!has_transport() || state_ == LinkState::closed) return std::exchange(output_, {});
    if (auto value = std::exchange(pong_due_, std::nullopt)) {
        queue_link_frame(frames::Pong{{*value}});
    }
    while (auto credit = receiving_.next_credit()) queue_link_frame(*credit);
    for (const std::string& part : std::exchange(link_parts_, {})) output_ += sealer_.seal(part);
    while (output_.size() < limits::kOutputBytes) {
        const auto part = sending_.next_part();
        if (!part) break;
        output_ += sealer_.seal(*part);
    }
    if (state_ == LinkState::draining && sending_.empty() && !goodbye_queued_) {
        queue_goodbye();
        if (peer_goodbye_) finish({*peer_goodbye_, true, false});
    }
    return std::exchange(output_, {});
}

std::vector<LinkEvent> Link::take_events() { return std::exchange(events_, {}); }

void Link::grant(TrafficClass traffic_class, std::size_t bytes) {
    receiving_.consume(traffic_class, bytes);
}

std::uint64_t Link::next_request_id() {
    ++requests_;
    return role_ == LinkRole::dialer ? 2 * requests_ - 1 : 2 * requests_;
}

void Link::queue_link_frame(FrameBody body) {
    std::string part(1, static_cast<char>(kLinkPart));
    part += encode(Frame{0, std::move(body)});
    CHECK(part.size() <= limits::kLinkFrameBytesMax);
    link_parts_.push_back(std::move(part));
}

void Link::queue_goodbye() {
    if (std::exchange(goodbye_queued_, true)) return;
    queue_link_frame(frames::Goodbye{my_goodbye_.value_or(Problem{})});
    for (const std::string& part : std::exchange(link_parts_, {})) output_ += sealer_.seal(part);
}

void Link::fail(ProblemCode code, std::string text) {
    if (state_ == LinkState::closed) return;
    Problem problem{code, std::move(text)};
    if (has_transport()) {
        sending_.clear();
        my_goodbye_ = problem;
        queue_goodbye();
    }
    finish({std::move(problem), false, is_fault(code)});
}

void Link::finish(Closed closed) {
    state_ = LinkState::closed;
    sending_.clear();
    link_parts_.clear();
    events_.emplace_back(std::move(closed));
}

bool keeps_link(LinkRole mine, const Hash32& my_uid, const Hash32& peer_uid) {
    return (mine == LinkRole::dialer) == (my_uid < peer_uid);
}

}  // namespace guildhall::federation
