#include "node/peering/host/visibilities.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

// About 100 bytes a member each: guilds whose history somebody asks a mirror for.
constexpr std::size_t kLooseMax = 256;

}  // namespace

Visibilities::Visibilities(Context& ctx) : ctx_(ctx) {
    ctx_.bus.subscribe(ctx_.here.index(), *this);
}

Visibilities::Kept* Visibilities::find(GuildId guild) {
    const auto known = kept_.find(guild);
    if (known != kept_.end()) return &known->second;
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    if (!state) return nullptr;
    if (loose_.size() >= kLooseMax) {
        kept_.erase(loose_.front());
        loose_.pop_front();
    }
    loose_.push_back(guild);
    return &kept_.emplace(guild, Kept(**state)).first->second;
}

bool Visibilities::may_have(GuildId guild, const Hash32& node, std::uint64_t log_id) {
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    if (!state) return false;
    if ((*state)->hosting.hostUid == node.text()) return true;
    return find(guild)->nodes.may_have(node.text(), log_id);
}

std::vector<std::uint64_t> Visibilities::logs(GuildId guild, const Hash32& node) {
    Kept* kept = find(guild);
    return kept ? kept->nodes.logs(node.text()) : std::vector<std::uint64_t>();
}

std::vector<GuildId> Visibilities::shared_with(const Hash32& node) const {
    std::vector<GuildId> out;
    for (const auto& [guild, kept] : kept_) {
        if (kept.nodes.may_have(node.text(), f::kControlLog)) out.push_back(guild);
    }
    return out;
}

void Visibilities::hold(GuildId guild) {
    Kept* kept = find(guild);
    if (!kept || std::exchange(kept->is_held, true)) return;
    std::erase(loose_, guild);
}

void Visibilities::release(GuildId guild) {
    const auto kept = kept_.find(guild);
    if (kept != kept_.end() && kept->second.is_held) kept_.erase(kept);
}

void Visibilities::on_committed(const journal::Committed& entry) {
    if (entry.log_id != protocol::kControlLog) return;
    const auto kept = kept_.find(entry.guild);
    if (kept == kept_.end()) return;
    const auto changes = kept->second.nodes.on_event(entry.event, *entry.after);
    if (on_change_ && !changes.empty()) on_change_(entry, changes);
}

void Visibilities::on_guild(const journal::GuildChange& change) {
    // Members that came otherwise than by an event, or a guild that is no more.
    const auto kept = kept_.find(change.guild);
    if (kept == kept_.end()) return;
    const journal::GuildSnapshot* state = ctx_.view.guild(change.guild);
    if (state) {
        kept->second.nodes = f::NodeVisibility(**state);
        return;
    }
    std::erase(loose_, change.guild);
    kept_.erase(kept);
}

}  // namespace guildhall::peering
