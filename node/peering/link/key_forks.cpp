#include "node/peering/link/key_forks.h"

#include "node/store/tables/evidence.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {
namespace {

namespace f = federation;
using base::Nanos;
using base::Result;

/// One says all that there is to say of a node's key: it is nobody's alone any more.
Result<bool> is_kept(store::Tx& tx, std::uint8_t kind, const f::Hash32& uid) {
    TRY(const auto rows, store::evidence::of_guild(tx, {}));
    for (const auto& row : rows) {
        const auto known = row.kind == kind ? f::decode_evidence(row.statements) : std::nullopt;
        if (known && f::accused(*known) == uid) return true;
    }
    return false;
}

base::Task<void> store_fork(Context& ctx, store::evidence::EvidenceRow row, f::Hash32 uid) {
    const auto done = co_await store::write(ctx.db, [row, uid](store::Tx& tx) -> base::Status {
        TRY(const bool known, is_kept(tx, row.kind, uid));
        return known ? base::Status() : store::evidence::add(tx, row);
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

void KeyForks::keep(std::string_view node, const f::Evidence& fork, bool matters) {
    const auto uid = f::accused(fork);
    const Nanos now = ctx_.clock.now();
    Pauses& told = matters ? told_ : told_of_strangers_;
    if (!uid || !told.is_over(*uid, now)) return;
    told.begin(*uid, now);
    ctx_.log.warn("peering",
                  "a node's key signed two key logs: somebody else may have it",
                  {{"peer", node}, {"uid", f::to_hex(*uid)}});
    if (!matters) return;
    store::evidence::EvidenceRow row;
    row.kind = static_cast<std::uint8_t>(fork.kind);
    row.statements = f::encode(fork);
    row.ts_ms = ctx_.clock.unix_ms();
    ctx_.here.spawn("keep a key fork", store_fork(ctx_, std::move(row), *uid));
}

}  // namespace guildhall::peering
