#include "node/peering/commands/forwarder.h"

#include "federation/command_call.h"
#include "federation/receipt.h"
#include "node/peering/blobs/relink.h"
#include "node/peering/commands/arrival_routes.h"
#include "node/peering/link/problem.h"
#include "node/services/interaction_token.h"
#include "node/store/tables/messages.h"
#include "node/store/tables/nonces.h"
#include "protocol/access.h"
#include "protocol/api/message.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"

#include <boost/json/serialize.hpp>

#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using protocol::GuildId;
using protocol::UserId;
using rest::Call;
using rest::FederatedRoute;
using rest::Reply;
using namespace std::chrono_literals;

// People wait no longer for an answer, and clients give up soon after.
constexpr Nanos kAnswerTime = 10s;
// A link that is lost comes back at once or not for a while.
constexpr Nanos kConnectTime = 5s;
// The mirror is as far behind as the link is slow; the answer is true also without it.
constexpr Nanos kApplyTime = 5s;
// Longer than this node sends it again, and short enough that a command that was held back by
// somebody is not played at another time.
constexpr protocol::UnixMs kLifetimeMs = 30'000;
constexpr Nanos kRetryPause = 100ms;

constexpr std::string_view kPostMessage = "/channels/{channel_id}/messages";

// Of a body in a command, which has other parts, too.
constexpr std::size_t kInlineBytesMax = f::kCommandBodyBytesMax - 12 * 1024;

class CountedCall {
  public:
    CountedCall(std::map<UserId, unsigned>& counts, UserId user) : counts_(counts), user_(user) {
        ++counts_[user_];
    }
    CountedCall(const CountedCall&) = delete;
    CountedCall& operator=(const CountedCall&) = delete;
    ~CountedCall() {
        if (--counts_[user_] == 0) counts_.erase(user_);
    }

  private:
    std::map<UserId, unsigned>& counts_;
    UserId user_;
};

std::string query_text(const base::http::Query& query) {
    std::string out;
    for (const auto& [name, value] : query.pairs()) {
        if (!out.empty()) out += '&';
        out += base::http::percent_encode(name) + '=' + base::http::percent_encode(value);
    }
    return out;
}

/// What a link's end or a slow host gives: the same command may be sent again.
bool is_passing(const protocol::Error& error) { return error.status == 503 || error.status == 504; }

/// As the client wrote it; empty where there is none.
std::string nonce_of(const Call& call) {
    const auto* object = call.body.if_object();
    const auto* nonce = object ? object->if_contains("nonce") : nullptr;
    return nonce && (nonce->is_string() || nonce->is_number()) ? boost::json::serialize(*nonce)
                                                               : std::string();
}

base::Counter& sent_counter(Context& ctx, std::string_view outcome) {
    return ctx.metrics.counter("guildhall_commands_sent_total",
                               "Commands of this node's users to hosts of other guilds",
                               "outcome=\"" + std::string(outcome) + "\"");
}

Error away() {
    return unreachable("The node that hosts this server cannot be reached. Try again later.");
}

/// Who follows the wrong address, or one that is kept out, is told; why a node cannot be reached is
/// for the operator. The code is a secret.
Error no_invite(base::Log& log, const RemoteInvite& where, const Error& why) {
    log.info("peering",
             "the node of an invite cannot be reached",
             {{"node", where.node.host}, {"port", where.node.port}, {"why", why.message}});
    return why.status == 403 || why.status == 409 ? why : away();
}

/// The invite's object with the code by which it is known here.
std::string with_code(std::string json, const std::string& code) {
    auto value = protocol::parse_json(json);
    auto* object = value ? value->if_object() : nullptr;
    if (!object) return json;
    (*object)["code"] = code;
    return boost::json::serialize(*value);
}

/// The invite's object; who invites is a user of that node, which calls it by its bare name.
std::string with_inviter(std::string json, const std::string& node) {
    auto value = protocol::parse_json(json);
    auto* object = value ? value->if_object() : nullptr;
    auto* inviter = object ? object->if_contains("inviter") : nullptr;
    auto* user = inviter ? inviter->if_object() : nullptr;
    auto* name = user ? user->if_contains("username") : nullptr;
    if (!name || !name->is_string()) return json;
    const auto full = f::remote_name(std::string_view(name->get_string()), node);
    // Of a third node, whose name is there already.
    if (full) *name = boost::json::string(*full);
    return boost::json::serialize(*value);
}

}  // namespace

