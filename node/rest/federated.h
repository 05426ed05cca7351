#pragma once
// Which calls concern a guild that another node may host, and how they go there: the whitelist of
// commands between nodes, on both sides. What is not in this table never leaves a node and is
// never run for another. Constant data; any thread.

#include "node/rest/api.h"
#include "node/rest/route.h"

#include <optional>
#include <span>
#include <string_view>

namespace guildhall::rest {

/// Which guild a call is about, where the path does not say; 0: none that is known here.
using GuildOf = protocol::GuildId (*)(const Api& api, const Call& call);

/// What the caller is told once the host has done it, found before the host is asked: an error goes
/// to the caller instead. Nothing: the host's own answer.
using OwnAnswer = Result<std::optional<Reply>> (*)(const Api& api,
                                                   const Call& call,
                                                   protocol::GuildId guild);

struct FederatedRoute {
    enum class Kind {
        /// Changes the guild: signed, run once, answered with a receipt.
        command,
        /// Asks for what a mirror does not hold.
        question
    };
    Kind kind;
    base::http::Method method;
    std::string_view pattern;
    /// The answer is a message of the guild, which a mirror has too by then: it says it with
    /// addresses of its own.
    bool answers_message = false;
    GuildOf guild_of = nullptr;
    /// The path's second parameter is an interaction's token, which is the caller's right.
    bool by_token = false;
    OwnAnswer own_answer = nullptr;
};

/// Of POST /oauth2/authorize, in oauth2.cpp: the way back leads to the caller's own node.
Result<std::optional<Reply>> answer_to_grant(const Api& api,
                                             const Call& call,
                                             protocol::GuildId guild);

std::span<const FederatedRoute> federated_routes();
/// Null for what stays at home.
const FederatedRoute* find_federated(base::http::Method method, std::string_view pattern);

/// The guild that the call of that route is about; 0 when it is not known here.
protocol::GuildId guild_of(const Api& api, const Call& call, const FederatedRoute& route);

/// The value of the path parameter `{name}`; empty when the pattern has none.
std::string_view parameter(const Call& call, std::string_view name);

/// Whether the call is about an invite of another node: CODE@NODE.
bool is_remote_invite(const Call& call);

}  // namespace guildhall::rest
