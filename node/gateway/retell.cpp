#include "node/gateway/retell.h"

#include "node/gateway/fanout.h"

#include <memory>
#include <optional>
#include <unordered_map>
#include <utility>

namespace guildhall::gateway {

using journal::Committed;
using protocol::Event;
using protocol::UserId;

namespace {

/// The entry, which has an event, as if it left the guild as it was.
Committed committed(const ReadEntry& entry, const protocol::GuildSnapshot& state) {
    return {.guild = entry.source.guild,
            .event = *entry.event,
            .log_id = entry.source.log_id,
            .seq = entry.source.seq,
            .ts_ms = entry.source.ts_ms,
            .control_seq = entry.control_seq,
            .before = state,
            .after = state};
}

/// The entry presented against the guild as it is now; nothing when guild or body are gone.
std::optional<Committed> present(World& world, const ReadEntry& entry) {
    const auto* state = world.ctx.view.guild(entry.source.guild);
    if (!state || !entry.event) return std::nullopt;
    Committed out = committed(entry, *state);
    world.presenter.present(out, world.ctx.view);
    return out;
}

/// One session in a World beside the real one, in which the time that it missed goes by: the same
/// Fanout decides, over the guilds as they were.
class Retelling {
  public:
    Retelling(World& world, Presences& presences, const Session& real)
        : world_(World::Beside{world}),
          fanout_(world_, presences),
          session_(world_.add_session(real.id(), real.who())) {
        session_.ring().start_after(real.ring().last());
    }
    ~Retelling() { world_.remove_session(session_); }
    Retelling(const Retelling&) = delete;
    Retelling& operator=(const Retelling&) = delete;

    /// False when the guild is not as the session was written down in it.
    bool begin(const GuildThen& then) {
        const bool is_member = then.state->members.find(session_.user()) != nullptr;
        if (is_member != then.was_in) return false;
        if (then.was_in) world_.join(session_, *then.state);
        guilds_.emplace(then.guild, Now{then.state, then.is_past});
        return true;
    }

    /// False when the entry does not follow what the guild is known to have been. One without an
    /// event tells nothing.
    bool tell(const ReadEntry& entry) {
        const auto at = guilds_.find(entry.source.guild);
        if (!entry.event) {
            if (at != guilds_.end()) pass(at->second, entry);
            return true;
        }
        if (at == guilds_.end()) return false;
        Now& guild = at->second;
        Committed told = committed(entry, guild.state);
        if (!advance(guild, told)) return false;
        told.after = guild.state;
        world_.presenter.present(told, world_.ctx.view);
        fanout_.on_committed(told);
        return true;
    }

    const Ring& ring() const { return session_.ring(); }

  private:
    struct Now {
        protocol::GuildSnapshot state;
        bool is_past;
    };

    /// An entry of a kind that this version does not know: the next one stands behind it.
    static void pass(Now& guild, const ReadEntry& entry) {
        const bool is_next = entry.source.log_id == protocol::kControlLog &&
                             entry.source.seq == guild.state->control_size;
        if (!is_next) return;
        auto next = std::make_shared<protocol::GuildState>(*guild.state);
        ++next->control_size;
        guild.state = std::move(next);
    }

    static bool advance(Now& guild, const Committed& entry) {
        const bool is_control = entry.log_id == protocol::kControlLog;
        if (is_control && entry.seq > guild.state->control_size) return false;
        // The present has what came before it already, bans and invites included.
        const bool is_new = is_control ? entry.seq == guild.state->control_size
                                       : guild.is_past && entry.log_id == protocol::kAdminLog;
        if (!is_new) return true;
        auto next = std::make_shared<protocol::GuildState>(*guild.state);
        protocol::apply(*next, entry.event);
        guild.state = std::move(next);
        return true;
    }

    World world_;
    Fanout fanout_;
    Session& session_;
    std::unordered_map<protocol::GuildId, Now> guilds_;
};

}  // namespace

void warm(World& world, const RecordRef& record, const ReadEntry& entry) {
    auto told = present(world, entry);
    if (!told) return;
    if (record->kind() == RecordKind::blanked) {
        told = blank_content(*told, world.presenter, world.ctx.view);
    }
    if (record->part() >= told->dispatches.size()) return;
    const journal::Dispatch& dispatch = told->dispatches[record->part()];
    record->set_name(dispatch.name);
    record->warm(*dispatch.body);
}

bool needs_past(const Event& event, UserId user) {
    using namespace protocol;
    return std::visit(Overloaded{
                          [](const GuildCreated&) { return true; },
                          [](const GuildUpdated&) { return true; },
                          [](const GuildDeleted&) { return true; },
                          [](const RoleUpdated&) { return true; },
                          [](const RoleDeleted&) { return true; },
                          [](const ChannelUpdated&) { return true; },
                          [](const ChannelDeleted&) { return true; },
                          [](const InviteDeleted&) { return true; },
                          [&](const MemberJoined& e) { return e.member.userId == user; },
                          [&](const MemberUpdated& e) { return e.member.userId == user; },
                          [&](const MemberLeft& e) { return e.userId == user; },
                          [](const auto&) { return false; },
                      },
                      event);
}

bool retell(World& world,
            Presences& presences,
            Session& session,
            const std::vector<GuildThen>& guilds,
            const std::vector<ReadEntry>& entries) {
    Retelling retelling(world, presences, session);
    for (const GuildThen& guild : guilds) {
        if (!guild.state || !retelling.begin(guild)) return false;
    }
    for (const ReadEntry& entry : entries) {
        if (!retelling.tell(entry)) return false;
    }
    const Ring& told = retelling.ring();
    // More than a ring holds: nobody could go on before it.
    if (told.first() != session.ring().last() + 1) return false;
    for (std::uint64_t s = told.first(); s <= told.last(); ++s) {
        const RecordRef& record = told.at(s);
        if (!record->is_cold()) world.hot.add(record);
        session.ring().push(record);
    }
    return true;
}

}  // namespace guildhall::gateway
