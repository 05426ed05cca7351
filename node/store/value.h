#pragma once
// What SQL parameters are: a closed set of four kinds, and the conversions from the types the
// product uses. Views only: what a Value points at must outlive the call it is given to.

#include "protocol/ids.h"

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <variant>

namespace guildhall::store {

/// Bytes (BYTEA), as opposed to text.
struct Blob {
    std::string_view bytes;

    Blob() = default;
    explicit Blob(std::string_view b) : bytes(b) {}
    explicit Blob(std::span<const std::uint8_t> b)
        : bytes(reinterpret_cast<const char*>(b.data()), b.size()) {}
};

/// NULL, BIGINT or SMALLINT, TEXT, BYTEA.
using Value = std::variant<std::nullptr_t, std::int64_t, std::string_view, Blob>;

inline Value to_value(std::nullptr_t) { return nullptr; }
inline Value to_value(std::string_view text) { return text; }
inline Value to_value(const std::string& text) { return std::string_view(text); }
inline Value to_value(const char* text) { return std::string_view(text); }
inline Value to_value(Blob blob) { return blob; }
inline Value to_value(const Value& value) { return value; }
/// Integers, bools and enums as BIGINT.
template <class T>
    requires(std::is_integral_v<T> || std::is_enum_v<T>)
Value to_value(T number) {
    return static_cast<std::int64_t>(number);
}
template <class Tag>
Value to_value(protocol::Id<Tag> id) {
    return static_cast<std::int64_t>(id.value);
}
template <std::size_t N>
Value to_value(const std::array<std::uint8_t, N>& bytes) {
    return Blob(std::span<const std::uint8_t>(bytes));
}
template <class T>
Value to_value(const std::optional<T>& maybe) {
    return maybe ? to_value(*maybe) : Value(nullptr);
}

}  // namespace guildhall::store
