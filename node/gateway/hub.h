#pragma once
// Hub: the gateway on one shard. Hears the Bus, holds the connections, begins and ends sessions,
// and hands the rest to its parts: Fanout, Presences, MemberDesk, Resumer, Saver, Departures. One
// per shard, owned by Gateway.

#include "node/gateway/connection.h"
#include "node/gateway/departures.h"
#include "node/gateway/fanout.h"
#include "node/gateway/member_desk.h"
#include "node/gateway/presences.h"
#include "node/gateway/resumer.h"
#include "node/gateway/saver.h"
#include "node/gateway/world.h"
#include "node/journal/bus.h"

#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

namespace guildhall::gateway {

class Gateway;

class Hub final : public journal::Subscriber, private base::TurnHook {
  public:
    Hub(services::Context& context, const Deps& deps, Probe& probe, Gateway& gateway);
    ~Hub() override;
    Hub(const Hub&) = delete;
    Hub& operator=(const Hub&) = delete;

    void on_committed(const journal::Committed& entry) override;
    void on_notice(const journal::Notice& notice) override;
    void on_guild(const journal::GuildChange& change) override;
    void on_ephemeral(const journal::Ephemeral& ephemeral) override;

    // What a Connection asks.
    std::uint64_t add(Connection& connection);
    void forget(Connection& connection);
    void identify(Connection& connection, IdentifyRequest request);
    void resume(Connection& connection, ResumeRequest request);
    /// Goes on with what is long on that connection, this turn or a later one: when many begin at
    /// once, no more is composed in one turn than kTurnBytes, so that memory does not follow the
    /// size of the storm.
    void pump(Connection& connection);
    void set_presence(Session& session, OwnPresence presence);
    void request_members(Session& session, const MembersRequest& request);
    void subscribe(Session& session, const Subscription& subscription);
    void connection_lost(Session& session, bool ended_by_client);
    void count_event() { world_.probe.events.add(1, shard().index()); }
    void count_close() { world_.probe.closes.add(1, shard().index()); }
    const std::string& trace() const { return trace_; }
    /// Memory to compose a frame in; valid until the next call that uses it.
    std::string& scratch() { return scratch_; }

    base::Shard& shard() { return world_.ctx.here; }
    base::Clock& clock() { return world_.ctx.clock; }
    World& world() { return world_; }
    bool is_stopping() const { return world_.stopping; }
    Presences& presences() { return presences_; }
    Resumer& resumer() { return resumer_; }
    Connection* connection(std::uint64_t number) const;

    /// The login that a token stands for now, if it may use the gateway.
    const protocol::AuthSession* login(const protocol::TokenHash& token) const;
    /// Ends a session: its connection, if any, is let go, not closed.
    void end(Session& session);
    /// It goes on on another shard: its row stays, its connection is closed.
    void close_moved(Session& session);
    /// A session goes on with a connection: a new one, or one that resumed.
    void greet(Connection& connection, Session& session);

    /// Closes what is overdue, forgets what expired, saves what changed.
    void sweep();
    /// Writes sessions down and tells clients to reconnect. Nothing is dispatched afterwards.
    base::Task<void> shut_down();

  private:
    /// Why an IDENTIFY is refused; code 0: it is not.
    struct Refusal {
        std::uint16_t code = 0;
        std::string_view reason;
    };
    Refusal check_intents(const IdentifyRequest& request, Identity& who) const;
    Refusal check_shard(const IdentifyRequest& request, Identity& who) const;
    void pump_later(Connection& connection);
    void start(Connection& connection, const Identity& who, const IdentifyRequest& request);
    void on_turn_end() override;
    void begin(Connection& connection, const IdentifyRequest& request);
    void session_closed(const journal::SessionClosed& notice);
    void schedule_sweep();
    Connection* connection_of(const Session& session) const;

    World world_;
    Presences presences_;
    Fanout fanout_;
    MemberDesk members_;
    Resumer resumer_;
    Saver saver_;
    Departures departures_;
    std::unordered_map<std::uint64_t, Connection*> connections_;
    std::uint64_t last_number_ = 0;
    base::TimerId sweep_timer_;
    std::vector<std::pair<std::uint64_t, IdentifyRequest>> waiting_identifies_;
    std::vector<std::uint64_t> waiting_pumps_;
    std::size_t turn_bytes_ = 0;
    const std::string trace_;
    std::string scratch_;
};

}  // namespace guildhall::gateway
