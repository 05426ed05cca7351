#include "node/rest/query.h"

#include "protocol/errors.h"
#include "protocol/timestamp.h"

#include <charconv>

namespace guildhall::rest {

using protocol::Result;

Result<std::int64_t> query_int(const base::http::Query& query,
                               std::string_view name,
                               std::int64_t fallback,
                               std::int64_t lo,
                               std::int64_t hi) {
    const auto text = query.get(name);
    if (!text) return fallback;
    std::int64_t n = 0;
    const auto [end, ec] = std::from_chars(text->data(), text->data() + text->size(), n);
    if (ec != std::errc{} || end != text->data() + text->size()) {
        return protocol::make_field_error(
            std::string(name), "NUMBER_TYPE_COERCE", "Value is not int.");
    }
    if (n < lo) {
        return protocol::make_field_error(
            std::string(name),
            "NUMBER_TYPE_MIN",
            "int value should be greater than or equal to " + std::to_string(lo) + ".");
    }
    if (n > hi) {
        return protocol::make_field_error(
            std::string(name),
            "NUMBER_TYPE_MAX",
            "int value should be less than or equal to " + std::to_string(hi) + ".");
    }
    return n;
}

Result<unsigned> query_limit(const base::http::Query& query, int fallback, int max) {
    TRY(const std::int64_t n, query_int(query, "limit", fallback, 1, max));
    return static_cast<unsigned>(n);
}

Result<bool> query_bool(const base::http::Query& query, std::string_view name) {
    if (!query.has(name)) return false;
    const auto value = query.get_bool(name);
    if (!value) {
        return protocol::make_field_error(
            std::string(name), "BOOLEAN_TYPE_CONVERT", "Must be either true or false.");
    }
    return *value;
}

Result<protocol::UnixMs> query_timestamp(const base::http::Query& query, std::string_view name) {
    const auto text = query.get(name);
    if (!text) return kEndOfTime;
    const auto ms = protocol::parse_timestamp(*text);
    if (!ms) {
        return protocol::make_field_error(std::string(name),
                                          "DATE_TIME_TYPE_PARSE",
                                          "Could not parse the value as an ISO8601 timestamp.");
    }
    return ms->ms;
}

Result<std::optional<protocol::Snowflake>> query_snowflake(const base::http::Query& query,
                                                           std::string_view name) {
    const auto text = query.get(name);
    if (!text) return std::optional<protocol::Snowflake>();
    const auto id = protocol::parse_id(*text);
    if (!id) {
        return protocol::make_field_error(
            std::string(name), "NUMBER_TYPE_COERCE", "Value is not snowflake.");
    }
    return id;
}

}  // namespace guildhall::rest
