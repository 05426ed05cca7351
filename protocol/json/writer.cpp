#include "protocol/json/writer.h"

#include "protocol/timestamp.h"

#include <bit>
#include <cstring>

namespace guildhall::protocol {

namespace {

constexpr std::uint64_t kOnes = 0x0101010101010101ull;
constexpr std::uint64_t kHighs = 0x8080808080808080ull;

/// High bit of each byte of `word` that must be escaped: below 0x20, '"' or '\\'. The lowest set
/// one is exact; ones above it may be borrows, and are looked at again.
std::uint64_t escapes_in(std::uint64_t word) {
    auto zeros = [](std::uint64_t w) { return (w - kOnes) & ~w; };
    auto controls = (word - kOnes * 0x20) & ~word;
    return (controls | zeros(word ^ kOnes * '"') | zeros(word ^ kOnes * '\\')) & kHighs;
}

/// How many bytes of `text` need no escaping.
std::size_t clean_prefix(std::string_view text) {
    std::size_t at = 0;
    if constexpr (std::endian::native == std::endian::little) {
        for (; at + 8 <= text.size(); at += 8) {
            std::uint64_t word = 0;
            std::memcpy(&word, text.data() + at, 8);
            if (auto hit = escapes_in(word)) {
                return at + static_cast<std::size_t>(std::countr_zero(hit)) / 8;
            }
        }
    }
    for (; at < text.size(); ++at) {
        auto c = static_cast<unsigned char>(text[at]);
        if (c < 0x20 || c == '"' || c == '\\') break;
    }
    return at;
}

void append_escape(std::string& out, char c) {
    switch (c) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\r':
            out += "\\r";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\f':
            out += "\\f";
            return;
        default:
            break;
    }
    constexpr char kHex[] = "0123456789abcdef";
    auto byte = static_cast<unsigned char>(c);
    out += "\\u00";
    out += kHex[byte >> 4];
    out += kHex[byte & 15];
}

}  // namespace

void append_json_string(std::string& out, std::string_view text) {
    out += '"';
    while (true) {
        auto clean = clean_prefix(text);
        out += text.substr(0, clean);
        if (clean == text.size()) break;
        append_escape(out, text[clean]);
        text.remove_prefix(clean + 1);
    }
    out += '"';
}

JsonWriter& JsonWriter::timestamp(UnixMs ms) {
    separate();
    out_ += '"';
    append_timestamp(out_, ms);
    out_ += '"';
    return *this;
}

}  // namespace guildhall::protocol
