// The events of the federation floor as bytes: canonical Cap'n Proto, chained by BLAKE2b, packed on
// the wire; a batch is signed once and sealed once. A writer and a reader that must agree.
// Owner: the sender's and the receiver's process, one each. Thread: one.
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::bench {

constexpr std::size_t kHashBytes = 32;
constexpr std::size_t kNonceBytes = 24;
constexpr std::size_t kSealBytes = 16;
constexpr std::size_t kSignatureBytes = 64;

// What both ends share before they start; a real link makes it by a handshake.
struct LinkKeys {
    static LinkKeys make();

    std::array<unsigned char, 32> seal{};
    std::array<unsigned char, 32> verify{};
    std::array<unsigned char, 64> sign{};
};

class BatchWriter {
  public:
    explicit BatchWriter(const LinkKeys& keys) : keys_(keys) {}

    // The next batch as it goes to the socket: length, then sealed bytes.
    std::string next(std::size_t events);

  private:
    void append_event(std::string& batch);

    const LinkKeys& keys_;
    std::array<unsigned char, kHashBytes> previous_{};
    std::array<unsigned char, kNonceBytes> nonce_{};
    std::uint64_t id_ = std::uint64_t{1} << 60;
};

struct ReceivedEvent {
    std::uint64_t id = 0, channel_id = 0, author_id = 0;
    std::string_view content;
    std::string_view packed;
};

class BatchReader {
  public:
    explicit BatchReader(const LinkKeys& keys) : keys_(keys) {}

    // Opens and checks one batch and hands over its events; what is handed over is valid during the
    // call. Dies when anything does not hold.
    std::size_t read(std::string_view sealed,
                     const std::function<void(const ReceivedEvent&)>& take);

  private:
    void read_event(std::string_view packed,
                    std::size_t bytes,
                    const std::function<void(const ReceivedEvent&)>& take);

    const LinkKeys& keys_;
    std::array<unsigned char, kHashBytes> previous_{};
    std::array<unsigned char, kNonceBytes> nonce_{};
    std::string opened_;
    std::vector<std::uint64_t> words_;
};

}  // namespace guildhall::bench
