#include "node/base/http/parser.h"

#include "protocol/check.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/basic_parser.hpp>
#include <boost/beast/http/error.hpp>
#include <boost/optional/optional.hpp>

#include <algorithm>

namespace guildhall::base::http {
namespace {

namespace beast = boost::beast;
using ErrorCode = beast::error_code;

/// A body is reserved up to here when its length is declared; the rest is paid for as it comes.
constexpr std::uint64_t kReserveMax = 256 * 1024;
/// Our own limits are stricter; these only keep Beast's out of the way.
constexpr std::uint32_t kNoHeaderLimit = 1 << 20;

constexpr Fault kTooLarge{413, "Request entity too large"};

/// "HTTP/1.2" is a version we do not speak; "HTTP/01.01" is not a version.
bool names_another_version(std::string_view head) {
    const auto line = head.substr(0, head.find("\r\n"));
    const auto at = line.rfind(" HTTP/");
    if (at == line.npos) return false;
    const auto version = line.substr(at + 6);
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    return version.size() == 3 && is_digit(version[0]) && version[1] == '.' &&
           is_digit(version[2]) && version != "1.1" && version != "1.0";
}

/// Lines of chunk headers and trailers end in CRLF; Beast would wait for one behind a bare LF.
bool has_bare_line_feed(std::string_view text) {
    for (auto at = text.find('\n'); at != text.npos; at = text.find('\n', at + 1)) {
        if (at == 0 || text[at - 1] != '\r') return true;
    }
    return false;
}

/// http://host/path becomes /path: the Host header says the rest (RFC 9112, 3.2.2).
std::string_view origin_form(std::string_view target) {
    for (const std::string_view scheme : {"http://", "https://"}) {
        if (!equals_ignoring_case(target.substr(0, scheme.size()), scheme)) continue;
        const auto path = target.find_first_of("/?", scheme.size());
        if (path == target.npos) return "/";
        if (target[path] == '/') return target.substr(path);
    }
    return target;
}

}  // namespace

class Parser::Impl final : public beast::http::basic_parser<true> {
  public:
    Impl() {
        header_limit(kNoHeaderLimit);
        body_limit(boost::none);
        eager(false);
    }

    Request* request = nullptr;
    std::size_t body_max = 0;
    bool too_large = false;
    bool in_body = false;

  private:
    void on_request_impl(beast::http::verb,
                         beast::string_view method,
                         beast::string_view target,
                         int version,
                         ErrorCode&) override {
        request->set_method_text({method.data(), method.size()});
        request->set_target(origin_form({target.data(), target.size()}));
        request->version = version;
    }
    void on_response_impl(int, beast::string_view, int, ErrorCode&) override {}
    void on_field_impl(beast::http::field,
                       beast::string_view name,
                       beast::string_view value,
                       ErrorCode&) override {
        // Fields behind a chunked body (trailers) never join the header: nothing checked them.
        if (in_body) return;
        request->add_header({name.data(), name.size()}, {value.data(), value.size()});
    }
    void on_header_impl(ErrorCode&) override { in_body = true; }
    void on_body_init_impl(const boost::optional<std::uint64_t>& length, ErrorCode&) override {
        if (length) request->body.reserve(std::min(*length, kReserveMax));
    }
    std::size_t on_body_impl(beast::string_view bytes, ErrorCode& ec) override {
        return append(bytes, ec);
    }
    void on_chunk_header_impl(std::uint64_t, beast::string_view, ErrorCode&) override {}
    std::size_t on_chunk_body_impl(std::uint64_t,
                                   beast::string_view bytes,
                                   ErrorCode& ec) override {
        return append(bytes, ec);
    }
    void on_finish_impl(ErrorCode&) override {}

    std::size_t append(beast::string_view bytes, ErrorCode& ec) {
        if (bytes.size() > body_max - request->body.size()) {
            too_large = true;
            ec = beast::http::error::body_limit;
            return 0;
        }
        request->body.append(bytes.data(), bytes.size());
        return bytes.size();
    }
};

Parser::Parser() = default;
Parser::~Parser() = default;

std::optional<Fault> Parser::parse_head(std::string_view head, Request& request) {
    if (auto fault = check_raw_head(head)) return fault;
    impl_ = std::make_unique<Impl>();
    impl_->request = &request;
    ErrorCode ec;
    impl_->put(boost::asio::const_buffer(head.data(), head.size()), ec);
    if (ec == beast::http::error::bad_version && names_another_version(head)) {
        return Fault{505, "only HTTP/1.1 and HTTP/1.0 are spoken here"};
    }
    if (ec || !impl_->is_header_done()) return Fault{400, "the request head is malformed"};
    return check_head(request);
}

std::optional<std::uint64_t> Parser::content_length() const {
    const auto length = impl_->content_length();
    return length ? std::optional<std::uint64_t>(*length) : std::nullopt;
}

bool Parser::is_chunked() const { return impl_->chunked(); }

bool Parser::keep_alive() const { return impl_->keep_alive(); }

std::optional<Fault> Parser::parse_body(std::string_view bytes,
                                        std::size_t body_max,
                                        std::size_t& consumed) {
    impl_->body_max = body_max;
    consumed = 0;
    // One put() handles one element: a chunk header, a chunk's bytes, the trailer.
    while (!impl_->is_done() && consumed < bytes.size()) {
        const auto rest = bytes.substr(consumed);
        ErrorCode ec;
        const auto used = impl_->put(boost::asio::const_buffer(rest.data(), rest.size()), ec);
        consumed += used;
        if (impl_->too_large) return kTooLarge;
        if (ec == beast::http::error::need_more && !has_bare_line_feed(bytes.substr(consumed))) {
            return std::nullopt;
        }
        if (ec) return Fault{400, "the request body is malformed"};
        if (used == 0) return std::nullopt;
    }
    return std::nullopt;
}

bool Parser::is_done() const { return impl_->is_done(); }

}  // namespace guildhall::base::http
