#include "node/peering/commands/executor.h"

#include "federation/evidence.h"
#include "federation/limits.h"
#include "federation/missing_keys.h"
#include "federation/receipt.h"
#include "node/peering/commands/arrival_routes.h"
#include "node/peering/commands/said_again.h"
#include "node/peering/link/problem.h"
#include "node/peering/link/under_way.h"
#include "node/peering/users/user_keys.h"
#include "node/services/bot_arrival.h"
#include "node/services/interaction_token.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/evidence.h"
#include "node/store/tables/remote_commands.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/utf8.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <exception>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using f::CommandProblem;
using f::ProblemCode;
using protocol::ErrorCode;
using protocol::GuildId;
using protocol::UserId;
using rest::Call;
using rest::FederatedRoute;
using rest::Reply;

/// Of the answer's JSON: with the receipt and the frame around it, one frame of the live class.
constexpr std::size_t kAnswerBytesMax = 480 * 1024;

base::Counter& taken_counter(Context& ctx, std::string_view outcome) {
    return ctx.metrics.counter("guildhall_commands_taken_total",
                               "Commands of other nodes about guilds hosted here",
                               "outcome=\"" + std::string(outcome) + "\"");
}

f::CommandResult result_of(const protocol::Error& error) {
    f::CommandResult out;
    out.status = static_cast<std::uint16_t>(protocol::http_status(error));
    out.json = protocol::error_body(error);
    if (error.retry_after > 0) out.retryMs = static_cast<std::uint32_t>(error.retry_after * 1000);
    return out;
}

f::CommandResult result_of(Result<Reply> reply) {
    if (!reply) return result_of(reply.error());
    if (reply->json.size() > kAnswerBytesMax) return result_of(protocol::make_http_error(413));
    f::CommandResult out;
    out.status = static_cast<std::uint16_t>(reply->status);
    out.json = std::move(reply->json);
    return out;
}

/// An exception of a handler ends that handler's work and nothing else: the origin has an answer,
/// and the command is over.
Task<Result<Reply>> fenced(base::Log& log, Task<Result<Reply>> work) {
    Result<Reply> reply = protocol::make_http_error(500);
    try {
        reply = co_await std::move(work);
    } catch (const std::exception& e) {
        log.error("peering", "a command ended with an exception", {{"what", e.what()}});
    }
    co_return reply;
}

/// What the origin did wrong, as its problem.
ProblemCode code_of(CommandProblem problem) {
    switch (problem) {
        case CommandProblem::none:
            return ProblemCode::none;
        case CommandProblem::bad_signature:
        case CommandProblem::bad_body:
            return ProblemCode::bad_signature;
        case CommandProblem::wrong_guild:
            return ProblemCode::not_found;
        case CommandProblem::wrong_origin:
        case CommandProblem::wrong_actor:
            return ProblemCode::forbidden;
        case CommandProblem::host_is_old:
            return ProblemCode::not_host;
        case CommandProblem::expired:
        case CommandProblem::clock_ahead:
            return ProblemCode::skew;
        case CommandProblem::malformed:
        case CommandProblem::bad_lifetime:
            break;
    }
    return ProblemCode::malformed;
}

/// Keys with a change: who was known at another home, and is a member nowhere, may have moved. It
/// is looked at when he is taken in (RemoteUsers::arrive).
bool shows_move(const f::CommandCall& command) {
    const f::ApiCall& call = *command.call;
    return call.route == kAccept && call.method == "POST" && call.keyLog.size() > 1;
}

/// Clocks and changes of host happen to honest nodes, and a user may have moved meanwhile.
bool is_fault(CommandProblem problem) {
    return problem != CommandProblem::none && problem != CommandProblem::host_is_old &&
           !f::is_about_clock(problem);
}

}  // namespace

Executor::Executor(Context& ctx, Parts parts)
    : ctx_(ctx),
      parts_(parts),
      ran_(taken_counter(ctx, "run")),
      repeated_(taken_counter(ctx, "repeated")),
      refused_(taken_counter(ctx, "refused")),
      log_(ctx),
      turns_(ctx.here) {
    parts_.peers.handle<f::CommandFrame>([this](Inbound inbound, f::CommandFrame frame) {
        on_command(std::move(inbound), std::move(frame));
    });
}

