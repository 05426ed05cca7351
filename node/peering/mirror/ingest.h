#pragma once
// Ingest: entries of a mirror on their way from the link to the journal: the tree (MirrorLog), then
// what they say (EntryJudge), then the transaction, then the word to the host that they are
// durable. One batch of a log at a time; a batch of a channel waits for the control entries under
// which it was decided. What cannot be true freezes the guild. Owned by Mirrors; on the shard of
// peering.

#include "node/peering/mirror/mirror.h"

namespace guildhall::peering {

struct Judged;

class Ingest {
  public:
    Ingest(Context& ctx, Mirrors& mirrors) : ctx_(ctx), mirrors_(mirrors) {}

    void arrive(const std::shared_ptr<Mirror>& mirror, Inbound from, federation::Append batch);
    /// Goes on with a log that somebody held (Mirror::acquire).
    void release(const std::shared_ptr<Mirror>& mirror, FollowedLog& log);

  private:
    Task<void> work(std::shared_ptr<Mirror> mirror, FollowedLog& log);
    Task<void> take(std::shared_ptr<Mirror> mirror, FollowedLog& log, Arrived arrived);
    Task<bool> control_came(std::shared_ptr<Mirror> mirror, FollowedLog& log, Arrived& arrived);
    Task<Judged> judge(std::shared_ptr<Mirror> mirror,
                       const FollowedLog& log,
                       const std::vector<federation::VerifiedEntry>& entries);
    Task<bool> write(std::shared_ptr<Mirror> mirror,
                     FollowedLog& log,
                     const federation::Append& batch,
                     const federation::Appended& appended,
                     const Judged& judged,
                     const federation::MirrorLog& before);
    void refuse(const std::shared_ptr<Mirror>& mirror,
                FollowedLog& log,
                const federation::Refusal& refusal);

    Context& ctx_;
    Mirrors& mirrors_;
};

}  // namespace guildhall::peering
