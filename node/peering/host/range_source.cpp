#include "node/peering/host/range_source.h"

#include "federation/limits.h"
#include "node/peering/link/under_way.h"
#include "protocol/errors.h"

#include <utility>

namespace guildhall::peering {

namespace f = federation;
using federation::TrafficClass;

namespace {

/// The same words for what is not there and for what is nobody's business.
void refuse_unseen(const Inbound& from) {
    from.refuse(f::ProblemCode::not_found, "no such entries");
}

}  // namespace

RangeSource::RangeSource(Context& ctx,
                         Peers& peers,
                         Visibilities& visibilities,
                         HostMetrics& metrics)
    : ctx_(ctx), visibilities_(visibilities), metrics_(metrics) {
    peers.handle<f::frames::RangeGet>(
        [this](Inbound from, const f::frames::RangeGet& body) { on_get(std::move(from), body); });
}

void RangeSource::on_get(Inbound from, const f::frames::RangeGet& body) {
    const bool is_sound = body.from < body.to && body.to <= body.headSize &&
                          body.to - body.from <= f::limits::kEntriesPerFrameMax;
    f::PeerPolicy& policy = from.peer().policy();
    const auto count = is_sound ? static_cast<std::uint32_t>(body.to - body.from) : 1;
    if (const auto denied = policy.take(f::PeerAction::range_entries, ctx_.clock.now(), count))
        return from.refuse(*denied);
    if (!is_sound) return refuse_unseen(from);
    const LogRef log{ctx_.view.guild_of_uid(body.guildUid.text()), body.logId};
    if (!visibilities_.may_have(log.guild, from.peer().uid(), log.log_id))
        return refuse_unseen(from);
    if (const auto denied = policy.begin(f::PeerGauge::range_requests)) return from.refuse(*denied);
    ctx_.here.spawn("range", answer(std::move(from), log, body));
}

base::Task<void> RangeSource::answer(Inbound from, LogRef log, f::frames::RangeGet body) {
    const auto peer = from.shared_peer();
    const UnderWay under_way(peer, f::PeerGauge::range_requests);
    auto work = [log, body](store::Tx& tx) {
        return read_range(tx, body.guildUid, log, body.from, body.to, body.headSize);
    };
    auto found = co_await store::read(ctx_.db, std::move(work));
    if (!found && protocol::http_status(found.error()) != 404) {
        from.refuse(f::ProblemCode::busy, "the log cannot be read now", kBusyRetryMs);
        co_return;
    }
    // Also when the log was hidden from the asker meanwhile.
    if (!found || !visibilities_.may_have(log.guild, peer->uid(), log.log_id)) {
        refuse_unseen(from);
        co_return;
    }
    keep(ctx_, log, std::move(found->made));
    const bool has_room = co_await peer->until_room(TrafficClass::bulk, found->cost);
    if (has_room && from.reply(std::move(found->range))) metrics_.ranges.add();
}

}  // namespace guildhall::peering
