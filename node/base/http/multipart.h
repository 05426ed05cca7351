#pragma once
// multipart/form-data (RFC 7578), whole bodies, bounded. Plain values; any thread.

#include "node/base/task.h"

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace guildhall::base::http {

struct Part {
    std::string name;
    /// Present for files, as the client sent it: a last path component is the caller's to take.
    std::optional<std::string> filename;
    std::string content_type;  // "" when absent.
    std::string_view content;  // Within the body that was parsed.
};

struct MultipartLimits {
    std::size_t parts_max = 64;
    /// Header lines of one part.
    std::size_t header_bytes_max = 8 * 1024;
    std::size_t filename_bytes_max = 1024;
};

/// The boundary of a Content-Type, if it is multipart/form-data with a valid one.
std::optional<std::string> multipart_boundary(std::string_view content_type);

/// The parts, in order, as views into `body`. An error names what is wrong (code 50035's message is
/// the caller's).
Result<std::vector<Part>> parse_multipart(std::string_view body,
                                          std::string_view boundary,
                                          const MultipartLimits& limits = {});

}  // namespace guildhall::base::http
