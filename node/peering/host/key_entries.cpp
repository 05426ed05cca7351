#include "node/peering/host/key_entries.h"

#include "federation/guild_keys.h"
#include "federation/missing_keys.h"
#include "federation/no_nodes.h"

#include <algorithm>
#include <vector>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

KeyEntries::KeyEntries(Context& ctx, Peers& peers) : ctx_(ctx), peers_(peers) {
    peers.observe(*this);
    ctx.bus.subscribe(ctx.here.index(), *this);
}

void KeyEntries::start() { bring_everywhere(ctx_.identity.uid); }

void KeyEntries::on_open(const std::shared_ptr<Peer>& peer) { bring_everywhere(peer->uid()); }

void KeyEntries::bring_everywhere(const Hash32& node) {
    std::set<GuildId> guilds;
    ctx_.view.for_each_guild([&](const protocol::GuildState& state) {
        if (state.identities.find(std::string(node.text()))) guilds.insert(state.guild.id);
    });
    for (const GuildId guild : guilds) bring(guild, node);
}

void KeyEntries::on_guild(const journal::GuildChange& change) {
    // A host that took over may have rotated its keys while the one before was away.
    if (change.kind == journal::GuildChange::Kind::role) bring(change.guild, ctx_.identity.uid);
}

const f::KeyLog* KeyEntries::log_of(const Hash32& node) const {
    if (node == ctx_.identity.uid) return &ctx_.keys.log;
    const Known* known = peers_.directory().find(node);
    return known ? &known->log : nullptr;
}

/// Who is not in the log comes there with the first command, or the policy that names it.
void KeyEntries::bring(GuildId guild, const Hash32& node) {
    if (ctx_.view.role(guild) != journal::GuildRole::hosted) return;
    const auto* state = ctx_.view.guild(guild);
    const f::KeyLog* log = log_of(node);
    if (!state || !log || !(*state)->identities.find(std::string(node.text()))) return;
    const auto missing = f::missing_keys(**state, node, *log);
    if (!missing || !*missing || !writing_.insert({guild, node}).second) return;
    ctx_.here.spawn("new keys", write(guild, node, *log));
}

/// On the guild's shard.
Task<Status> KeyEntries::add(GuildId guild, Hash32 node, f::KeyLog log) {
    const auto* state = ctx_.journal.decided(guild);
    if (!state) co_return Status();
    CO_TRY(auto missing, f::missing_keys(*state, node, log));
    if (!missing) co_return Status();
    journal::Decision decision;
    decision.events.emplace_back(std::move(*missing));
    CO_TRY_VOID(co_await ctx_.journal.commit(guild, std::move(decision)));
    co_return Status();
}

Task<void> KeyEntries::write(GuildId guild, Hash32 node, f::KeyLog log) {
    auto work = [this, guild, node, &log] { return add(guild, node, std::move(log)); };
    const Status done = co_await base::on_shard(ctx_.here, ctx_.shards.of(guild), std::move(work));
    writing_.erase({guild, node});
    // Comes with the node's next command or link.
    if (!done)
        ctx_.log.warn("hosting",
                      "new keys were not written into a guild's log",
                      {{"guild", guild.str()}, {"why", done.error().message}});
}

void KeyEntries::on_committed(const journal::Committed& entry) {
    const auto* added = std::get_if<protocol::IdentityAdded>(&entry.event);
    const auto uid = added ? Hash32::from(std::string_view(added->uid)) : std::nullopt;
    if (!uid || added->events.empty()) return;
    if (*uid == ctx_.identity.uid) return tell_of_theft(*added);
    const Known* known = peers_.directory().find(*uid);
    const auto* identity = entry.after->identities.find(added->uid);
    if (!known || !identity) return;
    const auto chain = f::chain_of(*identity, f::kNoNodes);
    if (chain && !chain->is_user()) peers_.learn(*uid, chain->log());
}

/// A guild of another host has an event of this node's key log that this node did not make.
void KeyEntries::tell_of_theft(const protocol::IdentityAdded& event) const {
    for (const std::string& stored : event.events) {
        const auto& own = ctx_.keys.log.events;
        if (std::ranges::find(own, stored) != own.end()) continue;
        ctx_.log.error("peering",
                       "somebody else rotated this node's keys: stop it and say guildhall keys "
                       "override EVENT",
                       {{"event", f::to_hex(stored)}});
    }
}

}  // namespace guildhall::peering
