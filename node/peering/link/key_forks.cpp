#include "node/peering/link/key_forks.h"

#include "node/store/tables/evidence.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;

base::Task<void> store_fork(Context& ctx, store::evidence::EvidenceRow row) {
    const auto done = co_await store::write(ctx.db, [row](store::Tx& tx) -> base::Status {
        // Shown at every link, it is still one.
        TRY(const bool is_kept, store::evidence::holds(tx, row));
        return is_kept ? base::Status() : store::evidence::add(tx, row);
    });
    if (!done)
        ctx.log.warn("peering", "a key fork was not stored", {{"why", done.error().message}});
}

}  // namespace

std::optional<f::Evidence> fork_between(const f::KeyLog& known, const f::KeyLog& other) {
    if (known.genesis != other.genesis) return std::nullopt;
    const auto [ours, theirs] = std::ranges::mismatch(known.events, other.events);
    if (ours == known.events.end() || theirs == other.events.end()) return std::nullopt;
    f::KeyLog before{known.genesis, {known.events.begin(), ours}};
    f::Evidence fork = f::key_fork(before, {}, *ours, *theirs);
    if (!f::check(fork)) return std::nullopt;
    return fork;
}

void keep_fork(Context& ctx, std::string_view node, const f::Evidence& fork) {
    const auto uid = f::accused(fork);
    ctx.log.warn("peering",
                 "a node's key signed two key logs: somebody else may have it",
                 {{"peer", node}, {"uid", f::to_hex(uid.value_or(f::Hash32{}))}});
    store::evidence::EvidenceRow row;
    row.kind = static_cast<std::uint8_t>(fork.kind);
    row.statements = f::encode(fork);
    row.ts_ms = ctx.clock.unix_ms();
    ctx.here.spawn("keep a key fork", store_fork(ctx, std::move(row)));
}

}  // namespace guildhall::peering
