#include "node/base/http/form.h"

#include "node/base/http/request.h"
#include "node/base/http/whitespace.h"

#include <algorithm>

namespace guildhall::base::http {
namespace {

/// The quoted string at the start of `text`, unescaped; moves `text` behind it.
std::optional<std::string> take_quoted(std::string_view& text) {
    std::string out;
    for (std::size_t i = 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            text.remove_prefix(i + 1);
            return out;
        }
        // Browsers escape only the quote; a backslash before anything else is a path separator.
        if (text[i] == '\\' && i + 1 < text.size() && (text[i + 1] == '"' || text[i + 1] == '\\')) {
            ++i;
        }
        out += text[i];
    }
    return std::nullopt;
}

}  // namespace

bool is_media_type(std::string_view content_type, std::string_view type) {
    return equals_ignoring_case(trim(content_type.substr(0, content_type.find(';'))), type);
}

std::optional<std::string> header_parameter(std::string_view value, std::string_view name) {
    // Each round takes one ";key=value".
    for (auto at = value.find(';'); at != value.npos; at = value.find(';')) {
        value.remove_prefix(at + 1);
        const auto equals = value.find_first_of("=;");
        if (equals == value.npos || value[equals] == ';') continue;
        const auto key = trim(value.substr(0, equals));
        value.remove_prefix(equals + 1);
        value.remove_prefix(std::min(value.find_first_not_of(" \t"), value.size()));
        std::string content;
        if (value.starts_with('"')) {
            auto quoted = take_quoted(value);
            if (!quoted) return std::nullopt;
            content = std::move(*quoted);
        } else {
            content = trim(value.substr(0, value.find(';')));
        }
        if (equals_ignoring_case(key, name)) return content;
    }
    return std::nullopt;
}

}  // namespace guildhall::base::http
