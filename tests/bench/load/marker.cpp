#include "tests/bench/load/marker.h"

#include <charconv>
#include <cstdio>

namespace guildhall::bench {

namespace {

constexpr std::string_view kStart = "~gh:";
constexpr std::size_t kNumberDigits = 8;
constexpr std::size_t kTimeDigits = 16;
constexpr std::size_t kMarkerBytes = kStart.size() + kNumberDigits + 1 + kTimeDigits + 1;
constexpr std::uint64_t kVocabulary = 4096;

// Appends a pronounceable word that depends on the number only.
void append_word(std::string& out, std::uint64_t number) {
    constexpr std::string_view consonants = "bdfghklmnprstvwz";
    constexpr std::string_view vowels = "aeio";
    for (std::uint64_t rest = number + 1; rest != 0; rest /= 64) {
        out += consonants[rest % 16];
        out += vowels[rest / 16 % 4];
    }
}

// Splitmix64: the same messages in every run.
std::uint64_t scramble(std::uint64_t value) {
    value += 0x9e3779b97f4a7c15;
    value = (value ^ value >> 30) * 0xbf58476d1ce4e5b9;
    value = (value ^ value >> 27) * 0x94d049bb133111eb;
    return value ^ value >> 31;
}

void append_words(std::string& out, std::uint64_t seed, std::size_t size) {
    out.reserve(size + 16);
    while (out.size() < size) {
        seed = scramble(seed);
        append_word(out, seed % kVocabulary);
        out += ' ';
    }
    out.resize(size);
    if (!out.empty() && out.back() == ' ') out.back() = '.';  // servers may trim
}

bool read_marker(std::string_view text, Marker& marker) {
    if (text.size() < kMarkerBytes || !text.starts_with(kStart)) return false;
    const char* number = text.data() + kStart.size();
    const char* time = number + kNumberDigits + 1;
    std::from_chars(number, number + kNumberDigits, marker.number, 16);
    std::from_chars(time, time + kTimeDigits, marker.due_ns, 16);
    return true;
}

}  // namespace

std::string make_marked_content(const Marker& marker, std::size_t size) {
    char text[kMarkerBytes + 1];
    std::snprintf(text,
                  sizeof text,
                  "~gh:%08llx:%016llx~",
                  static_cast<unsigned long long>(marker.number),
                  static_cast<unsigned long long>(marker.due_ns));
    std::string content(text, kMarkerBytes);
    append_words(content, marker.number, size);
    return content;
}

std::string make_content(std::uint64_t number, std::size_t size) {
    std::string content;
    append_words(content, number, size);
    return content;
}

bool find_marker(std::string_view frame, std::size_t& hint, Marker& marker) {
    if (hint < frame.size() && read_marker(frame.substr(hint), marker)) return true;
    const auto at = frame.find(kStart);
    if (at == frame.npos) return false;
    hint = at;
    return read_marker(frame.substr(at), marker);
}

}  // namespace guildhall::bench
