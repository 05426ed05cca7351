#pragma once
// Egress: sends peers what is new in the logs that they follow. One pump per feed runs while there
// is something to send: it takes a log, reads a batch from where the peer stands, waits until the
// link takes it, sends it. New entries, catching up and the first batch of a log are the same code.
// A log that is behind leaves most of the link's queue to those that are not, so that what is said
// now does not wait for the past. Owned by HostSide; on the shard of peering.

#include "node/peering/host/feed.h"
#include "node/peering/host/host_metrics.h"
#include "node/peering/host/log_batches.h"

#include <memory>

namespace guildhall::peering {

class EgressOwner {
  public:
    /// The peer was sent all of a guild that it may have still.
    virtual void on_all_sent(const std::shared_ptr<Feed>& feed, protocol::GuildId guild) = 0;

  protected:
    ~EgressOwner() = default;
};

class Egress {
  public:
    Egress(Context& ctx, LogBatches& batches, HostMetrics& metrics)
        : ctx_(ctx), batches_(batches), metrics_(metrics) {}
    void set_owner(EgressOwner& owner) { owner_ = &owner; }

    /// The log may have more for the peer; `is_fresh` when it was up to date before.
    void mark(const std::shared_ptr<Feed>& feed, const LogRef& log, bool is_fresh);
    /// Sends a first batch.
    void open(const std::shared_ptr<Feed>& feed, const LogRef& log, federation::Append opening);

  private:
    void wake(const std::shared_ptr<Feed>& feed);
    base::Task<void> pump(std::shared_ptr<Feed> feed);
    /// False when the link is lost.
    void look_ahead(const Feed& feed);
    base::Task<bool> send_opening(std::shared_ptr<Feed> feed);
    base::Task<bool> send_next(std::shared_ptr<Feed> feed, LogRef log);
    base::Task<bool> send_batch(std::shared_ptr<Feed> feed, LogRef log, SharedLogBatch batch);
    base::Task<void> fail(std::shared_ptr<Feed> feed, LogRef log, protocol::Error error);

    Context& ctx_;
    LogBatches& batches_;
    HostMetrics& metrics_;
    EgressOwner* owner_ = nullptr;
};

}  // namespace guildhall::peering
