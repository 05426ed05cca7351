#pragma once
// Bus: carries what became durable, and ephemera, to the subscribers of every shard. One per node.
// Subscribing happens before the shards start; publishing from any thread. Each shard sees what one
// thread published in that order. A subscriber lives as long as the Bus.

#include "node/base/shard.h"
#include "node/journal/committed.h"

#include <vector>

namespace guildhall::journal {

/// Called on its shard only.
class Subscriber {
  public:
    virtual ~Subscriber() = default;
    virtual void on_committed(const Committed&) {}
    virtual void on_notice(const Notice&) {}
    virtual void on_guild(const GuildChange&) {}
    virtual void on_ephemeral(const Ephemeral&) {}
};

class Bus {
  public:
    explicit Bus(base::Shards& shards) : shards_(shards), subscribers_(shards.count()) {}
    Bus(const Bus&) = delete;
    Bus& operator=(const Bus&) = delete;

    /// In the order in which they are to be called; the shard's View first.
    void subscribe(unsigned shard, Subscriber& subscriber);

    /// Delivers on `here` at once and posts to every other shard before that.
    void publish(base::Shard& here, SharedBatch batch);
    void publish(base::Shard& here, SharedNotices notices);
    void publish(base::Shard& here, SharedGuildChange change);
    void publish_ephemeral(base::Shard& here, Ephemeral ephemeral);

  private:
    template <class Deliver>
    void everywhere(base::Shard& here, Deliver deliver);

    base::Shards& shards_;
    std::vector<std::vector<Subscriber*>> subscribers_;
};

}  // namespace guildhall::journal
