#include "node/peering/link/session.h"

#include "node/peering/link/inbound.h"
#include "node/peering/link/problem.h"
#include "protocol/errors.h"

#include <algorithm>
#include <deque>
#include <utility>

namespace guildhall::peering {
namespace {

using namespace std::chrono_literals;
using base::IoState;
using federation::SendResult;

/// Reads of one turn, so that one fast peer does not keep the shard from the others: 1 MiB.
constexpr int kReadsPerTurn = 16;
/// A goodbye that the socket does not take by then is not waited for.
constexpr base::Nanos kGoodbyeTime = 2s;
/// Questions under way by one link: more than all classes hold of the smallest.
constexpr std::size_t kPendingMax = 4096;
/// Waits for room are woken by the link's end or by room; this only bounds one round.
constexpr base::Nanos kRoomRound = 60s;

}  // namespace

// -- Answers --------------------------------------------------------------------------------------

struct Session::Pending {
    std::deque<std::pair<Inbound, federation::FrameBody>> got;
    base::Wake wake;
    bool lost = false;
};

class Session::PendingAnswers final : public Answers {
  public:
    PendingAnswers(Context& ctx,
                   std::weak_ptr<Session> session,
                   std::uint64_t id,
                   std::shared_ptr<Pending> pending)
        : ctx_(ctx), session_(std::move(session)), id_(id), pending_(std::move(pending)) {}
    ~PendingAnswers() override {
        if (const auto session = session_.lock()) session->forget(id_);
    }

    Task<Result<federation::FrameBody>> next(Nanos limit) override {
        const auto deadline = base::Deadline::after(ctx_.clock, limit);
        const std::shared_ptr<Pending> pending = pending_;
        while (pending->got.empty() && !pending->lost) {
            std::function<void(base::Wake)> start = [&pending](base::Wake wake) {
                pending->wake = std::move(wake);
            };
            const bool woken =
                co_await base::wait_until_woken(ctx_.here, deadline, std::move(start));
            if (!woken && pending->got.empty()) {
                protocol::Error late = unreachable("the node did not answer in time");
                late.status = 504;
                co_return late;
            }
        }
        if (pending->got.empty()) co_return unreachable("the link to the node was lost");
        // Its credit goes back when it is handed out.
        auto [inbound, body] = std::move(pending->got.front());
        pending->got.pop_front();
        if (const auto* problem = std::get_if<federation::Problem>(&body)) {
            if (problem->code == federation::ProblemCode::skew)
                inbound.peer().note_clock(problem->nowMs);
            co_return to_error(*problem);
        }
        co_return std::move(body);
    }

