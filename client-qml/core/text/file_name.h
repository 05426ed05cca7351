// Names of files that somebody else chose, for a folder of ours: one name, never a way to another
// place, not hidden, not a device, shown as it is read, of a length that every disk takes. Plain
// functions; any thread.
#pragma once

#include <QString>

namespace guildhall::client::text {

// In UTF-8: what file systems take, less what "(2)" and a temporary file's name add.
inline constexpr int kFileNameBytesMax = 200;

// `fallback` where nothing is left.
QString safe_file_name(const QString& name, const QString& fallback);

// "name (2).ext" and so on.
QString numbered_file_name(const QString& name, int number);

// Whether opening such a file would run it, or a page with scripts in it: by its last suffix.
bool is_program_name(const QString& name);

}  // namespace guildhall::client::text
