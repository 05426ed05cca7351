#pragma once
// Files put into place so that they are whole or not there: written aside, synced, renamed. Blocks;
// on the disk pool.

#include "protocol/result.h"

#include <string>
#include <string_view>

namespace guildhall::media {

/// 507 when the disk is full, 503 for any other failure of it; reads errno.
protocol::Error disk_error();
bool write_all(int fd, std::string_view bytes);

/// Whether the file is there already; then its time is renewed, durably, for the janitor takes away
/// no file that somebody put within the hour.
protocol::Result<bool> renew_file(const std::string& path);
/// Makes the folders of `path` that are missing below `root`, durably. Nothing above `root`, which
/// is there, is touched: the node may have no right to open it, and a relative one has nothing
/// above.
protocol::Status make_folder_of(const std::string& root, const std::string& path);
/// The descriptor of a new file.
protocol::Result<int> create_aside(const std::string& aside);
/// Syncs and closes `fd`, and renames what was written aside. On failure nothing is left of it.
protocol::Status put_in_place(int fd, const std::string& aside, const std::string& path);

}  // namespace guildhall::media
