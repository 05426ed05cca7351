#pragma once
// Then: who may have hosted a guild, and where its users may have lived, when an entry was decided
// that is older than the state it is held against. What a mirror has of that time is the newest
// state, the hosts of all epochs, the key logs of users who moved, and its own accounts. Where that
// leaves a doubt the answer is the one that believes the host: a guild is never frozen for what
// cannot be known.
//
// Borrows for the length of a check; on the shard of peering.

#include "federation/guild_keys.h"
#include "node/peering/mirror/entry_judge.h"

namespace guildhall::peering {

class Then final : public federation::EntryThen {
  public:
    struct World {
        const protocol::GuildState& state;
        const federation::GuildKeys& keys;
        const journal::View& view;
        const EntryJudge::Place& place;
        /// Of accounts of this node; null when they were not looked up.
        const EntryJudge::Homes* own = nullptr;
    };
    Then(World world, const federation::EntryHeader& header) : world_(world), header_(header) {}

    bool hosted(std::string_view node) const override;
    federation::Lived lived(protocol::UserId user,
                            protocol::FunctionRef<bool(std::string_view)> at) const override;

  private:
    bool lived_by_keys(protocol::UserId user,
                       protocol::FunctionRef<bool(std::string_view)> at) const;

    const World world_;
    const federation::EntryHeader& header_;
};

/// Nodes that a user's key log has named as home, in any order.
std::vector<federation::Hash32> homes_in(const federation::KeyLog& log);

}  // namespace guildhall::peering
