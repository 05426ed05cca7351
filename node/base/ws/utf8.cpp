#include "node/base/ws/utf8.h"

#include <cstring>

namespace guildhall::base::ws {

// Björn Höhrmann's observation, as ranges: only the byte after a lead byte has a range of its own
// (E0, ED, F0, F4 narrow it against overlong forms, surrogates and the end of Unicode).
bool Utf8Validator::feed(std::string_view bytes) {
    if (!valid_) return false;
    const char* at = bytes.data();
    const char* const end = at + bytes.size();
    while (at != end) {
        if (pending_ == 0) {
            std::uint64_t eight = 0;
            while (end - at >= 8) {
                std::memcpy(&eight, at, 8);
                if (eight & 0x8080808080808080ull) break;
                at += 8;
            }
            if (at == end) break;
        }
        const auto c = static_cast<std::uint8_t>(*at++);
        if (pending_ != 0) {
            if (c < low_ || c > high_) return valid_ = false;
            --pending_;
            low_ = 0x80;
            high_ = 0xbf;
        } else if (c >= 0x80) {
            if (c < 0xc2 || c > 0xf4) return valid_ = false;
            pending_ = c < 0xe0 ? 1 : c < 0xf0 ? 2 : 3;
            if (c == 0xe0) low_ = 0xa0;
            if (c == 0xed) high_ = 0x9f;
            if (c == 0xf0) low_ = 0x90;
            if (c == 0xf4) high_ = 0x8f;
        }
    }
    return true;
}

bool is_utf8(std::string_view text) {
    Utf8Validator validator;
    return validator.feed(text) && validator.is_complete();
}

}  // namespace guildhall::base::ws
