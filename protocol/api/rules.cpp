#include "protocol/api/rules.h"

#include "protocol/content.h"

#include <algorithm>

namespace guildhall::protocol::api {

void check_username(std::string& username, FormErrors& errors) {
    username = lower_ascii(username);
    if (is_valid_username(username)) return;
    errors.add("username",
               "USERNAME_INVALID",
               "Username can only use letters, numbers, underscores, or periods.");
}

void check_email(std::string& email, FormErrors& errors) {
    email = lower_ascii(email);
    if (email.empty() || is_plausible_email(email)) return;
    errors.add("email", "EMAIL_TYPE_INVALID_EMAIL", "Not a well formed email address.");
}

void check_url(std::string_view field, std::string_view url, bool attachments, FormErrors& errors) {
    if (url.empty()) return;
    auto scheme_end = url.find("://");
    auto scheme = lower_ascii(url.substr(0, std::min(scheme_end, url.size())));
    bool known = scheme == "http" || scheme == "https" || (attachments && scheme == "attachment");
    if (scheme_end == std::string_view::npos || !known) {
        errors.add(field, "URL_TYPE_INVALID_SCHEME", "Scheme must be one of ('http', 'https').");
        return;
    }
    auto rest = url.substr(scheme_end + 3);
    auto bad = [](char c) { return static_cast<unsigned char>(c) <= 0x20 || c == '"' || c == '<'; };
    if (rest.empty() || rest.front() == '/' || std::ranges::any_of(rest, bad)) {
        errors.add(field, "URL_TYPE_INVALID_URL", "Not a well formed URL.");
    }
}

}  // namespace guildhall::protocol::api
