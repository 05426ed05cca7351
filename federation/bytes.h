#pragma once
// Bytes as the canonical layouts see them: a view, fixed-size values, and a little-endian writer
// and reader for layouts of fixed fields (docs/FEDERATION.md, "Bytes that are for ever"). Plain
// values; any thread.

#include "protocol/check.h"

#include <array>
#include <bit>
#include <compare>
#include <concepts>
#include <cstdint>
#include <cstring>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace guildhall::federation {

/// Borrowed bytes, made from text, spans and fixed arrays alike.
class ByteView : public std::span<const std::uint8_t> {
  public:
    using span::span;
    ByteView(std::span<const std::uint8_t> bytes) : span(bytes) {}  // NOLINT: meant to convert.
    ByteView(std::string_view text)                                 // NOLINT: meant to convert.
        : span(reinterpret_cast<const std::uint8_t*>(text.data()), text.size()) {}
    ByteView(const std::string& text) : ByteView(std::string_view(text)) {}  // NOLINT: the same.
    ByteView(const char* text) : ByteView(std::string_view(text)) {}         // NOLINT: the same.

    std::string_view text() const { return {reinterpret_cast<const char*>(data()), size()}; }
};

/// N bytes with a meaning: the tag keeps a signature from being passed for a hash.
template <std::size_t N, class Tag>
struct FixedBytes : std::array<std::uint8_t, N> {
    using Base = std::array<std::uint8_t, N>;

    /// Exactly N bytes, or nothing.
    static std::optional<FixedBytes> from(std::span<const std::uint8_t> bytes) {
        if (bytes.size() != N) return std::nullopt;
        FixedBytes out{};
        if constexpr (N > 0) std::memcpy(out.data(), bytes.data(), N);
        return out;
    }
    static std::optional<FixedBytes> from(std::string_view bytes) { return from(ByteView(bytes)); }

    std::string_view text() const { return {reinterpret_cast<const char*>(this->data()), N}; }
    bool is_zero() const {
        std::uint8_t any = 0;
        for (std::uint8_t b : *this) any |= b;
        return any == 0;
    }

    friend bool operator==(const FixedBytes&, const FixedBytes&) = default;
    friend auto operator<=>(const FixedBytes&, const FixedBytes&) = default;
};

/// A SHA-256 or BLAKE2b-256 digest; also a uid.
using Hash32 = FixedBytes<32, struct HashTag>;
/// Ed25519 public key, or X25519 where a name says so.
using PublicKey = FixedBytes<32, struct PublicKeyTag>;
using Signature = FixedBytes<64, struct SignatureTag>;

/// Lower-case hex.
std::string to_hex(ByteView bytes);
/// The bytes of hex in either case; nothing for an odd length or another character.
std::optional<std::string> from_hex(std::string_view hex);

/// Appends fixed fields, integers little-endian.
class ByteWriter {
  public:
    template <std::integral T>
    ByteWriter& put(T value) {
        auto bits = static_cast<std::make_unsigned_t<T>>(value);
        for (std::size_t i = 0; i < sizeof(T); ++i) {
            out_.push_back(static_cast<char>(bits & 0xff));
            if constexpr (sizeof(T) > 1) bits >>= 8;
        }
        return *this;
    }
    ByteWriter& put(ByteView bytes) {
        out_.append(bytes.text());
        return *this;
    }
    template <std::size_t N, class Tag>
    ByteWriter& put(const FixedBytes<N, Tag>& bytes) {
        out_.append(bytes.text());
        return *this;
    }
    std::string take() { return std::move(out_); }

  private:
    std::string out_;
};

/// Reads what ByteWriter wrote. A short input makes every further read 0 and done() false, so that
/// a parser checks once, at its end.
class ByteReader {
  public:
    explicit ByteReader(ByteView bytes) : rest_(bytes) {}

    template <std::integral T>
    T get() {
        std::make_unsigned_t<T> bits = 0;
        ByteView field = take(sizeof(T));
        for (std::size_t i = field.size(); i-- > 0;) {
            bits = static_cast<std::make_unsigned_t<T>>((static_cast<std::uint64_t>(bits) << 8) |
                                                        field[i]);
        }
        return static_cast<T>(bits);
    }
    template <class Fixed>
        requires(!std::integral<Fixed>)
    Fixed get() {
        return Fixed::from(take(std::tuple_size_v<typename Fixed::Base>)).value_or(Fixed{});
    }
    /// Exactly `size` bytes, or none and failed.
    ByteView take(std::size_t size) {
        if (size > rest_.size()) {
            failed_ = true;
            rest_ = ByteView();
            return {};
        }
        ByteView field = rest_.first(size);
        rest_ = rest_.subspan(size);
        return field;
    }
    std::size_t left() const { return rest_.size(); }
    bool failed() const { return failed_; }
    /// Everything was there and nothing is left over.
    bool done() const { return !failed_ && rest_.empty(); }

  private:
    ByteView rest_;
    bool failed_ = false;
};

}  // namespace guildhall::federation