void Executor::on_command(Inbound inbound, f::CommandFrame frame) {
    if (const auto denied = inbound.peer().policy().begin(f::PeerGauge::commands))
        return inbound.refuse(*denied);
    ctx_.here.spawn("run a command", serve(std::move(inbound), std::move(frame)));
}

void Executor::refuse(const Inbound& inbound, const Refusal& why) const {
    refused_.add(1, ctx_.here.index());
    inbound.refuse(why.code, std::string(why.text));
    if (why.fault) inbound.peer().strike(why.text);
}

Task<void> Executor::serve(Inbound inbound, f::CommandFrame frame) {
    const UnderWay under_way(inbound.shared_peer(), f::PeerGauge::commands);
    Job job;
    job.origin = inbound.shared_peer();
    const Refusal why = read(inbound, std::move(frame), job);
    if (why.code != ProblemCode::none) {
        refuse(inbound, why);
        co_return;
    }
    const UserId actor(job.command.header.actor);
    if (const auto denied = job.origin->policy().take_command(actor, ctx_.clock.now())) {
        inbound.refuse(*denied);
        co_return;
    }
    // Held to the end, so that what a user does happens in the order in which it was done.
    const auto turn = co_await turns_.acquire(actor.value);
    if (!turn) {
        inbound.refuse(ProblemCode::busy, "too many commands of one user", 1000);
        co_return;
    }
    co_await run_once(std::move(inbound), std::move(job));
}

// -- Checks ---------------------------------------------------------------------------------------

Executor::Refusal Executor::read(Inbound& inbound, f::CommandFrame frame, Job& job) const {
    job.logged = frame.logged;
    auto command = f::command_of(frame);
    if (!command) return {ProblemCode::malformed, "a command that cannot be read", true};
    const auto& identity = inbound.peer().identity();
    if (!identity) return {ProblemCode::forbidden, "a node without keys"};
    CommandProblem problem = CommandProblem::none;
    if (!f::verify(*command, identity->keys.signing_key, &problem))
        return {code_of(problem), f::text_of(problem), true};
    auto call = f::read_command(std::move(*command));
    if (!call || !call->call) return {ProblemCode::malformed, "a command without a call", true};
    job.command = std::move(*call);
    if (auto why = check_place(job); why.code != ProblemCode::none) return why;
    if (auto why = make_call(job); why.code != ProblemCode::none) return why;
    return check_target(job);
}

Executor::Refusal Executor::check_place(Job& job) const {
    const f::CommandHeader& header = job.command.header;
    job.guild = ctx_.view.guild_of_uid(header.guild_uid.text());
    const auto* guild = ctx_.view.guild(job.guild);
    if (!guild) return {ProblemCode::not_found, "no such guild"};
    if (ctx_.view.role(job.guild) != journal::GuildRole::hosted)
        return {ProblemCode::not_host, "another node hosts the guild"};
    const protocol::GuildState& state = **guild;
    if (state.node_bans.find(std::string(job.origin->uid().text())))
        return {ProblemCode::forbidden, "the node is banned from the guild"};

    f::CommandPlace place;
    place.guild_uid = header.guild_uid;
    place.epoch = state.hosting.epoch;
    place.origin_uid = job.origin->uid();
    place.now_ms = ctx_.clock.unix_ms();
    const UserId actor(header.actor);
    if (const auto* member = state.members.find(actor)) {
        place.actor_home = Hash32::from(std::string_view(protocol::home_of(state, *member)));
    } else if (const auto* user = ctx_.view.user(actor); user && !shows_move(job.command)) {
        const std::string& home = (*user)->home_uid;
        place.actor_home = home.empty() ? ctx_.identity.uid : Hash32::from(std::string_view(home));
    }
    const CommandProblem problem = f::check(header, place);
    if (problem == CommandProblem::none) return {};
    return {code_of(problem), f::text_of(problem), is_fault(problem)};
}

