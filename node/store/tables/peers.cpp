#include "node/store/tables/peers.h"

namespace guildhall::store::peers {
namespace {

/// One a line: neither names nor addresses have line ends.
std::string joined(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) {
        if (!out.empty()) out += '\n';
        out += line;
    }
    return out;
}

std::vector<std::string> split(std::string_view text) {
    std::vector<std::string> out;
    while (!text.empty()) {
        const std::size_t end = text.find('\n');
        out.emplace_back(text.substr(0, end));
        text = end == std::string_view::npos ? std::string_view() : text.substr(end + 1);
    }
    return out;
}

/// Columns: uid, name, genesis, key_events, endpoints, trust, pinned, first_seen_ms, last_seen_ms,
/// strikes, by_operator, quarantined_until_ms.
Peer peer_of(const Row& row) {
    return {.uid = std::string(row.blob(0)),
            .name = std::string(row.text(1)),
            .genesis = std::string(row.blob(2)),
            .key_events = std::string(row.blob(3)),
            .endpoints = split(row.text(4)),
            .trust = static_cast<Trust>(row.int64(5)),
            .by_operator = row.boolean(10),
            .pinned = row.boolean(6),
            .first_seen_ms = row.int64(7),
            .last_seen_ms = row.int64(8),
            .strikes = static_cast<std::uint64_t>(row.int64(9)),
            .quarantined_until_ms = row.int64(11)};
}

}  // namespace

Status put(Tx& tx, const Peer& p) {
    return tx.run(
        "INSERT INTO peers (uid, name, genesis, key_events, endpoints, trust, pinned,"
        " first_seen_ms, last_seen_ms, strikes, by_operator, quarantined_until_ms)"
        " VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)"
        " ON CONFLICT (uid) DO UPDATE SET name = $2, genesis = $3, key_events = $4,"
        " endpoints = $5, pinned = $7, last_seen_ms = $9",
        Blob(p.uid),
        p.name,
        Blob(p.genesis),
        Blob(p.key_events),
        joined(p.endpoints),
        p.trust,
        p.pinned,
        p.first_seen_ms,
        p.last_seen_ms,
        p.strikes,
        p.by_operator,
        p.quarantined_until_ms);
}

Result<std::optional<Peer>> find(Tx& tx, std::string_view uid) {
    return tx.first(
        "SELECT uid, name, genesis, key_events, endpoints, trust, pinned, first_seen_ms,"
        " last_seen_ms, strikes, by_operator, quarantined_until_ms FROM peers WHERE uid = $1",
        peer_of,
        Blob(uid));
}

Result<std::optional<Peer>> find_by_name(Tx& tx, std::string_view name) {
    return tx.first(
        "SELECT uid, name, genesis, key_events, endpoints, trust, pinned, first_seen_ms,"
        " last_seen_ms, strikes, by_operator, quarantined_until_ms FROM peers WHERE name = $1"
        " ORDER BY pinned DESC, first_seen_ms, uid LIMIT 1",
        peer_of,
        name);
}

Result<std::vector<Peer>> all(Tx& tx) {
    std::vector<Peer> out;
    TRY_VOID(tx.each(
        "SELECT uid, name, genesis, key_events, endpoints, trust, pinned, first_seen_ms,"
        " last_seen_ms, strikes, by_operator, quarantined_until_ms FROM peers ORDER BY name, uid",
        [&](const Row& row) { out.push_back(peer_of(row)); }));
    return out;
}

Status unpin(Tx& tx, std::string_view uid) {
    return tx.run("UPDATE peers SET pinned = 0 WHERE uid = $1", Blob(uid));
}

Result<bool> set_trust(Tx& tx, std::string_view uid, Trust trust) {
    TRY_VOID(
        tx.run("UPDATE peers SET trust = $2, by_operator = 1, quarantined_until_ms = 0"
               " WHERE uid = $1",
               Blob(uid),
               trust));
    return tx.changes() > 0;
}

Status set_standing(Tx& tx, const Peer& p) {
    return tx.run(
        "UPDATE peers SET trust = $2, by_operator = $3, first_seen_ms = $4,"
        " quarantined_until_ms = $5 WHERE uid = $1",
        Blob(p.uid),
        p.trust,
        p.by_operator,
        p.first_seen_ms,
        p.quarantined_until_ms);
}

Status forget(Tx& tx, std::string_view uid) {
    TRY_VOID(forget_trouble(tx, uid));
    return tx.run("DELETE FROM peers WHERE uid = $1", Blob(uid));
}

Status set_strikes(Tx& tx, std::string_view uid, std::uint64_t strikes) {
    return tx.run("UPDATE peers SET strikes = $2 WHERE uid = $1", Blob(uid), strikes);
}

Status set_trouble(Tx& tx, std::string_view uid, std::string_view words, protocol::UnixMs seen_ms) {
    return tx.run(
        "INSERT INTO peer_versions (uid, words, seen_ms) VALUES ($1, $2, $3)"
        " ON CONFLICT (uid) DO UPDATE SET words = excluded.words,"
        " seen_ms = excluded.seen_ms",
        Blob(uid),
        words,
        seen_ms);
}

Status forget_trouble(Tx& tx, std::string_view uid) {
    return tx.run("DELETE FROM peer_versions WHERE uid = $1", Blob(uid));
}

Result<std::map<std::string, std::string>> troubles(Tx& tx) {
    std::map<std::string, std::string> out;
    TRY_VOID(tx.each("SELECT uid, words FROM peer_versions",
                     [&](const Row& row) { out.emplace(row.blob(0), row.text(1)); }));
    return out;
}

}  // namespace guildhall::store::peers
