#include "node/journal/log_writer.h"

#include "federation/command.h"
#include "federation/entry.h"
#include "federation/head.h"
#include "node/store/projections/project.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/remote_commands.h"
#include "node/store/tables/subtrees.h"
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

/// What users wrote: an entry that holds it loses it with the message.
bool has_content(const Event& event) {
    return std::holds_alternative<protocol::MessageCreated>(event) ||
           std::holds_alternative<protocol::MessageEdited>(event);
}

}  // namespace

protocol::Result<LogWriter::Tail*> LogWriter::tail_of(store::Tx& tx,
                                                      GuildId guild,
                                                      std::uint64_t log_id,
                                                      const federation::Hash32& guild_uid) {
    const store::LogKey key = store::log_key(guild, log_id);
    const auto known = tails_.find(key);
    if (known != tails_.end()) return &known->second;

    TRY(auto row, entries::find_log(tx, key));
    Tail tail;
    tail.guild = guild;
    tail.log_id = log_id;
    tail.guild_uid = guild_uid;
    if (row) {
        auto frontier = federation::Frontier::parse(row->frontier);
        if (!frontier) return protocol::make_error(0, "a log's frontier is damaged");
        tail.frontier = std::move(*frontier);
        tail.last_ts_ms = row->last_ts_ms;
        tail.first = row->first;
        tail.head = std::move(row->head);
    }
    return &tails_.emplace(key, std::move(tail)).first->second;
}

void LogWriter::save(store::LogKey key, const Tail& tail) {
    const auto is_saved = [&](const auto& s) { return s.first == key; };
    if (std::none_of(saved_.begin(), saved_.end(), is_saved)) saved_.emplace_back(key, tail);
}

void LogWriter::touch(store::LogKey key, Tail& tail) {
    if (tail.touched) return;
    tail.touched = true;
    touched_.push_back(key);
}

protocol::Status LogWriter::append_one(store::Tx& tx,
                                       Committed& entry,
                                       Tail& tail,
                                       const CommandRun* run,
                                       std::string_view command,
                                       federation::Hash32& leaf) {
    entry.seq = tail.frontier.size();
    entry.ts_ms = std::max(entry.ts_ms, tail.last_ts_ms);
    federation::Salt salt;
    rng_.fill(salt);
    const std::string body = federation::make_body(salt, protocol::encode(entry.event));
    federation::EntryHeader header{.kind = protocol::kind_of(entry.event),
                                   .log_id = entry.log_id,
                                   .seq = entry.seq,
                                   .ts_ms = entry.ts_ms,
                                   .object_id = protocol::object_of(entry.event),
                                   .control_seq = entry.control_seq,
                                   .body_hash = federation::body_hash(body)};
    if (run) header.command_hash = run->hash;
    const store::LogKey key = store::log_key(entry.guild, entry.log_id);
    TRY_VOID(entries::insert(tx, key, header, body, command));
    TRY_VOID(store::project(tx, entry.guild, header, entry.event));
    leaf = federation::leaf_hash(header);
    TRY_VOID(store::subtrees::append(tx, key, tail.frontier, leaf));
    tail.last_ts_ms = entry.ts_ms;
    tail.head.clear();
    touch(key, tail);
    return {};
}

protocol::Status LogWriter::append(store::Tx& tx,
                                   std::vector<Committed>& all,
                                   std::uint64_t epoch,
                                   std::shared_ptr<CommandRun> run) {
    saved_.clear();
    saved_promises_ = promises_.size();
    std::string whole, bare;
    if (run) {
        whole = federation::encode(*run->command);
        bare = federation::without_body(whole).value_or(std::string());
    }
    // What a message says is also in the command that posted it; it stands beside the message
    // alone, so that it goes with it.
    const bool split = std::any_of(
        all.begin(), all.end(), [](const Committed& c) { return has_content(c.event); });
    federation::Hash32 leaf{};
    for (Committed& entry : all) {
        const auto uid = federation::Hash32::from(std::string_view(entry.after->guild.uid));
        TRY(Tail * tail,
            tail_of(tx, entry.guild, entry.log_id, uid.value_or(federation::Hash32{})));
        save(store::log_key(entry.guild, entry.log_id), *tail);
        tail->epoch = epoch;
        const bool keeps_body = !split || has_content(entry.event);
        TRY_VOID(append_one(tx, entry, *tail, run.get(), keeps_body ? whole : bare, leaf));
    }
    if (run) {
        const Committed& last = all.back();
        promises_.push_back(
            {std::move(run), store::log_key(last.guild, last.log_id), last.seq, leaf});
    }
    return {};
}

protocol::Status LogWriter::adopt(store::Tx& tx,
                                  GuildId guild,
                                  const federation::Hash32& guild_uid,
                                  std::uint64_t epoch) {
    TRY(const auto logs, entries::logs_of(tx, guild));
    for (const auto& row : logs) {
        TRY(Tail * tail, tail_of(tx, guild, row.log_id, guild_uid));
        save(row.log, *tail);
        tail->epoch = epoch;
        tail->head.clear();
        touch(row.log, *tail);
    }
    return {};
}

void LogWriter::undo_append() {
    for (auto& [key, tail] : saved_) {
        if (!tail.touched) std::erase(touched_, key);
        tails_.insert_or_assign(key, std::move(tail));
    }
    saved_.clear();
    promises_.resize(std::min(promises_.size(), saved_promises_));
}

void LogWriter::forget(GuildId guild) {
    std::erase_if(touched_, [&](store::LogKey key) { return tails_.at(key).guild == guild; });
    std::erase_if(tails_, [&](const auto& t) { return t.second.guild == guild; });
    saved_.clear();
}

protocol::Status LogWriter::sign_heads(store::Tx& tx) {
    if (touched_.empty()) return {};
    std::vector<const Tail*> tails;
    tails.reserve(touched_.size());
    const auto put = [&tx](const Tail& tail, std::string head) {
        return entries::put_log(tx,
                                {.log = store::log_key(tail.guild, tail.log_id),
                                 .guild = tail.guild,
                                 .log_id = tail.log_id,
                                 .size = tail.frontier.size(),
                                 .last_ts_ms = tail.last_ts_ms,
                                 .frontier = tail.frontier.serialise(),
                                 .head = std::move(head),
                                 .first = tail.first});
    };
    for (const store::LogKey key : touched_) {
        const Tail& tail = tails_.at(key);
        if (tail.head.empty()) {
            tails.push_back(&tail);
        } else {
            TRY_VOID(put(tail, tail.head));
        }
    }
    if (tails.empty()) return {};
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
        TRY_VOID(put(tail, federation::encode(head)));
    }
    return sign_receipts(tx);
}

protocol::Status LogWriter::sign_receipts(store::Tx& tx) {
    for (const Promise& promise : promises_) {
        const Tail& tail = tails_.at(promise.log);
        const federation::Receipt receipt{.guild_uid = tail.guild_uid,
                                          .epoch = tail.epoch,
                                          .command_hash = promise.run->hash,
                                          .log_id = tail.log_id,
                                          .seq = promise.seq,
                                          .leaf = promise.leaf,
                                          // That of the head signed just now.
                                          .ts_ms = tail.last_ts_ms};
        promise.run->receipt = federation::encode(federation::sign(receipt, identity_.key));
        TRY_VOID(store::remote_commands::set_receipt(tx, promise.run->hash, promise.run->receipt));
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
    promises_.clear();
    saved_.clear();
    if (tails_.size() > kTailsMax) tails_.clear();
}

}  // namespace guildhall::journal
