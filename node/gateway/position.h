#pragma once
// Position: how far a shard has followed one guild's logs. The entries of a guild are published in
// one order in which their times never fall, so a time and the entries that share it say it all. A
// plain value.

#include "node/gateway/record.h"

#include <cstdint>
#include <utility>
#include <vector>

namespace guildhall::gateway {

struct Position {
    protocol::UnixMs ts_ms = 0;
    /// Per log the highest entry at ts_ms that was seen.
    std::vector<std::pair<std::uint64_t, std::uint64_t>> at_ts;

    void advance(const Source& entry) {
        if (entry.ts_ms > ts_ms) {
            ts_ms = entry.ts_ms;
            at_ts.clear();
        }
        for (auto& [log, seq] : at_ts) {
            if (log == entry.log_id) {
                seq = entry.seq;
                return;
            }
        }
        at_ts.emplace_back(entry.log_id, entry.seq);
    }

    /// Whether the entry was seen.
    bool covers(const Source& entry) const {
        if (entry.ts_ms != ts_ms) return entry.ts_ms < ts_ms;
        for (const auto& [log, seq] : at_ts) {
            if (log == entry.log_id) return entry.seq <= seq;
        }
        return false;
    }
};

}  // namespace guildhall::gateway
