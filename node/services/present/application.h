#pragma once
// Applications as the API shows them: to their owner and bot, and to everybody. Pure; any thread.

#include "node/journal/view.h"
#include "protocol/account.h"
#include "protocol/json/writer.h"

namespace guildhall::services {

/// ApplicationResponse: what anybody may know.
void write_application(protocol::JsonWriter& w,
                       const protocol::Application& application,
                       const journal::View& view);

/// PrivateApplicationResponse: for its owner and its bot.
void write_own_application(protocol::JsonWriter& w,
                           const protocol::Application& application,
                           const journal::View& view);

/// GET /oauth2/authorize: what `user` is asked to agree to, and the guilds it may be for.
void write_authorization(protocol::JsonWriter& w,
                         const protocol::Application& application,
                         protocol::UserId user,
                         const journal::View& view,
                         protocol::UnixMs now);

/// The application of a bot; of one that lives on another node, what its profile tells. Null where
/// there is neither.
protocol::SharedApplication application_of(const journal::View& view, protocol::ApplicationId id);

}  // namespace guildhall::services
