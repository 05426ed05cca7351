#pragma once
// Nodes that this one knows: keys as last verified, where they can be reached, and how far they are
// trusted. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::store::peers {

/// Stored numbers: they keep their meaning.
enum class Trust : std::uint8_t { unknown = 0, held = 1, limited = 2, allowed = 3, blocked = 4 };

struct Peer {
    std::string uid;
    std::string name;
    /// signature ‖ genesis, and an encoded KeyLog with all its events.
    std::string genesis, key_events;
    /// host:port each, best first.
    std::vector<std::string> endpoints;
    Trust trust = Trust::unknown;
    /// An operator said how far it is trusted: time does not change that.
    bool by_operator = false;
    /// Its name was checked once and is bound to its uid.
    bool pinned = false;
    protocol::UnixMs first_seen_ms = 0, last_seen_ms = 0;
    std::uint64_t strikes = 0;
    /// No link until then: too many strikes.
    protocol::UnixMs quarantined_until_ms = 0;

    friend bool operator==(const Peer&, const Peer&) = default;
};

/// All but what a peer has by its time here: first_seen_ms, its standing and strikes stay as they
/// are.
Status put(Tx& tx, const Peer& peer);
Result<std::optional<Peer>> find(Tx& tx, std::string_view uid);
/// The pinned one where several bear the name.
Result<std::optional<Peer>> find_by_name(Tx& tx, std::string_view name);
/// Ascending by name.
Result<std::vector<Peer>> all(Tx& tx);
/// An operator's decision; false when there is no such peer.
Result<bool> set_trust(Tx& tx, std::string_view uid, Trust trust);
/// Its name is no more its own than anybody's.
Status unpin(Tx& tx, std::string_view uid);
/// Trust, whose decision that was, first contact and quarantine, of a peer that is there.
Status set_standing(Tx& tx, const Peer& peer);
Status forget(Tx& tx, std::string_view uid);
/// Why there is no link with it that an operator could not see elsewhere.
Status set_trouble(Tx& tx, std::string_view uid, std::string_view words, protocol::UnixMs seen_ms);
Status forget_trouble(Tx& tx, std::string_view uid);
/// By uid.
Result<std::map<std::string, std::string>> troubles(Tx& tx);
Status set_strikes(Tx& tx, std::string_view uid, std::uint64_t strikes);

}  // namespace guildhall::store::peers
