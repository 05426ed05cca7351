#include "node/journal/log_writer.h"

#include "federation/entry.h"
#include "federation/head.h"
#include "node/store/projections/project.h"
#include "node/store/tables/entries.h"
#include "protocol/check.h"
#include "protocol/errors.h"
#include "protocol/event_codec.h"

#include <algorithm>
#include <tuple>

namespace guildhall::journal {
namespace {

namespace entries = store::entries;

// A tail is 100 to 600 bytes. Beyond this many, channels that nobody writes to are read again when
// somebody does.
constexpr std::size_t kTailsMax = 65536;

}  // namespace

protocol::Result<LogWriter::Tail*> LogWriter::tail_of(store::Tx& tx,
                                                      const Committed& entry,
                                                      std::uint64_t epoch) {
    const store::LogKey key = store::log_key(entry.guild, entry.log_id);
    const auto known = tails_.find(key);
    if (known != tails_.end()) return &known->second;

    TRY(auto row, entries::find_log(tx, key));
    Tail tail;
    tail.guild = entry.guild;
    tail.log_id = entry.log_id;
    tail.epoch = epoch;
    tail.guild_uid = federation::Hash32::from(std::string_view(entry.after->guild.uid))
                         .value_or(federation::Hash32{});
    if (row) {
        auto frontier = federation::Frontier::parse(row->frontier);
        if (!frontier) return protocol::make_error(0, "a log's frontier is damaged");
        tail.frontier = std::move(*frontier);
        tail.last_ts_ms = row->last_ts_ms;
    }
    return &tails_.emplace(key, std::move(tail)).first->second;
}

protocol::Status LogWriter::append_one(store::Tx& tx, Committed& entry, Tail& tail) {
    entry.seq = tail.frontier.size();
    entry.ts_ms = std::max(entry.ts_ms, tail.last_ts_ms);
    federation::Salt salt;
    rng_.fill(salt);
    const std::string body = federation::make_body(salt, protocol::encode(entry.event));
    const federation::EntryHeader header{.kind = protocol::kind_of(entry.event),
                                         .log_id = entry.log_id,
                                         .seq = entry.seq,
                                         .ts_ms = entry.ts_ms,
                                         .object_id = protocol::object_of(entry.event),
                                         .control_seq = entry.control_seq,
                                         .body_hash = federation::body_hash(body)};
    const store::LogKey key = store::log_key(entry.guild, entry.log_id);
    TRY_VOID(entries::insert(tx, key, header, body));
    TRY_VOID(store::project(tx, entry.guild, header, entry.event));
    tail.frontier.append(federation::leaf_hash(header));
    tail.last_ts_ms = entry.ts_ms;
    if (!tail.touched) {
        tail.touched = true;
        touched_.push_back(key);
    }
    return {};
}

protocol::Status LogWriter::append(store::Tx& tx,
                                   std::vector<Committed>& all,
                                   std::uint64_t epoch) {
    saved_.clear();
    for (Committed& entry : all) {
        TRY(Tail * tail, tail_of(tx, entry, epoch));
        const store::LogKey key = store::log_key(entry.guild, entry.log_id);
        const auto is_saved = [&](const auto& s) { return s.first == key; };
        if (std::none_of(saved_.begin(), saved_.end(), is_saved)) saved_.emplace_back(key, *tail);
        TRY_VOID(append_one(tx, entry, *tail));
    }
    return {};
}

void LogWriter::undo_append() {
    for (auto& [key, tail] : saved_) {
        if (!tail.touched) std::erase(touched_, key);
        tails_.insert_or_assign(key, std::move(tail));
    }
    saved_.clear();
}

protocol::Status LogWriter::sign_heads(store::Tx& tx) {
    if (touched_.empty()) return {};
    std::vector<const Tail*> tails;
    tails.reserve(touched_.size());
    for (const store::LogKey key : touched_) tails.push_back(&tails_.at(key));
    // The order in which signed heads come back.
    std::sort(tails.begin(), tails.end(), [](const Tail* a, const Tail* b) {
        return std::tie(a->guild_uid, a->log_id) < std::tie(b->guild_uid, b->log_id);
    });
    std::vector<federation::Head> heads;
    heads.reserve(tails.size());
    for (const Tail* tail : tails) {
        heads.push_back({.guild_uid = tail->guild_uid,
                         .epoch = tail->epoch,
                         .log_id = tail->log_id,
                         .size = tail->frontier.size(),
                         .root = tail->frontier.root(),
                         .ts_ms = tail->last_ts_ms});
    }
    const auto signed_heads = federation::sign_heads(std::move(heads), identity_.key);
    for (std::size_t i = 0; i < tails.size(); ++i) {
        const Tail& tail = *tails[i];
        const federation::SignedHead& head = signed_heads[i];
        CHECK(head.head.guild_uid == tail.guild_uid && head.head.log_id == tail.log_id);
        TRY_VOID(entries::put_log(tx,
                                  {.log = store::log_key(tail.guild, tail.log_id),
                                   .guild = tail.guild,
                                   .log_id = tail.log_id,
                                   .size = tail.frontier.size(),
                                   .last_ts_ms = tail.last_ts_ms,
                                   .frontier = tail.frontier.serialise(),
                                   .head = federation::encode(head)}));
    }
    return {};
}

void LogWriter::batch_done(bool committed) {
    for (const store::LogKey key : touched_) {
        if (committed)
            tails_.at(key).touched = false;
        else
            tails_.erase(key);
    }
    touched_.clear();
    if (tails_.size() > kTailsMax) tails_.clear();
}

}  // namespace guildhall::journal
