#pragma once
// Peers: every node that this one is linked with or wants to be: accepts and dials links, keeps at
// most one open link per node, finds nodes by name, and hands frames to whoever deals with their
// kind. One per node, owned by Peering; on the shard of peering.
//
//   accept() / dial -> handshake -> (key log, trust, duplicate) -> open -> closed -> dial again?

#include "node/base/stream.h"
#include "node/peering/link/directory.h"
#include "node/peering/link/discovery.h"
#include "node/peering/link/inbound.h"
#include "node/peering/link/link_metrics.h"
#include "node/peering/link/node_address.h"
#include "node/peering/link/session.h"

#include <array>
#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

namespace guildhall::peering {

/// Told of links. Outlives Peers' last call: it ends with shut_down().
class PeerObserver {
  public:
    virtual ~PeerObserver() = default;
    /// The peer may be asked and asks from now on. Also after a link took the place of another,
    /// when on_closed() came first.
    virtual void on_open(const std::shared_ptr<Peer>&) {}
    virtual void on_closed(const std::shared_ptr<Peer>&) {}
};

class Peers final : private SessionOwner {
  public:
    explicit Peers(Context& ctx);
    ~Peers() override;
    Peers(const Peers&) = delete;
    Peers& operator=(const Peers&) = delete;

    // -- Before start -----------------------------------------------------------------------------

    /// Deals with every frame of a kind, in order of arrival, synchronously: what takes time is
    /// spawned and keeps the Inbound. A kind without a handler is answered with unsupported.
    template <class Body>
    void handle(std::function<void(Inbound, Body)> handler) {
        handlers_[kind_of<Body>()] = [handler = std::move(handler)](Inbound inbound,
                                                                    federation::FrameBody body) {
            handler(std::move(inbound), std::get<Body>(std::move(body)));
        };
    }
    void observe(PeerObserver& observer) { observers_.push_back(&observer); }

    // -- Links ------------------------------------------------------------------------------------

    /// A connection from whoever dialed, by TCP or WebSocket; `from` is who a trusted proxy says
    /// that it is.
    void accept(std::unique_ptr<base::ByteStream> stream,
                std::optional<base::Endpoint> from = std::nullopt);

    /// Dials the nodes whose versions were others when this one last ran: it may have been updated.
    void start();

    /// Null for a node that has no link, is not wanted, and was not stored.
    std::shared_ptr<Peer> find(const Hash32& uid);
    /// Keeps a link to the node: dials with backoff (1 s to 300 s, full jitter, reset by inbound
    /// contact and by a link that lasted 30 s) until unwant() was called as often. Endpoints: those
    /// stored, and `hints`.
    void want(const Hash32& uid, const std::vector<std::string>& hints = {});
    void unwant(const Hash32& uid);
    /// An open link now: the one there is, or one dial without waiting for the backoff. 503 when it
    /// cannot be reached within `limit`.
    Task<Result<std::shared_ptr<Peer>>> connect(Hash32 uid, Nanos limit);
    /// How long somebody who may wait for `limit` should wait for a node without a link. One that
    /// was linked a moment ago mostly comes back at once; one that is dialed in vain since
    /// gets one short attempt.
    Nanos patience(const Hash32& uid, Nanos limit) const;
    /// By name: discovery (design, c.3) for a node that is not pinned yet. One that was led to by
    /// the same address and is still linked is not dialed again. 400 where the address is this
    /// node's own, 403 where this node keeps that one out, in words for people, 409 where another
    /// node than the one that is meant answers, 503 where none can be reached.
    Task<Result<std::shared_ptr<Peer>>> connect(NodeAddress where, Nanos limit);
    /// Whether it is this node's own by what it calls itself and says of where it can be reached.
    bool is_own(const NodeAddress& where) const;
    const std::vector<std::shared_ptr<Peer>>& open() const { return open_; }
    bool is_linked(const Hash32& uid) const;
    bool is_wanted(const Hash32& uid) const { return wants_.contains(uid); }
    /// Why there can be no link with a node whose versions are others, as of its last hello; empty
    /// without such a reason.
    std::string version_trouble(const Hash32& uid) const;
    /// A node that speaks no version of ours is not dialed again for so long: somebody must update
    /// one of the two first, and whoever was updated dials.
    static constexpr Nanos kVersionRetry = std::chrono::minutes(10);

    /// By its label: alice@NAME.
    std::shared_ptr<Peer> by_name(std::string_view name);
    Directory& directory() { return directory_; }
    LinkMetrics& metrics() { return metrics_; }
    /// Newer keys of a node, which another one showed: a link by older ones ends.
    void learn(const Hash32& uid, const federation::KeyLog& log);
    /// Whether the name that the node claims is its own; at once in closed networks. Ends when that
    /// is known.
    Task<void> prove(Hash32 uid);
    const Hash32& own_uid() const { return ctx_.identity.uid; }

    /// Says goodbye to all and takes no more links; ends when they are gone, or after two seconds.
    Task<void> shut_down();

