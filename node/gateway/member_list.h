#pragma once
// MemberList: the member list of a channel as user clients show it (op 14 and 37): hoisted roles
// from the highest down, then the others who are online, then who is offline, each by name. Put
// together in steps of bounded work, because a guild may have hundreds of thousands of members and
// its shard has other sessions: members are collected in sorted runs, then the runs are merged.
// Works on one snapshot of the guild. On the shard of the sessions that asked.

#include "node/gateway/presences.h"
#include "node/gateway/requests.h"
#include "node/gateway/world.h"
#include "protocol/guild_state.h"

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::protocol {
class JsonWriter;
}

namespace guildhall::gateway {

/// "everyone", or the hash of who is shown and hidden the channel.
std::string member_list_id(const protocol::GuildState& state, const protocol::Channel& channel);

class MemberList {
  public:
    MemberList(protocol::GuildSnapshot state, protocol::ChannelId channel);

    bool is_ready() const { return phase_ == Phase::ready; }
    /// Does a bounded part of what is left; false when the list is ready.
    bool step(const World& world, const Presences& presences);
    /// The data of GUILD_MEMBER_LIST_UPDATE with a SYNC of each range; of a ready list.
    std::string write(const World& world,
                      const Presences& presences,
                      const std::vector<Subscription::Range>& ranges) const;

  private:
    enum class Phase { collect, merge, ready };
    struct Group {
        std::string id;
        std::size_t count;
    };
    struct Row {
        std::size_t group;
        /// A copy: profiles may change between two steps.
        std::string name;
        const protocol::Member* member;

        static bool is_before(const Row& a, const Row& b);
    };

    void collect(const World& world, const Presences& presences);
    void end_collecting();
    void merge();
    static bool is_later(const std::vector<Row>& a, const std::vector<Row>& b);
    std::size_t group_of(const protocol::Member& member, bool online) const;
    std::size_t offline() const { return groups_.size() - 1; }
    static void write_group(protocol::JsonWriter& w, const Group& group);
    void write_items(protocol::JsonWriter& w,
                     const World& world,
                     const Presences& presences,
                     std::size_t from,
                     std::size_t to) const;

    const protocol::GuildSnapshot state_;
    const protocol::ChannelId channel_;
    Phase phase_ = Phase::collect;
    /// All that there can be until the list is ready, then those with members.
    std::vector<Group> groups_;
    std::vector<std::pair<protocol::RoleId, std::size_t>> group_of_role_;
    protocol::UserId last_;
    std::vector<std::vector<Row>> runs_;
    std::vector<const protocol::Member*> order_;
    std::size_t online_ = 0, total_ = 0;
};

}  // namespace guildhall::gateway
