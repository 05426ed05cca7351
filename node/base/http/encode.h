#pragma once
// From a Response to bytes: the head, and compression when the client asked for it. Plain functions
// and one cache; used by connections on their shard's thread.

#include "node/base/clock.h"
#include "node/base/http/request.h"
#include "node/base/http/response.h"

#include <string>

namespace guildhall::base::http {

/// The Date header's line, made anew once a second.
class DateLine {
  public:
    explicit DateLine(const Clock& clock) : clock_(clock) {}
    std::string_view text();

  private:
    const Clock& clock_;
    std::int64_t second_ = -1;
    std::string text_;
};

/// How the connection goes on, as its header must say.
struct HeadOptions {
    int version = 11;
    bool keep_alive = true;
};

/// Appends the whole head, with its empty line.
void append_head(std::string& out,
                 const Response& response,
                 DateLine& date,
                 const HeadOptions& options);
/// Whether a response of this status has a body at all.
bool allows_body(int status);

struct CompressLimits {
    std::size_t bytes_min;
    std::size_t bytes_max;
};
/// Replaces the body by its gzip or deflate form when the request accepts it and it is worth it.
void compress_if_asked(const Request& request, const CompressLimits& limits, Response& response);

}  // namespace guildhall::base::http
