#include "federation/entry_check.h"
#include "federation/genesis.h"
#include "federation/key_chain.h"

namespace guildhall::federation {
namespace {

namespace p = protocol;

constexpr EntryFinding kNoFault{};

/// Of the same guild for ever: what stands in another guild's name would change that guild's rows.
bool is_this_guild(const p::Guild& guild, const EntryWorld& world) {
    return guild.uid == world.guild_uid.text() &&
           (!world.state.guild.id || guild.id == world.state.guild.id);
}

/// A home changes by MemberMoved alone: who could give a member another home could speak for it.
EntryFinding check_home(const p::Member& member, const EntryWorld& world) {
    const std::string& home = p::home_of(world.state, member);
    const p::Member* known = world.state.members.find(member.userId);
    if (!known || home == p::home_of(world.state, *known)) return kNoFault;
    return {EntryVerdict::forged, "another home of a member"};
}

/// No channel has the number of the control or the admin log.
bool is_channel(p::ChannelId id) { return id.value != p::kControlLog && id.value != p::kAdminLog; }

/// The user's own key log, which stands in the control log by then, names that home last.
bool is_moved(const p::MemberMoved& moved, const p::GuildState& state) {
    bool found = false;
    state.identities.for_each([&](const std::string& uid_text, const p::Identity& identity) {
        const auto uid = Hash32::from(uid_text);
        const auto genesis = decode_signed_genesis(identity.genesis);
        if (!uid || !genesis || !names_home(identity, moved.homeUid)) return;
        const auto born = decode_genesis(genesis->bytes);
        const auto* user = born ? std::get_if<UserGenesis>(&*born) : nullptr;
        found = found ||
                (user && derived_id(*uid, user->created_ms) == p::Snowflake(moved.userId.value));
    });
    return found;
}

}  // namespace

bool names_home(const p::Identity& identity, std::string_view home) {
    if (identity.events.empty()) return false;
    const auto stored = decode_signed_key_event(identity.events.back());
    const auto event = stored ? decode_key_event(stored->bytes) : std::nullopt;
    return event && event->target.text() == home;
}

EntryFinding check_subject(const EntryHeader& header,
                           const p::Event& event,
                           const EntryWorld& world) {
    if (const auto* created = std::get_if<p::GuildCreated>(&event)) {
        if (header.seq != 0 || !is_this_guild(created->guild, world))
            return {EntryVerdict::malformed, "a guild's birth where none is"};
    }
    if (const auto* updated = std::get_if<p::GuildUpdated>(&event)) {
        if (!is_this_guild(updated->guild, world))
            return {EntryVerdict::malformed, "another guild's settings"};
    }
    const auto* channel = std::get_if<p::ChannelUpdated>(&event);
    const auto* deleted = std::get_if<p::ChannelDeleted>(&event);
    if ((channel && !is_channel(channel->channel.id)) || (deleted && !is_channel(deleted->id)))
        return {EntryVerdict::malformed, "a channel with the number of another log"};
    if (const auto* joined = std::get_if<p::MemberJoined>(&event))
        return check_home(joined->member, world);
    if (const auto* updated = std::get_if<p::MemberUpdated>(&event))
        return check_home(updated->member, world);
    if (const auto* moved = std::get_if<p::MemberMoved>(&event)) {
        if (!is_moved(*moved, world.state))
            return {EntryVerdict::forged, "a move that its user did not sign"};
    }
    return kNoFault;
}

}  // namespace guildhall::federation
