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
#include "node/base/task.h"
#include "node/base/timer.h"

#include <deque>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::peering {

using base::Nanos;
using base::Result;
using base::Status;
using base::Task;
using federation::Hash32;

struct Context;
class Session;

/// The answers to one request, in order: one for most, several for snapshots and blobs. Dropping it
/// gives the request up.
class Answers {
  public:
    virtual ~Answers() = default;
    /// The next one. A problem frame is an error with its code and text (problem.h maps codes to
    /// API statuses); 503 when the link is lost, 504 when `limit` has passed.
    virtual Task<Result<federation::FrameBody>> next(Nanos limit) = 0;
};

class Peer : public std::enable_shared_from_this<Peer> {
  public:
    Peer(Context& ctx, const Hash32& uid);
    ~Peer();
    Peer(const Peer&) = delete;
    Peer& operator=(const Peer&) = delete;

    const Hash32& uid() const { return uid_; }
    /// Its users are alice@name: the name that is pinned to its uid; empty while it has shown none.
    const std::string& name() const { return name_; }
    /// The key log that it showed last, as KeyChain accepted it; nothing before its first link.
    const std::optional<federation::PeerIdentity>& identity() const { return identity_; }
    const federation::Standing& standing() const { return standing_; }
    federation::PeerPolicy& policy() { return policy_; }
    /// A link is open and the peer may act.
    bool is_open() const;
    std::optional<Nanos> round_trip() const;

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
};

}  // namespace guildhall::peering
