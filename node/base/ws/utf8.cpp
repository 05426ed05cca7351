#include "node/base/ws/utf8.h"

#include <cstring>

namespace guildhall::base::ws {

namespace {

/// Past the ASCII at the front, as far as it goes eight bytes at a time.
const char* skip_ascii(const char* at, const char* end) {
    std::uint64_t eight = 0;
    for (; end - at >= 8; at += 8) {
        std::memcpy(&eight, at, 8);
        if (eight & 0x8080808080808080ull) break;
    }
    return at;
}

}  // namespace

// Björn Höhrmann's observation, as ranges: only the byte after a lead byte has a range of its own
// (E0, ED, F0, F4 narrow it against overlong forms, surrogates and the end of Unicode).
inline bool Utf8Validator::begin(std::uint8_t lead) {
    if (lead < 0x80) return true;
    if (lead < 0xc2 || lead > 0xf4) return false;
    pending_ = lead < 0xe0 ? 1 : lead < 0xf0 ? 2 : 3;
    if (lead == 0xe0) low_ = 0xa0;
    if (lead == 0xed) high_ = 0x9f;
    if (lead == 0xf0) low_ = 0x90;
    if (lead == 0xf4) high_ = 0x8f;
    return true;
}

inline bool Utf8Validator::go_on(std::uint8_t byte) {
    if (byte < low_ || byte > high_) return false;
    --pending_;
    low_ = 0x80;
    high_ = 0xbf;
    return true;
}

bool Utf8Validator::feed(std::string_view bytes) {
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (valid_) {
        if (pending_ == 0) at = skip_ascii(at, end);
        if (at == end) break;
        const auto byte = static_cast<std::uint8_t>(*at++);
        valid_ = pending_ == 0 ? begin(byte) : go_on(byte);
    }
    return valid_;
}

bool is_utf8(std::string_view text) {
    Utf8Validator validator;
    return validator.feed(text) && validator.is_complete();
}

}  // namespace guildhall::base::ws
