#include "node/gateway/world.h"

#include <algorithm>

namespace guildhall::gateway {

using protocol::GuildId;
using protocol::UserId;

World::World(services::Context& context, const Deps& deps, Probe& counters)
    : ctx(context),
      presenter(deps.presenter),
      starts(deps.starts),
      probe(counters),
      started_ms_(context.clock.unix_ms()) {}

World::World(Beside other)
    : ctx(other.world.ctx),
      presenter(other.world.presenter),
      starts(other.world.starts),
      probe(other.world.probe),
      started_ms_(other.world.started_ms_),
      beside_(true) {}

World::~World() = default;

Session& World::add_session(std::string id, const Identity& who) {
    auto session = std::make_unique<Session>(id, who);
    Session& out = *session;
    auto& own = by_user_[who.user];
    own.push_back(&out);
    sessions_[std::move(id)] = std::move(session);
    probe.sessions.add(1);
    if (own.size() == 1) tell_watching(who.user, true);
    return out;
}

void World::remove_session(Session& session) {
    while (!session.guilds.empty()) leave(session, session.guilds.back().feed->guild());
    const auto at = by_user_.find(session.user());
    std::erase(at->second, &session);
    if (at->second.empty()) {
        by_user_.erase(at);
        tell_watching(session.user(), false);
    }
    probe.sessions.add(-1);
    const std::string id = session.id();
    sessions_.erase(id);
}

void World::tell_watching(UserId user, bool begins) {
    if (beside_ || stopping) return;
    ctx.journal.publish_ephemeral(ctx.here, journal::Watching{user, begins});
}

Session* World::find_session(const std::string& id) const {
    const auto at = sessions_.find(id);
    return at == sessions_.end() ? nullptr : at->second.get();
}

const std::vector<Session*>& World::sessions_of(UserId user) const {
    static const std::vector<Session*> kNone;
    const auto at = by_user_.find(user);
    return at == by_user_.end() ? kNone : at->second;
}

std::string World::new_session_id() {
    static constexpr std::string_view kDigits = "0123456789abcdef";
    std::string out;
    for (const char c : ctx.rng.bytes(16)) {
        out += kDigits[static_cast<unsigned char>(c) >> 4];
        out += kDigits[static_cast<unsigned char>(c) & 15];
    }
    return out;
}

void World::join(Session& session, const protocol::GuildState& state) {
    const GuildId guild = state.guild.id;
    for (const Session::GuildSlot& slot : session.guilds) {
        if (slot.feed->guild() == guild) return;
    }
    auto& feed = feeds_[guild];
    if (!feed) feed = std::make_unique<Feed>(guild);
    session.guilds.push_back({feed.get(), feed->add(session, state)});
}

void World::leave(Session& session, GuildId guild) {
    for (std::size_t i = 0; i < session.guilds.size(); ++i) {
        const Session::GuildSlot slot = session.guilds[i];
        if (slot.feed->guild() != guild) continue;
        slot.feed->remove(slot.slot);
        session.guilds.erase(session.guilds.begin() + static_cast<std::ptrdiff_t>(i));
        return drop_if_empty(guild);
    }
}

void World::drop_if_empty(GuildId guild) {
    const auto at = feeds_.find(guild);
    if (at != feeds_.end() && at->second->is_empty()) feeds_.erase(at);
}

Feed* World::feed(GuildId guild) const {
    const auto at = feeds_.find(guild);
    return at == feeds_.end() ? nullptr : at->second.get();
}

void World::close_feed(GuildId guild) {
    const auto at = feeds_.find(guild);
    if (at == feeds_.end()) return;
    const Feed* feed = at->second.get();
    feed->all().for_each([&](std::uint32_t slot) {
        auto& guilds = feed->at(slot)->guilds;
        std::erase_if(guilds, [&](const Session::GuildSlot& s) { return s.feed == feed; });
    });
    feeds_.erase(at);
}

void World::advance(const Source& entry) {
    const auto at = positions_.find(entry.guild);
    if (at != positions_.end()) return at->second.advance(entry);
    positions_[entry.guild].advance(entry);
}

Position World::position(GuildId guild) const {
    const auto at = positions_.find(guild);
    // No entry since this node started: all that there is was written before that.
    return at == positions_.end() ? Position{started_ms_, {}} : at->second;
}

void World::deliver(Feed& feed, const SlotSet& to, const RecordRef& record) {
    receivers_.clear();
    to.for_each([&](std::uint32_t slot) { receivers_.push_back(feed.at(slot)); });
    const std::size_t count = receivers_.size();
    for (std::size_t i = 0; i < count; ++i) {
        // Two steps ahead of use: the session, and then what it points at.
        if (i + 8 < count) __builtin_prefetch(receivers_[i + 8], 1);
        if (i + 4 < count) receivers_[i + 4]->prefetch();
        receivers_[i]->dispatch(record);
    }
    probe.dispatches.add(count, ctx.here.index());
}

void World::deliver(Session& session, const RecordRef& record) {
    session.dispatch(record);
    probe.dispatches.add(1, ctx.here.index());
}

}  // namespace guildhall::gateway
