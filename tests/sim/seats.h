#pragma once
// Seats: who hosts the guild, as it changes during a run. No epoch has two hosts; a host that was
// handed the guild has all that was acknowledged, and one that took it over has what every
// successor had when the last one was lost. What else went with that is struck from the ledger:
// it may be gone, and need not. One thread.

#include "tests/sim/archive.h"
#include "tests/sim/ledger.h"
#include "tests/sim/plant.h"

#include <map>
#include <set>
#include <string>
#include <vector>

namespace guildhall::sim {

class Seats {
  public:
    Seats(tests::FedNodes& world, Ledger& ledger, Plant plant)
        : world_(world), ledger_(ledger), plant_(plant) {}

    /// The guild is there, on the first node; `heirs` may host it after that.
    void begin(protocol::GuildId guild, std::vector<std::size_t> heirs);
    /// Looks who hosts; what is wrong with that, or nothing. `channels` are all there are.
    std::string look(const std::vector<std::string>& channels);
    /// The host is about to be lost: what all successors have must survive.
    void note_loss();

    std::size_t host() const { return host_; }
    std::uint64_t epoch() const { return epoch_; }
    /// What a node of an earlier epoch answers may be lost.
    std::uint64_t epoch_of_takeover() const { return epoch_of_takeover_; }
    bool has_changed() const { return epoch_ > 0; }
    const std::vector<std::size_t>& heirs() const { return heirs_; }
    /// Of how many changes of host sessions should have heard.
    unsigned takeovers() const { return takeovers_; }

  private:
    std::string take_over(std::size_t node, const std::vector<std::string>& channels);
    std::string strike(Said& said, const std::map<std::string, std::string>& kept);

    tests::FedNodes& world_;
    Ledger& ledger_;
    const Plant plant_;
    protocol::GuildId guild_;
    std::vector<std::size_t> heirs_;
    std::map<std::uint64_t, std::size_t> by_epoch_;
    std::size_t host_ = 0;
    std::uint64_t epoch_ = 0;
    std::uint64_t epoch_of_takeover_ = 0;
    unsigned takeovers_ = 0;
    /// Ids of messages that every successor had.
    std::set<std::string> safe_;
};

}  // namespace guildhall::sim
