#pragma once
// Application commands: registering them for everybody or for one guild, and the index that clients
// offer them from. Guild commands are guild history and run on the guild's shard; global ones are
// rows, and those of one application take turns on the shard of its id. One per shard.

#include "federation/id_allocator.h"
#include "node/services/actor.h"
#include "node/services/context.h"
#include "node/services/keyed_lock.h"
#include "node/services/present/command.h"
#include "protocol/api/command.h"

#include <unordered_map>
#include <vector>

namespace guildhall::services {

/// Whose commands, and where; guild 0: everywhere.
struct CommandScope {
    protocol::ApplicationId application;
    protocol::GuildId guild;
};

class Commands {
  public:
    explicit Commands(Context& ctx) : ctx_(ctx), lock_(ctx.here) {}

    using List = std::vector<protocol::Command>;

    /// Ascending by id.
    Result<List> list(const Actor& actor, const CommandScope& scope) const;
    Result<protocol::Command> get(const Actor& actor,
                                  const CommandScope& scope,
                                  protocol::CommandId id) const;

    struct Created {
        protocol::Command command;
        /// False: a command of that type and name was there and is now this one.
        bool is_new = false;
    };
    Task<Result<Created>> create(const Actor& actor,
                                 CommandScope scope,
                                 const protocol::api::CommandCreate& request);
    /// All commands of the scope. Those of a type and name that were there keep their ids.
    Task<Result<List>> replace(const Actor& actor,
                               CommandScope scope,
                               const protocol::api::CommandBulk& request);
    Task<Result<protocol::Command>> edit(const Actor& actor,
                                         CommandScope scope,
                                         protocol::CommandId id,
                                         const boost::json::value& patch);
    Task<Status> remove(const Actor& actor, CommandScope scope, protocol::CommandId id);

    /// What a member of the guild may pick from; of all bots in it, ascending by id.
    Result<std::vector<IndexedApplication>> index(const Actor& actor,
                                                  protocol::GuildId guild) const;
    Result<std::vector<IndexedApplication>> index(const Actor& actor,
                                                  protocol::ChannelId channel) const;

  private:
    struct Wish;

    Status require(const Actor& actor,
                   const CommandScope& scope,
                   const protocol::GuildState*) const;
    /// Null for the global scope.
    const protocol::GuildState* decided(const CommandScope& scope) const;
    const List& current(const CommandScope& scope, const protocol::GuildState* guild) const;
    Task<Result<std::vector<protocol::Snowflake>>> draw_ids(CommandScope scope, std::size_t count);
    Task<Result<List>> carry_out(const Actor& actor, CommandScope scope, Wish wish);
    Task<Status> save(const Actor& actor, CommandScope scope, List commands);

    Context& ctx_;
    KeyedLock lock_;
    /// Of global commands; made from the bot's uid when first asked for.
    std::unordered_map<protocol::ApplicationId, federation::IdAllocator> ids_;
};

}  // namespace guildhall::services
