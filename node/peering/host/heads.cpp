#include "node/peering/host/heads.h"

#include "node/store/tables/entries.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
using protocol::GuildId;

namespace {

constexpr Nanos kHeadsTick = std::chrono::seconds(5);
/// One head is 0.3 KiB on the wire: with pings an idle link stays below 1 KiB a minute.
constexpr Nanos kIdle = std::chrono::seconds(60);
/// Logs of one round; what is left comes with the next, or changes again.
constexpr std::size_t kChangedLogsMax = 512;
constexpr std::size_t kChangedMax = 16'384;
/// Heads of one frame: 16 KiB, a small part of the class control.
constexpr std::size_t kHeadsPerFrame = 64;

}  // namespace

Heads::Heads(Context& ctx, Peers& peers, Visibilities& visibilities, Serving& serving)
    : ctx_(ctx), peers_(peers), visibilities_(visibilities), serving_(serving) {
    ctx_.bus.subscribe(ctx_.here.index(), *this);
    peers_.observe(*this);
}

void Heads::on_open(const std::shared_ptr<Peer>&) { idle_later(); }

void Heads::on_committed(const journal::Committed& entry) {
    const bool is_mine = ctx_.view.role(entry.guild) == journal::GuildRole::hosted;
    if (is_mine && !serving_.is_served(entry.guild)) return;
    if (changed_.size() < kChangedMax) changed_.insert({entry.guild, entry.log_id});
    tick_later();
}

// -- Rounds ---------------------------------------------------------------------------------------

void Heads::tick_later() {
    if (tick_timer_) return;
    tick_timer_ = ctx_.here.timers().schedule_after(kHeadsTick, [this] {
        tick_timer_ = {};
        if (peers_.open().empty()) return changed_.clear();
        ctx_.here.spawn("heads", tell_changes());
    });
}

void Heads::idle_later() {
    if (idle_timer_) return;
    idle_timer_ = ctx_.here.timers().schedule_after(kIdle, [this] {
        idle_timer_ = {};
        if (peers_.open().empty()) return;
        ctx_.here.spawn("heads", tell_idle());
        idle_later();
    });
}

base::Task<void> Heads::tell_changes() {
    std::vector<LogRef> logs;
    while (!changed_.empty() && logs.size() < kChangedLogsMax)
        logs.push_back(changed_.extract(changed_.begin()).value());
    if (!changed_.empty()) tick_later();
    const auto heads = co_await read(std::move(logs));
    News news;
    for (const Head& head : heads) add_news(head, news);
    send(news);
}

base::Task<void> Heads::tell_idle() {
    const auto guilds = shared_guilds();
    std::vector<LogRef> logs;
    for (const auto& [node, guild] : guilds) {
        if (std::ranges::find(logs, LogRef{guild, f::kControlLog}) == logs.end())
            logs.push_back({guild, f::kControlLog});
    }
    if (logs.size() > kChangedLogsMax) logs.resize(kChangedLogsMax);
    const auto heads = co_await read(std::move(logs));
    News news;
    for (const auto& [node, guild] : guilds) {
        const auto head =
            std::ranges::find(heads, guild, [](const Head& h) { return h.log.guild; });
        if (head != heads.end()) news[node][guild].push_back(head->bytes);
    }
    send(news);
}

std::map<Hash32, GuildId> Heads::shared_guilds() {
    std::map<Hash32, GuildId> out;
    for (const auto& peer : peers_.open()) {
        const std::vector<GuildId> shared = visibilities_.shared_with(peer->uid());
        if (shared.empty()) continue;
        GuildId& last = told_[peer->uid()];
        const auto next = std::ranges::upper_bound(shared, last);
        last = next == shared.end() ? shared.front() : *next;
        out.emplace(peer->uid(), last);
    }
    std::erase_if(told_, [&](const auto& row) { return !out.contains(row.first); });
    return out;
}

// -- Who is told what -----------------------------------------------------------------------------

base::Task<std::vector<Heads::Head>> Heads::read(std::vector<LogRef> logs) {
    auto work = [logs = std::move(logs)](store::Tx& tx) -> Result<std::vector<Head>> {
        std::vector<Head> out;
        for (const LogRef& log : logs) {
            TRY(auto row, store::entries::find_log(tx, log.key()));
            if (row && !row->head.empty()) out.push_back({log, row->size, std::move(row->head)});
        }
        return out;
    };
    auto found = co_await store::read(ctx_.db, std::move(work));
    // What could not be read is told when it changes again.
    co_return found ? std::move(*found) : std::vector<Head>();
}

void Heads::add_news(const Head& head, News& news) {
    const GuildId guild = head.log.guild;
    const bool is_mine = ctx_.view.role(guild) == journal::GuildRole::hosted;
    const journal::GuildSnapshot* state = ctx_.view.guild(guild);
    if (!state) return;
    for (const auto& peer : peers_.open()) {
        const Hash32& node = peer->uid();
        if (is_mine) {
            // A subscriber gets heads with its entries: gossip is for one that lags behind.
            const auto sent = serving_.sent_to(node, head.log);
            if (!sent || *sent >= head.size) continue;
        } else if (node.text() == (*state)->hosting.hostUid ||
                   !visibilities_.may_have(guild, node, head.log.log_id)) {
            // The host made them.
            continue;
        }
        news[node][guild].push_back(head.bytes);
    }
}

void Heads::send(const News& news) {
    for (const auto& [node, guilds] : news) {
        const auto peer = peers_.find(node);
        if (!peer || !peer->is_open()) continue;
        for (const auto& [guild, heads] : guilds) {
            const journal::GuildSnapshot* state = ctx_.view.guild(guild);
            const auto uid = state ? Hash32::from((*state)->guild.uid) : std::nullopt;
            if (!uid) continue;
            for (std::size_t i = 0; i < heads.size(); i += kHeadsPerFrame) {
                f::frames::Heads told;
                told.guildUid = *uid;
                const std::size_t end = std::min(heads.size(), i + kHeadsPerFrame);
                for (std::size_t j = i; j < end; ++j) told.heads.push_back(heads[j]);
                // One that is lost is told again when it changes.
                (void)peer->send(std::move(told));
            }
        }
    }
}

}  // namespace guildhall::peering
