#pragma once
// Api: what handlers call: the services of this shard. One per shard, owned by node/app; used on
// its shard only.

#include "node/services/context.h"

namespace guildhall::services {
class Accounts;
class Users;
class Guilds;
class Hosting;
class Channels;
class Roles;
class Members;
class Bans;
class Invites;
class Messages;
class Reactions;
class Applications;
class Commands;
class Interactions;
}  // namespace guildhall::services

namespace guildhall::rest {

class HistoryCache;

class Api {
  public:
    struct Services {
        services::Accounts& accounts;
        services::Users& users;
        services::Guilds& guilds;
        services::Channels& channels;
        services::Roles& roles;
        services::Members& members;
        services::Bans& bans;
        services::Invites& invites;
        services::Messages& messages;
        services::Reactions& reactions;
        services::Applications& applications;
        services::Commands& commands;
        services::Interactions& interactions;
        services::Hosting& hosting;
    };

    Api(services::Context& context, Services all) : ctx(context), services(all) {}

    services::Context& ctx;
    Services services;
    /// Null: every page of history is read from the store.
    HistoryCache* history = nullptr;
};

}  // namespace guildhall::rest
