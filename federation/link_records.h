#pragma once
// The records of a link: a length and that many bytes. RecordReader cuts them out of a stream that
// arrives in pieces of any size; RecordCipher seals and opens them and changes keys on its count.
// Owner: a Link; one thread.

#include "federation/limits.h"
#include "federation/noise.h"
#include "protocol/function.h"

#include <cstdint>
#include <optional>
#include <string>

namespace guildhall::federation {

/// Keeps at most one unfinished record.
class RecordReader {
  public:
    /// Records of other lengths are refused as soon as their length is known.
    void set_bounds(std::size_t bytes_min, std::size_t bytes_max) {
        bytes_min_ = bytes_min;
        bytes_max_ = bytes_max;
    }
    /// Calls `on_record` with each record that is complete, without its length, until that says
    /// stop. False when a length was out of bounds; nothing may be fed after that.
    bool feed(ByteView bytes, protocol::FunctionRef<bool(ByteView)> on_record);
    /// Bytes kept of an unfinished record.
    std::size_t kept() const { return kept_.size(); }

  private:
    bool allowed(std::size_t length) const { return length >= bytes_min_ && length <= bytes_max_; }

    std::string kept_;
    std::size_t bytes_min_ = 1;
    std::size_t bytes_max_ = limits::kRecordBytesMax;
};

/// One direction of an open link.
class RecordCipher {
  public:
    RecordCipher() = default;
    RecordCipher(CipherState cipher, std::uint64_t rekey_records)
        : cipher_(std::move(cipher)), rekey_records_(rekey_records) {}

    /// The whole record, length included, of a plaintext that fits.
    std::string seal(ByteView plain);
    /// The plaintext of a record without its length; nothing when it is not the next one of the
    /// other side, unaltered.
    std::optional<std::string> open(ByteView sealed);
    std::uint64_t records() const { return cipher_.nonce(); }

  private:
    void count();

    CipherState cipher_;
    std::uint64_t rekey_records_ = limits::kRekeyRecords;
};

/// A length and the bytes, as the handshake sends its messages.
std::string with_length(ByteView bytes);

}  // namespace guildhall::federation
