#include "node/peering/blobs/blob_copies.h"

#include "node/store/tables/remote_blobs.h"

namespace guildhall::peering {

namespace rows = store::remote_blobs;
using federation::Hash32;
using namespace std::chrono_literals;

namespace {

// The order of use matters to the hour: a busy file must not cost a write for each look at it.
constexpr protocol::UnixMs kStoreUseMs = 3'600'000;
// Also small files cost memory and a row: 30 MiB of it at the most.
constexpr std::size_t kCopiesMax = 200'000;
// Deletions come in bulk; a second is what a mirror has (docs/FEDERATION.md).
constexpr base::Nanos kSweepAfter = 200ms;

}  // namespace

BlobCopies::BlobCopies(Context& ctx, services::BlobFiles& files, std::uint64_t bytes_max)
    : ctx_(ctx), files_(files), bytes_max_(bytes_max) {}

BlobCopies::~BlobCopies() { ctx_.here.timers().cancel(sweep_); }

base::Task<void> BlobCopies::load() {
    auto on_disk = co_await files_.copies();
    auto read = [](store::Tx& tx) { return rows::oldest(tx, kCopiesMax); };
    const auto known = co_await store::read(ctx_.db, std::move(read));
    if (!on_disk || !known) {
        ctx_.log.warn("blobs", "the copies of other nodes' files cannot be listed");
        co_return;
    }
    std::map<Hash32, std::uint64_t> sizes;
    for (const auto& copy : *on_disk) sizes.emplace(copy.key, copy.size);
    for (const rows::BlobRow& row : *known) {
        const auto at = sizes.find(row.hash);
        if (at == sizes.end()) continue;
        remember(row.hash, {at->second, row.last_used_ms, row.last_used_ms, row.image});
        sizes.erase(at);
    }
    // Without a row: the node stopped between the file and its row.
    for (const auto& [key, size] : sizes) {
        if (!copies_.contains(key)) (void)co_await files_.remove_copy(key);
    }
    sweep_soon();
}

void BlobCopies::remember(const Hash32& key, const Copy& copy) {
    if (!copies_.emplace(key, copy).second) return;
    by_use_.emplace(copy.used_ms, key);
    bytes_ += copy.size;
}

bool BlobCopies::use(const Hash32& key) {
    const auto at = copies_.find(key);
    if (at == copies_.end()) return false;
    Copy& copy = at->second;
    by_use_.erase({copy.used_ms, key});
    copy.used_ms = ctx_.clock.unix_ms();
    by_use_.emplace(copy.used_ms, key);
    if (copy.used_ms - copy.stored_ms >= kStoreUseMs) {
        copy.stored_ms = copy.used_ms;
        ctx_.here.spawn("blob use", store_row(key, copy));
    }
    return true;
}

base::Task<void> BlobCopies::add(Hash32 key, std::uint64_t size, bool image) {
    const protocol::UnixMs now = ctx_.clock.unix_ms();
    const Copy copy{size, now, now, image};
    remember(key, copy);
    co_await store_row(key, copy);
    while (!by_use_.empty() && (bytes_ > bytes_max_ || copies_.size() > kCopiesMax)) {
        const Hash32 oldest = by_use_.begin()->second;
        co_await remove(oldest);
    }
}

base::Task<void> BlobCopies::store_row(Hash32 key, Copy copy) {
    const rows::BlobRow row{key, copy.size, copy.stored_ms, copy.image};
    auto write = [row](store::Tx& tx) -> base::Result<bool> {
        TRY_VOID(rows::put(tx, row));
        return true;
    };
    const auto done = co_await store::write(ctx_.db, std::move(write));
    if (!done) ctx_.log.warn("blobs", "a copy was not noted", {{"what", done.error().message}});
}

bool BlobCopies::take_out(const Hash32& key) {
    const auto at = copies_.find(key);
    if (at == copies_.end()) return false;
    bytes_ -= at->second.size;
    by_use_.erase({at->second.used_ms, key});
    copies_.erase(at);
    return true;
}

base::Task<void> BlobCopies::remove(Hash32 key) {
    if (!take_out(key)) co_return;
    // The file first: a row without a file is found at the next start, and the other way round.
    (void)co_await files_.remove_copy(key);
    co_await erase_row(key);
}

base::Task<void> BlobCopies::give_up(Hash32 key) {
    if (take_out(key)) co_await erase_row(key);
}

base::Task<void> BlobCopies::erase_row(Hash32 key) {
    auto write = [key](store::Tx& tx) -> base::Result<bool> {
        TRY_VOID(rows::erase(tx, key));
        return true;
    };
    (void)co_await store::write(ctx_.db, std::move(write));
}

void BlobCopies::sweep_soon() {
    if (sweep_ || copies_.empty()) return;
    sweep_ = ctx_.here.timers().schedule_after(kSweepAfter, [this] {
        sweep_ = {};
        ctx_.here.spawn("blob sweep", sweep());
    });
}

base::Task<void> BlobCopies::sweep() {
    auto read = [](store::Tx& tx) { return rows::unused(tx); };
    const auto gone = co_await store::read(ctx_.db, std::move(read));
    if (!gone) co_return;
    for (const Hash32& key : *gone) co_await remove(key);
}

}  // namespace guildhall::peering
