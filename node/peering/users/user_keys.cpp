#include "node/peering/users/user_keys.h"

#include "federation/missing_keys.h"
#include "federation/node_key.h"

#include <algorithm>

namespace guildhall::peering {

namespace f = federation;
using base::Result;
using base::Status;
using f::Hash32;

namespace {

/// Null for a node that is not known here.
const f::KeyLog* log_of(const Context& ctx, const Directory& directory, const Hash32& node) {
    if (node == ctx.identity.uid) return &ctx.keys.log;
    const Known* known = directory.find(node);
    return known ? &known->log : nullptr;
}

}  // namespace

Result<f::KeyChain> user_chain(const Context& ctx,
                               const Directory& directory,
                               const f::KeyLog& log) {
    const auto key = [&](const Hash32& node, std::uint32_t seq) {
        const f::KeyLog* known = log_of(ctx, directory, node);
        return known ? f::node_key(*known, seq) : std::nullopt;
    };
    TRY(auto chain, f::KeyChain::from(log, {ctx.clock.unix_ms(), 0}, key));
    if (!chain.is_user() || !chain.user_id()) return f::refused("the keys of no user");
    return chain;
}

std::vector<Shown> shown_keys(const Context& ctx,
                              const Directory& directory,
                              const Hash32& uid,
                              const f::KeyLog& log) {
    std::vector<Shown> out;
    for (const Hash32& home : f::homes_moved_to(log)) {
        const f::KeyLog* known = log_of(ctx, directory, home);
        out.push_back({home, known ? *known : f::KeyLog()});
    }
    out.push_back({uid, log});
    return out;
}

Result<std::vector<protocol::Event>> missing_of(const protocol::GuildState& state,
                                                const std::vector<Shown>& shown) {
    std::vector<protocol::Event> out;
    for (const Shown& who : shown) {
        const bool is_there = state.identities.find(std::string(who.uid.text())) != nullptr;
        if (who.log.genesis.empty() && is_there) continue;
        if (who.log.genesis.empty()) return f::refused("a user of a node that is not known");
        TRY(auto missing, f::missing_keys(state, who.uid, who.log));
        if (missing) out.emplace_back(std::move(*missing));
    }
    return out;
}

bool goes_on(const f::KeyLog& log, const std::vector<std::string>& known) {
    return known.size() <= log.events.size() &&
           std::equal(known.begin(), known.end(), log.events.begin());
}

}  // namespace guildhall::peering
