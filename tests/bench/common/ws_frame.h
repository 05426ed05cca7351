// WebSocket frames as floors and load need them: whole, unfragmented, at most 4 GiB.
// Owner: nobody; payloads point into the buffer that was parsed. Thread: any.
#pragma once
#include <cstddef>
#include <cstdint>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::bench {

enum class WsOpcode : std::uint8_t { kText = 1, kBinary = 2, kClose = 8, kPing = 9, kPong = 10 };

constexpr std::size_t kWsHeaderBytesMax = 10;

struct WsFrame {
    WsOpcode opcode{};
    std::string_view payload;
    std::size_t total_bytes = 0;
};

// False while the frame is incomplete. Unmasks in place.
bool parse_ws_frame(std::span<char> bytes, WsFrame& frame);

// Writes the header of an unmasked text frame; returns its length.
std::size_t write_ws_header(char* out, std::size_t payload_bytes);

// A whole frame as a client must send it. The mask is zero, so that the payload stays readable and
// no time is spent on it.
std::string make_masked_text_frame(std::string_view payload);

// The answer to an upgrade request with this key.
std::string make_upgrade_answer(std::string_view websocket_key);

}  // namespace guildhall::bench
