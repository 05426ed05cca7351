#pragma once
// Salvage: what people wrote on a host that did not know that it was replaced. The new host never
// had it, so it is no history of the guild; it is kept in a file for the operator to hand back.
// Synchronous, inside a Tx, on the store's thread.

#include "federation/bytes.h"
#include "node/services/host_changes.h"
#include "node/store/db.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::peering {

/// More than these nobody reads; the newest are left out.
inline constexpr std::size_t kSalvagedMax = 10'000;

/// Writes the messages of a guild's channels that `new_host` never acknowledged, one JSON object a
/// line, to a `file` that only its user can read; how many, beside those that are there from
/// before. None: no file.
protocol::Result<std::size_t> salvage(store::Tx& tx,
                                      protocol::GuildId guild,
                                      const federation::Hash32& new_host,
                                      const std::string& file);

/// A file of salvaged messages, as the operator's command reads and shortens it.
struct SalvageFile {
    std::string path;
    std::vector<services::Salvaged> messages;
};
/// The guilds of which there are such files, ascending.
std::vector<protocol::GuildId> salvaged_guilds(const std::string& folder);
/// All of a guild, the oldest first. On any thread, waiting for the disk.
protocol::Result<std::vector<SalvageFile>> read_salvage(const std::string& folder,
                                                        protocol::GuildId guild);
/// What is left of a file; without messages it goes.
protocol::Status write_salvage(const SalvageFile& file);

}  // namespace guildhall::peering
