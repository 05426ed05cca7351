#include "node/base/fetch.h"

#include "node/base/dial.h"
#include "node/base/wait.h"

#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <boost/url/parse.hpp>
#include <boost/url/url_view.hpp>

#include <algorithm>
#include <utility>
#include <vector>

namespace guildhall::base {

namespace beast_http = boost::beast::http;

/// A URL that may be fetched, as far as that can be seen in it.
struct Fetcher::Target {
    bool is_tls = true;
    HostPort where;
    /// As the Host header has it.
    std::string authority;
    /// Path and query.
    std::string target;
};

namespace {

constexpr std::size_t kUrlBytesMax = 2048;
/// What the framing of chunks may add to a body before we stop to read it.
constexpr std::size_t kFramingBytesMax = 64 * 1024;
constexpr std::uint16_t kHttpsPort = 443;
constexpr std::uint16_t kHttpsOtherPort = 8443;
constexpr std::uint16_t kHttpPort = 80;
constexpr std::uint16_t kFirstUserPort = 1024;

Error failed(const HostPort& where, int status, std::string_view what) {
    return Error{.status = status, .message = where.host + ": " + std::string(what)};
}

/// The response as it comes in; bounded by the parser's limits and by what add() counts.
class Response {
  public:
    explicit Response(const FetchOptions& options) : options_(options) {
        parser_.header_limit(static_cast<std::uint32_t>(options.head_bytes_max));
        parser_.body_limit(options.body_bytes_max);
        parser_.eager(true);
    }

    /// What is wrong with it; empty while it is sound.
    std::string add(std::string_view bytes) {
        bytes_ += bytes.size();
        if (bytes_ > options_.head_bytes_max + options_.body_bytes_max + kFramingBytesMax) {
            return "the answer is too long";
        }
        pending_ += bytes;
        while (!pending_.empty() && !parser_.is_done()) {
            boost::system::error_code fault;
            const std::size_t used = parser_.put(boost::asio::buffer(pending_), fault);
            pending_.erase(0, used);
            if (used == 0 && !fault) break;
            if (parser_.is_header_done() && parser_.get().result_int() != 200) return refused();
            if (fault == beast_http::error::need_more) break;
            if (fault == beast_http::error::body_limit) return "the answer is too long";
            if (fault) return "the answer is no sound HTTP: " + fault.message();
        }
        return {};
    }
    /// The connection ended; whether the answer did too.
    bool finish() {
        boost::system::error_code fault;
        if (!parser_.is_done() && parser_.is_header_done()) parser_.put_eof(fault);
        return !fault && parser_.is_done();
    }
    bool is_done() const { return parser_.is_done(); }

    Fetched take() {
        auto message = parser_.release();
        return {std::string(message[beast_http::field::content_type]), std::move(message.body())};
    }

  private:
    std::string refused() const {
        const unsigned status = parser_.get().result_int();
        if (status >= 300 && status < 400) return "redirects are not followed";
        return "answered with status " + std::to_string(status);
    }

    const FetchOptions& options_;
    beast_http::response_parser<beast_http::string_body> parser_;
    std::string pending_;
    std::size_t bytes_ = 0;
};

}  // namespace

bool is_fetch_port(std::uint16_t port) {
    return port == kHttpsPort || port == kHttpsOtherPort || port >= kFirstUserPort;
}

Result<Fetcher::Target> Fetcher::parse(const std::string& url, bool allow_private) {
    const auto refuse = [](std::string_view what) {
        return Error{.status = 400, .message = "this address is not fetched: " + std::string(what)};
    };
    if (url.size() > kUrlBytesMax) return refuse("too long");
    const auto parsed = boost::urls::parse_uri(url);
    if (!parsed) return refuse("it is no URL");
    Target target;
    target.is_tls = parsed->scheme_id() == boost::urls::scheme::https;
    const bool is_plain = parsed->scheme_id() == boost::urls::scheme::http;
    if (!target.is_tls && !(is_plain && allow_private)) return refuse("only https is");
    const bool is_odd_host = parsed->host_type() == boost::urls::host_type::ipvfuture;
    if (!parsed->has_authority() || parsed->has_userinfo() || is_odd_host) {
        return refuse("its host is not sound");
    }
    const std::uint16_t usual = target.is_tls ? kHttpsPort : kHttpPort;
    target.where.host = std::string(parsed->encoded_host_address());
    target.where.port = parsed->has_port() ? parsed->port_number() : usual;
    if (!is_fetch_port(target.where.port)) return refuse("its port belongs to another service");
    target.authority = std::string(parsed->encoded_host());
    if (target.where.port != usual) target.authority += ":" + std::to_string(target.where.port);
    target.target = std::string(parsed->encoded_target());
    if (!target.target.starts_with('/')) target.target.insert(0, "/");
    return target;
}

Task<Result<Fetched>> Fetcher::get(Shard& shard, std::string url) const {
    const Deadline deadline = Deadline::after(shard.clock(), options_.limit);
    CO_TRY(const Target target, parse(url, options_.allow_private));
    DialOptions dial;
    dial.allow_private = options_.allow_private;
    dial.limit = options_.limit;
    CO_TRY(auto stream, co_await dial_host(network_, resolver_, shard, target.where, dial));
    co_return co_await exchange(shard, target, std::move(stream), deadline);
}

Task<Result<Fetched>> Fetcher::exchange(Shard& shard,
                                        const Target& target,
                                        std::unique_ptr<ByteStream> stream,
                                        Deadline deadline) const {
    TlsByteStream* tls = nullptr;
    if (target.is_tls) {
        auto wrapped = tls_.wrap_for(std::move(stream), target.where.host);
        tls = wrapped.get();
        stream = std::move(wrapped);
    }
    const auto lost = [&](std::string_view what) {
        if (deadline.has_passed(shard.clock()))
            return failed(target.where, 504, "no answer in time");
        const bool is_tls_fault = tls != nullptr && !tls->tls_fault().empty();
        return failed(target.where, 502, is_tls_fault ? tls->tls_fault() : what);
    };
    std::string request = "GET " + target.target + " HTTP/1.1\r\nHost: " + target.authority +
                          "\r\nUser-Agent: guildhall\r\nAccept: application/json\r\n"
                          "Accept-Encoding: identity\r\nConnection: close\r\n\r\n";
    if (!co_await write_all(shard, *stream, std::move(request), deadline)) {
        co_return lost("the connection was lost");
    }
    Response response(options_);
    while (!response.is_done()) {
        // Also while bytes keep coming: one at a time is no way to stay for ever.
        if (deadline.has_passed(shard.clock())) co_return lost("");
        const auto buffer = shard.read_buffer();
        const IoResult got = stream->try_read(buffer);
        if (got.state == IoState::ok) {
            const std::string fault = response.add({buffer.data(), got.bytes});
            if (!fault.empty()) co_return failed(target.where, 502, fault);
        } else if (got.state == IoState::would_block) {
            if (!co_await until_readable(shard, *stream, deadline)) co_return lost("cancelled");
        } else if (got.state == IoState::failed || !response.finish()) {
            co_return lost("the connection was lost");
        }
    }
    co_return response.take();
}

}  // namespace guildhall::base
