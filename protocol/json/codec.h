#pragma once
// The JSON codec: described structs (Boost.Describe) from and to JSON trees, by the member types of
// types.h. Tolerant as the API is: unknown members are ignored, ids and permissions come as strings
// or numbers, numbers and booleans also as text (forms and queries have nothing else). All faults
// of a body are collected, each with its path. A member that C++ would take for a keyword carries
// an underscore at its end (`default_`), which the wire has not. After its members a struct's own
// `void validate(T&, FormErrors&)` is called when there is one and they had no fault; a type that
// is not a struct may bring `void read_json(const json::value&, T&, FormErrors&)` and
// `json::value write_json(const T&)`. Pure; any thread.

#include "protocol/errors.h"
#include "protocol/ids.h"
#include "protocol/json/decode.h"
#include "protocol/json/reader.h"
#include "protocol/json/types.h"
#include "protocol/permissions.h"
#include "protocol/timestamp.h"

#include <boost/describe/members.hpp>
#include <boost/describe/modifiers.hpp>
#include <boost/json/array.hpp>
#include <boost/json/object.hpp>
#include <boost/json/value.hpp>
#include <boost/mp11/algorithm.hpp>

#include <concepts>
#include <cstdint>
#include <optional>
#include <string>
#include <type_traits>
#include <vector>

