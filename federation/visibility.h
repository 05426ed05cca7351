#pragma once
// Which logs of a guild the host gives to which node. The rule, for a node X that is not the host:
//   control   while X has a member, or is a successor;
//   admin     while X is a successor, or has a member who may read it: ADMINISTRATOR,
//             VIEW_AUDIT_LOG, BAN_MEMBERS or MANAGE_GUILD;
//   a channel while X is a successor (it must be able to go on with the guild), or has a member
//             who may view the channel and read its history. Categories have no log of their own.
// A banned node gets nothing, whatever its members are until they are removed. Timeouts do not
// count: they take away speaking, not reading.
//
// NodeVisibility keeps the answer for every node and, after each control event, says what changed.
// It is an index over GuildState by home node; the rule itself is may_have(), which it must agree
// with. Sans I/O; owner: the guild's shard on its host; one thread.

#include "protocol/guild_state.h"

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::federation {

/// The rule, from the state alone: a pass over all members. 404-equal where it says no.
bool may_have(const protocol::GuildState& state, std::string_view node_uid, std::uint64_t log_id);
/// All logs of the rule, ascending.
std::vector<std::uint64_t> logs_of(const protocol::GuildState& state, std::string_view node_uid);

/// What a control event gave to and took from one node.
struct VisibilityChange {
    std::string node_uid;
    /// Log ids, ascending.
    std::vector<std::uint64_t> gained, lost;

    friend bool operator==(const VisibilityChange&, const VisibilityChange&) = default;
};

class NodeVisibility {
  public:
    explicit NodeVisibility(const protocol::GuildState& state);

    /// After an event of the control log; `after` is the state that it made. The events of a log
    /// come in order, none left out. Nodes ascending; one that lost everything is known no more.
    std::vector<VisibilityChange> on_event(const protocol::Event& event,
                                           const protocol::GuildState& after);

    bool may_have(std::string_view node_uid, std::uint64_t log_id) const;
    /// Nodes that have any log, the host not among them.
    std::vector<std::string> nodes() const;
    /// Ascending; empty for a node without any.
    std::vector<std::uint64_t> logs(std::string_view node_uid) const;

  private:
    struct Node {
        std::set<protocol::UserId> members;
        std::set<std::uint64_t> logs;
    };

    void place(const protocol::GuildState& state, protocol::UserId user);
    std::string unplace(protocol::UserId user);
    void recompute(const protocol::GuildState& state,
                   const std::string& node_uid,
                   std::vector<VisibilityChange>& changes);
    void recompute_all(const protocol::GuildState& state, std::vector<VisibilityChange>& changes);
    void recompute_channel(const protocol::GuildState& state,
                           protocol::ChannelId channel,
                           std::vector<VisibilityChange>& changes);

    std::map<std::string, Node, std::less<>> nodes_;
    /// Where each member's home is in `nodes_`.
    std::map<protocol::UserId, std::string> homes_;
};

}  // namespace guildhall::federation
