#pragma once
// BlobCopies: which files of other nodes this one keeps a copy of, how much room they take, and
// when each was last asked for: when they are too many, the least used go first. A copy whose
// message was deleted goes at once. The files are BlobFiles', the times rows of `remote_blobs`.
// Owned by Blobs; on the shard of peering.

#include "node/base/timer.h"
#include "node/peering/context.h"
#include "node/services/blobs.h"

#include <map>
#include <set>
#include <utility>

namespace guildhall::peering {

class BlobCopies {
  public:
    BlobCopies(Context& ctx, services::BlobFiles& files, std::uint64_t bytes_max);
    ~BlobCopies();
    BlobCopies(const BlobCopies&) = delete;
    BlobCopies& operator=(const BlobCopies&) = delete;

    /// Finds what is on the disk since the last run.
    base::Task<void> load();

    /// Whether there is a copy; it counts as used then.
    bool use(const federation::Hash32& key);
    /// A copy came; others go where there is no room.
    base::Task<void> add(federation::Hash32 key, std::uint64_t size, bool image);
    /// It is no copy any more, but this node's own file now.
    base::Task<void> give_up(federation::Hash32 key);
    /// A message went: soon the copies that none names any more go, too.
    void sweep_soon();

    std::uint64_t bytes() const { return bytes_; }
    std::size_t count() const { return copies_.size(); }

  private:
    struct Copy {
        std::uint64_t size = 0;
        protocol::UnixMs used_ms = 0, stored_ms = 0;
        bool image = false;
    };
    using Copies = std::map<federation::Hash32, Copy>;

    bool take_out(const federation::Hash32& key);
    base::Task<void> erase_row(federation::Hash32 key);
    void remember(const federation::Hash32& key, const Copy& copy);
    base::Task<void> store_row(federation::Hash32 key, Copy copy);
    base::Task<void> remove(federation::Hash32 key);
    base::Task<void> sweep();

    Context& ctx_;
    services::BlobFiles& files_;
    const std::uint64_t bytes_max_;
    Copies copies_;
    std::set<std::pair<protocol::UnixMs, federation::Hash32>> by_use_;
    std::uint64_t bytes_ = 0;
    base::TimerId sweep_;
};

}  // namespace guildhall::peering
