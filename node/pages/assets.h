#pragma once
// Assets: the files that pages refer to, in the program itself, so that a node serves them without
// a folder beside it and without any other host. What is large is kept compressed. Immutable; any
// thread.

#include <span>
#include <string>
#include <string_view>

namespace guildhall::pages {

struct Asset {
    std::string_view path;
    std::string_view type;
    std::string_view bytes;
    /// `bytes` are gzip.
    bool compressed = false;
};

std::span<const Asset> assets();
/// Null when there is none.
const Asset* find_asset(std::string_view path);
/// Whether the build brought the viewer of /docs along (it needs npm).
bool has_viewer();

}  // namespace guildhall::pages
