#include "node/base/ws/codec.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <utility>

namespace guildhall::base::ws {
namespace {

constexpr std::size_t kControlBytesMax = 125;
constexpr std::size_t kHeaderBytesMax = 14;

bool is_control(Opcode opcode) { return static_cast<std::uint8_t>(opcode) & 8; }

/// XORs `data` with the mask, which is at `phase` of its four bytes.
void unmask(std::span<char> data, const std::array<char, 4>& mask, std::size_t phase) {
    std::array<char, 4> turned{};
    for (std::size_t i = 0; i < 4; ++i) turned[i] = mask[(phase + i) & 3];
    std::uint32_t word = 0;
    std::memcpy(&word, turned.data(), 4);
    const std::uint64_t wide = word | static_cast<std::uint64_t>(word) << 32;
    std::size_t i = 0;
    for (; i + 8 <= data.size(); i += 8) {
        std::uint64_t v = 0;
        std::memcpy(&v, data.data() + i, 8);
        v ^= wide;
        std::memcpy(data.data() + i, &v, 8);
    }
    for (; i < data.size(); ++i) data[i] ^= turned[i & 3];
}

}  // namespace

struct Decoder::Header {
    Opcode opcode = Opcode::continuation;
    bool final = false;
    bool reserved_bits = false;
    bool masked = false;
    std::array<char, 4> mask{};
    std::uint64_t payload_bytes = 0;
    std::size_t header_bytes = 0;

    /// Nothing when `data` does not hold the whole header yet.
    static std::optional<Header> parse(std::span<const char> data) {
        if (data.size() < 2) return std::nullopt;
        const auto byte = [&](std::size_t i) { return static_cast<std::uint8_t>(data[i]); };
        Header header;
        header.final = byte(0) & 0x80;
        header.reserved_bits = byte(0) & 0x70;
        header.opcode = static_cast<Opcode>(byte(0) & 0x0f);
        header.masked = byte(1) & 0x80;
        const unsigned length = byte(1) & 0x7f;
        const std::size_t extra = length == 127 ? 8 : length == 126 ? 2 : 0;
        header.header_bytes = 2 + extra + (header.masked ? 4 : 0);
        if (data.size() < header.header_bytes) return std::nullopt;
        header.payload_bytes = length;
        if (extra != 0) header.payload_bytes = 0;
        for (std::size_t i = 0; i < extra; ++i) {
            header.payload_bytes = header.payload_bytes << 8 | byte(2 + i);
        }
        if (header.masked) std::memcpy(header.mask.data(), data.data() + 2 + extra, 4);
        return header;
    }
};

/// Where a connection stands between frames of a message, or inside a frame.
struct Decoder::Partial {
    std::array<char, kHeaderBytesMax> header_bytes{};
    std::size_t header_have = 0;
    bool in_payload = false;
    Header frame;
    std::uint64_t payload_have = 0;

