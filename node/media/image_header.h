#pragma once
// What a file is, told from its first bytes: media type and, for images, the dimensions that its
// header claims. Nothing is decoded. Hostile input; pure; any thread.

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace guildhall::media {

struct FileKind {
    /// Of static storage; application/octet-stream when unknown.
    std::string_view content_type = "application/octet-stream";
    std::uint32_t width = 0, height = 0;
    bool animated = false;
};

/// Enough for every header that sniff() looks into.
inline constexpr std::size_t kSniffBytes = 4096;

FileKind sniff(std::string_view bytes);

/// Whether a browser may show it in place: images, audio, video and plain text; never HTML or SVG.
bool is_safe_inline(std::string_view content_type);

}  // namespace guildhall::media
