#include "protocol/data_uri.h"

#include <array>
#include <cstdint>

namespace guildhall::protocol {

namespace {

constexpr std::string_view kStandard =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
constexpr std::string_view kUrlSafe =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/// The value of each base64 character in either alphabet; -1 for others.
constexpr auto kValues = [] {
    std::array<std::int8_t, 256> table{};
    table.fill(-1);
    for (std::size_t i = 0; i < 64; ++i) {
        table[static_cast<unsigned char>(kStandard[i])] = static_cast<std::int8_t>(i);
        table[static_cast<unsigned char>(kUrlSafe[i])] = static_cast<std::int8_t>(i);
    }
    return table;
}();

std::string encode(std::string_view bytes, std::string_view alphabet) {
    std::string out;
    out.reserve((bytes.size() * 4 + 2) / 3);
    std::uint32_t bits = 0;
    int count = 0;
    for (unsigned char c : bytes) {
        bits = (bits << 8) | c;
        for (count += 8; count >= 6; count -= 6) out += alphabet[bits >> (count - 6) & 63];
    }
    if (count > 0) out += alphabet[bits << (6 - count) & 63];
    return out;
}

}  // namespace

std::optional<std::string> decode_base64(std::string_view text) {
    for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
    if (text.size() % 4 == 1) return std::nullopt;
    std::string out;
    out.reserve(text.size() * 3 / 4);
    std::uint32_t bits = 0;
    int count = 0;
    for (unsigned char c : text) {
        if (kValues[c] < 0) return std::nullopt;
        bits = (bits << 6) | static_cast<std::uint32_t>(kValues[c]);
        if ((count += 6) >= 8) {
            count -= 8;
            out += static_cast<char>(bits >> count & 0xff);
        }
    }
    return out;
}

std::string encode_base64(std::string_view bytes) { return encode(bytes, kStandard); }
std::string encode_base64url(std::string_view bytes) { return encode(bytes, kUrlSafe); }

std::optional<DataUri> parse_data_uri(std::string_view text) {
    if (!text.starts_with("data:")) return std::nullopt;
    text.remove_prefix(5);
    auto comma = text.find(',');
    if (comma == std::string_view::npos) return std::nullopt;
    auto head = text.substr(0, comma);
    constexpr std::string_view kMark = ";base64";
    if (!head.ends_with(kMark)) return std::nullopt;
    head.remove_suffix(kMark.size());
    auto bytes = decode_base64(text.substr(comma + 1));
    if (!bytes) return std::nullopt;
    return DataUri{std::string(head), std::move(*bytes)};
}

std::string_view sniff_image(std::string_view bytes) {
    if (bytes.starts_with("\x89PNG\r\n\x1a\n")) return "png";
    if (bytes.starts_with("\xff\xd8\xff")) return "jpg";
    if (bytes.starts_with("GIF87a") || bytes.starts_with("GIF89a")) return "gif";
    if (bytes.size() >= 12 && bytes.starts_with("RIFF") && bytes.substr(8, 4) == "WEBP") {
        return "webp";
    }
    if (bytes.size() >= 12 && bytes.substr(4, 8) == "ftypavif") return "avif";
    return {};
}

}  // namespace guildhall::protocol
