#include "node/rest/dispatcher.h"

#include "node/base/http/multipart.h"
#include "node/rest/body.h"
#include "node/rest/cors.h"
#include "node/services/messages.h"
#include "node/services/tokens.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"
#include "protocol/utf8.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <functional>

namespace guildhall::rest {
namespace {

namespace http = base::http;
using protocol::ErrorCode;
using protocol::Status;

http::Response to_response(const Error& error) {
    auto response = http::Response::json(protocol::http_status(error), protocol::error_body(error));
    if (error.status == 429 || error.retry_after >= 0) {
        response.add_header("Retry-After",
                            std::to_string(static_cast<long long>(error.retry_after + 0.999)));
        response.add_header("X-RateLimit-Scope", "user");
        response.add_header("Via", "1.1 guildhall");
    }
    return response;
}

http::Response to_response(Reply reply) {
    auto response = reply.status == 204 ? http::Response::empty()
                                        : http::Response::json(reply.status, std::move(reply.json));
    for (const auto& [name, value] : reply.headers) response.add_header(name, value);
    return response;
}

/// The API version of "/api/v10/...", and where the route's segments begin; 0 for another path.
struct Versioned {
    int version = 0;
    std::size_t skip = 0;
};
Versioned version_of(const std::vector<std::string>& segments) {
    if (segments.empty() || segments[0] != "api") return {};
    if (segments.size() > 1 && segments[1].size() > 1 && segments[1][0] == 'v' &&
        segments[1].find_first_not_of("0123456789", 1) == std::string::npos) {
        if (segments[1] == "v9") return {9, 2};
        if (segments[1] == "v10") return {10, 2};
        return {};
    }
    return {9, 1};
}

/// X-Audit-Log-Reason, decoded; empty where it is no text.
std::string reason_of(const http::Request& request) {
    constexpr std::size_t kMax = protocol::limits::kAuditReasonMax;
    // Four bytes a character, three characters a byte.
    std::string text =
        http::percent_decode(request.header("x-audit-log-reason").substr(0, 12 * kMax));
    if (!protocol::is_valid_utf8(text)) return {};
    return std::string(protocol::first_code_points(text, kMax));
}

/// Parameters that name snowflakes must be snowflakes, before anything else looks at them.
Status check_ids(const Call& call) {
    const auto names = parameter_names(call.route->pattern);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (!names[i].ends_with("_id") || protocol::parse_id(call.params[i])) continue;
        return protocol::make_field_error(
            std::string(names[i]), "NUMBER_TYPE_COERCE", "Value is not snowflake.");
    }
    return {};
}

Result<Call> make_call(const Route& route, std::vector<std::string> params) {
    Call call;
    call.route = &route;
    call.params = std::move(params);
    if (call.params.size() != parameter_names(route.pattern).size())
        return protocol::make_http_error(404);
    TRY_VOID(check_ids(call));
    return call;
}

/// The value that a bucket is kept apart by: the guild, channel or webhook of the path.
std::uint64_t major_of(const Call& call) {
    const auto names = parameter_names(call.route->pattern);
    if (names.empty()) return 0;
    const std::string_view first = names.front();
    const bool major = first == "channel_id" || first == "guild_id" || first == "webhook_id" ||
                       first == "interaction_id";
    if (!major) return 0;
    std::uint64_t key = std::hash<std::string>{}(call.params[0]);
    if (first == "webhook_id" && names.size() > 1)
        key ^= std::hash<std::string>{}(call.params[1]) * 31;
    return key;
}

Error frozen() {
    return protocol::make_error(
        ErrorCode::kAPIResourceOverloaded,
        "The node that hosts this server contradicted itself. What is here was verified; nothing "
        "more is taken from it.");
}

/// The message of a host's answer as this node shows it, with the caller's nonce.
base::Task<Result<std::string>> own_message(Api& api, const Call& call, const Reply& reply) {
    const auto said = protocol::parse_json(reply.json);
    const auto* object = said ? said->if_object() : nullptr;
    const auto* text = object ? object->if_contains("id") : nullptr;
    const auto id = text && text->is_string()
                        ? protocol::parse_id<protocol::MessageId>(text->get_string())
                        : std::nullopt;
    if (!id) co_return protocol::make_error(ErrorCode::kUnknownMessage);
    const auto channel = protocol::parse_id<protocol::ChannelId>(parameter(call, "channel_id"))
                             .value_or(protocol::ChannelId{});
    CO_TRY(const auto shown, co_await api.services.messages.find(channel, *id, call.actor.user));
    const auto* nonce = object->if_contains("nonce");
    const std::string nonce_json = nonce ? boost::json::serialize(*nonce) : std::string();
    std::string json;
    protocol::JsonWriter w(json);
    services::write_shown(w, shown, api.ctx.view, api.ctx.links, nonce_json);
    co_return json;
}

std::size_t parameter(const Route& route, std::string_view name) {
    const auto names = parameter_names(route.pattern);
    for (std::size_t i = 0; i < names.size(); ++i) {
        if (names[i] == name) return i;
    }
    return names.size();
}

}  // namespace

