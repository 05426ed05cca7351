#pragma once
// MemberDesk: takes the requests whose cost follows the size of a guild (op 8, 14 and 37) and
// decides how much of it a session may have: everybody of a guild once in half a minute, searches
// and lists up to a number of members looked at in a few seconds. Lists of large guilds are kept
// that long and shared by who asks. What is refused is answered with RATE_LIMITED. Owned by Hub;
// on its shard.

#include "node/base/clock.h"
#include "node/gateway/member_list.h"
#include "node/gateway/presences.h"
#include "node/gateway/requests.h"
#include "node/gateway/world.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace guildhall::gateway {

class MemberDesk {
  public:
    MemberDesk(World& world, const Presences& presences) : world_(world), presences_(presences) {}
    MemberDesk(const MemberDesk&) = delete;
    MemberDesk& operator=(const MemberDesk&) = delete;

    // The answers come by pumps of the session.
    void request(Session& session, const MembersRequest& request);
    void subscribe(Session& session, const Subscription& subscription);
    /// Forgets what is over.
    void sweep();

    /// The list of a channel, ready or under way. Null when the session asked for too much.
    /// Shared: by the pumps that wait for it and by those that come later.
    std::shared_ptr<MemberList> list(const Session& session,
                                     const protocol::GuildSnapshot& state,
                                     protocol::ChannelId channel);
    void refuse_list(Session& session, protocol::GuildId guild);

    const World& world() const { return world_; }
    const Presences& presences() const { return presences_; }

  private:
    struct Kept {
        protocol::GuildId guild;
        protocol::ChannelId channel;
        base::Nanos until;
        std::shared_ptr<MemberList> list;
    };
    struct Spent {
        base::Nanos until{0};
        std::size_t members = 0;
    };

    /// False when the session has used up its share; what it asks for is counted otherwise.
    bool spend(const Session& session, std::size_t members);
    base::Nanos wait_of(const Session& session) const;
    bool may_have_all(Session& session, const MembersRequest& request, protocol::GuildId guild);

    World& world_;
    const Presences& presences_;
    /// Until when a session has all members of a guild: (session id, guild).
    std::unordered_map<std::string, base::Nanos> full_requests_;
    /// By session id.
    std::unordered_map<std::string, Spent> spent_;
    /// Oldest first.
    std::vector<Kept> lists_;
};

}  // namespace guildhall::gateway