  private:
    friend class Peer;

    using Handler = std::function<void(Inbound, federation::FrameBody)>;
    using Connected = Result<std::shared_ptr<Peer>>;
    struct Held {
        std::shared_ptr<Session> session;
        std::uint64_t number = 0;
        /// Counted by the limiter until its handshake ended.
        bool unfinished = false;
    };
    struct Clash {
        std::string why;
        Nanos at{};
    };
    struct Want {
        unsigned count = 0;
        std::vector<std::string> hints;
        unsigned attempts = 0;
        base::TimerId retry;
    };
    /// One dial of a node, for all who wait for it.
    struct Dial {
        std::optional<Connected> result;
        std::vector<base::Wake> waits;
    };

    template <class Body>
    static constexpr std::size_t kind_of() {
        return []<class... All>(std::variant<All...>*) {
            std::size_t at = 0;
            (void)((std::is_same_v<Body, All> || (++at, false)) || ...);
            return at;
        }(static_cast<federation::FrameBody*>(nullptr));
    }

    void on_established(Session& session, federation::Established who) override;
    void on_received(Session& session, federation::Received received) override;
    void on_ended(Session& session, const federation::Closed& closed) override;
    void on_finished(Session& session) override;

    std::shared_ptr<Session> begin(std::unique_ptr<base::ByteStream> stream,
                                   federation::LinkRole role,
                                   std::optional<Hash32> expected,
                                   bool unfinished);
    bool may_begin(const base::Endpoint& from, bool& counted);
    void end_handshake(Session& session);
    /// In the order in which they began, which is not that of the map.
    std::vector<std::shared_ptr<Session>> sessions() const;
    federation::Problem judge(const federation::Established& who);
    bool takes_over(const Peer& peer, const Session& session, const federation::BootId& boot) const;
    void take_link(const std::shared_ptr<Peer>& peer, Session& session);
    void announce(const std::shared_ptr<Peer>& peer);
    void detach(const std::shared_ptr<Peer>& peer);
    std::shared_ptr<Peer> get(const Hash32& uid);
    void forget_idle();
    void strike(Peer& peer, std::string_view why);
    void tell_held(Peer& peer);
    void note_clash(const federation::VersionClash& clash);
    /// It is linked.
    void end_clash(const Peer& peer);
    Task<void> dial_clashed();
    void leave_clashed(const Hash32& uid);
    bool clashed_lately(const Hash32& uid) const;
    federation::Hello hello() const;

    // peers_dial.cpp
    void dial_later(const Hash32& uid);
    void dial_after(const Peer& peer, const federation::Closed& closed);
    void dial_later(const Hash32& uid, Nanos delay);
    Task<void> dial_wanted(Hash32 uid);
    Task<void> run_dial(Hash32 uid, std::shared_ptr<Dial> dial);
    Task<void> run_dial(NodeAddress where, std::shared_ptr<Dial> dial);
    void finish_dial(const Hash32& uid, Connected result);
    Task<Connected> until_dialed(std::shared_ptr<Dial> dial, Nanos limit);
    Task<Connected> find_at(NodeAddress where, Nanos limit);
    Task<Connected> dial_all(std::optional<Hash32> uid,
                             std::vector<std::string> endpoints,
                             base::Deadline deadline);
    Task<Connected> dial_one(std::optional<Hash32> uid,
                             std::string endpoint,
                             base::Deadline deadline);
    Task<Connected> dial_name(std::string host, base::Deadline deadline);
    Task<Connected> dial_port(std::string host, std::uint16_t port, base::Deadline deadline);
    std::optional<Error> why_not(const Hash32& uid) const;

    Context& ctx_;
    Directory directory_;
    Discovery discovery_;
    LinkMetrics metrics_;
    const federation::BootId boot_id_;
    std::array<Handler, std::variant_size_v<federation::FrameBody>> handlers_;
    std::vector<PeerObserver*> observers_;
    federation::HandshakeLimiter limiter_;
    /// Lines about nodes that wait for the operator: identities cost nothing.
    federation::TokenBucket held_lines_;
    std::map<Session*, Held> sessions_;
    std::uint64_t last_session_ = 0;
    std::map<Hash32, std::shared_ptr<Peer>> peers_;
    std::vector<std::shared_ptr<Peer>> open_;
    std::map<Hash32, Want> wants_;
    std::map<Hash32, std::shared_ptr<Dial>> dials_;
    /// Dials of addresses, and to whom they led while that node is linked; kLedMax of them.
    std::map<std::string, std::shared_ptr<Dial>> address_dials_;
    std::map<std::string, Hash32> led_to_;
    /// Nodes that speak no version of ours; kClashesMax of them.
    std::map<Hash32, Clash> clashes_;
    /// Those of the last run that are wanted until they have said which versions they speak now.
    std::set<Hash32> clashed_before_;
    base::TimerId leave_clashed_;
    /// Dials under way, of all kinds.
    std::size_t dialing_ = 0;
    bool stopping_ = false;
};

}  // namespace guildhall::peering
