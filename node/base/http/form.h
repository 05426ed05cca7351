#pragma once
// application/x-www-form-urlencoded bodies and the media type of a request. Plain functions.

#include "node/base/http/query.h"

#include <string_view>

namespace guildhall::base::http {

/// "application/json" of "Application/JSON; charset=utf-8": without parameters, compared without
/// case.
bool is_media_type(std::string_view content_type, std::string_view type);
/// Nothing but Query's own parsing: forms and queries are one syntax.
inline Query parse_form(std::string_view body) { return Query::parse(body); }
/// A parameter of a header value: filename of `form-data; filename="a b"`, unquoted.
std::optional<std::string> header_parameter(std::string_view value, std::string_view name);

}  // namespace guildhall::base::http
