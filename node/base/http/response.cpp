#include "node/base/http/response.h"

#include "protocol/json/writer.h"

#include <algorithm>
#include <unistd.h>

namespace guildhall::base::http {
namespace {

struct Reason {
    int status;
    std::string_view phrase;
};

constexpr Reason kReasons[] = {
    {100, "Continue"},
    {101, "Switching Protocols"},
    {200, "OK"},
    {201, "Created"},
    {202, "Accepted"},
    {204, "No Content"},
    {206, "Partial Content"},
    {301, "Moved Permanently"},
    {302, "Found"},
    {303, "See Other"},
    {304, "Not Modified"},
    {307, "Temporary Redirect"},
    {308, "Permanent Redirect"},
    {400, "Bad Request"},
    {401, "Unauthorized"},
    {403, "Forbidden"},
    {404, "Not Found"},
    {405, "Method Not Allowed"},
    {406, "Not Acceptable"},
    {408, "Request Timeout"},
    {409, "Conflict"},
    {410, "Gone"},
    {411, "Length Required"},
    {413, "Payload Too Large"},
    {414, "URI Too Long"},
    {415, "Unsupported Media Type"},
    {416, "Range Not Satisfiable"},
    {417, "Expectation Failed"},
    {422, "Unprocessable Entity"},
    {426, "Upgrade Required"},
    {429, "Too Many Requests"},
    {431, "Request Header Fields Too Large"},
    {500, "Internal Server Error"},
    {501, "Not Implemented"},
    {502, "Bad Gateway"},
    {503, "Service Unavailable"},
    {504, "Gateway Timeout"},
    {505, "HTTP Version Not Supported"},
    {507, "Insufficient Storage"},
};

}  // namespace

FileBody::~FileBody() { ::close(descriptor_); }

long FileBody::read(std::uint64_t at, char* into, std::size_t bytes) const {
    const auto wanted = std::min<std::uint64_t>(bytes, bytes_ - at);
    return ::pread(descriptor_, into, wanted, static_cast<off_t>(offset_ + at));
}

Response& Response::add_header(std::string_view name, std::string_view value) {
    head += name;
    head += ": ";
    for (const char c : value) head += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? ' ' : c;
    head += "\r\n";
    return *this;
}

Response Response::json(int status, std::string body) {
    return of(status, kJsonType, std::move(body));
}

Response Response::json(int status, SharedBytes body) {
    Response response;
    response.status = status;
    response.content_type = kJsonType;
    response.shared_body = std::move(body);
    return response;
}

Response Response::of(int status, std::string_view type, std::string body) {
    Response response;
    response.status = status;
    response.content_type = type;
    response.body = std::move(body);
    return response;
}

Response Response::empty(int status) {
    Response response;
    response.status = status;
    return response;
}

Response Response::redirect(int status, std::string_view location) {
    Response response = empty(status);
    response.add_header("Location", location);
    return response;
}

Response Response::error(int status, int code, std::string_view message) {
    std::string body = "{\"message\":";
    protocol::append_json_string(body, message);
    body += ",\"code\":" + std::to_string(code) + "}";
    return json(status, std::move(body));
}

std::uint64_t Response::body_bytes() const {
    if (file_body) return file_body->bytes();
    return shared_body.empty() ? body.size() : shared_body.size();
}

std::string_view reason_phrase(int status) {
    const auto at = std::lower_bound(
        std::begin(kReasons), std::end(kReasons), status, [](const Reason& r, int s) {
            return r.status < s;
        });
    return at != std::end(kReasons) && at->status == status ? at->phrase : std::string_view();
}

}  // namespace guildhall::base::http
