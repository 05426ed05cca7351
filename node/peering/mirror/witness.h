#pragma once
// Witness: holds heads and evidence that other nodes pass on against what this node's mirrors hold.
// A host that shows different histories to different nodes is found out here. Owned by Mirrors; on
// the shard of peering.

#include "node/peering/mirror/mirror.h"

namespace guildhall::peering {

class Witness {
  public:
    Witness(Context& ctx, Mirrors& mirrors) : ctx_(ctx), mirrors_(mirrors) {}

    void on_heads(const Inbound& from, const federation::frames::Heads& heads);
    void on_evidence(const Inbound& from, const federation::frames::Evidence& evidence);
    /// A host acknowledged a command of this node: what it promised must come to stand where it
    /// said. `bytes` is the signed receipt, which was verified.
    void hold_to(std::shared_ptr<Mirror> mirror, std::string bytes);

    /// Receipts that are waited for; what is beyond is as good as all that was never lied about.
    static constexpr unsigned kReceiptsMax = 1024;

  private:
    void look_at(const std::shared_ptr<Mirror>& mirror, Peer& from, const std::string& bytes);
    /// A head of the past that is not among those remembered: by what is stored.
    Task<void> compare_stored(std::shared_ptr<Mirror> mirror,
                              federation::MirrorLog log,
                              std::string bytes);
    /// Entries that the head promises come on their own, or are asked for.
    Task<void> expect(std::shared_ptr<Mirror> mirror, std::uint64_t log_id, std::uint64_t size);

    Task<void> check_receipt(std::shared_ptr<Mirror> mirror, std::string bytes);

    Context& ctx_;
    Mirrors& mirrors_;
    unsigned receipts_ = 0;
};

}  // namespace guildhall::peering
