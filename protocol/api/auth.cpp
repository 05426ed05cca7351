#include "protocol/api/auth.h"

#include "protocol/api/rules.h"
#include "protocol/content.h"
#include "protocol/json/codec.h"

namespace guildhall::protocol::api {

void validate(Register& request, FormErrors& errors) {
    check_username(request.username, errors);
    if (request.email) check_email(*request.email, errors);
}

void validate(Login& request, FormErrors& errors) {
    if (!request.login && !request.email) {
        errors.add("login", "BASE_TYPE_REQUIRED", "This field is required");
    }
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::Register);
GUILDHALL_DECODER(guildhall::protocol::api::Login);
