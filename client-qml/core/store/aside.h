#pragma once
// Moving aside: a database that cannot be used stays for people to look at, under another name and
// out of the way; one of each kind. GUI thread, with no connection to the file open.

#include <QString>

namespace guildhall::client {

/// `path`, its log and its index become `path.suffix` and so on; what was there before goes.
bool move_aside(const QString& path, const QString& suffix);

/// Whether something lies there that is no file.
bool is_blocked(const QString& path);

/// The folder, for its owner only.
void make_folder(const QString& folder);

}  // namespace guildhall::client