Forwarder::Forwarder(Context& ctx, Parts parts)
    : ctx_(ctx),
      parts_(parts),
      answered_(sent_counter(ctx, "answered")),
      given_up_(sent_counter(ctx, "given_up")),
      numbers_(ctx) {}

Task<Result<Reply>> Forwarder::forward(base::Shard& here,
                                       Call& call,
                                       const FederatedRoute& route,
                                       GuildId guild) {
    const auto work = [&] { return run(call, route, guild); };
    co_return co_await base::on_shard(here, ctx_.here, work);
}

Task<Result<Reply>> Forwarder::run(Call& call, const FederatedRoute& route, GuildId guild) {
    const auto* state = ctx_.view.guild(guild);
    if (!state) co_return protocol::make_error(protocol::kUnknownGuild);
    const auto uid = Hash32::from(std::string_view((*state)->guild.uid));
    const auto host = Hash32::from(std::string_view((*state)->hosting.hostUid));
    if (!uid || !host) co_return away();
    const Place place{guild, *uid, *host, (*state)->hosting.epoch};
    Ask what;
    what.actor = call.actor.user;
    what.logged = route.kind == FederatedRoute::Kind::command;
    const auto named = protocol::parse_id(rest::parameter(call, "channel_id"));
    if (named) what.channel = named->value;
    if (route.by_token) {
        // Who has the token speaks as the bot; the host looks at what is inside of it.
        auto inner = services::unwrap_interaction_token(parts_.dispatcher.secrets().interaction_key,
                                                        call.params[1]);
        if (!inner) co_return protocol::make_error(protocol::kUnknownWebhook);
        what.actor = protocol::id_cast<UserId>(inner->ref.application);
        what.channel = inner->ref.channel.value;
        call.params[1] = std::move(inner->ticket);
    }
    const auto at = under_way_.find(what.actor);
    if (at != under_way_.end() && at->second >= kUnderWayMax)
        co_return protocol::make_rate_limited(1.0);
    const CountedCall counted(under_way_, what.actor);
    if (auto before = co_await posted_before(call, route)) co_return std::move(*before);

    const auto peer = co_await reach(place.host);
    if (!peer) co_return peer.error().status == 403 ? unreachable(peer.error().message) : away();
    CO_TRY_VOID(co_await write_call(call, route, place.guild_uid, *peer, what));
    what.nonce_json = nonce_of(call);
    CO_TRY(Answer answer, co_await send(place, what));
    // Answers to interactions that are on no mirror name files on the host.
    if (answer.result.json.find("/cdn/attachments/") != std::string::npos)
        answer.result.json = relink(std::move(answer.result.json), parts_.links);
    co_return reply_of(std::move(answer));
}

/// What was posted with that nonce while this node was the host itself, or came by its command: the
/// host of today may never have heard of the nonce. Nothing where that message is no more.
Task<std::optional<Reply>> Forwarder::posted_before(const Call& call, const FederatedRoute& route) {
    if (route.method != base::http::Method::post || route.pattern != kPostMessage)
        co_return std::nullopt;
    const auto request = call.parse<protocol::api::MessageCreate>();
    const auto channel =
        protocol::parse_id<protocol::ChannelId>(rest::parameter(call, "channel_id"));
    if (!request || !channel || !request->nonce || !request->enforce_nonce.value_or(false))
        co_return std::nullopt;
    using Found = std::optional<protocol::MessageId>;
    auto look = [author = call.actor.user,
                 channel = *channel,
                 nonce = request->nonce->text,
                 since = ctx_.clock.unix_ms() -
                         protocol::limits::kNonceTtlMs](store::Tx& tx) -> Result<Found> {
        TRY(const Found id, store::nonces::find(tx, author, channel, nonce, since));
        if (!id) return id;
        const std::vector ids{*id};
        TRY(const auto there, store::messages::existing(tx, channel, ids));
        return there.empty() ? Found() : id;
    };
    const auto found = co_await store::read(ctx_.db, std::move(look));
    if (!found || !*found) co_return std::nullopt;
    co_return Reply::ok(R"({"id":")" + (*found)->str() + R"(","nonce":)" + request->nonce->json() +
                        "}");
}

