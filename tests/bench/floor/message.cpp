#include "tests/bench/floor/message.h"

#include <charconv>
#include <cstdio>
#include <ctime>

namespace guildhall::bench {

namespace {

constexpr std::int64_t kEpochMs = 1420070400000;

void append_id(std::string& out, std::int64_t id) {
    out += '"';
    append_number(out, static_cast<std::uint64_t>(id));
    out += '"';
}

void append_text(std::string& out, std::string_view text) {
    out += '"';
    std::size_t start = 0;
    for (std::size_t i = 0; i < text.size(); i++) {
        const auto c = static_cast<unsigned char>(text[i]);
        if (c >= 0x20 && c != '"' && c != '\\') continue;
        out.append(text.substr(start, i - start));
        char escaped[8];
        std::snprintf(escaped, sizeof escaped, "\\u%04x", c);
        out += escaped;
        start = i + 1;
    }
    out.append(text.substr(start));
    out += '"';
}

void append_time(std::string& out, std::int64_t ms) {
    static thread_local std::time_t cached_second = 0;
    static thread_local char cached_text[40];
    const auto second = static_cast<std::time_t>(ms / 1000);
    if (second != cached_second) {
        cached_second = second;
        std::tm parts{};
        gmtime_r(&second, &parts);
        std::strftime(cached_text, sizeof cached_text, "%Y-%m-%dT%H:%M:%S", &parts);
    }
    char fraction[20];
    std::snprintf(fraction, sizeof fraction, ".%03d000+00:00", static_cast<int>(ms % 1000));
    out.append("\"").append(cached_text).append(fraction).append("\"");
}

}  // namespace

std::int64_t SnowflakeSource::next() {
    timespec time{};
    clock_gettime(CLOCK_REALTIME, &time);
    const std::int64_t ms = time.tv_sec * 1000 + time.tv_nsec / 1'000'000;
    const std::int64_t id = (ms - kEpochMs) << 22;
    last_ = id > last_ ? id : last_ + 1;
    return last_;
}

void append_number(std::string& out, std::uint64_t value) {
    char digits[24];
    const auto end = std::to_chars(digits, digits + sizeof digits, value).ptr;
    out.append(digits, end);
}

void append_message_json(std::string& out, const Message& message, std::string_view content) {
    out += R"({"type":0,"tts":false,"timestamp":)";
    append_time(out, (message.id >> 22) + kEpochMs);
    out += R"(,"pinned":false,)";
    if (!message.nonce.empty()) {
        out += R"("nonce":)";
        append_text(out, message.nonce);
        out += ',';
    }
    out += R"("mentions":[],"mention_roles":[],"mention_everyone":false,"id":)";
    append_id(out, message.id);
    out += R"(,"flags":0,"embeds":[],"edited_timestamp":null,"content":)";
    append_text(out, content);
    out += R"(,"components":[],"channel_id":)";
    append_id(out, message.channel_id);
    out += R"(,"author":{"username":"someuser","public_flags":0,"id":)";
    append_id(out, message.author_id);
    out += R"(,"global_name":"Some User","discriminator":"0","avatar":null},"attachments":[]})";
}

}  // namespace guildhall::bench
