#include "node/base/ws/handshake.h"

#include <algorithm>
#include <openssl/evp.h>

namespace guildhall::base::ws {
namespace {

/// RFC 6455, section 1.3.
constexpr std::string_view kGuid = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";

/// The base64 of 16 bytes.
bool is_key(std::string_view key) {
    const auto is_base64 = [](char c) {
        return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
               c == '+' || c == '/';
    };
    return key.size() == 24 && key.ends_with("==") &&
           std::all_of(key.begin(), key.end() - 2, is_base64);
}

}  // namespace

bool wants_upgrade(const http::Request& request) {
    return request.method == http::Method::get && request.version >= 11 &&
           request.header_has_token("Upgrade", "websocket") &&
           request.header_has_token("Connection", "Upgrade");
}

std::optional<http::Response> refuse_handshake(const http::Request& request) {
    if (request.header("Sec-WebSocket-Version") != "13") {
        auto response = http::Response::error(426, 0, "only WebSocket version 13 is spoken here");
        response.add_header("Sec-WebSocket-Version", "13");
        response.add_header("Upgrade", "websocket");
        return response;
    }
    if (!is_key(request.header("Sec-WebSocket-Key"))) {
        return http::Response::error(400, 0, "Sec-WebSocket-Key is not a key");
    }
    return std::nullopt;
}

std::string accept_key(std::string_view key) {
    const std::string joined = std::string(key) + std::string(kGuid);
    unsigned char digest[EVP_MAX_MD_SIZE];
    unsigned digest_bytes = 0;
    EVP_Digest(joined.data(), joined.size(), digest, &digest_bytes, EVP_sha1(), nullptr);
    char text[4 * EVP_MAX_MD_SIZE / 3 + 8];
    const int text_bytes = EVP_EncodeBlock(
        reinterpret_cast<unsigned char*>(text), digest, static_cast<int>(digest_bytes));
    return std::string(text, static_cast<std::size_t>(text_bytes));
}

std::string switching_protocols(const http::Request& request) {
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           accept_key(request.header("Sec-WebSocket-Key")) + "\r\n\r\n";
}

}  // namespace guildhall::base::ws
