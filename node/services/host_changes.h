#pragma once
// HostChanges: what changes the host of a guild while the node runs; node/peering implements it.
// Called on any shard; comes back there.

#include "federation/crypto.h"
#include "node/base/shard.h"
#include "node/base/task.h"
#include "node/services/held.h"
#include "protocol/ids.h"
#include "protocol/result.h"

#include <string>

namespace guildhall::services {

/// A message that was written on this node when the guild had another host already.
struct Salvaged {
    protocol::ChannelId channel;
    protocol::MessageId id;
    protocol::UserId author;
    std::string content;
};
enum class Reposted {
    posted,
    /// The guild has it.
    there,
    /// Its author does not live on this node, which cannot speak for him.
    of_another_node
};

class HostChanges {
  public:
    /// Hands a guild that this node hosts to one of its successors, which must be linked and up to
    /// date; ends when that node is the host. Nothing is written to the guild meanwhile.
    virtual base::Task<protocol::Status> transfer(base::Shard& here,
                                                  protocol::GuildId guild,
                                                  std::string node) = 0;
    /// Takes back a guild whose new host never answered the offer; 20 minutes after it at the
    /// soonest.
    virtual base::Task<protocol::Status> withdraw(base::Shard& here, protocol::GuildId guild) = 0;
    /// Makes this node, which mirrors the guild, its host by the guild's root key.
    virtual base::Task<protocol::Status> take_over(base::Shard& here,
                                                   protocol::GuildId guild,
                                                   federation::Seed root) = 0;
    /// Asks the guild's host of today to take a salvaged message as a new one of its author, with a
    /// note of when it was written. An error where the host refuses it or is away.
    virtual base::Task<protocol::Result<Reposted>> repost(base::Shard& here,
                                                          protocol::GuildId guild,
                                                          Salvaged message) = 0;

    /// How much of a guild that this node hosts its successors have signed that they stored.
    virtual base::Task<protocol::Result<Held>> held(base::Shard& here, protocol::GuildId guild) = 0;

  protected:
    ~HostChanges() = default;
};

}  // namespace guildhall::services
