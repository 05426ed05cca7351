#pragma once
// View: what a shard knows of the whole node, committed state only: guilds, accounts, sessions,
// applications. Every shard has its own, fed by the Bus, so reads need no lock and no hop. Guild
// states and users are shared immutable objects; only the indexes are per shard.
// Owned by node/app, one per shard; used on that shard only.

#include "node/journal/bus.h"

#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

namespace guildhall::journal {

using protocol::ApplicationId;
using protocol::ChannelId;
using protocol::MessageId;

class View final : public Subscriber {
  public:
    /// Null when there is none, or when it was deleted.
    const GuildSnapshot* guild(GuildId id) const;
    /// The guild of that uid, as nodes name it to each other; 0 when unknown.
    GuildId guild_of_uid(std::string_view uid) const;
    /// The guild that a channel belongs to; 0 when unknown.
    GuildId guild_of(ChannelId channel) const;
    /// The guild that an invite code leads to; 0 when unknown. Expiry is the caller's to check.
    GuildId guild_of_invite(const std::string& code) const;
    /// Ascending.
    const std::vector<GuildId>& guilds_of(UserId user) const;
    /// Hosted where nothing else is known.
    GuildRole role(GuildId guild) const;
    /// There is no link with the node that hosts it. Nothing is known of it just after the start.
    bool is_host_away(GuildId guild) const { return away_.contains(guild); }
    /// Newest message of a channel; 0 when there is none.
    MessageId last_message(ChannelId channel) const;

    const protocol::SharedUser* user(UserId id) const;
    const protocol::AuthSession* session(const protocol::TokenHash& token) const;
    const protocol::SharedApplication* application(ApplicationId id) const;
    /// Ascending by id.
    std::vector<protocol::SharedApplication> applications_of(UserId owner) const;
    const std::vector<protocol::Command>& global_commands(ApplicationId id) const;

    /// `each(const GuildState&)`; in no order.
    template <class Each>
    void for_each_guild(Each each) const {
        for (const auto& [id, state] : guilds_) each(*state);
    }

    std::size_t guild_count() const { return guilds_.size(); }
    std::size_t user_count() const { return users_.size(); }

    // Loading, before the shards start.
    void load_guild(GuildSnapshot state, GuildRole role = GuildRole::hosted);
    void load_last_message(ChannelId channel, MessageId message);
    void load_notice(const Notice& notice) { on_notice(notice); }

    void on_committed(const Committed& entry) override;
    void on_notice(const Notice& notice) override;
    void on_guild(const GuildChange& change) override;

  private:
    struct TokenHasher {
        std::size_t operator()(const protocol::TokenHash& t) const noexcept;
    };

    void index_entry(const Committed& entry);
    void set_role(GuildId guild, GuildRole role);
    void join(UserId user, GuildId guild);
    void leave(UserId user, GuildId guild);
    void forget(const GuildSnapshot& state);

    std::unordered_map<GuildId, GuildSnapshot> guilds_;
    /// Of guilds that this node does not host.
    std::unordered_map<GuildId, GuildRole> roles_;
    /// Of those, the ones whose hosts are away.
    std::unordered_set<GuildId> away_;
    std::unordered_map<std::string, GuildId> guild_uids_;
    std::unordered_map<ChannelId, GuildId> channel_guild_;
    std::unordered_map<ChannelId, MessageId> last_message_;
    std::unordered_map<std::string, GuildId> invites_;
    std::unordered_map<UserId, std::vector<GuildId>> user_guilds_;
    std::unordered_map<UserId, protocol::SharedUser> users_;
    std::unordered_map<protocol::TokenHash, protocol::AuthSession, TokenHasher> sessions_;
    std::unordered_map<ApplicationId, protocol::SharedApplication> applications_;
    std::unordered_map<ApplicationId, std::vector<protocol::Command>> global_commands_;
};

}  // namespace guildhall::journal
