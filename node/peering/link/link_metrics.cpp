#include "node/peering/link/link_metrics.h"

namespace guildhall::peering {

using federation::Hash32;

namespace {

/// Peers with rows of their own since the start.
constexpr std::size_t kRowsMax = 256;

}  // namespace

LinkMetrics::LinkMetrics(base::Registry& registry)
    : registry_(registry),
      others_(make_row("other")),
      refused_(registry.counter("guildhall_links_refused_total",
                                "Connections refused before their handshake")),
      dials_reached_(registry.counter("guildhall_dials_total", "Dials", "reached=\"yes\"")),
      dials_failed_(registry.counter("guildhall_dials_total", "Dials", "reached=\"no\"")) {}

LinkRow LinkMetrics::make_row(const std::string& peer) {
    const std::string label = "peer=\"" + peer + "\"";
    const auto count = [&](std::string_view name, std::string_view help, std::string more = {}) {
        return &registry_.counter(name, help, label + more);
    };
    constexpr std::string_view kRefusals = "guildhall_peer_refusals_total";
    constexpr std::string_view kRefusalsHelp =
        "Problems answered to requests, by this node and by the peer";
    return {
        .links = registry_.gauge("guildhall_links", "Open links", label),
        .frames = *count("guildhall_link_frames_total", "Frames received"),
        .bytes_in = *count("guildhall_link_bytes_in_total", "Bytes received by links"),
        .bytes_out = *count("guildhall_link_bytes_out_total", "Bytes sent by links"),
        .strikes =
            *count("guildhall_peer_strikes_total", "What peers did that no honest node does"),
        .refused = *count(kRefusals, kRefusalsHelp, ",by=\"us\""),
        .refused_us = *count(kRefusals, kRefusalsHelp, ",by=\"peer\""),
        .lag_entries = registry_.gauge("guildhall_mirror_lag_entries",
                                       "Entries that the peer has of its guilds and we do not yet",
                                       label),
        .mirrors_behind =
            registry_.gauge("guildhall_mirrors_behind",
                            "Guilds of the peer that are not known to be up to date here",
                            label),
    };
}

LinkRow& LinkMetrics::row(const Hash32& uid) {
    const auto found = rows_.find(uid);
    if (found != rows_.end()) return found->second;
    if (rows_.size() >= kRowsMax) return others_;
    // As much of the uid as people write to name a node.
    const std::string peer = federation::to_hex(uid).substr(0, 16);
    LinkRow made = make_row(peer);
    made.round_trip_us = &registry_.gauge("guildhall_link_round_trip_us",
                                          "Round trip of the open link as measured last; 0: not",
                                          "peer=\"" + peer + "\"");
    return rows_.emplace(uid, made).first->second;
}

void LinkMetrics::closed(const Hash32& uid) {
    LinkRow& peer = row(uid);
    peer.links.add(-1);
    if (peer.round_trip_us != nullptr) peer.round_trip_us->set(0);
}

void LinkMetrics::ended(federation::ProblemCode code) {
    const std::string why = "why=\"" + std::string(name_of(code)) + "\"";
    registry_.counter("guildhall_links_ended_total", "Links that ended, by reason", why).add(1);
}

void LinkMetrics::set_lags(const std::map<Hash32, Lag>& lags) {
    Lag others;
    std::set<Hash32> caught_up = std::exchange(lagging_, {});
    for (const auto& [uid, lag] : lags) {
        LinkRow& peer = row(uid);
        if (&peer == &others_) {
            others.entries += lag.entries;
            others.mirrors += lag.mirrors;
            continue;
        }
        peer.lag_entries.set(static_cast<std::int64_t>(lag.entries));
        peer.mirrors_behind.set(static_cast<std::int64_t>(lag.mirrors));
        lagging_.insert(uid);
        caught_up.erase(uid);
    }
    others_.lag_entries.set(static_cast<std::int64_t>(others.entries));
    others_.mirrors_behind.set(static_cast<std::int64_t>(others.mirrors));
    for (const Hash32& uid : caught_up) {
        row(uid).lag_entries.set(0);
        row(uid).mirrors_behind.set(0);
    }
}

}  // namespace guildhall::peering
