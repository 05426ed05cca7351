#include "node/base/http/multipart.h"

#include "node/base/http/form.h"
#include "node/base/http/request.h"
#include "node/base/http/whitespace.h"

#include <algorithm>

namespace guildhall::base::http {
namespace {

constexpr std::size_t kBoundaryBytesMax = 70;  // RFC 2046, 5.1.1.

Error malformed(std::string_view what) {
    return Error{.message = "multipart: " + std::string(what)};
}

/// filename*=UTF-8''a%20b (RFC 5987); other character sets are not taken.
std::optional<std::string> extended_value(std::string_view value) {
    const auto charset_end = value.find('\'');
    const auto language_end = value.find('\'', charset_end == value.npos ? 0 : charset_end + 1);
    if (charset_end == value.npos || language_end == value.npos) return std::nullopt;
    if (!equals_ignoring_case(value.substr(0, charset_end), "utf-8")) return std::nullopt;
    return percent_decode(value.substr(language_end + 1));
}

Status read_disposition(std::string_view value, const MultipartLimits& limits, Part& part) {
    if (!is_media_type(value, "form-data")) return malformed("a part is not form-data");
    const auto name = header_parameter(value, "name");
    if (!name) return malformed("a part has no name");
    part.name = *name;
    part.filename = header_parameter(value, "filename");
    if (const auto extended = header_parameter(value, "filename*")) {
        if (auto decoded = extended_value(*extended)) part.filename = std::move(decoded);
    }
    if (part.filename && part.filename->size() > limits.filename_bytes_max) {
        return malformed("a file name is too long");
    }
    return {};
}

Status read_part_head(std::string_view head, const MultipartLimits& limits, Part& part) {
    bool has_disposition = false;
    while (!head.empty()) {
        const auto end = std::min(head.find("\r\n"), head.size());
        const auto line = head.substr(0, end);
        head.remove_prefix(std::min(end + 2, head.size()));
        const auto colon = line.find(':');
        if (colon == line.npos) return malformed("a part has a malformed header");
        const auto name = line.substr(0, colon);
        const auto value = trim(line.substr(colon + 1));
        if (equals_ignoring_case(name, "Content-Disposition")) {
            if (has_disposition) return malformed("a part has two dispositions");
            has_disposition = true;
            TRY_VOID(read_disposition(value, limits, part));
        } else if (equals_ignoring_case(name, "Content-Type")) {
            part.content_type = value;
        } else if (equals_ignoring_case(name, "Content-Transfer-Encoding") &&
                   !equals_ignoring_case(value, "binary") && !equals_ignoring_case(value, "8bit") &&
                   !equals_ignoring_case(value, "7bit")) {
            return malformed("a part is encoded (RFC 7578, 4.7)");
        }
    }
    if (!has_disposition) return malformed("a part has no disposition");
    return {};
}

/// Moves `rest` behind the delimiter's line; true for a part's, false for the last one.
Result<bool> take_delimiter_end(std::string_view& rest) {
    if (rest.starts_with("--")) return false;
    const auto end = rest.find("\r\n");
    if (end == rest.npos || !trim(rest.substr(0, end)).empty()) {
        return malformed("a boundary is followed by something else");
    }
    rest.remove_prefix(end + 2);
    return true;
}

/// Splits a part, `rest` at its first header line, from what follows the next boundary.
Result<Part> take_part(std::string_view& rest,
                       std::string_view delimiter,
                       const MultipartLimits& limits) {
    Part part;
    // A part without headers starts with the empty line itself.
    const auto head_end = rest.starts_with("\r\n") ? 0 : rest.find("\r\n\r\n");
    if (head_end == rest.npos || head_end > limits.header_bytes_max) {
        return malformed("a part's headers do not end");
    }
    TRY_VOID(read_part_head(rest.substr(0, head_end), limits, part));
    // The delimiter starts with the CRLF that ends the headers when the content is empty.
    rest.remove_prefix(head_end + 2);
    const auto end = rest.find(delimiter);
    if (end == rest.npos) return malformed("the last boundary is missing");
    part.content = end < 2 ? std::string_view() : rest.substr(2, end - 2);
    rest.remove_prefix(end + delimiter.size());
    return part;
}

}  // namespace

std::optional<std::string> multipart_boundary(std::string_view content_type) {
    if (!is_media_type(content_type, "multipart/form-data")) return std::nullopt;
    auto boundary = header_parameter(content_type, "boundary");
    if (!boundary || boundary->empty() || boundary->size() > kBoundaryBytesMax) return std::nullopt;
    const bool printable = std::all_of(
        boundary->begin(), boundary->end(), [](char c) { return c >= 0x20 && c < 0x7f; });
    if (!printable || boundary->back() == ' ') return std::nullopt;
    return boundary;
}

Result<std::vector<Part>> parse_multipart(std::string_view body,
                                          std::string_view boundary,
                                          const MultipartLimits& limits) {
    const std::string delimiter = "\r\n--" + std::string(boundary);
    const std::string_view first = std::string_view(delimiter).substr(2);
    std::string_view rest = body;
    if (rest.starts_with(first)) {
        rest.remove_prefix(first.size());
    } else {
        // A preamble before the first boundary is to be ignored (RFC 2046).
        const auto at = rest.find(delimiter);
        if (at == rest.npos) return malformed("no boundary");
        rest.remove_prefix(at + delimiter.size());
    }
    std::vector<Part> parts;
    for (;;) {
        TRY(const bool is_part, take_delimiter_end(rest));
        if (!is_part) return parts;
        if (parts.size() == limits.parts_max) return malformed("too many parts");
        TRY(Part part, take_part(rest, delimiter, limits));
        parts.push_back(std::move(part));
    }
}

}  // namespace guildhall::base::http
