#pragma once
// Archives: folders in and out of one tar file, through libarchive, which no other file includes.
// Synchronous; for the commands backup and restore.

#include "protocol/function.h"
#include "protocol/result.h"

#include <string>
#include <vector>

namespace guildhall::app {

/// A file on the disk and its name in the archive.
struct ArchiveEntry {
    std::string path, name;
};

using ArchiveProgress = protocol::FunctionRef<void(std::uint64_t done, std::uint64_t total)>;

/// Writes a new archive that only its user can read, durable when this returns. An existing `file`
/// is refused; a failed one is removed.
protocol::Status write_archive(const std::string& file,
                               const std::vector<ArchiveEntry>& entries,
                               ArchiveProgress progress);

/// Unpacks regular files below `folder`; names that would leave it are refused.
protocol::Status read_archive(const std::string& file, const std::string& folder);

}  // namespace guildhall::app
