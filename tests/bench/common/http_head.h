// The head of an HTTP/1.1 message, requests and answers alike: only what floors and load need.
// Owner: nobody; the views point into the text that was parsed. Thread: any.
#pragma once
#include <cstddef>
#include <string_view>

namespace guildhall::bench {

struct HttpHead {
    std::string_view first_line;
    std::string_view authorization;
    std::string_view websocket_key;
    std::size_t head_bytes = 0;  // including the empty line
    std::size_t body_bytes = 0;  // from Content-Length

    std::size_t total_bytes() const { return head_bytes + body_bytes; }
};

// False while the head is incomplete. Every header is split and named without regard to case.
bool parse_http_head(std::string_view text, HttpHead& head);

}  // namespace guildhall::bench
