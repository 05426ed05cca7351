#pragma once
// What handlers have in common: numbers and ids of query strings, and answers written straight to
// text. Any thread.

#include "node/rest/call.h"
#include "protocol/errors.h"
#include "protocol/ids.h"
#include "protocol/json/writer.h"

#include <charconv>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::rest {

/// The answer that `write(JsonWriter&)` writes.
template <class Write>
Reply written(Write write, int status = 200) {
    Reply reply;
    reply.status = status;
    protocol::JsonWriter w(reply.json);
    write(w);
    return reply;
}

/// An integer of the query string within lo..hi; `otherwise` when it is not there, 50035 with its
/// name when it is something else.
inline Result<std::int64_t> query_int(const Call& call,
                                      std::string_view name,
                                      std::int64_t lo,
                                      std::int64_t hi,
                                      std::int64_t otherwise) {
    const std::optional<std::string_view> text = call.query.get(name);
    if (!text) return otherwise;
    std::int64_t n = 0;
    const auto [end, ec] = std::from_chars(text->data(), text->data() + text->size(), n);
    const auto fault = [&](const char* code, std::string message) {
        return protocol::make_field_error(std::string(name), code, std::move(message));
    };
    if (text->empty() || ec != std::errc{} || end != text->data() + text->size())
        return fault("NUMBER_TYPE_COERCE", "Value \"" + std::string(*text) + "\" is not int.");
    if (n < lo)
        return fault("NUMBER_TYPE_MIN",
                     "int value should be greater than or equal to " + std::to_string(lo) + ".");
    if (n > hi)
        return fault("NUMBER_TYPE_MAX",
                     "int value should be less than or equal to " + std::to_string(hi) + ".");
    return n;
}

/// A snowflake of the query string; 0 when it is not there.
template <class T>
Result<T> query_id(const Call& call, std::string_view name) {
    const std::optional<std::string_view> text = call.query.get(name);
    if (!text || text->empty()) return T{};
    const std::optional<T> id = protocol::parse_id<T>(*text);
    if (!id)
        return protocol::make_field_error(
            std::string(name), "NUMBER_TYPE_COERCE", "Value is not snowflake.");
    return *id;
}

}  // namespace guildhall::rest
