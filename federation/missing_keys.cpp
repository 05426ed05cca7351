#include "federation/missing_keys.h"

#include "federation/limits.h"

#include <algorithm>

namespace guildhall::federation {

using protocol::IdentityAdded;

protocol::Result<std::optional<IdentityAdded>> missing_keys(const protocol::GuildState& state,
                                                            const Hash32& uid,
                                                            const KeyLog& log) {
    std::optional<IdentityAdded> out;
    const std::string key(uid.text());
    const protocol::Identity* known = state.identities.find(key);
    if (!known) {
        if (state.identities.size() >= limits::kGuildIdentitiesMax)
            return refused("the guild has too many identities");
        out = IdentityAdded{key, log.genesis, log.events};
        return out;
    }
    const auto first = std::ranges::find_if(log.events, [&](const std::string& event) {
        return std::ranges::find(known->events, event) == known->events.end();
    });
    if (first != log.events.end()) out = IdentityAdded{key, {}, {first, log.events.end()}};
    return out;
}

std::vector<Hash32> homes_moved_to(const KeyLog& log) {
    std::vector<Hash32> out;
    for (const std::string& stored : log.events) {
        const auto step = decode_signed_key_event(stored);
        const auto event = step && step->consent ? decode_key_event(step->bytes) : std::nullopt;
        const auto home = event ? Hash32::from(event->target.text()) : std::nullopt;
        if (home && std::ranges::find(out, *home) == out.end()) out.push_back(*home);
    }
    return out;
}

}  // namespace guildhall::federation
