#pragma once
// Images in request bodies: `data:image/png;base64,...`. Pure functions; any thread.

#include <optional>
#include <string>
#include <string_view>

namespace guildhall::protocol {

struct DataUri {
    /// As the sender claims it: `image/png`.
    std::string media_type;
    std::string bytes;
};

/// Nothing when the text is no base64 data URI.
std::optional<DataUri> parse_data_uri(std::string_view text);

/// Standard or URL-safe alphabet, padded or not; nothing for anything else.
std::optional<std::string> decode_base64(std::string_view text);
/// The standard alphabet without padding, as in the first part of tokens.
std::string encode_base64(std::string_view bytes);
/// The URL-safe alphabet without padding.
std::string encode_base64url(std::string_view bytes);

/// The format that the first bytes say: "png", "jpg", "gif", "webp" or "avif"; empty for others.
std::string_view sniff_image(std::string_view bytes);

}  // namespace guildhall::protocol