/// One that was lost a moment ago is dialed until it is back, one that is gone is tried once.
Task<Result<std::shared_ptr<Peer>>> Forwarder::reach(Hash32 host) {
    const auto deadline = base::Deadline::after(ctx_.clock, kConnectTime);
    for (;;) {
        const Nanos left = deadline.left(ctx_.clock);
        auto peer = co_await parts_.peers.connect(host, parts_.peers.patience(host, left));
        const bool gone = parts_.peers.patience(host, kConnectTime) < kConnectTime;
        if (peer || gone || deadline.has_passed(ctx_.clock)) co_return peer;
        co_await ctx_.here.timers().sleep_for(kRetryPause);
    }
}

/// Until this node shows what the command did, where it will: not every node follows every log.
/// Whether it follows that one.
Task<bool> Forwarder::until_seen(const Place& place, const Ask& what, const Answer& answer) {
    const GuildId guild = place.guild;
    const auto mirror = parts_.mirrors.find(guild);
    if (!mirror || mirror->seat().host_uid != place.host || answer.result.status >= 300)
        co_return false;
    if (what.call.route == kAccept && what.call.method == "POST") {
        std::function<bool()> is_member = [this, guild, user = what.actor] {
            const auto* state = ctx_.view.guild(guild);
            return state && (*state)->members.find(user) != nullptr;
        };
        (void)co_await mirror->wait_for(std::move(is_member), kApplyTime);
    }
    const auto* state = ctx_.view.guild(guild);
    if (!answer.receipt || !state) co_return false;
    const std::uint64_t log = answer.receipt->log_id;
    if (log == f::kAdminLog && !mirror->find(log)) co_return false;
    if (log > f::kAdminLog) {
        const auto* channel = (*state)->channels.find(protocol::ChannelId(log));
        const protocol::Access access(**state, what.actor);
        if (!channel || !access.can_view(*channel)) co_return false;
    }
    (void)co_await parts_.mirrors.until_applied(guild, log, answer.receipt->seq, kApplyTime);
    co_return true;
}

/// The promise of an entry that is here, under a head that was verified, is kept, whoever signed
/// it: most receipts need no look at their signature. Where the entry did not come, the host is
/// held to its word.
bool Forwarder::holds(const Place& place, const Answer& answer, bool is_followed) {
    if (!answer.receipt || parts_.origins.is_kept(*answer.receipt)) return true;
    const auto stored = f::decode_signed_receipt(answer.result.receipt);
    if (!stored || !f::verify_receipt(*stored, answer.host_key)) {
        if (const auto host = parts_.peers.find(place.host))
            host->strike("a receipt that does not hold");
        return false;
    }
    const auto mirror = is_followed ? parts_.mirrors.find(place.guild) : nullptr;
    if (mirror) parts_.mirrors.witness().hold_to(mirror, answer.result.receipt);
    return true;
}

