#pragma once
// Fellows: links with other mirrors of a guild, made for a purpose. By need: when history is missed
// and nobody with a link has it, such as after the host died, the successors and the homes of
// members are dialed where they were known to be. For gossip: now and then a mirror that has no
// link with another one makes one and says what the host told it, so that a host that shows two
// histories is found out. At most three links for a guild are made so. Owned by Peering; on the
// shard of peering.

#include "node/peering/mirror/mirror.h"

#include <map>
#include <vector>

namespace guildhall::peering {

class Mirrors;

class Fellows {
  public:
    Fellows(Context& ctx, Peers& peers, Mirrors& mirrors);
    ~Fellows();
    Fellows(const Fellows&) = delete;
    Fellows& operator=(const Fellows&) = delete;

    /// Begins to gossip.
    void start();
    /// True when there is a link with a mirror of the guild that was not there before.
    Task<bool> find(std::shared_ptr<Mirror> mirror);

  private:
    struct Candidate {
        Hash32 uid{};
        std::vector<std::string> endpoints;
    };

    std::vector<Candidate> candidates(const Mirror& mirror) const;
    Task<bool> connect(std::shared_ptr<Mirror> mirror, std::size_t wanted);
    void round_later();
    Task<void> gossip();

    Context& ctx_;
    Peers& peers_;
    Mirrors& mirrors_;
    /// When links were looked for last, by guild; as many as there are mirrors.
    std::map<protocol::GuildId, Nanos> tried_;
    base::TimerId timer_;
};

/// Nodes that mirror the guild, as its log says, but for this one and the host, ascending: the
/// successors and the homes of members.
std::vector<Hash32> fellows_of(const protocol::GuildState& state, const Hash32& own_uid);

}  // namespace guildhall::peering
