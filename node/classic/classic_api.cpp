#include "node/classic/classic_api.h"

#include "federation/id_allocator.h"
#include "node/classic/answers.h"
#include "node/classic/jwt.h"
#include "node/classic/socket.h"
#include "node/rest/cors.h"
#include "node/services/tokens.h"
#include "node/store/tables/messages.h"

#include <algorithm>
#include <array>

namespace guildhall::classic {
namespace {

namespace http = base::http;
using protocol::ChannelId;
using protocol::GuildId;
using protocol::MessageId;
using protocol::UserId;

constexpr std::array<std::string_view, 5> kOwn{"auth", "users", "servers", "channels", "messages"};

std::vector<std::string_view> split(std::string_view path) {
    std::vector<std::string_view> out;
    for (std::size_t at = 1; at <= path.size();) {
        const std::size_t slash = std::min(path.find('/', at), path.size());
        out.push_back(path.substr(at, slash - at));
        at = slash + 1;
    }
    return out;
}

http::Response answer_of(Reply reply) {
    if (reply.status == 204) return http::Response::empty();
    return http::Response::json(reply.status, std::move(reply.json));
}

bool is_parameter(std::string_view segment) { return segment.starts_with('{'); }

/// The parameters of a path that fits the pattern.
std::optional<std::vector<std::string>> fit(std::string_view pattern,
                                            const std::vector<std::string>& segments) {
    const auto wanted = split(pattern);
    if (wanted.size() != segments.size()) return std::nullopt;
    std::vector<std::string> params;
    for (std::size_t i = 0; i < wanted.size(); ++i) {
        if (is_parameter(wanted[i])) {
            params.push_back(segments[i]);
        } else if (wanted[i] != segments[i]) {
            return std::nullopt;
        }
    }
    return params;
}

Result<std::vector<protocol::Snowflake>> read_ids(const Route& route,
                                                  const std::vector<std::string>& params) {
    std::vector<protocol::Snowflake> ids;
    for (const std::string_view segment : split(route.pattern)) {
        if (!is_parameter(segment)) continue;
        const auto id = protocol::parse_id(params[ids.size()]);
        const std::string_view name = segment.substr(1, segment.size() - 2);
        if (!id) return invalid("path", name, "NUMBER_TYPE_COERCE", "value is not a valid id");
        ids.push_back(*id);
    }
    return ids;
}

/// The text channels that may hold a message of that id: it says what guild it was made in, all but
/// one in 4,096 others.
void add_candidates(const protocol::GuildState& guild, MessageId id, std::vector<ChannelId>& out) {
    const auto uid = federation::Hash32::from(std::string_view(guild.guild.uid));
    if (!uid || federation::id_tag(*uid) != (id.value >> 10 & 0xfff)) return;
    guild.channels.for_each([&](ChannelId channel, const protocol::Channel& c) {
        if (is_text(c)) out.push_back(channel);
    });
}

Task<Result<ChannelId>> search(store::Db& db, std::vector<ChannelId> in, MessageId id) {
    if (in.empty()) co_return ChannelId{};
    auto look = [in = std::move(in), id](store::Tx& tx) -> Result<ChannelId> {
        const std::vector<MessageId> one{id};
        for (const ChannelId channel : in) {
            TRY(const auto found, store::messages::existing(tx, channel, one));
            if (!found.empty()) return channel;
        }
        return ChannelId{};
    };
    co_return co_await store::read(db, std::move(look));
}

Task<Result<Reply>> invoke(Call& call) {
    CO_TRY_VOID(co_await call.statuses.load(call.ctx()));
    co_return co_await call.route.handler(call);
}

}  // namespace

rest::Route counted(rest::Limit limit) {
    return {http::Method::other, "", rest::Auth::any, rest::Home::here, limit, nullptr, ""};
}

std::uint64_t major_of(protocol::Snowflake id) { return std::hash<std::string>{}(id.str()); }

rest::Api& Call::api_of(GuildId guild) const {
    return *classic.apis_[classic.shards_.of(guild).index()];
}

void Call::share_status(UserId user, const std::string& status) {
    statuses.remember(user, status);
    for (const auto& site : classic.sites_) {
        if (&site->statuses == &statuses) continue;
        const auto index = static_cast<unsigned>(&site - classic.sites_.data());
        classic.shards_.at(index).post(
            [to = &site->statuses, user, status] { to->remember(user, status); });
    }
}

Result<protocol::GuildSnapshot> Call::member_of(GuildId guild) const {
    const protocol::GuildSnapshot* state = ctx().view.guild(guild);
    if (!state) return protocol::make_error(protocol::kUnknownGuild);
    if (!(*state)->members.find(actor.user))
        return refuse(403, "You are not a member of this server");
    return *state;
}

ClassicApi::ClassicApi(base::Shards& shards,
                       std::vector<std::unique_ptr<rest::Api>>& apis,
                       journal::Bus& bus,
                       rest::Limits& limits)
    : shards_(shards), apis_(apis), limits_(limits) {
    for (const auto rows :
         {auth_routes(), user_routes(), server_routes(), channel_routes(), message_routes()}) {
        for (const Route& route : rows) routes_.push_back(&route);
    }
    for (unsigned i = 0; i < shards.count(); ++i) {
        sites_.push_back(std::make_unique<Site>(apis[i]->ctx.view));
        bus.subscribe(i, sites_[i]->rooms);
    }
}

ClassicApi::~ClassicApi() = default;

bool ClassicApi::owns(std::string_view first_segment) {
    return std::ranges::find(kOwn, first_segment) != kOwn.end();
}

ClassicApi::Match ClassicApi::match(const http::Request& request) const {
    Match found;
    auto segments = request.segments();
    if (segments.size() > 1 && segments.back().empty()) segments.pop_back();
    for (const Route* route : routes_) {
        auto params = fit(route->pattern, segments);
        if (!params) continue;
        if (route->method == request.method) {
            found.route = route;
            found.params = std::move(*params);
            return found;
        }
        const std::string_view method = http::method_name(route->method);
        // Two patterns may fit one path: /users/me and /users/{user_id}.
        if (found.allow.find(method) != found.allow.npos) continue;
        if (!found.allow.empty()) found.allow += ", ";
        found.allow += method;
    }
    return found;
}

Result<ClassicApi::Caller> ClassicApi::authenticate(const rest::Api& api,
                                                    std::string_view token) const {
    const services::Context& ctx = api.ctx;
    const Error bad = refuse(401, "Could not validate credentials");
    const auto claims = verify_jwt(ctx.secrets.jwt_key, token, ctx.clock.unix_ms());
    if (!claims) return bad;
    Caller caller;
    caller.token = services::hash_token(ctx.secrets.token_key, token);
    const protocol::AuthSession* session = ctx.view.session(caller.token);
    const bool is_its = session && session->kind == protocol::SessionKind::classic &&
                        session->user == claims->user && session->id == claims->session;
    if (!is_its || !ctx.view.user(claims->user)) return bad;
    caller.actor.user = claims->user;
    caller.actor.kind = protocol::SessionKind::classic;
    caller.actor.session_id = session->id;
    caller.expires_ms = claims->expires_s * 1000;
    return caller;
}

Result<ClassicApi::Caller> ClassicApi::authenticate(const rest::Api& api,
                                                    const http::Request& request) const {
    const auto given = services::parse_credentials(request.header("authorization"));
    if (given.scheme != services::Credentials::Scheme::bearer || given.token.empty())
        return refuse(401, "Not authenticated");
    return authenticate(api, given.token);
}

rest::Limits::Verdict ClassicApi::take(const Route& route,
                                       const http::Request& request,
                                       const std::vector<protocol::Snowflake>& ids,
                                       UserId user) {
    const bool major = route.home == Home::server || route.home == Home::channel;
    const rest::Limits::Caller caller =
        user ? rest::Limits::Caller{user.value, true}
             : rest::Limits::Caller{rest::address_key(request), false};
    return limits_.take(counted(route.limit), major ? major_of(ids[0]) : 0, caller);
}

Task<Result<ChannelId>> ClassicApi::find_message(rest::Api& api, UserId user, MessageId id) const {
    const journal::View& view = api.ctx.view;
    std::vector<ChannelId> near, far;
    for (const GuildId guild : view.guilds_of(user)) {
        if (const auto* state = view.guild(guild)) add_candidates(**state, id, near);
    }
    CO_TRY(ChannelId found, co_await search(api.ctx.db, std::move(near), id));
    if (found) co_return found;
    // A message elsewhere is refused, not denied.
    view.for_each_guild([&](const protocol::GuildState& g) { add_candidates(g, id, far); });
    CO_TRY(found, co_await search(api.ctx.db, std::move(far), id));
    if (!found) co_return protocol::make_error(protocol::kUnknownMessage);
    co_return found;
}

Task<Result<ClassicApi::Place>> ClassicApi::place_of(rest::Api& api,
                                                     const Route& route,
                                                     const std::vector<protocol::Snowflake>& ids,
                                                     UserId user) const {
    const journal::View& view = api.ctx.view;
    if (route.home == Home::here) co_return Place{&api.ctx.here, {}};
    if (route.home == Home::server) {
        const GuildId guild(ids[0].value);
        if (!view.guild(guild)) co_return protocol::make_error(protocol::kUnknownGuild);
        co_return Place{&shards_.of(guild), {}};
    }
    ChannelId channel(ids[0].value);
    if (route.home == Home::message) {
        CO_TRY(channel, co_await find_message(api, user, MessageId(ids[0].value)));
    }
    const GuildId guild = view.guild_of(channel);
    const protocol::GuildSnapshot* state = view.guild(guild);
    const protocol::Channel* c = state ? (*state)->channels.find(channel) : nullptr;
    if (!c || !is_text(*c)) co_return protocol::make_error(protocol::kUnknownChannel);
    co_return Place{&shards_.of(guild), channel};
}

Task<Result<Reply>> ClassicApi::run(base::Shard& here,
                                    const Route& route,
                                    const http::Request& request,
                                    services::Actor actor,
                                    std::vector<protocol::Snowflake> ids) {
    CO_TRY(const Place place, co_await place_of(*apis_[here.index()], route, ids, actor.user));
    const unsigned home = place.home->index();
    Call call{*this,
              *apis_[home],
              sites_[home]->statuses,
              route,
              request,
              std::move(actor),
              std::move(ids),
              place.channel};
    const auto work = [&call] { return invoke(call); };
    co_return co_await base::on_shard(here, *place.home, work);
}

Task<http::Response> ClassicApi::answer(http::Request& request) {
    base::Shard& here = *request.shard;
    Match found = match(request);
    if (!found.route && found.allow.empty()) co_return to_response(refuse(404, "Not Found"));
    if (!found.route) {
        auto response = to_response(refuse(405, "Method Not Allowed"));
        response.add_header("Allow", found.allow);
        co_return response;
    }
    const Route& route = *found.route;
    if (limits_.is_refused(rest::address_key(request)))
        co_return to_response(protocol::make_rate_limited(60));
    services::Actor actor;
    if (route.needs_token) {
        auto caller = authenticate(*apis_[here.index()], request);
        if (!caller) co_return to_response(caller.error());
        actor = std::move(caller->actor);
    }
    auto ids = read_ids(route, found.params);
    if (!ids) co_return to_response(ids.error());
    // Parsed now: the handler may run on another shard, to which the request is constant.
    (void)request.query();

    const rest::Limits::Verdict verdict = take(route, request, *ids, actor.user);
    http::Response response;
    if (verdict.allowed) {
        auto reply = co_await run(here, route, request, std::move(actor), std::move(*ids));
        response = reply ? answer_of(std::move(*reply)) : to_response(reply.error());
    } else {
        response = to_response(refuse(429, "Too many requests"));
    }
    limits_.write_headers(response, counted(route.limit), verdict);
    co_return response;
}

Task<http::Response> ClassicApi::serve(http::Request& request) {
    if (request.method == http::Method::options) co_return rest::preflight(request);
    http::Response response = co_await answer(request);
    if (response.status == 401 || response.status == 403 || response.status == 429)
        (void)limits_.take_invalid(rest::address_key(request));
    rest::add_cors(request, response);
    co_return response;
}

}  // namespace guildhall::classic
