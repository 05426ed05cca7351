#include "node/gateway/hub.h"

#include "node/gateway/ready.h"
#include "node/services/tokens.h"
#include "protocol/limits.h"

#include <algorithm>

namespace guildhall::gateway {

namespace api = protocol::limits;

Hub::Hub(services::Context& context, const Deps& deps, Probe& probe, Gateway& gateway)
    : world_(context, deps, probe),
      presences_(world_),
      fanout_(world_, presences_),
      members_(world_, presences_),
      resumer_(world_, *this, gateway),
      saver_(world_),
      departures_(world_, gateway),
      trace_(gateway::trace(context.settings)) {}

Hub::~Hub() {
    shard().timers().cancel(sweep_timer_);
    shard().forget_turn_end(*this);
}

// --- From the Bus --------------------------------------------------------------------------------

void Hub::on_committed(const journal::Committed& entry) {
    if (!world_.stopping) fanout_.on_committed(entry);
}

void Hub::on_guild(const journal::GuildChange& change) {
    if (!world_.stopping) fanout_.on_guild(change);
}

void Hub::on_notice(const journal::Notice& notice) {
    if (world_.stopping) return;
    std::visit(protocol::Overloaded{
                   [&](const journal::UserDispatch& n) { fanout_.on_user_dispatch(n); },
                   [&](const journal::SessionClosed& n) { session_closed(n); },
                   [&](const journal::UserChanged& n) { fanout_.on_user_changed(*n.user); },
                   [](const auto&) {},
               },
               notice);
}

void Hub::on_ephemeral(const journal::Ephemeral& ephemeral) {
    if (world_.stopping) return;
    if (const auto* typing = std::get_if<journal::Typing>(&ephemeral)) {
        fanout_.on_typing(*typing);
    } else if (const auto* presence = std::get_if<journal::Presence>(&ephemeral)) {
        presences_.on_presence(*presence);
    }
}

void Hub::session_closed(const journal::SessionClosed& notice) {
    const std::vector<Session*> sessions = world_.sessions_of(notice.user);
    for (Session* session : sessions) {
        if (session->who().token != notice.token) continue;
        if (Connection* connection = connection_of(*session)) {
            connection->fail(close_code::kAuthenticationFailed, "Authentication failed.");
        }
        end(*session);
    }
}

// --- Connections ---------------------------------------------------------------------------------

std::uint64_t Hub::add(Connection& connection) {
    connections_.emplace(++last_number_, &connection);
    world_.probe.connections.add(1);
    schedule_sweep();
    return last_number_;
}

void Hub::forget(Connection& connection) {
    if (Session* session = connection.session()) {
        connection.let_go();
        connection_lost(*session, false);
    }
    connections_.erase(connection.number());
    world_.probe.connections.add(-1);
}

Connection* Hub::connection(std::uint64_t number) const {
    const auto at = connections_.find(number);
    return at == connections_.end() ? nullptr : at->second;
}

Connection* Hub::connection_of(const Session& session) const {
    return session.outlet() ? connection(session.connection_number) : nullptr;
}

void Hub::connection_lost(Session& session, bool ended_by_client) {
    const bool whole = session.detach(clock().now());
    if (world_.stopping) return;
    if (!whole || ended_by_client) end(session);
}

void Hub::end(Session& session) {
    if (Connection* connection = connection_of(session)) connection->let_go();
    const protocol::UserId user = session.user();
    saver_.forget(session.id());
    world_.remove_session(session);
    presences_.refresh(user);
    departures_.session_ended(user);
}

void Hub::close_moved(Session& session) {
    if (Connection* connection = connection_of(session)) {
        connection->let_go();
        connection->fail(close_code::kUnknownError, "Resumed elsewhere.");
    }
    const protocol::UserId user = session.user();
    world_.remove_session(session);
    presences_.refresh(user);
}

const protocol::AuthSession* Hub::login(const protocol::TokenHash& token) const {
    const protocol::AuthSession* found = world_.ctx.view.session(token);
    if (!found || found->kind == protocol::SessionKind::classic) return nullptr;
    if (found->expires_ms != 0 && found->expires_ms <= world_.ctx.clock.unix_ms()) return nullptr;
    const auto* user = world_.ctx.view.user(found->user);
    return user && !(*user)->deleted ? found : nullptr;
}

// --- IDENTIFY ------------------------------------------------------------------------------------

void Hub::identify(Connection& connection, IdentifyRequest request) {
    if (turn_bytes_ < limits::kTurnBytes) {
        const std::size_t before = connection.outlet().queued_bytes();
        begin(connection, request);
        turn_bytes_ += connection.outlet().queued_bytes() - before;
    } else {
        connection.set_busy(true);
        waiting_identifies_.emplace_back(connection.number(), std::move(request));
    }
    shard().at_turn_end(*this);
}

void Hub::pump(Connection& connection) {
    shard().at_turn_end(*this);
    if (turn_bytes_ >= limits::kTurnBytes) return pump_later(connection);
    Session& session = *connection.session();
    const std::size_t before = connection.outlet().queued_bytes();
    session.pump();
    turn_bytes_ += connection.outlet().queued_bytes() - before;
    if (session.is_searching()) pump_later(connection);
    turn_bytes_ += std::exchange(session.looked_at, 0) * limits::kSearchBytesPerMember;
}

void Hub::pump_later(Connection& connection) {
    if (std::exchange(connection.session()->waits_for_turn, true)) return;
    waiting_pumps_.push_back(connection.number());
}

void Hub::on_turn_end() {
    turn_bytes_ = 0;
    // Those under way first: they hold memory.
    const auto pumps = std::exchange(waiting_pumps_, {});
    for (const std::uint64_t number : pumps) {
        Connection* connection = this->connection(number);
        if (!connection || !connection->session()) continue;
        connection->session()->waits_for_turn = false;
        pump(*connection);
    }
    auto identifies = std::exchange(waiting_identifies_, {});
    for (auto& [number, request] : identifies) {
        Connection* connection = this->connection(number);
        if (!connection) continue;
        connection->set_busy(false);
        identify(*connection, std::move(request));
    }
}

void Hub::begin(Connection& connection, const IdentifyRequest& request) {
    if (world_.stopping) return connection.send_reconnect();
    Identity who;
    who.token = services::hash_token(world_.ctx.secrets.token_key, request.token);
    const protocol::AuthSession* found = login(who.token);
    if (!found) {
        return connection.fail(close_code::kAuthenticationFailed, "Authentication failed.");
    }
    who.user = found->user;
    who.bot = found->kind == protocol::SessionKind::bot;
    who.capabilities = request.capabilities;
    who.large_threshold = request.large_threshold;
    who.version = connection.version();
    who.compress = request.compress;
    who.client = request.client;
    for (const Refusal& refusal : {check_intents(request, who), check_shard(request, who)}) {
        if (refusal.code != 0) return connection.fail(refusal.code, refusal.reason);
    }
    if (world_.sessions_of(who.user).size() >= limits::kSessionsPerUserMax) {
        return connection.fail(close_code::kTooManySessions, "Too many sessions.");
    }
    if (who.bot && !world_.starts.take(who.user, who.shard_id)) {
        world_.probe.invalid_sessions.add(1, shard().index());
        return connection.invalid_session(false);
    }
    start(connection, who, request);
}

Hub::Refusal Hub::check_intents(const IdentifyRequest& request, Identity& who) const {
    if (!request.intents) {
        if (who.bot) return {close_code::kInvalidIntents, "Invalid intent(s)."};
        return {};
    }
    if (*request.intents & ~std::uint64_t{intent::kKnown}) {
        return {close_code::kInvalidIntents, "Invalid intent(s)."};
    }
    who.intents = static_cast<std::uint32_t>(*request.intents);
    if (!who.bot) return {};
    const auto* application =
        world_.ctx.view.application(protocol::id_cast<protocol::ApplicationId>(who.user));
    const std::uint64_t flags = application ? (*application)->flags : 0;
    const bool allowed =
        (!who.wants(intent::kMembers) || flags & application_flag::kMembers) &&
        (!who.wants(intent::kPresences) || flags & application_flag::kPresence) &&
        (!who.wants(intent::kMessageContent) || flags & application_flag::kMessageContent);
    if (!allowed) return {close_code::kDisallowedIntents, "Disallowed intent(s)."};
    return {};
}

Hub::Refusal Hub::check_shard(const IdentifyRequest& request, Identity& who) const {
    if (request.shard) {
        const auto [id, count] = *request.shard;
        if (count < 1 || count > api::kShardCountMax || id < 0 || id >= count) {
            return {close_code::kInvalidShard, "Invalid shard."};
        }
        who.shard_id = static_cast<std::uint16_t>(id);
        who.shard_count = static_cast<std::uint16_t>(count);
    }
    if (!who.bot || world_.ctx.view.guilds_of(who.user).size() <= api::kGuildsPerShardMax) {
        return {};
    }
    if (guilds_of(world_, who).size() > api::kGuildsPerShardMax) {
        return {close_code::kShardingRequired, "Sharding required."};
    }
    return {};
}

void Hub::start(Connection& connection, const Identity& who, const IdentifyRequest& request) {
    Session& session = world_.add_session(world_.new_session_id(), who);
    connection.begin(session);
    session.guilds.reserve(world_.ctx.view.guilds_of(who.user).size());
    world_.probe.identifies.add(1, shard().index());
    // The shard follows guilds from here on in the same turn in which READY is written, so nothing
    // can happen between the two.
    std::vector<protocol::GuildId> guilds = guilds_of(world_, who);
    if (who.bot) {
        session.dispatch_own("READY", ready_for_bot(world_, session, request.shard.has_value()));
        if (who.wants(intent::kGuilds)) {
            if (!guilds.empty()) {
                session.add_pump(make_guilds_pump(world_, presences_, std::move(guilds)));
            }
        } else {
            for (const auto id : guilds) world_.join(session, **world_.ctx.view.guild(id));
        }
    } else {
        const UserReady ready = ready_for_user(world_, presences_, session);
        session.dispatch_own("READY", ready.ready);
        if (!ready.supplemental.empty()) {
            session.dispatch_own("READY_SUPPLEMENTAL", ready.supplemental);
        }
        for (const auto id : guilds) world_.join(session, **world_.ctx.view.guild(id));
    }
    pump(connection);
    presences_.begin(session, request.presence.value_or(OwnPresence{.status = "online"}));
}

void Hub::greet(Connection& connection, Session& session) {
    if (Connection* old = connection_of(session)) {
        // The line it had may be dead without knowing; the client chose this one.
        old->let_go();
        old->fail(close_code::kUnknownError, "Resumed elsewhere.");
        session.detach(clock().now());
    }
    connection.begin(session);
    world_.probe.resumes.add(1, shard().index());
    if (!session.presence) presences_.set(session, OwnPresence{.status = "online"});
}

void Hub::resume(Connection& connection, ResumeRequest request) {
    if (world_.stopping) return connection.send_reconnect();
    resumer_.resume(connection, std::move(request));
}

// --- What clients ask ----------------------------------------------------------------------------

void Hub::set_presence(Session& session, OwnPresence presence) {
    presences_.set(session, std::move(presence));
}

void Hub::request_members(Session& session, const MembersRequest& request) {
    members_.request(session, request);
    if (Connection* connection = connection_of(session)) pump(*connection);
}

void Hub::subscribe(Session& session, const Subscription& subscription) {
    members_.subscribe(session, subscription);
    if (Connection* connection = connection_of(session)) pump(*connection);
}

// --- Time ----------------------------------------------------------------------------------------

void Hub::schedule_sweep() {
    if (sweep_timer_ || world_.stopping) return;
    sweep_timer_ = shard().timers().schedule_after(limits::kSweepInterval, [this] {
        sweep_timer_ = {};
        sweep();
        // Nothing to watch: the next connection starts it again.
        if (!connections_.empty() || world_.session_count() > 0 || saver_.has_work() ||
            departures_.has_work()) {
            schedule_sweep();
        }
    });
}

void Hub::sweep() {
    const base::Nanos now = clock().now();
    std::vector<Connection*> open;
    open.reserve(connections_.size());
    for (const auto& [number, connection] : connections_) open.push_back(connection);
    for (Connection* connection : open) connection->check_deadline(now);
    std::vector<Session*> expired;
    std::vector<protocol::UserId> gone;
    world_.for_each_session([&](Session& session) {
        if (session.is_expired(now)) expired.push_back(&session);
        if (session.presence && session.is_away(now)) {
            session.presence.reset();
            gone.push_back(session.user());
        }
    });
    for (Session* session : expired) end(*session);
    for (const protocol::UserId user : gone) presences_.refresh(user);
    members_.sweep();
    world_.hot.sweep();
    saver_.sweep();
    departures_.sweep();
}

base::Task<void> Hub::shut_down() {
    world_.stopping = true;
    shard().timers().cancel(sweep_timer_);
    std::vector<Connection*> open;
    open.reserve(connections_.size());
    for (const auto& [number, connection] : connections_) open.push_back(connection);
    for (Connection* connection : open) connection->send_reconnect();
    co_await saver_.save_all();
    // Those that have not left by themselves.
    open.clear();
    open.reserve(connections_.size());
    for (const auto& [number, connection] : connections_) open.push_back(connection);
    for (Connection* connection : open) {
        connection->fail(close_code::kGoingAway, "The node is stopping.");
    }
}

}  // namespace guildhall::gateway
