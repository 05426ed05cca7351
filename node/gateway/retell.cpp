#include "node/gateway/retell.h"

#include "node/gateway/fanout.h"
#include "node/gateway/visibility.h"

#include <algorithm>
#include <optional>

namespace guildhall::gateway {

using journal::Committed;
using protocol::Event;
using protocol::UserId;

namespace {

/// The entry presented against the guild as it is now; nothing when guild or body are gone.
std::optional<Committed> present(World& world, const ReadEntry& entry) {
    const auto* state = world.ctx.view.guild(entry.source.guild);
    if (!state || !entry.event) return std::nullopt;
    Committed out{.guild = entry.source.guild,
                  .event = *entry.event,
                  .log_id = entry.source.log_id,
                  .seq = entry.source.seq,
                  .ts_ms = entry.source.ts_ms,
                  .control_seq = entry.control_seq,
                  .before = *state,
                  .after = *state};
    world.presenter.present(out, world.ctx.view);
    return out;
}

/// Whether the session's user is not shown the content of that message.
bool is_blind(const Identity& who, const Event& event) {
    if (!who.bot || who.wants(intent::kMessageContent)) return false;
    const protocol::Message* message = nullptr;
    if (const auto* created = std::get_if<protocol::MessageCreated>(&event))
        message = &created->message;
    if (const auto* edited = std::get_if<protocol::MessageEdited>(&event))
        message = &edited->message;
    if (!message || message->authorId == who.user) return false;
    return std::find(message->mentions.begin(), message->mentions.end(), who.user) ==
           message->mentions.end();
}

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

bool can_retell(const Event& event, UserId user) {
    using namespace protocol;
    return std::visit(Overloaded{
                          [](const GuildCreated&) { return false; },
                          [](const GuildUpdated&) { return false; },
                          [](const GuildDeleted&) { return false; },
                          [](const RoleUpdated&) { return false; },
                          [](const RoleDeleted&) { return false; },
                          [](const ChannelUpdated&) { return false; },
                          [](const ChannelDeleted&) { return false; },
                          [](const InviteDeleted&) { return false; },
                          [&](const MemberJoined& e) { return e.member.userId != user; },
                          [&](const MemberUpdated& e) { return e.member.userId != user; },
                          [&](const MemberLeft& e) { return e.userId != user; },
                          [](const auto&) { return true; },
                      },
                      event);
}

bool retell(World& world, Session& session, const std::vector<ReadEntry>& entries) {
    const Identity& who = session.who();
    for (const ReadEntry& entry : entries) {
        if (!entry.event) continue;
        if (!can_retell(*entry.event, who.user)) return false;
        auto told = present(world, entry);
        if (!told) return false;
        const bool blind = is_blind(who, told->event);
        if (blind) told = blank_content(*told, world.presenter, world.ctx.view);
        for (std::size_t part = 0; part < told->dispatches.size(); ++part) {
            const journal::Dispatch& dispatch = told->dispatches[part];
            if (!may_see(who, rule_of(dispatch.name), told->event, *told->after)) continue;
            const RecordRef record = world.record(dispatch.name,
                                                  *dispatch.body,
                                                  blind ? RecordKind::blanked : RecordKind::entry,
                                                  entry.source);
            record->set_part(part);
            session.ring().push(record);
        }
    }
    return true;
}

}  // namespace guildhall::gateway
