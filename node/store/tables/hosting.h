#pragma once
// Who hosts the guilds that this node has: whether it hosts, mirrors, froze or left each, the
// certificates of their changes of host, and the votes that this node gave. Written by the journal
// and, for votes, by peering before a vote is sent. Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::store::hosting {

/// Stored numbers: they keep their meaning.
enum class Role : std::uint8_t {
    hosted = 0,
    mirrored = 1,
    /// Mirrored, and its host contradicted itself: nothing is added.
    frozen = 2,
    /// No longer ours; what is left of it is being deleted.
    left = 3,
};

struct HostingRow {
    protocol::GuildId guild;
    std::string uid;
    std::uint64_t epoch = 0;
    std::string host_uid, host_name;
    Role role = Role::hosted;
    /// False while members of a snapshot are still to come.
    bool complete = true;
};
/// Every guild but those left, ascending.
Result<std::vector<HostingRow>> all(Tx& tx);
Result<std::optional<HostingRow>> find(Tx& tx, protocol::GuildId guild);
Status put(Tx& tx, const HostingRow& row);
Status set_role(Tx& tx, protocol::GuildId guild, Role role);
Status set_epoch(Tx& tx, protocol::GuildId guild, std::uint64_t epoch);
/// Of the guilds that are hosted here: the folder came from a backup.
Status raise_epochs(Tx& tx);
/// Who hosts it in its epoch.
Status set_host(Tx& tx,
                protocol::GuildId guild,
                std::string_view host_uid,
                std::string_view host_name);
Status set_complete(Tx& tx, protocol::GuildId guild);

struct CertificateRow {
    std::uint64_t epoch = 0;
    /// A SignedCertificate.
    std::string bytes;
};
/// A later one of the same epoch takes its place.
Status put_certificate(Tx& tx, protocol::GuildId guild, const CertificateRow& row);
/// A stronger one took its place (federation/hosting_chain.h).
Status drop_certificate(Tx& tx, protocol::GuildId guild, std::uint64_t epoch);
/// Ascending, of the epochs above `epoch`; with -1 all.
Result<std::vector<CertificateRow>> certificates_above(Tx& tx,
                                                       protocol::GuildId guild,
                                                       std::int64_t epoch);

/// This node's vote in an epoch. False, and nothing changed, when it gave another there: one vote
/// for each epoch, also across a crash.
Result<bool> put_vote(Tx& tx,
                      protocol::GuildId guild,
                      std::uint64_t epoch,
                      std::string_view signed_vote);
Result<std::optional<std::string>> find_vote(Tx& tx, protocol::GuildId guild, std::uint64_t epoch);
/// That of the highest epoch.
Result<std::optional<std::string>> last_vote(Tx& tx, protocol::GuildId guild);

/// The guild's signed genesis: the one that its id was claimed with, else that of its first entry.
/// Empty when neither is held.
Result<std::string> find_genesis(Tx& tx, protocol::GuildId guild);

/// How much of a guild is held.
struct Holding {
    /// Of the control log.
    std::uint64_t control_size = 0;
    std::string control_frontier, control_head;
    /// In all logs, without the holes.
    std::uint64_t entries = 0;
    protocol::UnixMs last_ts_ms = 0;
    /// Entries below the ends of logs that are not there.
    bool has_holes = false;
};
Result<Holding> holding(Tx& tx, protocol::GuildId guild);

/// Deletes what is left of guilds with Role::left, at most about `limit` rows; true when nothing is
/// left.
Result<bool> sweep_left(Tx& tx, unsigned limit);

}  // namespace guildhall::store::hosting
