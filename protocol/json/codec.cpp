#include "protocol/json/codec.h"

#include "protocol/utf8.h"

#include <algorithm>
#include <charconv>
#include <cmath>

namespace guildhall::protocol::codec {

namespace {

std::string_view view(const json::string& s) { return {s.data(), s.size()}; }

/// Up to here every integer is a double of its own.
constexpr double kExact = 9007199254740992.0;

/// An integer that JSON wrote as a number, also as `5.0`, or as text.
std::optional<std::int64_t> to_int(const json::value& in) {
    if (const auto* n = in.if_int64()) return *n;
    if (const auto* d = in.if_double()) {
        // Then a double that has no fraction is the integer that was meant.
        if (std::abs(*d) <= kExact && std::trunc(*d) == *d) return static_cast<std::int64_t>(*d);
    }
    if (const auto* s = in.if_string()) {
        std::int64_t n = 0;
        auto [end, ec] = std::from_chars(s->data(), s->data() + s->size(), n);
        if (!s->empty() && ec == std::errc{} && end == s->data() + s->size()) return n;
    }
    return std::nullopt;
}

void add_length(std::size_t size, std::size_t min, std::size_t max, FormErrors& errors) {
    if (size == 0 && min > 0) return add_required(errors);
    auto hi = std::to_string(max);
    if (min == 0) {
        errors.add("BASE_TYPE_MAX_LENGTH", "Must be " + hi + " or fewer in length.");
    } else {
        errors.add("BASE_TYPE_BAD_LENGTH",
                   "Must be between " + std::to_string(min) + " and " + hi + " in length.");
    }
}

}  // namespace

json::value write_double(double in) {
    if (std::abs(in) <= kExact && std::trunc(in) == in) return static_cast<std::int64_t>(in);
    return in;
}

void add_required(FormErrors& errors) {
    errors.add("BASE_TYPE_REQUIRED", "This field is required");
}

void add_choices(std::uint64_t valid, FormErrors& errors) {
    std::string list;
    for (int n = 0; n < 64; ++n) {
        if (valid >> n & 1) list += (list.empty() ? "" : ", ") + std::to_string(n);
    }
    errors.add("BASE_TYPE_CHOICES", "Value must be one of {" + list + "}.");
}

bool read_bool(const json::value& in, bool& out, FormErrors& errors) {
    if (const auto* b = in.if_bool()) {
        out = *b;
        return true;
    }
    if (const auto* s = in.if_string()) {
        auto text = view(*s);
        out = text == "true" || text == "True" || text == "1";
        if (out || text == "false" || text == "False" || text == "0") return true;
    }
    errors.add("BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
    return false;
}

bool read_int(const json::value& in,
              std::int64_t lo,
              std::int64_t hi,
              std::int64_t& out,
              FormErrors& errors) {
    auto n = to_int(in);
    if (!n) {
        errors.add("NUMBER_TYPE_COERCE", "Value is not int.");
        return false;
    }
    if (*n < lo) {
        errors.add("NUMBER_TYPE_MIN",
                   "int value should be greater than or equal to " + std::to_string(lo) + ".");
        return false;
    }
    if (*n > hi) {
        errors.add("NUMBER_TYPE_MAX",
                   "int value should be less than or equal to " + std::to_string(hi) + ".");
        return false;
    }
    out = *n;
    return true;
}

bool read_double(const json::value& in, double& out, FormErrors& errors) {
    boost::system::error_code ec;
    if (in.is_number()) {
        out = in.to_number<double>(ec);
        if (!ec && std::isfinite(out)) return true;
    }
    errors.add("NUMBER_TYPE_COERCE", "Value is not float.");
    return false;
}

bool read_text(const json::value& in, std::string& out, FormErrors& errors) {
    const auto* s = in.if_string();
    if (!s) {
        errors.add("STRING_TYPE_CONVERT", "Could not interpret the value as string.");
        return false;
    }
    out.assign(s->data(), s->size());
    // U+0000 means nothing in text, and not every store can hold it.
    std::erase(out, '\0');
    return true;
}

bool read_bounded(const json::value& in,
                  std::size_t min,
                  std::size_t max,
                  bool trimmed,
                  std::string& out,
                  FormErrors& errors) {
    if (!read_text(in, out, errors)) return false;
    if (trimmed) out = std::string(trim(out));
    // Every code point has one byte at least, so only what is short in bytes must be counted.
    bool long_enough = out.size() >= min * 4 || code_points(out) >= min;
    if (long_enough && fits(out, max)) return true;
    add_length(out.size(), min, max, errors);
    return false;
}

bool read_snowflake(const json::value& in, std::uint64_t& out, FormErrors& errors) {
    if (const auto* s = in.if_string()) {
        if (auto id = parse_id(view(*s))) {
            out = id->value;
            return true;
        }
    } else if (const auto* n = in.if_int64(); n && *n >= 0) {
        out = static_cast<std::uint64_t>(*n);
        return true;
    }
    errors.add("NUMBER_TYPE_COERCE", "Value is not snowflake.");
    return false;
}

bool read_permissions(const json::value& in, Permissions& out, FormErrors& errors) {
    if (const auto* s = in.if_string()) {
        if (auto p = parse_permissions(view(*s))) {
            out = *p;
            return true;
        }
    } else if (const auto* n = in.if_int64(); n && *n >= 0) {
        out = Permissions(static_cast<std::uint64_t>(*n));
        return true;
    } else if (const auto* u = in.if_uint64()) {
        out = Permissions(*u);
        return true;
    }
    errors.add("NUMBER_TYPE_COERCE", "Value is not a permission bit set.");
    return false;
}

bool read_timestamp(const json::value& in, Timestamp& out, FormErrors& errors) {
    if (const auto* s = in.if_string()) {
        if (auto t = parse_timestamp(view(*s))) {
            out = *t;
            return true;
        }
    }
    errors.add("DATE_TIME_TYPE_PARSE", "Could not parse the value. Should be ISO8601.");
    return false;
}

const json::array* read_list(const json::value& in,
                             std::size_t min,
                             std::size_t max,
                             FormErrors& errors) {
    const auto* list = in.if_array();
    if (!list) {
        errors.add("LIST_TYPE_CONVERT", "Only iterables may be used in a ListType");
        return nullptr;
    }
    if (list->size() >= min && list->size() <= max) return list;
    add_length(list->size(), min, max, errors);
    return nullptr;
}

const json::object* read_object(const json::value& in, FormErrors& errors) {
    const auto* object = in.if_object();
    if (!object) errors.add("DICT_TYPE_CONVERT", "Only dictionaries may be used in a DictType");
    return object;
}

}  // namespace guildhall::protocol::codec
