#include "node/classic/socket.h"

#include "node/classic/answers.h"
#include "node/classic/classic_api.h"
#include "protocol/errors.h"
#include "protocol/json/writer.h"

namespace guildhall::classic {
namespace {

// Frames that may wait for the one before them; whoever sends faster is not waiting for answers.
constexpr std::size_t kWaitingMax = 32;

std::string error_frame(std::string_view detail) {
    std::string frame;
    protocol::JsonWriter w(frame);
    w.begin_object().string("type", "error").begin_object("data");
    w.string("detail", detail).end_object().end_object();
    return frame;
}

}  // namespace

Socket::Socket(ClassicApi& classic, Seat seat, services::Actor actor, protocol::UnixMs expires_ms)
    : classic_(classic), seat_(seat), actor_(std::move(actor)), expires_ms_(expires_ms) {}

void Socket::send(const base::SharedBytes& frame) { session_->send({}, frame); }

void Socket::refuse(std::string_view detail) { session_->send(error_frame(detail)); }

void Socket::end(std::string_view why) {
    if (!session_->is_open()) return;
    refuse(why);
    session_->close(base::ws::kClosePolicy, why);
}

void Socket::go_away() { session_->close(base::ws::kCloseGoingAway, "The node is stopping"); }

void Socket::on_open(base::ws::Session& session) {
    session_ = &session;
    base::Shard& shard = session.shard();
    const auto left = std::chrono::milliseconds(expires_ms_ - shard.clock().unix_ms());
    expiry_ = shard.timers().schedule_after(left, [this] { end("The token has expired"); });
    classic_.enter(*this, shard);
}

void Socket::on_message(std::string_view payload, bool) {
    if (!classic_.allows_frame(seat_.user)) return end("Too many frames");
    if (waiting_.size() >= kWaitingMax) return refuse("Too many messages at once");
    waiting_.emplace_back(payload);
    if (!busy_) handle_next();
}

void Socket::handle_next() {
    if (waiting_.empty() || !session_->is_open()) return;
    busy_ = true;
    std::string frame = std::move(waiting_.front());
    waiting_.pop_front();
    base::Shard& shard = session_->shard();
    const auto done = [this, alive = alive_](const protocol::Status& status) {
        if (!*alive) return;
        busy_ = false;
        if (!status) refuse(detail_of(status.error()));
        // What became of the frame is not known; the client had better begin anew.
        if (!status && protocol::http_status(status.error()) == 500)
            return session_->close(base::ws::kCloseInternalError, "Internal error");
        handle_next();
    };
    classic_.take_frame(shard, seat_, actor_, std::move(frame), done);
}

void Socket::on_close(std::uint16_t) {
    *alive_ = false;
    base::Shard& shard = session_->shard();
    shard.timers().cancel(expiry_);
    classic_.leave(*this, shard);
}

}  // namespace guildhall::classic
