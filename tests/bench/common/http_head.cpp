#include "tests/bench/common/http_head.h"

#include <charconv>
#include <strings.h>

namespace guildhall::bench {

namespace {

bool is_named(std::string_view name, std::string_view wanted) {
    return name.size() == wanted.size() &&
           strncasecmp(name.data(), wanted.data(), name.size()) == 0;
}

void read_header(std::string_view line, HttpHead& head) {
    const auto colon = line.find(':');
    if (colon == line.npos) return;
    const auto name = line.substr(0, colon);
    auto value = line.substr(colon + 1);
    while (!value.empty() && value.front() == ' ') value.remove_prefix(1);
    if (is_named(name, "content-length")) {
        std::from_chars(value.data(), value.data() + value.size(), head.body_bytes);
    } else if (is_named(name, "authorization")) {
        head.authorization = value;
    } else if (is_named(name, "sec-websocket-key")) {
        head.websocket_key = value;
    }
}

}  // namespace

bool parse_http_head(std::string_view text, HttpHead& head) {
    const auto end = text.find("\r\n\r\n");
    if (end == text.npos) return false;
    head = HttpHead{};
    head.head_bytes = end + 4;
    auto start = text.find("\r\n");
    head.first_line = text.substr(0, start);
    while (start < end) {
        start += 2;
        const auto stop = text.find("\r\n", start);
        read_header(text.substr(start, stop - start), head);
        start = stop;
    }
    return true;
}

}  // namespace guildhall::bench
