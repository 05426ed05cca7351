#include "tests/bench/common/ws_frame.h"

#include <array>
#include <cstring>
#include <openssl/evp.h>
#include <openssl/sha.h>

namespace guildhall::bench {

namespace {

constexpr char kFinalText = static_cast<char>(0x81);
constexpr char kMaskBit = static_cast<char>(0x80);

std::uint64_t read_big_endian(const char* bytes, int count) {
    std::uint64_t value = 0;
    for (int i = 0; i < count; i++) value = value << 8 | static_cast<std::uint8_t>(bytes[i]);
    return value;
}

void unmask(char* payload, std::size_t size, const char* mask) {
    if (read_big_endian(mask, 4) == 0) return;
    for (std::size_t i = 0; i < size; i++) payload[i] ^= mask[i & 3];
}

}  // namespace

bool parse_ws_frame(std::span<char> bytes, WsFrame& frame) {
    if (bytes.size() < 2) return false;
    const bool is_masked = (bytes[1] & kMaskBit) != 0;
    std::uint64_t size = static_cast<std::uint8_t>(bytes[1]) & 0x7f;
    std::size_t header = 2;
    if (size >= 126) {
        const int width = size == 126 ? 2 : 8;
        header += static_cast<std::size_t>(width);
        if (bytes.size() < header) return false;
        size = read_big_endian(&bytes[2], width);
    }
    if (is_masked) header += 4;
    if (bytes.size() < header + size) return false;
    if (is_masked) unmask(bytes.data() + header, size, bytes.data() + header - 4);
    frame.opcode = static_cast<WsOpcode>(bytes[0] & 15);
    frame.payload = {bytes.data() + header, size};
    frame.total_bytes = header + size;
    return true;
}

std::size_t write_ws_header(char* out, std::size_t payload_bytes) {
    out[0] = kFinalText;
    if (payload_bytes < 126) {
        out[1] = static_cast<char>(payload_bytes);
        return 2;
    }
    const int width = payload_bytes < 65536 ? 2 : 8;
    out[1] = static_cast<char>(width == 2 ? 126 : 127);
    for (int i = 0; i < width; i++) {
        out[2 + i] = static_cast<char>(payload_bytes >> 8 * (width - 1 - i));
    }
    return 2 + static_cast<std::size_t>(width);
}

std::string make_masked_text_frame(std::string_view payload) {
    std::array<char, kWsHeaderBytesMax> header;
    const auto header_bytes = write_ws_header(header.data(), payload.size());
    header[1] = static_cast<char>(header[1] | kMaskBit);
    std::string frame;
    frame.reserve(header_bytes + 4 + payload.size());
    frame.append(header.data(), header_bytes).append(4, '\0').append(payload);
    return frame;
}

std::string make_upgrade_answer(std::string_view websocket_key) {
    // RFC 6455, section 1.3.
    const std::string text = std::string(websocket_key) + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> hash;
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), hash.data());
    std::array<unsigned char, 32> accept;
    const int length = EVP_EncodeBlock(accept.data(), hash.data(), hash.size());
    return "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
           "Sec-WebSocket-Accept: " +
           std::string(reinterpret_cast<const char*>(accept.data()),
                       static_cast<std::size_t>(length)) +
           "\r\n\r\n";
}

}  // namespace guildhall::bench
