#pragma once
// Call, Reply and Route of the classic API: the second route table over the same services. A call
// lives on the shard that runs its handler, for as long as the handler's coroutine.

#include "node/base/http/request.h"
#include "node/base/task.h"
#include "node/rest/api.h"
#include "node/rest/route.h"
#include "node/services/actor.h"
#include "protocol/account.h"
#include "protocol/errors.h"
#include "protocol/guild_state.h"
#include "protocol/ids.h"

#include <boost/json/value.hpp>

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::classic {

using base::Task;
using protocol::Error;
using protocol::Result;

class Statuses;
class ClassicApi;
struct Route;

struct Call {
    ClassicApi& classic;
    /// The services of the shard that runs the handler, and what users set as their status.
    rest::Api& api;
    Statuses& statuses;
    const Route& route;
    /// Lives until the handler ends; made on another shard, so only to be read.
    const base::http::Request& request;
    services::Actor actor;
    /// The path's parameters, in the order of the pattern.
    std::vector<protocol::Snowflake> ids;
    /// Of the message that a route of one message names; found before the handler runs.
    protocol::ChannelId channel;

    services::Context& ctx() const { return api.ctx; }
    /// The services of the shard that the guild lives on: for work that hops there.
    rest::Api& api_of(protocol::GuildId guild) const;
    /// Tells every shard of a status that is stored, this one at once.
    void share_status(protocol::UserId user, const std::string& status);
    /// The server of the path, for its members: 404 and 403 in the prototype's words otherwise.
    Result<protocol::GuildSnapshot> member_of(protocol::GuildId guild) const;
    template <class T>
    T id(std::size_t i) const {
        return T(ids[i].value);
    }
};

struct Reply {
    int status = 200;
    /// Empty with 204.
    std::string json;
};

/// Which shard runs the handler: the one that accepted the call, or the guild's that the path's
/// first parameter leads to as a server, a channel or a message. What leads nowhere is answered
/// with 404 before the handler runs.
enum class Home { here, server, channel, message };

using Handler = Task<Result<Reply>> (*)(Call& call);

struct Route {
    base::http::Method method;
    /// "/servers/{server_id}/channels". Every parameter but @ones is a snowflake.
    std::string_view pattern;
    bool needs_token;
    Home home;
    rest::Limit limit;
    Handler handler;
};

std::span<const Route> auth_routes();
std::span<const Route> user_routes();
std::span<const Route> server_routes();
std::span<const Route> channel_routes();
std::span<const Route> message_routes();

/// The body as a described struct of requests.h; 422 with what is wrong otherwise.
template <class T>
Result<T> parse_body(const Call& call);
/// The same where the body may be left out.
template <class T>
Result<T> parse_optional_body(const Call& call);

/// An answer that says no more than its text, such as 404 "Server not found".
Error refuse(int status, std::string text);

}  // namespace guildhall::classic
