#include "node/peering/link/directory.h"

#include "federation/key_chain.h"
#include "federation/profile.h"
#include "node/peering/link/discovery.h"
#include "node/peering/link/key_forks.h"
#include "node/store/wait.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using base::Status;

/// Digits of a uid in the label of a node without a proved name: enough that nobody finds a second.
constexpr std::size_t kLabelDigits = 16;

constexpr auto kNoKeys = [](const f::Hash32&, std::uint32_t) -> std::optional<f::PublicKey> {
    return std::nullopt;
};

Known known_of(const store::peers::Peer& row) {
    Known out;
    out.uid = f::Hash32::from(std::string_view(row.uid)).value_or(f::Hash32{});
    out.claimed = row.name;
    out.pinned = row.pinned;
    out.log = f::decode_key_log(row.key_events).value_or(f::KeyLog{row.genesis, {}});
    out.endpoints = row.endpoints;
    out.standing = {.trust = static_cast<f::Trust>(row.trust),
                    .by_operator = row.by_operator,
                    .first_seen_ms = row.first_seen_ms,
                    .quarantined_until_ms = row.quarantined_until_ms};
    out.last_seen_ms = row.last_seen_ms;
    return out;
}

store::peers::Peer row_of(const Known& known) {
    return {.uid = std::string(known.uid.text()),
            .name = known.claimed,
            .genesis = known.log.genesis,
            .key_events = f::encode(known.log),
            .endpoints = known.endpoints,
            .trust = static_cast<store::peers::Trust>(known.standing.trust),
            .by_operator = known.standing.by_operator,
            .pinned = known.pinned,
            .first_seen_ms = known.standing.first_seen_ms,
            .last_seen_ms = known.last_seen_ms,
            .quarantined_until_ms = known.standing.quarantined_until_ms};
}

bool begins_with(const std::vector<std::string>& events,
                 const std::vector<std::string>& beginning) {
    return beginning.size() <= events.size() &&
           std::equal(beginning.begin(), beginning.end(), events.begin());
}

base::Task<void> write_row(Context& ctx, store::peers::Peer row) {
    const auto done = co_await store::write(ctx.db, [row](store::Tx& tx) -> Status {
        TRY_VOID(store::peers::put(tx, row));
        return store::peers::set_standing(tx, row);
    });
    if (!done) ctx.log.warn("peering", "a peer was not stored", {{"why", done.error().message}});
}

}  // namespace

std::optional<std::string> node_label(std::string_view name) { return f::normal_node_name(name); }

std::string unproved_label(const f::Hash32& uid) {
    return f::to_hex(uid).substr(0, kLabelDigits) + ".invalid";
}

Directory::Directory(Context& ctx) : ctx_(ctx), forks_(ctx) {
    std::vector<store::peers::Peer> rows;
    const Status read = store::read_and_wait(ctx.db, [&rows](store::Tx& tx) -> Status {
        TRY(rows, store::peers::all(tx));
        return {};
    });
    if (!read) ctx.log.error("peering", "peers cannot be read", {{"why", read.error().message}});
    for (const auto& row : rows) {
        Known known = known_of(row);
        const f::Hash32 uid = known.uid;
        Known& kept = known_.insert_or_assign(uid, std::move(known)).first->second;
        relabel(kept);
    }
}

const Known* Directory::find(const f::Hash32& uid) const {
    const auto found = known_.find(uid);
    return found == known_.end() ? nullptr : &found->second;
}

const Known* Directory::by_name(std::string_view name) const {
    const auto found = labels_.find(name);
    return found == labels_.end() ? nullptr : find(found->second);
}

Directory::Shown Directory::show(const f::PeerIdentity& identity, const f::Hello& hello) {
    auto found = known_.find(identity.uid);
    if (found == known_.end()) {
        if (!make_room(identity.log)) return Shown::full;
        found = known_.emplace(identity.uid, Known{}).first;
        found->second.uid = identity.uid;
        found->second.log = identity.log;
    }
    Known& known = found->second;
    const Shown shown = compare(known, identity);
    if (shown != Shown::accepted) return shown;
    known.last_seen_ms = ctx_.clock.unix_ms();
    // A name that was proved stays until another one is.
    if (!known.pinned) known.claimed = f::normal_node_name(hello.name).value_or("");
    take_endpoints(known, hello.endpoints);
    relabel(known);
    save(known);
    return Shown::accepted;
}

/// What it says of itself comes behind where it was reached.
void Directory::take_endpoints(Known& known, const std::vector<std::string>& told) {
    std::vector<std::string> endpoints;
    if (!known.endpoints.empty()) endpoints.push_back(known.endpoints.front());
    for (const std::string& endpoint : told) {
        const bool sound = parse_link_endpoint(endpoint).has_value();
        const bool fits = endpoints.size() < f::limits::kEndpointsMax;
        if (sound && fits && std::ranges::find(endpoints, endpoint) == endpoints.end()) {
            endpoints.push_back(endpoint);
        }
    }
    known.endpoints = std::move(endpoints);
}

