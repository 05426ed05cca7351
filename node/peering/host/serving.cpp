#include "node/peering/host/serving.h"

#include "node/store/tables/hosting.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

// Acks come with every batch; where a peer stands is only needed for who has copies, so that it may
// be stored late and by many at once.
constexpr Nanos kStoreAfter = std::chrono::seconds(5);

}  // namespace

Serving::Serving(Context& ctx,
                 Peers& peers,
                 Visibilities& visibilities,
                 LogBatches& batches,
                 Egress& egress,
                 HostMetrics& metrics)
    : ctx_(ctx),
      peers_(peers),
      visibilities_(visibilities),
      batches_(batches),
      egress_(egress),
      metrics_(metrics) {
    visibilities_.set_on_change(
        [this](const journal::Committed& entry, const std::vector<f::VisibilityChange>& changes) {
            on_visibility(entry, changes);
        });
    egress_.set_owner(*this);
    ctx_.bus.subscribe(ctx_.here.index(), *this);
    peers_.observe(*this);
    peers_.handle<f::frames::Subscribe>([this](Inbound from, f::frames::Subscribe body) {
        on_subscribe(std::move(from), std::move(body));
    });
    peers_.handle<f::frames::Ack>(
        [this](const Inbound& from, const f::frames::Ack& body) { on_ack(from, body); });
    peers_.handle<f::frames::Unsubscribe>(
        [this](const Inbound& from, const f::frames::Unsubscribe& body) {
            on_unsubscribe(from, body);
        });
}

Serving::Watch::Watch(Serving& serving, GuildId of) : guild(of), serving_(serving) {
    serving_.watches_.push_back(this);
}

Serving::Watch::~Watch() { std::erase(serving_.watches_, this); }

std::shared_ptr<Feed> Serving::feed_of(const Hash32& peer) const {
    const auto at = feeds_.find(peer);
    return at == feeds_.end() ? nullptr : at->second;
}

std::optional<std::uint64_t> Serving::sent_to(const Hash32& peer, const LogRef& log) const {
    const auto feed = feed_of(peer);
    const FeedCursor* cursor = feed ? feed->find(log) : nullptr;
    if (!cursor) return std::nullopt;
    return cursor->sent;
}

std::vector<GuildId> Serving::guilds_of(const Hash32& peer) const {
    std::vector<GuildId> out;
    const auto feed = feed_of(peer);
    if (!feed) return out;
    for (const auto& [guild, subscription] : feed->guilds) out.push_back(guild);
    return out;
}

// -- Links ----------------------------------------------------------------------------------------

void Serving::on_open(const std::shared_ptr<Peer>& peer) {
    on_closed(peer);
    feeds_.emplace(peer->uid(), std::make_shared<Feed>(peer, ctx_.clock.now()));
    ctx_.here.spawn("purge copies", purge_copies(peer));
}

void Serving::on_closed(const std::shared_ptr<Peer>& peer) {
    const auto feed = feed_of(peer->uid());
    if (!feed) return;
    store_cursors();
    while (!feed->guilds.empty()) remove(feed, feed->guilds.begin()->first);
    feed->is_open = false;
    feeds_.erase(peer->uid());
    feed->asks.clear();
}

void Serving::remove(const std::shared_ptr<Feed>& feed, GuildId guild) {
    if (feed->guilds.erase(guild) == 0) return;
    metrics_.subscriptions.add(-1);
    const auto served = served_.find(guild);
    if (served == served_.end()) return;
    served->second.erase(feed->peer->uid());
    if (!served->second.empty()) return;
    served_.erase(served);
    visibilities_.release(guild);
}

// -- Cursors --------------------------------------------------------------------------------------

