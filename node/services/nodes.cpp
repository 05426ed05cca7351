#include "node/services/nodes.h"

#include <algorithm>

namespace guildhall::services {
namespace {

/// By what the guild's log says. Keys of the homes of its members stand there; a walk through all
/// members would say who is there now, and cost too much for a list that anybody may ask for.
bool has_part(const protocol::GuildState& guild, const std::string& uid) {
    const protocol::Hosting& hosting = guild.hosting;
    if (guild.node_bans.find(uid)) return false;
    if (hosting.hostUid == uid) return true;
    const auto& heirs = hosting.successors;
    return std::ranges::find(heirs, uid) != heirs.end() || guild.identities.find(uid) != nullptr;
}

}  // namespace

Task<std::vector<Nodes::Peer>> Nodes::list(const Actor& actor,
                                           std::string after,
                                           std::size_t limit) const {
    std::vector<Peer> out;
    if (!ctx_.other_nodes) co_return out;
    const protocol::UserId user = actor.user;
    auto found = co_await ctx_.other_nodes->list(ctx_.here, std::move(after), limit);
    for (KnownNode& node : found) {
        std::size_t guilds = 0;
        for (const protocol::GuildId id : ctx_.view.guilds_of(user)) {
            const auto* guild = ctx_.view.guild(id);
            if (guild && has_part(**guild, node.uid)) ++guilds;
        }
        out.push_back({std::move(node), guilds});
    }
    co_return out;
}

}  // namespace guildhall::services
