#include "protocol/api/application.h"

#include "protocol/api/rules.h"
#include "protocol/json/codec.h"

namespace guildhall::protocol::api {

namespace {

template <class Url>
void check_field(std::string_view name, const Field<Url>& field, FormErrors& errors) {
    if (field.value) check_url(name, *field.value, false, errors);
}

}  // namespace

void validate(ApplicationPatch& request, FormErrors& errors) {
    check_field("interactions_endpoint_url", request.interactions_endpoint_url, errors);
    check_field("custom_install_url", request.custom_install_url, errors);
    check_field(
        "role_connections_verification_url", request.role_connections_verification_url, errors);
}

void validate(BotPatch& request, FormErrors& errors) {
    if (request.username) check_username(*request.username, errors);
}

std::vector<std::string_view> AuthorizeQuery::scopes() const {
    std::vector<std::string_view> out;
    std::string_view rest = scope ? std::string_view(*scope) : "bot";
    while (!rest.empty()) {
        // Browsers send a space as %20 or as a plus, and some forms decode only the former.
        auto end = std::min(rest.find_first_of(" +"), rest.size());
        if (end > 0) out.push_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    return out;
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::ApplicationCreate);
GUILDHALL_DECODER(guildhall::protocol::api::ApplicationPatch);
GUILDHALL_DECODER(guildhall::protocol::api::BotPatch);
GUILDHALL_DECODER(guildhall::protocol::api::AuthorizeQuery);
GUILDHALL_DECODER(guildhall::protocol::api::AuthorizeBody);
