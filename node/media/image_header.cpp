#include "node/media/image_header.h"

#include <array>

namespace guildhall::media {
namespace {

using Bytes = std::string_view;

std::uint32_t byte_at(Bytes b, std::size_t at) {
    return at < b.size() ? static_cast<std::uint8_t>(b[at]) : 0;
}
std::uint32_t be16(Bytes b, std::size_t at) { return byte_at(b, at) << 8 | byte_at(b, at + 1); }
std::uint32_t be32(Bytes b, std::size_t at) { return be16(b, at) << 16 | be16(b, at + 2); }
std::uint32_t le16(Bytes b, std::size_t at) { return byte_at(b, at) | byte_at(b, at + 1) << 8; }
std::uint32_t le24(Bytes b, std::size_t at) { return le16(b, at) | byte_at(b, at + 2) << 16; }

// PNG (ISO/IEC 15948): IHDR is the first chunk; an acTL chunk before the data makes it an APNG.
FileKind png(Bytes b) {
    return {"image/png", be32(b, 16), be32(b, 20), b.substr(0, 4096).find("acTL") != b.npos};
}

// GIF89a: the logical screen descriptor; a NETSCAPE2.0 extension loops frames.
FileKind gif(Bytes b) {
    return {"image/gif", le16(b, 6), le16(b, 8), b.find("NETSCAPE2.0") != b.npos};
}

// WebP: VP8 (RFC 6386), VP8L and VP8X each say their size in another way.
FileKind webp(Bytes b) {
    const Bytes chunk = b.substr(12, 4);
    FileKind kind{"image/webp", 0, 0, false};
    if (chunk == "VP8X") {
        kind.width = le24(b, 24) + 1;
        kind.height = le24(b, 27) + 1;
        kind.animated = (byte_at(b, 20) & 2) != 0;
    } else if (chunk == "VP8L") {
        const std::uint32_t bits = le16(b, 21) | le16(b, 23) << 16;
        kind.width = (bits & 0x3fff) + 1;
        kind.height = (bits >> 14 & 0x3fff) + 1;
    } else if (chunk == "VP8 ") {
        kind.width = le16(b, 26) & 0x3fff;
        kind.height = le16(b, 28) & 0x3fff;
    }
    return kind;
}

// JPEG (ITU-T T.81): segments follow each other until a frame header (SOF0 to SOF15, without the
// three that are something else).
FileKind jpeg(Bytes b) {
    FileKind kind{"image/jpeg", 0, 0, false};
    for (std::size_t at = 2; at + 9 < b.size() && byte_at(b, at) == 0xff;) {
        const std::uint32_t marker = byte_at(b, at + 1);
        const bool frame =
            marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
        if (frame) {
            kind.height = be16(b, at + 5);
            kind.width = be16(b, at + 7);
            break;
        }
        at += 2 + be16(b, at + 2);
    }
    return kind;
}

struct Magic {
    std::size_t at;
    Bytes bytes;
    std::string_view type;
};
constexpr std::array kMagics = {
    Magic{4, "ftypavif", "image/avif"},
    Magic{4, "ftyp", "video/mp4"},
    Magic{0, "\x1a\x45\xdf\xa3", "video/webm"},
    Magic{0, "OggS", "audio/ogg"},
    Magic{0, "ID3", "audio/mpeg"},
    Magic{0, "fLaC", "audio/flac"},
    Magic{8, "WAVE", "audio/wav"},
    Magic{0, "%PDF-", "application/pdf"},
    Magic{0, "PK\x03\x04", "application/zip"},
    Magic{0, "\x1f\x8b", "application/gzip"},
};

/// No control characters but white space in its beginning, and nothing that a browser takes for
/// markup.
bool is_plain_text(Bytes b) {
    for (const char c : b.substr(0, 512)) {
        const auto u = static_cast<std::uint8_t>(c);
        if (u < 0x20 && c != '\n' && c != '\r' && c != '\t') return false;
        if (c == '<') return false;
    }
    return !b.empty();
}

}  // namespace

FileKind sniff(Bytes b) {
    if (b.starts_with("\x89PNG\r\n\x1a\n") && b.size() >= 24) return png(b);
    if ((b.starts_with("GIF89a") || b.starts_with("GIF87a")) && b.size() >= 10) return gif(b);
    if (b.starts_with("RIFF") && b.size() >= 30 && b.substr(8, 4) == "WEBP") return webp(b);
    if (b.starts_with("\xff\xd8\xff")) return jpeg(b);
    for (const Magic& magic : kMagics) {
        if (b.size() > magic.at && b.substr(magic.at).starts_with(magic.bytes)) {
            return {magic.type, 0, 0, false};
        }
    }
    if (is_plain_text(b)) return {"text/plain; charset=utf-8", 0, 0, false};
    return {};
}

bool is_safe_inline(std::string_view type) {
    if (type.starts_with("image/svg")) return false;
    return type.starts_with("image/") || type.starts_with("video/") || type.starts_with("audio/") ||
           type.starts_with("text/plain");
}

}  // namespace guildhall::media
