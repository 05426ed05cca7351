#include "node/peering/host/log_reading.h"

#include "federation/head.h"
#include "federation/limits.h"
#include "federation/range_proof.h"
#include "node/peering/context.h"
#include "node/store/tables/entries.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <algorithm>
#include <utility>

namespace guildhall::peering {

namespace f = federation;
namespace entries = store::entries;
using federation::Hash32;
using protocol::Result;
using store::subtrees::Reader;

namespace {

// Of a frame: its fixed fields; and of an entry in it, pointers and padding.
constexpr std::size_t kFrameBytes = 512;
constexpr std::size_t kEntryBytes = 48;
constexpr std::size_t kHashBytes = 40;

protocol::Error missing() { return protocol::make_http_error(404); }

std::size_t bytes_of(const f::Entry& entry) {
    return kEntryBytes + entry.header.size() + entry.body.size() + entry.command.size();
}

struct Gathered {
    std::vector<f::Entry> entries;
    std::size_t bytes = 0;
};

/// Entries [from, to) without a hole, as many as a frame takes.
Result<Gathered> gather(store::Tx& tx, const LogRef& log, std::uint64_t from, std::uint64_t to) {
    Gathered out;
    bool hole = false;
    const auto take = [&](entries::EntryRow row) {
        const std::uint64_t seq = from + out.entries.size();
        if (seq >= to) return false;
        hole = row.header.seq != seq;
        if (hole) return false;
        f::Entry entry{f::encode(row.header), std::move(row.body), std::move(row.command)};
        const std::size_t bytes = bytes_of(entry);
        if (!out.entries.empty() && out.bytes + bytes > kBatchBytesMax) return false;
        out.bytes += bytes;
        out.entries.push_back(std::move(entry));
        return out.entries.size() < f::limits::kEntriesPerFrameMax;
    };
    TRY_VOID(entries::walk(tx, log.key(), log.log_id, from, take));
    if (out.entries.empty() && from < to) return missing();
    return out;
}

}  // namespace

Result<LogBatch> read_batch(store::Tx& tx,
                            const Hash32& guild_uid,
                            const LogRef& log,
                            std::uint64_t from,
                            std::uint64_t until) {
    LogBatch out;
    out.append.guildUid = guild_uid;
    out.append.logId = log.log_id;
    out.append.firstSeq = out.end = from;
    TRY(auto row, entries::find_log(tx, log.key()));
    out.log_size = row ? row->size : 0;
    const std::uint64_t to = std::min(until, out.log_size);
    if (from >= to) return out;
    TRY(Gathered found, gather(tx, log, from, to));
    out.append.entries = std::move(found.entries);
    out.append.head = std::move(row->head);
    out.end = from + out.append.entries.size();
    if (!out.is_last()) {
        TRY(Reader reader, Reader::open(tx, log.key(), log.log_id));
        TRY(out.append.consistency,
            f::consistency_proof(
                out.end, out.log_size, [&](std::uint32_t level, std::uint64_t index) {
                    return reader.get(level, index);
                }));
        out.made = reader.take_made();
    }
    out.cost = cost_of(out.append);
    return out;
}

Result<std::vector<LogPlace>> read_places(store::Tx& tx,
                                          protocol::GuildId guild,
                                          std::span<const std::uint64_t> logs) {
    std::vector<LogPlace> out;
    out.reserve(logs.size());
    for (const std::uint64_t id : logs) {
        LogPlace& place = out.emplace_back();
        place.log = {guild, id};
        place.root = f::empty_root();
        TRY(auto row, entries::find_log(tx, place.log.key()));
        if (!row || row->size == 0) continue;
        const auto frontier = f::Frontier::parse(f::ByteView(row->frontier));
        if (!frontier) return protocol::make_error(0, "a log's frontier is damaged");
        place.size = row->size;
        place.root = frontier->root();
        place.head = std::move(row->head);
        place.frontier = std::move(row->frontier);
    }
    return out;
}

namespace {

f::Append opening_at(const Hash32& guild_uid, const LogPlace& place, std::uint64_t from) {
    f::Append out;
    out.guildUid = guild_uid;
    out.logId = place.log.log_id;
    out.firstSeq = from;
    out.head = place.head;
    return out;
}

/// With the entries from `from` on; nothing of it when they do not fit one batch.
Result<std::optional<f::Append>> open_from(store::Tx& tx,
                                           const Hash32& guild_uid,
                                           const LogPlace& place,
                                           std::uint64_t from,
                                           Subtrees& made) {
    f::Append out = opening_at(guild_uid, place, from);
    TRY(Gathered found, gather(tx, place.log, from, place.size));
    if (found.entries.size() != place.size - from) return std::optional<f::Append>();
    out.entries = std::move(found.entries);
    TRY(Reader reader, Reader::open(tx, place.log.key(), place.log.log_id));
    const auto subtree = [&](std::uint32_t level, std::uint64_t index) {
        return reader.get(level, index);
    };
    TRY(const auto tiles, f::range_proof(from, from, from, subtree));
    const auto frontier = f::frontier_of(from, tiles.left);
    if (!frontier) return missing();
    out.frontier = frontier->serialise();
    if (from > 0) {
        TRY(out.base, f::consistency_proof(from, place.size, subtree));
    }
    std::ranges::move(reader.take_made(), std::back_inserter(made));
    return std::optional(std::move(out));
}

}  // namespace

std::size_t cost_of(const f::Append& batch) {
    std::size_t bytes = kFrameBytes + batch.head.size() + batch.frontier.size();
    for (const f::Entry& entry : batch.entries) bytes += bytes_of(entry);
    return bytes + (batch.consistency.size() + batch.base.size()) * kHashBytes;
}

Result<f::Append> read_opening(store::Tx& tx,
                               const Hash32& guild_uid,
                               const LogPlace& place,
                               OpeningBudget& budget,
                               Subtrees& made) {
    const std::uint64_t most = budget.bytes == 0 ? 1 : budget.entries;
    for (std::uint64_t count = std::min(most, place.size); count > 0; count /= 4) {
        auto opening = open_from(tx, guild_uid, place, place.size - count, made);
        // A hole: this node became the host late, and has not got all of the past yet.
        if (!opening && opening.error().status == 404) break;
        if (!opening) return opening.error();
        if (!*opening) continue;
        budget.bytes -= std::min(budget.bytes, cost_of(**opening));
        return std::move(**opening);
    }
    f::Append bare = opening_at(guild_uid, place, place.size);
    bare.frontier = place.frontier;
    return bare;
}

Result<Hash32> read_root(store::Tx& tx, const LogRef& log, std::uint64_t size, Subtrees& made) {
    if (size == 0) return f::empty_root();
    TRY(Reader reader, Reader::open(tx, log.key(), log.log_id));
    TRY(const Hash32 root, f::range_root(0, size, [&](std::uint32_t level, std::uint64_t index) {
            return reader.get(level, index);
        }));
    std::ranges::move(reader.take_made(), std::back_inserter(made));
    return root;
}

Result<std::string> read_genesis(store::Tx& tx, protocol::GuildId guild) {
    const LogRef control{guild, f::kControlLog};
    TRY(const auto first, entries::find(tx, control.key(), control.log_id, 0));
    const auto bytes = first ? f::event_of_body(f::ByteView(first->body)) : std::nullopt;
    if (!bytes) return missing();
    TRY(auto event, protocol::decode_event(bytes->text()));
    auto* created = std::get_if<protocol::GuildCreated>(&event);
    if (!created) return missing();
    return std::move(created->genesis);
}

Result<LogRange> read_range(store::Tx& tx,
                            const Hash32& guild_uid,
                            const LogRef& log,
                            std::uint64_t from,
                            std::uint64_t to,
                            std::uint64_t head_size) {
    TRY(const auto row, entries::find_log(tx, log.key()));
    if (!row || from >= to || to > head_size || head_size > row->size) return missing();
    TRY(Gathered found, gather(tx, log, from, to));
    LogRange out;
    out.range.guildUid = guild_uid;
    out.range.logId = log.log_id;
    out.range.from = from;
    out.range.headSize = head_size;
    out.range.entries = std::move(found.entries);
    TRY(Reader reader, Reader::open(tx, log.key(), log.log_id));
    TRY(auto proof,
        f::range_proof(
            from,
            from + out.range.entries.size(),
            head_size,
            [&](std::uint32_t level, std::uint64_t index) { return reader.get(level, index); }));
    out.made = reader.take_made();
    out.range.left = std::move(proof.left);
    out.range.right = std::move(proof.right);
    out.cost =
        kFrameBytes + found.bytes + (out.range.left.size() + out.range.right.size()) * kHashBytes;
    return out;
}

void keep(Context& ctx, const LogRef& log, Subtrees made) {
    if (made.empty()) return;
    store::WriteJob job;
    job.run = [key = log.key(), made = std::move(made)](store::Tx& tx) -> protocol::Status {
        for (const auto& subtree : made) TRY_VOID(store::subtrees::put(tx, key, subtree));
        return {};
    };
    // Nothing depends on it: what is not kept is computed again.
    job.done = [](const protocol::Status&) {};
    job.can_wait = true;
    ctx.db.write(std::move(job));
}

}  // namespace guildhall::peering