  private:
    Context& ctx_;
    std::weak_ptr<Session> session_;
    std::uint64_t id_;
    std::shared_ptr<Pending> pending_;
};

// -- Life -----------------------------------------------------------------------------------------

Session::Session(Context& ctx,
                 SessionOwner& owner,
                 std::unique_ptr<base::ByteStream> stream,
                 federation::LinkStart start)
    : ctx_(ctx),
      owner_(&owner),
      stream_(std::move(stream)),
      role_(start.role),
      started_(ctx.clock.now()),
      remote_(stream_->peer()),
      link_(std::move(start)) {}

Session::~Session() { abandon(); }

void Session::start() {
    wait_readable();
    settle();
}

void Session::abandon() {
    owner_ = nullptr;
    row_ = nullptr;
    ctx_.here.timers().cancel(timer_);
    lose_answers();
    ended_ = true;
    wake_room();
    settle_dial({nullptr, {federation::ProblemCode::shutdown, "the node stops"}});
    if (stream_) stream_->close();
    stream_.reset();
}

void Session::close(federation::Problem why) {
    if (ended_) return;
    link_.close(std::move(why), now());
    settle_soon();
}

SendResult Session::send(const federation::Frame& frame) {
    if (ended_) return SendResult::not_open;
    const SendResult result = link_.send(frame);
    if (result != SendResult::queued) return result;
    if (row_ != nullptr && std::holds_alternative<federation::Problem>(frame.body))
        row_->refused.add(1, ctx_.here.index());
    settle_soon();
    return result;
}

std::unique_ptr<Answers> Session::ask(federation::FrameBody body) {
    if (ended_ || pending_.size() >= kPendingMax) return nullptr;
    const std::uint64_t id = link_.next_request_id();
    if (send({id, std::move(body)}) != SendResult::queued) return nullptr;
    auto pending = std::make_shared<Pending>();
    pending_.emplace(id, pending);
    link_.set_awaiting(true, now());
    return std::make_unique<PendingAnswers>(ctx_, weak_from_this(), id, std::move(pending));
}

void Session::grant(federation::TrafficClass c, std::size_t bytes) {
    if (ended_) return;
    link_.grant(c, bytes);
    if (link_.has_output()) settle_soon();
}

Task<bool> Session::until_room(federation::TrafficClass c, std::size_t bytes) {
    const auto self = shared_from_this();
    while (!ended_ && link_.state() == federation::LinkState::open) {
        if (link_.room(c) >= bytes) co_return true;
        std::function<void(base::Wake)> start = [this, c, bytes](base::Wake wake) {
            room_waits_.push_back({c, bytes, std::move(wake)});
        };
        const auto deadline = base::Deadline::after(ctx_.clock, kRoomRound);
        co_await base::wait_until_woken(ctx_.here, deadline, std::move(start));
    }
    co_return false;
}

void Session::wake_room() {
    const bool all = ended_ || link_.state() != federation::LinkState::open;
    std::erase_if(room_waits_, [&](const RoomWait& wait) {
        if (!all && link_.room(wait.traffic_class) < wait.bytes) return false;
        wait.wake();
        return true;
    });
}

Task<std::optional<Session::Outcome>> Session::until_settled(base::Deadline deadline) {
    const auto self = shared_from_this();
    if (!outcome_) {
        std::function<void(base::Wake)> start = [this](base::Wake wake) {
            outcome_waits_.push_back(std::move(wake));
        };
        co_await base::wait_until_woken(ctx_.here, deadline, std::move(start));
    }
    co_return outcome_;
}

void Session::settle_dial(Outcome outcome) {
    if (outcome_) return;
    outcome_ = std::move(outcome);
    for (const base::Wake& wake : std::exchange(outcome_waits_, {})) wake();
}

void Session::forget(std::uint64_t id) {
    pending_.erase(id);
    link_.set_awaiting(!pending_.empty(), now());
}

void Session::lose_answers() {
    for (auto& [id, pending] : std::exchange(pending_, {})) {
        pending->lost = true;
        if (pending->wake) pending->wake();
    }
}

// -- In -------------------------------------------------------------------------------------------

void Session::wait_readable() {
    stream_->when_readable([weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->on_readable();
    });
}

void Session::on_readable() {
    if (!read_turn()) return;
    if (stream_ && !ended_) wait_readable();
    settle();
}

/// False when the connection was lost.
bool Session::read_turn() {
    for (int reads = 0; reads < kReadsPerTurn && stream_ && !ended_; ++reads) {
        const auto buffer = ctx_.here.read_buffer();
        const base::IoResult got = stream_->try_read(buffer);
        if (got.state == IoState::would_block) break;
        if (got.state != IoState::ok) {
            settle();
            lost("the connection was lost");
            return false;
        }
        count_in(got.bytes);
        link_.receive(federation::ByteView(std::string_view(buffer.data(), got.bytes)), now());
        handle_events();
    }
    return true;
}

void Session::handle_events() {
    for (auto events = link_.take_events(); !events.empty(); events = link_.take_events()) {
        for (federation::LinkEvent& event : events) {
            if (owner_ == nullptr) return;
            if (auto* who = std::get_if<federation::Established>(&event)) {
                owner_->on_established(*this, std::move(*who));
            } else if (auto* received = std::get_if<federation::Received>(&event)) {
                on_event(std::move(*received));
            } else {
                end(std::get<federation::Closed>(event));
            }
        }
    }
}

void Session::on_event(federation::Received received) {
    // Numbers of the dialer are odd: an answer has one of ours.
    if (row_ != nullptr) {
        row_->frames.add(1, ctx_.here.index());
        if (std::holds_alternative<federation::Problem>(received.frame.body))
            row_->refused_us.add(1, ctx_.here.index());
    }
    const std::uint64_t id = received.frame.id;
    const bool is_answer = id != 0 && (id % 2 == 1) == (role_ == federation::LinkRole::dialer);
    if (!is_answer) return owner_->on_received(*this, std::move(received));
    Inbound inbound(peer_, weak_from_this(), 0, received.traffic_class, received.cost);
    const auto found = pending_.find(id);
    // Nobody waits any more: dropped, and its credit goes back.
    if (found == pending_.end()) return;
    found->second->got.emplace_back(std::move(inbound), std::move(received.frame.body));
    if (found->second->wake) found->second->wake();
}

// -- Out ------------------------------------------------------------------------------------------

void Session::settle_soon() {
    // From inside handlers too, so that all that one turn says leaves in one write.
    if (std::exchange(settle_posted_, true)) return;
    ctx_.here.at_turn_end([weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->settle_posted_ = false;
        self->settle();
    });
}

void Session::settle() {
    if (settling_) return;
    settling_ = true;
    const auto self = shared_from_this();
    handle_events();
    flush();
    wake_room();
    note_round_trip();
    settling_ = false;
    arm();
}

void Session::flush() {
    while (stream_) {
        if (output_.empty()) {
            output_ = link_.take_output(now());
            written_ = 0;
            handle_events();
        }
        if (output_.empty() || !write_output()) break;
    }
    if (ended_ && output_.empty()) finish();
}

/// False when the socket takes no more now.
bool Session::write_output() {
    const std::string_view rest = std::string_view(output_).substr(written_);
    const base::IoResult put = base::try_write(*stream_, rest);
    if (put.state == IoState::would_block) {
        waits_for_socket_ = true;
        stream_->when_writable([weak = weak_from_this()] {
            if (const auto self = weak.lock()) self->settle();
        });
        return false;
    }
    if (put.state != IoState::ok) {
        output_.clear();
        lost("the connection was lost");
        return false;
    }
    if (std::exchange(waits_for_socket_, false)) link_.note_progress(now());
    count_out(put.bytes);
    written_ += put.bytes;
    if (written_ == output_.size()) output_.clear();
    return true;
}

void Session::arm() {
    if (!stream_ || ended_) return;
    const auto deadline = link_.next_deadline();
    // Deadlines mostly move away; a timer that comes too early looks again.
    if (!deadline || (timer_ && timer_.deadline <= *deadline)) return;
    ctx_.here.timers().cancel(timer_);
    timer_ = ctx_.here.timers().schedule(*deadline, [weak = weak_from_this()] {
        const auto self = weak.lock();
        if (!self) return;
        self->timer_ = {};
        // What came while this shard did something else is a sign of life, too.
        if (!self->read_turn()) return;
        self->link_.tick(self->now());
        self->settle();
    });
}

// -- Counted --------------------------------------------------------------------------------------

void Session::set_peer(std::shared_ptr<Peer> peer, LinkRow& row) {
    peer_ = std::move(peer);
    row_ = &row;
    count_in(std::exchange(early_in_, 0));
    count_out(std::exchange(early_out_, 0));
}

void Session::count_in(std::size_t bytes) {
    if (row_ != nullptr)
        row_->bytes_in.add(bytes, ctx_.here.index());
    else
        early_in_ += bytes;
}

void Session::count_out(std::size_t bytes) {
    if (row_ != nullptr)
        row_->bytes_out.add(bytes, ctx_.here.index());
    else
        early_out_ += bytes;
}

void Session::note_round_trip() {
    const auto measured = link_.round_trip();
    if (ended_ || row_ == nullptr || row_->round_trip_us == nullptr) return;
    if (measured == told_round_trip_) return;
    told_round_trip_ = measured;
    const auto us = std::chrono::ceil<std::chrono::microseconds>(measured.value_or(0s));
    row_->round_trip_us->set(us.count());
}

// -- End ------------------------------------------------------------------------------------------

void Session::lost(std::string why) {
    output_.clear();
    end({{federation::ProblemCode::general, std::move(why)}, false, false});
    finish();
}

void Session::end(const federation::Closed& closed) {
    if (std::exchange(ended_, true)) return;
    lose_answers();
    wake_room();
    settle_dial({nullptr, closed.problem, closed.by_peer});
    if (owner_ != nullptr) owner_->on_ended(*this, closed);
    ctx_.here.timers().cancel(timer_);
    timer_ = ctx_.here.timers().schedule_after(kGoodbyeTime, [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->finish();
    });
}

void Session::finish() {
    if (!stream_) return;
    const auto self = shared_from_this();
    ctx_.here.timers().cancel(timer_);
    stream_->close();
    stream_.reset();
    if (owner_ != nullptr) owner_->on_finished(*this);
}

}  // namespace guildhall::peering
