#include "node/gateway/past.h"

#include "federation/entry.h"
#include "node/gateway/limits.h"
#include "node/store/await.h"
#include "node/store/tables/entries.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>
#include <optional>
#include <utility>

namespace guildhall::gateway {

using base::Task;
using protocol::GuildSnapshot;
using protocol::GuildState;
using store::Result;
using store::Tx;
using store::entries::EntryRow;

namespace {

/// Entries read at a time from one log.
constexpr std::uint64_t kChunk = 256;

/// The first entries of one log, in order.
class Cursor {
  public:
    Cursor(Tx& tx, protocol::GuildId guild, std::uint64_t log_id, std::uint64_t count)
        : tx_(tx), key_(store::log_key(guild, log_id)), log_id_(log_id), count_(count) {}

    /// Null at the end; valid until pop().
    Result<const EntryRow*> peek() {
        if (at_ == chunk_.size() && read_ < count_) {
            TRY(auto more,
                store::entries::range(tx_, key_, log_id_, read_, std::min(kChunk, count_ - read_)));
            // A mirror may lack the log's beginning: then the past cannot be told.
            if (!more.empty() && more.front().header.seq != read_) more.clear();
            if (more.empty()) read_ = count_;
            chunk_ = std::move(more);
            at_ = 0;
            read_ += chunk_.size();
        }
        return at_ < chunk_.size() ? &chunk_[at_] : nullptr;
    }
    void pop() { ++at_; }

  private:
    Tx& tx_;
    const store::LogKey key_;
    const std::uint64_t log_id_, count_;
    std::vector<EntryRow> chunk_;
    std::size_t at_ = 0;
    std::uint64_t read_ = 0;
};

/// False when the entry has no body, or one that cannot be read: then what follows is not known.
Result<bool> apply_entry(GuildState& state, const EntryRow& row) {
    const auto bytes = federation::event_of_body(federation::ByteView(row.body));
    if (row.body.empty() || !bytes) return false;
    if (!protocol::is_known(row.header.kind)) {
        if (row.header.log_id == protocol::kControlLog) ++state.control_size;
        return true;
    }
    const auto event = protocol::decode_event(bytes->text());
    if (!event) return false;
    protocol::apply(state, *event);
    return true;
}

/// Entries that were decided when the control log had `seen` entries.
Result<bool> apply_while(GuildState& state, Cursor& log, std::uint64_t seen) {
    for (;;) {
        TRY(const auto* entry, log.peek());
        if (!entry || entry->header.control_seq > seen) return true;
        TRY(const bool applied, apply_entry(state, *entry));
        if (!applied) return false;
        log.pop();
    }
}

}  // namespace

Result<GuildSnapshot> read_past(Tx& tx, const Moment& moment) {
    if (moment.control + moment.admin > limits::kPastEntriesMax) return GuildSnapshot();
    GuildState state;
    Cursor control(tx, moment.guild, protocol::kControlLog, moment.control);
    Cursor admin(tx, moment.guild, protocol::kAdminLog, moment.admin);
    for (;;) {
        TRY(const auto* entry, control.peek());
        if (!entry) break;
        TRY(const bool applied, apply_entry(state, *entry));
        if (!applied) return GuildSnapshot();
        control.pop();
        TRY(const bool whole, apply_while(state, admin, state.control_size));
        if (!whole) return GuildSnapshot();
    }
    TRY(const bool whole, apply_while(state, admin, UINT64_MAX));
    if (!whole || state.control_size != moment.control) return GuildSnapshot();
    return std::make_shared<const GuildState>(std::move(state));
}

Task<GuildSnapshot> Pasts::at(Moment moment) {
    // All that are kept are being read: whichever comes first makes room.
    while (!find(moment) && !make_room()) co_await wait_for(kept_.front());
    if (Kept* kept = find(moment)) {
        if (kept->is_ready) co_return kept->state;
        co_return co_await wait_for(*kept);
    }
    kept_.push_back({.moment = moment});
    const auto read =
        co_await store::read(world_.ctx.db, [moment](Tx& tx) { return read_past(tx, moment); });
    co_return finish(moment, read);
}

GuildSnapshot Pasts::finish(const Moment& moment, const Result<GuildSnapshot>& read) {
    Kept& kept = *find(moment);  // One that is not ready stays.
    const GuildSnapshot state = read ? *read : GuildSnapshot();
    const auto waiting = std::exchange(kept.waiting, {});
    if (read) {
        kept.is_ready = true;
        kept.state = state;
        kept.until = world_.ctx.clock.now() + limits::kResumeWindow;
    } else {
        // The store is in trouble; who asks later may have more luck.
        std::erase_if(kept_, [&](const Kept& k) { return k.moment == moment; });
    }
    for (const auto& wake : waiting) wake(state);
    return state;
}

Pasts::Kept* Pasts::find(const Moment& moment) {
    const auto at = std::find_if(
        kept_.begin(), kept_.end(), [&](const Kept& kept) { return kept.moment == moment; });
    return at == kept_.end() ? nullptr : &*at;
}

bool Pasts::make_room() {
    const base::Nanos now = world_.ctx.clock.now();
    std::erase_if(kept_, [&](const Kept& kept) { return kept.is_ready && kept.until <= now; });
    if (kept_.size() < limits::kPastsMax) return true;
    const auto oldest =
        std::find_if(kept_.begin(), kept_.end(), [](const Kept& kept) { return kept.is_ready; });
    if (oldest == kept_.end()) return false;
    kept_.erase(oldest);
    return true;
}

Task<GuildSnapshot> Pasts::wait_for(Kept& kept) {
    auto start = [](auto handler, Kept* wanted) {
        // Called once, by who reads; a std::function must be copyable.
        auto shared = std::make_shared<decltype(handler)>(std::move(handler));
        wanted->waiting.push_back([shared](const GuildSnapshot& state) {
            store::resume_with(std::move(*shared), state);
        });
    };
    co_return co_await boost::asio::async_initiate<decltype(base::kUseTask), void(GuildSnapshot)>(
        start, base::kUseTask, &kept);
}

}  // namespace guildhall::gateway
