#pragma once
// Peers: every node that this one is linked with or wants to be: accepts and dials links, keeps at
// most one open link per node, finds nodes by name, and hands frames to whoever deals with their
// kind. One per node, owned by Peering; on the shard of peering.

#include "node/base/stream.h"
#include "node/peering/inbound.h"
#include "node/peering/node_address.h"

#include <array>
#include <functional>
#include <memory>
#include <variant>
#include <vector>

namespace guildhall::peering {

/// Told of links.
class PeerObserver {
  public:
    virtual ~PeerObserver() = default;
    virtual void on_open(const std::shared_ptr<Peer>&) {}
    virtual void on_closed(const std::shared_ptr<Peer>&) {}
};

class Peers {
  public:
    explicit Peers(Context& ctx);
    ~Peers();

    // -- Before start
    // ------------------------------------------------------------------------------

    /// Deals with every frame of a kind, in order of arrival, synchronously: what takes time is
    /// spawned and keeps the Inbound. A kind without a handler is answered with unsupported.
    template <class Body>
    void handle(std::function<void(Inbound, Body)> handler);
    void observe(PeerObserver& observer);

    // -- Links
    // -------------------------------------------------------------------------------------

    /// A connection from whoever dialed, by TCP or WebSocket.
    void accept(std::unique_ptr<base::ByteStream> stream);

    /// Null for a node that has no link, is not wanted, and was not stored.
    std::shared_ptr<Peer> find(const Hash32& uid) const;
    /// Keeps a link to the node: dials with backoff (1 s to 300 s, full jitter, reset by inbound
    /// contact) until unwant() was called as often. Endpoints: those stored, and `hints`.
    void want(const Hash32& uid, const std::vector<std::string>& hints = {});
    void unwant(const Hash32& uid);
    /// An open link now: the one there is, or one dial without waiting for the backoff. 503 when it
    /// cannot be reached within `limit`.
    Task<Result<std::shared_ptr<Peer>>> connect(Hash32 uid, Nanos limit);
    /// By name: discovery (design, c.3) for a node that is not pinned yet.
    Task<Result<std::shared_ptr<Peer>>> connect(NodeAddress where, Nanos limit);
    const std::vector<std::shared_ptr<Peer>>& open() const;

    /// By uid, its name, and what is stored of it: alice@NAME.
    std::shared_ptr<Peer> by_name(std::string_view name) const;
};

}  // namespace guildhall::peering
