#include "node/peering/live/ephemera.h"

#include "protocol/json/reader.h"

#include <boost/json/serialize.hpp>

#include <algorithm>
#include <array>

namespace guildhall::peering {

namespace frames = federation::frames;
using federation::PeerAction;
using protocol::GuildId;
using protocol::UserId;
using namespace std::chrono_literals;

namespace {

// Of frames::Ephemeral.
constexpr std::uint8_t kTyping = 0, kPresence = 1;

constexpr std::string_view kOffline = "offline";
constexpr std::array<std::string_view, 4> kStatuses{"online", "idle", "dnd", kOffline};
// What a person's client says of itself; longer texts are left out.
constexpr std::size_t kActivitiesMax = 8 * 1024;
constexpr std::size_t kClientStatusMax = 256;
// Far below what a frame of the class holds, with the longest activities.
constexpr std::size_t kItemsPerFrame = 2;
constexpr std::size_t kSmallItemsPerFrame = 32;
// For one peer in one turn: a guild of the size that still has presence, twice; the queue of the
// class holds less.
constexpr std::size_t kOutboxMax = 2'048;
// A clock that is wrong must not make its word the last one for long.
constexpr protocol::UnixMs kClockAheadMax = 60'000;

/// The text again if it is JSON of that kind; empty otherwise.
std::string json_of(const std::string& text, std::size_t size_max, bool array) {
    if (text.empty() || text.size() > size_max) return {};
    const auto value = protocol::parse_json(text);
    if (!value || !(array ? value->is_array() : value->is_object())) return {};
    return boost::json::serialize(*value);
}

bool same(const journal::Presence& a, const journal::Presence& b) {
    return a.status == b.status && a.activities == b.activities &&
           a.client_status == b.client_status;
}

frames::Ephemeral item_of(const journal::Presence& presence, protocol::UnixMs ts_ms) {
    frames::Ephemeral item;
    item.kind = kPresence;
    item.userId = presence.user.value;
    item.tsMs = ts_ms;
    item.status = presence.status;
    if (presence.activities.size() <= kActivitiesMax) item.activities = presence.activities;
    item.clientStatus = presence.client_status;
    return item;
}

}  // namespace

Ephemera::Ephemera(Context& ctx, Peers& peers, Visibilities& visibilities)
    : ctx_(ctx),
      peers_(peers),
      visibilities_(visibilities),
      attention_(ctx.view),
      dropped_(ctx.metrics.counter("guildhall_peer_ephemera_dropped_total",
                                   "Typing and presence of peers that was not believed")) {
    peers.handle<frames::Interest>(
        [this](Inbound in, const frames::Interest& interest) { on_interest(in, interest); });
    peers.handle<frames::Ephemerals>([this](Inbound in, frames::Ephemerals items) {
        on_items(std::move(in), std::move(items));
    });
    peers.observe(*this);
}

Ephemera::~Ephemera() { ctx_.here.timers().cancel(timer_); }

Hash32 Ephemera::home_of(UserId user) const {
    for (const GuildId guild : ctx_.view.guilds_of(user)) {
        const auto* state = ctx_.view.guild(guild);
        const auto* member = state ? (*state)->members.find(user) : nullptr;
        const auto home = member ? Hash32::from(protocol::home_of(**state, *member)) : std::nullopt;
        if (home) return *home;
    }
    return own();
}

bool Ephemera::is_host(const protocol::GuildState& guild, const Hash32& uid) const {
    return guild.hosting.hostUid == uid.text();
}

// -- What goes out --------------------------------------------------------------------------------

void Ephemera::on_ephemeral(const journal::Ephemeral& ephemeral) {
    std::visit(protocol::Overloaded{
                   [this](const journal::Typing& typing) { on_own_typing(typing); },
                   [this](const journal::Presence& presence) { on_own_presence(presence); },
                   [this](const journal::Watching& watching) {
                       attention_.on_watching(watching);
                       interests_stale_ = true;
                       think_again(200ms);
                   },
               },
               ephemeral);
}

void Ephemera::on_own_typing(const journal::Typing& typing) {
    const auto* state = ctx_.view.guild(typing.guild);
    const auto* member = state ? (*state)->members.find(typing.user) : nullptr;
    if (!member || protocol::home_of(**state, *member) != own().text()) return;
    Item item;
    item.kind = kTyping;
    item.channelId = typing.channel.value;
    item.userId = typing.user.value;
    item.tsMs = typing.ts_ms;
    tell_typing(**state, item, nullptr);
}

void Ephemera::tell_typing(const protocol::GuildState& guild,
                           const Item& item,
                           const Hash32* except) {
    Item out = item;
    out.guildUid = Hash32::from(guild.guild.uid).value_or(Hash32{});
    if (!is_host(guild, own())) {
        const auto host = Hash32::from(guild.hosting.hostUid);
        if (host && wanted(*host, guild.guild.id).typing) put(*host, std::move(out));
        return;
    }
    for (const auto& [peer, guilds] : wants_) {
        if (except && peer == *except) continue;
        if (!wanted(peer, guild.guild.id).typing) continue;
        if (visibilities_.may_have(guild.guild.id, peer, item.channelId)) put(peer, out);
    }
}

void Ephemera::on_own_presence(const journal::Presence& presence) {
    if (known_.contains(presence.user) || home_of(presence.user) != own()) return;
    if (presence.status == kOffline) {
        if (online_.erase(presence.user) == 0) return;
    } else {
        auto& now = online_[presence.user];
        if (same(now, presence)) return;
        now = presence;
    }
    const auto told = last_told_.find(presence.user);
    const Nanos due = told == last_told_.end() ? Nanos{} : told->second + kPresenceEvery;
    due_[presence.user] = due;
    const Nanos now = ctx_.clock.now();
    think_again(due > now ? due - now : 0ns);
}

void Ephemera::tell_due() {
    const Nanos now = ctx_.clock.now();
    Nanos next = Nanos::max();
    for (auto at = due_.begin(); at != due_.end();) {
        if (at->second > now) {
            next = std::min(next, at->second);
            ++at;
            continue;
        }
        const UserId user = at->first;
        at = due_.erase(at);
        last_told_[user] = now;
        const auto online = online_.find(user);
        tell_presence(user, online == online_.end() ? nullptr : &online->second);
    }
    std::erase_if(last_told_,
                  [now](const auto& row) { return row.second + kPresenceEvery <= now; });
    if (next != Nanos::max()) think_again(next - now);
}

template <class Each>
void Ephemera::for_each_listener(UserId user, const Hash32* except, Each each) {
    std::vector<Hash32> done;
    if (except) done.push_back(*except);
    const auto tell = [&](const Hash32& peer, const protocol::GuildState& guild) {
        if (!wanted(peer, guild.guild.id).presence) return;
        if (std::ranges::find(done, peer) != done.end()) return;
        done.push_back(peer);
        each(peer, guild);
    };
    const bool is_own = !known_.contains(user) && !except;
    for (const GuildId id : ctx_.view.guilds_of(user)) {
        const auto* state = ctx_.view.guild(id);
        if (!state) continue;
        if (is_host(**state, own())) {
            for (const auto& [peer, guilds] : wants_) tell(peer, **state);
        } else if (is_own) {
            if (const auto host = Hash32::from((*state)->hosting.hostUid)) tell(*host, **state);
        }
    }
}

void Ephemera::tell_presence(UserId user, const journal::Presence* now) {
    const journal::Presence offline{.user = user, .status = std::string(kOffline)};
    const Item item = item_of(now ? *now : offline, ctx_.clock.unix_ms());
    for_each_listener(user, nullptr, [&](const Hash32& peer, const protocol::GuildState& guild) {
        Item out = item;
        out.guildUid = Hash32::from(guild.guild.uid).value_or(Hash32{});
        put(peer, std::move(out));
    });
}

void Ephemera::pass_on(UserId user, const Hash32& from) {
    const auto at = known_.find(user);
    const journal::Presence offline{.user = user, .status = std::string(kOffline)};
    const bool online = at != known_.end();
    const Item item = item_of(online ? at->second.presence : offline,
                              online ? at->second.ts_ms : ctx_.clock.unix_ms());
    const Hash32 home = home_of(user);
    for_each_listener(user, &from, [&](const Hash32& peer, const protocol::GuildState& guild) {
        if (peer == home) return;
        Item out = item;
        out.guildUid = Hash32::from(guild.guild.uid).value_or(Hash32{});
        put(peer, std::move(out));
    });
}

void Ephemera::put(const Hash32& peer, Item item) {
    auto& items = outbox_[peer];
    if (items.size() >= kOutboxMax) return;
    items.push_back(std::move(item));
    if (std::exchange(flushing_, true)) return;
    ctx_.here.at_turn_end([this] { flush(); });
}

void Ephemera::flush() {
    flushing_ = false;
    for (auto& [uid, items] : std::exchange(outbox_, {})) {
        const auto peer = peers_.find(uid);
        if (!peer || !peer->is_open()) continue;
        frames::Ephemerals frame;
        for (Item& item : items) {
            const bool large = item.activities.size() > 512;
            frame.items.push_back(std::move(item));
            const std::size_t most = large ? kItemsPerFrame : kSmallItemsPerFrame;
            if (frame.items.size() < most) continue;
            // A full queue drops it: that is what the class is for.
            (void)peer->send(std::exchange(frame, {}));
        }
        if (!frame.items.empty()) (void)peer->send(std::move(frame));
    }
}

// -- What comes in --------------------------------------------------------------------------------

void Ephemera::on_items(Inbound in, frames::Ephemerals items) {
    Peer& peer = in.peer();
    const auto count = static_cast<std::uint32_t>(items.items.size());
    if (peer.policy().take(PeerAction::ephemeral, ctx_.clock.now(), count)) {
        dropped_.add(count);
        return;
    }
    for (Item& item : items.items) on_item(peer.uid(), item);
}

void Ephemera::on_item(const Hash32& from, Item& item) {
    const auto* state = ctx_.view.guild(ctx_.view.guild_of_uid(item.guildUid.text()));
    const auto* member = state ? (*state)->members.find(UserId(item.userId)) : nullptr;
    const auto home = member ? Hash32::from(protocol::home_of(**state, *member)) : std::nullopt;
    const bool by_host = state && is_host(**state, from);
    const bool by_home = home && *home == from && (by_host || is_host(**state, own()));
    if (!home || *home == own() || !(by_host || by_home)) {
        dropped_.add();
        return;
    }
    if (item.kind == kTyping)
        on_typing_item(from, **state, item);
    else if (item.kind == kPresence)
        on_presence_item(from, *home, item);
}

void Ephemera::on_typing_item(const Hash32& from,
                              const protocol::GuildState& guild,
                              const Item& item) {
    const protocol::ChannelId channel(item.channelId);
    if (!guild.channels.find(channel)) return;
    ctx_.journal.publish_ephemeral(
        ctx_.here,
        journal::Typing{guild.guild.id, channel, UserId(item.userId), ctx_.clock.unix_ms()});
    if (is_host(guild, own())) tell_typing(guild, item, &from);
}

void Ephemera::on_presence_item(const Hash32& from, const Hash32& home, Item& item) {
    const UserId user(item.userId);
    if (std::ranges::find(kStatuses, item.status) == kStatuses.end()) {
        dropped_.add();
        return;
    }
    if (item.status == kOffline) {
        const auto at = known_.find(user);
        if (at == known_.end() || item.tsMs < at->second.ts_ms) return;
        at->second.sources.clear();
        set_offline(user, from);
        return;
    }
    journal::Presence now{user,
                          item.status,
                          json_of(item.activities, kActivitiesMax, true),
                          json_of(item.clientStatus, kClientStatusMax, false)};
    Known& known = known_[user];
    if (std::ranges::find(known.sources, from) == known.sources.end())
        known.sources.push_back(from);
    const protocol::UnixMs ts_ms = std::min(item.tsMs, ctx_.clock.unix_ms() + kClockAheadMax);
    known.home = home;
    if (ts_ms < known.ts_ms || same(known.presence, now)) return;
    known.ts_ms = ts_ms;
    known.presence = now;
    ctx_.journal.publish_ephemeral(ctx_.here, std::move(now));
    pass_on(user, from);
}

void Ephemera::set_offline(UserId user, const Hash32& from) {
    known_.erase(user);
    // Others are told first, while it is still nobody of ours.
    pass_on(user, from);
    ctx_.journal.publish_ephemeral(
        ctx_.here, journal::Presence{.user = user, .status = std::string(kOffline)});
}

}  // namespace guildhall::peering
