#pragma once
// Optional white space of HTTP (RFC 9110, 5.6.3): spaces and tabs around what a field says. Pure;
// any thread.

#include <string_view>

namespace guildhall::base::http {

/// Without the spaces and tabs at both ends.
constexpr std::string_view trim(std::string_view text) {
    const auto first = text.find_first_not_of(" \t");
    if (first == text.npos) return {};
    return text.substr(first, text.find_last_not_of(" \t") - first + 1);
}

}  // namespace guildhall::base::http
