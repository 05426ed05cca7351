#include "node/gateway/log_reader.h"

#include "federation/entry.h"
#include "node/gateway/limits.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/messages.h"
#include "node/store/tables/opaque.h"
#include "protocol/event_codec.h"
#include "protocol/event_kinds.h"

#include <algorithm>
#include <tuple>

namespace guildhall::gateway {

using protocol::Event;
using protocol::GuildId;
using store::Result;
using store::Tx;

namespace {

constexpr std::size_t kMessageCreated = 18;
static_assert(
    std::is_same_v<std::variant_alternative_t<kMessageCreated, Event>, protocol::MessageCreated>);

/// The event of an entry, or what stands for it when its body is gone.
Result<std::optional<Event>> event_of(Tx& tx, GuildId guild, const store::entries::EntryRow& row) {
    // Nothing was told of it when it came.
    if (!protocol::is_known(row.header.kind)) return std::optional<Event>();
    if (const auto bytes = federation::event_of_body(federation::ByteView(row.body));
        bytes && !row.body.empty()) {
        auto event = protocol::decode_event(bytes->text());
        if (event) return std::optional(std::move(*event));
        // An older version kept it without being able to look into it.
        TRY(const auto opaque,
            store::opaque::find(tx, store::log_key(guild, row.header.log_id), row.header.kind));
        return opaque ? Result<std::optional<Event>>(std::nullopt) : std::move(event).error();
    }
    if (row.header.kind != kMessageCreated) return std::optional<Event>();
    TRY(auto message,
        store::messages::find(tx,
                              protocol::ChannelId(row.header.log_id),
                              protocol::MessageId(row.header.object_id),
                              {}));
    if (!message) return std::optional<Event>();
    protocol::MessageCreated created{std::move(message->message)};
    created.message.editedMs = 0;
    return std::optional<Event>(std::move(created));
}

Result<ReadEntry> read_entry(Tx& tx, GuildId guild, const store::entries::EntryRow& row) {
    ReadEntry out;
    out.source = {guild, row.header.log_id, row.header.seq, row.header.ts_ms};
    out.control_seq = row.header.control_seq;
    TRY(out.event, event_of(tx, guild, row));
    return out;
}

/// Where the entries after the position begin: looked for from the log's end, in growing steps.
Result<std::uint64_t> first_missed(Tx& tx,
                                   const store::entries::LogRow& log,
                                   const Position& position) {
    std::uint64_t from = log.size;
    for (std::uint64_t step = 16; from > 0; step *= 4) {
        const std::uint64_t low = from > step ? from - step : 0;
        TRY(auto rows, store::entries::range(tx, log.log, log.log_id, low, from - low));
        for (auto row = rows.rbegin(); row != rows.rend(); ++row) {
            const Source source{log.guild, log.log_id, row->header.seq, row->header.ts_ms};
            if (position.covers(source)) return row->header.seq + 1;
        }
        from = low;
        if (log.size - from > limits::kReplayEntriesMax) break;
    }
    return from;
}

auto order(const ReadEntry& e) {
    // Decisions of one moment: an entry of a channel was allowed by the control log before it, and
    // a control entry comes after what was decided under its number.
    return std::tuple(e.source.ts_ms,
                      e.source.guild,
                      e.control_seq,
                      e.source.log_id == protocol::kControlLog,
                      e.source.log_id,
                      e.source.seq);
}

}  // namespace

Result<std::vector<ReadEntry>> read_entries(Tx& tx, const std::vector<Source>& places) {
    std::vector<ReadEntry> out;
    out.reserve(places.size());
    for (const Source& place : places) {
        const store::LogKey key = store::log_key(place.guild, place.log_id);
        TRY(auto row, store::entries::find(tx, key, place.log_id, place.seq));
        if (!row) {
            out.push_back({place, 0, std::nullopt});
            continue;
        }
        TRY(ReadEntry entry, read_entry(tx, place.guild, *row));
        out.push_back(std::move(entry));
    }
    return out;
}

bool Missed::covers(const Source& source) const {
    const auto at = std::find_if(logs.begin(), logs.end(), [&](const Log& log) {
        return log.guild == source.guild && log.log_id == source.log_id;
    });
    return at != logs.end() && source.seq < at->size;
}

std::uint64_t Missed::from(GuildId guild, std::uint64_t log_id) const {
    const auto at = std::find_if(logs.begin(), logs.end(), [&](const Log& log) {
        return log.guild == guild && log.log_id == log_id;
    });
    return at == logs.end() ? 0 : at->from;
}

Result<Missed> read_missed(Tx& tx, const std::vector<std::pair<GuildId, Position>>& guilds) {
    Missed out;
    for (const auto& [guild, position] : guilds) {
        TRY(auto logs, store::entries::logs_of(tx, guild));
        for (const store::entries::LogRow& log : logs) {
            out.logs.push_back({guild, log.log_id, log.size, log.size});
            if (log.last_ts_ms < position.ts_ms) continue;
            TRY(const std::uint64_t from, first_missed(tx, log, position));
            out.logs.back().from = from;
            const std::uint64_t count = log.size - from;
            if (out.entries.size() + count > limits::kReplayEntriesMax) {
                out.too_many = true;
                return out;
            }
            TRY(auto rows, store::entries::range(tx, log.log, log.log_id, from, count));
            for (const auto& row : rows) {
                TRY(ReadEntry entry, read_entry(tx, guild, row));
                out.entries.push_back(std::move(entry));
            }
        }
    }
    std::sort(out.entries.begin(), out.entries.end(), [](const auto& a, const auto& b) {
        return order(a) < order(b);
    });
    return out;
}

}  // namespace guildhall::gateway
