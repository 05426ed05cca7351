#include "node/peering/mirror/entry_then.h"

#include <algorithm>
#include <variant>

namespace guildhall::peering {

namespace f = federation;
namespace p = protocol;
using federation::Hash32;

namespace {

/// Whether it is known when each event of the chain came to the guild's log.
bool is_dated(const f::KeyChain& chain) {
    const auto times = chain.times();
    return std::all_of(
        times.begin() + 1, times.end(), [](const f::KeyTime& t) { return t.control_seq != 0; });
}

}  // namespace

std::vector<Hash32> homes_in(const f::KeyLog& log) {
    std::vector<Hash32> out;
    const auto genesis = f::decode_signed_genesis(log.genesis);
    const auto born = genesis ? f::decode_genesis(genesis->bytes) : std::nullopt;
    if (const auto* user = born ? std::get_if<f::UserGenesis>(&*born) : nullptr)
        out.push_back(user->home_node_uid);
    for (const std::string& stored : log.events) {
        const auto event = f::decode_signed_key_event(stored);
        const auto read = event ? f::decode_key_event(event->bytes) : std::nullopt;
        const auto home = read ? Hash32::from(read->target.text()) : std::nullopt;
        if (home) out.push_back(*home);
    }
    return out;
}

bool Then::hosted(std::string_view node) const {
    if (node == world_.state.hosting.hostUid || node == world_.place.host_uid.text()) return true;
    if (header_.control_seq > world_.place.epoch_began) return false;
    return std::ranges::any_of(world_.place.past_hosts,
                               [&](const Hash32& host) { return host.text() == node; });
}

bool Then::lived_by_keys(p::UserId user, p::FunctionRef<bool(std::string_view)> at) const {
    bool found = false;
    world_.state.identities.for_each([&](const std::string& uid_text, const p::Identity& identity) {
        const auto uid = Hash32::from(uid_text);
        const f::KeyChain* chain = uid ? world_.keys.find(*uid) : nullptr;
        if (!chain || chain->user_id() != p::Snowflake(user.value)) return true;
        // Keys that came when it moved away may name several homes at once: of the time before
        // them it is known only that it was one of these.
        const bool is_before = header_.control_seq < chain->times().front().control_seq;
        if (is_dated(*chain) && !is_before) {
            found = at(chain->state_at_control(header_.control_seq).target.text());
        } else {
            const auto homes = homes_in({identity.genesis, identity.events});
            found = std::ranges::any_of(homes, [&](const Hash32& h) { return at(h.text()); });
        }
        return !found;
    });
    return found;
}

f::Lived Then::lived(p::UserId user, p::FunctionRef<bool(std::string_view)> at) const {
    const p::Member* member = world_.state.members.find(user);
    if (member && at(p::home_of(world_.state, *member))) return f::Lived::there;
    if (lived_by_keys(user, at)) return f::Lived::there;
    const p::SharedUser* known = world_.view.user(user);
    const bool is_ours = known && (*known)->home_uid.empty();
    if (is_ours && at(world_.place.own_uid.text())) return f::Lived::there;
    const bool is_known = is_ours && world_.own && world_.own->contains(user);
    if (is_known) {
        const auto& homes = world_.own->at(user);
        const bool was = std::ranges::any_of(homes, [&](const Hash32& h) { return at(h.text()); });
        return was ? f::Lived::there : f::Lived::elsewhere;
    }
    // A member's move stands in the log. Before it joined, for the last time, it may have lived
    // anywhere, as may somebody who is no member any more.
    const bool was_member = member && header_.ts_ms >= member->joinedMs;
    return was_member ? f::Lived::elsewhere : f::Lived::unknown;
}

}  // namespace guildhall::peering
