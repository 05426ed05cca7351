#include "node/gateway/saver.h"

#include <algorithm>
#include <utility>

namespace guildhall::gateway {

using store::gateway_sessions::Row;

Snapshot take_snapshot(const World& world,
                       const Session& session,
                       std::size_t ring_max,
                       bool with_bodies) {
    const Ring& ring = session.ring();
    Snapshot out;
    out.who = session.who();
    out.last = ring.last();
    const std::size_t kept = std::min(ring.size(), ring_max);
    out.first = ring.last() + 1 - kept;
    out.slots.reserve(kept);
    for (std::uint64_t s = out.first; s <= out.last; ++s) {
        auto& slot = out.slots.emplace_back();
        const RecordRef& record = ring.at(s);
        slot.kind = record->kind();
        slot.part = record->part();
        slot.source = record->source();
        if (!with_bodies || record->is_cold()) continue;
        slot.name = record->name();
        slot.d = record->data();
    }
    for (const Session::GuildSlot& slot : session.guilds) {
        const protocol::GuildId guild = slot.feed->guild();
        out.guilds.emplace_back(guild, world.position(guild));
    }
    std::sort(out.guilds.begin(), out.guilds.end(), [](const auto& a, const auto& b) {
        return a.first < b.first;
    });
    if (session.presence) out.presence = *session.presence;
    out.subscribed = session.subscribed;
    return out;
}

std::vector<Row> Saver::rows(std::size_t max, std::size_t ring_max) {
    std::vector<Row> out;
    const protocol::UnixMs now_ms = world_.ctx.clock.unix_ms();
    const std::chrono::nanoseconds now = world_.ctx.clock.now();
    world_.for_each_session([&](Session& session) {
        // What is still being put together has its older row.
        if (out.size() >= max || session.is_held() || session.has_essential_pump()) return;
        const bool due = session.saved_s != session.ring().last() &&
                         now - session.saved_at >= limits::kSaveInterval;
        if (max != SIZE_MAX && !due) return;
        session.saved_s = session.ring().last();
        session.saved_at = now;
        out.push_back({session.id(),
                       session.user(),
                       encode(take_snapshot(world_, session, ring_max, false)),
                       now_ms});
    });
    return out;
}

void Saver::sweep() {
    if (writing_) return;
    auto changed = rows(limits::kSessionsPerSave, limits::kSavedRingMax);
    auto ended = std::exchange(ended_, {});
    if (changed.empty() && ended.empty()) return;
    world_.ctx.here.spawn("gateway save", write(std::move(changed), std::move(ended)));
}

base::Task<void> Saver::save_all() {
    auto all = rows(SIZE_MAX, limits::kFinalRingMax);
    auto ended = std::exchange(ended_, {});
    co_await write(std::move(all), std::move(ended));
}

base::Task<void> Saver::write(std::vector<Row> rows, std::vector<std::string> ended) {
    writing_ = true;
    const std::size_t count = rows.size();
    const protocol::UnixMs old_ms =
        std::exchange(swept_old_, true)
            ? 0
            : world_.ctx.clock.unix_ms() -
                  std::chrono::milliseconds(limits::kResumeWindow * 12).count();
    journal::Change change;
    change.rows =
        [rows = std::move(rows), ended = std::move(ended), old_ms](store::Tx& tx) -> store::Status {
        for (const Row& row : rows) TRY_VOID(store::gateway_sessions::put(tx, row));
        for (const std::string& id : ended) TRY_VOID(store::gateway_sessions::erase(tx, id));
        if (old_ms > 0) TRY_VOID(store::gateway_sessions::erase_before(tx, old_ms));
        return {};
    };
    const base::Status status =
        co_await world_.ctx.journal.store(world_.ctx.here, std::move(change));
    writing_ = false;
    if (status) {
        world_.probe.saved.add(count, world_.ctx.here.index());
    } else {
        world_.ctx.log.warn("gateway",
                            "sessions were not written down",
                            {{"sessions", count}, {"why", status.error().message}});
    }
}

}  // namespace guildhall::gateway