/// Only what the table of federated routes has is run for others.
Executor::Refusal Executor::make_call(Job& job) const {
    const f::ApiCall& api = *job.command.call;
    const auto method = base::http::parse_method(api.method);
    const FederatedRoute* route = rest::find_federated(method, api.route);
    if (!route) return {ProblemCode::forbidden, "a call that is not for other nodes", true};
    if (job.logged != (route->kind == FederatedRoute::Kind::command))
        return {ProblemCode::malformed, "a question that changes something", true};
    auto call = parts_.dispatcher.call_of(method, api.route, api.params);
    if (!call) return {ProblemCode::malformed, "a call with other parameters", true};
    job.call = std::move(*call);
    job.call.version = api.version == 9 ? 9 : 10;
    job.call.query = base::http::Query::parse(api.query);
    if (!api.json.empty()) {
        auto body = protocol::parse_json(api.json);
        if (!body) return {ProblemCode::malformed, "a call whose body is no JSON", true};
        job.call.body = std::move(*body);
    }
    services::Actor& actor = job.call.actor;
    actor.user = UserId(job.command.header.actor);
    const auto* user = ctx_.view.user(actor.user);
    if (user && (*user)->bot) actor.kind = protocol::SessionKind::bot;
    // As the dispatcher takes it from a header.
    if (protocol::is_valid_utf8(api.reason))
        actor.reason = protocol::first_code_points(api.reason, protocol::limits::kAuditReasonMax);
    actor.command = std::make_shared<const f::SignedCommand>(job.command.command);
    actor.receipt = std::make_shared<std::string>();
    if (!route->by_token) return {};

    // The ticket is good in commands of the bot's home alone; the handler knows tokens.
    const std::string& key = parts_.dispatcher.secrets().interaction_key;
    const auto ref =
        services::read_interaction_ticket(key, job.call.params[1], job.origin->uid().text());
    if (!ref || protocol::id_cast<UserId>(ref->application) != actor.user ||
        ref->guild != job.guild)
        return {ProblemCode::not_found, "no such interaction"};
    job.call.params[1] = services::make_interaction_token(key, *ref);
    return {};
}

/// The call is about the guild that the command names, and its caller may use the route.
Executor::Refusal Executor::check_target(Job& job) const {
    const FederatedRoute& route =
        *rest::find_federated(job.call.route->method, job.call.route->pattern);
    if (!route.by_token && rest::guild_of(parts_.api, job.call, route) != job.guild)
        return {ProblemCode::not_found, "no such thing in this guild"};
    const bool is_bot = job.call.actor.is_bot();
    const rest::Auth auth = job.call.route->auth;
    if ((auth == rest::Auth::user && is_bot) || (auth == rest::Auth::bot && !is_bot))
        return {ProblemCode::forbidden, "not for this kind of account"};
    const bool joins =
        job.call.route->pattern == kAccept && job.call.route->method == base::http::Method::post;
    const auto& guild = **ctx_.view.guild(job.guild);
    if (!joins && !guild.members.find(job.call.actor.user))
        return {ProblemCode::forbidden, "not a member"};
    return {};
}

// -- Running --------------------------------------------------------------------------------------

Task<void> Executor::run_once(Inbound inbound, Job job) {
    const CommandLog::Number number{
        job.guild, job.origin->uid(), job.command.header.origin_seq, job.command.command.hash()};
    const auto seen = co_await log_.begin(number, job.command.command);
    if (!seen) {
        inbound.refuse(ProblemCode::busy, "try again", 1000);
        co_return;
    }
    if (*seen == f::OriginSeq::fresh) {
        ran_.add(1, ctx_.here.index());
        const f::CommandResult result = co_await run(job);
        log_.finish(number, result);
        inbound.reply(result);
        co_return;
    }
    if (*seen == f::OriginSeq::repeat) {
        repeated_.add(1, ctx_.here.index());
        if (auto result = co_await log_.answer(number)) {
            if (result->status == 0) co_await recall(job, *result);
            inbound.reply(std::move(*result));
            co_return;
        }
        co_return refuse(inbound, {ProblemCode::stale, "done long ago"});
    }
    if (*seen == f::OriginSeq::conflict) {
        keep_evidence(job, number);
        co_return refuse(inbound, {ProblemCode::conflict, "a number used twice", true});
    }
    refuse(inbound, {ProblemCode::stale, "a number below the window"});
}

Task<f::CommandResult> Executor::run(Job& job) {
    auto reply = co_await fenced(ctx_.log, carry_out(job));
    f::CommandResult result = result_of(std::move(reply));
    result.receipt = *job.call.actor.receipt;
    keep_answer(job, result);
    co_return result;
}

