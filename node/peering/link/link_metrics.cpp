#include "node/peering/link/link_metrics.h"

namespace guildhall::peering {
namespace {

/// Peers with rows of their own since the start.
constexpr std::size_t kRowsMax = 256;

std::string label(std::string_view uid) { return "peer=\"" + std::string(uid) + "\""; }

}  // namespace

LinkMetrics::LinkMetrics(base::Registry& registry)
    : registry_(registry),
      others_{
          registry.gauge("guildhall_links", "Open links", label("other")),
          registry.counter("guildhall_link_frames_total", "Frames received", label("other")),
          registry.counter("guildhall_link_bytes_in_total",
                           "Bytes received by links that ended",
                           label("other")),
          registry.counter(
              "guildhall_link_bytes_out_total", "Bytes sent by links that ended", label("other"))},
      refused_(registry.counter("guildhall_links_refused_total",
                                "Connections refused before their handshake")),
      dials_reached_(registry.counter("guildhall_dials_total", "Dials", "reached=\"yes\"")),
      dials_failed_(registry.counter("guildhall_dials_total", "Dials", "reached=\"no\"")),
      strikes_(registry.counter("guildhall_peer_strikes_total",
                                "What peers did that no honest node does")) {}

LinkMetrics::Row& LinkMetrics::row(const Hash32& uid) {
    const auto found = rows_.find(uid);
    if (found != rows_.end()) return found->second;
    if (rows_.size() >= kRowsMax) return others_;
    // As much of the uid as people write to name a node.
    const std::string name = label(federation::to_hex(uid).substr(0, 16));
    return rows_
        .emplace(
            uid,
            Row{registry_.gauge("guildhall_links", "Open links", name),
                registry_.counter("guildhall_link_frames_total", "Frames received", name),
                registry_.counter(
                    "guildhall_link_bytes_in_total", "Bytes received by links that ended", name),
                registry_.counter(
                    "guildhall_link_bytes_out_total", "Bytes sent by links that ended", name)})
        .first->second;
}

void LinkMetrics::opened(const Hash32& uid) { row(uid).links.add(1); }

void LinkMetrics::closed(const Hash32& uid, const SessionTraffic& traffic) {
    Row& r = row(uid);
    r.links.add(-1);
    r.bytes_in.add(traffic.bytes_in);
    r.bytes_out.add(traffic.bytes_out);
}

void LinkMetrics::received(const Hash32& uid, const federation::FrameBody&) {
    row(uid).frames.add(1);
}

void LinkMetrics::ended(federation::ProblemCode code) {
    const std::string why = "why=\"" + std::string(name_of(code)) + "\"";
    registry_.counter("guildhall_links_ended_total", "Links that ended, by reason", why).add(1);
}

void LinkMetrics::refused() { refused_.add(1); }

void LinkMetrics::dialed(bool reached) { (reached ? dials_reached_ : dials_failed_).add(1); }

void LinkMetrics::struck() { strikes_.add(1); }

}  // namespace guildhall::peering
