#pragma once
// Peer: another node as this one knows it while it runs: its link when there is one, requests that
// wait for answers, and what it may do. Everything of node/peering runs on one shard (context.h),
// so nothing here is shared between threads.
//
// Owned by Peers; shared with the coroutines that talk to it, which may outlive a peer that was
// forgotten.

#include "federation/frame.h"
#include "federation/link_identity.h"
#include "federation/policy.h"
#include "node/base/clock.h"
#include "node/base/task.h"
#include "protocol/result.h"

#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::peering {

using base::Error;
using base::Nanos;
using base::Result;
using base::Status;
using base::Task;
using federation::Hash32;

struct Context;
class Peers;
class Session;

/// The answers to one request, in order: one for most, several for snapshots and blobs. Dropping it
/// gives the request up.
class Answers {
  public:
    virtual ~Answers() = default;
    /// The next one. A problem frame is an error (problem.h); 503 when the link is lost, 504 when
    /// `limit` has passed.
    virtual Task<Result<federation::FrameBody>> next(Nanos limit) = 0;
};

class Peer : public std::enable_shared_from_this<Peer> {
  public:
    Peer(Peers& peers, Context& ctx, const Hash32& uid);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    const Hash32& uid() const { return uid_; }
    /// Its users are alice@name. A name that was proved to be its own (directory.h), or one made of
    /// its uid, which nobody can claim; empty before its first link.
    const std::string& name() const { return name_; }
    /// The key log that it showed last, as KeyChain accepted it; nothing before its first link.
    const std::optional<federation::PeerIdentity>& identity() const { return identity_; }
    const federation::Standing& standing() const { return standing_; }
    federation::PeerPolicy& policy() { return policy_; }
    /// A link is open and the peer may act.
    bool is_open() const;
    /// The last link was ended because its operator blocks this node.
    bool blocks_us() const { return blocks_us_; }
    std::optional<Nanos> round_trip() const;
    /// How far its clock was ahead of ours when it last said so.
    protocol::UnixMs clock_apart_ms() const { return clock_apart_ms_; }
    /// It said what its clock is, because a command was not of its time.
    void note_clock(protocol::UnixMs its_ms);

    /// Queues a frame without an answer. False when no link is open or the class's queue is full:
    /// what must arrive is sent by cursor or asked for, so that nobody needs to queue here.
    bool send(federation::FrameBody body);
    /// One answer.
    Task<Result<federation::FrameBody>> ask(federation::FrameBody body, Nanos limit);
    /// Null when no link is open or the queue is full.
    std::unique_ptr<Answers> ask_many(federation::FrameBody body);
    /// Bytes that fit the class's queue; 0 without a link.
    std::size_t room(federation::TrafficClass c) const;
    /// Until `bytes` fit the class's queue (limits.h: never more than its size); false when the
    /// link was lost.
    Task<bool> until_room(federation::TrafficClass c, std::size_t bytes);

    /// It did what no honest node does: counted, stored, and the link ends when it was once too
    /// often. `why` goes to the log, never contents.
    void strike(std::string_view why);
    /// Ends the link in order.
    void close(federation::Problem why);

  private:
    friend class Peers;

    /// Null once Peers is gone.
    Peers* peers_;
    Context& ctx_;
    const Hash32 uid_;
    std::string name_;
    std::optional<federation::PeerIdentity> identity_;
    federation::Standing standing_;
    federation::PeerPolicy policy_;
    /// The link that is kept; null without one.
    std::shared_ptr<Session> session_;
    federation::BootId boot_id_{};
    protocol::UnixMs clock_apart_ms_ = 0;
    /// When the link was taken.
    Nanos linked_at_{};
    /// When the operator was last told that it waits for him.
    std::optional<Nanos> held_told_at_;
    /// Observers were told of the link.
    bool announced_ = false;
    /// The last dial failed, and there was no link since.
    bool away_ = false;
    bool blocks_us_ = false;
    /// The last link ended because nothing was heard: who falls silent is not back at once, as who
    /// restarts is.
    bool fell_silent_ = false;
    /// When the last link ended; a peer that nobody needs is forgotten some time later.
    Nanos idle_since_{};
};

}  // namespace guildhall::peering