/// A crash came between the entries and their answer: what they made is there, and is asked what
/// it is (said_again.h). Who made something else looks for it.
Task<void> Executor::recall(Job& job, f::CommandResult& result) {
    using base::http::Method;
    const auto stored = f::decode_signed_receipt(result.receipt);
    const auto receipt = stored ? f::decode_receipt(stored->bytes) : std::nullopt;
    const Method method = job.call.route->method;
    const FederatedRoute* route = rest::find_federated(method, job.call.route->pattern);
    Result<Reply> reply = Reply::no_content();
    if (method == Method::post || method == Method::patch)
        reply = protocol::make_error(protocol::kAPIResourceOverloaded);
    if (receipt) {
        auto look = [guild = job.guild, at = *receipt](store::Tx& tx) {
            const auto key = store::log_key(guild, at.log_id);
            return store::entries::find(tx, key, at.log_id, at.seq);
        };
        const auto entry = co_await store::read(ctx_.db, std::move(look));
        const std::uint64_t object = entry && *entry ? (*entry)->header.object_id : 0;
        auto again = said_again(job.call, route->answers_message, receipt->log_id, object);
        Result<rest::Call> get = protocol::make_http_error(404);
        if (again) get = parts_.dispatcher.get_of(again->pattern, std::move(again->params));
        if (get) {
            get->version = job.call.version;
            get->actor.user = job.call.actor.user;
            get->actor.kind = job.call.actor.kind;
            reply = co_await fenced(ctx_.log, parts_.dispatcher.run(ctx_.here, *get));
        }
    }
    std::string bytes = std::move(result.receipt);
    result = result_of(std::move(reply));
    result.receipt = std::move(bytes);
}

/// The origin contradicted itself: kept for the operator, who decides about the node.
void Executor::keep_evidence(const Job& job, const CommandLog::Number& number) {
    const auto first = log_.other(number);
    const Known* origin = parts_.peers.directory().find(job.origin->uid());
    if (!first || !origin) return;
    store::evidence::EvidenceRow row;
    row.guild = job.guild;
    row.kind = static_cast<std::uint8_t>(f::EvidenceKind::conflicting_commands);
    row.statements = f::encode(f::conflicting_commands(origin->log, *first, job.command.command));
    row.ts_ms = ctx_.clock.unix_ms();
    journal::Change change;
    change.rows = [row = std::move(row)](store::Tx& tx) { return store::evidence::add(tx, row); };
    store_later(std::move(change));
}

/// For who asks after a restart; nobody waits for it.
void Executor::keep_answer(const Job& job, const f::CommandResult& result) {
    if (result.receipt.empty()) return;
    journal::Change change;
    change.rows = [hash = job.command.command.hash(), status = result.status, json = result.json](
                      store::Tx& tx) {
        return store::remote_commands::set_answer(tx, hash, status, json);
    };
    change.can_wait = true;
    store_later(std::move(change));
}

void Executor::store_later(journal::Change change) {
    const auto keep = [](Context& ctx, journal::Change what) -> Task<void> {
        (void)co_await ctx.journal.store(ctx.here, std::move(what));
    };
    ctx_.here.spawn("keep what a command left", keep(ctx_, std::move(change)));
}

Task<Result<Reply>> Executor::carry_out(Job& job) {
    const std::string_view pattern = job.call.route->pattern;
    if (job.logged) CO_TRY_VOID(co_await introduce(job));
    if (pattern == kAccept && job.call.route->method == base::http::Method::post)
        CO_TRY_VOID(co_await welcome(job));
    if (!job.command.call->files.empty()) {
        CO_TRY(job.call.files,
               co_await parts_.files.take(job.origin->uid(), job.command.call->files));
        CO_TRY_VOID(co_await take_body(job));
    }
    if (pattern == kAuthorize && !job.command.call->keyLog.empty()) co_return co_await add_bot(job);
    co_return co_await parts_.dispatcher.run(ctx_.here, job.call);
}

/// A body that came as a file.
Task<Status> Executor::take_body(Job& job) {
    std::vector<rest::UploadedFile>& files = job.call.files;
    if (files.front().name != kWholeBody || !job.call.body.is_null()) co_return Status();
    CO_TRY(const std::string text,
           co_await parts_.files.read(job.command.call->files.front().hash));
    CO_TRY(job.call.body, protocol::parse_json(text));
    files.erase(files.begin());
    co_return Status();
}

