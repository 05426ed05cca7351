#pragma once
// KeyLogs: answers keyLogGet: the log of this node, of the nodes that it knows, and of what others
// add (users). On the shard of peering.

#include "node/peering/link/peers.h"

#include <functional>
#include <optional>
#include <vector>

namespace guildhall::peering {

class KeyLogs {
  public:
    using Source = std::function<Task<std::optional<federation::KeyLog>>(Hash32)>;

    KeyLogs(Context& ctx, Peers& peers);

    /// Before start; asked in the order in which they were added.
    void add(Source source) { sources_.push_back(std::move(source)); }

    /// Makes the directory know a node that only others were linked with: its key log, and the name
    /// under which they know it. Ends when it does, or when nothing is to be had.
    Task<void> meet(std::shared_ptr<Peer> from, Hash32 node);

  private:
    void on_get(Inbound inbound, const Hash32& uid);
    Task<void> answer(Inbound inbound, Hash32 uid);

    Context& ctx_;
    Peers& peers_;
    std::vector<Source> sources_;
};

}  // namespace guildhall::peering
