#include "node/base/http/encode.h"

#include "node/base/compress.h"
#include "node/base/http/form.h"

#include <charconv>
#include <ctime>

namespace guildhall::base::http {
namespace {

/// zlib's fastest: answers are made once and sent once.
constexpr int kLevel = 1;

void append_number(std::string& out, std::uint64_t value) {
    char digits[24];
    out.append(digits, std::to_chars(digits, digits + sizeof digits, value).ptr);
}

bool is_text(std::string_view content_type) {
    return content_type.starts_with("text/") || content_type.starts_with(kJsonType) ||
           content_type.starts_with("application/javascript") ||
           content_type.starts_with("image/svg+xml");
}

/// Whether an Accept-Encoding names `coding` and not with q=0.
bool accepts(const Request& request, std::string_view coding) {
    std::string_view rest = request.header("Accept-Encoding");
    while (!rest.empty()) {
        const auto end = std::min(rest.find(','), rest.size());
        auto item = rest.substr(0, end);
        rest.remove_prefix(std::min(end + 1, rest.size()));
        item.remove_prefix(std::min(item.find_first_not_of(" \t"), item.size()));
        if (!is_media_type(item, coding)) continue;
        const auto quality = header_parameter(item, "q");
        return !quality || quality->find_first_not_of("0.") != quality->npos;
    }
    return false;
}

}  // namespace

std::string_view DateLine::text() {
    const std::int64_t second = clock_.unix_ms() / 1000;
    if (second != second_) {
        second_ = second;
        const std::time_t time = second;
        std::tm parts{};
        gmtime_r(&time, &parts);
        char line[64];
        text_.assign(
            line, std::strftime(line, sizeof line, "Date: %a, %d %b %Y %H:%M:%S GMT\r\n", &parts));
    }
    return text_;
}

bool allows_body(int status) { return status >= 200 && status != 204 && status != 304; }

void append_head(std::string& out,
                 const Response& response,
                 DateLine& date,
                 const HeadOptions& options) {
    if (response.status == 200) {
        out += "HTTP/1.1 200 OK\r\n";
    } else {
        out += "HTTP/1.1 ";
        append_number(out, static_cast<std::uint64_t>(response.status));
        out += ' ';
        out += reason_phrase(response.status);
        out += "\r\n";
    }
    if (!response.content_type.empty()) {
        out += "Content-Type: ";
        out += response.content_type;
        out += "\r\n";
    }
    if (allows_body(response.status)) {
        out += "Content-Length: ";
        append_number(out, response.body_bytes());
        out += "\r\n";
    }
    out += date.text();
    out += response.head;
    if (!options.keep_alive) {
        out += "Connection: close\r\n";
    } else if (options.version == 10) {
        out += "Connection: keep-alive\r\n";
    }
    out += "\r\n";
}

void compress_if_asked(const Request& request, const CompressLimits& limits, Response& response) {
    const auto bytes = response.body_bytes();
    if (!response.compressible || response.file_body || bytes < limits.bytes_min ||
        bytes > limits.bytes_max || !allows_body(response.status) ||
        !is_text(response.content_type)) {
        return;
    }
    response.head += "Vary: Accept-Encoding\r\n";
    const bool gzip = accepts(request, "gzip");
    if (!gzip && !accepts(request, "deflate")) return;
    const std::string_view plain = response.shared_body.empty() ? std::string_view(response.body)
                                                                : response.shared_body.view();
    response.body = deflate(plain, gzip ? Deflate::gzip : Deflate::zlib, kLevel);
    response.shared_body = {};
    response.head += gzip ? "Content-Encoding: gzip\r\n" : "Content-Encoding: deflate\r\n";
}

}  // namespace guildhall::base::http