namespace guildhall::protocol {

namespace codec {

namespace json = boost::json;
namespace describe = boost::describe;

template <class T>
concept Described = describe::has_describe_members<T>::value && std::is_class_v<T>;
template <class T>
concept Custom =
    requires(const json::value& in, T& out, FormErrors& errors) { read_json(in, out, errors); };
template <class T>
concept Validated = requires(T& value, FormErrors& errors) { validate(value, errors); };

template <class T, template <class...> class Template>
inline constexpr bool is_a = false;
template <template <class...> class Template, class... Args>
inline constexpr bool is_a<Template<Args...>, Template> = true;

template <class T>
inline constexpr bool is_id = false;
template <class Tag>
inline constexpr bool is_id<Id<Tag>> = true;

template <class T>
inline constexpr bool is_ranged_int = false;
template <std::int64_t Lo, std::int64_t Hi>
inline constexpr bool is_ranged_int<Int<Lo, Hi>> = true;

/// Text and Name: strings with bounds.
template <class T>
concept BoundedText = std::derived_from<T, std::string> && requires { T::kTrimmed; };
template <class T>
concept BoundedList = requires {
    typename T::value_type;
    T::kMax;
} && std::derived_from<T, std::vector<typename T::value_type>>;
template <class T>
concept ListLike = BoundedList<T> || is_a<T, std::vector>;

/// An integer where the number is one, so that `5` does not come back as `5E0`.
json::value write_double(double in);

// The scalars, in codec.cpp. Each adds a fault at the current path when it answers false.
bool read_bool(const json::value& in, bool& out, FormErrors& errors);
bool read_int(
    const json::value& in, std::int64_t lo, std::int64_t hi, std::int64_t& out, FormErrors& errors);
bool read_double(const json::value& in, double& out, FormErrors& errors);
bool read_text(const json::value& in, std::string& out, FormErrors& errors);
bool read_bounded(const json::value& in,
                  std::size_t min,
                  std::size_t max,
                  bool trimmed,
                  std::string& out,
                  FormErrors& errors);
bool read_snowflake(const json::value& in, std::uint64_t& out, FormErrors& errors);
bool read_permissions(const json::value& in, Permissions& out, FormErrors& errors);
bool read_timestamp(const json::value& in, Timestamp& out, FormErrors& errors);
/// The array or null with a fault, its length checked.
const json::array* read_list(const json::value& in,
                             std::size_t min,
                             std::size_t max,
                             FormErrors& errors);
/// The object or null with a fault.
const json::object* read_object(const json::value& in, FormErrors& errors);
void add_required(FormErrors& errors);
/// BASE_TYPE_CHOICES; bit n of `valid` says whether n is a choice.
void add_choices(std::uint64_t valid, FormErrors& errors);

template <class T>
void read(const json::value& in, T& out, FormErrors& errors);

template <class T>
constexpr std::uint64_t valid_choices() {
    std::uint64_t set = 0;
    for (int n = 0; n < 64; ++n) {
        if (is_valid(static_cast<T>(n))) set |= 1ull << n;
    }
    return set;
}

template <class T>
void read_enum(const json::value& in, T& out, FormErrors& errors) {
    std::int64_t n = 0;
    constexpr auto kValid = valid_choices<T>();
    if (!read_int(in, INT64_MIN, INT64_MAX, n, errors)) return;
    if (n < 0 || n > 63 || !(kValid >> n & 1)) return add_choices(kValid, errors);
    out = static_cast<T>(n);
}

template <class T>
void read_items(
    const json::value& in, std::size_t min, std::size_t max, T& out, FormErrors& errors) {
    const auto* list = read_list(in, min, max, errors);
    if (!list) return;
    out.clear();
    out.reserve(list->size());
    for (std::size_t i = 0; i < list->size(); ++i) {
        FormErrors::Scope scope(errors, i);
        typename T::value_type item{};
        read((*list)[i], item, errors);
        out.push_back(std::move(item));
    }
}

/// A member that the body does not name, or names as null.
template <class T>
void read_missing(bool null, T& out, FormErrors& errors) {
    if constexpr (is_a<T, Field>) {
        out.present = null;
        out.value.reset();
    } else if constexpr (is_a<T, std::optional>) {
        out.reset();
    } else {
        add_required(errors);
    }
}

/// The wire's name of a member.
constexpr std::string_view wire_name(std::string_view member) {
    if (member.ends_with('_')) member.remove_suffix(1);
    return member;
}

template <class T>
void read_members(const json::object& in, T& out, FormErrors& errors) {
    using Members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
    auto before = errors.size();
    boost::mp11::mp_for_each<Members>([&](auto member) {
        constexpr auto kName = wire_name(member.name);
        const auto* value = in.if_contains(json::string_view(kName.data(), kName.size()));
        FormErrors::Scope scope(errors, kName);
        auto& target = out.*member.pointer;
        using Member = std::remove_cvref_t<decltype(target)>;
        constexpr bool kTakesNull = std::same_as<Member, json::value>;
        if (!value || (value->is_null() && !kTakesNull)) {
            read_missing(value != nullptr, target, errors);
        } else {
            read(*value, target, errors);
        }
    });
    if constexpr (Validated<T>) {
        if (errors.size() == before) validate(out, errors);
    }
}

template <class T>
void read(const json::value& in, T& out, FormErrors& errors) {
    if constexpr (Custom<T>) {
        read_json(in, out, errors);
    } else if constexpr (std::same_as<T, json::value>) {
        out = in;
    } else if constexpr (is_a<T, Field>) {
        out.present = true;
        out.value.reset();
        if (!in.is_null()) read(in, out.value.emplace(), errors);
    } else if constexpr (is_a<T, std::optional>) {
        out.reset();
        if (!in.is_null()) read(in, out.emplace(), errors);
    } else if constexpr (std::same_as<T, bool>) {
        read_bool(in, out, errors);
    } else if constexpr (std::is_enum_v<T>) {
        read_enum(in, out, errors);
    } else if constexpr (is_ranged_int<T>) {
        read_int(in, T::kLo, T::kHi, out.value, errors);
    } else if constexpr (std::integral<T>) {
        std::int64_t n = 0;
        constexpr auto kHi = static_cast<std::uint64_t>(std::numeric_limits<T>::max());
        constexpr auto kTop = std::min<std::uint64_t>(kHi, INT64_MAX);
        constexpr auto kLow = static_cast<std::int64_t>(std::numeric_limits<T>::min());
        if (read_int(in, kLow, static_cast<std::int64_t>(kTop), n, errors)) {
            out = static_cast<T>(n);
        }
    } else if constexpr (std::same_as<T, double>) {
        read_double(in, out, errors);
    } else if constexpr (BoundedText<T>) {
        read_bounded(in, T::kMin, T::kMax, T::kTrimmed, out, errors);
    } else if constexpr (std::same_as<T, std::string>) {
        read_text(in, out, errors);
    } else if constexpr (is_id<T>) {
        read_snowflake(in, out.value, errors);
    } else if constexpr (std::same_as<T, Permissions>) {
        read_permissions(in, out, errors);
    } else if constexpr (std::same_as<T, Timestamp>) {
        read_timestamp(in, out, errors);
    } else if constexpr (BoundedList<T>) {
        read_items(in, T::kMin, T::kMax, out, errors);
    } else if constexpr (is_a<T, std::vector>) {
        read_items(in, 0, limits::kJsonValuesMax, out, errors);
    } else {
        static_assert(Described<T>, "a request member of a type the codec does not know");
        if (const auto* object = read_object(in, errors)) read_members(*object, out, errors);
    }
}

template <class T>
json::value write(const T& in);

/// Whether a member is left out of the object.
template <class T>
bool is_absent(const T& member) {
    if constexpr (is_a<T, Field>) return !member.present;
    if constexpr (is_a<T, std::optional>) return !member.has_value();
    return false;
}

template <class T>
json::object write_members(const T& in) {
    using Members = describe::describe_members<T, describe::mod_public | describe::mod_inherited>;
    json::object out;
    boost::mp11::mp_for_each<Members>([&](auto member) {
        const auto& value = in.*member.pointer;
        if (!is_absent(value)) out.emplace(std::string_view(wire_name(member.name)), write(value));
    });
    return out;
}

template <class T>
json::value write(const T& in) {
    if constexpr (requires { write_json(in); }) {
        return write_json(in);
    } else if constexpr (std::same_as<T, json::value> || std::same_as<T, bool>) {
        return in;
    } else if constexpr (std::same_as<T, double>) {
        return write_double(in);
    } else if constexpr (is_a<T, Field>) {
        return in.value ? write(*in.value) : json::value(nullptr);
    } else if constexpr (is_a<T, std::optional>) {
        return in ? write(*in) : json::value(nullptr);
    } else if constexpr (std::is_enum_v<T>) {
        return static_cast<std::int64_t>(in);
    } else if constexpr (is_ranged_int<T>) {
        return in.value;
    } else if constexpr (std::integral<T>) {
        return in;
    } else if constexpr (std::derived_from<T, std::string>) {
        return json::string(static_cast<const std::string&>(in));
    } else if constexpr (is_id<T> || std::same_as<T, Permissions>) {
        return json::string(in.str());
    } else if constexpr (std::same_as<T, Timestamp>) {
        return json::string(format_timestamp(in.ms));
    } else if constexpr (ListLike<T>) {
        json::array out;
        out.reserve(in.size());
        for (const auto& item : in) out.push_back(write(item));
        return out;
    } else {
        static_assert(Described<T>, "a member of a type the codec does not know");
        return write_members(in);
    }
}

}  // namespace codec

template <class T>
Result<T> decode(const boost::json::value& value) {
    T out{};
    FormErrors errors;
    codec::read(value, out, errors);
    if (!errors.empty()) return errors.take();
    return out;
}

template <class T>
Result<T> decode_text(std::string_view text) {
    auto tree = parse_json(text);
    if (!tree) return std::move(tree).error();
    return decode<T>(*tree);
}

template <class T>
boost::json::value encode(const T& value) {
    return codec::write(value);
}

}  // namespace guildhall::protocol

/// Instantiates the decoder of a request; one line per request in protocol/api/*.cpp.
#define GUILDHALL_DECODER(Type)                                                        \
    template guildhall::protocol::Result<Type> guildhall::protocol::decode<Type>(      \
        const boost::json::value&);                                                    \
    template guildhall::protocol::Result<Type> guildhall::protocol::decode_text<Type>( \
        std::string_view)