Task<Status> Forwarder::write_call(Call& call,
                                   const FederatedRoute& route,
                                   const Hash32& guild_uid,
                                   const std::shared_ptr<Peer>& host,
                                   Ask& out) {
    f::ApiCall& api = out.call;
    api.method = std::string(base::http::method_name(route.method));
    api.route = std::string(route.pattern);
    api.params = call.params;
    api.query = query_text(call.query);
    if (!call.body.is_null()) api.json = boost::json::serialize(call.body);
    api.reason = call.actor.reason;
    api.version = static_cast<std::uint8_t>(call.version);
    if (!call.files.empty()) {
        const FileCarrier::Purpose purpose{guild_uid, out.channel, out.actor.value};
        CO_TRY(api.files, co_await parts_.blobs.hand_over(host, purpose, std::move(call.files)));
    }
    if (api.json.size() > kInlineBytesMax && !route.answers_message && !route.guild_of) {
        std::vector<rest::UploadedFile> body(1);
        body.front().name = kWholeBody;
        body.front().bytes = std::exchange(api.json, {});
        const FileCarrier::Purpose purpose{guild_uid, out.channel, out.actor.value};
        CO_TRY(api.files, co_await parts_.blobs.hand_over(host, purpose, std::move(body)));
    }
    if (route.pattern == kAccept && route.method == base::http::Method::post)
        co_return co_await add_papers(out.actor, out);
    if (route.pattern == kAuthorize) {
        // The bot may be one of this node's, which the host does not know.
        const auto client = call.query.get("client_id");
        const auto bot = client ? protocol::parse_id<UserId>(*client) : std::nullopt;
        const auto* app =
            bot ? ctx_.view.application(protocol::id_cast<protocol::ApplicationId>(*bot)) : nullptr;
        if (!app) co_return Status();
        if (!(*app)->bot_public && (*app)->owner != out.actor)
            co_return protocol::make_error(
                protocol::kNotAuthorizedToPerformThisActionOnThisApplication);
        co_return co_await add_papers(*bot, out);
    }
    co_return Status();
}

/// Who comes new to a guild, the caller or a bot, shows who that is.
Task<Status> Forwarder::add_papers(UserId user, Ask& out) {
    CO_TRY(auto papers, co_await parts_.users.papers(user));
    out.call.keyLog = std::move(papers.key_log);
    out.profile = std::move(papers.profile);
    co_return Status();
}

// -- Sending --------------------------------------------------------------------------------------

f::SignedCommand Forwarder::sign(const Place& place,
                                 const Peer& host,
                                 const Ask& what,
                                 std::uint64_t seq) {
    f::CommandHeader header;
    header.guild_uid = place.guild_uid;
    header.epoch_min = place.epoch;
    header.origin_uid = ctx_.identity.uid;
    header.origin_seq = seq;
    header.actor = what.actor.value;
    header.channel = what.channel;
    // In the host's time, as far as it is known: its clock is what entries are stamped with.
    header.client_ts_ms = ctx_.clock.unix_ms() + host.clock_apart_ms();
    header.expires_ms = header.client_ts_ms + kLifetimeMs;
    f::Salt salt;
    ctx_.rng.fill(salt);
    return f::sign_command(header, salt, f::encode(what.call), ctx_.identity.key);
}

Task<Result<f::SignedCommand>> Forwarder::make(const Place& place, const Ask& what) {
    if (f::encode(what.call).size() + f::kSaltBytes > f::kCommandBodyBytesMax)
        co_return protocol::make_http_error(413);
    CO_TRY(const std::uint64_t seq, co_await numbers_.next(place.guild));
    const auto host = parts_.peers.find(place.host);
    if (!host) co_return away();
    // From the number to the first sending nothing waits: commands leave in the order of calls.
    co_return sign(place, *host, what, seq);
}

/// Until the host answered and this node shows what came of it.
Task<Result<Forwarder::Answer>> Forwarder::send(const Place& place, const Ask& what) {
    for (bool again = false;; again = true) {
        CO_TRY(const f::SignedCommand command, co_await make(place, what));
        const auto host = parts_.peers.find(place.host);
        const protocol::UnixMs apart = host ? host->clock_apart_ms() : 0;
        const f::Hash32 hash = command.hash();
        parts_.origins.note(command, what.nonce_json);
        auto answer = co_await deliver(place, command, what);
        (answer ? answered_ : given_up_).add(1, ctx_.here.index());
        if (answer) {
            const bool is_followed = co_await until_seen(place, what, *answer);
            if (!holds(place, *answer, is_followed)) answer = protocol::make_http_error(502);
        }
        parts_.origins.forget(hash);
        // Refused for its time, which the host told: it was not run, and is made again, once.
        const bool skewed =
            !answer && answer.error().status == 400 && host && host->clock_apart_ms() != apart;
        if (!skewed || again) co_return answer;
    }
}

