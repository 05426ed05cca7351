#pragma once
// Recovery: a user's key log of several events, and the paper from which an account outlives its
// home node: a phrase, and a backup that it opens. Formats: docs/FEDERATION.md, "Recovery". The
// table functions are synchronous, inside a Tx.

#include "federation/key_chain.h"
#include "federation/recovery.h"
#include "node/journal/identity.h"
#include "node/services/actor.h"
#include "node/services/context.h"

#include <optional>
#include <string>
#include <vector>

namespace guildhall::services {

/// A guild that the user is in, and who may know of it. Guild 0: the home before, which is to hear
/// that the account moved.
struct GuildAddress {
    std::uint64_t guild = 0;
    /// signature ‖ genesis.
    std::string genesis;
    /// The host's uid, then its successors': 32 bytes each.
    std::vector<std::string> nodes;
    /// Of each: host:port, separated by spaces.
    std::vector<std::string> endpoints;
};

/// What a backup holds: enough to be the same user elsewhere.
struct UserBackup {
    std::uint64_t user = 0;
    std::uint64_t version = 0;
    std::string username, global_name, bio;
    bool bot = false;
    federation::KeyLog log;
    std::vector<GuildAddress> guilds;
};
std::string encode(const UserBackup& backup);
std::optional<UserBackup> decode_user_backup(std::string_view bytes);
std::string encode(const std::vector<GuildAddress>& guilds);
std::optional<std::vector<GuildAddress>> decode_guild_addresses(std::string_view bytes);

/// Keys of the nodes that a user lived on, which countersigned the moves; as federation::NodeKeys
/// asks. Inside a Tx.
class HomeKeys {
  public:
    HomeKeys(store::Tx& tx, const journal::Identity& self) : tx_(tx), self_(self) {}
    std::optional<federation::PublicKey> operator()(const federation::Hash32& uid,
                                                    std::uint32_t seq) const;

  private:
    store::Tx& tx_;
    const journal::Identity& self_;
};

/// Of a user of this node, its genesis alone for who never had an event; of another node's, what
/// was shown here. Nothing where nothing was.
Result<std::optional<federation::KeyLog>> user_key_log(store::Tx& tx, const protocol::User& user);
/// Genesis, events and the seeds of the key in use and the next.
Status put_user_keys(store::Tx& tx,
                     protocol::UserId user,
                     const federation::KeyLog& log,
                     std::string_view seeds);
/// Without its seeds: of a user who lives elsewhere.
Status put_key_log(store::Tx& tx, protocol::UserId user, const federation::KeyLog& log);

class Recovery {
  public:
    explicit Recovery(Context& ctx) : ctx_(ctx) {}

    struct Paper {
        std::string phrase;
        /// Sealed with the phrase.
        std::string backup;
    };
    /// A new phrase, in the place of any before: the user's key log names its key from now on. The
    /// caller has asked for the password. On any shard.
    Task<Result<Paper>> make(const Actor& actor);

  private:
    Task<Result<std::vector<GuildAddress>>> guilds_of(protocol::UserId user);

    Context& ctx_;
};

}  // namespace guildhall::services
