#include "node/peering/link/inbound.h"

#include "node/peering/link/session.h"

namespace guildhall::peering {

Inbound::Inbound(std::shared_ptr<Peer> from,
                 std::weak_ptr<Session> by,
                 std::uint64_t id,
                 federation::TrafficClass traffic_class,
                 std::size_t cost)
    : from_(std::move(from)), by_(std::move(by)), id_(id), class_(traffic_class), cost_(cost) {}

Inbound::Inbound(Inbound&& other) noexcept
    : from_(std::move(other.from_)),
      by_(std::move(other.by_)),
      id_(other.id_),
      class_(other.class_),
      cost_(std::exchange(other.cost_, 0)) {}

Inbound& Inbound::operator=(Inbound&& other) noexcept {
    if (this == &other) return *this;
    give_back();
    from_ = std::move(other.from_);
    by_ = std::move(other.by_);
    id_ = other.id_;
    class_ = other.class_;
    cost_ = std::exchange(other.cost_, 0);
    return *this;
}

Inbound::~Inbound() { give_back(); }

void Inbound::give_back() {
    const std::size_t cost = std::exchange(cost_, 0);
    if (cost == 0) return;
    if (const auto by = by_.lock()) by->grant(class_, cost);
}

bool Inbound::reply(federation::FrameBody body) const {
    if (id_ == 0) return false;
    const auto by = by_.lock();
    return by && by->send({id_, std::move(body)}) == federation::SendResult::queued;
}

void Inbound::refuse(federation::ProblemCode code, std::string text, std::uint32_t retry_ms) const {
    if (id_ == 0) return;
    const auto by = by_.lock();
    if (by) by->send({id_, federation::Problem{code, std::move(text), retry_ms, by->wall_ms()}});
}

void Inbound::refuse(const federation::Denied& denied) const {
    refuse(denied.code, std::string(name_of(denied.code)), denied.retry_ms);
}

}  // namespace guildhall::peering
