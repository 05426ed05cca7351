#include "node/base/wait.h"
#include "node/base/ws/handshake.h"
#include "node/base/ws/stream.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/core/string.hpp>
#include <boost/beast/http/empty_body.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/rfc7230.hpp>

#include <algorithm>
#include <openssl/evp.h>
#include <utility>

namespace guildhall::base::ws {

namespace beast_http = boost::beast::http;

namespace {

/// Of the answer to the handshake.
constexpr std::size_t kHeadBytesMax = 8 * 1024;
constexpr std::size_t kKeyBytes = 16;

std::string make_key(Rng& rng) {
    const std::string bytes = rng.bytes(kKeyBytes);
    unsigned char text[4 * ((kKeyBytes + 2) / 3) + 1];
    const int length = EVP_EncodeBlock(
        text, reinterpret_cast<const unsigned char*>(bytes.data()), static_cast<int>(kKeyBytes));
    return {reinterpret_cast<const char*>(text), static_cast<std::size_t>(length)};
}

/// Nothing that would end a header line or a word of the request line.
bool is_plain(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < 0x7f; });
}

/// Why the answer is none to a handshake with `key`; empty when it is.
std::string fault_of(std::string_view head, const std::string& key) {
    beast_http::response_parser<beast_http::empty_body> parser;
    parser.header_limit(kHeadBytesMax);
    boost::system::error_code failed;
    parser.put(boost::asio::buffer(head.data(), head.size()), failed);
    if (failed || !parser.is_header_done()) return "the answer is no sound HTTP";
    const auto& answer = parser.get();
    if (answer.result_int() != 101) {
        return "answered with status " + std::to_string(answer.result_int());
    }
    using beast_http::field;
    const bool is_upgrade = boost::beast::iequals(answer[field::upgrade], "websocket") &&
                            beast_http::token_list(answer[field::connection]).exists("upgrade") &&
                            answer.count(field::sec_websocket_accept) == 1 &&
                            std::string(answer[field::sec_websocket_accept]) == accept_key(key);
    if (!is_upgrade) return "the answer is no WebSocket's";
    // We asked for neither, so neither may be answered (4.1).
    if (answer.count(field::sec_websocket_extensions) + answer.count(field::sec_websocket_protocol))
        return "the answer has extensions that were not asked for";
    return {};
}

/// The head of the answer, and what came behind it.
Task<Result<std::pair<std::string, std::string>>> read_head(Shard& shard,
                                                            ByteStream& stream,
                                                            Deadline deadline) {
    constexpr std::string_view kEnd = "\r\n\r\n";
    std::string read;
    for (;;) {
        const auto buffer = shard.read_buffer();
        const IoResult got = stream.try_read(buffer);
        if (got.state == IoState::would_block) {
            if (co_await until_readable(shard, stream, deadline)) continue;
            co_return Error{.status = 504, .message = "no answer to the handshake in time"};
        }
        if (got.state != IoState::ok || deadline.has_passed(shard.clock())) {
            co_return Error{.status = 502, .message = "the connection was lost in the handshake"};
        }
        const std::size_t from = read.size() < kEnd.size() ? 0 : read.size() - kEnd.size();
        read.append(buffer.data(), got.bytes);
        const auto end = read.find(kEnd, from);
        if (end != read.npos) {
            std::string rest = read.substr(end + kEnd.size());
            read.resize(end + kEnd.size());
            co_return std::pair(std::move(read), std::move(rest));
        }
        if (read.size() > kHeadBytesMax) {
            co_return Error{.status = 502, .message = "the answer to the handshake is too long"};
        }
    }
}

}  // namespace

Task<Result<std::unique_ptr<ByteStream>>> open_client_stream(Shard& shard,
                                                             std::unique_ptr<ByteStream> below,
                                                             ClientOptions options,
                                                             Rng& rng) {
    if (!is_plain(options.host) || !is_plain(options.target)) {
        co_return Error{.status = 400, .message = "not an address of a WebSocket"};
    }
    const Deadline deadline = Deadline::after(shard.clock(), options.limit);
    const std::string key = make_key(rng);
    std::string request = "GET " + options.target + " HTTP/1.1\r\nHost: " + options.host +
                          "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: " +
                          key + "\r\n\r\n";
    if (!co_await write_all(shard, *below, std::move(request), deadline)) {
        co_return Error{.status = 502, .message = "the connection was lost in the handshake"};
    }
    CO_TRY(const auto head, co_await read_head(shard, *below, deadline));
    const std::string fault = fault_of(head.first, key);
    if (!fault.empty()) co_return Error{.status = 502, .message = fault};
    StreamOptions stream;
    stream.role = Role::client;
    stream.rng = &rng;
    stream.already_read = head.second;
    co_return make_stream(shard, std::move(below), stream);
}

}  // namespace guildhall::base::ws
