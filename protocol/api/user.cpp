#include "protocol/api/user.h"

#include "protocol/api/rules.h"
#include "protocol/json/codec.h"

namespace guildhall::protocol::api {

void validate(UserPatch& request, FormErrors& errors) {
    if (request.username) check_username(*request.username, errors);
    if (request.email) check_email(*request.email, errors);
}

void validate(DmCreate& request, FormErrors& errors) {
    if (!request.recipient_id && !request.recipients) {
        errors.add("recipients", "BASE_TYPE_REQUIRED", "This field is required");
    }
}

}  // namespace guildhall::protocol::api

GUILDHALL_DECODER(guildhall::protocol::api::UserPatch);
GUILDHALL_DECODER(guildhall::protocol::api::DmCreate);
