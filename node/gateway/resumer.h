#pragma once
// Resumer: op 6. A session is found on this shard, on another one, or in the store.
//
// Here: what the client missed is in the ring; what went cold is read back from the logs.
// Elsewhere: this shard begins to follow the session's guilds, holding back what comes; every shard
//   is visited once, so that whatever this shard had seen before has reached the other one too;
//   then the session is taken from there, and every shard visited again, so that whatever the other
//   one had seen has come here. What was held back and is in its ring or behind its positions is
//   dropped.
// In the store: the same, with the logs in place of the other shard: what happened after the
//   written positions is read, numbered after the written `s`, and told; what comes is held back
//   until all that was read must have come. That is exact if nothing
//   was told after the session was written, which a clean stop ensures; after a crash it is known
//   for a client that had received no more than was written. Others get op 9 false. Where rights,
//   the session's own membership or its guilds changed, the guild is made again as it was, from
//   its log (past.h), and the time since goes by once more for that session alone (retell.h).
//
// Owned by Hub; on its shard.

#include "node/base/task.h"
#include "node/gateway/log_reader.h"
#include "node/gateway/past.h"
#include "node/gateway/requests.h"
#include "node/gateway/retell.h"
#include "node/gateway/snapshot.h"
#include "node/gateway/world.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::gateway {

class Connection;
class Gateway;
class Hub;

class Resumer {
  public:
    Resumer(World& world, Hub& hub, Gateway& gateway)
        : world_(world), hub_(hub), gateway_(gateway), pasts_(world) {}

    void resume(Connection& connection, ResumeRequest request);

    // For the other shards.
    /// Who a session here belongs to; nothing when there is none. A held one is `busy`.
    struct Found {
        bool here = false, busy = false;
        Identity who;
    };
    Found find(const std::string& id) const;
    /// The session leaves this shard; its connection, if any, is closed.
    std::optional<Snapshot> take(const std::string& id);

  private:
    /// `logged_out`: the token stopped standing for a login while the session was looked for.
    enum class Outcome { resumed, invalid, busy, logged_out };
    struct Attempt {
        std::uint64_t connection;
        ResumeRequest request;
        protocol::TokenHash token;
    };

    using Places = std::vector<std::pair<protocol::GuildId, Position>>;

    base::Task<void> run(Attempt attempt);
    base::Task<Outcome> find_and_resume(const Attempt& attempt);
    base::Task<Outcome> from_shard(const Attempt& attempt, unsigned shard, Identity who);
    /// A shard posts what it publishes to all others in one go, so that whatever any shard had
    /// heard before this has reached all of them after it.
    base::Task<void> visit_others();
    /// After this, whatever a read before it could see has been published and has come here: the
    /// writer hands each batch to its guilds' shards before it takes the next one, and they post it
    /// here before they answer. False when the store takes no writes.
    base::Task<bool> await_published();
    base::Task<Outcome> from_store(const Attempt& attempt);
    /// Whether hosts are there stands in no log: as it is now, after all that was missed.
    void tell_hosting(Session& session) const;
    /// The guilds of `missed` as they were where it begins. `saved` are those that the session
    /// followed, `known` the guilds as they were before `missed` was read.
    base::Task<std::vector<GuildThen>> guilds_then(protocol::UserId user,
                                                   const Missed& missed,
                                                   Places saved,
                                                   std::vector<protocol::GuildSnapshot> known);
    /// Reads back what went cold after `seq`; false when something cannot be had again.
    base::Task<bool> warm_up(const std::string& id, std::uint64_t seq);
    Outcome finish(const Attempt& attempt);
    void fail(const Attempt& attempt, Outcome outcome);

    Session* hold(const std::string& id, const Identity& who);
    std::optional<std::vector<Source>> cold_after(const Session& session, std::uint64_t seq) const;
    void restore(Session& session, const Snapshot& snapshot);

    World& world_;
    Hub& hub_;
    Gateway& gateway_;
    Pasts pasts_;
};

}  // namespace guildhall::gateway