void Serving::on_ack(const Inbound& from, const f::frames::Ack& ack) {
    const auto feed = feed_of(from.peer().uid());
    const GuildId guild = ctx_.view.guild_of_uid(ack.guildUid.text());
    if (!feed || !guild) return;
    if (!ack.cosignature.empty() && cosigned_) cosigned_(from.peer(), ack.cosignature);
    for (const f::Cursor& at : ack.at) {
        FeedCursor* cursor = feed->find({guild, at.logId});
        // Beyond what was sent: of a subscription that another took the place of.
        if (!cursor || at.size > cursor->sent || at.size <= cursor->acked) continue;
        cursor->acked = at.size;
        cursor->is_dirty = true;
    }
    store_later();
}

void Serving::on_unsubscribe(const Inbound& from, const f::frames::Unsubscribe& ref) {
    const Hash32 peer = from.peer().uid();
    const GuildId guild = ctx_.view.guild_of_uid(ref.guildUid.text());
    if (const auto feed = feed_of(peer); feed && guild) remove(feed, guild);
    store::WriteJob job;
    // By the stored uid: the guild may be deleted.
    job.run = [peer, uid = ref.guildUid](store::Tx& tx) -> Status {
        TRY(const auto rows, store::cursors::of_peer(tx, peer.text()));
        GuildId last;
        for (const auto& row : rows) {
            if (std::exchange(last, row.guild) == row.guild) continue;
            TRY(const auto known, store::hosting::find(tx, row.guild));
            if (known && known->uid == uid.text())
                TRY_VOID(store::cursors::forget(tx, peer.text(), row.guild));
        }
        return {};
    };
    // A row too many costs one purge that finds nothing.
    job.done = [](const Status&) {};
    job.can_wait = true;
    ctx_.db.write(std::move(job));
}

void Serving::store_later() {
    if (store_timer_) return;
    store_timer_ = ctx_.here.timers().schedule_after(kStoreAfter, [this] {
        store_timer_ = {};
        store_cursors();
    });
}

void Serving::store_cursors() {
    std::vector<store::cursors::Cursor> rows;
    for (const auto& [uid, feed] : feeds_) {
        for (auto& [guild, subscription] : feed->guilds) {
            for (auto& [log, cursor] : subscription.logs) {
                if (!std::exchange(cursor.is_dirty, false)) continue;
                rows.push_back({std::string(uid.text()), guild, log, cursor.acked});
            }
        }
    }
    if (rows.empty()) return;
    store::WriteJob job;
    job.run = [rows = std::move(rows)](store::Tx& tx) -> Status {
        for (const auto& row : rows) TRY_VOID(store::cursors::put(tx, row));
        return {};
    };
    job.done = [](const Status&) {};
    job.can_wait = true;
    ctx_.db.write(std::move(job));
}

// -- What happens in guilds -----------------------------------------------------------------------

void Serving::on_committed(const journal::Committed& entry) {
    const LogRef log{entry.guild, entry.log_id};
    batches_.forget(log);
    for (Watch* watch : watches_) {
        if (watch->guild == entry.guild) watch->grown.insert(entry.log_id);
    }
    const auto served = served_.find(entry.guild);
    if (served == served_.end()) return;
    for (const auto& [peer, feed] : served->second) {
        const FeedCursor* cursor = feed->find(log);
        if (cursor) egress_.mark(feed, log, cursor->sent == entry.seq);
    }
}

void Serving::on_guild(const journal::GuildChange& change) {
    batches_.forget(change.guild);
    const auto served = served_.find(change.guild);
    if (served == served_.end()) return;
    const bool is_hosted = change.kind != journal::GuildChange::Kind::dropped &&
                           ctx_.view.role(change.guild) == journal::GuildRole::hosted;
    if (is_hosted) return;
    // Another node hosts it from now on: subscribers ask that one, as they are told by it.
    const Feeds feeds = served->second;
    for (const auto& [peer, feed] : feeds) {
        const auto guild = feed->guilds.find(change.guild);
        if (guild == feed->guilds.end()) continue;
        f::frames::Unsubscribe over;
        over.guildUid = guild->second.guild_uid;
        (void)feed->peer->send(std::move(over));
        remove(feed, change.guild);
    }
}

}  // namespace guildhall::peering
