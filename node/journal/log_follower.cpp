// The half of LogWriter that writes what another node decided: entries of mirrors, as they come and
// into the holes of their past.
#include "federation/command_call.h"
#include "node/journal/log_writer.h"
#include "node/journal/mirror_words.h"
#include "node/store/projections/project.h"
#include "node/store/projections/project_partial.h"
#include "node/store/tables/entries.h"
#include "node/store/tables/gaps.h"
#include "node/store/tables/hosting.h"
#include "node/store/tables/nonces.h"
#include "node/store/tables/opaque.h"
#include "node/store/tables/subtrees.h"
#include "protocol/api/message.h"
#include "protocol/errors.h"
#include "protocol/json/reader.h"
#include "protocol/limits.h"

namespace guildhall::journal {
namespace {

namespace f = federation;
namespace entries = store::entries;

/// An empty one at 0.
protocol::Result<f::Frontier> frontier_of(const std::string& bytes) {
    if (bytes.empty()) return f::Frontier();
    auto frontier = f::Frontier::parse(f::ByteView(bytes));
    if (!frontier) return refused("the frontier below an entry cannot be read");
    return std::move(*frontier);
}

/// Entries of a channel that was deleted: its purge may be over, and takes these too, next time.
protocol::Status purge_again(store::Tx& tx, store::LogKey key) {
    return tx.run("INSERT INTO purges (log) VALUES ($1) ON CONFLICT (log) DO NOTHING", key);
}

/// What a host says of the epoch that it begins.
protocol::Status note_epoch(store::Tx& tx, GuildId guild, const Event& event) {
    const auto* changed = std::get_if<protocol::HostingChanged>(&event);
    if (!changed) return {};
    TRY_VOID(store::hosting::set_epoch(tx, guild, changed->epoch));
    TRY_VOID(store::hosting::set_host(tx, guild, changed->hostUid, changed->hostName));
    return store::hosting::put_certificate(tx, guild, {changed->epoch, changed->certificate});
}

/// The nonce that the call enforces; empty without one.
std::string enforced_nonce(const f::ApiCall& call) {
    const auto json = protocol::parse_json(call.json);
    const auto* body = json ? json->if_object() : nullptr;
    const auto* enforced = body ? body->if_contains("enforce_nonce") : nullptr;
    const auto* said = body ? body->if_contains("nonce") : nullptr;
    if (!said || !enforced || !enforced->is_bool() || !enforced->get_bool()) return {};
    protocol::api::Nonce nonce;
    protocol::FormErrors errors;
    read_json(*said, nonce, errors);
    return errors.empty() ? std::move(nonce.text) : std::string();
}

/// A mirror may be the next host: what is posted again to that one is posted once all the same.
protocol::Status note_nonce(store::Tx& tx, const Incoming& entry) {
    const auto* created = std::get_if<protocol::MessageCreated>(entry.event);
    // Most enforce none, and are not read again.
    if (!created || entry.command.find("enforce_nonce") == entry.command.npos) return {};
    const auto command = f::read_command(f::ByteView(entry.command));
    if (!command || !command->call) return {};
    const protocol::Message& message = created->message;
    if (command->header.actor != message.authorId.value ||
        command->header.channel != message.channelId.value)
        return {};
    const std::string nonce = enforced_nonce(*command->call);
    if (nonce.empty()) return {};
    return store::nonces::put(
        tx, message.authorId, message.channelId, nonce, message.id, entry.header.ts_ms);
}

}  // namespace

protocol::Status LogWriter::begin_at(store::Tx& tx, const IncomingLog& log, Tail& tail) {
    if (log.frontier.empty() || tail.frontier.size() > 0) return {};
    if (log.log_id == protocol::kAdminLog)
        return refused("a mirror holds an admin log from its start or not at all");
    TRY(tail.frontier, frontier_of(log.frontier));
    tail.first = tail.frontier.size();
    if (tail.first == 0) return {};
    return store::gaps::put(
        tx, store::log_key(log.guild, log.log_id), {0, tail.first, log.frontier});
}

protocol::Status LogWriter::follow_one(store::Tx& tx, const Incoming& entry, Tail& tail) {
    const f::EntryHeader& header = entry.header;
    if (header.seq != tail.frontier.size()) return refused("an entry is out of sequence");
    const store::LogKey key = store::log_key(tail.guild, tail.log_id);
    TRY_VOID(entries::insert(tx, key, header, entry.body, entry.command));
    TRY_VOID(store::subtrees::append(tx, key, tail.frontier, f::leaf_hash(header)));
    tail.last_ts_ms = header.ts_ms;
    if (entry.late) {
        return is_channel(tail.log_id) ? purge_again(tx, key) : protocol::Status();
    }
    if (entry.opaque) return store::opaque::note(tx, key, header.kind);
    const bool whole = tail.first == 0;
    if (!entry.event) return whole ? store::project_dropped(tx, header) : protocol::Status();
    if (header.ts_ms > clock_.unix_ms() - protocol::limits::kNonceTtlMs)
        TRY_VOID(note_nonce(tx, entry));
    if (is_channel(tail.log_id) && !whole) return store::project_partial(tx, header, *entry.event);
    TRY_VOID(store::project(tx, tail.guild, header, *entry.event));
    return note_epoch(tx, tail.guild, *entry.event);
}

protocol::Status LogWriter::follow(store::Tx& tx, const IncomingLog& log) {
    saved_.clear();
    saved_promises_ = promises_.size();
    const store::LogKey key = store::log_key(log.guild, log.log_id);
    TRY(Tail * tail, tail_of(tx, log.guild, log.log_id, log.guild_uid));
    save(key, *tail);
    TRY_VOID(begin_at(tx, log, *tail));
    for (const Incoming& entry : log.entries) TRY_VOID(follow_one(tx, entry, *tail));
    tail->head = log.head;
    touch(key, *tail);
    return {};
}

protocol::Status LogWriter::fill(store::Tx& tx, const IncomingLog& past) {
    saved_.clear();
    saved_promises_ = promises_.size();
    if (past.entries.empty()) return {};
    const store::LogKey key = store::log_key(past.guild, past.log_id);
    TRY(Tail * tail, tail_of(tx, past.guild, past.log_id, past.guild_uid));
    save(key, *tail);
    const std::uint64_t from = past.entries.front().header.seq;
    const std::uint64_t to = from + past.entries.size();
    TRY(auto frontier, frontier_of(past.frontier));
    if (frontier.size() != from) return refused("the frontier below an entry is another's");
    TRY(auto before, store::gaps::of_log(tx, key));
    TRY_VOID(store::gaps::fill(tx, key, from, to, past.frontier));
    for (const Incoming& entry : past.entries) {
        if (entry.header.seq != frontier.size()) return refused("an entry is out of sequence");
        frontier.append(f::leaf_hash(entry.header));
        TRY_VOID(entries::insert(tx, key, entry.header, entry.body, entry.command));
        if (entry.opaque && !entry.late) TRY_VOID(store::opaque::note(tx, key, entry.header.kind));
        if (!is_channel(past.log_id)) continue;
        if (entry.late) {
            TRY_VOID(purge_again(tx, key));
        } else if (entry.event) {
            TRY_VOID(store::project_partial(tx, entry.header, *entry.event));
        }
    }
    for (const store::gaps::Gap& gap : before) {
        if (gap.to == to && gap.frontier != frontier.serialise())
            return refused("entries of the past do not lead to those that are held");
    }
    TRY(auto left, store::gaps::of_log(tx, key));
    tail->first = left.empty() ? 0 : left.back().to;
    if (tail->first == 0) TRY_VOID(store::forget_patches(tx, key));
    touch(key, *tail);
    return {};
}

}  // namespace guildhall::journal
