#include "node/classic/requests.h"

#include "node/classic/answers.h"
#include "node/classic/call.h"
#include "node/classic/statuses.h"
#include "protocol/api/rules.h"
#include "protocol/content.h"
#include "protocol/json/codec.h"

#include <algorithm>
#include <array>

namespace guildhall::classic {
namespace {

/// The API's letters; the length is the prototype's and has been checked.
bool is_account_name(std::string_view name) {
    constexpr std::array<std::string_view, 4> kReserved{"everyone", "here", "system", "deleted"};
    const auto allowed = [](char c) {
        return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '.' || c == '-';
    };
    return std::ranges::all_of(name, allowed) && name.find("..") == name.npos &&
           std::ranges::find(kReserved, name) == kReserved.end();
}

void check_name(std::string_view username, protocol::FormErrors& errors) {
    if (is_account_name(account_name(username))) return;
    errors.add("username",
               "USERNAME_INVALID",
               "Username can only use letters, numbers, underscores, periods, or hyphens.");
}

void check_address(std::string& email, protocol::FormErrors& errors) {
    if (protocol::api::check_email(email, errors); email.empty())
        errors.add("email", "EMAIL_TYPE_INVALID_EMAIL", "Not a well formed email address.");
}

}  // namespace

std::string account_name(std::string_view username) { return protocol::lower_ascii(username); }

void validate(Register& request, protocol::FormErrors& errors) {
    check_name(request.username, errors);
    check_address(request.email, errors);
}

void validate(UserPatch& request, protocol::FormErrors& errors) {
    if (request.username) check_name(*request.username, errors);
    if (request.email) check_address(*request.email, errors);
    if (request.status && !is_status(*request.status))
        errors.add("status", "BASE_TYPE_CHOICES", std::string(kStatusChoices));
}

template <class T>
Result<T> parse_body(const Call& call) {
    const std::string& body = call.request.body;
    if (body.empty()) return invalid("body", "", "BASE_TYPE_REQUIRED", "field required");
    auto tree = protocol::parse_json(body);
    if (!tree && protocol::http_status(tree.error()) == 413) return tree.error();
    if (!tree) return invalid("body", "", "JSON_INVALID", "The body is not JSON.");
    return protocol::decode<T>(*tree);
}

template Result<Register> parse_body(const Call&);
template Result<UserPatch> parse_body(const Call&);
template Result<ServerCreate> parse_body(const Call&);
template Result<ServerPatch> parse_body(const Call&);
template Result<ChannelCreate> parse_body(const Call&);
template Result<ChannelPatch> parse_body(const Call&);
template Result<MessageText> parse_body(const Call&);

template <class T>
Result<T> parse_optional_body(const Call& call) {
    if (call.request.body.empty() || call.request.body == "null") return T{};
    return parse_body<T>(call);
}

template Result<Join> parse_optional_body(const Call&);

}  // namespace guildhall::classic

GUILDHALL_DECODER(guildhall::classic::MessageText);