/// What a request without a valid token may carry: registrations and logins are far below.
constexpr std::size_t kStrangersBodyMax = 256 * 1024;

struct Dispatcher::Probe {
    explicit Probe(base::Registry& metrics) : metrics_(metrics) {
        for (const char* status : {"2xx", "3xx", "4xx", "5xx"}) {
            by_class.push_back(&metrics.counter("guildhall_api_requests_total",
                                                "API calls answered, by class of status",
                                                std::string("status=\"") + status + "\""));
        }
        limited =
            &metrics.counter("guildhall_api_rate_limited_total", "API calls answered with 429");
    }
    void count(int status, unsigned shard) {
        if (status >= 200 && status < 600)
            by_class[static_cast<std::size_t>(status / 100 - 2)]->add(1, shard);
        if (status == 429) limited->add(1, shard);
    }

    base::Registry& metrics_;
    std::vector<base::Counter*> by_class;
    base::Counter* limited;
};

/// One request on its way to its handler.
struct Dispatcher::Turn {
    std::uint64_t address;
    Call call = {};
    /// What the path has, where it has not the method.
    std::string allow = {};
    Limits::Verdict verdict = {};
    /// Whether the answer tells what is left of the limit.
    bool counted = false;
};

Dispatcher::Dispatcher(Deps deps)
    : deps_(deps),
      routes_(all_routes()),
      router_(routes_),
      probe_(std::make_unique<Probe>(deps.metrics)) {
    for (const Route* route : routes_) {
        if (const auto* federated = find_federated(route->method, route->pattern))
            federated_.emplace(route, federated);
    }
}

Dispatcher::~Dispatcher() = default;

std::size_t Dispatcher::body_limit(const http::Request& head) const {
    // Large bodies share one budget of memory: it is for who is logged in, and for bots that answer
    // with a token in the path.
    const auto credentials = services::parse_credentials(head.header("authorization"));
    const bool by_path = head.path().find("/webhooks/") != std::string_view::npos ||
                         head.path().find("/interactions/") != std::string_view::npos;
    if (!by_path) {
        const unsigned shard = head.shard ? head.shard->index() : 0;
        const auto token = services::hash_token(deps_.secrets.token_key, credentials.token);
        if (!deps_.apis[shard]->ctx.view.session(token)) return kStrangersBodyMax;
    }
    return http::multipart_boundary(head.header("content-type"))
               ? protocol::limits::kMultipartBytesMax
               : protocol::limits::kJsonBodyBytesMax;
}

