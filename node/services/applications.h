#pragma once
// Applications: what developers register to have a bot, the bot's account and token, and adding the
// bot to a guild (OAuth2). An application and its bot have one id, which follows from the genesis
// of the bot's account. One per shard. Verbs that change an application run on the shard of its id
// and take turns there; the others run on any.

#include "node/services/accounts.h"
#include "node/services/keyed_lock.h"
#include "node/services/users.h"
#include "protocol/api/application.h"

#include <string>
#include <vector>

namespace guildhall::services {

class Applications {
  public:
    Applications(Context& ctx, Accounts& accounts, Users& users)
        : ctx_(ctx), accounts_(accounts), users_(users), lock_(ctx.here) {}

    Task<Result<protocol::SharedApplication>> create(
        const Actor& actor, const protocol::api::ApplicationCreate& request);
    /// Those that the actor owns, ascending by id.
    std::vector<protocol::SharedApplication> mine(const Actor& actor) const;
    /// For its owner and its bot: 10002, or 20012 for anybody else.
    Result<protocol::SharedApplication> get(const Actor& actor, protocol::ApplicationId id) const;
    /// What anybody may know of.
    Result<protocol::SharedApplication> find(protocol::ApplicationId id) const;

    /// The privileged intents are the owner's to switch: a node that hosts its own bots has nobody
    /// else to ask.
    Task<Result<protocol::SharedApplication>> edit(const Actor& actor,
                                                   protocol::ApplicationId id,
                                                   const protocol::api::ApplicationPatch& request);
    Task<Result<protocol::SharedUser>> edit_bot(const Actor& actor,
                                                protocol::ApplicationId id,
                                                const protocol::api::BotPatch& request);
    /// A new token for the bot; the old one ends with the same transaction.
    Task<Result<std::string>> reset_token(const Actor& actor, protocol::ApplicationId id);

    /// Checks what an authorisation asks for; answers with the application.
    Result<protocol::SharedApplication> preview(const Actor& actor,
                                                const protocol::api::AuthorizeQuery& query) const;
    /// Adds the bot to the guild, with a role of its own when it asks for permissions: those that
    /// the actor has, no others. Answers with where to send the user.
    Task<Result<std::string>> authorize(const Actor& actor,
                                        const protocol::api::AuthorizeQuery& query,
                                        const protocol::api::AuthorizeBody& body);
    /// Where to send the user once the bot is in the guild, also of another node.
    Result<std::string> granted(const Actor& actor,
                                const protocol::api::AuthorizeQuery& query,
                                protocol::GuildId guild) const;

  private:
    std::string way_back(const protocol::api::AuthorizeQuery& query) const;
    Task<Status> change_images(const protocol::api::ApplicationPatch& request,
                               protocol::Application& application);

    Context& ctx_;
    Accounts& accounts_;
    Users& users_;
    KeyedLock lock_;
};

}  // namespace guildhall::services
