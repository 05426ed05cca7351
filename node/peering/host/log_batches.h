#pragma once
// LogBatches: reads what is new in logs for the peers that follow them. Peers that stand at the
// same place share one reading and one batch, so that a commit costs one look into the store,
// whether one mirror follows the guild or a hundred. Owned by HostSide; on the shard of peering.

#include "node/base/task.h"
#include "node/base/wait.h"
#include "node/peering/context.h"
#include "node/peering/host/log_reading.h"

#include <cstdint>
#include <map>
#include <memory>
#include <tuple>
#include <vector>

namespace guildhall::peering {

using SharedLogBatch = std::shared_ptr<const LogBatch>;

class LogBatches {
  public:
    explicit LogBatches(Context& ctx) : ctx_(ctx) {}

    /// As read_batch(). Shared with other readers of the same place.
    base::Task<protocol::Result<SharedLogBatch>> get(federation::Hash32 guild_uid,
                                                     LogRef log,
                                                     std::uint64_t from,
                                                     std::uint64_t until = kWholeLog);
    /// Begins to read what get() will be asked for: several logs at the cost of one reading.
    struct Want {
        federation::Hash32 guild_uid{};
        LogRef log;
        std::uint64_t from = 0;
    };
    void read_ahead(std::vector<Want> wants);
    /// The log has more, or is another: what was read before is not given again.
    void forget(const LogRef& log);
    /// The same for all logs of a guild.
    void forget(protocol::GuildId guild);

  private:
    /// Log, from, until.
    using Place = std::tuple<LogRef, std::uint64_t, std::uint64_t>;
    struct Reading {
        std::vector<base::Wake> waits;
        protocol::Result<SharedLogBatch> result = SharedLogBatch();
        bool is_done = false;
    };

    base::Task<void> read(federation::Hash32 guild_uid, Place place, std::shared_ptr<Reading> into);
    base::Task<void> read_all(std::vector<Want> wants, std::vector<std::shared_ptr<Reading>> into);
    void settle(const Place& place,
                const std::shared_ptr<Reading>& reading,
                protocol::Result<LogBatch> found);
    void remember(const Place& place, SharedLogBatch batch);

    Context& ctx_;
    // Shared with those who wait, who outlast its place here.
    std::map<Place, std::shared_ptr<Reading>> readings_;
    std::map<Place, SharedLogBatch> recent_;
};

}  // namespace guildhall::peering
