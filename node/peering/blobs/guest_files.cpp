#include "node/peering/blobs/guest_files.h"

#include "federation/policy.h"
#include "node/store/tables/guest_files.h"

namespace guildhall::peering {

namespace guest_rows = store::guest_files;
using namespace std::chrono_literals;

namespace {

// A file that was named so long ago and is in no message never will be: its command failed.
constexpr protocol::UnixMs kUnusedMs = 3'600'000;
constexpr Nanos kTellFullAgain = 1h;

}  // namespace

GuestFiles::GuestFiles(Context& ctx, Peers& peers)
    : ctx_(ctx),
      peers_(peers),
      refused_(ctx.metrics.counter("guildhall_guest_files_refused_total",
                                   "Files of other nodes' users for which their node has no room "
                                   "here")) {}

Task<bool> GuestFiles::has_room(Hash32 home, std::uint64_t cost) {
    const Known* known = peers_.directory().find(home);
    const auto trust = known ? known->standing.trust : federation::Trust::limited;
    const federation::Quota quota = federation::peer_quota(trust);
    const auto found = uses_.find(home);
    std::optional<Use> use;
    if (found != uses_.end()) use = found->second;
    if (use && quota.fits(use->cost, cost)) co_return true;
    if (!use || ctx_.clock.now() - use->counted_at >= kCountAgain) use = co_await count(home);
    // A store that cannot be read takes no file either.
    const bool fits = use && quota.fits(use->cost, cost);
    if (!fits) {
        refused_.add(1, ctx_.here.index());
        tell_full(home);
    }
    co_return fits;
}

Task<std::optional<GuestFiles::Use>> GuestFiles::count(Hash32 home) {
    auto work =
        [home, before = ctx_.clock.unix_ms() - kUnusedMs](store::Tx& tx) -> Result<std::uint64_t> {
        TRY_VOID(guest_rows::forget_unused(tx, home, before));
        return guest_rows::total_cost(tx, home);
    };
    const auto sum = co_await store::write(ctx_.db, std::move(work));
    if (!sum) co_return std::nullopt;
    const Use use{*sum, ctx_.clock.now()};
    uses_[home] = use;
    co_return use;
}

Task<Status> GuestFiles::note(Hash32 home, Hash32 hash, std::uint64_t size) {
    const std::uint64_t cost = cost_of(size);
    auto work = [home, hash, cost, now = ctx_.clock.unix_ms()](store::Tx& tx) {
        return guest_rows::put(tx, home, hash, cost, now);
    };
    CO_TRY(const bool is_new, co_await store::write(ctx_.db, std::move(work)));
    const auto use = uses_.find(home);
    // Whoever was not counted yet is when he brings the next.
    if (is_new && use != uses_.end()) use->second.cost += cost;
    co_return Status();
}

void GuestFiles::tell_full(const Hash32& home) {
    const Nanos now = ctx_.clock.now();
    const auto told = told_.find(home);
    if (told != told_.end() && now - told->second < kTellFullAgain) return;
    told_[home] = now;
    const Known* known = peers_.directory().find(home);
    ctx_.log.warn(
        "blobs",
        "a node's users have no more room for files in the guilds here",
        {{"peer", known ? known->label : std::string()}, {"uid", federation::to_hex(home)}});
}

}  // namespace guildhall::peering
