#include "node/gateway/presences.h"

#include "protocol/json/writer.h"

#include <array>
#include <utility>

namespace guildhall::gateway {

using protocol::UserId;

namespace {

constexpr std::string_view kOffline = "offline";

/// Which of two clients of one user is believed.
int rank(std::string_view status) {
    if (status == "dnd") return 3;
    if (status == "online") return 2;
    return status == "idle" ? 1 : 0;
}

constexpr std::array<std::string_view, 3> kClients{"desktop", "web", "mobile"};

bool same(const journal::Presence& a, const journal::Presence& b) {
    return a.status == b.status && a.activities == b.activities &&
           a.client_status == b.client_status;
}

}  // namespace

void append_presence(std::string& out, const journal::Presence& p, protocol::GuildId guild) {
    protocol::JsonWriter w(out);
    w.begin_object().begin_object("user").id("id", p.user).end_object();
    if (guild) w.id("guild_id", guild);
    w.string("status", p.status)
        .raw("activities", p.activities.empty() ? "[]" : std::string_view(p.activities))
        .raw("client_status", p.client_status.empty() ? "{}" : std::string_view(p.client_status))
        .end_object();
}

Presences::~Presences() { world_.ctx.here.timers().cancel(timer_); }

void Presences::set(Session& session, OwnPresence presence) {
    if (presence.status == online_->status && presence.activities == online_->activities) {
        session.presence = online_;
    } else {
        session.presence = std::make_shared<const OwnPresence>(std::move(presence));
    }
    refresh(session.user());
}

void Presences::begin(Session& session, OwnPresence presence) {
    own_.erase(session.user());
    set(session, std::move(presence));
}

journal::Presence Presences::sum_up(UserId user) const {
    journal::Presence out{.user = user, .status = std::string(kOffline)};
    std::array<std::string_view, kClients.size()> clients{};
    for (const Session* session : world_.sessions_of(user)) {
        const OwnPresence* own = session->presence.get();
        if (!own || rank(own->status) == 0) continue;
        if (rank(own->status) > rank(out.status)) {
            out.status = own->status;
            out.activities = own->activities;
        }
        auto& client = clients[session->who().client];
        if (rank(own->status) > rank(client)) client = own->status;
    }
    if (out.status == kOffline) return out;
    protocol::JsonWriter w(out.client_status);
    w.begin_object();
    for (std::size_t i = 0; i < clients.size(); ++i) {
        if (!clients[i].empty()) w.string(kClients[i], clients[i]);
    }
    w.end_object();
    return out;
}

void Presences::refresh(UserId user) {
    const journal::Presence now = sum_up(user);
    const auto at = own_.find(user);
    if (now.status == kOffline) {
        if (at == own_.end()) return;
        own_.erase(at);
    } else {
        if (at != own_.end() && same(at->second, now)) return;
        own_[user] = now;
    }
    publish(now);
}

void Presences::joined(UserId user) {
    if (find(user)) tell_later(user);
}

void Presences::publish(const journal::Presence& presence) {
    if (!world_.stopping) world_.ctx.journal.publish_ephemeral(world_.ctx.here, presence);
}

void Presences::on_presence(const journal::Presence& presence) {
    const auto own = own_.find(presence.user);
    if (presence.status == kOffline && own != own_.end()) {
        // The user left another shard and is still here.
        world_.ctx.here.post([this, again = own->second] { publish(again); });
        return;
    }
    if (presence.status == kOffline) {
        if (known_.erase(presence.user) == 0) return;
    } else {
        known_[presence.user] = presence;
    }
    tell_later(presence.user);
}

const journal::Presence* Presences::find(UserId user) const {
    const auto at = known_.find(user);
    return at == known_.end() ? nullptr : &at->second;
}

std::string Presences::list(const protocol::GuildState& state) const {
    std::string out = "[";
    if (!known_.empty()) {
        state.members.for_each([&](UserId user, const protocol::Member&) {
            const journal::Presence* p = find(user);
            if (!p) return;
            if (out.size() > 1) out += ',';
            append_presence(out, *p);
        });
    }
    return out += ']';
}

void Presences::tell_later(UserId user) {
    if (is_changed_.insert(user).second) changed_.push_back(user);
    if (timer_) return;
    timer_ = world_.ctx.here.timers().schedule_after(limits::kPresenceTick, [this] {
        timer_ = {};
        tell();
    });
}

void Presences::tell() {
    const std::vector<UserId> changed = std::exchange(changed_, {});
    is_changed_.clear();
    if (world_.stopping) return;
    for (const UserId user : changed) tell(user);
}

void Presences::tell(UserId user) {
    const journal::Presence* known = find(user);
    const journal::Presence offline{.user = user, .status = std::string(kOffline)};
    for (const protocol::GuildId guild : world_.ctx.view.guilds_of(user)) {
        Feed* feed = world_.feed(guild);
        const auto* state = feed ? world_.ctx.view.guild(guild) : nullptr;
        if (!state) continue;
        const SlotSet to = listeners(*feed, (*state)->members.size());
        if (to.empty()) continue;
        std::string body;
        append_presence(body, known ? *known : offline, guild);
        world_.deliver(*feed, to, world_.record("PRESENCE_UPDATE", body, RecordKind::ephemeral));
    }
}

SlotSet Presences::listeners(const Feed& feed, std::size_t members) const {
    SlotSet out = feed.wanting(intent::kPresences);
    if (members <= limits::kPresenceMembersMax) return out;
    SlotSet few;
    out.for_each([&](std::uint32_t slot) {
        const Session& session = *feed.at(slot);
        if (session.who().bot || session.is_subscribed(feed.guild())) few.set(slot);
    });
    return few;
}

}  // namespace guildhall::gateway
