#pragma once
// A parsed HTTP request. Made by the connection, or by hand in tests and for commands from peers.
// Lives on the shard that accepted the connection, until its answer is queued.

#include "node/base/address.h"
#include "node/base/http/query.h"

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::base {
class Shard;
}

namespace guildhall::base::http {

enum class Method : std::uint8_t { get, head, post, put, patch, del, options, other };

/// "GET"; "" for other.
std::string_view method_name(Method method);
/// Case-sensitive, as HTTP has it.
Method parse_method(std::string_view text);

/// Equal but for the case of ASCII letters.
bool equals_ignoring_case(std::string_view a, std::string_view b);

class Request {
  public:
    Request() = default;
    Request(Method method, std::string_view target, std::string body = {});

    Method method = Method::get;
    /// 11 for HTTP/1.1, 10 for HTTP/1.0.
    int version = 11;
    std::string body;
    /// The caller; behind a proxy that is trusted, whom the proxy names.
    Endpoint peer;
    /// Names the request in logs; unique on the node for its lifetime.
    std::uint64_t id = 0;
    /// The shard this request is served on; null when made by hand.
    Shard* shard = nullptr;

    /// The method as sent, also when it is `other`.
    std::string_view method_text() const;
    /// Path and query as sent; the path alone, still escaped; the query without its "?".
    std::string_view target() const { return target_; }
    std::string_view path() const { return std::string_view(target_).substr(0, path_bytes_); }
    std::string_view query_text() const;
    /// Parsed on first use.
    const Query& query() const;
    /// The path's segments, percent-decoded: "/a/b%20c" gives {"a", "b c"}. A slash at the end
    /// gives an empty last segment.
    std::vector<std::string> segments() const;

    /// The first header of that name, "" when there is none; names compare without case.
    std::string_view header(std::string_view name) const;
    bool has_header(std::string_view name) const;
    std::size_t header_count() const { return fields_.size(); }
    std::pair<std::string_view, std::string_view> header_at(std::size_t index) const;
    /// Whether a comma-separated list header holds `token`, without case, in any of its lines.
    bool header_has_token(std::string_view name, std::string_view token) const;

    /// The id as 16 hex digits.
    std::string id_text() const;

    void set_method_text(std::string_view text);
    void set_target(std::string_view target);
    void add_header(std::string_view name, std::string_view value);
    /// Empty again, keeping the memory.
    void clear();
    /// What it holds on to.
    std::size_t memory_bytes() const;

  private:
    struct Field {
        std::uint32_t name_at;
        std::uint32_t value_at;
        std::uint32_t value_bytes;
    };

    std::string target_;
    std::size_t path_bytes_ = 0;
    std::string method_text_;  // Only for Method::other.
    std::string header_text_;  // Names and values, one behind the other.
    std::vector<Field> fields_;
    mutable std::optional<Query> query_;
};

}  // namespace guildhall::base::http
