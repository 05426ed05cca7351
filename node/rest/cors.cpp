#include "node/rest/cors.h"

namespace guildhall::rest {

void add_cors(const base::http::Request& request, base::http::Response& response) {
    const std::string_view origin = request.header("origin");
    if (origin.empty()) return;
    response.add_header("Access-Control-Allow-Origin", origin);
    response.add_header("Access-Control-Allow-Credentials", "true");
    response.add_header("Access-Control-Expose-Headers",
                        "X-RateLimit-Limit, X-RateLimit-Remaining, X-RateLimit-Reset,"
                        " X-RateLimit-Reset-After, X-RateLimit-Bucket, X-RateLimit-Scope,"
                        " X-RateLimit-Global, Retry-After, Date, Via");
    response.add_header("Vary", "Origin");
}

base::http::Response preflight(const base::http::Request& request) {
    auto response = base::http::Response::empty();
    add_cors(request, response);
    response.add_header("Access-Control-Allow-Methods",
                        "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS");
    const std::string_view wanted = request.header("access-control-request-headers");
    if (!wanted.empty()) response.add_header("Access-Control-Allow-Headers", wanted);
    response.add_header("Access-Control-Max-Age", "600");
    return response;
}

}  // namespace guildhall::rest
