#pragma once
// Guild files: one guild with its logs, keys and attached files in one archive, for moving and for
// keeping (docs/FEDERATION.md, "Guild files"). What is imported is checked like what comes by a
// link: every hash, head, certificate and file. Synchronous; for the commands export and import.

#include "node/journal/identity.h"
#include "node/store/db.h"
#include "protocol/result.h"

#include <cstdint>
#include <string>

namespace guildhall::app {

struct GuildFileReport {
    protocol::GuildId guild;
    std::uint64_t logs = 0, entries = 0, files = 0;
    /// Attached files that messages name and that are not there.
    std::uint64_t files_missing = 0;
    /// Of what was imported: this node hosts it.
    bool hosted = false;
};

/// From a folder, also while a node runs on it, to a new file that only its user can read. With
/// `with_key` the guild's root key goes with it, where this node keeps it: whoever has that file
/// can make any node the guild's host. `node_name` is what the folder's users are called after.
protocol::Result<GuildFileReport> export_guild(const std::string& folder,
                                               const std::string& guild,
                                               const std::string& file,
                                               const std::string& node_name,
                                               bool with_key);

/// Into the folder of a stopped node, which follows the guild from then on, or hosts it where it
/// was its host.
protocol::Result<GuildFileReport> import_guild(const std::string& file, const std::string& folder);

// -- The parts of a file, below the folder that it is packed from --------------------------------

struct UserRecord {
    std::uint64_t id = 0;
    /// Empty where nothing proves it: neither a genesis nor a profile that the home signed.
    std::string uid;
    /// signature ‖ genesis, and signature ‖ profile; empty where they are not known.
    std::string genesis, profile;
    std::string home_uid, username, global_name, avatar;
    bool bot = false, deleted = false;
};
std::string encode(const UserRecord& user);
std::optional<UserRecord> decode_user_record(std::string_view bytes);

/// n × (size u32 ‖ bytes).
std::string pack(const std::vector<std::string>& parts);
std::optional<std::vector<std::string>> unpack(std::string_view bytes);

/// Files that are what their names say go where attached files and images are; others are an error.
protocol::Status take_files(const std::string& parts,
                            const std::string& folder,
                            GuildFileReport& report);
/// Of the attached files that messages name, those that are not there.
protocol::Status count_missing_files(store::Tx& tx,
                                     const std::string& folder,
                                     GuildFileReport& report);

protocol::Result<std::string> read_part(const std::string& path);
protocol::Status write_part(const std::string& path, std::string_view bytes);

}  // namespace guildhall::app
