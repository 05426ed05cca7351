#pragma once
// Archives: folders in and out of one tar file, through libarchive, which no other file includes.
// Synchronous; for the commands backup and restore, export and import.

#include "protocol/function.h"
#include "protocol/result.h"

#include <cstdint>
#include <string>
#include <vector>

namespace guildhall::app {

/// A file on the disk and its name in the archive.
struct ArchiveEntry {
    std::string path, name;
};

using ArchiveProgress = protocol::FunctionRef<void(std::uint64_t done, std::uint64_t total)>;

/// What stands behind the archive, where programs for archives do not look: nothing, or a hash of
/// all before it, so that no byte can be another, nor one be more or less.
enum class ArchiveSeal : std::uint8_t { none, hash };

/// Writes a new archive that only its user can read, durable when this returns. An existing `file`
/// is refused; a failed one is removed.
protocol::Status write_archive(const std::string& file,
                               const std::vector<ArchiveEntry>& entries,
                               ArchiveProgress progress,
                               ArchiveSeal seal = ArchiveSeal::none);

/// Unpacks regular files below `folder`; names that would leave it are refused.
protocol::Status read_archive(const std::string& file,
                              const std::string& folder,
                              ArchiveSeal seal = ArchiveSeal::none);

}  // namespace guildhall::app