Task<Result<Forwarder::Answer>> Forwarder::deliver(const Place& place,
                                                   const f::SignedCommand& command,
                                                   const Ask& what) {
    const Nanos until = ctx_.clock.now() + kAnswerTime;
    for (;;) {
        const Nanos left = until - ctx_.clock.now();
        if (left <= 0ns) co_return away();
        const auto host = parts_.peers.find(place.host);
        if (host && host->is_open()) {
            if (!what.profile.empty()) {
                f::frames::Profiles shown;
                shown.profiles.push_back(what.profile);
                host->send(std::move(shown));
            }
            auto answer = co_await host->ask(f::frame_of(command, what.logged), left);
            if (answer) co_return read(place, *host, command, std::move(*answer));
            const Error& error = answer.error();
            if (error.status == 429) {
                // The host paces the users of other nodes; the call's own limits come after that.
                const Nanos pause =
                    kRetryPause +
                    Nanos(static_cast<Nanos::rep>(std::max(error.retry_after, 0.0) * 1e9));
                if (ctx_.clock.now() + pause >= until) co_return answer.error();
                co_await ctx_.here.timers().sleep_for(pause);
                continue;
            }
            if (!is_passing(error)) co_return answer.error();
        }
        co_await ctx_.here.timers().sleep_for(kRetryPause);
        const Nanos patience = parts_.peers.patience(place.host, std::min(left, kConnectTime));
        const auto again = co_await parts_.peers.connect(place.host, patience);
        if (!again && patience < std::min(left, kConnectTime)) co_return away();
    }
}

Result<Forwarder::Answer> Forwarder::read(const Place& place,
                                          Peer& host,
                                          const f::SignedCommand& command,
                                          f::FrameBody body) const {
    auto* result = std::get_if<f::CommandResult>(&body);
    if (!result) {
        host.strike("a command was answered otherwise");
        return protocol::make_http_error(502);
    }
    if (result->status < 200 || result->status > 599) {
        host.strike("a command was answered with no status");
        return protocol::make_http_error(502);
    }
    Answer out;
    out.result = std::move(*result);
    if (out.result.receipt.empty()) return out;
    const auto stored = f::decode_signed_receipt(out.result.receipt);
    const auto& identity = host.identity();
    const auto receipt = stored && identity ? f::decode_receipt(stored->bytes) : std::nullopt;
    if (!receipt || receipt->command_hash != command.hash() ||
        receipt->guild_uid != place.guild_uid) {
        host.strike("a receipt of something else");
        return protocol::make_http_error(502);
    }
    out.receipt = *receipt;
    out.host_key = identity->keys.signing_key;
    return out;
}

Reply Forwarder::reply_of(Answer answer) const {
    Reply reply;
    // Who the caller is only this node says: clients throw their token away at a 401.
    reply.status = answer.result.status == 401 ? 403 : answer.result.status;
    reply.json = std::move(answer.result.json);
    if (reply.status == 429)
        reply.headers.emplace_back("Retry-After",
                                   std::to_string((answer.result.retryMs + 999) / 1000));
    return reply;
}

// -- Invites --------------------------------------------------------------------------------------

Task<Result<Reply>> Forwarder::invite(base::Shard& here, Call& call) {
    const auto where = parse_remote_invite(call.params[0]);
    if (!where) co_return protocol::make_error(protocol::kUnknownInvite);
    const auto work = [&] { return follow(call, *where); };
    CO_TRY(auto reply, co_await base::on_shard(here, ctx_.here, work));
    if (!reply) {
        call.params[0] = where->code;
        co_return co_await parts_.dispatcher.run(here, call);
    }
    if (reply->status == 200) reply->json = with_code(std::move(reply->json), call.params[0]);
    co_return std::move(*reply);
}

/// Nothing where the invite is one of this node, or of a guild that came to it.
Task<Result<std::optional<Reply>>> Forwarder::follow(Call& call, const RemoteInvite& where) {
    const bool accepts = call.route->method == base::http::Method::post;
    if (accepts && call.actor.is_bot())
        co_return protocol::make_error(protocol::kBotsCannotUseThisEndpoint);
    const auto peer = co_await parts_.peers.connect(where.node, kConnectTime);
    if (!peer && peer.error().status == 400) co_return std::optional<Reply>();
    if (!peer) co_return no_invite(ctx_.log, where, peer.error());
    if (accepts) co_return co_await accept(call, where.code, *peer);
    CO_TRY(auto seen, co_await look(where.code, *peer));
    co_return std::optional<Reply>(std::move(seen));
}

