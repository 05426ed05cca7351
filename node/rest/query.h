#pragma once
// Query parameters with the API's rules: a value that does not parse or is out of range is 50035
// with the parameter's name. Pure.

#include "node/base/http/query.h"
#include "protocol/ids.h"
#include "protocol/result.h"

#include <cstdint>
#include <limits>
#include <optional>
#include <string>
#include <string_view>

namespace guildhall::rest {

/// After every time stamp there is.
inline constexpr protocol::UnixMs kEndOfTime = std::numeric_limits<protocol::UnixMs>::max();

/// An integer in [lo, hi]; `fallback` when absent.
protocol::Result<std::int64_t> query_int(const base::http::Query& query,
                                         std::string_view name,
                                         std::int64_t fallback,
                                         std::int64_t lo,
                                         std::int64_t hi);
/// `limit` in [1, max].
protocol::Result<unsigned> query_limit(const base::http::Query& query, int fallback, int max);
/// True|true|1 or False|false|0; false when absent.
protocol::Result<bool> query_bool(const base::http::Query& query, std::string_view name);
/// An ISO 8601 moment; the end of time when absent.
protocol::Result<protocol::UnixMs> query_timestamp(const base::http::Query& query,
                                                   std::string_view name);

protocol::Result<std::optional<protocol::Snowflake>> query_snowflake(const base::http::Query& query,
                                                                     std::string_view name);
template <class T>
protocol::Result<std::optional<T>> query_id(const base::http::Query& query, std::string_view name) {
    TRY(const auto id, query_snowflake(query, name));
    if (!id) return std::optional<T>();
    return std::optional<T>(T(id->value));
}

}  // namespace guildhall::rest
