#pragma once
// Fanout: from what became durable to the sessions that may see it. One pass per event: choose the
// receivers as sets of slots, make the few variants that differ, hand each session a reference.
// Also keeps what follows from membership and permissions: GUILD_CREATE and GUILD_DELETE for who
// joins and leaves, CHANNEL_CREATE and CHANNEL_DELETE for who gains and loses sight of a channel.
// Owned by Hub; on its shard.

#include "node/gateway/presences.h"
#include "node/gateway/visibility.h"
#include "node/gateway/world.h"
#include "node/journal/committed.h"

#include <string>
#include <vector>

namespace guildhall::gateway {

class Fanout {
  public:
    Fanout(World& world, Presences& presences) : world_(world), presences_(presences) {}

    void on_committed(const journal::Committed& entry);
    /// A guild of another node began or ended here.
    void on_guild(const journal::GuildChange& change);
    void on_typing(const journal::Typing& typing);
    void on_user_dispatch(const journal::UserDispatch& notice);
    /// The profile of a user changed: members of the same guilds are told.
    void on_user_changed(const protocol::User& user);

  private:
    void tell(const journal::Committed& entry);
    void tell(Feed& feed, const journal::Committed& entry, std::size_t part);
    void tell_message(Feed& feed, const journal::Committed& entry, std::size_t part, SlotSet to);
    SlotSet receivers(Feed& feed, const journal::Committed& entry, const Rule& rule) const;
    SlotSet slots_of(const Feed& feed, protocol::UserId user) const;

    void member_joined(const journal::Committed& entry, protocol::UserId user);
    void member_left(const journal::Committed& entry, protocol::UserId user);
    void channel_updated(const journal::Committed& entry, const protocol::Channel& channel);
    void channel_deleted(const journal::Committed& entry, protocol::ChannelId channel);
    void guild_deleted(const journal::Committed& entry);
    void guild_placed(const protocol::GuildState& state,
                      const std::vector<protocol::UserId>& users);
    void guild_dropped(protocol::GuildId guild);
    void guild_frozen(protocol::GuildId guild);
    /// What clients of people show of the guild's host may have changed.
    void tell_hosting(const protocol::GuildState& state);
    /// To who was just told of the guild, where another node hosts it.
    void tell_hosting(Session& session, const protocol::GuildState& state);
    /// What sessions can see may have changed; `user` 0: of everybody.
    void compare(const journal::Committed& entry, protocol::UserId user);
    void compare(Session& session, const journal::Committed& entry);
    RecordRef shown(const journal::Committed& entry, const protocol::Channel& channel);
    RecordRef hidden(const journal::Committed& entry, protocol::ChannelId channel);

    World& world_;
    Presences& presences_;
};

/// The entry with its message's content, embeds, attachments and components blank, presented anew.
journal::Committed blank_content(const journal::Committed& entry,
                                 const journal::Presenter& presenter,
                                 const journal::View& view);

/// `d` with one more member at its end.
std::string with_member(std::string_view d, std::string_view name, std::string_view json);

/// The data of GUILD_CREATE as that identity gets it. `after_ready`: for one of the stubs that
/// READY named, which clients tell from a guild joined just now by `unavailable` being there.
std::string guild_create(const World& world,
                         const Presences& presences,
                         const protocol::GuildState& state,
                         const Identity& who,
                         bool after_ready);

inline Source source_of(const journal::Committed& entry) {
    return {entry.guild, entry.log_id, entry.seq, entry.ts_ms};
}

}  // namespace guildhall::gateway