Task<Result<f::frames::InviteInfo>> Forwarder::ask_invite(std::shared_ptr<Peer> host,
                                                          std::string code) {
    f::frames::InviteGet get;
    get.code = std::move(code);
    auto answer = co_await host->ask(std::move(get), kAnswerTime);
    if (!answer) {
        const int status = answer.error().status;
        if (status == 404) co_return protocol::make_error(protocol::kUnknownInvite);
        if (status == 403) co_return kept_out_there(f::ProblemCode::held);
        if (status == 503 && host->blocks_us()) co_return kept_out_there(f::ProblemCode::blocked);
        co_return answer.error();
    }
    auto* info = std::get_if<f::frames::InviteInfo>(&*answer);
    if (!info) co_return protocol::make_http_error(502);
    co_return std::move(*info);
}

Task<Result<Reply>> Forwarder::look(const std::string& code, std::shared_ptr<Peer> peer) {
    CO_TRY(auto info, co_await ask_invite(peer, code));
    parts_.blobs.note_owner(protocol::Snowflake(info.guildId), peer->uid());
    co_return Reply::ok(with_inviter(std::move(info.json), peer->name()));
}

/// The invite's node, or the one that it says hosts the guild now.
Task<Result<std::shared_ptr<Peer>>> Forwarder::host_of(std::shared_ptr<Peer> first,
                                                       const f::frames::InviteInfo& info) {
    if (info.hostUid == first->uid()) co_return first;
    co_return co_await parts_.peers.connect(info.hostUid, kConnectTime);
}

Task<Result<std::optional<Reply>>> Forwarder::accept(Call& call,
                                                     const std::string& code,
                                                     std::shared_ptr<Peer> first) {
    const UserId user = call.actor.user;
    if (ctx_.view.guilds_of(user).size() >= protocol::limits::kGuildsPerUserMax)
        co_return protocol::make_error(protocol::kMaximumNumberOfGuildsReached);
    CO_TRY(auto info, co_await ask_invite(first, code));
    if (info.hostUid == ctx_.identity.uid) co_return std::optional<Reply>();
    const auto host = co_await host_of(first, info);
    if (!host) co_return host.error().status == 403 ? host.error() : away();
    const auto genesis = f::decode_signed_genesis(info.genesis);
    if (!genesis || !f::verify(*genesis)) co_return protocol::make_http_error(502);
    const Place place{GuildId(info.guildId), f::uid_of(genesis->bytes), (*host)->uid(), 0};
    // Members here follow another host: what the invite says is not enough to make them leave it.
    const auto copy = parts_.mirrors.find(place.guild);
    const bool is_stale = copy && parts_.mirrors.is_stale(*copy, place.host);
    if (copy && !is_stale && copy->seat().host_uid != place.host) co_return away();

    Ask what;
    what.actor = user;
    what.call.method = "POST";
    what.call.route = std::string(kAccept);
    what.call.params = {code};
    what.call.version = static_cast<std::uint8_t>(call.version);
    CO_TRY_VOID(co_await add_papers(user, what));
    CO_TRY(Answer answer, co_await send(place, what));
    if (answer.result.status != 200) co_return std::optional<Reply>(reply_of(std::move(answer)));
    answer.result.json = with_inviter(std::move(answer.result.json), (*host)->name());
    // A copy that nobody needed may be going while the first of this node comes.
    const auto left = parts_.mirrors.find(place.guild);
    const bool is_going = left && left->state() == MirrorState::left;
    if (is_stale || is_going || !ctx_.view.guild(place.guild))
        CO_TRY_VOID(co_await parts_.mirrors.begin(*host, std::move(info)));
    co_return std::optional<Reply>(reply_of(std::move(answer)));
}

}  // namespace guildhall::peering
