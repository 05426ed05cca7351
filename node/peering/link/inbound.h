#pragma once
// Inbound: one frame of a peer on its way through its handler. Its credit goes back to the peer
// when this is destroyed, so a handler that keeps it while it works slows that peer down and nobody
// else. Move only; on the shard of peering.

#include "node/peering/link/peer.h"

#include <cstdint>
#include <memory>
#include <utility>

namespace guildhall::peering {

/// Said with `busy` about what passes soon.
inline constexpr std::uint32_t kBusyRetryMs = 1'000;

class Inbound {
  public:
    /// The answer goes back by the link that the frame came by: another has other numbers.
    Inbound(std::shared_ptr<Peer> from,
            std::weak_ptr<Session> by,
            std::uint64_t id,
            federation::TrafficClass traffic_class,
            std::size_t cost);
    Inbound(Inbound&& other) noexcept;
    Inbound& operator=(Inbound&& other) noexcept;
    ~Inbound();

    Peer& peer() const { return *from_; }
    const std::shared_ptr<Peer>& shared_peer() const { return from_; }
    /// Whether the peer waits for an answer.
    bool wants_answer() const { return id_ != 0; }
    /// Answers, if an answer is wanted; may be called several times. False when it could not be
    /// queued.
    bool reply(federation::FrameBody body) const;
    void refuse(federation::ProblemCode code, std::string text, std::uint32_t retry_ms = 0) const;
    void refuse(const federation::Denied& denied) const;

  private:
    void give_back();

    std::shared_ptr<Peer> from_;
    std::weak_ptr<Session> by_;
    std::uint64_t id_ = 0;
    federation::TrafficClass class_ = federation::TrafficClass::control;
    std::size_t cost_ = 0;
};

}  // namespace guildhall::peering
