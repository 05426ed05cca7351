#pragma once
// Random things that happen in a guild, as events: posting, editing, deleting one and many,
// reacting, pinning, roles, channels, members, invites. Seeded; one thread.

#include "tests/unit/journal/mirror_support.h"

#include <map>
#include <set>
#include <string>
#include <tuple>
#include <vector>

namespace guildhall::tests {

class Workload {
  public:
    Workload(JournalNode& host, protocol::GuildId guild, std::uint64_t seed)
        : host_(host), guild_(guild), rng_(seed) {}

    /// One decision; throws when it is refused.
    void step();
    void steps(int count) {
        for (int i = 0; i < count; ++i) step();
    }
    protocol::ChannelId add_channel();
    protocol::MessageId post(protocol::ChannelId channel);
    const std::vector<protocol::ChannelId>& channels() const { return channels_; }

  private:
    void commit(protocol::Event event);
    void in_channel(protocol::ChannelId channel, std::uint64_t what);
    void on_messages(protocol::ChannelId channel, std::uint64_t what);
    void in_guild(std::uint64_t what);
    protocol::UserId some_user() { return protocol::UserId(1000 + rng_.below(6)); }

    JournalNode& host_;
    protocol::GuildId guild_;
    base::SeededRng rng_;
    std::vector<protocol::ChannelId> channels_;
    std::map<protocol::ChannelId, std::vector<protocol::MessageId>> messages_;
    /// What each says now.
    std::map<protocol::MessageId, protocol::Message> said_;
    std::vector<protocol::RoleId> roles_;
    /// As the service knows them: nobody reacts twice with one emoji.
    std::set<std::tuple<protocol::MessageId, std::string, protocol::UserId>> reactions_;
    int count_ = 0;
};

}  // namespace guildhall::tests
