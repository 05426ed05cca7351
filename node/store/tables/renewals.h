#pragma once
// Renewals: mirrored guilds whose copy was dropped because a new snapshot takes its place, until
// that is here. A node that stops between the two goes on from these rows. Kept in `node_values`.
// Synchronous, inside a Tx.

#include "node/store/db.h"

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace guildhall::store::renewals {

struct RenewalRow {
    protocol::GuildId guild;
    /// 32 bytes each.
    std::string uid, host_uid;
    std::string host_name;
    std::vector<std::string> endpoints;
    std::uint64_t epoch = 0, control_size = 0;
    /// Who hosted before, 32 bytes each.
    std::vector<std::string> past_hosts;
    /// Of all changes of host, ascending: what is known of its hosts outlives the copy.
    std::vector<std::string> certificates;

    friend bool operator==(const RenewalRow&, const RenewalRow&) = default;
};

Status put(Tx& tx, const RenewalRow& row);
Status drop(Tx& tx, protocol::GuildId guild);
Result<std::optional<RenewalRow>> find(Tx& tx, protocol::GuildId guild);
struct Found {
    std::vector<RenewalRow> rows;
    /// Names of values that cannot be read.
    std::vector<std::string> damaged;
};
/// Ascending by name.
Result<Found> all(Tx& tx);

}  // namespace guildhall::store::renewals
