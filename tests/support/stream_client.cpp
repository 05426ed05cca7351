#include "tests/support/stream_client.h"

#include <algorithm>
#include <array>

namespace guildhall::tests {

using base::IoState;

StreamClient::StreamClient(std::unique_ptr<base::ByteStream> stream) : stream_(std::move(stream)) {
    stream_->when_readable([this] { read(); });
}

void StreamClient::send(std::string_view bytes) {
    unsent_ += bytes;
    if (!writing_) write();
}

void StreamClient::resume() {
    paused_ = false;
    read();
}

void StreamClient::close() { stream_->close(); }

void StreamClient::read() {
    std::array<char, 16384> buffer{};
    while (!paused_ && !ended) {
        const auto got = stream_->try_read(buffer);
        if (got.state == IoState::would_block) {
            stream_->when_readable([this] { read(); });
            return;
        }
        if (got.state == IoState::ok) {
            received.append(buffer.data(), got.bytes);
        } else {
            ended = true;
        }
    }
}

void StreamClient::write() {
    writing_ = false;
    while (!unsent_.empty()) {
        const auto put = base::try_write(*stream_, unsent_);
        if (put.state == IoState::would_block) {
            writing_ = true;
            stream_->when_writable([this] { write(); });
            return;
        }
        if (put.state != IoState::ok) {
            unsent_.clear();
            return;
        }
        unsent_.erase(0, put.bytes);
    }
}

std::string HttpReply::header(const std::string& lower_case_name) const {
    const auto at = headers.find(lower_case_name);
    return at == headers.end() ? std::string() : at->second;
}

std::optional<HttpReply> take_reply(StreamClient& client, bool to_head) {
    const auto end = client.received.find("\r\n\r\n");
    if (end == std::string::npos) return std::nullopt;
    HttpReply reply;
    reply.status = std::stoi(client.received.substr(9, 3));
    auto at = client.received.find("\r\n") + 2;
    while (at < end + 2) {
        const auto line_end = client.received.find("\r\n", at);
        const auto line = client.received.substr(at, line_end - at);
        const auto colon = line.find(':');
        auto name = line.substr(0, colon);
        std::transform(name.begin(), name.end(), name.begin(), [](unsigned char c) {
            return static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
        });
        reply.headers.emplace(name, line.substr(colon + 2));
        at = line_end + 2;
    }
    const auto length = reply.header("content-length");
    const std::size_t bytes = length.empty() || to_head ? 0 : std::stoul(length);
    if (client.received.size() < end + 4 + bytes) return std::nullopt;
    reply.body = client.received.substr(end + 4, bytes);
    client.received.erase(0, end + 4 + bytes);
    return reply;
}

std::uint16_t WsFrame::close_code() const {
    if (payload.size() < 2) return base::ws::kCloseNoStatus;
    return static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 |
                                      static_cast<std::uint8_t>(payload[1]));
}

std::optional<WsFrame> take_frame(StreamClient& client) {
    const std::string& in = client.received;
    const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(in[i]); };
    if (in.size() < 2) return std::nullopt;
    std::size_t header = 2;
    std::uint64_t bytes = byte(1) & 0x7f;
    if (bytes >= 126) {
        const std::size_t extra = bytes == 126 ? 2 : 8;
        header += extra;
        if (in.size() < header) return std::nullopt;
        bytes = 0;
        for (std::size_t i = 0; i < extra; ++i) bytes = bytes << 8 | byte(2 + i);
    }
    if (in.size() < header + bytes) return std::nullopt;
    WsFrame frame;
    frame.final = byte(0) & 0x80;
    frame.opcode = static_cast<base::ws::Opcode>(byte(0) & 15);
    frame.payload = in.substr(header, bytes);
    client.received.erase(0, header + bytes);
    return frame;
}

std::string upgrade_request(std::string_view target, std::string_view more_headers) {
    return "GET " + std::string(target) +
           " HTTP/1.1\r\nHost: localhost\r\nConnection: Upgrade\r\nUpgrade: websocket\r\n"
           "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n" +
           std::string(more_headers) + "\r\n";
}

}  // namespace guildhall::tests