/// The origin's keys, as far as the guild's log has them not.
Task<Status> Executor::introduce(Job& job) {
    const Known* known = parts_.peers.directory().find(job.origin->uid());
    const f::KeyLog& now = known ? known->log : job.origin->identity()->log;
    const Hash32 origin = job.origin->uid();
    // The command waited for its turn: the guild may be gone.
    const auto* guild = ctx_.view.guild(job.guild);
    if (!guild) co_return protocol::make_error(protocol::kUnknownGuild);
    const auto seen = f::missing_keys(**guild, origin, now);
    if (seen && !*seen) co_return Status();
    const f::KeyLog log = now;
    const auto add = [&]() -> Task<Status> {
        // Another command may have brought it meanwhile.
        const auto* state = ctx_.journal.decided(job.guild);
        if (!state) co_return protocol::make_error(protocol::kUnknownGuild);
        auto missing = f::missing_keys(*state, origin, log);
        if (!missing) co_return protocol::make_error(protocol::kMissingAccess, "Too many nodes");
        if (!*missing) co_return Status();
        journal::Decision decision;
        decision.events.emplace_back(std::move(**missing));
        CO_TRY_VOID(co_await ctx_.journal.commit(job.guild, std::move(decision)));
        co_return Status();
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(job.guild), add);
}

/// Somebody who joins shows who he is.
Task<Status> Executor::welcome(Job& job) {
    const UserId user = job.call.actor.user;
    const auto* guild = ctx_.view.guild(job.guild);
    if (!guild) co_return protocol::make_error(protocol::kUnknownGuild);
    if ((*guild)->members.find(user)) co_return Status();
    if (const auto denied = job.origin->policy().take(f::PeerAction::join, ctx_.clock.now()))
        co_return protocol::make_rate_limited(denied->retry_ms / 1000.0);
    CO_TRY_VOID(co_await parts_.users.arrive(job.origin, user, job.command.call->keyLog));
    co_return co_await introduce_user(job, user);
}

/// The keys of who has moved before stand in the guild's log before its first entry of that user:
/// the next move is held against them.
Task<Status> Executor::introduce_user(Job& job, UserId user) {
    const auto& shown = job.command.call->keyLog;
    const auto* known = ctx_.view.user(user);
    const auto uid = known ? Hash32::from((*known)->uid) : std::nullopt;
    if (shown.size() < 2 || !uid) co_return Status();
    const f::KeyLog log{shown.front(), {shown.begin() + 1, shown.end()}};
    const auto keys = shown_keys(ctx_, parts_.peers.directory(), *uid, log);
    const auto add = [&]() -> Task<Status> {
        const auto* state = ctx_.journal.decided(job.guild);
        if (!state) co_return protocol::make_error(protocol::kUnknownGuild);
        CO_TRY(auto missing, missing_of(*state, keys));
        if (missing.empty()) co_return Status();
        journal::Decision decision;
        decision.events = std::move(missing);
        CO_TRY_VOID(co_await ctx_.journal.commit(job.guild, std::move(decision)));
        co_return Status();
    };
    co_return co_await base::on_shard(ctx_.here, ctx_.shards.of(job.guild), add);
}

/// A bot of the caller's node: its application is known there alone.
Task<Result<Reply>> Executor::add_bot(Job& job) {
    const auto field = [&](std::string_view name) -> std::string {
        const auto* object = job.call.body.if_object();
        const auto* value = object ? object->if_contains(name) : nullptr;
        const auto* text = value ? value->if_string() : nullptr;
        if (text) return std::string(*text);
        return std::string(job.call.query.get(name).value_or(std::string_view()));
    };
    const auto bot = protocol::parse_id<UserId>(field("client_id"));
    if (!bot) co_return protocol::make_error(protocol::kUnknownApplication);
    CO_TRY_VOID(co_await parts_.users.arrive(job.origin, *bot, job.command.call->keyLog));
    CO_TRY_VOID(co_await introduce_user(job, *bot));
    const auto* user = ctx_.view.user(*bot);
    if (!user) co_return protocol::make_error(protocol::kUnknownUser);
    const std::string name = (*user)->username.substr(0, (*user)->username.find('@'));
    const auto asked = protocol::parse_id(field("permissions"));
    CO_TRY_VOID(co_await services::bring_bot(parts_.api.ctx,
                                             job.call.actor,
                                             job.guild,
                                             *bot,
                                             name,
                                             protocol::Permissions{asked ? asked->value : 0}));
    co_return Reply::ok(R"({"location":"/oauth2/authorized?guild_id=)" + job.guild.str() + R"("})");
}

}  // namespace guildhall::peering
