// The half of Serving that follows what happens to visibility: logs gained and lost, guilds ended.
#include "node/peering/host/serving.h"
#include "node/store/tables/hosting.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

// The peer acknowledges what it stored; one that does not is purged all the same.
constexpr Nanos kLastAckMax = std::chrono::seconds(5);
constexpr Nanos kLastAckStep = std::chrono::milliseconds(50);
// The store cannot read now.
constexpr Nanos kChangeAgain = std::chrono::seconds(1);

/// Why a guild ends for a node, as the purge says it.
enum PurgeReason : std::uint8_t { left = 0, kicked = 1, banned = 2, node_banned = 3, deleted = 4 };

PurgeReason reason_of(const protocol::Event& event) {
    if (const auto* gone = std::get_if<protocol::MemberLeft>(&event)) {
        switch (gone->cause) {
            case protocol::LeaveCause::left:
                return left;
            case protocol::LeaveCause::kicked:
                return kicked;
            case protocol::LeaveCause::banned:
                return banned;
        }
    }
    if (std::holds_alternative<protocol::NodeBanned>(event)) return node_banned;
    if (std::holds_alternative<protocol::GuildDeleted>(event)) return deleted;
    return left;
}

bool has_channel_log(std::uint64_t log_id) {
    return log_id != f::kControlLog && log_id != f::kAdminLog;
}

}  // namespace

void Serving::on_visibility(const journal::Committed& entry,
                            const std::vector<f::VisibilityChange>& changes) {
    const auto served = served_.find(entry.guild);
    if (served == served_.end()) return;
    for (const f::VisibilityChange& change : changes) {
        const auto uid = Hash32::from(change.node_uid);
        const auto at = uid ? served->second.find(*uid) : served->second.end();
        if (at == served->second.end()) continue;
        const std::shared_ptr<Feed> feed = at->second;
        if (std::ranges::binary_search(change.lost, f::kControlLog)) {
            end(feed, entry);
            continue;
        }
        lose(feed, entry.guild, change.lost);
        if (change.gained.empty()) continue;
        if (std::ranges::binary_search(change.gained, f::kControlLog)) regain(feed, entry.guild);
        const auto* made = std::get_if<protocol::ChannelCreated>(&entry.event);
        if (made && change.gained == std::vector{made->channel.id.value}) {
            // Nothing can be in it yet; what comes is all there is.
            feed->guilds.at(entry.guild).logs[made->channel.id.value];
            continue;
        }
        ctx_.here.spawn("gain", gain(feed, entry.guild, change.gained));
    }
}

void Serving::regain(const std::shared_ptr<Feed>& feed, GuildId guild) {
    // Somebody of the node came back before the purge went out: it never left.
    Subscription& mine = feed->guilds.at(guild);
    mine.ends_at.reset();
    mine.number = ++subscriptions_;
    egress_.mark(feed, {guild, f::kControlLog}, false);
}

void Serving::end(const std::shared_ptr<Feed>& feed, const journal::Committed& entry) {
    Subscription& guild = feed->guilds.at(entry.guild);
    if (guild.ends_at) return;
    guild.ends_at = entry.seq + 1;
    guild.purge_reason = reason_of(entry.event);
    std::erase_if(guild.logs, [](const auto& log) { return log.first != f::kControlLog; });
    if (guild.logs.empty()) return on_all_sent(feed, entry.guild);
    egress_.mark(feed, {entry.guild, f::kControlLog}, true);
}

void Serving::lose(const std::shared_ptr<Feed>& feed,
                   GuildId guild,
                   const std::vector<std::uint64_t>& logs) {
    Subscription& mine = feed->guilds.at(guild);
    for (const std::uint64_t id : logs) mine.logs.erase(id);
}

base::Task<void> Serving::gain(std::shared_ptr<Feed> feed,
                               GuildId guild,
                               std::vector<std::uint64_t> logs) {
    const Watch watch(*this, guild);
    const Hash32 guild_uid = feed->guilds.at(guild).guild_uid;
    while (true) {
        auto work = [guild, guild_uid, logs](store::Tx& tx) -> Result<NewLogs> {
            TRY(auto places, read_places(tx, guild, logs));
            return read_new(tx, guild_uid, std::move(places));
        };
        auto found = co_await store::read(ctx_.db, std::move(work));
        if (!feed->is_open || !feed->guilds.contains(guild)) co_return;
        if (found) {
            place(feed, std::move(*found), watch);
            co_return;
        }
        co_await ctx_.here.timers().sleep_for(kChangeAgain);
        if (!feed->is_open || !feed->guilds.contains(guild)) co_return;
    }
}

