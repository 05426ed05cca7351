#pragma once
// Origins: the commands of this node's users that are under way, as mirrors meet them again in the
// host's log. What this node signed it need not verify, an entry that stands where the host's
// receipt said keeps the host's word, and sessions are told what no log has: the nonce by which the
// author's own client knows the message again, and the message that a reply answers, as it is held
// here. On the shard of peering.

#include "federation/entry_check.h"
#include "federation/receipt.h"
#include "node/journal/mirror_batch.h"
#include "node/peering/context.h"

#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::peering {

class Origins {
  public:
    Origins(Context& ctx, const services::Links& links) : ctx_(ctx), links_(links) {}

    /// A command that this node just signed with its key; until forget(). `nonce_json` may be
    /// empty.
    void note(const federation::SignedCommand& command, std::string nonce_json);
    void forget(const federation::Hash32& command) { under_way_.erase(command); }

    /// Whether the signature is the one that this node made with that key.
    bool is_own_signature(const federation::CommandFacts& command,
                          const federation::PublicKey& key) const;

    /// The verified entry of that guild is durable here. Another guild's host may name the command
    /// in entries of its own, too.
    void on_stored(const federation::Hash32& guild, const federation::EntryHeader& entry);
    /// Whether the entry that the receipt promises is durable here, of a command under way.
    bool is_kept(const federation::Receipt& receipt) const;

    /// Says what belongs to entries that need it. Costs a read where one is a reply.
    base::Task<void> add(std::vector<journal::MirrorEntry>& entries) const;

  private:
    struct Own {
        federation::PublicKey key{};
        federation::Signature signature{};
        std::string nonce_json;
        /// That the command is for.
        federation::Hash32 guild{};
        /// The last entry that came of it.
        std::optional<federation::EntryHeader> entry;
    };

    base::Task<std::string> referenced(protocol::ChannelId channel,
                                       protocol::MessageId message) const;

    Context& ctx_;
    const services::Links& links_;
    /// As many as there may be under way.
    std::map<federation::Hash32, Own> under_way_;
};

}  // namespace guildhall::peering
