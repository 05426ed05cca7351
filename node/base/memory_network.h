#pragma once
// A network in memory, for tests and the simulation: hosts by address, connections that are slow,
// cut, partitioned or read in pieces, all from one seed. Connections are TCP as programs see it:
// bytes arrive in order or the connection is lost; what a partition holds back arrives after it.
// Owned by the test, outlives its hosts. All shards that use it are run by one thread.

#include "node/base/network.h"

#include <cstdint>
#include <memory>

namespace guildhall::base {

/// What happens to everything that is sent, until it is set anew.
struct MemoryFaults {
    /// How long a piece travels, one way; pieces of one direction never overtake each other.
    Nanos delay_min{0};
    Nanos delay_max{0};
    /// Of 1,000 dials, how many are never answered.
    unsigned dial_loss_permille = 0;
    /// Of 1,000 pieces, how many find that their connection is lost.
    unsigned cut_permille = 0;
    /// Pieces have random sizes up to this; 1 gives the reader every byte alone.
    std::size_t piece_bytes_max = 64 * 1024;
};

class MemoryNetwork {
  public:
    explicit MemoryNetwork(std::uint64_t seed);
    ~MemoryNetwork();
    MemoryNetwork(const MemoryNetwork&) = delete;
    MemoryNetwork& operator=(const MemoryNetwork&) = delete;

    void set_faults(const MemoryFaults& faults);

    /// The network as the host at `ip` has it. Destroying it crashes the host; before its shards.
    std::unique_ptr<Network> host(const IpAddress& ip, Shards& shards);

    /// Nothing passes in this one direction; dials in either are not answered.
    void block(const IpAddress& from, const IpAddress& to);
    /// Both directions.
    void partition(const IpAddress& a, const IpAddress& b);
    /// No two hosts are blocked any more; what was held back arrives.
    void heal();

    /// The connections between two hosts are lost.
    void cut(const IpAddress& a, const IpAddress& b);
    /// All connections and listeners of a host are lost.
    void crash(const IpAddress& ip);

    /// Open now.
    std::size_t connections() const;

  private:
    struct Core;
    class Connection;
    class Host;
    class HostListener;

    // Shared with the dials under way, which may end after this.
    std::shared_ptr<Core> core_;
};

}  // namespace guildhall::base
