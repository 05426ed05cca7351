#include "node/gateway/resumer.h"

#include "node/gateway/gateway.h"
#include "node/gateway/hosting_update.h"
#include "node/gateway/hub.h"
#include "node/gateway/log_reader.h"
#include "node/gateway/ready.h"
#include "node/gateway/retell.h"
#include "node/gateway/saver.h"
#include "node/services/tokens.h"
#include "node/store/await.h"

#include <algorithm>
#include <utility>

namespace guildhall::gateway {

using base::Task;

namespace {

/// What a RESUME with a token of no login gets, whenever that is found.
void log_out(Connection& connection) {
    connection.set_busy(false);
    connection.fail(close_code::kAuthenticationFailed, "Authentication failed.");
}

}  // namespace

void Resumer::resume(Connection& connection, ResumeRequest request) {
    const auto token = services::hash_token(world_.ctx.secrets.token_key, request.token);
    if (!hub_.login(token)) return log_out(connection);
    connection.set_busy(true);
    Attempt attempt{connection.number(), std::move(request), token};
    // Nearly always the session is here with all that was missed: no coroutine then.
    const std::string& id = attempt.request.session_id;
    if (Session* session = world_.find_session(id); session && !session->is_held()) {
        if (session->who().token != token) return fail(attempt, Outcome::invalid);
        if (attempt.request.seq > session->ring().last()) {
            connection.set_busy(false);
            return connection.fail(close_code::kInvalidSeq, "Invalid seq.");
        }
        const auto cold = cold_after(*session, attempt.request.seq);
        if (!cold) {
            hub_.end(*session);
            return fail(attempt, Outcome::invalid);
        }
        if (cold->empty()) {
            finish(attempt);  // The login was looked at just now.
            return;
        }
    }
    world_.ctx.here.spawn("gateway resume", run(std::move(attempt)));
}

Task<void> Resumer::run(Attempt attempt) {
    Outcome outcome = co_await find_and_resume(attempt);
    if (outcome == Outcome::resumed) co_return;
    // Whatever else is wrong: who is logged out hears that, as it would have at once.
    if (!hub_.login(attempt.token)) outcome = Outcome::logged_out;
    fail(attempt, outcome);
}

void Resumer::fail(const Attempt& attempt, Outcome outcome) {
    Connection* connection = hub_.connection(attempt.connection);
    if (outcome == Outcome::logged_out) {
        if (connection) log_out(*connection);
        return;
    }
    world_.probe.invalid_sessions.add(1, world_.ctx.here.index());
    if (connection) connection->invalid_session(outcome == Outcome::busy);
}

Task<Resumer::Outcome> Resumer::find_and_resume(const Attempt& attempt) {
    const std::string& id = attempt.request.session_id;
    const std::uint64_t seq = attempt.request.seq;
    if (const Session* session = world_.find_session(id)) {
        if (session->is_held()) co_return Outcome::busy;
        const bool warm = co_await warm_up(id, seq);
        if (!warm) co_return Outcome::invalid;
        co_return finish(attempt);
    }
    for (unsigned i = 0; i < world_.ctx.shards.count(); ++i) {
        if (i == world_.ctx.here.index()) continue;
        const Found found = co_await gateway_.find_on(world_.ctx.here, i, id);
        if (found.busy) co_return Outcome::busy;
        if (!found.here) continue;
        if (found.who.token != attempt.token) co_return Outcome::invalid;
        const Outcome outcome = co_await from_shard(attempt, i, found.who);
        co_return outcome;
    }
    const Outcome outcome = co_await from_store(attempt);
    if (outcome == Outcome::invalid) {
        if (Session* left = world_.find_session(id); left && left->is_held()) hub_.end(*left);
    }
    co_return outcome;
}

Session* Resumer::hold(const std::string& id, const Identity& who) {
    // The token may have been revoked since: a session added now would not hear of it.
    if (world_.find_session(id) || !hub_.login(who.token)) return nullptr;
    Session& session = world_.add_session(id, who);
    session.hold();
    for (const auto guild : guilds_of(world_, who)) {
        world_.join(session, **world_.ctx.view.guild(guild));
    }
    return &session;
}

Task<Resumer::Outcome> Resumer::from_shard(const Attempt& attempt, unsigned shard, Identity who) {
    const std::string id = attempt.request.session_id;
    if (!hold(id, who)) co_return Outcome::busy;
    // What this shard had seen before it began to hold, the other has seen when it is asked.
    co_await visit_others();
    const auto taken = co_await gateway_.take_from(world_.ctx.here, shard, id);
    // And what the other had seen is held here, not told anew once the session is released.
    co_await visit_others();
    Session* session = world_.find_session(id);
    if (!session) co_return Outcome::invalid;
    if (!taken || attempt.request.seq > taken->last) {
        session->release();
        hub_.end(*session);
        co_return taken ? Outcome::invalid : Outcome::busy;
    }
    restore(*session, *taken);
    for (const RecordRef& record : session->release()) {
        const Source& source = record->source();
        const auto at = std::find_if(taken->guilds.begin(),
                                     taken->guilds.end(),
                                     [&](const auto& g) { return g.first == source.guild; });
        const bool from_log = record->kind() < RecordKind::ephemeral;
        const bool told =
            from_log ? at != taken->guilds.end() && at->second.covers(source)
                     : std::any_of(taken->slots.begin(), taken->slots.end(), [&](const auto& s) {
                           return s.name == record->name() && s.d == record->data();
                       });
        if (!told) session->ring().push(record);
    }
    const bool warm = co_await warm_up(id, attempt.request.seq);
    if (!warm) co_return Outcome::invalid;
    co_return finish(attempt);
}

Task<void> Resumer::visit_others() {
    const std::string nobody;
    for (unsigned i = 0; i < world_.ctx.shards.count(); ++i) {
        if (i != world_.ctx.here.index()) co_await gateway_.find_on(world_.ctx.here, i, nobody);
    }
}

Task<bool> Resumer::await_published() {
    const auto nothing = [](store::Tx&) -> protocol::Result<bool> { return true; };
    const auto written = co_await store::write(world_.ctx.db, nothing);
    if (!written) co_return false;
    co_await visit_others();
    co_return true;
}

Task<Resumer::Outcome> Resumer::from_store(const Attempt& attempt) {
    const std::string id = attempt.request.session_id;
    auto row = co_await store::read(
        world_.ctx.db, [id](store::Tx& tx) { return store::gateway_sessions::find(tx, id); });
    if (!row) co_return Outcome::busy;  // The store is in trouble, the session may be fine.
    const auto& kept = *row;
    if (!kept) co_return Outcome::invalid;
    const std::int64_t saved_ms = kept->saved_ms;
    const std::int64_t age_ms = world_.ctx.clock.unix_ms() - saved_ms;
    if (age_ms > std::chrono::milliseconds(limits::kResumeWindow).count()) {
        co_return Outcome::invalid;
    }
    const std::optional<Snapshot> saved = decode_snapshot(kept->data);
    if (!saved || saved->who.token != attempt.token || attempt.request.seq > saved->last) {
        co_return Outcome::invalid;
    }
    Session* session = hold(id, saved->who);
    if (!session) co_return Outcome::busy;
    Places places = saved->guilds;
    std::vector<protocol::GuildSnapshot> known;
    for (const auto guild : guilds_of(world_, saved->who)) {
        known.push_back(*world_.ctx.view.guild(guild));
        const bool followed = std::any_of(
            places.begin(), places.end(), [&](const auto& p) { return p.first == guild; });
        // Joined since: from about then on, and exactly from where the user comes in.
        if (!followed) places.emplace_back(guild, Position{saved_ms, {}});
    }
    const auto missed = co_await store::read(
        world_.ctx.db,
        [places = std::move(places)](store::Tx& tx) { return read_missed(tx, places); });
    if (!missed || missed->too_many) co_return Outcome::invalid;
    // What was read may be on its way here still: held until it has come, it is not told twice.
    const bool all_came = co_await await_published();
    if (!all_came) co_return Outcome::invalid;
    const auto then =
        co_await guilds_then(saved->who.user, *missed, saved->guilds, std::move(known));
    session = world_.find_session(id);
    if (!session) co_return Outcome::invalid;
    restore(*session, *saved);
    if (!retell(world_, hub_.presences(), *session, then, missed->entries)) {
        co_return Outcome::invalid;
    }
    for (const RecordRef& record : session->release()) {
        const bool from_log = record->kind() < RecordKind::ephemeral;
        if (!from_log || !missed->covers(record->source())) session->ring().push(record);
    }
    tell_hosting(*session);
    const bool warm = co_await warm_up(id, attempt.request.seq);
    if (!warm) {
        if (Session* left = world_.find_session(id)) hub_.end(*left);
        co_return Outcome::invalid;
    }
    co_return finish(attempt);
}

void Resumer::tell_hosting(Session& session) const {
    if (session.who().bot) return;
    for (const protocol::GuildId id : guilds_of(world_, session.who())) {
        const journal::View& view = world_.ctx.view;
        if (view.role(id) == journal::GuildRole::hosted) continue;
        const std::string body = hosting_update(view, **view.guild(id));
        session.ring().push(world_.record(kHostingUpdate, body, RecordKind::derived));
    }
}

Task<std::vector<GuildThen>> Resumer::guilds_then(protocol::UserId user,
                                                  const Missed& missed,
                                                  Places saved,
                                                  std::vector<protocol::GuildSnapshot> known) {
    std::vector<GuildThen> out;
    for (const auto& [guild, position] : saved) out.push_back({.guild = guild});
    for (const protocol::GuildSnapshot& state : known) {
        const auto at = std::find_if(out.begin(), out.end(), [&](const GuildThen& then) {
            return then.guild == state->guild.id;
        });
        if (at != out.end()) {
            at->state = state;
        } else {
            out.push_back({.guild = state->guild.id, .state = state, .was_in = false});
        }
    }
    for (GuildThen& then : out) {
        then.is_past =
            !then.was_in || !then.state ||
            std::any_of(missed.entries.begin(), missed.entries.end(), [&](const ReadEntry& entry) {
                return entry.source.guild == then.guild && entry.event &&
                       needs_past(*entry.event, user);
            });
        if (!then.is_past) continue;
        const Moment moment{then.guild,
                            missed.from(then.guild, protocol::kControlLog),
                            missed.from(then.guild, protocol::kAdminLog)};
        then.state = co_await pasts_.at(moment);
    }
    co_return out;
}

Task<bool> Resumer::warm_up(const std::string& id, std::uint64_t seq) {
    const Session* session = world_.find_session(id);
    auto places = session ? cold_after(*session, seq) : std::nullopt;
    if (!places) co_return false;
    if (places->empty()) co_return true;
    const auto entries = co_await store::read(
        world_.ctx.db,
        [places = std::move(*places)](store::Tx& tx) { return read_entries(tx, places); });
    Session* again = world_.find_session(id);
    if (!again || !entries) co_return false;
    Ring& ring = again->ring();
    for (std::uint64_t s = std::max(seq + 1, ring.first()); s <= ring.last(); ++s) {
        const RecordRef& record = ring.at(s);
        if (!record->is_cold() || record->kind() >= RecordKind::derived) continue;
        const Source& place = record->source();
        const auto at = std::find_if(entries->begin(), entries->end(), [&](const ReadEntry& e) {
            return e.source.guild == place.guild && e.source.log_id == place.log_id &&
                   e.source.seq == place.seq;
        });
        if (at == entries->end()) continue;  // It went cold meanwhile.
        warm(world_, record, *at);
        if (record->is_cold()) record->set_void();
    }
    co_return true;
}

std::optional<std::vector<Source>> Resumer::cold_after(const Session& session,
                                                       std::uint64_t seq) const {
    const Ring& ring = session.ring();
    if (seq + 1 < ring.first()) return std::nullopt;
    std::vector<Source> out;
    for (std::uint64_t s = seq + 1; s <= ring.last(); ++s) {
        const RecordRef& record = ring.at(s);
        if (!record->is_cold() || record->kind() == RecordKind::ephemeral) continue;
        if (record->kind() >= RecordKind::derived) return std::nullopt;
        out.push_back(record->source());
    }
    return out;
}

Resumer::Outcome Resumer::finish(const Attempt& attempt) {
    Session* session = world_.find_session(attempt.request.session_id);
    if (!session || session->is_held()) return Outcome::invalid;
    if (!hub_.login(attempt.token)) {
        hub_.end(*session);
        return Outcome::logged_out;
    }
    Connection* connection = hub_.connection(attempt.connection);
    if (!connection) {
        // The client went away while it was looked for; it may come again.
        if (!session->outlet()) session->detach(world_.ctx.clock.now());
        return Outcome::resumed;
    }
    hub_.greet(*connection, *session);
    session->replay_after(attempt.request.seq, R"({"_trace":)" + hub_.trace() + "}");
    return Outcome::resumed;
}

void Resumer::restore(Session& session, const Snapshot& snapshot) {
    session.ring().start_after(snapshot.first - 1);
    for (const Snapshot::Slot& slot : snapshot.slots) {
        if (slot.d.empty()) {
            session.ring().push(make_record(slot.kind, slot.source, slot.part));
        } else {
            const RecordRef record = world_.record(slot.name, slot.d, slot.kind, slot.source);
            record->set_part(slot.part);
            session.ring().push(record);
        }
    }
    session.subscribed = snapshot.subscribed;
    if (!snapshot.presence.status.empty()) {
        hub_.presences().set(session, snapshot.presence);
    }
}

Resumer::Found Resumer::find(const std::string& id) const {
    const Session* session = world_.find_session(id);
    if (!session) return {};
    return {.here = true, .busy = session->is_held(), .who = session->who()};
}

std::optional<Snapshot> Resumer::take(const std::string& id) {
    Session* session = world_.find_session(id);
    if (!session || session->is_held() || world_.stopping) return std::nullopt;
    Snapshot out = take_snapshot(world_, *session, limits::kRingMax, true);
    hub_.close_moved(*session);
    return out;
}

}  // namespace guildhall::gateway
