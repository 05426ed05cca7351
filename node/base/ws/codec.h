#pragma once
// The WebSocket codec, RFC 6455, without I/O: bytes in, messages and control frames out. No
// extension is negotiated, so reserved bits must be 0. A connection between messages owns no memory
// here. Owned by its session; its thread.

#include "node/base/ws/utf8.h"

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::base::ws {

enum class Opcode : std::uint8_t {
    continuation = 0,
    text = 1,
    binary = 2,
    close = 8,
    ping = 9,
    pong = 10,
};

/// Close codes that the codec itself gives.
inline constexpr std::uint16_t kCloseNormal = 1000;
inline constexpr std::uint16_t kCloseGoingAway = 1001;
inline constexpr std::uint16_t kCloseProtocolError = 1002;
inline constexpr std::uint16_t kCloseUnsupported = 1003;
inline constexpr std::uint16_t kCloseNoStatus = 1005;  // Never sent: the peer gave none.
inline constexpr std::uint16_t kCloseAbnormal = 1006;  // Never sent: the connection was lost.
inline constexpr std::uint16_t kCloseBadText = 1007;
inline constexpr std::uint16_t kClosePolicy = 1008;
inline constexpr std::uint16_t kCloseTooBig = 1009;
inline constexpr std::uint16_t kCloseInternalError = 1011;

/// Whether a peer may send this code in a close frame.
bool is_close_code_valid(std::uint16_t code);

/// What a Decoder found. Views are valid during the call only.
class FrameSink {
  public:
    virtual ~FrameSink() = default;
    virtual void on_text_or_binary(std::string_view payload, bool binary) = 0;
    virtual void on_ping(std::string_view payload) = 0;
    virtual void on_pong(std::string_view payload) = 0;
    /// `code` is kCloseNoStatus when the frame had none.
    virtual void on_close_frame(std::uint16_t code, std::string_view reason) = 0;
    /// False stops the decoder after the current frame (the sink is closing).
    virtual bool wants_more() const = 0;
};

/// Which end of the connection we are: a client masks every frame, a server none (5.1).
enum class Role : std::uint8_t { server, client };

class Decoder {
  public:
    explicit Decoder(std::uint32_t message_bytes_max, Role role = Role::server);

    ~Decoder();

    /// Consumes all of `data` (unmasking it in place) and tells `sink`. A value is the close code
    /// for a violation (1002, 1007, 1009): nothing may be fed after it, nor after a close frame.
    std::optional<std::uint16_t> feed(std::span<char> data, FrameSink& sink);

  private:
    struct Partial;
    struct Header;

    std::optional<std::uint16_t> feed_partial(std::span<char>& data, FrameSink& sink);
    std::optional<std::uint16_t> check(const Header& header) const;
    void begin(const Header& header);
    std::optional<std::uint16_t> take_payload(std::span<char>& data);
    std::optional<std::uint16_t> finish_frame(FrameSink& sink);
    std::optional<std::uint16_t> deliver_control(Opcode opcode,
                                                 std::string_view payload,
                                                 FrameSink& sink);

    std::uint32_t message_bytes_max_;
    Role role_;
    /// A frame that has not come whole, or a message whose last fragment has not.
    std::unique_ptr<Partial> partial_;
};

/// The header of an unmasked frame, at most 10 bytes, into `out`; returns its length.
std::size_t write_frame_header(char* out, Opcode opcode, std::uint64_t payload_bytes);
inline constexpr std::size_t kFrameHeaderMax = 10;

/// A whole unmasked frame.
std::string make_frame(Opcode opcode, std::string_view payload);
/// What a close frame carries; the reason is cut to fit. Empty for kCloseNoStatus.
std::string make_close_payload(std::uint16_t code, std::string_view reason);
/// What a client sends: the same, masked.
std::string make_masked_frame(Opcode opcode,
                              std::string_view payload,
                              std::uint32_t mask,
                              bool final = true);

}  // namespace guildhall::base::ws
