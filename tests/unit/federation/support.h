#pragma once
// Short ways to make keys, hashes and bytes in these tests.

#include "federation/crypto.h"

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

namespace guildhall::federation::testing {

/// A hash whose bytes all are `byte`.
inline Hash32 filled(std::uint8_t byte) {
    Hash32 out;
    out.fill(byte);
    return out;
}

inline SecretKey key(std::uint8_t byte) {
    Seed seed;
    seed.fill(byte);
    return SecretKey::from_seed(seed);
}

/// The value; without one the test fails here.
template <class T>
T must(std::optional<T> value) {
    if (!value) throw std::runtime_error("a value is missing");
    return std::move(*value);
}

inline std::string bytes_of_hex(std::string_view hex) { return must(from_hex(hex)); }

/// The bytes with one bit flipped.
inline std::string flipped(std::string bytes, std::size_t bit) {
    bytes[bit / 8] = static_cast<char>(bytes[bit / 8] ^ (1 << bit % 8));
    return bytes;
}

}  // namespace guildhall::federation::testing
