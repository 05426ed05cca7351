// Any bytes as what a WebSocket client sends. The decoder must come to the same end however the
// bytes are cut.
#include "node/base/ws/codec.h"
#include "protocol/check.h"

#include <cstddef>
#include <cstdint>
#include <string>

using namespace guildhall::base::ws;

namespace {

constexpr std::uint32_t kMessageBytesMax = 4096;

/// Writes down all it is told.
struct Transcript final : FrameSink {
    void on_text_or_binary(std::string_view payload, bool binary) override {
        CHECK(payload.size() <= kMessageBytesMax);
        text += binary ? "\nbinary " : "\ntext ";
        text += payload;
    }
    void on_ping(std::string_view payload) override { text += "\nping " + std::string(payload); }
    void on_pong(std::string_view payload) override { text += "\npong " + std::string(payload); }
    void on_close_frame(std::uint16_t code, std::string_view reason) override {
        text += "\nclose " + std::to_string(code) + " " + std::string(reason);
        closed = true;
    }
    bool wants_more() const override { return !closed; }

    std::string text;
    bool closed = false;
};

Transcript decode(std::string bytes, std::size_t piece) {
    Transcript transcript;
    Decoder decoder(kMessageBytesMax);
    for (std::size_t at = 0; at < bytes.size() && !transcript.closed; at += piece) {
        const std::size_t n = std::min(piece, bytes.size() - at);
        if (const auto fault = decoder.feed(std::span(bytes).subspan(at, n), transcript)) {
            transcript.text += "\nfault " + std::to_string(*fault);
            break;
        }
    }
    return transcript;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::string bytes(reinterpret_cast<const char*>(data) + 1, size - 1);
    const std::string whole = decode(bytes, bytes.size() + 1).text;
    const std::string pieces = decode(bytes, data[0] % 16 + 1).text;
    CHECK(whole == pieces);
    return 0;
}
