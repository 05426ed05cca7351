#include "node/services/present/hosting.h"

#include "federation/bytes.h"
#include "federation/evidence.h"

#include <array>

namespace guildhall::services {

namespace f = federation;
using protocol::JsonWriter;

namespace {

struct Reason {
    f::EvidenceKind kind;
    std::string_view word, text;
};

/// What a host can be guilty of. The rest of the kinds is said of voters and of members' nodes.
constexpr std::array kReasons{
    Reason{f::EvidenceKind::split_heads,
           "split_heads",
           "The host signed two different histories of this server."},
    Reason{f::EvidenceKind::shrunk_log,
           "shrunk_log",
           "The host took back history that it had signed."},
    Reason{f::EvidenceKind::rewritten_entry,
           "rewritten_entry",
           "The host changed history that it had signed."},
    Reason{f::EvidenceKind::rewritten_log,
           "rewritten_log",
           "The host changed history that it had signed."},
    Reason{f::EvidenceKind::broken_receipt,
           "broken_receipt",
           "The host confirmed something and then left it out."},
    Reason{f::EvidenceKind::forged_origin,
           "forged_origin",
           "The host used a member's words where the member did not say them."},
    Reason{f::EvidenceKind::unsigned_command,
           "unsigned_command",
           "The host showed something in a member's name that the member's node did not sign."},
};
constexpr Frozen kUnsaid{
    "seen_here", "What the host sent cannot be true. Only this node saw it happen.", 0};

/// Of the host or a successor, as this node knows it; else as the log calls it.
void write_node(JsonWriter& w,
                const std::string& uid,
                std::string_view told_name,
                const KnownNode* known,
                const Settings& own) {
    const bool is_own = uid == own.node_uid.text();
    const bool is_met = known && !known->name.empty();
    w.string("uid", f::to_hex(uid));
    w.string("name", is_own ? std::string_view(own.name) : is_met ? known->name : told_name);
    w.boolean("own", is_own).boolean("verified", is_own || (is_met && known->is_verified));
    w.boolean("reachable", is_own || (is_met && known->is_reachable));
}

/// Since when there is no link; the newest sign of life that this node has of it.
protocol::UnixMs away_since(const HostingNow& now, const KnownNode* host) {
    if (now.role == journal::GuildRole::hosted || !host || host->is_reachable) return 0;
    return std::max(host->last_seen_ms, now.followed ? now.followed->head_ms : 0);
}

void write_followed(JsonWriter& w, const std::optional<Followed>& followed) {
    w.key("verified");
    if (!followed) {
        w.null();
        return;
    }
    w.begin_object().number("entries", followed->entries).number("behind", followed->behind);
    w.timestamp_or_null("at", followed->head_ms).end_object();
}

void write_frozen(JsonWriter& w, const std::optional<Frozen>& frozen) {
    w.key("frozen");
    if (!frozen) {
        w.null();
        return;
    }
    w.begin_object().string("kind", frozen->kind).string("reason", frozen->reason);
    w.timestamp_or_null("at", frozen->at_ms).end_object();
}

void write_held(JsonWriter& w, const HeldBy& held) {
    w.number("held_logs", held.logs).number("held_entries", held.entries);
    w.timestamp_or_null("held_at", held.stored_ms);
}

}  // namespace

Frozen frozen_for(std::span<const store::evidence::EvidenceRow> rows) {
    for (const auto& row : rows) {
        if (row.kind == 0 && !row.is_note()) return {kUnsaid.kind, kUnsaid.reason, row.ts_ms};
        for (const Reason& reason : kReasons) {
            if (static_cast<std::uint8_t>(reason.kind) == row.kind)
                return {reason.word, reason.text, row.ts_ms};
        }
    }
    return kUnsaid;
}

void write_hosting(JsonWriter& w,
                   const protocol::GuildState& guild,
                   const HostingNow& now,
                   const Settings& own) {
    constexpr std::array<std::string_view, 4> kRoles{"host", "mirror", "frozen", "left"};
    const protocol::Hosting& h = guild.hosting;
    const auto known = [&](std::size_t at) {
        return at < now.nodes.size() ? &now.nodes[at] : nullptr;
    };
    w.begin_object().id("guild_id", guild.guild.id);
    w.string("guild_uid", f::to_hex(guild.guild.uid)).begin_object("host");
    write_node(w, h.hostUid, h.hostName, known(0), own);
    w.timestamp_or_null("away_since", away_since(now, known(0))).begin_array("endpoints");
    // Of itself this node knows what is true now; the log says what was when it became the host.
    const bool is_ours = h.hostUid == own.node_uid.text();
    for (const std::string& endpoint : is_ours ? own.endpoints : h.endpoints) w.string(endpoint);
    w.end_array().end_object().number("epoch", h.epoch);
    write_followed(w, now.followed);
    write_frozen(w, now.frozen);
    w.begin_array("successors");
    for (std::size_t i = 0; i < h.successors.size(); ++i) {
        const std::string place = i < h.places.size() ? h.places[i] : std::string();
        w.begin_object();
        write_node(w, h.successors[i], place.substr(0, place.find(' ')), known(i + 1), own);
        const auto& held = now.held;
        const bool told = held && i < held->by.size() && held->by[i].uid == h.successors[i];
        if (told) write_held(w, held->by[i]);
        w.end_object();
    }
    w.end_array();
    if (now.held) w.number("logs", now.held->logs).number("entries", now.held->entries);
    w.number("votes", h.votes).number("takeover_delay", h.delayMs / 1000);
    w.string("role", kRoles[static_cast<std::size_t>(now.role)]).end_object();
}

}  // namespace guildhall::services
