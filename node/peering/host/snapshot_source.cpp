#include "node/peering/host/snapshot_source.h"

#include "node/peering/link/under_way.h"
#include "node/store/tables/entries.h"
#include "protocol/errors.h"

#include <utility>

namespace guildhall::peering {

namespace f = federation;
using federation::TrafficClass;
using protocol::GuildId;

namespace {

// The state that belongs to a head is published a moment after the head is durable; on a control
// log that never rests, another try meets them.
constexpr unsigned kTriesMax = 20;
constexpr Nanos kStateWait = std::chrono::milliseconds(500);

/// About what a piece's frame takes.
std::size_t cost_of(const f::SnapshotPiece& piece) {
    return f::kPieceBytesMax + f::kPieceObjectMax + piece.controlHead.size() +
           piece.frontier.size() + piece.genesis.size();
}

}  // namespace

SnapshotSource::SnapshotSource(Context& ctx,
                               Peers& peers,
                               Visibilities& visibilities,
                               HostMetrics& metrics)
    : ctx_(ctx), visibilities_(visibilities), metrics_(metrics) {
    ctx_.bus.subscribe(ctx_.here.index(), *this);
    peers.handle<f::frames::SnapshotGet>([this](Inbound from, const f::frames::SnapshotGet& body) {
        on_get(std::move(from), body);
    });
}

void SnapshotSource::on_get(Inbound from, const f::frames::SnapshotGet& body) {
    const GuildId guild = ctx_.view.guild_of_uid(body.guildUid.text());
    if (!visibilities_.may_have(guild, from.peer().uid(), f::kControlLog))
        return from.refuse(f::ProblemCode::not_found, "no such guild");
    if (ctx_.view.role(guild) != journal::GuildRole::hosted)
        return from.refuse(f::ProblemCode::not_host, "another node hosts the guild");
    f::PeerPolicy& policy = from.peer().policy();
    if (const auto denied = policy.take(f::PeerAction::snapshot, ctx_.clock.now()))
        return from.refuse(*denied);
    if (const auto denied = policy.begin(f::PeerGauge::snapshots)) return from.refuse(*denied);
    ctx_.here.spawn("snapshot", answer(std::move(from), guild));
}

base::Task<void> SnapshotSource::answer(Inbound from, GuildId guild) {
    const auto peer = from.shared_peer();
    const UnderWay under_way(peer, f::PeerGauge::snapshots);
    const auto moment = co_await present(guild);
    if (!moment) {
        from.refuse(f::ProblemCode::busy, "the guild cannot be read now", kBusyRetryMs);
        co_return;
    }
    if (co_await send(from, *moment)) metrics_.snapshots.add();
}

base::Task<bool> SnapshotSource::send(const Inbound& from, const Moment& moment) {
    const f::SnapshotWriter writer(moment.state, from.peer().uid().text());
    for (std::uint32_t i = 0; i < writer.pieces(); ++i) {
        f::SnapshotPiece piece = writer.make(i);
        piece.controlHead = moment.head;
        piece.frontier = moment.frontier;
        if (i == 0) piece.genesis = moment.genesis;
        const bool has_room = co_await from.peer().until_room(TrafficClass::bulk, cost_of(piece));
        if (!has_room || !from.reply(std::move(piece))) co_return false;
    }
    co_return true;
}

// -- The state at a head --------------------------------------------------------------------------

base::Task<Result<SnapshotSource::Moment>> SnapshotSource::present(GuildId guild) {
    for (unsigned i = 0; i < kTriesMax; ++i) {
        auto work = [guild](store::Tx& tx) { return read_end(tx, guild); };
        CO_TRY(ControlEnd end, co_await store::read(ctx_.db, std::move(work)));
        auto state = co_await state_at(guild, end.size);
        if (!state) continue;
        co_return Moment{
            std::move(state), std::move(end.head), std::move(end.frontier), std::move(end.genesis)};
    }
    co_return store::unavailable("the control log does not rest");
}

Result<SnapshotSource::ControlEnd> SnapshotSource::read_end(store::Tx& tx, GuildId guild) {
    const LogRef control{guild, f::kControlLog};
    TRY(auto row, store::entries::find_log(tx, control.key()));
    if (!row) return protocol::make_http_error(404);
    TRY(auto genesis, read_genesis(tx, guild));
    return ControlEnd{
        row->size, std::move(row->head), std::move(row->frontier), std::move(genesis)};
}

base::Task<protocol::GuildSnapshot> SnapshotSource::state_at(GuildId guild, std::uint64_t size) {
    const journal::GuildSnapshot* now = ctx_.view.guild(guild);
    if (!now || (*now)->control_size > size) co_return nullptr;
    if ((*now)->control_size == size) co_return *now;
    auto waiter = std::make_shared<Waiter>();
    waiter->guild = guild;
    waiter->size = size;
    waiters_.push_back(waiter);
    std::function<void(base::Wake)> start = [waiter](base::Wake wake) {
        waiter->wake = std::move(wake);
    };
    const auto deadline = base::Deadline::after(ctx_.clock, kStateWait);
    (void)co_await base::wait_until_woken(ctx_.here, deadline, std::move(start));
    waiters_.remove(waiter);
    co_return waiter->found;
}

void SnapshotSource::on_committed(const journal::Committed& entry) {
    if (entry.log_id != protocol::kControlLog) return;
    for (const auto& waiter : waiters_) {
        if (waiter->guild != entry.guild || waiter->size != entry.after->control_size) continue;
        waiter->found = entry.after;
        waiter->wake();
    }
}

}  // namespace guildhall::peering
