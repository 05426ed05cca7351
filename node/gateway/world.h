#pragma once
// World: what the gateway's parts on one shard share: sessions, the guilds they follow, how far
// the logs were followed, and the references to the rest of the node. Owned by Hub; used on its
// shard only.

#include "node/gateway/feed.h"
#include "node/gateway/hot_records.h"
#include "node/gateway/position.h"
#include "node/gateway/probe.h"
#include "node/gateway/session.h"
#include "node/journal/journal.h"
#include "node/services/context.h"
#include "node/services/session_starts.h"

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

namespace guildhall::gateway {

class Hub;

/// What node/app hands to the gateway; everything outlives it. The same for all shards.
struct Deps {
    const journal::Presenter& presenter;
    services::SessionStarts& starts;
    base::Registry& metrics;
};

class World {
  public:
    World(services::Context& context, const Deps& deps, Probe& counters);
    /// One beside another, with none of its sessions: in it a RESUME is told what was missed.
    struct Beside {
        World& world;
    };
    explicit World(Beside other);
    ~World();
    World(const World&) = delete;
    World& operator=(const World&) = delete;

    services::Context& ctx;
    const journal::Presenter& presenter;
    services::SessionStarts& starts;
    Probe& probe;
    HotRecords hot;
    /// The node is stopping: nothing is dispatched any more, sessions are as they were written
    /// down.
    bool stopping = false;

    Session& add_session(std::string id, const Identity& who);
    /// Leaves every guild. Its connection, if any, was let go before.
    void remove_session(Session& session);
    Session* find_session(const std::string& id) const;
    /// Never null; empty when the user has none here.
    const std::vector<Session*>& sessions_of(protocol::UserId user) const;
    std::size_t session_count() const { return sessions_.size(); }
    template <class Each>
    void for_each_session(Each each) const {
        for (const auto& [id, session] : sessions_) each(*session);
    }
    /// 32 hex digits.
    std::string new_session_id();

    /// Follows a guild from now on; nothing happens when the session does already.
    void join(Session& session, const protocol::GuildState& state);
    void leave(Session& session, protocol::GuildId guild);
    Feed* feed(protocol::GuildId guild) const;
    /// Every session leaves it.
    void close_feed(protocol::GuildId guild);

    void advance(const Source& entry);
    Position position(protocol::GuildId guild) const;

    /// A record that RESUME may want again.
    template <class... Args>
    RecordRef record(Args&&... args) {
        RecordRef made = make_record(std::forward<Args>(args)...);
        hot.add(made);
        return made;
    }
    /// To every session of a set of slots.
    void deliver(Feed& feed, const SlotSet& to, const RecordRef& record);
    void deliver(Session& session, const RecordRef& record);

  private:
    void drop_if_empty(protocol::GuildId guild);
    void tell_watching(protocol::UserId user, bool begins);

    const protocol::UnixMs started_ms_;
    const bool beside_ = false;
    /// Of the dispatch under way; a member, so that its memory is kept.
    std::vector<Session*> receivers_;
    std::unordered_map<std::string, std::unique_ptr<Session>> sessions_;
    std::unordered_map<protocol::UserId, std::vector<Session*>> by_user_;
    std::unordered_map<protocol::GuildId, std::unique_ptr<Feed>> feeds_;
    std::unordered_map<protocol::GuildId, Position> positions_;
};

}  // namespace guildhall::gateway
