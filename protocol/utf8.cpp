#include "protocol/utf8.h"

#include <algorithm>

namespace guildhall::protocol {

namespace {

bool is_continuation(char c) { return (static_cast<unsigned char>(c) & 0xc0) == 0x80; }

/// The length of the well-formed sequence at the front of `s`; 0 when there is none. The ranges
/// are table 3-7 of the Unicode standard.
std::size_t sequence_length(std::string_view s) {
    auto byte = [&](std::size_t i) { return static_cast<unsigned char>(s[i]); };
    auto lead = byte(0);
    if (lead < 0x80) return 1;
    if (lead < 0xc2 || lead > 0xf4) return 0;
    std::size_t length = lead < 0xe0 ? 2 : lead < 0xf0 ? 3 : 4;
    if (s.size() < length) return 0;
    unsigned low = 0x80, high = 0xbf;
    if (lead == 0xe0) low = 0xa0;
    if (lead == 0xed) high = 0x9f;
    if (lead == 0xf0) low = 0x90;
    if (lead == 0xf4) high = 0x8f;
    if (byte(1) < low || byte(1) > high) return 0;
    for (std::size_t i = 2; i < length; ++i) {
        if (!is_continuation(s[i])) return 0;
    }
    return length;
}

}  // namespace

bool is_valid_utf8(std::string_view text) {
    while (!text.empty()) {
        auto length = sequence_length(text);
        if (length == 0) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::size_t code_points(std::string_view text) {
    return text.size() - static_cast<std::size_t>(std::ranges::count_if(text, is_continuation));
}

bool fits(std::string_view text, std::size_t max) {
    if (text.size() <= max) return true;
    if (text.size() > max * 4) return false;
    return code_points(text) <= max;
}

std::string_view first_code_points(std::string_view text, std::size_t max) {
    std::size_t at = 0;
    for (; at < text.size(); ++at) {
        if (!is_continuation(text[at]) && max-- == 0) break;
    }
    return text.substr(0, at);
}

char32_t next_code_point(std::string_view text, std::size_t& at) {
    auto lead = static_cast<unsigned char>(text[at++]);
    if (lead < 0x80) return lead;
    char32_t c = lead < 0xe0 ? lead & 0x1f : lead < 0xf0 ? lead & 0x0f : lead & 0x07;
    while (at < text.size() && is_continuation(text[at])) {
        c = (c << 6) | (static_cast<unsigned char>(text[at++]) & 0x3f);
    }
    return c;
}

void append_code_point(std::string& out, char32_t c) {
    auto put = [&](char32_t bits) { out += static_cast<char>(bits); };
    if (c < 0x80) {
        put(c);
    } else if (c < 0x800) {
        put(0xc0 | (c >> 6));
        put(0x80 | (c & 0x3f));
    } else if (c < 0x10000) {
        put(0xe0 | (c >> 12));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    } else {
        put(0xf0 | (c >> 18));
        put(0x80 | ((c >> 12) & 0x3f));
        put(0x80 | ((c >> 6) & 0x3f));
        put(0x80 | (c & 0x3f));
    }
}

bool is_space(char32_t c) {
    return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
           (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f ||
           c == 0x205f || c == 0x3000;
}

std::string_view trim(std::string_view text) {
    while (!text.empty()) {
        std::size_t at = 0;
        if (!is_space(next_code_point(text, at))) break;
        text.remove_prefix(at);
    }
    while (!text.empty()) {
        auto start = text.size() - 1;
        while (start > 0 && is_continuation(text[start])) --start;
        auto at = start;
        if (!is_space(next_code_point(text, at))) break;
        text.remove_suffix(text.size() - start);
    }
    return text;
}

}  // namespace guildhall::protocol