    bool in_message = false;
    bool binary = false;
    std::string message;
    Utf8Validator text;
    std::string control;
};

bool is_close_code_valid(std::uint16_t code) {
    if (code >= 3000 && code <= 4999) return true;
    return code >= 1000 && code <= 1014 && code != 1004 && code != 1005 && code != 1006;
}

Decoder::Decoder(std::uint32_t message_bytes_max, Role role)
    : message_bytes_max_(message_bytes_max), role_(role) {}
Decoder::~Decoder() = default;

std::optional<std::uint16_t> Decoder::feed(std::span<char> data, FrameSink& sink) {
    while (!data.empty() && sink.wants_more()) {
        if (partial_) {
            if (const auto fault = feed_partial(data, sink)) return fault;
            continue;
        }
        const auto header = Header::parse(data);
        if (header) {
            if (const auto fault = check(*header)) return fault;
        }
        const bool whole = header && header->final && header->opcode != Opcode::continuation &&
                           data.size() - header->header_bytes >= header->payload_bytes;
        if (!whole) {
            partial_ = std::make_unique<Partial>();
            continue;
        }
        // The usual case, a whole message in the read buffer, is never copied.
        const auto payload = data.subspan(header->header_bytes, header->payload_bytes);
        data = data.subspan(header->header_bytes + header->payload_bytes);
        if (header->masked) unmask(payload, header->mask, 0);
        const std::string_view view(payload.data(), payload.size());
        if (is_control(header->opcode)) {
            if (const auto fault = deliver_control(header->opcode, view, sink)) return fault;
            continue;
        }
        const bool binary = header->opcode == Opcode::binary;
        if (!binary && !is_utf8(view)) return kCloseBadText;
        sink.on_text_or_binary(view, binary);
    }
    return std::nullopt;
}

std::optional<std::uint16_t> Decoder::feed_partial(std::span<char>& data, FrameSink& sink) {
    Partial& p = *partial_;
    if (!p.in_payload) {
        const auto before = p.header_have;
        const auto n = std::min(kHeaderBytesMax - before, data.size());
        std::memcpy(p.header_bytes.data() + before, data.data(), n);
        const auto header = Header::parse({p.header_bytes.data(), before + n});
        if (!header) {
            p.header_have += n;
            data = data.subspan(n);
            return std::nullopt;
        }
        data = data.subspan(header->header_bytes - before);
        if (const auto fault = check(*header)) return fault;
        begin(*header);
    }
    if (const auto fault = take_payload(data)) return fault;
    if (p.payload_have < p.frame.payload_bytes) return std::nullopt;
    return finish_frame(sink);
}

/// What is wrong with a frame by its header alone.
std::optional<std::uint16_t> Decoder::check(const Header& header) const {
    // A client masks every frame and a server none (5.1); no extension gave the reserved bits a
    // meaning (5.2).
    if (header.reserved_bits || header.masked != (role_ == Role::server)) {
        return kCloseProtocolError;
    }
    const bool in_message = partial_ && partial_->in_message;
    switch (header.opcode) {
        case Opcode::text:
        case Opcode::binary:
            if (in_message) return kCloseProtocolError;
            break;
        case Opcode::continuation:
            if (!in_message) return kCloseProtocolError;
            break;
        case Opcode::close:
        case Opcode::ping:
        case Opcode::pong:
            if (!header.final || header.payload_bytes > kControlBytesMax) {
                return kCloseProtocolError;
            }
            return std::nullopt;
        default:
            return kCloseProtocolError;
    }
    const std::uint64_t have = in_message ? partial_->message.size() : 0;
    if (header.payload_bytes > message_bytes_max_ - have) return kCloseTooBig;
    return std::nullopt;
}

void Decoder::begin(const Header& header) {
    Partial& p = *partial_;
    p.frame = header;
    p.in_payload = true;
    p.payload_have = 0;
    p.header_have = 0;
    if (header.opcode == Opcode::text || header.opcode == Opcode::binary) {
        p.in_message = true;
        p.binary = header.opcode == Opcode::binary;
    }
}

std::optional<std::uint16_t> Decoder::take_payload(std::span<char>& data) {
    Partial& p = *partial_;
    const auto n = static_cast<std::size_t>(
        std::min<std::uint64_t>(p.frame.payload_bytes - p.payload_have, data.size()));
    const auto payload = data.first(n);
    data = data.subspan(n);
    if (p.frame.masked) unmask(payload, p.frame.mask, p.payload_have & 3);
    p.payload_have += n;
    const std::string_view view(payload.data(), n);
    if (is_control(p.frame.opcode)) {
        p.control += view;
        return std::nullopt;
    }
    p.message += view;
    // At once, not at the end: text that cannot become valid is refused as it comes in.
    if (!p.binary && !p.text.feed(view)) return kCloseBadText;
    return std::nullopt;
}

std::optional<std::uint16_t> Decoder::finish_frame(FrameSink& sink) {
    Partial& p = *partial_;
    p.in_payload = false;
    if (is_control(p.frame.opcode)) {
        const std::string payload = std::exchange(p.control, {});
        const Opcode opcode = p.frame.opcode;
        if (!p.in_message) partial_.reset();
        return deliver_control(opcode, payload, sink);
    }
    if (!p.frame.final) return std::nullopt;
    if (!p.binary && !p.text.is_complete()) return kCloseBadText;
    // Before the call, so that the connection owns nothing while the message is handled.
    const auto done = std::move(partial_);
    sink.on_text_or_binary(done->message, done->binary);
    return std::nullopt;
}

std::optional<std::uint16_t> Decoder::deliver_control(Opcode opcode,
                                                      std::string_view payload,
                                                      FrameSink& sink) {
    if (opcode == Opcode::ping) sink.on_ping(payload);
    if (opcode == Opcode::pong) sink.on_pong(payload);
    if (opcode != Opcode::close) return std::nullopt;
    std::uint16_t code = kCloseNoStatus;
    std::string_view reason;
    if (payload.size() == 1) return kCloseProtocolError;
    if (payload.size() >= 2) {
        code = static_cast<std::uint16_t>(static_cast<std::uint8_t>(payload[0]) << 8 |
                                          static_cast<std::uint8_t>(payload[1]));
        reason = payload.substr(2);
        if (!is_close_code_valid(code)) return kCloseProtocolError;
        if (!is_utf8(reason)) return kCloseBadText;
    }
    sink.on_close_frame(code, reason);
    return std::nullopt;
}

std::size_t write_frame_header(char* out, Opcode opcode, std::uint64_t payload_bytes) {
    out[0] = static_cast<char>(0x80 | static_cast<std::uint8_t>(opcode));
    if (payload_bytes < 126) {
        out[1] = static_cast<char>(payload_bytes);
        return 2;
    }
    const int bytes = payload_bytes <= 0xffff ? 2 : 8;
    out[1] = static_cast<char>(bytes == 2 ? 126 : 127);
    for (int i = 0; i < bytes; ++i) {
        out[2 + i] = static_cast<char>(payload_bytes >> (8 * (bytes - 1 - i)));
    }
    return static_cast<std::size_t>(2 + bytes);
}

std::string make_frame(Opcode opcode, std::string_view payload) {
    char header[kFrameHeaderMax];
    std::string frame(header, write_frame_header(header, opcode, payload.size()));
    frame += payload;
    return frame;
}

std::string make_close_payload(std::uint16_t code, std::string_view reason) {
    if (code == kCloseNoStatus) return {};
    std::string payload{static_cast<char>(code >> 8), static_cast<char>(code & 0xff)};
    payload += reason.substr(0, kControlBytesMax - 2);
    return payload;
}

std::string make_masked_frame(Opcode opcode,
                              std::string_view payload,
                              std::uint32_t mask,
                              bool final) {
    char header[kFrameHeaderMax];
    std::string frame(header, write_frame_header(header, opcode, payload.size()));
    if (!final) frame[0] = static_cast<char>(frame[0] & 0x7f);
    frame[1] = static_cast<char>(frame[1] | 0x80);
    std::array<char, 4> key{};
    std::memcpy(key.data(), &mask, 4);
    frame.append(key.data(), 4);
    const std::size_t start = frame.size();
    frame += payload;
    unmask(std::span(frame).subspan(start), key, 0);
    return frame;
}

}  // namespace guildhall::base::ws
