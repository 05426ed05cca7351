#pragma once
// Hearings: what sessions were told, and between which two sizes of the control log their nodes
// then were; against it stands, at the end, who might see what at which size. A node tells its
// users by the state that it has: what nobody may see in any of those states was leaked. One
// thread.

#include "tests/sim/archive.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::sim {

struct Heard {
    std::size_t human = 0;
    protocol::UserId user;
    /// 0: of the guild, and no channel of it.
    protocol::ChannelId channel;
    /// Sizes of the control log where the session's node was before and after; and its epoch.
    std::uint64_t from = 0;
    std::uint64_t to = 0;
    std::uint64_t epoch = 0;
    /// Its epoch before, and its size then, whichever of the two states it was told in.
    std::uint64_t epoch_before = 0;
    std::uint64_t size_before = 0;
    std::string event;
};

class Hearings {
  public:
    void add(Heard heard);
    /// What was told to whom it may not be; or nothing.
    std::string check(const Past& past) const;

  private:
    std::vector<Heard> all_;
};

/// Whether the node held what was never its business: entries of channels, decided after the last
/// moment at which somebody there might see them; or nothing.
std::string check_held(const Past& past, tests::FedNode& node, protocol::GuildId guild);

}  // namespace guildhall::sim