Status Dispatcher::authenticate(const http::Request& request, Api& api, Call& call) const {
    const auto credentials = services::parse_credentials(request.header("authorization"));
    if (credentials.token.empty()) return protocol::make_http_error(401);
    const auto hash = services::hash_token(deps_.secrets.token_key, credentials.token);
    const protocol::AuthSession* session = api.ctx.view.session(hash);
    if (!session || session->kind == protocol::SessionKind::classic ||
        (session->expires_ms != 0 && session->expires_ms <= api.ctx.clock.unix_ms())) {
        return protocol::make_http_error(401);
    }
    const bool is_bot = session->kind == protocol::SessionKind::bot;
    if (is_bot != (credentials.scheme == services::Credentials::Scheme::bot)) {
        return protocol::make_http_error(401);
    }
    call.actor.user = session->user;
    call.actor.kind = session->kind;
    call.actor.session_id = session->id;
    call.actor.reason = reason_of(request);
    if (call.route->auth == Auth::user && is_bot) {
        return protocol::make_error(ErrorCode::kBotsCannotUseThisEndpoint);
    }
    if (call.route->auth == Auth::bot && !is_bot)
        return protocol::make_error(ErrorCode::kOnlyBotsCanUseThisEndpoint);
    return {};
}

Result<base::Shard*> Dispatcher::home_of(const Api& api, const Call& call) const {
    const journal::View& view = api.ctx.view;
    protocol::GuildId guild;
    switch (call.route->home) {
        case Home::here: {
            if (!call.route->home_id) return &api.ctx.here;
            TRY(const std::uint64_t id, call.route->home_id(api, call));
            return id ? &deps_.shards.of(id) : &api.ctx.here;
        }
        case Home::guild:
            guild = call.id<protocol::GuildId>(parameter(*call.route, "guild_id"));
            if (!view.guild(guild)) return protocol::make_error(ErrorCode::kUnknownGuild);
            break;
        case Home::channel:
            guild =
                view.guild_of(call.id<protocol::ChannelId>(parameter(*call.route, "channel_id")));
            if (!guild) return protocol::make_error(ErrorCode::kUnknownChannel);
            break;
        case Home::invite:
            guild = view.guild_of_invite(call.params[parameter(*call.route, "invite_code")]);
            if (!guild) return protocol::make_error(ErrorCode::kUnknownInvite);
            break;
    }
    return &deps_.shards.of(guild);
}

base::Task<Result<Reply>> Dispatcher::run(base::Shard& here, Call& call) {
    if (!forwarder_ || call.actor.command) co_return co_await run_here(here, call);
    if (is_remote_invite(call) && call.route->method != http::Method::del)
        co_return co_await forwarder_->invite(here, call);
    const auto federated = federated_.find(call.route);
    if (federated != federated_.end()) {
        const Api& api = *deps_.apis[here.index()];
        const protocol::GuildId guild = guild_of(api, call, *federated->second);
        const auto role = api.ctx.view.role(guild);
        if (guild && role == journal::GuildRole::frozen) co_return frozen();
        if (guild && role == journal::GuildRole::mirrored)
            co_return co_await forward(here, call, *federated->second, guild);
    }
    co_return co_await run_here(here, call);
}

/// The answer of the host, with a message as this node's own copy has it.
base::Task<Result<Reply>> Dispatcher::forward(base::Shard& here,
                                              Call& call,
                                              const FederatedRoute& route,
                                              protocol::GuildId guild) {
    std::optional<Reply> answer;
    if (route.own_answer) {
        CO_TRY(answer, route.own_answer(*deps_.apis[here.index()], call, guild));
    }
    auto reply = co_await forwarder_->forward(here, call, route, guild);
    if (reply && answer && reply->status == 200) co_return std::move(*answer);
    if (!reply || !route.answers_message || reply->status != 200) co_return reply;
    base::Shard& target = deps_.shards.of(guild);
    Api& api = *deps_.apis[target.index()];
    const auto present = [&] { return own_message(api, call, *reply); };
    auto own = co_await base::on_shard(here, target, present);
    // A mirror that has it not yet passes on what the host said.
    if (own) reply->json = std::move(*own);
    co_return reply;
}

