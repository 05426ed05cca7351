#pragma once
// Moves: users who changed their home. The new home pushes the user's key log, which says so, to
// the hosts of the user's guilds; a host checks it and writes the key log and the move into its
// guilds; the new home follows the guilds from then on, and the old one closes the account.
//
//   new home: keyLog -> host: identityAdded, memberMoved -> hosting (its certificates)
//   new home: snapshot, profile; again every minute until each guild followed
//
// Owned by Peering; on the shard of peering.

#include "node/peering/link/key_logs.h"
#include "node/peering/mirror/mirrors.h"
#include "node/peering/succession/succession.h"
#include "node/peering/users/remote_users.h"
#include "node/services/recovery.h"

#include <map>
#include <string>
#include <vector>

namespace guildhall::peering {

class Moves final : public journal::Subscriber {
  public:
    struct Parts {
        Peers& peers;
        Mirrors& mirrors;
        RemoteUsers& users;
        KeyLogs& key_logs;
        Succession& succession;
    };
    Moves(Context& ctx, Parts parts);
    Moves(const Moves&) = delete;
    Moves& operator=(const Moves&) = delete;

    /// Goes on with moves that guilds have not heard of yet.
    void start();
    /// Certificates of a guild that is not here, as its host told them.
    void on_unknown_hosting(const Hash32& from, const federation::frames::Hosting& frame);

    /// At the old home: the account lives elsewhere, as `log` says, whose newest home that is.
    /// False when the account's own keys do not lead there.
    Task<bool> close(protocol::UserId user, Hash32 home, federation::KeyLog log);

    void on_committed(const journal::Committed& entry) override;

  private:
    using GuildAddress = services::GuildAddress;

    // At the new home.
    Task<void> run_all();
    Task<void> run(protocol::UserId user, std::vector<GuildAddress> guilds);
    Task<bool> bring(protocol::UserId user, const GuildAddress& guild, federation::KeyLog log);
    Task<bool> tell_old_home(const GuildAddress& address, federation::KeyLog log);
    Task<bool> bring_by(protocol::UserId user,
                        const GuildAddress& guild,
                        std::shared_ptr<Peer> host,
                        federation::KeyLog log);
    bool is_member_here(protocol::UserId user, protocol::GuildId guild) const;

    // At a host.
    Task<void> hear(Inbound inbound, federation::KeyLog log);
    Task<Status> move_in_guilds(Hash32 home, federation::KeyLog log, protocol::UserId user);
    Task<Status> move_in(protocol::GuildId guild,
                         std::vector<protocol::Event> keys,
                         protocol::MemberMoved moved);

    Context& ctx_;
    Parts parts_;
    /// By the guild's uid: who said it, and what.
    struct Told {
        Hash32 host{};
        std::vector<std::string> certificates;
    };
    std::map<Hash32, Told> told_;
};

}  // namespace guildhall::peering
