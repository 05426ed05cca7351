#pragma once
// The member types of request structs, which carry the API's constraints in their names:
//   T                 required            std::optional<T>   may be absent or null
//   Field<T>          PATCH: absent, null or a value
//   Text<Min, Max>    a string of that many code points     Name<Min, Max>   the same, trimmed
//   Int<Lo, Hi>       an integer of that range              List<T, Max>     at most Max items
// Text and List are the standard types with a promise, so services use them as such.
// Plain values; any thread.

#include <cstddef>
#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace guildhall::protocol {

template <class T>
struct Field {
    using value_type = T;

    /// Whether the request named the field at all.
    bool present = false;
    /// Empty when absent or null.
    std::optional<T> value;

    Field() = default;
    Field(T v) : present(true), value(std::move(v)) {}  // NOLINT: a value is a field that has it.
    Field(std::nullopt_t) : present(true) {}            // NOLINT: the same, for null.

    explicit operator bool() const { return present; }
    bool is_null() const { return present && !value; }
    /// Sets `target` when the field is present; null sets what the type starts with.
    template <class U>
    void apply_to(U& target) const {
        if (!present) return;
        if (value) {
            target = *value;
        } else {
            target = U{};
        }
    }

    friend bool operator==(const Field&, const Field&) = default;
};

template <std::size_t Min, std::size_t Max>
struct Text : std::string {
    static constexpr std::size_t kMin = Min;
    static constexpr std::size_t kMax = Max;
    static constexpr bool kTrimmed = false;
    using std::string::string;
    Text() = default;
    Text(std::string text) : std::string(std::move(text)) {}  // NOLINT: a text is a string.
};

/// What people name things with: white space around it is dropped before it is measured.
template <std::size_t Min, std::size_t Max>
struct Name : std::string {
    static constexpr std::size_t kMin = Min;
    static constexpr std::size_t kMax = Max;
    static constexpr bool kTrimmed = true;
    using std::string::string;
    Name() = default;
    Name(std::string text) : std::string(std::move(text)) {}  // NOLINT: a name is a string.
};

template <std::int64_t Lo, std::int64_t Hi>
struct Int {
    static constexpr std::int64_t kLo = Lo;
    static constexpr std::int64_t kHi = Hi;
    std::int64_t value = 0;

    constexpr Int() = default;
    constexpr Int(std::int64_t v) : value(v) {}                // NOLINT: an Int is a number.
    constexpr operator std::int64_t() const { return value; }  // NOLINT: the same.
};

/// A bit set or counter that JavaScript can hold.
using Int53 = Int<0, (1LL << 53) - 1>;

template <class T, std::size_t Max, std::size_t Min = 0>
struct List : std::vector<T> {
    static constexpr std::size_t kMin = Min;
    static constexpr std::size_t kMax = Max;
    using std::vector<T>::vector;
};

}  // namespace guildhall::protocol