Result<Serving::NewLogs> Serving::read_new(store::Tx& tx,
                                           const Hash32& guild_uid,
                                           std::vector<LogPlace> places) {
    NewLogs out;
    OpeningBudget budget;
    for (const LogPlace& at : places) {
        // The logs that make the guild's state are held whole; an empty one needs no beginning.
        const std::uint64_t id = at.log.log_id;
        if (!has_channel_log(id) || at.size == 0) continue;
        TRY(auto opening, read_opening(tx, guild_uid, at, budget, out.made[id]));
        out.openings.emplace(id, std::move(opening));
    }
    out.places = std::move(places);
    return out;
}

void Serving::place(const std::shared_ptr<Feed>& feed, NewLogs logs, const Watch& watch) {
    Subscription& guild = feed->guilds.at(watch.guild);
    if (guild.ends_at) return;
    for (auto& [id, made] : logs.made) keep(ctx_, {watch.guild, id}, std::move(made));
    for (const LogPlace& at : logs.places) {
        const std::uint64_t id = at.log.log_id;
        const bool may = visibilities_.may_have(watch.guild, feed->peer->uid(), id);
        if (!may || guild.logs.contains(id)) continue;
        FeedCursor& cursor = guild.logs[id];
        cursor.is_dirty = true;
        const auto opening = logs.openings.find(id);
        if (opening != logs.openings.end()) {
            // A channel begins near its end: who looks at its past asks for it.
            cursor.sent = at.size;
            egress_.open(feed, at.log, std::move(opening->second));
        }
        // Entries that came since the reading told nobody.
        if (at.size > cursor.sent || watch.grown.contains(id)) egress_.mark(feed, at.log, false);
    }
}

void Serving::on_all_sent(const std::shared_ptr<Feed>& feed, GuildId guild) {
    // Not at once: the caller may be looking at the subscriptions.
    ctx_.here.post([this, feed, guild] { ctx_.here.spawn("purge", purge(feed, guild)); });
}

base::Task<void> Serving::purge(std::shared_ptr<Feed> feed, GuildId guild) {
    // A purge overtakes entries on the link: the last of them, which says why, is to be there
    // first.
    const auto subscription = [&]() -> const Subscription* {
        const auto at = feed->guilds.find(guild);
        return at == feed->guilds.end() ? nullptr : &at->second;
    };
    if (!subscription()) co_return;
    const std::uint64_t number = subscription()->number;
    const auto deadline = base::Deadline::after(ctx_.clock, kLastAckMax);
    while (feed->is_open && !deadline.has_passed(ctx_.clock)) {
        const FeedCursor* control = feed->find({guild, f::kControlLog});
        if (!control || control->acked >= control->sent) break;
        co_await ctx_.here.timers().sleep_for(kLastAckStep);
    }
    const Subscription* ending = subscription();
    if (!feed->is_open || !ending || ending->number != number || !ending->ends_at) co_return;
    f::frames::Purge order;
    order.guildUid = ending->guild_uid;
    order.reason = ending->purge_reason;
    remove(feed, guild);
    (void)feed->peer->send(std::move(order));
    metrics_.purges.add();
}

void Serving::send_purge(Peer& peer, GuildId guild, const Hash32& guild_uid) {
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    // Only its host speaks for a guild.
    if (state && ctx_.view.role(guild) != journal::GuildRole::hosted) return;
    if (state && visibilities_.may_have(guild, peer.uid(), f::kControlLog)) return;
    f::frames::Purge order;
    order.guildUid = guild_uid;
    if (!state)
        order.reason = deleted;
    else if ((*state)->node_bans.find(std::string(peer.uid().text())))
        order.reason = node_banned;
    (void)peer.send(std::move(order));
    metrics_.purges.add();
}

base::Task<void> Serving::purge_copies(std::shared_ptr<Peer> peer) {
    using Copies = std::map<GuildId, std::string>;
    auto work = [uid = peer->uid()](store::Tx& tx) -> Result<Copies> {
        TRY(const auto rows, store::cursors::of_peer(tx, uid.text()));
        Copies out;
        for (const auto& row : rows) {
            if (out.contains(row.guild)) continue;
            TRY(const auto guild, store::hosting::find(tx, row.guild));
            if (guild && guild->role == store::hosting::Role::hosted)
                out.emplace(row.guild, guild->uid);
        }
        return out;
    };
    const auto copies = co_await store::read(ctx_.db, std::move(work));
    if (!copies) co_return;
    for (const auto& [guild, uid] : *copies)
        send_purge(*peer, guild, Hash32::from(uid).value_or(Hash32{}));
}

}  // namespace guildhall::peering