bool Directory::introduce(const f::Hash32& uid,
                          const f::KeyLog& log,
                          const std::string& name,
                          const std::vector<std::string>& endpoints) {
    if (known_.contains(uid)) return false;
    const auto chain = f::KeyChain::from(log, {ctx_.clock.unix_ms(), 0}, kNoKeys);
    if (!chain || chain->is_user() || chain->uid() != uid) return false;
    if (!make_room(log)) return false;
    Known& known = known_[uid];
    known.uid = uid;
    known.log = chain->log();
    known.claimed = f::normal_node_name(name).value_or("");
    take_endpoints(known, endpoints);
    relabel(known);
    save(known);
    return true;
}

Directory::Shown Directory::compare(Known& known, const f::PeerIdentity& identity) {
    if (identity.log.events == known.log.events) return Shown::accepted;
    if (begins_with(known.log.events, identity.log.events)) return Shown::stale;
    const auto chain = grown(known, identity.log);
    if (!chain) {
        note_fork(known, identity.log);
        return Shown::forked;
    }
    if (chain->state() != identity.keys) return Shown::stale;
    known.log = chain->log();
    return Shown::accepted;
}

void Directory::note_fork(const Known& known, const f::KeyLog& other) {
    if (const auto fork = fork_between(known.log, other))
        forks_.keep(known.label, *fork, is_relied_on(known));
}

bool Directory::is_relied_on(const Known& known) const {
    if (known.standing.by_operator && known.standing.trust == f::Trust::allowed) return true;
    const std::string_view uid = known.uid.text();
    bool out = false;
    ctx_.view.for_each_guild([&](const protocol::GuildState& guild) {
        const auto& heirs = guild.hosting.successors;
        out = out || guild.hosting.hostUid == uid || std::ranges::find(heirs, uid) != heirs.end();
    });
    return out;
}

/// What is known, and after it what the other log has more; nothing where they do not fit.
std::optional<f::KeyChain> Directory::grown(const Known& known, const f::KeyLog& log) const {
    // When each event came is not kept: none of them came after the node was seen last.
    auto chain = f::KeyChain::from(known.log, {known.last_seen_ms, 0}, kNoKeys);
    if (!chain) return std::nullopt;
    for (const std::string& event : log.events) {
        const auto step = chain->apply(event, {ctx_.clock.unix_ms(), 0}, kNoKeys);
        if (!step || *step == f::KeyStep::forked) return std::nullopt;
    }
    return std::move(*chain);
}

bool Directory::learn(const f::Hash32& uid, const f::KeyLog& log) {
    const auto found = known_.find(uid);
    if (found == known_.end() || begins_with(found->second.log.events, log.events)) return false;
    const auto chain = grown(found->second, log);
    if (!chain) {
        note_fork(found->second, log);
        return false;
    }
    if (chain->log() == found->second.log) return false;
    found->second.log = chain->log();
    save(found->second);
    return true;
}

void Directory::pin(const f::Hash32& uid, const std::string& name) {
    const auto found = known_.find(uid);
    const auto normal = f::normal_node_name(name);
    if (found == known_.end() || !normal || *normal == ctx_.settings.name) return;
    const Known* other = by_name(*normal);
    // Fail closed: the name is another's until an operator blocks that one.
    if (other != nullptr && other->pinned && other->uid != uid) return;
    Known& known = found->second;
    if (known.pinned && known.claimed == *normal) return;
    known.claimed = *normal;
    known.pinned = true;
    if (other != nullptr && other->uid != uid) {
        labels_.erase(*normal);
        relabel(known);
        relabel(known_.at(other->uid));
    } else {
        relabel(known);
    }
    save(known);
}

void Directory::relabel(Known& known) {
    std::string label = unproved_label(known.uid);
    // A node that is kept out keeps no name from whose it is.
    const bool shown =
        (known.pinned || ctx_.options.allow_private) && known.standing.trust != f::Trust::blocked;
    if (shown && !known.claimed.empty() && known.claimed != ctx_.settings.name) {
        const auto taken = labels_.find(known.claimed);
        if (taken == labels_.end() || taken->second == known.uid) label = known.claimed;
    }
    if (label == known.label) return;
    const auto old = labels_.find(known.label);
    if (old != labels_.end() && old->second == known.uid) labels_.erase(old);
    const bool is_new = known.label.empty();
    known.label = label;
    labels_[label] = known.uid;
    if (!is_new && told_) told_(known.uid);
}

void Directory::set_standing(const f::Hash32& uid, const f::Standing& standing) {
    const auto found = known_.find(uid);
    if (found == known_.end() || found->second.standing == standing) return;
    found->second.standing = standing;
    save(found->second);
}

void Directory::lost(const f::Hash32& uid) {
    const auto found = known_.find(uid);
    if (found == known_.end()) return;
    found->second.last_seen_ms = ctx_.clock.unix_ms();
    save(found->second);
}

void Directory::reached(const f::Hash32& uid, const std::string& endpoint) {
    const auto found = known_.find(uid);
    if (found == known_.end()) return;
    auto& endpoints = found->second.endpoints;
    if (!endpoints.empty() && endpoints.front() == endpoint) return;
    std::erase(endpoints, endpoint);
    endpoints.insert(endpoints.begin(), endpoint);
    if (endpoints.size() > f::limits::kEndpointsMax) endpoints.pop_back();
    save(found->second);
}

void Directory::save(const Known& known) {
    ctx_.here.spawn("store a peer", write_row(ctx_, row_of(known)));
}

}  // namespace guildhall::peering
