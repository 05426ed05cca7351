#include "node/base/http/strict.h"

#include <algorithm>

namespace guildhall::base::http {
namespace {

constexpr std::string_view kNoHost = "exactly one valid Host header is required";

bool is_visible_ascii(std::string_view text) {
    return std::all_of(text.begin(), text.end(), [](char c) { return c > 0x20 && c < 0x7f; });
}

/// "Content_Length" and its like, which some gateways turn into the real name.
bool is_disguised_framing(std::string_view name) {
    if (name.find('_') == name.npos) return false;
    std::string plain(name);
    std::replace(plain.begin(), plain.end(), '_', '-');
    return equals_ignoring_case(plain, "Content-Length") ||
           equals_ignoring_case(plain, "Transfer-Encoding");
}

std::optional<Fault> check_host(const Request& request) {
    std::size_t hosts = 0;
    std::string_view host;
    for (std::size_t i = 0; i < request.header_count(); ++i) {
        const auto [name, value] = request.header_at(i);
        if (!equals_ignoring_case(name, "Host")) continue;
        ++hosts;
        host = value;
    }
    if (hosts == 0 && request.version == 10) return std::nullopt;
    if (hosts != 1 || !parse_host_port(host, 80)) return Fault{400, kNoHost};
    return std::nullopt;
}

std::optional<Fault> check_target(const Request& request) {
    const std::string_view target = request.target();
    if (!is_visible_ascii(target) || target.find('#') != target.npos) {
        return Fault{400, "the request target is not a valid URL path"};
    }
    if (target == "*" && request.method == Method::options) return std::nullopt;
    if (!target.starts_with('/')) return Fault{400, "the request target must be a path"};
    return std::nullopt;
}

std::optional<Fault> check_framing(const Request& request) {
    std::size_t encodings = 0;
    std::size_t lengths = 0;
    std::string_view encoding;
    for (std::size_t i = 0; i < request.header_count(); ++i) {
        const auto [name, value] = request.header_at(i);
        if (equals_ignoring_case(name, "Transfer-Encoding")) {
            ++encodings;
            encoding = value;
        } else if (equals_ignoring_case(name, "Content-Length")) {
            ++lengths;
        } else if (is_disguised_framing(name)) {
            return Fault{400, "a header imitates a framing header"};
        }
    }
    if (encodings == 0) return std::nullopt;
    if (encodings > 1 || lengths > 0 || request.version == 10) {
        return Fault{400, "the length of the body is ambiguous"};
    }
    if (!equals_ignoring_case(encoding, "chunked")) {
        return Fault{400, "the only Transfer-Encoding is chunked"};
    }
    return std::nullopt;
}

}  // namespace

std::optional<Fault> check_raw_head(std::string_view head) {
    // A line that starts with white space folds into the one before (obs-fold, RFC 9112 5.2).
    if (head.find("\n ") != head.npos || head.find("\n\t") != head.npos) {
        return Fault{400, "folded header lines are not accepted"};
    }
    for (auto at = head.find('\r'); at != head.npos; at = head.find('\r', at + 1)) {
        if (at + 1 >= head.size() || head[at + 1] != '\n')
            return Fault{400, "a bare CR in the head"};
    }
    return std::nullopt;
}

std::optional<Fault> check_head(const Request& request) {
    if (const auto fault = check_target(request)) return fault;
    if (const auto fault = check_host(request)) return fault;
    return check_framing(request);
}

}  // namespace guildhall::base::http
