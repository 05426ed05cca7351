#pragma once
// ShardServices: one shard's services over its context, and the Api that hands them to handlers.
// Owned by Node; used on its shard only.

#include "node/rest/api.h"
#include "node/services/accounts.h"
#include "node/services/applications.h"
#include "node/services/bans.h"
#include "node/services/channels.h"
#include "node/services/commands.h"
#include "node/services/guilds.h"
#include "node/services/hosting.h"
#include "node/services/interactions.h"
#include "node/services/invites.h"
#include "node/services/members.h"
#include "node/services/messages.h"
#include "node/services/online.h"
#include "node/services/reactions.h"
#include "node/services/roles.h"
#include "node/services/users.h"

namespace guildhall::app {

struct ShardServices {
    explicit ShardServices(services::Context context)
        : ctx(context),
          accounts(ctx),
          users(ctx, accounts),
          guilds(ctx),
          channels(ctx),
          roles(ctx),
          members(ctx),
          messages(ctx),
          bans(ctx, messages),
          invites(ctx),
          reactions(ctx, messages),
          applications(ctx, accounts, users),
          commands(ctx),
          interactions(ctx, messages),
          hosting(ctx) {}

    rest::Api::Services all() {
        return {accounts,
                users,
                guilds,
                channels,
                roles,
                members,
                bans,
                invites,
                messages,
                reactions,
                applications,
                commands,
                interactions,
                hosting};
    }

    services::Context ctx;
    services::Accounts accounts;
    services::Users users;
    services::Guilds guilds;
    services::Channels channels;
    services::Roles roles;
    services::Members members;
    services::Messages messages;
    services::Bans bans;
    services::Invites invites;
    services::Reactions reactions;
    services::Applications applications;
    services::Commands commands;
    services::Interactions interactions;
    services::Hosting hosting;
};

}  // namespace guildhall::app
