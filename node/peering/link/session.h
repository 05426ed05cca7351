#pragma once
// Session: a ByteStream and the federation::Link that speaks on it. Reads what comes, writes what
// the link gives, calls it when a deadline has come, and hands its events to an owner. Holds at
// most one output of the link (limits::kOutputBytes) that the socket did not take yet.
//
// Owned by Peers, which keeps it until on_finished(); Inbound and Answers hold it weakly. On the
// shard of peering.

#include "federation/link.h"
#include "node/base/stream.h"
#include "node/base/wait.h"
#include "node/peering/context.h"
#include "node/peering/link/link_row.h"
#include "node/peering/link/peer.h"

#include <map>
#include <memory>
#include <string>
#include <vector>

namespace guildhall::peering {

class Inbound;
class Session;

/// None of these may destroy the session that calls.
class SessionOwner {
  public:
    virtual void on_established(Session& session, federation::Established who) = 0;
    /// A question or something that nobody asked for; answers go to who waits for them.
    virtual void on_received(Session& session, federation::Received received) = 0;
    /// The link is closed: nothing more comes, nothing more is sent.
    virtual void on_ended(Session& session, const federation::Closed& closed) = 0;
    /// The goodbye is written, or was given up: the session has no use any more.
    virtual void on_finished(Session& session) = 0;

    virtual ~SessionOwner() = default;
};

class Session : public std::enable_shared_from_this<Session> {
  public:
    /// Why a dial was not kept, or whom it reached.
    struct Outcome {
        std::shared_ptr<Peer> peer;
        federation::Problem problem;
        /// The other side ended it.
        bool by_peer = false;
    };

    Session(Context& ctx,
            SessionOwner& owner,
            std::unique_ptr<base::ByteStream> stream,
            federation::LinkStart start);
    ~Session();

    void start();
    /// Ends at once; the owner is not told any more.
    void abandon();
    void close(federation::Problem why);

    federation::SendResult send(const federation::Frame& frame);
    /// Null when the link is not open, its queue is full, or too many answers are waited for.
    std::unique_ptr<Answers> ask(federation::FrameBody body);
    void grant(federation::TrafficClass c, std::size_t bytes);
    /// False when the link ended first.
    Task<bool> until_room(federation::TrafficClass c, std::size_t bytes);

    federation::Link& link() { return link_; }
    federation::LinkRole role() const { return role_; }
    base::Nanos started() const { return started_; }
    bool is_ended() const { return ended_; }
    base::Endpoint remote() const { return remote_; }
    protocol::UnixMs wall_ms() const { return ctx_.clock.unix_ms(); }

    /// Set by the owner when the link is established; from here on it counts in the peer's row,
    /// which stays until the session is abandoned.
    void set_peer(std::shared_ptr<Peer> peer, LinkRow& row);
    const std::shared_ptr<Peer>& peer() const { return peer_; }
    /// What became of it, for who dialed: set once, by settle_dial().
    Task<std::optional<Outcome>> until_settled(base::Deadline deadline);
    void settle_dial(Outcome outcome);

  private:
    struct Pending;
    class PendingAnswers;
    struct RoomWait {
        federation::TrafficClass traffic_class;
        std::size_t bytes;
        base::Wake wake;
    };

    void on_readable();
    bool read_turn();
    void wait_readable();
    void settle();
    void handle_events();
    void on_event(federation::Received received);
    void flush();
    bool write_output();
    void arm();
    void settle_soon();
    void lost(std::string why);
    void end(const federation::Closed& closed);
    void finish();
    void wake_room();
    void forget(std::uint64_t id);
    void lose_answers();
    void count_in(std::size_t bytes);
    void count_out(std::size_t bytes);
    void note_round_trip();
    base::Nanos now() const { return ctx_.clock.now(); }

    Context& ctx_;
    SessionOwner* owner_;
    std::unique_ptr<base::ByteStream> stream_;
    const federation::LinkRole role_;
    const base::Nanos started_;
    const base::Endpoint remote_;
    federation::Link link_;
    std::shared_ptr<Peer> peer_;
    /// What the link gave and the socket did not take.
    std::string output_;
    std::size_t written_ = 0;
    /// The socket was full.
    bool waits_for_socket_ = false;
    base::TimerId timer_;
    bool settle_posted_ = false;
    bool settling_ = false;
    bool ended_ = false;
    /// Null until it is known whose the bytes are.
    LinkRow* row_ = nullptr;
    std::uint64_t early_in_ = 0, early_out_ = 0;
    std::optional<base::Nanos> told_round_trip_;
    std::map<std::uint64_t, std::shared_ptr<Pending>> pending_;
    std::vector<RoomWait> room_waits_;
    std::optional<Outcome> outcome_;
    std::vector<base::Wake> outcome_waits_;
};

}  // namespace guildhall::peering
