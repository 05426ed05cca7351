#include "node/peering/link/peer.h"

#include "node/peering/context.h"
#include "node/peering/link/peers.h"
#include "node/peering/link/problem.h"
#include "node/peering/link/session.h"

namespace guildhall::peering {

Peer::Peer(Peers& peers, Context& ctx, const Hash32& uid)
    : peers_(&peers),
      ctx_(ctx),
      uid_(uid),
      policy_(ctx.clock.now()),
      idle_since_(ctx.clock.now()) {}

Peer::~Peer() = default;

bool Peer::is_open() const {
    return session_ && announced_ && session_->link().state() == federation::LinkState::open;
}

std::optional<Nanos> Peer::round_trip() const {
    return session_ ? session_->link().round_trip() : std::nullopt;
}

void Peer::note_clock(protocol::UnixMs its_ms) { clock_apart_ms_ = its_ms - ctx_.clock.unix_ms(); }

bool Peer::send(federation::FrameBody body) {
    return is_open() && session_->send({0, std::move(body)}) == federation::SendResult::queued;
}

std::unique_ptr<Answers> Peer::ask_many(federation::FrameBody body) {
    return is_open() ? session_->ask(std::move(body)) : nullptr;
}

Task<Result<federation::FrameBody>> Peer::ask(federation::FrameBody body, Nanos limit) {
    const auto answers = ask_many(std::move(body));
    if (!answers) co_return unreachable("there is no link to the node");
    co_return co_await answers->next(limit);
}

std::size_t Peer::room(federation::TrafficClass c) const {
    return is_open() ? session_->link().room(c) : 0;
}

Task<bool> Peer::until_room(federation::TrafficClass c, std::size_t bytes) {
    const std::shared_ptr<Session> session = is_open() ? session_ : nullptr;
    if (!session) co_return false;
    co_return co_await session->until_room(c, bytes);
}

void Peer::strike(std::string_view why) {
    if (peers_ != nullptr) peers_->strike(*this, why);
}

void Peer::close(federation::Problem why) {
    if (session_) session_->close(std::move(why));
}

}  // namespace guildhall::peering