Result<Call> Dispatcher::call_of(http::Method method,
                                 std::string_view pattern,
                                 std::vector<std::string> params) const {
    const auto at = std::ranges::find_if(federated_, [&](const auto& entry) {
        return entry.first->method == method && entry.first->pattern == pattern;
    });
    if (at == federated_.end()) return protocol::make_http_error(404);
    return make_call(*at->first, std::move(params));
}

Result<Call> Dispatcher::get_of(std::string_view pattern, std::vector<std::string> params) const {
    const auto at = std::ranges::find_if(routes_, [&](const Route* route) {
        return route->method == http::Method::get && route->pattern == pattern;
    });
    if (at == routes_.end()) return protocol::make_http_error(404);
    return make_call(**at, std::move(params));
}

base::Task<Result<Reply>> Dispatcher::run_here(base::Shard& here, Call& call) {
    auto home = home_of(*deps_.apis[here.index()], call);
    if (!home) co_return home.error();
    base::Shard& target = **home;
    Api& api = *deps_.apis[target.index()];
    const auto invoke = [&api, &call] { return call.route->handler(api, call); };
    co_return co_await base::on_shard(here, target, invoke);
}

/// The route of the request and the call that it makes, down to who calls.
Status Dispatcher::prepare(const http::Request& request, Api& api, Turn& turn) const {
    const auto segments = request.segments();
    const Versioned at = version_of(segments);
    if (at.version == 0) return protocol::make_http_error(404);
    // The server leaves out the body of an answer to HEAD.
    const auto method = request.method == http::Method::head ? http::Method::get : request.method;
    auto match = router_.match(method, std::span(segments).subspan(at.skip));
    if (!match.route) {
        turn.allow = std::move(match.allow);
        return protocol::make_http_error(match.path_known ? 405 : 404);
    }
    Call& call = turn.call;
    call.route = match.route;
    call.version = at.version;
    call.params = std::move(match.params);
    call.query = request.query();
    call.peer_address = request.peer.ip.str();
    call.user_agent = std::string(request.header("user-agent").substr(0, 256));
    call.request_id = request.id;
    TRY_VOID(check_ids(call));
    // Strangers do not make this node look at others.
    if (call.route->auth != Auth::none || is_remote_invite(call))
        TRY_VOID(authenticate(request, api, call));
    return {};
}

/// Counts the call, and reads its body if its limit has room for it.
Status Dispatcher::admit(const http::Request& request, Turn& turn) {
    if (deps_.limits.is_refused(turn.address)) return protocol::make_rate_limited(60);
    const protocol::UserId user = turn.call.actor.user;
    const Limits::Caller caller =
        user ? Limits::Caller{user.value, true} : Limits::Caller{turn.address, false};
    turn.verdict = deps_.limits.take(*turn.call.route, major_of(turn.call), caller);
    turn.counted = turn.verdict.allowed;
    return turn.counted ? read_body(request, turn.call) : Status();
}

base::Task<http::Response> Dispatcher::serve(http::Request& request) {
    base::Shard& here = *request.shard;
    if (request.method == http::Method::options) co_return preflight(request);

    Turn turn{.address = address_key(request)};
    Status ready = prepare(request, *deps_.apis[here.index()], turn);
    if (ready) ready = admit(request, turn);
    http::Response response;
    if (!ready) {
        response = to_response(ready.error());
        if (!turn.allow.empty()) response.add_header("Allow", turn.allow);
    } else if (!turn.verdict.allowed) {
        response = deps_.limits.refusal(*turn.call.route, turn.verdict);
    } else {
        auto reply = co_await run(here, turn.call);
        response = reply ? to_response(std::move(*reply)) : to_response(reply.error());
    }
    if (turn.counted) deps_.limits.write_headers(response, *turn.call.route, turn.verdict);
    if (response.status == 401 || response.status == 403 || response.status == 429) {
        (void)deps_.limits.take_invalid(turn.address);
    }
    probe_->count(response.status, here.index());
    add_cors(request, response);
    co_return response;
}

}  // namespace guildhall::rest
